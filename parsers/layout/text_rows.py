"""Glyphs by baseline: which text a horizontal stroke lies under or across."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

from parsers.model.page import Glyph


class TextRows:
    """The page's glyphs in rows of one baseline, each sorted by x."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        by_baseline: dict[int, list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            if not glyph.vertical:
                by_baseline[int(glyph.baseline * 2 + 0.5)].append(glyph)
        self._keys = sorted(by_baseline)
        self._rows = by_baseline
        self._sorted: set[int] = set()
        self.largest = max([glyph.size for glyph in glyphs], default=0.0)

    def baselines(self, low: float, high: float) -> list[int]:
        """Keys of the rows whose baseline lies within ``low``..``high``."""
        return self._keys[bisect_left(self._keys, round(low * 2)) : bisect_right(self._keys, round(high * 2))]

    def over(self, key: int, x0: float, x1: float) -> list[Glyph]:
        """The row's glyphs whose middle lies within ``x0``..``x1``, from left to right."""
        row = self._rows[key]
        if key not in self._sorted:
            row.sort(key=attrgetter("x0"))
            self._sorted.add(key)
        start = bisect_left(row, x0 - 2 * self.largest, key=attrgetter("x0"))
        end = bisect_right(row, x1, key=attrgetter("x0"))
        return [glyph for glyph in row[start:end] if x0 <= (glyph.x0 + glyph.x1) / 2 <= x1]
