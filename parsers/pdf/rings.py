"""Rings and grounds among many filled areas, found by where areas lie and not by comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from parsers.model.geometry import Box


@dataclass(frozen=True, slots=True)
class RingSettings:
    """How the grounds of a page are looked up."""

    cell: float = 24.0
    """Points: side of the squares in which they are kept, a line of text or two. Any value gives the same answer."""


SETTINGS = RingSettings()


def rings_of(boxes: Sequence[Box], thin: float) -> tuple[Mapping[Box, Box], frozenset[Box]]:
    """Which of ``boxes`` are rings, with the hole of each, and which boxes are such holes.

    A hole lies within its ring and leaves at most ``thin`` points of it on each side (one path draws both); of several
    the first is taken.
    """
    order = {box: at for at, box in reversed(list(enumerate(boxes)))}
    cells: dict[tuple[int, ...], list[Box]] = defaultdict(list)
    for box in order:
        cells[_corner_cell(box, thin)].append(box)
    holes: dict[Box, Box] = {}
    inner = set()
    for outer in order:
        found = [box for box in _near(cells, outer, thin) if _leaves_a_ring(outer, box, thin)]
        if found:
            holes[outer] = min(found, key=order.__getitem__)
            inner.update(found)
    return holes, frozenset(inner)


def _corner_cell(box: Box, thin: float) -> tuple[int, ...]:
    return tuple(int(side // thin) for side in box)


def _near(cells: Mapping[tuple[int, ...], list[Box]], outer: Box, thin: float) -> Iterator[Box]:
    """The boxes whose sides lie up to ``thin`` within those of ``outer``, and some more."""
    x0, top, x1, bottom = _corner_cell(outer, thin)
    for cell in product((x0, x0 + 1), (top, top + 1), (x1 - 1, x1), (bottom - 1, bottom)):
        yield from cells.get(cell, ())


def _leaves_a_ring(outer: Box, box: Box, thin: float) -> bool:
    margins = (box.x0 - outer.x0, box.top - outer.top, outer.x1 - box.x1, outer.bottom - box.bottom)
    return min(margins) > 0 and max(margins) <= thin


class Grounds:
    """Areas of a page of ``width`` × ``height`` points, asked which points they cover."""

    def __init__(self, areas: Iterable[Box], width: float, height: float) -> None:
        self._last = (max(int(width // SETTINGS.cell), 0), max(int(height // SETTINGS.cell), 0))
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for area in areas:
            (left, upper), (right, lower) = self._cell(area.x0, area.top), self._cell(area.x1, area.bottom)
            for cell in product(range(left, right + 1), range(upper, lower + 1)):
                self._cells[cell].append(area)

    def cover(self, x: float, y: float) -> bool:
        """Whether any area contains the point."""
        return any(area.contains(x, y) for area in self._cells.get(self._cell(x, y), ()))

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        # What lies off the page falls to its outermost squares, areas and points alike.
        return min(max(int(x // SETTINGS.cell), 0), self._last[0]), min(max(int(y // SETTINGS.cell), 0), self._last[1])
