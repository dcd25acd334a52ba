"""A process of its own that loads at once what a later call needs, while this one does other things."""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from pipeline.workers.births import deaf_to_interrupts
from pipeline.workers.loading import end_loading

R = TypeVar("R")


class NoAnswerError(Exception):
    """The process ended, or the call failed in it: whoever asked does it himself, and meets what is wrong."""


class EarlyProcess:
    """Started when made: imports the module ``preload`` and waits for calls. It ends with this process at the latest.

    A server process like that of the workers would have loaded what they need first, one after the other. Raises
    OSError where the system makes no process.
    """

    def __init__(self, preload: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, far_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(far_end, preload), daemon=True)
        try:
            with deaf_to_interrupts():
                self._process.start()
        finally:
            far_end.close()

    def ask(self, function: Callable[..., R], *arguments: object) -> Callable[[], R]:
        """Has it call ``function``, which must be importable by name; gives the function that waits for the answer.

        That one raises NoAnswerError where there is none.
        """
        with contextlib.suppress(OSError):  # it has ended: noticed when its answer is awaited
            self._line.send((function, arguments))

        def answer() -> R:
            try:
                done, result = self._line.recv()
            except (EOFError, OSError) as error:
                raise NoAnswerError("the process ended") from error
            if not done:
                raise NoAnswerError(result)
            found: R = result
            return found

        return answer

    def end(self) -> None:
        """Ends it, whatever it does."""
        self._process.kill()
        self._process.join()
        self._line.close()


def _serve(line: Connection, preload: str) -> None:
    importlib.import_module("pipeline.workers.worker_server")  # ends with the parent, also where that has gone already
    # Locks of libraries would be noted as things to clean up, and named as left behind when this process is ended.
    multiprocessing.set_start_method("fork", force=True)
    importlib.import_module(preload)
    end_loading()
    while True:
        try:
            function, arguments = line.recv()
        except EOFError:
            return
        try:
            answer = True, function(*arguments)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is met again by whoever asked
            answer = False, f"{type(error).__name__}: {error}"
        line.send(answer)
