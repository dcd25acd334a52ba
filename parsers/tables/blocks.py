"""Blocks of columns that stand side by side under one header repeated: 指標 | 目標 | 指標 | 目標."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from parsers.tables.columns import FIGURES, SHARED, Column


@dataclass(frozen=True, slots=True)
class BlockSettings:
    """Blocks of columns side by side."""

    most_columns: int = 40
    """A wider table is a form of many narrow squares, and repeats nothing. Chosen."""


SETTINGS = BlockSettings()


_NAMES = frozenset({"indicator", "measure", "content", "group"})


def with_blocks(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with the number of their block; those before the first repeated one belong to all blocks."""
    found = _repetition([column.title or "" for column in columns], columns)
    if found is None:
        return tuple(columns)
    start, period = found
    return tuple(
        replace(column, block=(index - start) // period if index >= start else SHARED)
        for index, column in enumerate(columns)
    )


def _repetition(titles: Sequence[str], columns: Sequence[Column]) -> tuple[int, int] | None:
    """Where the repetition begins and how many columns it takes; None where nothing repeats to the last column."""
    count = len(titles)
    if count > SETTINGS.most_columns:
        return None
    for period in range(2, count // 2 + 1):
        for start in range(count % period, count - 2 * period + 1, period):
            unit = columns[start : start + period]
            if (
                any(column.meaning in _NAMES for column in unit)
                and any(column.meaning in FIGURES for column in unit)
                and _all_differ(titles[start : start + period])
                and all(titles[at] == titles[at + period] for at in range(start, count - period))
            ):
                return start, period
    return None


def _all_differ(titles: Sequence[str]) -> bool:
    """Whether no title comes twice; a header over several columns of the body is one."""
    once = [title for title, _ in groupby(titles)]
    return len(set(once)) == len(once) > 1
