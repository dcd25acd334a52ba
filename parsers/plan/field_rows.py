"""Rows across a table that name the field (分野) of the rows below them."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.text.field_count import FieldCount
from normalizers.text.sections import LONGEST_SECTION, opens_section
from parsers.model.bare_page import BarePage
from parsers.model.layout import GridCell, Table
from parsers.tables.columns import TableReading, cell_text
from parsers.tables.table_sequence import TableSequence


def counted_fields(pages: Sequence[BarePage], sequence: TableSequence) -> frozenset[str]:
    """The texts of rows across tables that count on from a row with a known field's name: after
    2. 健康保険給付等 the row 3. 保健事業, a name that heads many a list of measures elsewhere.
    """
    count = FieldCount()
    found: set[str] = set()
    for page in pages:
        for table in page.tables:
            reading = sequence.readings.get((page.layout.number, table.index))
            seen = reading.turned(table) if reading is not None else table
            for cell in seen.cells:
                text = cell_text(cell)
                if reading is None or not stands_across(cell, seen, reading):
                    continue
                if count.opens(text):
                    found.add(text)
                count = count.after(text).past()
    return frozenset(found)


def names_field(cell: GridCell, table: Table, reading: TableReading, counted: frozenset[str]) -> bool:
    """Whether a cell across the table names the field of the rows below it; ``counted`` are the ``counted_fields``."""
    text = cell_text(cell)
    if len(text) > LONGEST_SECTION or len(reading.columns) == 1 or not stands_across(cell, table, reading):
        return False
    return opens_section(text) is not None or text in counted or reading.kind == "comparison"


def stands_across(cell: GridCell, table: Table, reading: TableReading) -> bool:
    """Whether a cell with text covers several columns and nothing stands beside it in its row."""
    alone = not any(other is not cell and other.row == cell.row and other.lines for other in table.cells)
    return bool(cell.lines) and alone and is_wide(cell, reading)


def is_wide(cell: GridCell, reading: TableReading) -> bool:
    """Whether a cell covers several columns or all."""
    return len(reading.covered(cell.box)) > 1 or len(reading.columns) == 1
