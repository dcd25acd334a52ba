"""Lists of words and regular expressions over them, by name: the tables ``patterns.toml``.

A list of a table is words, any of which is meant. A text is a regular expression in which a name in braces stands for
that entry: ``"{times.lengths}以内に(?={counts.some}?[0-9])"``; ``{2,4}`` keeps its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import RootModel

PatternTable = RootModel[dict[str, dict[str, list[str] | str]]]
"""The schema of such a table: its sections, and in each the entries by name."""

_NAME = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)+)\}")


class Patterns:
    """The entries of several tables together, by section and name (``times.lengths``)."""

    def __init__(self, *tables: Mapping[str, Any]) -> None:
        self._entries = dict(entry for table in tables for entry in _entries(table, ""))

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a list, in the table's order. Raises KeyError where no table has the entry."""
        return tuple(self._entries[name])

    def expression(self, name: str) -> str:
        """An entry as one group of a regular expression; of words the longest is tried first. Raises KeyError."""
        entry = self._entries[name]
        inner = self.filled(entry) if isinstance(entry, str) else "|".join(map(re.escape, _longest_first(entry)))
        return f"(?:{inner})"

    def filled(self, expression: str) -> str:
        """A regular expression with each name in braces replaced by its entry. Raises KeyError for an unknown name."""
        return _NAME.sub(lambda found: self.expression(found[1]), expression)

    def pattern(self, name: str) -> re.Pattern[str]:
        """An entry ready to be matched. Raises KeyError where no table has it."""
        return re.compile(self.expression(name))


def _entries(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, list[str] | str]]:
    for name, entry in table.items():
        if isinstance(entry, Mapping):
            yield from _entries(entry, f"{prefix}{name}.")
        else:
            yield prefix + name, entry


def _longest_first(words: list[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)
