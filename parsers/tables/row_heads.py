"""What the cells that head a table's rows say of the figures in them: their group, scope, year, unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from normalizers.text.dittos import points_to
from parsers.model.layout import Table
from parsers.tables.captions import unit_counted_in
from parsers.tables.column_headers import NO_WORDS, HeaderWords, combined, read_header_words
from parsers.tables.columns import FIGURES, TableReading, cell_text, plain_text
from parsers.tables.header_units import HeaderUnit, read_unit
from parsers.tables.patterns import words

_HEADS = frozenset({"group", "indicator", "unit", "comparator", None})
_PARTS = words("headers.parts")
_IN_BRACKETS = re.compile(r"[(][^()]*[)]$")


class RowHead(NamedTuple):
    """What one cell says of the rows ``first`` to ``end`` (exclusive), in one block of columns."""

    first: int
    end: int
    block: int
    words: HeaderWords


def read_row_heads(table: Table, reading: TableReading) -> tuple[RowHead, ...]:
    """The cells of a table's body that head its rows, as far as their words are understood."""
    if not any(column.meaning in FIGURES for column in reading.columns):
        return ()
    found: list[RowHead] = []
    above: dict[int, str] = {}
    listed = next((column.listed for column in reading.columns if column.listed), ())
    counted: HeaderUnit | None = None
    for cell in table.cells:
        if cell.row < reading.header_rows or not cell.lines:
            continue
        column = reading.columns[reading.column_of(cell.box)]
        if column.meaning not in _HEADS:
            continue
        text = cell_text(cell)
        if points_to(text) == "above":
            text = above.get(cell.column, text)
        above[cell.column] = text
        if listed and column.meaning == "indicator":
            # A part (うち…) is counted as what it is a part of.
            counted = unit_counted_in(_IN_BRACKETS.sub("", plain_text(text)), listed) or (
                counted if plain_text(text).startswith(_PARTS) else None
            )
            if counted is not None:
                words = HeaderWords(unit=counted, understood=True)
                found.append(RowHead(cell.row, cell.row + cell.row_span, column.block, words))
        unit = read_unit(text) if column.meaning == "unit" else None
        words = HeaderWords(unit=unit, understood=True) if unit is not None else read_header_words(text)
        # A name (協会の査定率) says whose rate it is, a group's cell (協会) whose row it is.
        if words.understood and not (column.meaning == "indicator" and words.role is not None):
            found.append(RowHead(cell.row, cell.row + cell.row_span, column.block, words))
    return tuple(found)


def heads_of_row(row: int, heads: Sequence[RowHead]) -> dict[int, HeaderWords]:
    """What the heads that reach a row say of it together, by block."""
    said: dict[int, HeaderWords] = {}
    for head in heads:
        if head.first <= row < head.end:
            said[head.block] = combined((said.get(head.block, NO_WORDS), head.words))
    return said
