"""What the command line returns."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Stable, so that scripts can rely on it. ``SOME_NOT_LOADED`` also means faults found by ``verify``."""

    DONE = 0
    SOME_NOT_LOADED = 1
    COULD_NOT_RUN = 2
    INTERRUPTED = 130
