"""How processes are born: told of their parent, and with Ctrl-C blocked."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from multiprocessing import resource_tracker

from pipeline.workers.end_with_parent import PARENT


@contextlib.contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Processes that are started meanwhile know this one as their parent and do not hear Ctrl-C.

    It reaches the whole group of processes, but the parent alone decides what it means.
    """
    resource_tracker.ensure_running()  # started first, because its start unblocks the signal
    os.environ[PARENT] = str(os.getpid())
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
