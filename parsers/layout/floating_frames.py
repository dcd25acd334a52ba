"""Frames of text boxes in a table or across it: four strokes of their own, with nothing drawn inside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from parsers.model.geometry import Box, enclosing
from parsers.model.page import Stroke

CORNER = 1.5
DASHED_CORNER = 5.0


def floating_frames(rulings: Sequence[Stroke]) -> tuple[list[list[Stroke]], list[Stroke]]:
    """The four sides (upper, lower, left, right) of each frame, and all other rulings.

    A table's cells share their sides, so that these run on beyond the corners; its outer border has rulings in it.
    """
    levels = sorted([s for s in rulings if s.horizontal], key=lambda s: s.box.top)
    uprights = sorted([s for s in rulings if not s.horizontal], key=lambda s: s.box.x0)
    x0s = [stroke.box.x0 for stroke in uprights]
    frames: list[list[Stroke]] = []
    used: set[int] = set()
    for index, top in enumerate(levels):
        if id(top) not in used:
            sides = _sides(top, levels[index + 1 :], uprights, x0s)
            if sides and _is_empty(sides, rulings):
                frames.append(sides)
                used.update(map(id, sides))
    return frames, [stroke for stroke in rulings if id(stroke) not in used]


def _sides(
    top: Stroke, below: Sequence[Stroke], uprights: Sequence[Stroke], x0s: Sequence[float]
) -> list[Stroke] | None:
    """The frame of which ``top`` is the upper side, where all four sides end on its corners."""
    corner = DASHED_CORNER if top.dashed else CORNER
    sides = []
    for x in (top.box.x0, top.box.x1):
        near = uprights[bisect_left(x0s, x - corner - top.thickness) : bisect_right(x0s, x + corner)]
        hanging = [stroke for stroke in near if abs(stroke.box.top - top.box.top) <= corner]
        if not hanging:
            return None
        sides.append(min(hanging, key=lambda stroke: abs(stroke.box.x0 - x)))
    left, right = sides
    if left is right or abs(left.box.bottom - right.box.bottom) > corner:
        return None
    for bottom in below:
        if (
            abs(bottom.box.bottom - left.box.bottom) <= corner
            and abs(bottom.box.x0 - top.box.x0) <= corner
            and abs(bottom.box.x1 - top.box.x1) <= corner
        ):
            return [top, bottom, left, right]
    return None


def _is_empty(sides: Sequence[Stroke], rulings: Sequence[Stroke]) -> bool:
    """Whether no ruling but the sides lies within the frame."""
    frame = enclosing(side.box for side in sides)
    own = set(map(id, sides))
    return not any(id(stroke) not in own and _within(stroke.box, frame) for stroke in rulings)


def _within(box: Box, frame: Box) -> bool:
    return (
        frame.x0 - CORNER <= box.x0
        and frame.top - CORNER <= box.top
        and box.x1 <= frame.x1 + CORNER
        and box.bottom <= frame.bottom + CORNER
    )
