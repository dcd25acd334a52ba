"""Frames of text boxes in a table or across it: four strokes of their own, with nothing drawn inside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.model.geometry import Box, enclosing
from parsers.model.page import Stroke


@dataclass(frozen=True, slots=True)
class FrameSettings:
    """Frames of text boxes. Points."""

    corner: float = 1.5
    """A frame's sides may miss its corner by this. Nearest: 1.5 and 1.8."""
    dashed_corner: float = 5.0
    """A dashed side may end with a gap of its pattern. Nearest: 0.4 and 22.6."""


SETTINGS = FrameSettings()


def floating_frames(rulings: Sequence[Stroke]) -> tuple[list[list[Stroke]], list[Stroke]]:
    """The four sides (upper, lower, left, right) of each frame, and all other rulings.

    A table's cells share their sides, so that these run on beyond the corners; its outer border has rulings in it.
    Where the sides are drawn corner to corner, what tells a cell is a ruling that ends on one of them, or a side that
    is a neighbour's too: the rulings of a table that a text box lies on run beneath it from side to side.
    """
    levels = sorted([s for s in rulings if s.horizontal], key=lambda s: s.box.top)
    uprights = sorted([s for s in rulings if not s.horizontal], key=lambda s: s.box.x0)
    x0s = [stroke.box.x0 for stroke in uprights]
    candidates = [
        sides for index, top in enumerate(levels) if (sides := _sides(top, levels[index + 1 :], uprights, x0s))
    ]
    frames = [sides for sides in _with_sides_of_their_own(candidates) if _is_box(sides, rulings)]
    used = {id(side) for sides in frames for side in sides}
    return frames, [stroke for stroke in rulings if id(stroke) not in used]


def _with_sides_of_their_own(candidates: Sequence[list[Stroke]]) -> list[list[Stroke]]:
    """The frames none of whose sides is another's: those are cells that stand side by side, or one upon the other."""
    uses = Counter(id(side) for sides in candidates for side in sides)
    return [sides for sides in candidates if all(uses[id(side)] == 1 for side in sides)]


def _sides(
    top: Stroke, below: Sequence[Stroke], uprights: Sequence[Stroke], x0s: Sequence[float]
) -> list[Stroke] | None:
    """The frame of which ``top`` is the upper side, where all four sides end on its corners."""
    corner = SETTINGS.dashed_corner if top.dashed else SETTINGS.corner
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


def _is_box(sides: Sequence[Stroke], rulings: Sequence[Stroke]) -> bool:
    """Whether no ruling but the sides lies within the frame or ends on one of its sides after running through it."""
    frame = enclosing(side.box for side in sides)
    own = set(map(id, sides))
    return not any(
        id(stroke) not in own and (frame.holds(stroke.box, SETTINGS.corner) or _ends_on(stroke, frame))
        for stroke in rulings
    )


def _ends_on(stroke: Stroke, frame: Box) -> bool:
    """Whether a stroke that runs through the inside of ``frame`` has an end on the side it comes from."""
    box = stroke.box
    if stroke.horizontal:
        inside = frame.top + SETTINGS.corner < (box.top + box.bottom) / 2 < frame.bottom - SETTINGS.corner
        through = min(box.x1, frame.x1) - max(box.x0, frame.x0) > frame.width / 2
        return inside and through and min(abs(box.x0 - frame.x0), abs(box.x1 - frame.x1)) <= SETTINGS.corner
    inside = frame.x0 + SETTINGS.corner < (box.x0 + box.x1) / 2 < frame.x1 - SETTINGS.corner
    through = min(box.bottom, frame.bottom) - max(box.top, frame.top) > frame.height / 2
    return inside and through and min(abs(box.top - frame.top), abs(box.bottom - frame.bottom)) <= SETTINGS.corner
