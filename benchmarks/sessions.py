"""The processes of a run, known by the session that its first process began."""

from __future__ import annotations

import signal
import time
from pathlib import Path

SECONDS_TO_DIE = 5.0
"""How long after its parent a worker may live."""


def session(leader: int) -> list[int]:
    """Living processes of the session that ``leader`` began."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[3]) == leader and after_name[0] not in "ZX":
            found.append(int(stat.parent.name))
    return sorted(found)


def heed_interrupts() -> None:
    """To be called in a child before its program begins: a shell's background jobs are born deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def survivors(leader: int) -> list[int]:
    """The processes of ``leader``'s session that outlive it by more than ``SECONDS_TO_DIE``."""
    until = time.monotonic() + SECONDS_TO_DIE
    while (left := session(leader)) and time.monotonic() < until:
        time.sleep(0.05)
    return left
