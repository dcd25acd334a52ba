"""Only one run at a time may write to an output folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parsers.model.errors import BranchPlansError

WORK_FOLDER = ".work"
"""Folder under OUT for the lock and for what is being staged; nothing in it is a result."""


class OutputBusyError(BranchPlansError):
    """Another run is writing to the same output folder."""


class OutputUnwritableError(BranchPlansError):
    """The output folder cannot be made or written to."""


@contextmanager
def output_lock(output: Path) -> Iterator[Path]:
    """Holds the lock of ``output`` (made if it is not there) and gives its work folder.

    The operating system gives the lock back however the process ends. Raises OutputBusyError naming the process that
    holds it, OutputUnwritableError where nothing can be written.
    """
    from filelock import FileLock, Timeout

    work = output / WORK_FOLDER
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = FileLock(work / "lock", timeout=0)
        lock.acquire()
    except Timeout as busy:
        raise OutputBusyError("output_busy", {"process": _owner(work)}, where=str(output)) from busy
    except OSError as error:
        raise OutputUnwritableError("output_unwritable", {"error": error}, where=str(output)) from error
    owner = work / "process"
    try:
        owner.write_text(str(os.getpid()), encoding="ascii")
        yield work
    except OSError as error:
        raise OutputUnwritableError("output_unwritable_now", {"error": error}, where=str(output)) from error
    finally:
        with contextlib.suppress(OSError):
            owner.unlink()
        lock.release()


def _owner(work: Path) -> str:
    try:
        return (work / "process").read_text(encoding="ascii")
    except OSError:
        return "unknown"
