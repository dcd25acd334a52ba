"""Rows across a table that name the field (分野) of the rows below them."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.text.field_count import FieldCount
from normalizers.text.markers import read_marker
from normalizers.text.sections import LONGEST_SECTION, opens_section
from parsers.model.bare_page import BarePage
from parsers.model.layout import GridCell, Table
from parsers.tables.columns import TableReading, cell_text
from parsers.tables.table_sequence import TableSequence

_FEWEST_FIELDS = 2
"""Rows of known fields in a table that tell how a field's row is set in it. Chosen."""


def counted_fields(pages: Sequence[BarePage], sequence: TableSequence) -> frozenset[str]:
    """The texts of rows across tables that count on from a row with a known field's name: after
    2. 健康保険給付等 the row 3. 保健事業, a name that heads many a list of measures elsewhere; and of rows set like at
    least two of known fields in their table (組織・運営体制の整備).
    """
    count = FieldCount()
    found: set[str] = set()
    for page in pages:
        for table in page.tables:
            reading = sequence.readings.get((page.layout.number, table.index))
            seen = reading.turned(table) if reading is not None else table
            if reading is not None:
                across = [cell for cell in seen.cells if stands_across(cell, seen, reading)]
                found |= _set_like_fields([cell for cell in across if cell.row >= reading.header_rows])
            for cell in seen.cells:
                text = cell_text(cell)
                if reading is None or not stands_across(cell, seen, reading):
                    continue
                if count.opens(text):
                    found.add(text)
                count = count.after(text).past()
    return frozenset(found)


def _set_like_fields(across: Sequence[GridCell]) -> set[str]:
    """The texts of rows across a table that look as those of two known fields or more do."""
    known = [cell for cell in across if opens_section(cell_text(cell)) is not None]
    looks = {_look(cell) for cell in known}
    if len({cell_text(cell) for cell in known}) < _FEWEST_FIELDS or len(looks) > 1:
        return set()
    return {text for cell in across if _look(cell) in looks and _is_heading(text := cell_text(cell))}


def _look(cell: GridCell) -> tuple[object, ...]:
    """How a row across a table is set: its ground, its letters, where they begin if not in the middle."""
    line = cell.lines[0]
    left, right = line.box.x0 - cell.box.x0, cell.box.x1 - line.box.x1
    place = None if abs(left - right) < line.size / 2 else round(left)
    return cell.fill, round(line.size), line.bold, place, len(cell.lines)


def _is_heading(text: str) -> bool:
    return len(text) <= LONGEST_SECTION and read_marker(text) is None and not text.endswith("。")


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
