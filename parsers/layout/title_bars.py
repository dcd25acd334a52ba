"""Shaded bars right above frames of text: each is a box of its own, the title of the frame below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.layout.grid import Area, Grid
from parsers.model.geometry import Box
from parsers.model.page import WHITE, Fill, Glyph


@dataclass(frozen=True, slots=True)
class TitleBarSettings:
    """Which fills are the titles of frames."""

    title_sides: float = 3.0
    """Points within which the sides of a bar and of the frame below it lie. Chosen: as for frames of titles."""
    title_seam: float = 3.0
    """Points within which the bar's lower side and the frame's upper one lie. Chosen."""
    title_bar_height: float = 4.0
    """Heights of its text that a bar has at most. Chosen."""

    title_pitch: float = 2.0
    """Heights of its text between the first baseline of a title and its last: two lines at most. Chosen."""


SETTINGS = TitleBarSettings()


def with_title_bars(grids: Sequence[Grid], fills: Sequence[Fill], glyphs: Sequence[Glyph]) -> list[Grid]:
    """The grids, with a box for each shaded bar on top of a frame of one cell that holds a line or two of text."""
    frames = [grid for grid in grids if len(grid.areas) == 1]
    bars = dict.fromkeys(
        fill.box
        for frame in frames
        for fill in fills
        if fill.straight and fill.color != WHITE and _lies_on(fill.box, frame.box)
    )
    own = [
        bar for bar in bars if not any(grid.box.overlaps(_inside(bar)) for grid in grids) and _holds_title(bar, glyphs)
    ]
    found = [*grids, *map(_box_grid, own)]
    return sorted(found, key=lambda grid: (grid.box.top, grid.box.x0)) if own else list(grids)


def _lies_on(bar: Box, frame: Box) -> bool:
    sides = max(abs(bar.x0 - frame.x0), abs(bar.x1 - frame.x1)) <= SETTINGS.title_sides
    return sides and abs(bar.bottom - frame.top) <= SETTINGS.title_seam and bar.top < frame.top - SETTINGS.title_seam


def _inside(bar: Box) -> Box:
    """The bar without the seam at which it may lie over its frame."""
    return Box(bar.x0, bar.top, bar.x1, max(bar.top, bar.bottom - SETTINGS.title_seam))


def _holds_title(bar: Box, glyphs: Sequence[Glyph]) -> bool:
    held = [
        glyph
        for glyph in glyphs
        if not glyph.text.isspace() and bar.contains((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
    ]
    if not held:
        return False
    size = max(glyph.size for glyph in held)
    together = (
        max(glyph.baseline for glyph in held) - min(glyph.baseline for glyph in held) < SETTINGS.title_pitch * size
    )
    return together and bar.height <= SETTINGS.title_bar_height * size


def _box_grid(box: Box) -> Grid:
    area = Area(0, 0, 1, 1, box, open_top=False, open_bottom=False)
    return Grid((box.x0, box.x1), (box.top, box.bottom), (area,), ((0,),))
