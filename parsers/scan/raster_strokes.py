"""Rulings and underlines of a picture: long thin runs of ink, found by morphological opening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from parsers.scan.raster import Pixels


@dataclass(frozen=True, slots=True)
class RasterStrokeSettings:
    """Long straight runs of ink. In units of the page's character height (em) unless said otherwise."""

    long: float = 2.4
    """A run is longer than any character's stroke. Nearest: 1.94, nothing above."""
    short_underline: float = 1.3
    """The shortest underline, of one character and its edges. Nearest: 1.27 and 1.3."""
    short_ruling: float = 1.1
    """The shortest upright between two rulings."""
    thickest_run: float = 0.3
    """A thicker run is a filled box. Nearest: 0.176, nothing above."""
    underline_gap: float = 0.35
    """Height of the strips above and below an underline that are looked at for text."""
    free_underline: float = 1.5
    """Between tightly set lines: a longer run that touches nothing, with text nearer above than below. Nearest: 1.41
    and 1.52.
    """
    free: float = 0.1
    """Share of a run's length from which ink leaves it: with less, it touches nothing. Nearest: 0.34, nothing below."""
    wider_gap: float = 0.55
    """Height of the strips that are looked at where lines are tightly set."""
    touch: int = 5
    """Pixels: runs that come so near meet."""
    surely_ruled: float = 12.0
    """A run so long is a ruling whatever touches it. Nearest: 1.94 and 42.4."""
    attached: float = 0.2
    """Share of its length from which ink leaves a run: with more, it is a stroke of characters. Nearest: 0.25, nothing
    below.
    """
    beside_run: tuple[int, int] = (1, 3)
    """Pixels beside a run where ink that leaves it is looked for: beyond its own blur, before the next character."""


SETTINGS = RasterStrokeSettings()


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
    thickest = max(3.0, SETTINGS.thickest_run * em)
    horizontal = []
    for run in runs:
        if run.height > thickest:
            continue
        above, below = _attached(ink, run, horizontal=True)
        if (
            run.width >= SETTINGS.surely_ruled * em
            # An underline may touch the text above it, a character's bar is seldom followed by others on its level.
            or (run.width >= SETTINGS.long * em and below < SETTINGS.attached)
            or (
                run.width >= SETTINGS.short_underline * em
                and max(above, below) < SETTINGS.attached
                and _under_text(ink, run, em)
            )
            or (
                run.width >= SETTINGS.free_underline * em
                and max(above, below) < SETTINGS.free
                and _nearer_above(ink, run, em)
            )
        ):
            horizontal.append(run)
    vertical = []
    for run in _runs(ink, max(8, round(SETTINGS.short_ruling * em)), horizontal=False):
        if run.width > thickest:
            continue
        if run.height >= SETTINGS.surely_ruled * em or (
            max(_attached(ink, run, horizontal=False)) < SETTINGS.attached
            and (run.height >= SETTINGS.long * em or all(_ends_on(y, run, horizontal) for y in (run.top, run.bottom)))
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
    above, below = _around(ink, run, round(SETTINGS.underline_gap * em))
    return _inked_columns(above) > 0.4 and _inked_columns(below) < 0.15


def _nearer_above(ink: Pixels, run: PixelBox, em: float) -> bool:
    """Whether text stands nearer above ``run`` than below it: an underline between tightly set lines."""
    above, below = _around(ink, run, round(SETTINGS.wider_gap * em))
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
    near, far = SETTINGS.beside_run
    if horizontal:
        above = ink[max(0, top - far) : max(0, top - near), x0:x1]
        return _inked_columns(above), _inked_columns(ink[bottom + near : bottom + far, x0:x1])
    left = ink[top:bottom, max(0, x0 - far) : max(0, x0 - near)]
    return _inked_columns(left.T), _inked_columns(ink[top:bottom, x1 + near : x1 + far].T)


def _inked_columns(part: Pixels) -> float:
    return float(part.any(axis=0).mean()) if part.size else 0.0


def _ends_on(y: int, run: PixelBox, horizontal: list[PixelBox]) -> bool:
    return any(
        other.top - SETTINGS.touch <= y <= other.bottom + SETTINGS.touch
        and other.x0 - SETTINGS.touch <= run.x0
        and run.x1 <= other.x1 + SETTINGS.touch
        for other in horizontal
    )
