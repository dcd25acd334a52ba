"""The parse on a cluster: a real scheduler and two worker processes, one of which is killed in mid-run."""

from __future__ import annotations

import hashlib
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from parsers.parse import ParseOptions
from pipeline.inputs.configuration import load_configuration
from pipeline.inputs.discovery import InputFile
from pipeline.workers.dask_stage import DaskStage, SchedulerError
from pipeline.workers.document_job import process
from pipeline.workers.worker_pool import Outcome
from tests.pipeline.workers.scans import scan_of

distributed = pytest.importorskip("distributed", reason="Dask distributed is an extra and not installed")

DOCUMENTS = 12
LINES = ("分野　具体的施策等", "○ 健診の受診を勧める", "■ KPI：実施率を{}.5%以上とする", "・事業所を訪問する")


@pytest.fixture
def inputs(tmp_path: Path) -> list[InputFile]:
    """Plans of one page and one torn file."""
    files = []
    for number in range(DOCUMENTS):
        with pymupdf.open() as plan:
            page = plan.new_page()
            for at, line in enumerate((f"令和{number + 2}年度 岡山支部事業計画", *LINES)):
                page.insert_text((72, 90 + 24 * at), line.format(50 + number), fontname="japan")
            data = plan.tobytes(no_new_id=True)
        files.append(_input(tmp_path / f"{number}.pdf", data))
    return [*files, _input(tmp_path / "torn.pdf", b"%PDF-1.7\n1 0 obj\n<<")]


def _input(path: Path, data: bytes) -> InputFile:
    path.write_bytes(data)
    return InputFile(path, path.name, hashlib.sha256(data).hexdigest(), len(data))


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler on loopback and its two workers, each a process without a guardian."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler = _begun([*command, "--no-dashboard"])
    workers: list[subprocess.Popen[str]] = []
    try:
        address = _told(scheduler, r"Scheduler at:\s+(tcp://\S+)")
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1"]
        workers = [_begun([*worker, "--no-dashboard", "--host", "127.0.0.1"]) for _ in range(2)]
        for one in workers:
            _told(one, r"(Registered to)")
        yield address, workers
    finally:
        for process_ in (*workers, scheduler):
            process_.kill()
            process_.wait()


def _begun(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _told(process_: subprocess.Popen[str], pattern: str) -> str:
    """What a process says about itself once it is ready."""
    assert process_.stderr is not None
    for line in process_.stderr:
        found = re.search(pattern, line)
        if found:
            return found.group(1)
    raise AssertionError(f"{process_.args} ended without saying {pattern}")


@pytest.mark.slow
def test_a_worker_killed_in_mid_run_costs_nothing(
    cluster: tuple[str, list[subprocess.Popen[str]]], inputs: list[InputFile]
) -> None:
    address, workers = cluster
    limits = load_configuration().limits
    outcomes: dict[str, Outcome] = {}
    for outcome in DaskStage(address)(inputs, limits, lambda file: None, lambda *_: None):
        outcomes[outcome.file.source_file] = outcome
        if len(outcomes) == 2:
            workers[0].send_signal(signal.SIGKILL)
    assert workers[0].wait(timeout=10) == -signal.SIGKILL
    assert set(outcomes) == {file.source_file for file in inputs}
    torn = outcomes.pop("torn.pdf")
    assert torn.result is None
    assert torn.error is not None
    for file in inputs[:-1]:
        here = process(file.path.read_bytes(), file.source_file, ParseOptions())
        assert outcomes[file.source_file].result == here


@pytest.mark.slow
def test_the_pages_of_a_scan_are_shared_and_give_the_same(
    cluster: tuple[str, list[subprocess.Popen[str]]], tmp_path: Path
) -> None:
    file = _input(tmp_path / "scan.pdf", scan_of(5))
    (outcome,) = DaskStage(cluster[0])([file], load_configuration().limits, lambda _: None, lambda *_: None)
    assert outcome.error is None
    assert outcome.result == process(file.path.read_bytes(), file.source_file, ParseOptions())


def test_a_scheduler_that_is_not_there_is_named(inputs: list[InputFile], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.workers.dask_stage._SECONDS_TO_CONNECT", 1)
    with pytest.raises(SchedulerError, match=r"127\.0\.0\.1:9"):
        list(DaskStage("tcp://127.0.0.1:9")(inputs, load_configuration().limits, lambda file: None, lambda *_: None))
