"""The command line as a user meets it: messages, exit codes, never a traceback."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from pipeline.cli import COMMANDS, run
from pipeline.exit_code import ExitCode


def call(arguments: list[str | Path], monkeypatch: pytest.MonkeyPatch) -> int:
    """Runs ``branch-plans`` in this process and gives its exit code."""
    monkeypatch.setattr(sys, "argv", ["branch-plans", *map(str, arguments)])
    return run()


@pytest.fixture
def bad_pdfs(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "letter.pdf").write_text("Dear Sir or Madam", encoding="utf-8")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="owner", user="user"))
    return folder


def test_help_names_every_command_and_an_example(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call(["--help"], monkeypatch) == ExitCode.DONE
    text = capsys.readouterr().out
    assert all(name in text for name in COMMANDS)
    assert "Examples:" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call([name, "--help"], monkeypatch) == ExitCode.DONE
    assert f"Usage: branch-plans {name}" in capsys.readouterr().out


def test_help_and_status_load_nothing_heavy() -> None:
    code = (
        "import sys, pipeline.cli, pipeline.store.status, pipeline.commands.status\n"
        "print([name for name in ('pandas', 'pyarrow', 'pymupdf', 'spacy', 'rich', 'duckdb') if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest", "nowhere", "--output", "out"],
        ["ingest", "empty", "--output", "out"],
        ["ingest", "texts", "--output", "out"],
        ["ingest", "plans", "--output", "plans/out"],
        ["ingest", "plans", "--output", "a_file"],
        ["ingest", "plans", "--output", "out", "--config", "nowhere.toml"],
        ["ingest", "plans", "--output", "out", "--config", "a_file"],
        ["ingest", "--accept", "2024-33-plan-00000000", "--output", "out"],
        ["ingest", "plans", "--workers", "0"],
        ["status", "empty"],
        ["verify", "empty"],
        ["query", "SELECT 1", "--output", "empty"],
        ["inspect", "nowhere.pdf"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_what_cannot_run_says_so_and_ends_with_2(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("empty", "texts", "plans"):
        (tmp_path / folder).mkdir()
    (tmp_path / "texts" / "readme.txt").write_text("no plan")
    (tmp_path / "plans" / "a.pdf").write_text("no plan")
    (tmp_path / "a_file").write_text("= no TOML")
    assert call(arguments, monkeypatch) == ExitCode.COULD_NOT_RUN
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.strip()
    assert "Traceback" not in printed.err
    assert not (tmp_path / "out" / "tables").exists()


def test_files_that_cannot_be_read_are_named_and_the_run_ends_with_1(
    bad_pdfs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    arguments = ["ingest", bad_pdfs, tmp_path / "nowhere", "--output", output, "--workers", "2", "--json", "--quiet"]
    assert call(arguments, monkeypatch) == ExitCode.SOME_NOT_LOADED
    printed = capsys.readouterr()
    for name in ("letter.pdf", "locked.pdf", "nowhere"):
        assert name in printed.err
    assert "password" in printed.err
    assert json.loads(printed.out)["totals"]["unreadable"] == 3
    assert call(["status", output], monkeypatch) == ExitCode.DONE
    assert "letter.pdf" in capsys.readouterr().out


def test_messages_come_in_japanese(
    bad_pdfs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["--lang", "ja", "ingest", bad_pdfs / "letter.pdf", "--output", tmp_path / "out"]
    assert call(arguments, monkeypatch) == ExitCode.SOME_NOT_LOADED
    assert "読み取り不能" in capsys.readouterr().err


def test_verify_tells_a_machine_what_is_wrong(
    bad_pdfs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    assert (
        call(["ingest", bad_pdfs / "letter.pdf", "--output", output, "--quiet"], monkeypatch)
        == ExitCode.SOME_NOT_LOADED
    )
    capsys.readouterr()
    assert call(["verify", output, "--json"], monkeypatch) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out) == {"documents": 0, "files": 0, "rows": 0, "faults": []}


@pytest.mark.parametrize("command", ["query --output {output} 'SELECT * FROM range(50000)'", "query --output {output}"])
def test_a_reader_of_the_answer_may_leave_before_its_end(output: Path, command: str) -> None:
    command = f"{sys.executable} -m pipeline {command.format(output=output)} | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (ExitCode.DONE, "")


def test_ctrl_c_is_told_once_whatever_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(_: Path) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "read_bytes", pressed)
    monkeypatch.setenv("LC_ALL", "C")
    assert call(["inspect", tmp_path / "plan.pdf"], monkeypatch) == ExitCode.INTERRUPTED
    assert capsys.readouterr().err.split() == ["Interrupted."]


def test_explain_reads_and_writes_json_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        {"text": "特定健診実施率を60.5％以上とする", "marked": True, "fiscal_year": 2024},
        {"text": "職員研修を行う。"},
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(json.dumps(line) + "\n" for line in asked)))
    assert call(["explain", "--jsonl"], monkeypatch) == ExitCode.DONE
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [target["value"] for target in first["targets"]] == [60.5]
    assert second["targets"] == []


def test_explain_refuses_lines_that_are_no_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("特定健診\n"))
    assert call(["explain", "--jsonl"], monkeypatch) == ExitCode.COULD_NOT_RUN
    assert "line 1" in capsys.readouterr().err
