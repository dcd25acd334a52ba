"""Binds a process to the one that started it."""

from __future__ import annotations

import ctypes
import signal
import sys

PARENT = "BRANCH_PLANS_PARENT"
"""The environment variable that tells the workers' server the id of the process that starts it."""

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Asks the system to kill this process when its parent ends (Linux; elsewhere it notices when it next waits)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
