"""Tables whose columns no ruling parts: found by a header's words, carried on over pages that show level rules only.

The geometry of one page cannot tell such columns from prose. A header that stands in words above them can, and so can
an earlier page whose columns the text of this one keeps to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.layout.joined_lines import cut_line, far_apart, gap_before
from parsers.model.bare_page import BarePage
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.blocks_beside import with_blocks_beside
from parsers.tables.boxes_apart import with_boxes_apart
from parsers.tables.centred_figures import with_centred_figures
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import plain_text
from parsers.tables.figure_boxes import with_figure_boxes
from parsers.tables.figure_cards import with_figure_cards
from parsers.tables.headers_above import with_headers_above
from parsers.tables.headers_amid import with_headers_amid
from parsers.tables.labelled_boxes import with_labelled_boxes
from parsers.tables.nested_tables import with_nested_tables
from parsers.tables.roles import SETTINGS as ROLES
from parsers.tables.roles import read_table
from parsers.tables.tables_amid_text import Foot, are_labels, in_own_boxes, with_tables_amid_text
from parsers.tables.titled_figures import with_titled_figures


@dataclass(frozen=True, slots=True)
class UnruledTableSettings:
    """Tables of which only a header is drawn. Em unless said otherwise."""

    cut_gap: float = 0.4
    """A gap in a line at a column's edge is at least so wide. Nearest: 1.74, nothing below."""
    new_row_gap: float = 1.2
    """A wider gap between lines of the first column begins a row. Nearest: 0.853, nothing above."""
    title_gap: float = 2.0
    """Between two headers in one line. Nearest: 1.9 and 4.9."""
    between_columns: float = 1.0
    """Between the columns of a line below them."""
    fewest_lines: int = 3
    """Lines that must leave the edges free. Chosen."""
    card_figure: float = 1.5
    """Times the size of its label from which on a figure is a card's. Chosen."""
    line_gap: float = 0.9
    """Lines of one text stand no farther apart."""
    same_text_size: float = 0.05
    """Share by which the sizes of one text differ."""
    lines_looked_at: int = 12
    """Lines at the head of a page among which a header is looked for. Chosen."""


SETTINGS = UnruledTableSettings()


@dataclass(frozen=True, slots=True)
class _Columns:
    """The vertical edges of columns, from left to right, and where their header begins on its page, in points."""

    edges: tuple[float, ...]
    top: float = 0.0

    def index(self, line: Line) -> int:
        middle = line.box.x0 + min(line.box.width, line.size) / 2
        return max(sum(edge <= middle for edge in self.edges[1:-1]), 0)


def complete_tables(pages: Sequence[BarePage]) -> tuple[BarePage, ...]:
    """The pages with such tables among their tables, and their lines taken out of the loose ones."""
    columns: _Columns | None = None
    foot: Foot | None = None
    completed: list[BarePage] = []
    for bare in pages:
        cards = with_figure_boxes(with_titled_figures(with_figure_cards(bare)))
        page = with_blocks_beside(with_nested_tables(with_headers_above(cards)))
        page = with_labelled_boxes(with_headers_amid(page))
        read = next((reading for table in reversed(page.tables) if (reading := read_table(table)) is not None), None)
        if read is not None:
            last = read.columns
            columns = _Columns((last[0].x0, *(column.x1 for column in last))) if len(last) > 1 else None
        elif not any(len(table.cells) > 1 for table in page.tables):
            header = _header_columns(page)
            columns = header or columns
            if columns is not None and len(columns.edges) > 2:
                page = _with_table(page, columns, carried_on=header is None) or page
        page, foot = with_tables_amid_text(page, foot)
        completed.append(with_centred_figures(with_boxes_apart(page)))
    return tuple(completed)


def _header_columns(page: BarePage) -> _Columns | None:
    """Columns below a row of header words that stand side by side outside any table."""
    for first in page.lines[: SETTINGS.lines_looked_at]:
        row = sorted(
            (
                word
                for line in page.lines
                if abs(line.box.bottom - first.box.bottom) < first.size / 2
                for word in far_apart(line, SETTINGS.title_gap)
            ),
            key=lambda line: line.box.x0,
        )
        words = [read_header_words(line.text.text) for line in row]
        if len(row) < 2 or not all(word.understood for word in words) or are_labels(row) or in_own_boxes(row):
            continue
        if any(_is_amid_text(cell, page.lines) or _labels_card(cell, page.lines) for cell in row):
            continue
        body = [line for line in page.lines if line.box.top > first.box.bottom]
        parts = [part for line in body for part in far_apart(line, SETTINGS.between_columns)]
        inner = [_gap_between(one, other, parts) for one, other in pairwise(row)]
        if len(body) >= SETTINGS.fewest_lines and all(edge is not None for edge in inner):
            lines = [*row, *body]
            left, right = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
            return _Columns((left - 2, *(edge for edge in inner if edge is not None), right + 2), first.box.top)
    return None


def _is_amid_text(cell: Line, lines: Sequence[Line]) -> bool:
    """Whether what looks like a header is a line of running text: of a sentence, or right below a line of its column.

    Two newspaper columns that happen to have words of headers side by side are no table.
    """
    if any(mark in cell.text.text for mark in "、。"):
        return True
    close = SETTINGS.line_gap * cell.size
    above = [
        part
        for line in lines
        if -close / 2 < cell.box.top - line.box.bottom < close
        and abs(line.size - cell.size) < SETTINGS.same_text_size * cell.size
        for part in far_apart(line, SETTINGS.title_gap)
        if part.box.x0 < cell.box.x1 and cell.box.x0 < part.box.x1
    ]
    words = [read_header_words(part.text.text) for part in above]
    return any(not word.understood for word in words)


def _labels_card(cell: Line, lines: Sequence[Line]) -> bool:
    """Whether what looks like a header is the label of one large figure right below it: no table's body is so large."""
    below = [
        line
        for line in lines
        if line.box.x0 < cell.box.x1 and cell.box.x0 < line.box.x1 and line.box.top >= cell.box.bottom - cell.size / 2
    ]
    figure = min((line for line in below if line is not cell), key=lambda line: line.box.bottom, default=None)
    if figure is None or not is_figure(plain_text(figure.text.text)):
        return False
    return max(glyph.size for glyph in figure.glyphs) >= SETTINGS.card_figure * cell.size


def _gap_between(left: Line, right: Line, body: Sequence[Line]) -> float | None:
    """The middle of the widest stretch between two headers that no line of the body enters; None without one."""
    covered = sorted((line.box.x0, line.box.x1) for line in body)
    free: list[tuple[float, float]] = []
    at = left.box.x1
    for x0, x1 in covered:
        if x0 > at:
            free.append((at, min(x0, right.box.x0)))
        at = max(at, x1)
        if at >= right.box.x0:
            break
    gaps = [(end - start, (start + end) / 2) for start, end in free if end - start > 2]
    return max(gaps)[1] if gaps else None


def _with_table(page: BarePage, columns: _Columns, *, carried_on: bool) -> BarePage | None:
    """The page with its lines as a table of ``columns``, None where its text does not keep to them."""
    rules = _level_rules(page, columns)
    above = tuple(line for line in page.lines if not carried_on and line.box.bottom <= columns.top + 1)
    parted = [_cut_at_columns(line, columns) for line in page.lines if line not in above]
    if not parted or any(parts is None for parts in parted):
        return None
    lines = [line for parts in parted if parts for line in parts]
    used = {columns.index(line) for line in lines}
    if carried_on and not rules and (len(used) < 2 and 0 in used):
        return None
    rules = [rule for rule in rules if rule >= columns.top - ROLES.same_edge or carried_on]
    top = min([*rules, min(line.box.top for line in lines) - 1])
    bottom = max([*rules, max(line.box.bottom for line in lines) + 1])
    inner = [rule for rule in rules if top + 1 < rule < bottom - 1] or _row_starts(
        lines, columns, carried_on=carried_on
    )
    bounds = [top, *(height for height in inner if top + 1 < height < bottom - 1), bottom]
    cells = tuple(_cells(lines, columns, bounds, set(rules)))
    index = max((table.index for table in page.tables), default=-1) + 1
    table = Table(index, Box(columns.edges[0], top, columns.edges[-1], bottom), cells)
    return replace(page, lines=above, tables=(*page.tables, table))


def _row_starts(lines: Sequence[Line], columns: _Columns, *, carried_on: bool) -> list[float]:
    """Where rows begin though no rule parts them: below the header, and at each block of text in the first column."""
    first = sorted((line for line in lines if columns.index(line) == 0), key=lambda line: line.box.top)
    later = [one for other, one in pairwise(first) if one.box.top - other.box.bottom > SETTINGS.new_row_gap * one.size]
    starts = [line.box.top - 1 for line in (*first[:1], *later)]
    rows = _figure_rows(lines)
    if len(rows) > len(starts):
        starts = rows
    if carried_on:
        return starts
    below = [line.box.top for line in lines if line.box.top > columns.top + line.size / 2]
    return sorted({*starts, min(below) - 1})


def _figure_rows(lines: Sequence[Line]) -> list[float]:
    """The heights between rows of bare figures, two or more side by side: halfway between a row and the one above."""
    figures = sorted((line for line in lines if is_figure(plain_text(line.text.text))), key=lambda line: line.box.top)
    rows: list[list[Line]] = []
    for line in figures:
        if rows and line.box.top < rows[-1][0].box.top + rows[-1][0].size / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    full = [row for row in rows if len(row) > 1]
    between = [(one[0].box.bottom + other[0].box.top) / 2 for one, other in pairwise(full)]
    return [full[0][0].box.top - full[0][0].size, *between] if full else []


def _level_rules(page: BarePage, columns: _Columns) -> list[float]:
    """Heights of the level rules that reach over all columns."""
    left, right = columns.edges[0] + 2 * ROLES.same_edge, columns.edges[-1] - 2 * ROLES.same_edge
    heights = sorted(
        (stroke.box.top + stroke.box.bottom) / 2
        for stroke in page.layout.rulings
        if stroke.horizontal and stroke.box.x0 <= left and stroke.box.x1 >= right
    )
    return [
        height for index, height in enumerate(heights) if index == 0 or height - heights[index - 1] > ROLES.same_edge
    ]


def _cut_at_columns(line: Line, columns: _Columns) -> list[Line] | None:
    """A line cut at the columns' edges, None where it runs over one without a gap."""
    cuts = [0]
    for edge in columns.edges[1:-1]:
        if line.vertical or not line.box.x0 < edge - 1 < edge + 1 < line.box.x1:
            continue
        index = next((i for i, glyph in enumerate(line.glyphs) if (glyph.x0 + glyph.x1) / 2 > edge), 0)
        if index and gap_before(line.glyphs, index) < SETTINGS.cut_gap * line.size:
            return None
        cuts.append(index)
    ends = [*cuts[1:], len(line.glyphs)]
    return [part for start, end in zip(cuts, ends, strict=True) if (part := cut_line(line, start, end))]


def _cells(lines: Sequence[Line], columns: _Columns, bounds: Sequence[float], rules: set[float]) -> list[GridCell]:
    cells = []
    rows = [
        (top, bottom, [line for line in lines if top <= (line.box.top + line.box.bottom) / 2 < bottom])
        for top, bottom in pairwise(bounds)
    ]
    for row, (top, bottom, held) in enumerate(row for row in rows if row[2]):
        for column, (x0, x1) in enumerate(pairwise(columns.edges)):
            own = tuple(line for line in held if columns.index(line) == column)
            box = Box(x0, top, x1, bottom)
            cells.append(GridCell(row, column, 1, 1, box, own, None, top not in rules, bottom not in rules))
    return cells
