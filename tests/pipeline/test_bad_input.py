"""Files, names and folders that no plan should have: each named with a reason, none in the way of the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.hostile_pdfs import cut_to
from benchmarks.mutations import run_batch
from pipeline.exit_code import ExitCode
from pipeline.inputs.discovery import InputError, discover
from pipeline.messages import Messages
from pipeline.sample.corpus import make_document
from pipeline.sample.offices import offices

ROOT = Path(__file__).resolve().parents[2]
ODD_NAMES = ("two\nlines.pdf", "quotes'\"`$(touch planted)`.pdf", "平年😀.pdf", "\x1b[31mred.pdf", "あ" * 80 + ".pdf")


@pytest.mark.slow
def test_mutants_in_one_batch_with_good_plans(tmp_path: Path) -> None:
    batch = run_batch(tmp_path, count=28, seed=5, workers=2)
    assert batch.faults == ()
    assert batch.states["good", "loaded"] == 3


def test_odd_names_and_things_that_are_no_files(tmp_path: Path) -> None:
    office = next(office for office in offices() if office.branch_code == "33")
    plan = cut_to(make_document(office, 2024, seed=1).pdf, 1)
    raw = tmp_path / "raw"
    (raw / "folder.pdf").mkdir(parents=True)
    for number, name in enumerate(ODD_NAMES):
        (raw / name).write_bytes(plan + f"\n% {number}\n".encode())
    (raw / "copy.pdf").write_bytes((raw / ODD_NAMES[0]).read_bytes())
    (raw / "letter.pdf").write_text("Dear Sir or Madam", encoding="utf-8")
    (raw / "empty.pdf").touch()
    os.mkfifo(raw / "pipe.pdf")
    (raw / "loop.pdf").symlink_to("loop.pdf")
    (raw / "gone.pdf").symlink_to("nowhere")
    (raw / "folder.pdf" / "up").symlink_to(raw, target_is_directory=True)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "ingest", str(raw), "--output", str(tmp_path / "out"), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == ExitCode.SOME_NOT_LOADED, done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    account = json.loads(done.stdout)
    states = {Path(entry["source_file"]).name: entry["state"] for entry in account["documents"]}
    bad = {"letter.pdf", "empty.pdf", "pipe.pdf", "loop.pdf", "gone.pdf"}
    assert {name for name, state in states.items() if state == "unreadable"} == bad
    assert sorted(states) == sorted({*ODD_NAMES, "copy.pdf", *bad})
    assert list(states.values()).count("duplicate") == 1
    for name in bad:
        assert f"{name}: " in done.stderr
    assert sum(account["totals"].values()) == len(states)
    assert not (tmp_path / "planted").exists()
    assert not (ROOT / "planted").exists()


def test_a_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(InputError, match="no regular file"):
        discover([tmp_path / "pipe.pdf"], tmp_path / "out")


def test_an_output_that_is_a_loop_of_links_is_no_surprise(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.pdf").write_bytes(b"a")
    (tmp_path / "loop").symlink_to("loop")
    assert discover([tmp_path / "raw"], tmp_path / "loop" / "out").problems == ()


def test_names_cannot_steer_the_terminal_or_fake_a_line() -> None:
    said = Messages("en").text("not_loaded", state="unreadable", file="a\nloaded: b\x1b[2J\u202e.pdf", reason="torn")
    assert said == "unreadable: a\\nloaded: b\\x1b[2J\\u202e.pdf: torn"
