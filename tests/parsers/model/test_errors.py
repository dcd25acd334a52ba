"""Every error says what happened and what to do in both languages, and survives the way between processes."""

from __future__ import annotations

import ast
import pickle
import string
from pathlib import Path

import pytest

from parsers.model.errors import BranchPlansError, LimitExceededError, error_texts

ROOT = Path(__file__).resolve().parents[3]


def _codes_raised() -> set[str]:
    """The codes with which errors are made anywhere in the program."""
    found = set()
    for path in (path for room in ("parsers", "normalizers", "pipeline") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", "")
                if (name.endswith("Error") or name == "cls") and node.args[0].value in error_texts():
                    found.add(node.args[0].value)
    return found


def test_every_text_is_of_an_error_that_is_raised() -> None:
    assert error_texts().keys() - _codes_raised() == set()


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
