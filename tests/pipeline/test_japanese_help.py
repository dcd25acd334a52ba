"""Help and errors in Japanese leave no English sentence."""

from __future__ import annotations

import errno
import importlib
import json
import re
import tomllib

import click
import pytest
from click.testing import CliRunner

from parsers.model.errors import BranchPlansError, Quoted
from pipeline.cli import COMMANDS, branch_plans, run

ENGLISH = re.compile(r"\b(the|of|is|are|and|this|with|what)\b", re.IGNORECASE)


def _help(*arguments: str) -> str:
    return CliRunner().invoke(branch_plans, ["--lang", "ja", *arguments, "--help"], prog_name="branch-plans").output


def _without_examples(text: str) -> str:
    return text.partition("例:")[0] + text.partition("オプション:")[2]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_japanese(command: str) -> None:
    said = _without_examples(_help(*filter(None, [command])))
    assert "説明を表示" in said
    assert not ENGLISH.search(said)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_speaks_of_the_same_options_in_both_languages(name: str) -> None:
    command: click.Command = importlib.import_module(f"pipeline.commands.{name}").command
    options = {
        option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts
    }
    said = _help(name)
    assert all(option in said for option in options)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ingest", "--nope"], "オプション --nope はありません"),
        (["ingest", "--accept", "x"], "理由を書いてください"),
        (["ingest", "--strickt"], "もしかして: --strict"),
        (["ingest", "--workers", "0"], "1 以上の整数"),
        (["ingest", "--output"], "値が必要です"),
        (["ingest", "--strict=yes"], "値は付けられません"),
        (["sample", "x", "--year", "1900"], "2018 から 2030 まで"),
        (["status", "one", "two"], "引数が多すぎます"),
        (["query", "--format", "odt", "SELECT 1"], "次のいずれか: table csv"),
        (["query", "--file", "nothing-here"], "読めないファイル"),
        (["identify", "nothing-here", "--branch", "33"], "存在するファイル"),
        (["inspect", "nothing-here"], "ファイルまたはフォルダーがありません"),
        (["ingest", "nothing-here", "--config", "nothing-here"], "ファイルまたはフォルダーがありません"),
        ([], "コマンドが必要です"),
        (["nope"], "コマンド nope はありません"),
        (["export"], "が必要です"),
        (["status", "nothing-here"], "結果がありません"),
    ],
)
def test_errors_are_japanese(
    arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["branch-plans", "--lang", "ja", *arguments])
    assert run() == 2
    said = capsys.readouterr().err
    assert words in said
    assert not ENGLISH.search(said)
    assert len(said.removeprefix("新しいファイルを探しています\n").splitlines()) == 1


def test_words_of_other_programs_are_quoted_with_their_name() -> None:
    error = BranchPlansError("sql", {"words": Quoted("DuckDB", "Parser Error: syntax"), "near": []})
    assert "DuckDBの表示「Parser Error: syntax」" in error.text("ja")
    assert error.text("en").startswith("Parser Error: syntax.")
    refused = BranchPlansError("no_toml", {"error": ValueError(PermissionError(errno.EACCES, "Permission denied"))})
    assert "権限がありません" in refused.text("ja")
    assert "Permission denied" in refused.text("en")


def test_what_a_library_said_is_quoted_after_it_was_stored_too() -> None:
    error = BranchPlansError("account_unreadable", {"error": tomllib.TOMLDecodeError("Invalid value")})
    kept = json.loads(json.dumps(error.kept))
    again = BranchPlansError(kept["error"], kept["values"])
    assert again.text("ja") == error.text("ja")
    assert "TOMLの表示「Invalid value」" in again.text("ja")
