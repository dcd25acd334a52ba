"""What a plan's title and file name say of which version it is."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_REIWA_BEGINS = 2018


@dataclass(frozen=True, slots=True)
class VersionMarks:
    """``number`` counts versions from 1 (nothing said); ``day`` is the date named (YYYY-MM-DD), None where none is."""

    number: int
    day: str | None


def read_version_marks(*names: str) -> VersionMarks:
    """The highest version and the latest date that any of ``names`` (title, file name) gives."""
    folded = [unicodedata.normalize("NFKC", name) for name in names]
    marks, dates = _patterns()
    numbers = [int(found["number"] or 2) for name in folded for mark in marks for found in mark.finditer(name)]
    days = [_day(found) for name in folded for date in dates for found in date.finditer(name)]
    return VersionMarks(max(numbers, default=1), max(days, default=None))


def _day(found: re.Match[str]) -> str:
    parts = found.groupdict()
    year = int(parts["year"]) if "year" in parts else _REIWA_BEGINS + int(parts["era"])
    return f"{year:04d}-{int(parts['month']):02d}-{int(parts['day']):02d}"


@cache
def _patterns() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    table = tomllib.loads((files("pipeline.inputs") / "version_marks.toml").read_text(encoding="utf-8"))
    return [re.compile(mark["pattern"]) for mark in table["mark"]], [re.compile(d["pattern"]) for d in table["date"]]
