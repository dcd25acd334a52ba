"""Faults at an exact system call of a process: killed before it, or the call fails as on a full or broken disk.

``strace`` attaches to the process and does it, so that a C library's calls are met like Python's own.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CHANGING = (
    "write,pwrite64,ftruncate,fallocate,fsync,fdatasync,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,"
    "symlink,symlinkat,unlink,unlinkat,rmdir,chmod,fchmod,fchmodat"
)
"""Calls that change files or folders. Opening is left out: what it makes is met by the call that follows it."""

Mishap = Literal["KILL", "ENOSPC", "EIO"]


@dataclass(frozen=True, slots=True)
class Meddling:
    """What befalls a process at the ``number``-th (from 1) of ``calls``, the names of an undisturbed run's in order.

    ``lasting``: at every later one too.
    """

    mishap: Mishap
    number: int
    calls: Sequence[str]
    lasting: bool = False

    @property
    def options(self) -> list[str]:
        """How strace is told, which counts each kind of call by itself."""
        what = "signal=KILL" if self.mishap == "KILL" else f"error={self.mishap}"
        before = Counter(self.calls[: self.number - 1])
        kinds = sorted(set(self.calls)) if self.lasting else [self.calls[self.number - 1]]
        onward = "+" if self.lasting else ""
        return [f"inject={kind}:{what}:when={before[kind] + 1}{onward}" for kind in kinds]


def can_meddle() -> bool:
    """Whether this machine has strace and lets it follow processes."""
    try:
        return subprocess.run(["strace", "-o", "/dev/null", "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def attach(process: int, log: Path, meddling: Meddling | None) -> subprocess.Popen[str]:
    """Follows the changing system calls of ``process`` into ``log`` and meddles; gives strace once it has a hold.

    Only the process's first thread is followed. strace ends with the process. Raises RuntimeError where it may not
    attach.
    """
    told = [f"trace={CHANGING}", *(meddling.options if meddling else ())]
    # strace names the files of open descriptors with -y, and cuts what is written with -s.
    command = [
        "strace",
        "-p",
        str(process),
        "-y",
        "-s",
        "0",
        "-o",
        str(log),
        *(word for option in told for word in ("-e", option)),
    ]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    if "attached" not in said:
        tracer.kill()
        raise RuntimeError(f"strace cannot follow the process: {said.strip()}")
    return tracer


def calls_in(log: Path) -> list[str]:
    """The system calls that were followed, a line each, in order."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if "(" in line and not line.startswith(("+++", "---"))]
