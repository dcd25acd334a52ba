"""Runs the parse of many documents in worker processes that can be limited, killed and replaced."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
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
    """Calls ``function`` with each of ``calls`` in worker processes; yields (index of the call, result or error).

    A worker serves many calls; one that crashes, takes longer than ``limits`` or asks for more memory than allowed is
    replaced, and costs its own call only. Workers are forked from a server process that has imported the module
    ``preload`` once, and end with the parent, however it ends. ``function`` must be importable by name.
    """
    from pebble import ProcessPool

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    with ProcessPool(
        max_workers=min(workers, len(calls)),
        initializer=_limit_worker,
        initargs=(limits.memory_mb,),
        context=context,
    ) as pool:
        try:
            futures: dict[Future[R], int] = {
                pool.schedule(function, args=list(call), timeout=limits.seconds_per_document): index
                for index, call in enumerate(calls)
            }
            for future in as_completed(futures):
                # Results are handed on and not kept: there may be thousands of documents.
                index, error = futures.pop(future), future.exception()
                yield index, future.result() if error is None else _as_exception(error)
        except BaseException:
            # Also on Ctrl-C and when nobody asks for more results: do not wait for what is still queued.
            pool.stop()
            raise


def _changed_meanwhile(file: InputFile) -> WorkerFailedError:
    return WorkerFailedError(
        "changed between being found and being read.", where=str(file.path), remedy="Run again when it is complete."
    )


def _as_exception(error: BaseException) -> Exception:
    # What a worker raises to leave (SystemExit and the like) must not make the parent leave.
    return error if isinstance(error, Exception) else RuntimeError(repr(error))


def _explained(error: Exception, where: str, limits: Limits) -> BranchPlansError:
    from pebble import ProcessExpired

    match error:
        case BranchPlansError():
            return error
        case ProcessExpired():
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
        f"could not be processed ({type(error).__name__}: {error}).",
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
