"""List marks by their shape: circles, squares, diamonds and dots, which recognisers leave out or take for letters."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from normalizers.text.markers import is_bullet
from parsers.scan.raster import Pixels


@dataclass(frozen=True, slots=True)
class RasterMarkSettings:
    """List marks by their shape. In units of the character height (em) unless said otherwise."""

    least_mark: float = 0.38
    """A mark is at least so large. Nearest: 0.69, nothing below."""
    largest_mark: float = 1.15
    """And at most so large. Nearest: 1.04, nothing above."""
    largest_dot: float = 0.36
    """A dot (・) is at most so large. Nearest: 0.214 and 0.69."""
    squareness: float = 1.22
    """The longer side by the shorter. Nearest: 1.16 and 1.4."""
    round: float = 1.2
    """Distance of the outline from the middle, farthest divided by nearest: 1 for a circle, 1.41 for a square or
    diamond. Nearest: 1.04 and 2.12.
    """
    solid: float = 0.8
    """Share of its outline's area that a filled mark inks. Nearest: 0.768 and 0.835."""
    block: float = 0.9
    """The same of ■, which has no hole that print could close."""
    full_square: float = 0.88
    """Share of its box that a square's outline encloses; a circle 0.79, a diamond 0.5. Nearest: 0.783, nothing above.
    """
    dash_height: float = 0.22
    """A dash is at most so high. Nearest: 0.214 and 0.69."""
    dash_width: tuple[float, float] = (0.25, 1.2)
    """And at least and at most so wide. Nearest: 0.75, nothing below; 0.786, nothing above."""
    dash_length: float = 2.0
    """Times its height that it is long. Nearest: 1 and 5.25."""
    dash_solid: float = 0.6
    """Share of its box that is ink."""
    dash_blank: float = 0.3
    """Behind it there is so much blank, which tells it from 一. Nearest: 0.464, nothing below."""


SETTINGS = RasterMarkSettings()


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
    if not height or not width or max(height, width) > SETTINGS.squareness * min(height, width) + 2:
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
    if max(height, width) <= SETTINGS.largest_dot * em:
        return DOT if solidity > 0.8 and roundness < 1.6 else None
    if not SETTINGS.least_mark * em <= max(height, width) <= SETTINGS.largest_mark * em:
        return None
    solid = solidity > SETTINGS.solid
    full = float(np.count_nonzero(filled)) / (height * width)
    if full > SETTINGS.full_square:
        return ("■" if solidity > SETTINGS.block else "□") if cornered or solid else None
    if roundness <= SETTINGS.round:
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
    level = 0 < height <= max(2.0, SETTINGS.dash_height * em) and width >= SETTINGS.dash_length * height
    solid = level and np.count_nonzero(ink) >= SETTINGS.dash_solid * height * width
    return (
        bool(solid)
        and SETTINGS.dash_width[0] * em <= width <= SETTINGS.dash_width[1] * em
        and gap >= SETTINGS.dash_blank * em
    )


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
