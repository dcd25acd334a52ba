"""The words and forms of ``patterns.toml`` by which numbers and years are read."""

from __future__ import annotations

import functools
import re

from parsers.model.data_file import read_data
from parsers.model.patterns import Patterns, PatternTable


@functools.cache
def text_table() -> PatternTable:
    """The data file as it stands."""
    return read_data("normalizers.text", "patterns.toml", PatternTable)


@functools.cache
def _patterns() -> Patterns:
    return Patterns(text_table().root)


def pattern(name: str) -> re.Pattern[str]:
    """An entry of the table, by section and name."""
    return _patterns().pattern(name)


def expression(name: str) -> str:
    """An entry of the table as one group of a regular expression."""
    return _patterns().expression(name)


def words(name: str) -> tuple[str, ...]:
    """The words of a list of the table."""
    return _patterns().words(name)
