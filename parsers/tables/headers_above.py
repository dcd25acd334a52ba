"""Headers that stand above the first rule of their table: the rules are drawn below each row, none above the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.layout.joined_lines import far_apart, line_box
from parsers.model.bare_page import BarePage
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, Table
from parsers.tables.captions import SETTINGS as CAPTIONS
from parsers.tables.column_headers import read_header_words
from parsers.tables.roles import read_table


@dataclass(frozen=True, slots=True)
class HeaderAboveSettings:
    """Headers that stand above a table's rules."""

    header_reach: float = 1.2
    """Times its size that the lowest line of such a header stands above the table at most."""
    header_gap: float = 0.8
    """Em between two headers."""


SETTINGS = HeaderAboveSettings()


def with_headers_above(page: BarePage) -> BarePage:
    """The page with such headers taken from its lines into the tables that have none of their own."""
    for table in page.tables:
        if len({cell.column for cell in table.cells}) < 2:
            continue
        line = _line_above(table, page)
        headed = _headed(table, line) if line is not None else None
        # Few lines could be such headers; to read the table is what takes time.
        if headed is not None and read_table(table) is None and read_table(headed) is not None:
            lines = tuple(other for other in page.lines if other is not line)
            tables = tuple(headed if other is table else other for other in page.tables)
            page = replace(page, lines=lines, tables=tables)
    return page


def _line_above(table: Table, page: BarePage) -> Line | None:
    """The line right above a table, within its sides; None where another table stands between or no line does."""
    above = [
        line
        for line in page.lines
        if not line.vertical
        and table.box.x0 - line.size <= line.box.x0
        and line.box.x1 <= table.box.x1 + line.size
        and -CAPTIONS.into_table <= table.box.top - line.box.bottom <= SETTINGS.header_reach * line.size
    ]
    return max(above, key=lambda line: line.box.bottom) if above else None


def _headed(table: Table, line: Line) -> Table | None:
    """The table with the parts of ``line`` as its first row; None where they are no headers of its columns."""
    parts = far_apart(line, SETTINGS.header_gap)
    if len(parts) < 2 or not all(read_header_words(part.text.text).understood for part in parts):
        return None
    edges = sorted({edge for cell in table.cells for edge in (cell.box.x0, cell.box.x1)})
    places = [_place(part, edges) for part in parts]
    if None in places or len(set(places)) < len(places):
        return None
    top = line_box(parts).top - 1
    heads = [
        GridCell(0, column, 1, 1, Box(x0, top, x1, table.box.top), _held(parts, places, column), open_top=True)
        for column, (x0, x1) in enumerate(pairwise(edges))
    ]
    rows = [replace(cell, row=cell.row + 1) for cell in table.cells]
    box = Box(table.box.x0, top, table.box.x1, table.box.bottom)
    return replace(table, box=box, cells=(*heads, *rows))


def _place(part: Line, edges: Sequence[float]) -> int | None:
    """The column that holds most of a header."""
    shares = [min(part.box.x1, x1) - max(part.box.x0, x0) for x0, x1 in pairwise(edges)]
    best = max(range(len(shares)), key=lambda index: shares[index])
    return best if 2 * shares[best] > part.box.width else None


def _held(parts: Sequence[Line], places: Sequence[int | None], column: int) -> tuple[Line, ...]:
    return tuple(part for part, place in zip(parts, places, strict=True) if place == column)
