"""Runs the parse of many documents in worker processes that can be limited, killed and replaced.

A pool of our own, because pebble's has neither of two things that documents need: a call that turns out to need more
time (a scan) cannot get it while it runs, and a process cannot be retired for the memory that a call has left it with.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol, TypeVar

from parsers.model.data_file import DataFileError
from parsers.model.errors import BranchPlansError, LimitExceededError
from pipeline.decisions.standing import Decided
from pipeline.inputs.configuration import Limits
from pipeline.inputs.discovery import InputFile
from pipeline.store.document_result import DocumentResult
from pipeline.workers import told_parent
from pipeline.workers.divided import Task, WaitingTasks
from pipeline.workers.end_with_parent import end_with_parent
from pipeline.workers.process_server import see_off, start_process, start_server

R = TypeVar("R")

_Told = told_parent.MoreTime | told_parent.PageRead

_MIB = 1024 * 1024

_READING = "pipeline.workers.worker"
"""The module of what reading needs, loaded by the server."""

_CALLS_A_PROCESS = 8
"""A process of its own for each document would cost a third more: its memory is copied page by page when written to."""

_OUT_OF_MEMORY = ("std::bad_alloc", "Insufficient memory")
"""What onnxruntime and OpenCV say where they get no more memory; their errors are not Python's."""

_SOUND_SHARE = 0.5
"""A process whose memory has ever passed this share of its limit serves no further document."""


class WorkerFailedError(BranchPlansError):
    """A worker crashed, was killed from outside, or met an error nobody foresaw; trying again may succeed."""


class InternalError(WorkerFailedError):
    """An error of this program itself; ``trace`` says where it was raised."""

    trace: str = ""


class UnforeseenError(Exception):
    """What a worker sends of an error that nobody foresaw: its name and words, and where it was raised."""

    def __init__(self, words: str, trace: str) -> None:
        self.words = words
        self.trace = trace
        super().__init__(words, trace)


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
    """Anything that turns files into outcomes, in any order: the pool below, or a cluster's scheduler.

    ``begin`` is called as soon as it is likely that there are files, before anybody knows which.
    """

    def begin(self) -> None: ...

    def __call__(
        self,
        files: Sequence[InputFile],
        limits: Limits,
        on_start: Callable[[InputFile], None],
        on_page: Callable[[InputFile, int], None],
    ) -> Iterator[Outcome]: ...


@dataclass(frozen=True, slots=True)
class WorkerPool:
    """Parses with ``workers`` processes on this machine."""

    workers: int

    def begin(self) -> None:
        """Starts the server process, which takes seconds to load what workers need."""
        begin_server(_READING)

    def __call__(
        self,
        files: Sequence[InputFile],
        limits: Limits,
        on_start: Callable[[InputFile], None],
        on_page: Callable[[InputFile, int], None],
    ) -> Iterator[Outcome]:
        """Yields an outcome for each file as it comes; ``on_start`` is called with a file when its turn comes,
        ``on_page`` with it and the number of its pages whenever one of them is read.
        """
        # Longest first: a long document begun last would leave the other workers idle at the end.
        waiting = sorted(files, key=lambda file: (-file.size, file.source_file))
        for file in waiting[: self.workers]:
            on_start(file)
        calls = [(file.path, file.source_file, limits, file.decided) for file in waiting]
        finished: Iterator[tuple[int, DocumentResult | Exception]] = run_in_workers(
            _read_and_process if self.workers == 1 else _read_in_parts,
            calls,
            self.workers,
            limits,
            preload=_READING,
            on_page=lambda index, of: on_page(waiting[index], of),
        )
        for done, (index, result) in enumerate(finished, start=self.workers):
            if done < len(waiting):
                on_start(waiting[done])
            file = waiting[index]
            if isinstance(result, Exception):
                yield Outcome(file, None, explained(result, str(file.path), limits))
            elif result.sha256 != file.sha256:
                yield Outcome(file, None, changed_meanwhile(file))
            else:
                yield Outcome(file, result, None)


def run_in_workers(
    function: Callable[..., R],
    calls: Sequence[tuple[Any, ...]],
    workers: int,
    limits: Limits,
    *,
    preload: str,
    on_page: Callable[[int, int], None] = lambda *_: None,
) -> Iterator[tuple[int, R | Exception]]:
    """Calls ``function`` with each of ``calls``, ``workers`` at a time; yields (index of the call, result or error).

    A process serves a few calls and ends; at once after one that failed or needed much memory, so that nothing one
    document does to its process can change what is read in another. A process that dies gives ProcessDiedError, one
    that takes longer than ``limits`` TimeoutError, one that asks for more memory than allowed MemoryError; each costs
    its own call only. The processes are forked within milliseconds from a server process that has imported the module
    ``preload`` once, and end with the parent, however it ends. ``function`` must be importable by name. ``on_page`` is
    called with the index of a call and the number of its pages whenever one of them is read. A call to which a worker
    answers ``Divided`` is done in parts by all workers; a part that fails fails the call.
    """
    context = multiprocessing.get_context("forkserver")
    begin_server(preload)
    waiting = WaitingTasks(calls)
    idle: list[_Worker] = []
    running: dict[Connection, _Running] = {}
    unstarted: set[tuple[int, int | None]] = set()

    def keep_busy() -> Iterator[tuple[int, ProcessDiedError]]:
        while waiting and len(running) < workers:
            task = waiting.next()
            try:
                worker = idle.pop() if idle else _started(context, function, limits.memory_mb)
            except (OSError, EOFError):  # the server itself was killed or stopped; the next call begins another
                if task.name in unstarted:
                    yield from waiting.settle(task, ProcessDiedError(None))
                else:
                    unstarted.add(task.name)
                    waiting.again(task)
                continue
            with contextlib.suppress(OSError):  # one that has died meanwhile is met when its answer is awaited
                worker.line.send(task.call)
            running[worker.line] = _Running(task, worker, time.monotonic() + limits.seconds_per_document)

    try:
        yield from list(keep_busy())
        while running:
            nearest = min(one.deadline for one in running.values())
            answered = wait(list(running), max(nearest - time.monotonic(), 0.0))
            ended: list[tuple[int, R | Exception]] = []
            for line in [line for line in running if line in answered]:
                one = running.pop(line)
                received = _received(one.worker)
                if isinstance(received, told_parent.MoreTime):
                    running[line] = replace(one, deadline=one.deadline + received.seconds)
                    continue
                if isinstance(received, told_parent.PageRead):
                    running[line] = one
                    on_page(one.task.index, received.of)
                    continue
                result, goes_on = received
                ended += waiting.settle(one.task, result)
                if goes_on:
                    idle.append(one.worker)
                else:
                    line.close()
            for line in [line for line, one in running.items() if one.deadline <= time.monotonic()]:
                one = running.pop(line)
                one.worker.process.kill()
                ended += waiting.settle(one.task, TimeoutError())
            # Before the results are handed on: workers read while the caller writes.
            ended += keep_busy()
            yield from ended
    finally:
        # Also on Ctrl-C and when nobody asks for more results.
        left = [*idle, *(one.worker for one in running.values())]
        for worker in left:
            worker.process.kill()
        see_off([worker.process for worker in left])


def begin_server(preload: str) -> None:
    """Starts the server process, which loads the module ``preload``, unless it runs; returns at once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.workers.worker_server", preload, "pipeline.workers.server_loaded"])
    start_server()


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    line: Connection


@dataclass(frozen=True, slots=True)
class _Running:
    task: Task
    worker: _Worker
    deadline: float


def _started(context: ForkServerContext, function: Callable[..., object], memory_mb: int) -> _Worker:
    """A new worker; raises OSError or EOFError where the server does not make one."""
    line, far_end = context.Pipe()
    process = context.Process(target=_serve, args=(far_end, function, memory_mb), daemon=True)
    try:
        start_process(process)
    finally:
        far_end.close()
    return _Worker(process, line)


def _received(worker: _Worker) -> tuple[Any, bool] | _Told:
    """The answer to a worker's call and whether the worker serves another, or that the call may take longer."""
    try:
        received: tuple[Any, bool] | _Told = worker.line.recv()
    except (EOFError, OSError):
        see_off([worker.process])
        return ProcessDiedError(worker.process.exitcode), False
    return received


def _serve(line: Connection, function: Callable[..., object], memory_mb: int) -> None:
    """What a worker process does: calls one after another, the result or the error of each sent back."""
    told_parent.tell(line)
    _limit_worker(memory_mb)
    for number in range(1, _CALLS_A_PROCESS + 1):
        try:
            call = line.recv()
        except EOFError:
            return
        result = _result(function, call)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sound = not isinstance(result, Exception) and peak_mb < memory_mb * _SOUND_SHARE
        goes_on = sound and number < _CALLS_A_PROCESS
        line.send((result, goes_on))
        if not goes_on:
            return


def _result(function: Callable[..., object], call: tuple[Any, ...]) -> object:
    try:
        return function(*call)
    except BranchPlansError as error:
        return error
    except MemoryError:
        return MemoryError()
    except BaseException as error:  # noqa: BLE001 - whatever it is, it costs this call only
        if isinstance(error.__cause__, MemoryError) or any(words in str(error) for words in _OUT_OF_MEMORY):
            return MemoryError()
        # Errors of libraries may not survive the way between processes, so that only their words are sent.
        return UnforeseenError(f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)))


def changed_meanwhile(file: InputFile) -> WorkerFailedError:
    """The error of a file whose bytes are not those that were found."""
    return WorkerFailedError("changed_meanwhile", where=str(file.path))


def explained(error: Exception, where: str, limits: Limits) -> BranchPlansError:
    """``error`` of a worker in the words of this project, with what can be done about it.

    Raises DataFileError where that is the error: no document can be read by a program whose own tables are wrong.
    """
    match error:
        case DataFileError():
            raise error
        case BranchPlansError():
            return error
        case ProcessDiedError():
            return WorkerFailedError("worker_died", {"exitcode": error.exitcode}, where=where)
        case TimeoutError():
            return LimitExceededError(
                "too_slow", {"seconds": limits.seconds_per_document, "a_page": limits.seconds_per_page}, where=where
            )
        case MemoryError():
            return LimitExceededError("too_much_memory", {"most": limits.memory_mb}, where=where)
    words, trace = f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error))
    if isinstance(error, UnforeseenError):
        words, trace = error.words, error.trace
    internal = InternalError("internal", {"words": " ".join(words.split())}, where=where)
    internal.trace = trace
    return internal


def _read_and_process(path: Path, source_file: str, limits: Limits, decided: Decided) -> DocumentResult:
    from pipeline.workers.worker import process_file

    return process_file(path, source_file, limits, decided)


def _read_in_parts(*call: Any) -> Any:
    from pipeline.workers.worker import process_in_parts

    return process_in_parts(*call)


def _limit_worker(memory_mb: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # the machine may allow less than is asked for
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * _MIB, memory_mb * _MIB))
    end_with_parent()
