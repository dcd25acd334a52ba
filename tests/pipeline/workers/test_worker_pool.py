"""Workers that crash, hang, grow or raise cost their own call only."""

from __future__ import annotations

import multiprocessing.forkserver
import os
import signal
import time
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from pipeline.inputs.configuration import load_configuration
from pipeline.inputs.discovery import InputFile
from pipeline.workers import process_server, worker_pool
from pipeline.workers.told_parent import ask_for_time
from pipeline.workers.worker_pool import ProcessDiedError, UnforeseenError, WorkerPool, run_in_workers

LIMITS = replace(load_configuration().limits, seconds_per_document=2, memory_mb=1024, pages=10, file_mb=1)


def behave(manner: str) -> str:
    """What a document might do to the process that reads it."""
    if manner == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if manner == "leave":
        raise SystemExit(3)
    if manner == "hang":
        time.sleep(3600)
    if manner == "grow":
        return str(len(bytearray(8 << 30)))
    if manner == "ask":
        ask_for_time(60)
        time.sleep(3)
    if manner == "raise":
        raise ValueError(manner)
    return manner


def test_good_calls_are_answered_whatever_the_others_do() -> None:
    manners = ["good", "crash", "well", "grow", "fine", "hang", "raise", "leave", "sound", "ask"]
    calls = [(manner,) for manner in manners]
    found = dict(run_in_workers(behave, calls, 2, LIMITS, preload="pipeline.inputs.configuration"))
    answers = {manners[index]: answer for index, answer in found.items()}
    assert {manner for manner, answer in answers.items() if answer == manner} == {
        "good",
        "well",
        "fine",
        "sound",
        "ask",
    }
    assert isinstance(answers["grow"], MemoryError)
    assert isinstance(answers["hang"], TimeoutError)
    assert all(isinstance(answers[manner], Exception) for manner in ("crash", "raise", "leave"))


def stop_the_server(manner: str) -> str:
    """Stops the process that this worker was forked from, as ``kill -STOP`` would; then dies, or fails."""
    if manner in ("die", "fail"):
        os.kill(os.getppid(), signal.SIGSTOP)
        while not is_stopped(os.getppid()):
            # The system stops it when its turn comes: until then it passes for a sound one.
            time.sleep(0.01)
        if manner == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        raise ValueError(manner)
    return manner


def is_stopped(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "T"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="nothing tells which processes are stopped")
@pytest.mark.parametrize("manner", ["die", "fail"])
def test_a_server_that_was_stopped_is_replaced(manner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(process: BaseProcess) -> None:
        # A stopped server is given up soon; how long a sound one takes is up to the machine.
        pid = getattr(multiprocessing.forkserver._forkserver, "_forkserver_pid", None)
        process_server.start_process(process, 0.3 if pid and is_stopped(pid) else 300)

    monkeypatch.setattr(worker_pool, "start_process", start)
    monkeypatch.setattr(process_server.see_off, "__defaults__", (0.3,))
    limits = replace(LIMITS, seconds_per_document=60)
    calls = [(manner,), ("good",), ("well",), ("fine",)]
    found = dict(run_in_workers(stop_the_server, calls, 1, limits, preload="pipeline.inputs.configuration"))
    assert isinstance(found[0], ProcessDiedError if manner == "die" else UnforeseenError)
    assert [found[index] for index in range(1, 4)] == ["good", "well", "fine"]


@pytest.fixture
def inputs(tmp_path: Path) -> list[InputFile]:
    contents = {
        "empty.pdf": b"",
        "text.pdf": b"this is a letter",
        "torn.pdf": b"%PDF-1.7\n1 0 obj\n<<",
        "large.pdf": b" " * 2**21,
    }
    files = []
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        files.append(InputFile(tmp_path / name, name, "0" * 64, len(content)))
    return [*files, InputFile(tmp_path / "vanished.pdf", "vanished.pdf", "0" * 64, 1)]


def test_what_is_no_pdf_is_named_with_a_reason_and_a_remedy(inputs: list[InputFile]) -> None:
    started: list[str] = []
    outcomes = list(WorkerPool(2)(inputs, LIMITS, lambda file: started.append(file.source_file), lambda *_: None))
    assert sorted(started) == sorted(file.source_file for file in inputs)
    assert {outcome.file.source_file for outcome in outcomes} == set(started)
    for outcome in outcomes:
        assert outcome.result is None
        assert outcome.error is not None
        assert outcome.error.what
        assert outcome.error.remedy
        assert "Traceback" not in str(outcome.error)
