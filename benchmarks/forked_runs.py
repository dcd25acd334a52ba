"""Runs of the command line in forked processes that count, or die at, their changes to the file system."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.inputs.configuration import Limits
from pipeline.inputs.discovery import InputFile
from pipeline.store.state_folders import STATES
from pipeline.workers.worker_pool import Outcome

_FORK = multiprocessing.get_context("fork")


def start_run(
    place: Path, arguments: list[str], said: Path, *, die_at: int | None = None, count: Path | None = None
) -> multiprocessing.process.BaseProcess:
    """Forks a run of the command line in ``place``; what it prints is added to ``said``.

    With ``die_at`` it kills itself before its file system change of that number; ``count`` is written at the end.
    """
    place.mkdir(exist_ok=True)
    process = _FORK.Process(target=_run, args=(place, arguments, said, die_at, count))
    process.start()
    return process


def _run(place: Path, arguments: list[str], said: Path, die_at: int | None, count: Path | None) -> None:
    """The child: the command line as a process of its own, with a session by which its workers are known."""
    import pipeline.workers.worker_pool
    from pipeline.cli import run

    os.setsid()
    os.chdir(place)
    with said.open("ab") as log:
        os.dup2(log.fileno(), 2)
    changes = exchange = 0

    def watch(event: str, details: tuple[object, ...]) -> None:
        nonlocal changes, exchange
        if not _is_change(event, details, place / "out"):
            return
        changes += 1
        if event == "os.rename" and f"/{STATES}/" in str(details[1]) and not exchange:
            exchange = changes
        if changes == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    if die_at is not None:
        pipeline.workers.worker_pool.WorkerPool = OwnProcess  # type: ignore[misc, assignment]
    sys.addaudithook(watch)
    sys.argv = ["branch-plans", *arguments]
    try:
        sys.exit(run())
    finally:
        if count is not None:
            count.write_text(f"{changes} {exchange}", encoding="ascii")


class OwnProcess:
    """Parses in the run's own process, where everything is loaded already."""

    def __init__(self, workers: int) -> None:
        pass

    def __call__(
        self, files: Sequence[InputFile], limits: Limits, on_start: Callable[[InputFile], None]
    ) -> Iterator[Outcome]:
        from pipeline.workers.worker import process_file

        for file in files:
            on_start(file)
            yield Outcome(file, process_file(file.path, file.source_file, limits, file.decided), None)


_CHANGES = {"open", "os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir"}
_EXCHANGE = "ctypes.dlsym"
"""Seen when the run looks up the system call that exchanges two folders, which itself tells nobody."""


def _is_change(event: str, details: tuple[object, ...], output: Path) -> bool:
    """Whether Python's audit event ``event`` of the run's own process tells of a change under ``output``."""
    if os.getpid() != os.getsid(0):
        return False
    if event == _EXCHANGE:  # of the tables that are shown
        return details[1] == "renameat2"
    if event not in _CHANGES or (event == "open" and not _for_writing(details[2])):
        return False
    return os.path.abspath(str(details[0])).startswith(str(output))  # noqa: PTH100 - Path.absolute keeps ".."


def _for_writing(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def finish_run(process: multiprocessing.process.BaseProcess, count: Path) -> tuple[int, int]:
    """Waits for an undisturbed run; how often it changed the file system, and which change published it."""
    process.join()
    if process.exitcode != 1:  # the menu is quarantined
        raise RuntimeError(f"an undisturbed run ended with exit code {process.exitcode}")
    changes, exchange = count.read_text(encoding="ascii").split()
    return int(changes), int(exchange)
