"""The words and forms of ``patterns.toml``, over those of the lexicon and of the text."""

from __future__ import annotations

import functools
import re

from normalizers.aims.lexicon import lexicon
from normalizers.text.patterns import text_table
from parsers.model.data_file import read_data
from parsers.model.patterns import Patterns, PatternTable


@functools.cache
def _table() -> PatternTable:
    return read_data("normalizers.aims", "patterns.toml", PatternTable)


@functools.cache
def _patterns() -> Patterns:
    return Patterns(text_table().root, lexicon(), _table().root)


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """An entry of the tables, by section and name."""
    return _patterns().pattern(name)


@functools.cache
def ends_with(name: str) -> re.Pattern[str]:
    """Finds an entry of the tables at the end of a text."""
    return re.compile(expression(name) + "$")


@functools.cache
def expression(name: str) -> str:
    """An entry of the tables as one group of a regular expression."""
    return _patterns().expression(name)


def words(name: str) -> tuple[str, ...]:
    """The words of a list of the tables."""
    return _patterns().words(name)


@functools.cache
def wordings(name: str) -> str:
    """The regular expressions of a list of the lexicon as one group, in their order."""
    return "(?:" + "|".join(words(name)) + ")"
