"""Rulings and underlines of a picture: long thin runs of ink, found by morphological opening."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from parsers.scan.raster import Pixels

# Lengths in units of the page's character height (em).
_LONG = 2.4
_SHORT_UNDERLINE = 1.3
_SHORT_RULING = 1.1
_THICKEST = 0.3
_UNDERLINE_GAP = 0.35
# Between tightly set lines: a longer run that touches nothing, with text nearer above than below.
_FREE_UNDERLINE = 1.5
_FREE = 0.1
_WIDER_GAP = 0.55
_TOUCH = 5
_SURELY_RULED = 12.0
_ATTACHED = 0.2
# How far beside a run, in pixels, ink that leaves it is looked for: beyond its own blur, before the next character.
_SIDE = (1, 3)


class PixelBox(NamedTuple):
    """A rectangle of pixels, its right and lower edge excluded."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.bottom - self.top


class PixelStrokes(NamedTuple):
    """``horizontal`` and ``vertical`` strokes, and ``mask``: 255 on every pixel that belongs to one."""

    horizontal: list[PixelBox]
    vertical: list[PixelBox]
    mask: Pixels


def character_height(ink: Pixels, scale: float) -> float:
    """The height of ordinary characters in pixels: the upper middle of the heights of connected pieces of ink.

    Pieces below 5 and above 30 points are punctuation, rulings or pictures. A page without any gives 10.5 points.
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = np.asarray(stats)[1:, cv2.CC_STAT_HEIGHT]
    widths = np.asarray(stats)[1:, cv2.CC_STAT_WIDTH]
    usual = heights[(heights > 5 * scale) & (heights < 30 * scale) & (widths < 40 * scale)]
    return float(np.percentile(usual, 65)) * 1.05 if len(usual) else 10.5 * scale


def find_strokes(ink: Pixels, em: float) -> PixelStrokes:
    """The straight strokes of ``ink``; ``em`` is the height of ordinary characters in pixels.

    A horizontal run as short as a character's own bars is a stroke only where text stands close above it (an
    underline); a vertical one only where it ends on horizontal strokes (the side of a low table row).
    """
    runs = _runs(ink, max(8, round(0.9 * em)), horizontal=True)
    thickest = max(3.0, _THICKEST * em)
    horizontal = []
    for run in runs:
        if run.height > thickest:
            continue
        above, below = _attached(ink, run, horizontal=True)
        if (
            run.width >= _SURELY_RULED * em
            # An underline may touch the text above it, a character's bar is seldom followed by others on its level.
            or (run.width >= _LONG * em and below < _ATTACHED)
            or (run.width >= _SHORT_UNDERLINE * em and max(above, below) < _ATTACHED and _under_text(ink, run, em))
            or (run.width >= _FREE_UNDERLINE * em and max(above, below) < _FREE and _nearer_above(ink, run, em))
        ):
            horizontal.append(run)
    vertical = []
    for run in _runs(ink, max(8, round(_SHORT_RULING * em)), horizontal=False):
        if run.width > thickest:
            continue
        if run.height >= _SURELY_RULED * em or (
            max(_attached(ink, run, horizontal=False)) < _ATTACHED
            and (run.height >= _LONG * em or all(_ends_on(y, run, horizontal) for y in (run.top, run.bottom)))
        ):
            vertical.append(run)
    mask = np.zeros_like(ink)
    for x0, top, x1, bottom in (*horizontal, *vertical):
        mask[max(0, top - 1) : bottom + 1, max(0, x0 - 1) : x1 + 1] = 255
    return PixelStrokes(horizontal, vertical, mask)


def _runs(ink: Pixels, length: int, *, horizontal: bool) -> list[PixelBox]:
    """Boxes of ink at least ``length`` pixels long in one direction; breaks of two pixels are bridged."""
    bridge, kernel = ((3, 1), (length, 1)) if horizontal else ((1, 3), (1, length))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
    _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    return [PixelBox(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in np.asarray(stats)[1:]]


def _under_text(ink: Pixels, run: PixelBox, em: float) -> bool:
    """Whether ``run`` has ink close above, as an underline has, and none close below, as a character's bars have."""
    above, below = _around(ink, run, round(_UNDERLINE_GAP * em))
    return _inked_columns(above) > 0.4 and _inked_columns(below) < 0.15


def _nearer_above(ink: Pixels, run: PixelBox, em: float) -> bool:
    """Whether text stands nearer above ``run`` than below it: an underline between tightly set lines."""
    above, below = _around(ink, run, round(_WIDER_GAP * em))
    return _inked_columns(above) > 0.4 and _blank_rows(above[::-1]) < _blank_rows(below)


def _around(ink: Pixels, run: PixelBox, reach: int) -> tuple[Pixels, Pixels]:
    above = ink[max(0, run.top - reach - 1) : max(0, run.top - 1), run.x0 : run.x1]
    return above, ink[run.bottom + 1 : run.bottom + 1 + reach, run.x0 : run.x1]


def _blank_rows(part: Pixels) -> int:
    """The rows before the first one that holds ink."""
    inked = np.flatnonzero(part.any(axis=1))
    return int(inked[0]) if len(inked) else len(part)


def _attached(ink: Pixels, run: PixelBox, *, horizontal: bool) -> tuple[float, float]:
    """The shares of a run's length at which ink leaves it: above and below, or left and right.

    A ruling stands alone; in tightly set lines the bars of neighbouring characters meet and look as long and thin.
    """
    x0, top, x1, bottom = run
    near, far = _SIDE
    if horizontal:
        above = ink[max(0, top - far) : max(0, top - near), x0:x1]
        return _inked_columns(above), _inked_columns(ink[bottom + near : bottom + far, x0:x1])
    left = ink[top:bottom, max(0, x0 - far) : max(0, x0 - near)]
    return _inked_columns(left.T), _inked_columns(ink[top:bottom, x1 + near : x1 + far].T)


def _inked_columns(part: Pixels) -> float:
    return float(part.any(axis=0).mean()) if part.size else 0.0


def _ends_on(y: int, run: PixelBox, horizontal: list[PixelBox]) -> bool:
    return any(
        other.top - _TOUCH <= y <= other.bottom + _TOUCH and other.x0 - _TOUCH <= run.x0 and run.x1 <= other.x1 + _TOUCH
        for other in horizontal
    )
