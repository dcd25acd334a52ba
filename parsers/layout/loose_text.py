"""Text outside tables in reading order: shaded boxes between the lines around them, columns down to the next title."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.layout.joined_lines import line_box
from parsers.layout.marks import Marks
from parsers.layout.reading_order import block_lines
from parsers.layout.shaded_boxes import ShadedBox, by_ground
from parsers.model.geometry import Box
from parsers.model.layout import Line
from parsers.model.page import Fill, Glyph


@dataclass(frozen=True, slots=True)
class LooseTextSettings:
    """Boxes and bars among a page's text."""

    block_step: int = 8
    """Points: blocks that begin within one such step are read from left to right; less than a line's height. Chosen."""
    row_step: float = 3.0
    """Points within which boxes of one row begin and end. Chosen."""
    bar_width: float = 0.8
    """Share of the text's width that a shaded title takes to run across all of its columns. Chosen."""
    bar_height: float = 2.5
    """Heights of its title that such a bar has at most. Chosen."""

    box_padding: float = 1.5
    """Em between a box's side and its text at most. Chosen."""
    back_up: float = 4.0
    """Em by which lines go back up the page where a column ends and the next begins."""
    box_filled: float = 0.25
    """Share of a box's height that its lines take at least. Chosen."""
    ends_together: float = 1.0
    """Em within which lines that were wrapped at one edge end. Chosen."""


SETTINGS = LooseTextSettings()


def loose_lines(glyphs: Sequence[Glyph], fills: Sequence[Fill], marks: Marks) -> tuple[Line, ...]:
    """All of ``glyphs`` as lines in reading order; every glyph but blanks at line ends is in exactly one line."""
    boxes, rest = by_ground(glyphs, fills)
    read = [(box.box, block) for box in boxes if (block := _box_lines(box, marks))]
    shaded = [block for _, block in read]
    open_text = _lines_between_bars(rest, block_lines(rest, marks), fills, marks)
    if _stand_in_rows([box for box, _ in read]):
        read.sort(key=lambda each: (round(each[0].top / SETTINGS.block_step), each[0].x0))
        return tuple(_between_lines(open_text, [block for _, block in read]))
    blocks = [*shaded, open_text] if open_text else shaded
    blocks.sort(key=lambda block: (round(min(line.box.top for line in block) / SETTINGS.block_step), block[0].box.x0))
    return tuple(_woven(blocks, open_text))


def _stand_in_rows(boxes: Sequence[Box]) -> bool:
    """Whether boxes stand side by side in rows below one another, labels beside their texts: those that overlap in
    height have the same top and foot. One may stand alone in its row.
    """
    rows: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for box in boxes:
        rows[round(box.top / SETTINGS.row_step), round(box.bottom / SETTINGS.row_step)].append(box)
    extents = sorted((row[0].top, row[0].bottom) for row in rows.values())
    apart = all(one[1] <= other[0] + SETTINGS.row_step for one, other in pairwise(extents))
    beside = [row for row in rows.values() if len(row) > 1]
    widths = {round(box.width / SETTINGS.block_step) for row in beside for box in row}
    return apart and len(beside) > 1 and len(widths) > 1


def _box_lines(shaded: ShadedBox, marks: Marks) -> list[Line]:
    """The lines of a shaded box, its title before its text; they may reach as far as the box does."""
    box, bottom = shaded.box, shaded.title_bottom
    if bottom is None:
        return _within(block_lines(shaded.glyphs, marks), box)
    above = [glyph for glyph in shaded.glyphs if (glyph.top + glyph.bottom) / 2 < bottom]
    below = [glyph for glyph in shaded.glyphs if (glyph.top + glyph.bottom) / 2 >= bottom]
    title = _within(block_lines(above, marks), box._replace(bottom=bottom)) if above else []
    return [*title, *(_within(block_lines(below, marks), box._replace(top=bottom)) if below else [])]


def _within(lines: list[Line], box: Box) -> list[Line]:
    """The lines with the right end of the text of their box, if they fill it; one that only lies behind text tells
    nothing.

    Where a line comes near the box's side, or several end together, they are wrapped at the furthest end.
    """
    if not lines or _in_columns(lines):
        return lines
    size = max(line.size for line in lines)
    if sum(line.box.height for line in lines) < SETTINGS.box_filled * box.height:
        return lines
    padding = max(0.0, min(line.box.x0 for line in lines) - box.x0)
    ends = sorted((line.box.x1 for line in lines), reverse=True)
    limit = box.x1 - min(padding, SETTINGS.box_padding * size)
    wrapped = len(ends) > 1 and ends[0] - ends[1] <= SETTINGS.ends_together * size
    if wrapped or limit - ends[0] < SETTINGS.ends_together * size:
        limit = ends[0]
    return [replace(line, limit=limit) for line in lines]


def _lines_between_bars(glyphs: Sequence[Glyph], lines: list[Line], fills: Sequence[Fill], marks: Marks) -> list[Line]:
    """The lines of a block, columns read down to the next bar across them: a shaded title as wide as the text.

    ``lines`` is the block in its order without bars, which stands where no column runs on past one.
    """
    if not lines:
        return lines
    width = line_box(lines).width
    bars = [
        fill.box
        for fill in fills
        if fill.straight and fill.box.width >= SETTINGS.bar_width * width
        if any(
            fill.box.height <= SETTINGS.bar_height * line.size and _is_above(later.box, line.box)
            for at, line in enumerate(lines)
            if fill.box.holds(line.box, line.size / 2)
            for later in lines[at + 1 :]
        )
    ]
    if not bars:
        return lines
    cuts = sorted(edge for bar in bars for edge in (bar.top, bar.bottom))
    bands: list[list[Glyph]] = [[] for _ in range(len(cuts) + 1)]
    for glyph in glyphs:
        bands[bisect_right(cuts, (glyph.top + glyph.bottom) / 2)].append(glyph)
    return [line for band in bands if band for line in block_lines(band, marks)]


def _is_above(box: Box, other: Box) -> bool:
    return box.bottom <= other.top


def _woven(blocks: list[list[Line]], open_text: list[Line]) -> list[Line]:
    """The blocks one after the other, shaded boxes put between the lines of the text around them.

    That is the text that no box holds, or else the highest box, with those that lie beside it before or behind it.
    """
    if len(blocks) < 2:
        return [line for block in blocks for line in block]
    main = max(blocks, key=lambda block: max(line.box.bottom for line in block) - min(line.box.top for line in block))
    own = line_box(main)
    rest = [block for block in blocks if block is not main]
    if main is not open_text:
        apart = [block for block in rest if not _within_sides(line_box(block), own)]
        rest = [block for block in rest if block not in apart]
        whole = [main, *apart]
        whole.sort(key=blocks.index)
        return [line for block in whole for line in (_between_lines(main, rest) if block is main else block)]
    return _between_lines(main, rest)


def _within_sides(box: Box, around: Box) -> bool:
    return box.x0 < around.x1 and around.x0 < box.x1


def _between_lines(main: list[Line], boxes: list[list[Line]]) -> list[Line]:
    """The lines of a block, each of some boxes before the first of them that begins below its top; of a block that is
    read column by column, behind the last line above it in its own column.
    """
    if _in_columns(main):
        return _between_columns(main, boxes)
    rest = list(boxes)
    out: list[Line] = []
    for line in main:
        while rest and min(other.box.top for other in rest[0]) < line.box.top:
            out += rest.pop(0)
        out.append(line)
    return out + [line for block in rest for line in block]


def _in_columns(lines: list[Line]) -> bool:
    """Whether lines in reading order go back up the page, to a column on the right."""
    return any(
        one.box.top - other.box.bottom >= SETTINGS.back_up * other.size and other.box.x0 >= one.box.x1
        for one, other in pairwise(lines)
    )


def _between_columns(main: list[Line], boxes: list[list[Line]]) -> list[Line]:
    out: list[Line] = []
    places = [_place_in_columns(line_box(box), main) for box in boxes]
    for at in range(len(main) + 1):
        out += [line for box, place in zip(boxes, places, strict=True) if place == at for line in box]
        out += main[at : at + 1]
    return out


def _place_in_columns(box: Box, lines: list[Line]) -> int:
    """How many lines are read before a box: to the last above it in its column, else all before the first below it."""
    own = [index for index, line in enumerate(lines) if _within_sides(line.box, box)]
    above = [index for index in own if lines[index].box.top < box.top]
    if above:
        return above[-1] + 1
    return own[0] if own else sum(line.box.top < box.top for line in lines)
