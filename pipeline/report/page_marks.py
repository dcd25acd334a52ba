"""What the report's pages were made of, so that only those are made anew of which that has changed.

A page's mark is a digest of the rows that it shows. The marks of a folder's pages are written last, so that what a
stopped run left half done is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb

from pipeline.report.site import put

MARKS = "marks.json"
"""Lies in each folder of pages that are made by their marks."""

Marks = Mapping[str, str]
"""By the name of a page, or of a group of pages: the mark of what it shows."""


def row_marks(connection: duckdb.DuckDBPyConnection, rows: str, group: str) -> Marks:
    """The marks of the groups of ``rows`` (SQL) by the expression ``group``; rows without a group are left out."""
    # SQL of this project's own.
    asked = f"SELECT {group} AS name, count(*) || ' ' || sum(hash(r)) FROM ({rows}) AS r GROUP BY name"  # noqa: S608
    return {str(name): mark for name, mark in connection.execute(asked).fetchall() if name is not None}


def changed_pages(folder: Path, marks: Marks) -> frozenset[str]:
    """The names of ``marks`` whose pages in ``folder`` show something else, or were made by another edition."""
    before = _read(folder)
    return frozenset(name for name, mark in marks.items() if before.get(name) != mark or before.get("") != _edition())


def keep_marks(folder: Path, marks: Marks) -> None:
    """Notes what the pages in ``folder`` show now."""
    put(folder / MARKS, json.dumps({"": _edition(), **dict(sorted(marks.items()))}, ensure_ascii=False, indent=0))


def forget_marks(report: Path, folders: Collection[str]) -> None:
    """Has all pages of ``folders`` made anew."""
    for folder in folders:
        (report / folder / MARKS).unlink(missing_ok=True)


def _read(folder: Path) -> Marks:
    try:
        marks: Marks = json.loads((folder / MARKS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return marks


@cache
def _edition() -> str:
    """Changes whenever the same rows might give other pages: a digest of all that makes them."""
    from normalizers.vocabulary import words_edition

    digest = hashlib.sha256(words_edition().encode())
    for package in ("pipeline.report", "normalizers.indicators"):
        for name, data in sorted(_contents(files(package), package)):
            digest.update(name.encode() + data)
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name not in ("__pycache__", "static"):
                found += _contents(entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".py", ".toml", ".j2", ".json")):
            found.append((f"{name}/{entry.name}", entry.read_bytes()))
    return found
