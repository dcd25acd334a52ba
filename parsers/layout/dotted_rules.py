"""Rules drawn as rows of dots: small squares, circles or tiny pictures that follow one another at even steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from parsers.model.geometry import Box, enclosing
from parsers.model.page import Stroke


@dataclass(frozen=True, slots=True)
class DottedRuleSettings:
    """Rules made of dots. Points."""

    dot: float = 3.0
    """A dot is at most so large: Word's finest are 0.5 wide, a browser's at most 3. Nearest: 0.6 and 10."""
    longest_piece: float = 12.0
    """A picture that stands for a rule's piece was seen up to so long."""
    dot_pitch: float = 4.5
    """Between two dots of one rule at most."""
    on_one_axis: float = 0.6
    """Dots of one rule lie so near to one axis."""
    fewest_dots: int = 5
    """Fewer dots in a row are an ellipsis or a mark."""


SETTINGS = DottedRuleSettings()


class _Dot(NamedTuple):
    """A dot's box with its place among the strokes, None for a picture."""

    box: Box
    color: int
    place: int | None


def with_dotted_rules(strokes: Sequence[Stroke], images: Sequence[Box]) -> tuple[Stroke, ...]:
    """The strokes with each row of dots, upright or level, as one dashed stroke in their stead."""
    dots = [
        _Dot(stroke.box, stroke.color, at)
        for at, stroke in enumerate(strokes)
        if max(_sides(stroke.box)) <= SETTINGS.dot
    ]
    dots += [
        _Dot(box, 0, None)
        for box in images
        if min(_sides(box)) <= SETTINGS.dot and max(_sides(box)) <= SETTINGS.longest_piece
    ]
    if len(dots) < SETTINGS.fewest_dots:
        return tuple(strokes)
    rows = [row for upright in (True, False) for row in _rows(dots, upright=upright)]
    used = {dot.place for row in rows for dot in row}
    kept = [stroke for at, stroke in enumerate(strokes) if at not in used]
    return (*kept, *(_rule(row) for row in rows))


def _sides(box: Box) -> tuple[float, float]:
    return box.width, box.height


def _rows(dots: Iterable[_Dot], *, upright: bool) -> list[list[_Dot]]:
    """Runs of at least ``fewest_dots`` dots on one axis, each near the one before."""
    by_axis: dict[int, list[_Dot]] = defaultdict(list)
    for dot in dots:
        middle = dot.box.x0 + dot.box.x1 if upright else dot.box.top + dot.box.bottom
        by_axis[round(middle / 2 / SETTINGS.on_one_axis)].append(dot)
    rows = []
    for axis in by_axis.values():
        ordered = sorted(axis, key=lambda dot: dot.box.top if upright else dot.box.x0)
        run = ordered[:1]
        for before, dot in pairwise(ordered):
            gap = dot.box.top - before.box.bottom if upright else dot.box.x0 - before.box.x1
            if gap > SETTINGS.dot_pitch:
                rows.append(run)
                run = []
            run.append(dot)
        rows.append(run)
    return [row for row in rows if len(row) >= SETTINGS.fewest_dots]


def _rule(row: Sequence[_Dot]) -> Stroke:
    box = enclosing(dot.box for dot in row)
    return Stroke(box, min(_sides(box)), row[0].color, dashed=True)
