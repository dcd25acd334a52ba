"""Headers that stand over several columns of the body without naming them apart: 区分 over groups and names, 目標 over
the sign and the figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.model.layout import GridCell, Table
from parsers.tables.columns import FIGURES
from parsers.tables.header_rows import Head, Header


@dataclass(frozen=True, slots=True)
class DividedHeadSettings:
    """Where the body divides a header's column."""

    narrowest: float = 8.0
    """Points: width of a column of its own, one letter with its margins. Chosen."""
    joined_edge: float = 1.5
    """Points: edges nearer than this are one."""
    fewest_rows: int = 2
    """Rows that an edge must divide. Chosen."""


SETTINGS = DividedHeadSettings()

_DIVIDED = FIGURES | {"group", "indicator"}


def with_divided_heads(table: Table, header: Header, *, transposed: bool = False) -> Header:
    """The header with a head for each column of the body, where most rows divide what one header cell covers.

    Only heads of names and of figures are divided, and only where the table has both. In a ``transposed`` table the
    names in a lower row stand under groups, few as these may be: サービス水準 over 達成率 and 郵送化率.
    """
    if transposed:
        return _with_divided_names(table, header)
    if not any(head.words.role in FIGURES for head in header.heads):
        return header
    body = [cell for cell in table.cells if cell.row >= header.rows]
    rows = len({row for cell in body if cell.lines for row in range(cell.row, cell.row + cell.row_span)})
    heads: list[Head] = []
    for head in header.heads:
        inner = list(_inner_edges(head, body, rows)) if head.words.role in _DIVIDED else []
        edges = [head.x0, *inner, head.x1]
        heads += [replace(head, x0=x0, x1=x1) for x0, x1 in pairwise(edges)]
    return header if len(heads) == len(header.heads) else replace(header, heads=tuple(heads))


def _with_divided_names(table: Table, header: Header) -> Header:
    """The header of a turned table with heads for groups and for names, where the first covers both."""
    first = header.heads[0]
    lower = [
        cell.box.top
        for cell in table.cells
        if cell.lines and cell.row >= header.rows and cell.column > 0
        if first.x0 + SETTINGS.narrowest < cell.box.top < first.x1 - SETTINGS.joined_edge
    ]
    if len(lower) < SETTINGS.fewest_rows or max(lower) - min(lower) > SETTINGS.joined_edge:
        return header
    group = replace(first, x1=lower[0], words=replace(first.words, role="group", weak=False))
    name = replace(first, x0=lower[0], words=replace(first.words, role="indicator", weak=False))
    return replace(header, heads=(group, name, *header.heads[1:]))


def _inner_edges(head: Head, body: Sequence[GridCell], rows: int) -> Iterator[float]:
    """The edges within a head at which most rows of the body are divided, with text on both sides."""
    low, high = head.x0 - SETTINGS.joined_edge, head.x1 + SETTINGS.joined_edge
    inside = [cell for cell in body if cell.box.x0 > low and cell.box.x1 < high]
    last = head.x0
    for edge in sorted({round(cell.box.x0, 1) for cell in inside}):
        if edge - last < SETTINGS.narrowest or head.x1 - edge < SETTINGS.narrowest:
            continue
        left = _rows(cell for cell in inside if abs(cell.box.x1 - edge) <= SETTINGS.joined_edge)
        right = _rows(cell for cell in inside if abs(cell.box.x0 - edge) <= SETTINGS.joined_edge)
        divided = left & right
        if len(divided) >= SETTINGS.fewest_rows and 2 * len(divided) > rows:
            yield edge
            last = edge


def _rows(cells: Iterator[GridCell]) -> set[int]:
    return {row for cell in cells if cell.lines for row in range(cell.row, cell.row + cell.row_span)}
