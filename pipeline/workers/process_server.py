"""The server process from which workers are forked: started, asked for a worker, and ended where it does not answer."""

from __future__ import annotations

import contextlib
import multiprocessing.forkserver
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future
from multiprocessing.process import BaseProcess

from pipeline.workers.births import deaf_to_interrupts

SECONDS_TO_START = 300.0
"""How long the server may take to make a worker: as long as a document may take. Importing what workers need takes 5 s
on an idle core, and took more than 60 s at low priority on a machine with eight times as much to do as it can."""

SECONDS_TO_END = 5.0
"""How long the server may take to tell of a worker's end."""


def start_server() -> None:
    """Starts the server, unless it runs; the workers are born of it as it was."""
    with deaf_to_interrupts():
        multiprocessing.forkserver.ensure_running()


def start_process(process: BaseProcess, seconds: float = SECONDS_TO_START) -> None:
    """Has the server make ``process``; raises OSError or EOFError where it does not.

    A server that does not answer within ``seconds`` (it was stopped, or hangs) is ended, and all its workers with it;
    whoever asks next gets another one.
    """
    answer: Future[None] = Future()
    # The library's own start would wait for the server's answer without end.
    threading.Thread(target=_start, args=(process, answer), daemon=True).start()
    try:
        answer.result(seconds)
    except TimeoutError:
        end_server()
        raise


def _start(process: BaseProcess, answer: Future[None]) -> None:
    try:
        process.start()
    except (OSError, EOFError) as error:
        answer.set_exception(error)
    else:
        answer.set_result(None)


def see_off(processes: Iterable[BaseProcess], seconds: float = SECONDS_TO_END) -> None:
    """Waits for the end of ``processes``; a server that does not tell of it within ``seconds`` is ended too.

    Python itself waits for every process at its end, and would do so for ever.
    """
    until = time.monotonic() + seconds
    for process in processes:
        process.join(max(until - time.monotonic(), 0.0))
        if process.is_alive():
            end_server()
            return


def end_server() -> None:
    """Kills the server; its workers die with it (see ``end_with_parent``).

    It is dead when this returns: whoever asked for a worker sooner would ask the dying one, and go without again.
    """
    # The library gives it no other name.
    pid = getattr(multiprocessing.forkserver._forkserver, "_forkserver_pid", None)
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        if sys.platform == "linux":
            with contextlib.suppress(ChildProcessError):  # the library has seen its end already
                os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # and is left to see it
