"""Makes a finished state of all tables visible at once.

The next state of ``tables/`` (and likewise ``quarantine/``) is built beside the present one, from links to the files
that stay and to the staged ones, and then takes its place in a single exchange of the two folders. Whoever reads
before sees all of the old state, whoever reads after all of the new; a run killed at any moment leaves one of the two,
and so does a power failure: what is new is flushed to the disk before it takes its place.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.store.columns import TABLES
from pipeline.store.parquet_file import DocumentFiles

ACCOUNT = "account"
"""Under this name a quarantined document's files hold its ``findings.json``."""

UNFINISHED = "unfinished"
"""This file in the work folder tells that a run began to publish and has not yet come to its end."""

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_NO_EXCHANGE_HERE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV}


def stored_loaded(output: Path) -> dict[str, DocumentFiles]:
    """The documents that the tables of ``output`` hold whole, by id; leftovers without all their files are not."""
    stored: dict[str, DocumentFiles] = {}
    for path in (output / "tables" / "documents").glob("plan_year=*/*.parquet"):
        files = {name: output / "tables" / name / path.parent.name / path.name for name in TABLES}
        if all(file.is_file() for file in files.values()):
            stored[path.stem] = files
    return stored


def stored_quarantined(output: Path) -> dict[str, DocumentFiles]:
    """The quarantined documents of ``output``, by id; besides its tables a document has its account (JSON)."""
    stored: dict[str, DocumentFiles] = {}
    for path in (output / "quarantine").glob("*/findings.json"):
        files = {name: path.parent / f"{name}.parquet" for name in TABLES}
        if all(file.is_file() for file in files.values()):
            stored[path.parent.name] = {**files, ACCOUNT: path}
    return stored


def publish(
    output: Path,
    work: Path,
    loaded: Mapping[str, tuple[int | None, DocumentFiles]],
    quarantined: Mapping[str, DocumentFiles],
) -> None:
    """Makes ``loaded`` (document id → fiscal year, files) and ``quarantined`` all that ``output`` holds.

    Raises OSError where the disk is full or not writable; what was visible before then still is.
    """
    recover(output, work)
    following = work / "next"
    tables, quarantine = following / "tables", following / "quarantine"
    for name in TABLES:
        (tables / name).mkdir(parents=True)
    quarantine.mkdir()
    for document_id, (year, files) in loaded.items():
        for name, file in files.items():
            folder = tables / name / f"plan_year={year or 0:04d}"
            folder.mkdir(exist_ok=True)
            _link(file, folder / f"{document_id}.parquet")
    for document_id, files in quarantined.items():
        folder = quarantine / document_id
        folder.mkdir()
        for file in files.values():
            _link(file, folder / file.name)
    everything = [*(files for _, files in loaded.values()), *quarantined.values()]
    _flush(*(file for files in everything for file in files.values() if file.is_relative_to(work)))
    _flush(*(folder for folder in following.rglob("*") if folder.is_dir()), following)
    _take_place(tables, output / "tables")
    _take_place(quarantine, output / "quarantine")
    _flush(output, following)
    shutil.rmtree(following)


def recover(output: Path, work: Path) -> None:
    """Puts right what a run left that was killed while publishing."""
    for name in ("tables", "quarantine"):
        aside = work / "next" / f"{name}.old"
        # Only where folders cannot be exchanged in one step: the old state was moved away, the new one not yet in.
        if aside.is_dir() and not (output / name).exists():
            aside.rename(output / name)
    shutil.rmtree(work / "next", ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        shutil.copyfile(source, target)
        _flush(target)


def _flush(*paths: Path) -> None:
    """Files and folders are on the disk itself when this returns, so that a power failure later cannot empty them."""
    for path in paths:
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _take_place(new: Path, present: Path) -> None:
    if not present.exists():
        new.rename(present)
    elif not _exchange(new, present):
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
