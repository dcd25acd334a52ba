"""Text boxes that lie on a table: what stands in them, and what runs on beneath them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.layout.grid import Grid
from parsers.model.geometry import Box
from parsers.model.page import Glyph


@dataclass(frozen=True, slots=True)
class TextBoxSettings:
    """One run of writing."""

    same_baseline: float = 0.5
    """Points between the baselines of its characters."""
    run_gap: float = 0.3
    """Em between its neighbours."""


SETTINGS = TextBoxSettings()


def boxes_over_tables(grids: Sequence[Grid]) -> list[int]:
    """The places in ``grids`` of boxes of one cell that lie on a table of several."""
    tables = [grid.box for grid in grids if len(grid.areas) > 1]
    return [
        number
        for number, grid in enumerate(grids)
        if len(grid.areas) == 1 and any(box.overlaps(grid.box) for box in tables)
    ]


def written_through(glyphs: Sequence[Glyph], boxes: Sequence[Box]) -> set[int]:
    """The glyphs within text boxes that belong to what lies beneath: their run of writing goes on beyond the box."""
    found: set[int] = set()
    if not boxes:
        return found
    for run in _runs(glyphs):
        for box in boxes:
            held = [index for index in run if _within(glyphs[index], box)]
            if held and len(held) < len(run):
                found.update(held)
    return found


def _within(glyph: Glyph, box: Box) -> bool:
    return box.contains((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)


def _runs(glyphs: Sequence[Glyph]) -> list[list[int]]:
    """The indices of glyphs that are drawn one after the other on one baseline without a gap."""
    runs: list[list[int]] = []
    before: Glyph | None = None
    for index, glyph in enumerate(glyphs):
        goes_on = (
            before is not None
            and abs(glyph.baseline - before.baseline) < SETTINGS.same_baseline
            and abs(glyph.x0 - before.x1) < SETTINGS.run_gap * glyph.size
        )
        if goes_on:
            runs[-1].append(index)
        else:
            runs.append([index])
        before = glyph
    return runs
