"""List marks by their shape: circles, squares, diamonds and dots, which recognisers leave out or take for letters."""

from __future__ import annotations

import cv2
import numpy as np

from normalizers.text.markers import is_bullet
from parsers.scan.raster import Pixels

# In units of the character height (em).
_LEAST_MARK = 0.38
_LARGEST_MARK = 1.15
_LARGEST_DOT = 0.36
_SQUARENESS = 1.22
# Distance of the outline from the middle, farthest divided by nearest: 1 for a circle, 1.41 for a square or diamond.
_ROUND = 1.2
_SOLID = 0.8
_BLOCK = 0.9
# A circle fills 0.79 of its box.
_FULL_SQUARE = 0.88
# A dash is a bar, at most so high and at least so wide, with a blank behind it; the blank tells it from 一.
_DASH_HEIGHT = 0.22
_DASH_WIDTH = (0.25, 1.2)
_DASH_LENGTH = 2.0  # times its height
_DASH_SOLID = 0.6
_DASH_BLANK = 0.3

# What recognisers make of the marks.
DASH = "－"
DOT = "・"
NEVER_FIRST = frozenset(":;：；'`´")
"""What is made of a dot with a speck beside it: no line begins with these."""

_TAKEN_FOR_MARKS = NEVER_FIRST | frozenset("Oo0Q。日.一ー―—－-_")


def taken_for_mark(character: str) -> bool:
    """Whether recognisers make this character of a list mark, or of what only looks like one."""
    return character in _TAKEN_FOR_MARKS or is_bullet(character)


def mark_shape(ink: Pixels, em: float) -> str | None:
    """The list mark that the piece of ``ink`` (its own box, 255 is ink) shows: ○ ● ◎ □ ■ ◇ ◆ ・, None for others.

    ``em`` is the line's character height in pixels.
    """
    height, width = ink.shape
    if not height or not width or max(height, width) > _SQUARENESS * min(height, width) + 2:
        return None
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    outline = max(contours, key=cv2.contourArea)
    x0, top, x1, bottom = _extent(outline)
    if (x1 - x0) * (bottom - top) < 0.8 * width * height:
        return None
    filled = np.zeros_like(ink)
    cv2.drawContours(filled, [outline], -1, 255, thickness=-1)
    solidity = int(np.count_nonzero(ink)) / max(1, int(np.count_nonzero(filled)))
    roundness, cornered = _outline_shape(outline)
    if max(height, width) <= _LARGEST_DOT * em:
        return DOT if solidity > 0.8 and roundness < 1.6 else None
    if not _LEAST_MARK * em <= max(height, width) <= _LARGEST_MARK * em:
        return None
    solid = solidity > _SOLID
    full = float(np.count_nonzero(filled)) / (height * width)
    if full > _FULL_SQUARE:
        return ("■" if solidity > _BLOCK else "□") if cornered or solid else None
    if roundness <= _ROUND:
        if not solid and _inked_within(ink):
            return "◎"
        return "●" if solid else "○"
    if not cornered and 0.4 < full < 0.62:
        return "◆" if solid else "◇"
    return None


def is_dash(ink: Pixels, em: float, gap: float) -> bool:
    """Whether the first piece of a line is the mark －: a level bar with a blank of ``gap`` pixels behind it.

    ``ink`` is the piece's own box (255 is ink), ``em`` the line's character height in pixels.
    """
    height, width = ink.shape
    level = 0 < height <= max(2.0, _DASH_HEIGHT * em) and width >= _DASH_LENGTH * height
    solid = level and np.count_nonzero(ink) >= _DASH_SOLID * height * width
    return bool(solid) and _DASH_WIDTH[0] * em <= width <= _DASH_WIDTH[1] * em and gap >= _DASH_BLANK * em


def _extent(outline: np.ndarray) -> tuple[int, int, int, int]:
    xs, ys = outline[:, 0, 0], outline[:, 0, 1]
    return int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1


def _outline_shape(outline: np.ndarray) -> tuple[float, bool]:
    """How far the outline is from a circle, and whether its farthest points are the corners of its box."""
    points = outline[:, 0, :].astype(np.float64)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    away = points - middle
    distance = np.hypot(away[:, 0], away[:, 1])
    farthest = np.abs(away[distance > 0.92 * distance.max()])
    slant = farthest.min(axis=1) / np.maximum(1e-9, farthest.max(axis=1))
    # A pixel more or less must not make a small circle cornered.
    roundness = float(np.max(distance)) / (float(np.min(distance)) + 1.0)
    return roundness, bool(np.median(slant) > 0.5)


def _inked_within(ink: Pixels) -> bool:
    """Whether the middle of a hollow mark holds ink."""
    height, width = ink.shape
    core = ink[height // 3 : height - height // 3, width // 3 : width - width // 3]
    return core.size > 0 and float(np.count_nonzero(core) / core.size) > 0.3
