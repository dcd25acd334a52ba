"""The order of a page's tables, boxes and lines: from top to bottom, column by column, a box with that of its title."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from normalizers.text.markers import read_marker
from parsers.model.layout import Table
from parsers.paragraphs.placed_lines import PlacedLine
from parsers.tables.captions import SETTINGS as CAPTIONS
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import cell_text


@dataclass(frozen=True, slots=True)
class TableOrderSettings:
    """Boxes with their titles, and tables among the lines of columns."""

    same_column_side: float = 3.0
    """Points within which the sides of a title's box and of the box below it lie. Chosen."""
    column_seam: float = 4.0
    """Points by which one stands below the other. Chosen: boxes of a new row stand further apart."""
    column_height: float = 4.0
    """Em by which lines that are read one after the other go back up the page where a column ends and the next begins.
    """
    row_title_gap: float = 2.0
    """Em between a title and the boxes below it at most. Chosen."""
    frames_apart: float = 8.0
    """Points by which a table begins below another that it does not stand beside. Chosen: less than a line."""


SETTINGS = TableOrderSettings()


def in_page_order(tables: Sequence[Table]) -> list[Table]:
    """The tables from top to bottom and left to right.

    Of boxes side by side one may be parted into the box of its title and the box of its text: the text is read with the
    title, before what stands right of both.
    """
    titles = {id(table): title for table in tables if (title := _title_of(table, tables)) is not None}

    def place(table: Table) -> tuple[float, float, float]:
        first = titles.get(id(table), table)
        return first.box.top, first.box.x0, table.box.top

    return sorted(tables, key=place)


def title_boxes(tables: Sequence[Table]) -> frozenset[tuple[int, int]]:
    """The boxes (table and row, by index) that name what stands in the box below each: set in bold, or filled as that
    one is not. Where both touch, they are two rows of one table.

    A box that says what kind of text stands below it (取組内容, KPI) names nothing.
    """
    pairs = [
        (title.index, title.cells[0], table.cells[0])
        for table in tables
        if (title := _title_of(table, tables)) is not None
    ]
    pairs += [
        (table.index, table.cells[0], table.cells[1])
        for table in tables
        if [(cell.row, cell.column) for cell in table.cells] == [(0, 0), (1, 0)] and len(table.cells[0].lines) == 1
    ]
    return frozenset(
        (index, title.row)
        for index, title, below in pairs
        if title.lines[0].bold or title.fill != below.fill
        if below.lines and not read_header_words(cell_text(title)).understood
    )


def _title_of(table: Table, tables: Sequence[Table]) -> Table | None:
    """The box of one line right above a box of text, as wide as it is."""
    if len(table.cells) > 1:
        return None
    for other in tables:
        if (
            other is not table
            and len(other.cells) == 1
            and len(other.cells[0].lines) == 1
            and max(abs(other.box.x0 - table.box.x0), abs(other.box.x1 - table.box.x1)) <= SETTINGS.same_column_side
            and -SETTINGS.same_column_side <= table.box.top - other.box.bottom <= SETTINGS.column_seam
        ):
            return other
    return None


def tables_among_lines(page_tables: Sequence[Table], lines: Sequence[PlacedLine]) -> Iterator[Table | list[PlacedLine]]:
    """A page's tables and the runs of lines between them, from top to bottom; lines keep their order.

    Where the lines stand in columns that are read one after the other, a table stands behind the lines above it in its
    own column. A table at the right of an item's text stands behind that text.
    """
    tables = in_page_order(page_tables)
    places = _places_in_columns(tables, lines) if _in_columns(lines, tables) else None
    if places is not None:
        at = 0
        for place, table in sorted(zip(places, tables, strict=True), key=lambda pair: pair[0]):
            if lines[at:place]:
                yield list(lines[at:place])
            at = max(at, place)
            yield table
        if lines[at:]:
            yield list(lines[at:])
        return
    rest = list(lines)
    for at, table in enumerate(tables):
        above = [line for line in rest if line.line.box.bottom <= table.box.top + CAPTIONS.into_table]
        rest = [line for line in rest if line.line.box.bottom > table.box.top + CAPTIONS.into_table]
        beside = _count_beside(table, rest, tables[at + 1 :])
        if above or beside:
            yield above + rest[:beside]
        rest = rest[beside:]
        yield table
    if rest:
        yield rest


def _count_beside(table: Table, lines: Sequence[PlacedLine], below: Sequence[Table]) -> int:
    """How many of ``lines``, none of them above a table, are the text of the item at whose right the table stands.

    The text begins where the table does, or a little below: a frame is set at the heading of its item. It ends at the
    next heading of this kind or a higher one, at the next table, and where a line is as wide as the page.
    """
    box = table.box
    ends = [other.box.top for other in below if other.box.top >= box.top + SETTINGS.frames_apart]
    end = min(ends, default=math.inf)
    opening = read_marker(lines[0].line.text.text) if lines else None
    count = 0
    for line in lines:
        own = line.line.box
        if own.x1 > box.x0 + CAPTIONS.into_table or own.bottom > end + line.line.size:
            break
        mark = read_marker(line.line.text.text)
        if count and mark is not None and mark.kind.counts and not mark.kind.note:
            higher = opening is None or not opening.kind.counts or mark.kind.rank <= opening.kind.rank
            if higher or own.top >= box.bottom:
                break
        if count == 0 and own.top >= box.bottom:
            break
        count += 1
    return count


def _in_columns(lines: Sequence[PlacedLine], tables: Sequence[Table]) -> bool:
    """Whether lines in reading order go back up the page, to a column on the right.

    No table may reach across both columns where they stand beside each other; one above or below them does no harm.
    """
    for line, later in pairwise(lines):
        one, other = line.line.box, later.line.box
        if one.top - other.bottom < SETTINGS.column_height * later.line.size or other.x0 < one.x1:
            continue
        beside = [table.box for table in tables if other.top < table.box.bottom and table.box.top < one.bottom]
        return not any(box.x0 < one.x1 and other.x0 < box.x1 for box in beside)
    return False


def _places_in_columns(tables: Sequence[Table], lines: Sequence[PlacedLine]) -> list[int]:
    """How many lines are read before each table, those of a row under one title behind that title."""
    places = [_place_of(table, lines) for table in tables]
    for at, table in enumerate(tables):
        for other, place in zip(tables, list(places), strict=True):
            if other is not table and _shares_title(table, other, place, lines):
                places[at] = max(places[at], place)
    return places


def _shares_title(table: Table, left: Table, place: int, lines: Sequence[PlacedLine]) -> bool:
    """Whether a table and one at its left are a row below the line that stands right above that one: nothing stands
    above the table beside that line.
    """
    if not place or abs(table.box.top - left.box.top) > SETTINGS.same_column_side or left.box.x1 > table.box.x0:
        return False
    title = lines[place - 1].line.box
    gap = left.box.top - title.bottom
    near = -CAPTIONS.into_table <= gap <= SETTINGS.row_title_gap * lines[place - 1].line.size
    above = (line.line.box for line in lines if line.line.box is not title)
    beside = any(
        box.top < table.box.top and title.top < box.bottom and box.x0 < table.box.x1 and table.box.x0 < box.x1
        for box in above
    )
    return near and title.x0 < left.box.x1 and not beside


def _place_of(table: Table, lines: Sequence[PlacedLine]) -> int:
    """How many lines are read before a table: up to the last that stands above it and reaches over its columns, and in
    any case what ends above it across the page.
    """
    above = [
        index
        for index, line in enumerate(lines)
        if line.line.box.bottom <= table.box.top + CAPTIONS.into_table
        and line.line.box.x0 < table.box.x1
        and table.box.x0 < line.line.box.x1
    ]
    across = [index for index in _cuts(lines) if lines[index].line.box.top < table.box.top]
    return max((index + 1 for index in (*above, *across)), default=0)


def _cuts(lines: Sequence[PlacedLine]) -> Iterator[int]:
    """The lines (by index) that begin anew at the left, below all that is read before and above all read after them."""
    lowest = list(accumulate((line.line.box.bottom for line in lines), max, initial=-math.inf))
    highest = list(accumulate((line.line.box.top for line in reversed(lines)), min))[::-1]
    for index, (before, line) in enumerate(pairwise(lines), 1):
        box = line.line.box
        if box.x0 < before.line.box.x0 and lowest[index] <= box.top and box.top <= highest[index]:
            yield index
