"""Runs of the command line in forked processes, which may meet a fault at an exact system call."""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from benchmarks.system_calls import Meddling, attach, calls_in
from pipeline.checks.report import DocumentFinding
from pipeline.exit_code import ExitCode
from pipeline.inputs.configuration import Limits
from pipeline.inputs.discovery import InputFile
from pipeline.store.document_result import DocumentResult
from pipeline.store.state_folders import STATES
from pipeline.workers.worker_pool import Outcome

_FORK = multiprocessing.get_context("fork")


def start_run(
    place: Path,
    arguments: list[str],
    said: Path,
    *,
    meddling: Meddling | None = None,
    log: Path | None = None,
    in_own_process: bool = True,
    swift: bool = False,
) -> multiprocessing.process.BaseProcess:
    """Forks a run of the command line in ``place``; what it prints is added to ``said``.

    With ``log`` its system calls are written there, and ``meddling`` befalls it. ``in_own_process`` reads documents
    without workers; ``swift`` leaves out what costs most and changes nothing of tables and accounts: the checks find
    nothing, and no report is drawn.
    """
    place.mkdir(exist_ok=True)
    waits, goes = os.pipe()
    process = _FORK.Process(target=_run, args=(place, arguments, said, waits, in_own_process, swift))
    process.start()
    assert process.pid is not None
    try:
        if log is not None:
            attach(process.pid, log, meddling)
    finally:
        os.write(goes, b"!")
        os.close(goes)
        os.close(waits)
    return process


def _run(place: Path, arguments: list[str], said: Path, waits: int, in_own_process: bool, swift: bool) -> None:
    """The child: the command line as a process of its own, with a session by which its workers are known."""
    import pipeline.run.check_stage
    import pipeline.workers.worker_pool
    from pipeline.cli import run

    os.setsid()
    os.chdir(place)
    with said.open("ab") as log:
        os.dup2(log.fileno(), 2)
    if in_own_process:
        pipeline.workers.worker_pool.WorkerPool = OwnProcess  # type: ignore[misc, assignment]
    if in_own_process or swift:
        pipeline.run.check_stage.ChecksBeside = pipeline.run.check_stage.ChecksHere  # type: ignore[misc, assignment]
    if swift:
        make_swift()
    sys.argv = ["branch-plans", *arguments]
    os.read(waits, 1)
    code: int = ExitCode.COULD_NOT_RUN  # as the program itself does where nobody foresaw the error
    try:
        code = run()
    except Exception:  # noqa: BLE001 - whatever it is, it is shown as Python would
        traceback.print_exc()
    sys.exit(code)


def make_swift() -> None:
    """From now on this process does not validate structures and draws no reports: most of the time of small runs."""
    import pipeline.report.build

    nothing = pipeline.report.build.ReportSummary(Path(), {})
    leave_out_structure()
    pipeline.report.build.build_report = lambda *_, **__: nothing


def leave_out_structure() -> None:
    """From now on this process validates no structures: its Data Docs are one page, the same always."""
    import pipeline.checks.run

    vars(pipeline.checks.run)["StructureChecks"] = NoStructure


class NoStructure:
    """Stands for the structural checks and finds nothing."""

    def __init__(self, *_: object) -> None:
        pass

    def check(self, _: object) -> list[DocumentFinding]:
        """Nothing."""
        return []

    def conclude(self, data_docs: Path | None) -> list[DocumentFinding]:
        """Nothing, on one page."""
        if data_docs is not None:
            data_docs.mkdir(parents=True)
            (data_docs / "index.html").write_text("<p>Structures were not looked at.</p>\n", encoding="utf-8")
        return []


def report_in_own_process() -> None:
    """From now on this process makes pages and pictures of reports itself, with what it has imported already."""
    import pipeline.report.page_jobs
    import pipeline.report.pictures

    for module in (pipeline.report.page_jobs, pipeline.report.pictures):
        vars(module)["run_in_workers"] = _here


def _here(
    function: Callable[..., object], calls: Sequence[tuple[object, ...]], *_: object, **__: object
) -> Iterator[tuple[int, object]]:
    for index, call in enumerate(calls):
        yield index, function(*call)


class OwnProcess:
    """Reads in the run's own process, where everything is loaded already, and nothing twice."""

    read_before: ClassVar[dict[tuple[str, str], DocumentResult]] = {}

    def __init__(self, workers: int) -> None:
        pass

    def begin(self) -> None:
        """Everything is loaded already."""

    def __call__(
        self,
        files: Sequence[InputFile],
        limits: Limits,
        on_start: Callable[[InputFile], None],
        on_page: Callable[[InputFile, int], None],  # noqa: ARG002
    ) -> Iterator[Outcome]:
        from pipeline.workers.worker import process_file

        for file in files:
            on_start(file)
            known = (file.sha256, file.source_file)
            if known not in self.read_before:
                self.read_before[known] = process_file(file.path, file.source_file, limits, file.decided)
            yield Outcome(file, self.read_before[known], None)


def finish_run(process: multiprocessing.process.BaseProcess, log: Path) -> tuple[list[str], int]:
    """Waits for an undisturbed run; the names of its changing system calls, and which of them published its state."""
    process.join()
    if process.exitcode != 1:  # the menu is quarantined
        raise RuntimeError(f"an undisturbed run ended with exit code {process.exitcode}")
    calls = calls_in(log)
    published = next(n for n, call in enumerate(calls, 1) if call.startswith("rename") and f"/{STATES}/" in call)
    return [call.partition("(")[0] for call in calls], published
