"""Help and errors in Japanese leave no English sentence."""

from __future__ import annotations

import importlib
import re

import click
import pytest
from click.testing import CliRunner

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
