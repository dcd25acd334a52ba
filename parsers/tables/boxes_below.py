"""A box of targets that was set right below a table of figures, so that their rules meet, is no row of the table."""

from __future__ import annotations

from dataclasses import replace

from parsers.model.bare_page import BarePage
from parsers.model.geometry import enclosing
from parsers.model.layout import GridCell, Table
from parsers.tables.column_headers import read_header_words
from parsers.tables.roles import read_table

_FEWEST_LINES = 2
"""Lines of such a box: its label and what stands under it."""
_FEWEST_COLUMNS = 2
"""Columns of the table that the box reaches across."""


def with_boxes_apart(page: BarePage) -> BarePage:
    """The page with such boxes as tables of one cell, behind the others."""
    index = max((table.index for table in page.tables), default=-1)
    tables: list[Table] = []
    boxes: list[Table] = []
    for table in page.tables:
        box = _box_below(table)
        if box is None:
            tables.append(table)
            continue
        foot = max(cell.row for cell in table.cells if cell.lines and cell is not box)
        cells = tuple(cell for cell in table.cells if cell.row <= foot)
        tables.append(replace(table, box=enclosing(cell.box for cell in cells), cells=cells))
        index += 1
        boxes.append(Table(index, box.box, (replace(box, row=0, column=0, row_span=1, column_span=1),)))
    return replace(page, tables=(*tables, *boxes)) if boxes else page


def _box_below(table: Table) -> GridCell | None:
    """The cell of a table of figures that is such a box: the last, across all columns, under a label of targets."""
    last = max(table.cells, key=lambda cell: (cell.row, bool(cell.lines)))
    columns = max(cell.column + cell.column_span for cell in table.cells)
    alone = sum(cell.row + cell.row_span > last.row for cell in table.cells) == 1
    if not alone or last.column_span < columns or columns < _FEWEST_COLUMNS or len(last.lines) < _FEWEST_LINES:
        return None
    if not any(cell.lines for cell in table.cells if cell.row < last.row):
        return None
    label = read_header_words(last.lines[0].text.text)
    if not label.understood or label.role not in ("target", "indicator"):
        return None
    reading = read_table(table)
    return last if reading is not None and reading.kind == "indicators" and not reading.transposed else None
