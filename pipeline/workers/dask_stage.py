"""The parse stage on several machines: Dask distributed hands the documents to its workers.

The workers run the same pure function as the processes of one machine, so that the results are the same bytes. Only
bytes travel: the machines share no disk, and nothing but the process that began the run writes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parsers.model.errors import BranchPlansError
from pipeline.decisions.standing import NOTHING_DECIDED, Decided
from pipeline.inputs.configuration import Limits
from pipeline.inputs.discovery import InputFile
from pipeline.inputs.input_bytes import read_input
from pipeline.version import __version__
from pipeline.workers.divided import Task, WaitingTasks
from pipeline.workers.worker_pool import Outcome, WorkerFailedError, changed_meanwhile, explained

if TYPE_CHECKING:
    from distributed import Client, Future

_SECONDS_TO_CONNECT = 20
_AHEAD = 2
"""Documents sent for each thread of the cluster: one to read and one to follow, whatever the number of documents."""

_one_at_a_time = threading.Lock()


class SchedulerError(BranchPlansError):
    """The scheduler of the cluster cannot be used; nothing was read."""


@dataclass(frozen=True, slots=True)
class DaskStage:
    """Parses on the workers of the Dask scheduler at ``address`` (``tcp://host:8786``)."""

    address: str

    def begin(self) -> None:
        """A cluster's workers are there already."""

    def __call__(
        self,
        files: Sequence[InputFile],
        limits: Limits,
        on_start: Callable[[InputFile], None],
        on_page: Callable[[InputFile, int], None],  # noqa: ARG002
    ) -> Iterator[Outcome]:
        """Yields an outcome for each file as it comes; ``on_start`` is called with a file when it is sent.
        Pages are not told of: a cluster's workers have no line to the run.

        A document whose worker dies is read by another one. Where no worker answers for as long as one document may
        take, those that were sent are given up. Raises SchedulerError where the scheduler does not answer.
        """
        with _connected(self.address) as client:
            yield from _outcomes(client, files, limits, on_start)


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise SchedulerError("no_dask", where=address) from error
    try:
        return Client(address, timeout=_SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise SchedulerError("no_scheduler", {"error": error}, where=address) from error


def _outcomes(
    client: Client, files: Sequence[InputFile], limits: Limits, on_start: Callable[[InputFile], None]
) -> Iterator[Outcome]:
    from distributed import wait

    # Longest first, as on one machine.
    ordered = sorted(files, key=lambda file: (-file.size, file.source_file))
    waiting = WaitingTasks([(file,) for file in ordered])
    sent: dict[Future[Any], Task] = {}
    while waiting or sent:
        while waiting and len(sent) < _AHEAD * max(1, sum(client.nthreads().values())):
            task = waiting.next()
            file, *part = task.call
            if not part:
                on_start(file)
            try:
                data = read_input(file.path, limits)
            except BranchPlansError as error:
                yield from _settled(waiting, task, error, ordered, limits)
                continue
            # The bytes are part of the task: should a worker die, the scheduler still has them for another.
            future = client.submit(
                read_remotely,
                data,
                file.source_file,
                limits,
                __version__,
                file.decided,
                *part,
                key=f"read-{file.read_under(file.sha256)}-{_name(task)}",
            )
            sent[future] = task
        if not sent:
            continue
        try:
            answered = wait(list(sent), timeout=limits.seconds_per_document, return_when="FIRST_COMPLETED").done
        except TimeoutError as silence:
            client.cancel(list(sent))
            for task in sent.values():
                yield from _settled(waiting, task, silence, ordered, limits)
            sent.clear()
            continue
        for future in answered:
            yield from _settled(waiting, sent.pop(future), _answer(future), ordered, limits)


def _name(task: Task) -> str:
    """Tells the parts of a document apart: its call, its pages, and the last call that joins them."""
    if task.part is not None:
        return f"part-{task.part}"
    return "joined" if len(task.call) > 1 else "whole"


def _answer(future: Future[Any]) -> Any:
    error = future.exception()
    if error is None:
        return future.result()
    return error if isinstance(error, Exception) else RuntimeError(repr(error))


def _settled(
    waiting: WaitingTasks, task: Task, answer: Any, files: Sequence[InputFile], limits: Limits
) -> Iterator[Outcome]:
    """The outcome of the document that ``answer`` finishes, if it does."""
    for index, result in waiting.settle(task, answer):
        file = files[index]
        if isinstance(result, Exception):
            yield Outcome(file, None, explained(result, str(file.path), limits))
        elif result.sha256 != file.sha256:
            yield Outcome(file, None, changed_meanwhile(file))
        else:
            yield Outcome(file, result, None)


def read_remotely(
    data: bytes,
    source_file: str,
    limits: Limits,
    version: str,
    decided: Decided = NOTHING_DECIDED,
    part: Any = None,
) -> Any:
    """What a worker of the cluster does with one document, or with the pages of it that ``part`` asks for.

    Raises WorkerFailedError where its version of this package is not the one that began the run; else what the parse
    raises.
    """
    from pipeline.workers.worker import bytes_in_parts

    if version != __version__:
        raise WorkerFailedError("other_version", {"found": __version__, "version": version}, where=source_file)
    with _one_at_a_time:  # MuPDF does not bear several threads
        return bytes_in_parts(data, source_file, limits, decided, part)
