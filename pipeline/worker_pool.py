"""Runs the parse of many documents in worker processes, one a document, that can be limited and killed."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol, TypeVar

from parsers.errors import BranchPlansError, LimitExceededError
from pipeline.configuration import Limits
from pipeline.discovery import InputFile
from pipeline.document_result import DocumentResult

R = TypeVar("R")

_MIB = 1024 * 1024
_PR_SET_PDEATHSIG = 1


class WorkerFailedError(BranchPlansError):
    """A worker crashed, was killed from outside, or met an error nobody foresaw; trying again may succeed."""


class ProcessDiedError(Exception):
    """A worker process ended without an answer; a negative ``exitcode`` is the signal that killed it."""

    def __init__(self, exitcode: int | None) -> None:
        self.exitcode = exitcode
        super().__init__(f"exit code {exitcode}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its result, or the error that names why there is none."""

    file: InputFile
    result: DocumentResult | None
    error: BranchPlansError | None


class ParseStage(Protocol):
    """Anything that turns files into outcomes, in any order: the pool below, or a cluster's scheduler."""

    def __call__(
        self, files: Sequence[InputFile], limits: Limits, on_start: Callable[[InputFile], None]
    ) -> Iterator[Outcome]: ...


@dataclass(frozen=True, slots=True)
class WorkerPool:
    """Parses with ``workers`` processes on this machine."""

    workers: int

    def __call__(
        self, files: Sequence[InputFile], limits: Limits, on_start: Callable[[InputFile], None]
    ) -> Iterator[Outcome]:
        """Yields an outcome for each file as it comes; ``on_start`` is called with a file when its turn comes."""
        # Longest first: a long document begun last would leave the other workers idle at the end.
        waiting = sorted(files, key=lambda file: (-file.size, file.source_file))
        for file in waiting[: self.workers]:
            on_start(file)
        calls = [(file.path, file.source_file, limits) for file in waiting]
        finished = run_in_workers(_read_and_process, calls, self.workers, limits, preload="pipeline.worker")
        for done, (index, result) in enumerate(finished, start=self.workers):
            if done < len(waiting):
                on_start(waiting[done])
            file = waiting[index]
            if isinstance(result, Exception):
                yield Outcome(file, None, _explained(result, str(file.path), limits))
            elif result.sha256 != file.sha256:
                yield Outcome(file, None, _changed_meanwhile(file))
            else:
                yield Outcome(file, result, None)


def run_in_workers(
    function: Callable[..., R], calls: Sequence[tuple[Any, ...]], workers: int, limits: Limits, *, preload: str
) -> Iterator[tuple[int, R | Exception]]:
    """Calls ``function`` with each of ``calls``, ``workers`` at a time; yields (index of the call, result or error).

    Every call has a process of its own, so that nothing one document does to its process (memory used up, a library
    left in a bad state) can change what is read in another. A process that dies gives ProcessDiedError, one that takes
    longer than ``limits`` TimeoutError, one that asks for more memory than allowed MemoryError. The processes are
    forked within milliseconds from a server process that has imported the module ``preload`` once, and end with the
    parent, however it ends. ``function`` must be importable by name.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    waiting = deque(enumerate(calls))
    running: dict[Connection, _Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                index, call = waiting.popleft()
                answer, own = context.Pipe(duplex=False)
                process = context.Process(target=_answer, args=(own, function, call, limits.memory_mb), daemon=True)
                process.start()
                own.close()
                running[answer] = _Running(index, process, time.monotonic() + limits.seconds_per_document)
            nearest = min(one.deadline for one in running.values())
            answered = wait(list(running), max(nearest - time.monotonic(), 0.0))
            for answer in [answer for answer in running if answer in answered]:
                one = running.pop(answer)
                yield one.index, _received(answer, one.process)
            late = [answer for answer, one in running.items() if one.deadline <= time.monotonic()]
            for answer in late:
                one = running.pop(answer)
                one.process.kill()
                yield one.index, TimeoutError()
    finally:
        # Also on Ctrl-C and when nobody asks for more results.
        for one in running.values():
            one.process.kill()


@dataclass(frozen=True, slots=True)
class _Running:
    index: int
    process: BaseProcess
    deadline: float


def _received(answer: Connection, process: BaseProcess) -> Any:
    try:
        return answer.recv()
    except (EOFError, OSError):
        process.join()
        return ProcessDiedError(process.exitcode)
    finally:
        answer.close()


def _answer(own: Connection, function: Callable[..., object], call: tuple[Any, ...], memory_mb: int) -> None:
    """What a worker process does: one call, and the result or the error sent back."""
    _limit_worker(memory_mb)
    try:
        result = function(*call)
    except BranchPlansError as error:
        result = error
    except MemoryError:
        result = MemoryError()
    except BaseException as error:  # noqa: BLE001 - whatever it is, it costs this call only
        # Errors of libraries may not survive the way between processes, so that only their words are sent.
        result = RuntimeError(f"{type(error).__name__}: {error}")
    own.send(result)


def _changed_meanwhile(file: InputFile) -> WorkerFailedError:
    return WorkerFailedError(
        "changed between being found and being read.", where=str(file.path), remedy="Run again when it is complete."
    )


def _explained(error: Exception, where: str, limits: Limits) -> BranchPlansError:
    match error:
        case BranchPlansError():
            return error
        case ProcessDiedError():
            return WorkerFailedError(
                f"the process reading it died (exit code {error.exitcode}).",
                where=where,
                remedy="Run again; if it dies again the file is damaged in a way that no repair mends.",
            )
        case TimeoutError():
            return LimitExceededError(
                f"took longer than {limits.seconds_per_document:g} seconds and was given up.",
                where=where,
                remedy="Raise limits.seconds_per_document in the configuration if the file is sound.",
            )
        case MemoryError():
            return LimitExceededError(
                f"needed more than {limits.memory_mb} MiB of memory and was given up.",
                where=where,
                remedy="Raise limits.memory_mb in the configuration if the file is sound.",
            )
    return WorkerFailedError(
        f"could not be processed ({error}).",
        where=where,
        remedy="Please report this as a bug of branch-plans.",
    )


def _read_and_process(path: Path, source_file: str, limits: Limits) -> DocumentResult:
    from pipeline.worker import process_file

    return process_file(path, source_file, limits)


def _limit_worker(memory_mb: int) -> None:
    # Ctrl-C reaches the whole group of processes; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ValueError, OSError):  # the machine may allow less than is asked for
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * _MIB, memory_mb * _MIB))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
