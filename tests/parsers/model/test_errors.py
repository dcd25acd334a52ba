"""Every error says what happened and what to do in both languages, and survives the way between processes."""

from __future__ import annotations

import ast
import pickle
import string
from pathlib import Path

import pytest

from parsers.model.errors import BranchPlansError, LimitExceededError, error_texts

ROOT = Path(__file__).resolve().parents[3]


def _trees() -> list[ast.Module]:
    rooms = (ROOT / room for room in ("parsers", "normalizers", "pipeline"))
    return [ast.parse(path.read_text(encoding="utf-8")) for room in rooms for path in room.rglob("*.py")]


def _own_errors(trees: list[ast.Module]) -> set[str]:
    """The names of all classes that come from BranchPlansError."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found = {"BranchPlansError"}
    while more := {c.name for c in classes if found & {getattr(base, "id", "") for base in c.bases}} - found:
        found |= more
    return found


def _codes_raised() -> set[object]:
    """The codes with which errors are made anywhere in the program."""
    trees = _trees()
    makers = {*_own_errors(trees), "cls"}
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    first = [call.args[0] for call in calls if getattr(call.func, "id", "") in makers]
    return {code.value for code in first if isinstance(code, ast.Constant)} | {
        "not a constant" for code in first if isinstance(code, ast.JoinedStr)
    }


def test_every_error_has_a_text_and_every_text_an_error() -> None:
    assert _codes_raised() == set(error_texts())


@pytest.mark.parametrize("code", error_texts())
def test_both_languages_say_the_same_things(code: str) -> None:
    texts = error_texts()[code]
    assert set(texts) == {"en", "ja"}
    assert len(texts["en"]) == len(texts["ja"])
    for english, japanese in zip(texts["en"], texts["ja"], strict=True):
        filled = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, japanese)]
        assert filled[0] == filled[1]


def test_an_error_is_told_in_the_language_asked_for() -> None:
    error = LimitExceededError("too_many_strokes", {"count": 3, "most": 2}, where="a.pdf", page=4)
    assert str(error).startswith("a.pdf, page 4: 3 strokes are more than the 2 allowed. Raise")
    assert error.text("ja").startswith("a.pdf 4ページ: 線が3本あり、上限の2本を超えています。")


def test_names_that_are_near_are_asked_for() -> None:
    error = BranchPlansError("no_such_branch", {"name": "岡川", "near": ["石川", "岡山"]})
    assert "Did you mean 石川 or 岡山? Name it" in str(error)
    assert "meant" not in BranchPlansError("no_such_branch", {"name": "岡川", "near": []}).text("ja")


def test_errors_within_an_error_are_told_in_its_language() -> None:
    inner = BranchPlansError("input_missing", where="raw")
    assert "見つかりません" in BranchPlansError("nothing_readable", {"problems": [inner]}).text("ja")


def test_an_error_survives_the_way_between_processes() -> None:
    error = LimitExceededError("too_many_pages", {"pages": 3, "most": 2}, where="a.pdf")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.kept) == (LimitExceededError, str(error), error.kept)
