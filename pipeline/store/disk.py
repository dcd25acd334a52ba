"""Changes to the file system that are there whole or not at all, and never written over what has a name already.

By hand: `atomicwrites` is kept up no longer, and knows files only, not folders and links.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_NO_EXCHANGE_HERE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV}
_NO_LINKS_HERE = {errno.EPERM, errno.ENOTSUP, errno.EXDEV, errno.EMLINK, errno.ENOSYS}


def write_whole(target: Path, data: bytes) -> None:
    """Writes a file so that it is there whole or not at all, also after a power failure; its folder is made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.new")
    with staged.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    staged.replace(target)


def link_tree(source: Path, target: Path) -> None:
    """Makes ``target`` a tree of links to the files of ``source``."""
    target.mkdir(parents=True)
    with os.scandir(source) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                link_tree(Path(entry.path), target / entry.name)
            else:
                link(entry.path, f"{target}/{entry.name}")


def link(source: str | Path, target: str | Path) -> None:
    """A second name for ``source``, or a copy of it where the file system has no links.

    Raises FileExistsError where there is something of that name already: nothing is ever written over.
    """
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS_HERE:
            raise
        with Path(target).open("xb") as copy, Path(source).open("rb") as original:
            shutil.copyfileobj(original, copy)
            copy.flush()
            os.fsync(copy.fileno())


def flush(*paths: Path) -> None:
    """Files and folders are on the disk itself when this returns, so that a power failure later cannot empty them."""
    for path in paths:
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def take_place(new: Path, present: Path) -> None:
    """Puts the folder ``new`` in the place of ``present``, in one step where the system has one."""
    if not present.exists():
        new.rename(present)
    elif not _exchange(new, present):
        # Whoever finds ``present`` missing and this one there knows where its content is.
        aside = new.with_name(f"{new.name}.old")
        present.rename(aside)
        new.rename(present)


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two folders in one step; False where the system or file system knows no such step."""
    if sys.platform != "linux":
        return False
    arguments: Sequence[Any] = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if ctypes.CDLL(None, use_errno=True).renameat2(*arguments) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE_HERE:
        return False
    raise OSError(code, os.strerror(code), str(one))
