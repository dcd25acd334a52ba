"""What a column's header says of the column, read by the table ``column_headers.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_fiscal_year

HeaderRole = Literal[
    "section", "new", "old", "content", "reference", "indicator", "target", "actual", "group", "number", "note"
]
LONGEST_HEADER = 44


class HeaderWords(NamedTuple):
    """A header's reading: ``role`` is None where the words are unknown, ``year`` the fiscal year it names."""

    role: HeaderRole | None
    year: int | None


def read_header_words(text: str) -> HeaderWords:
    """What the verbatim header ``text`` says; nothing for a text too long to be a header."""
    plain = "".join(normalize(text).text.split())
    if not plain or len(plain) > LONGEST_HEADER:
        return HeaderWords(None, None)
    year = read_fiscal_year(plain)
    for role, pattern, whole in _table():
        if pattern.fullmatch(plain) if whole else pattern.search(plain):
            return HeaderWords(role, year)
    return HeaderWords(None, year)


@cache
def _table() -> tuple[tuple[HeaderRole, re.Pattern[str], bool], ...]:
    table = tomllib.loads(files("parsers.tables").joinpath("column_headers.toml").read_text(encoding="utf-8"))
    return tuple((row["role"], re.compile(row["pattern"]), row["whole"]) for row in table["header"])
