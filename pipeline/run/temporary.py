"""One folder for everything that a run and its libraries put aside, swept by the next run should it be killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from multiprocessing.util import Finalize
from pathlib import Path

_PREFIX = "branch-plans-"
_LOCK = "lock"
_AFTER_MULTIPROCESSING = -200
"""multiprocessing removes its own folder, which lies in this one, at -100."""

_LONGEST_PLACE = 40
"""Bytes; what multiprocessing puts behind it for a socket takes about fifty, and Linux allows 107."""


def use_own_temporary_folder() -> Path:
    """Makes every temporary file of this process, its libraries and its children lie in one folder of their own.

    The folder is locked for as long as the process lives and removed when it ends; those that nobody holds any more,
    because their processes were killed, are removed now. Where the system's own folder has a long name everything
    stays as it is: a socket's path may not be longer than about a hundred bytes.
    """
    place = Path(tempfile.gettempdir())
    if place.name.startswith(_PREFIX):
        return place
    _sweep(place)
    if len(os.fsencode(place)) > _LONGEST_PLACE:
        return place
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    lock = os.open(folder / _LOCK, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC)  # open until the process ends
    fcntl.flock(lock, fcntl.LOCK_EX)
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=_AFTER_MULTIPROCESSING)
    return folder


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # held by a living run, or not this user's
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            with (folder / _LOCK).open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
