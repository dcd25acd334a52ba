"""Boxes on a page: PDF points, origin at the page's top left, y downwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """An axis-parallel rectangle in PDF points."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Whether ``other`` reaches no farther out of this box, on any side, than ``slack`` points."""
        return (
            self.x0 - slack <= other.x0
            and self.top - slack <= other.top
            and other.x1 <= self.x1 + slack
            and other.bottom <= self.bottom + slack
        )

    def grown(self, by: float) -> Box:
        """The box with ``by`` points more on every side."""
        return Box(self.x0 - by, self.top - by, self.x1 + by, self.bottom + by)

    def overlaps(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.top < other.bottom and other.top < self.bottom


def enclosing(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of ``boxes``; raises ValueError when there is none."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))
