"""Columns of vertical writing that overflow their cell to the left, over the table's edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.layout.grid import Grid
from parsers.model.page import Glyph


@dataclass(frozen=True, slots=True)
class OverflowSettings:
    """A further column of vertical writing beside the one that fills a low cell. Em of the text."""

    fewest_above: int = 4
    """Glyphs one below the other that make the column which fills the cell. Chosen."""
    upright_within: float = 0.25
    """Within which their middles lie. Chosen."""
    same_start: float = 0.5
    """Within which the further column begins at the same height. Chosen."""
    room_at_end: float = 1.5
    """The column that fills the cell ends nearer to its lower edge. Chosen."""


SETTINGS = OverflowSettings()

Shares = Mapping[tuple[int, int], Sequence[Glyph]]


def overflowing_columns(inside: Shares, outside: Sequence[Glyph], grids: Sequence[Grid]) -> dict[int, tuple[int, int]]:
    """The loose glyphs (by index) that belong to a cell: table and area.

    Each lies over the left edge of a table, and beside it stands a column of vertical writing that fills its cell and
    begins at the same height as the first of them.
    """
    found: dict[int, tuple[int, int]] = {}
    for number, grid in enumerate(grids):
        over = [
            index
            for index, glyph in enumerate(outside)
            if glyph.x0 < grid.box.x0 < glyph.x1 and grid.box.top <= glyph.top and glyph.bottom <= grid.box.bottom
            if not glyph.text.isspace()
        ]
        for area_index, area in enumerate(grid.areas):
            own = [index for index in over if area.box.top <= outside[index].top < area.box.bottom]
            if own and area.box.x0 <= grid.box.x0 and _goes_on(inside.get((number, area_index), ()), own, outside):
                filled = max(glyph.bottom for glyph in inside[number, area_index])
                size = outside[own[0]].size
                if area.box.bottom - filled < SETTINGS.room_at_end * size:
                    found |= dict.fromkeys(own, (number, area_index))
    return found


def _goes_on(cell: Sequence[Glyph], own: Sequence[int], outside: Sequence[Glyph]) -> bool:
    """Whether a cell's glyphs are one column of vertical writing and the loose ones another of the same height."""
    column = [glyph for glyph in cell if not glyph.text.isspace()]
    if len(column) < SETTINGS.fewest_above or not any(glyph.text.isalpha() for glyph in column):
        return False
    size = column[0].size
    middles = [glyph.x0 + glyph.x1 for glyph in column]
    beyond = [outside[index].x0 + outside[index].x1 for index in own]
    upright = max(max(middles) - min(middles), max(beyond) - min(beyond)) <= 2 * SETTINGS.upright_within * size
    tops = min(glyph.top for glyph in column), min(outside[index].top for index in own)
    return upright and abs(tops[0] - tops[1]) <= SETTINGS.same_start * size
