"""Tables of figures that no ruling draws and that text stands above and below: rows under a line of header words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalizers.text.markers import read_marker
from parsers.layout.joined_lines import far_apart
from parsers.model.bare_page import BarePage
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import FIGURES, plain_text


@dataclass(frozen=True, slots=True)
class TableAmidTextSettings:
    """Tables without rules amid text. Em unless said otherwise."""

    cell_gap: float = 0.8
    """Between two headers or cells of a row."""
    row_gap: float = 2.0
    """Between the rows of one table."""
    row_spread: float = 0.5
    """Between lines of one row."""
    fewest_rows: int = 2
    """Rows below the header that make a table. Chosen."""


SETTINGS = TableAmidTextSettings()


Row = tuple[Line, ...]


def with_tables_amid_text(page: BarePage) -> BarePage:
    """The page with such tables among its tables, and their lines taken out of the loose ones."""
    rows = _rows(page.lines)
    at = 0
    while at < len(rows):
        held = _table_rows(rows[at:])
        if held is not None:
            index = max((table.index for table in page.tables), default=-1) + 1
            table = _table(index, held)
            used = {id(line) for row in rows[at : at + len(held)] for line in row}
            lines = tuple(line for line in page.lines if id(line) not in used)
            page = replace(page, lines=lines, tables=(*page.tables, table))
            at += len(held)
        else:
            at += 1
    return page


def _rows(lines: Sequence[Line]) -> list[Row]:
    """Lines by height, those side by side together, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if not line.vertical), key=lambda line: line.box.bottom):
        if rows and line.box.bottom - rows[-1][0].box.bottom < SETTINGS.row_spread * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [tuple(sorted(row, key=lambda line: line.box.x0)) for row in rows]


def _table_rows(rows: Sequence[Row]) -> list[Row] | None:
    """The parts of a header and of the rows below it that keep to its columns; None where the first is no header."""
    heads = _parts(rows[0])
    words = [read_header_words(part.text.text) for part in heads]
    figures = any(word.role in FIGURES or word.dated for word in words)
    if len(heads) < 2 or not figures or not all(word.understood for word in words) or are_labels(heads):
        return None
    held = [heads]
    for before, row in pairwise(rows):
        parts = _parts(row)
        gap = min(line.box.top for line in row) - max(line.box.bottom for line in before)
        if gap > SETTINGS.row_gap * row[0].size or len(parts) > len(heads) or _edges([*held, parts]) is None:
            break
        held.append(parts)
    while held and sum(is_figure(plain_text(part.text.text)) for part in held[-1][1:]) == 0:
        held.pop()
    full = sum(len(row) == len(heads) for row in held[1:])
    return held if full >= SETTINGS.fewest_rows and 2 * full > len(held) - 1 else None


def are_labels(heads: Sequence[Line]) -> bool:
    """Whether what looks like headers is one label that stands in two columns of text at one height: ■ KPI：."""
    texts = {plain_text(head.text.text) for head in heads}
    return len(texts) < len(heads) and any(read_marker(text) is not None or text.endswith(":") for text in texts)


def _parts(row: Row) -> Row:
    return tuple(part for line in row for part in far_apart(line, SETTINGS.cell_gap))


def _edges(rows: Sequence[Row]) -> list[float] | None:
    """The sides of the columns that the first row heads; None where the rows leave no room between two of them."""
    columns: list[list[Line]] = [[head] for head in rows[0]]
    for row in rows[1:]:
        for part in row:
            shares = [_apart(part, column) for column in columns]
            columns[shares.index(min(shares))].append(part)
    extents = [(min(part.box.x0 for part in held), max(part.box.x1 for part in held)) for held in columns]
    if any(right[0] <= left[1] for left, right in pairwise(extents)):
        return None
    inner = [(left[1] + right[0]) / 2 for left, right in pairwise(extents)]
    return [extents[0][0] - 1, *inner, extents[-1][1] + 1]


def _apart(part: Line, column: Sequence[Line]) -> float:
    """How far a part stands from a column's cells, below zero where they overlap."""
    return max(min(held.box.x0 for held in column) - part.box.x1, part.box.x0 - max(held.box.x1 for held in column))


def _table(index: int, rows: Sequence[Row]) -> Table:
    edges = _edges(rows) or []
    heights = [min(part.box.top for part in rows[0]) - 1]
    heights += [
        (max(part.box.bottom for part in above) + min(part.box.top for part in below)) / 2
        for above, below in pairwise(rows)
    ]
    heights.append(max(part.box.bottom for part in rows[-1]) + 1)
    cells = [
        GridCell(number, column, 1, 1, Box(x0, top, x1, bottom), _within(row, x0, x1), None, open_top=True)
        for number, (row, (top, bottom)) in enumerate(zip(rows, pairwise(heights), strict=True))
        for column, (x0, x1) in enumerate(pairwise(edges))
    ]
    return Table(index, Box(edges[0], heights[0], edges[-1], heights[-1]), tuple(cells))


def _within(row: Row, x0: float, x1: float) -> tuple[Line, ...]:
    return tuple(part for part in row if x0 <= (part.box.x0 + part.box.x1) / 2 < x1)
