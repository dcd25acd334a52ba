"""Stretches of a page's width that lines of text leave free: gutters between columns."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.model.page import Glyph


@dataclass(frozen=True, slots=True)
class ColumnGapSettings:
    """Gutters between columns of text."""

    least_gutter: float = 0.8
    """Em between two columns of text. Nearest: 0 and 1."""
    free_share: float = 0.75
    """Share of the rows that leave the gap between two columns free. Nearest: 0.5 and 1."""


SETTINGS = ColumnGapSettings()


Interval = tuple[float, float]


def gaps_between(band: Sequence[Glyph], least: float = SETTINGS.least_gutter) -> list[Interval]:
    """The stretches of x between glyphs, at least ``least`` em wide, and those at the sides, without end."""
    ordered = sorted(band, key=lambda glyph: glyph.x0)
    gaps: list[Interval] = [(float("-inf"), ordered[0].x0)]
    reach = ordered[0].x1
    for glyph in ordered[1:]:
        if glyph.x0 - reach >= least * glyph.size:
            gaps.append((reach, glyph.x0))
        reach = max(reach, glyph.x1)
    gaps.append((reach, float("inf")))
    return gaps


def gutters(free: Sequence[list[Interval]], share: float = SETTINGS.free_share) -> list[float]:
    """The middles of stretches that a ``share`` of the rows leave free, at least half of them between two texts."""
    edges = sorted({edge for gaps in free for gap in gaps for edge in gap if abs(edge) != float("inf")})
    found: list[list[tuple[int, Interval]]] = []
    for low, high in itertools.pairwise(edges):
        middle = (low + high) / 2
        clear = sum(in_gap(gaps, middle) for gaps in free)
        inner = sum(any(a < middle < b for a, b in gaps[1:-1]) for gaps in free)
        if clear >= share * len(free) and inner * 2 >= len(free):
            if found and found[-1][-1][1][1] == low:
                found[-1].append((clear, (low, high)))
            else:
                found.append([(clear, (low, high))])
    return [_clearest(parts) for parts in found]


def _clearest(parts: Sequence[tuple[int, Interval]]) -> float:
    """The middle of the widest stretch of a gutter that most rows leave free."""
    most = max(clear for clear, _ in parts)
    stretches: list[Interval] = []
    for clear, (low, high) in parts:
        if clear < most:
            continue
        if stretches and stretches[-1][1] == low:
            stretches[-1] = (stretches[-1][0], high)
        else:
            stretches.append((low, high))
    low, high = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return (low + high) / 2


def in_gap(gaps: Sequence[Interval], x: float) -> bool:
    index = bisect_left(gaps, (x, float("inf"))) - 1
    return index >= 0 and gaps[index][0] < x < gaps[index][1]
