"""What is made of all tables together and kept beside them in ``derived``: threads of measures, the search index.

Beside them means with the state of the output that they are of (see ``state_folders``).
Each file has a stamp that says of which tables it was made, so that nobody is answered from older ones.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = "derived"
THREADS = "threads.parquet"
SEARCH = "search.sqlite"
SOURCES = ("documents", "measures", "targets")
"""The tables that they are made of."""

EDITION = "1"
"""Raised whenever the same tables would give other threads or another index."""

_STAMPED = {"edition", "seen", "content", "made"}


def derived_file(output: Path, name: str) -> Path:
    """Where the derived file ``name`` of ``output`` stands."""
    return output / FOLDER / name


def is_current(output: Path, name: str) -> bool:
    """Whether the file ``name`` is there and was made of the tables as they are now."""
    file = derived_file(output, name)
    try:
        stamp: dict[str, Any] = json.loads(_stamp_file(file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not file.is_file() or stamp.get("edition") != EDITION:
        return False
    # Copied tables have other times and the same content.
    return stamp.get("seen") == _seen(output) or stamp.get("content") == _content(output)


def put_derived(output: Path, name: str, data: bytes) -> None:
    """Puts ``data`` in place as the file ``name``, stamped with the tables as they are now; raises OSError."""
    file = derived_file(output, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    made = hashlib.sha256(data).hexdigest()
    stamp = {"edition": EDITION, "seen": _seen(output), "content": _content(output), "made": made}
    for path, content in ((file, data), (_stamp_file(file), json.dumps(stamp).encode())):
        staged = path.with_name(f".{path.name}.{os.getpid()}")
        staged.write_bytes(content)
        staged.replace(path)


def damaged_derived(output: Path) -> list[Path]:
    """The derived files that are not as they were made, and stamps that cannot be read: to be removed and made anew."""
    damaged = []
    for file in (derived_file(output, name) for name in (THREADS, SEARCH)):
        stamp = _stamp_file(file)
        if not (file.exists() or stamp.exists()):
            continue
        try:
            told: dict[str, Any] = json.loads(stamp.read_text(encoding="utf-8"))
            is_whole = told.keys() == _STAMPED and told["made"] == hashlib.sha256(file.read_bytes()).hexdigest()
            # The stamp's other values are compared with the tables whenever it is asked.
            is_whole = is_whole and told["edition"] == EDITION and told["content"] == _content(output)
        except (OSError, ValueError, AttributeError):
            is_whole = False
        if not is_whole:
            damaged += [path for path in (file, stamp) if path.exists()]
    return damaged


def _stamp_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _files(output: Path) -> Iterator[Path]:
    for table in SOURCES:
        yield from sorted((output / "tables" / table).glob("plan_year=*/*.parquet"))


def _seen(output: Path) -> str:
    """A digest of what the tables' files look like from outside: names, sizes, times."""
    digest = hashlib.sha256()
    for file in _files(output):
        state = file.stat()
        digest.update(f"{file.relative_to(output).as_posix()} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _content(output: Path) -> str:
    digest = hashlib.sha256()
    for file in _files(output):
        digest.update(file.relative_to(output).as_posix().encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
