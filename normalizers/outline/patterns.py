"""The words and forms of ``patterns.toml`` by which lines of a plan are told, over those of aims and of the text."""

from __future__ import annotations

import functools
import re

from normalizers.aims.lexicon import lexicon
from normalizers.text.patterns import text_table
from parsers.model.data_file import read_data
from parsers.model.patterns import Patterns, PatternTable


@functools.cache
def _patterns() -> Patterns:
    own = read_data("normalizers.outline", "patterns.toml", PatternTable).root
    return Patterns(text_table().root, lexicon(), own)


def pattern(name: str) -> re.Pattern[str]:
    """An entry of the tables, by section and name."""
    return _patterns().pattern(name)


def words(name: str) -> tuple[str, ...]:
    """The words of a list of the tables."""
    return _patterns().words(name)
