"""What a plan's title and file name say of which version it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from normalizers.vocabulary import western_year
from parsers.model.data_file import read_data


@dataclass(frozen=True, slots=True)
class VersionMarks:
    """``number`` counts versions from 1 (nothing said); ``day`` is the date named (YYYY-MM-DD), None where none is."""

    number: int
    day: str | None


def read_version_marks(*names: str) -> VersionMarks:
    """The highest version and the latest date that any of ``names`` (title, file name) gives."""
    folded = [unicodedata.normalize("NFKC", name) for name in names]
    table = _table()
    numbers = [int(m["number"] or 2) for name in folded for mark in table.mark for m in mark.pattern.finditer(name)]
    days = [_day(found) for name in folded for date in table.date for found in date.pattern.finditer(name)]
    return VersionMarks(max(numbers, default=1), max(days, default=None))


def _day(found: re.Match[str]) -> str:
    parts = found.groupdict()
    year = int(parts["year"]) if "year" in parts else western_year("令和", int(parts["era"]))
    return f"{year:04d}-{int(parts['month']):02d}-{int(parts['day']):02d}"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: re.Pattern[str]


class _Table(BaseModel):
    """The file, explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mark: tuple[_Row, ...]
    date: tuple[_Row, ...]


@cache
def _table() -> _Table:
    return read_data("pipeline.inputs", "version_marks.toml", _Table)
