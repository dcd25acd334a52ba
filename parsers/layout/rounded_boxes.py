"""Boxes with rounded corners: their straight sides end short of each other, and none of them would meet another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.model.page import Stroke


@dataclass(frozen=True, slots=True)
class RoundedBoxSettings:
    """Four strokes that are the sides of one box. Points unless said otherwise."""

    least_radius: float = 1.5
    """A smaller corner leaves the sides so near that they meet. Chosen."""
    most_radius: float = 40.0
    """A larger one is no corner of a box of text. Chosen."""
    even: float = 1.5
    """The four corners of a box differ by no more, each is as wide as high. Measured: 0.03 in LibreOffice's. Chosen."""


SETTINGS = RoundedBoxSettings()


def with_square_corners(rulings: Sequence[Stroke]) -> list[Stroke]:
    """The rulings with the sides of each such box drawn on to where they meet."""
    levels = [stroke for stroke in rulings if stroke.horizontal]
    uprights = [stroke for stroke in rulings if not stroke.horizontal]
    by_place: dict[tuple[int, int], list[Stroke]] = defaultdict(list)
    for upright in uprights:
        by_place[_place(_x(upright), upright.box.top)].append(upright)
    squared: dict[int, Stroke] = {}
    for top in levels:
        column, row = _place(top.box.x0, _y(top))
        near = [left for x in (column - 1, column) for y in (row, row + 1) for left in by_place.get((x, y), ())]
        for left in near:
            radius = left.box.top - _y(top)
            if not _is_corner(radius, top.box.x0 - _x(left)):
                continue
            sides = _box_of(top, left, radius, levels, uprights)
            if sides is not None and not _meets(top, uprights):
                squared |= _squared(*sides)
                break
    return [squared.get(id(stroke), stroke) for stroke in rulings]


def _place(x: float, y: float) -> tuple[int, int]:
    """The square of the page, as wide as the widest corner, that holds a point."""
    return int(x // SETTINGS.most_radius), int(y // SETTINGS.most_radius)


def _box_of(
    top: Stroke, left: Stroke, radius: float, levels: Sequence[Stroke], uprights: Sequence[Stroke]
) -> tuple[Stroke, Stroke, Stroke, Stroke] | None:
    """The sides (top, bottom, left, right) of the box whose upper left corner two strokes leave open."""
    right = next(
        (
            stroke
            for stroke in uprights
            if stroke is not left
            and _near(stroke.box.top, left.box.top)
            and _near(stroke.box.bottom, left.box.bottom)
            and _near(_x(stroke) - top.box.x1, radius)
        ),
        None,
    )
    bottom = next(
        (
            stroke
            for stroke in levels
            if stroke is not top
            and _near(stroke.box.x0, top.box.x0)
            and _near(stroke.box.x1, top.box.x1)
            and _near(_y(stroke) - left.box.bottom, radius)
        ),
        None,
    )
    return (top, bottom, left, right) if bottom is not None and right is not None else None


def _meets(level: Stroke, uprights: Sequence[Stroke]) -> bool:
    """Whether a stroke's left end lies on an upright: it is a side of another box, whose corner is square."""
    y, x = _y(level), level.box.x0
    slack = SETTINGS.even
    return any(_near(_x(stroke), x) and stroke.box.top - slack <= y <= stroke.box.bottom + slack for stroke in uprights)


def _squared(top: Stroke, bottom: Stroke, left: Stroke, right: Stroke) -> dict[int, Stroke]:
    """The sides by the identity of the strokes that draw them, each as long as the box."""
    x0, x1, y0, y1 = _x(left), _x(right), _y(top), _y(bottom)
    return {id(level): level._replace(box=level.box._replace(x0=x0, x1=x1)) for level in (top, bottom)} | {
        id(upright): upright._replace(box=upright.box._replace(top=y0, bottom=y1)) for upright in (left, right)
    }


def _is_corner(height: float, width: float) -> bool:
    low, high = sorted((height, width))
    return SETTINGS.least_radius <= low and high <= SETTINGS.most_radius and _near(height, width)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= SETTINGS.even


def _x(stroke: Stroke) -> float:
    return (stroke.box.x0 + stroke.box.x1) / 2


def _y(stroke: Stroke) -> float:
    return (stroke.box.top + stroke.box.bottom) / 2
