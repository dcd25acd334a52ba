"""Shaded boxes of text outside tables: what stands in one is read together, with the bar of its title."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median

from parsers.layout.text_rows import TextRows
from parsers.model.geometry import Box
from parsers.model.page import WHITE, Fill, Glyph, Stroke


@dataclass(frozen=True, slots=True)
class ShadedBoxSettings:
    """Fills that are boxes of several lines."""

    box_lines: float = 2.2
    """Heights of its text that a fill must exceed to be a box of several lines. Nearest: 2.56, nothing below."""
    bar_seam: float = 2.0
    """Points within which the bar of a box's title and the box below it meet. Chosen."""
    side_bar: float = 1.8
    """Points of thickness from which on a line at one side of a shaded box is its ornament. Chosen: above a table's."""
    line_runs_on: float = 0.6
    """Em between two glyphs of a line, one inside an area and one outside, that show the area to cut words. Chosen."""


SETTINGS = ShadedBoxSettings()

_BOTTOM = attrgetter("bottom")


@dataclass(frozen=True, slots=True)
class ShadedBox:
    """The glyphs of one box, in ``box``; ``title_bottom`` is where the bar of its title ends, None without one."""

    glyphs: list[Glyph]
    box: Box
    title_bottom: float | None = None


def without_side_bars(rulings: Sequence[Stroke], fills: Sequence[Fill]) -> tuple[Stroke, ...]:
    """The rulings without the thick bars that stand at one side of a shaded box, from its top to its foot."""
    bars = [stroke for stroke in rulings if not stroke.horizontal and stroke.thickness >= SETTINGS.side_bar]
    boxes = [fill.box for fill in fills if fill.straight and fill.color != WHITE] if bars else []
    apart = {id(bar) for bar in bars if any(_stands_at_side(bar.box, box) for box in boxes)}
    return tuple(stroke for stroke in rulings if id(stroke) not in apart) if apart else tuple(rulings)


def _stands_at_side(bar: Box, box: Box) -> bool:
    seam = SETTINGS.bar_seam
    tall = abs(bar.top - box.top) <= seam and abs(bar.bottom - box.bottom) <= seam
    beside = min(abs(bar.x0 - box.x0), abs(bar.x1 - box.x0), abs(bar.x1 - box.x1), abs(bar.x0 - box.x1)) <= seam
    return tall and beside and box.width > box.height / 2 and box.width > SETTINGS.bar_seam + 2 * bar.width


def by_ground(glyphs: Sequence[Glyph], fills: Sequence[Fill]) -> tuple[list[ShadedBox], list[Glyph]]:
    """Glyphs grouped by the innermost shaded box they stand in, and those in none; a highlight behind words is no box.

    What a box holds stays together, a large figure and its small unit too: how high the box is in lines is told by
    most of its text. The outline of a watermark's letter or of a logo, which cuts the lines that run over it, is none.
    """
    rest = list(glyphs)
    groups: list[ShadedBox] = []
    lowest = SETTINGS.box_lines * min([glyph.size for glyph in glyphs], default=0.0)
    shaped = {fill.box for fill in fills if not fill.straight and fill.box.height > lowest}
    rows = TextRows(glyphs if shaped else ())
    cutting = {box for box in shaped if _cuts_words(box, rows)}
    whole = [fill for fill in fills if fill.box not in cutting]
    boxes = sorted(_with_title_bars(whole, lowest), key=lambda each: each[0].width * each[0].height)
    for box, title_bottom in boxes:
        held = [glyph for glyph in rest if _stands_in(glyph, box)]
        sizes = [glyph.size for glyph in held if not glyph.text.isspace()]
        if sizes and box.height > SETTINGS.box_lines * median(sizes):
            groups.append(ShadedBox(held, box, title_bottom))
            rest = [glyph for glyph in rest if not _stands_in(glyph, box)]
    return groups, rest


def _cuts_words(box: Box, rows: TextRows) -> bool:
    """Whether a line of text runs on from within an area to its outside, over its left or its right side."""
    reach = 2 * rows.largest
    for key in rows.baselines(box.top, box.bottom + rows.largest):
        for side in (box.x0, box.x1):
            near = [glyph for glyph in rows.over(key, side - reach, side + reach) if not glyph.text.isspace()]
            if any(
                _stands_in(one, box) != _stands_in(other, box)
                and other.x0 - one.x1 < SETTINGS.line_runs_on * one.size
                and one.bottom > box.top
                and one.top < box.bottom
                for one, other in pairwise(near)
            ):
                return True
    return False


def _with_title_bars(fills: Sequence[Fill], lowest: float) -> list[tuple[Box, float | None]]:
    """The boxes of fills higher than ``lowest``, each with the lower fill as wide as it is that lies on its top, and
    where that ends.
    """
    boxes = list(dict.fromkeys(fill.box for fill in fills))
    by_bottom = sorted(boxes, key=_BOTTOM)
    bars = {
        body: bar
        for body in boxes
        if body.height > lowest
        for bar in by_bottom[
            bisect_left(by_bottom, body.top - SETTINGS.bar_seam, key=_BOTTOM) : bisect_right(
                by_bottom, body.top + SETTINGS.bar_seam, key=_BOTTOM
            )
        ]
        if bar.height < body.height / 2 and max(abs(bar.x0 - body.x0), abs(bar.x1 - body.x1)) <= SETTINGS.bar_seam
    }
    on_top = set(bars.values())
    high = [box for box in boxes if box.height > lowest and box not in on_top]
    return [(box._replace(top=bars[box].top), bars[box].bottom) if box in bars else (box, None) for box in high]


def _stands_in(glyph: Glyph, box: Box) -> bool:
    return box.contains((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
