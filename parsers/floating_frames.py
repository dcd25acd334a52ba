"""Frames of text boxes laid over a table: rulings of the table run through them from one side to the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from parsers.geometry import Box
from parsers.page import Stroke

CORNER = 1.5
DASHED_CORNER = 5.0
BEYOND = 2.0


def floating_frames(rulings: Sequence[Stroke]) -> tuple[list[list[Stroke]], list[Stroke]]:
    """The four sides of each floating frame, and all other rulings."""
    levels = sorted([s for s in rulings if s.horizontal], key=lambda s: s.box.top)
    uprights = sorted([s for s in rulings if not s.horizontal], key=lambda s: s.box.x0)
    x0s = [stroke.box.x0 for stroke in uprights]
    frames: list[list[Stroke]] = []
    used: set[int] = set()
    for index, top in enumerate(levels):
        if id(top) in used or not _passing(uprights, x0s, top.box):
            continue
        sides = _sides(top, levels[index + 1 :], uprights, x0s)
        if sides and _run_through(sides, uprights, x0s):
            frames.append(sides)
            used.update(map(id, sides))
    return frames, [stroke for stroke in rulings if id(stroke) not in used]


def _passing(uprights: Sequence[Stroke], x0s: Sequence[float], box: Box) -> list[Stroke]:
    """Uprights that cross the level side ``box`` well within its ends."""
    y = (box.top + box.bottom) / 2
    within = uprights[bisect_right(x0s, box.x0 + BEYOND) : bisect_left(x0s, box.x1 - BEYOND)]
    return [stroke for stroke in within if stroke.box.top < y - BEYOND and y + BEYOND < stroke.box.bottom]


def _sides(
    top: Stroke, below: Sequence[Stroke], uprights: Sequence[Stroke], x0s: Sequence[float]
) -> list[Stroke] | None:
    """The frame of which ``top`` is the upper side, where all four sides end on its corners."""
    corner = DASHED_CORNER if top.dashed else CORNER
    for bottom in below:
        if abs(bottom.box.x0 - top.box.x0) > corner or abs(bottom.box.x1 - top.box.x1) > corner:
            continue
        sides = []
        for x in (top.box.x0, top.box.x1):
            near = uprights[bisect_left(x0s, x - corner - top.thickness) : bisect_right(x0s, x + corner)]
            sides += [
                stroke
                for stroke in near
                if abs(stroke.box.top - top.box.top) <= corner and abs(stroke.box.bottom - bottom.box.bottom) <= corner
            ][:1]
        return [top, bottom, *sides] if len(sides) == 2 else None
    return None


def _run_through(sides: Sequence[Stroke], uprights: Sequence[Stroke], x0s: Sequence[float]) -> bool:
    """Whether an upright enters the frame above and leaves it below."""
    top, bottom = sides[0].box, sides[1].box
    return any(stroke.box.bottom > bottom.bottom + BEYOND for stroke in _passing(uprights, x0s, top))
