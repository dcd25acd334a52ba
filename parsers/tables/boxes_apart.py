"""Boxes that were set right on a table of figures, so that their rules meet, are no rows of the table.

Below it may stand a box of targets under their label, above its header a box of sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.model.bare_page import BarePage
from parsers.model.geometry import enclosing
from parsers.model.layout import GridCell, Table
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import cell_text
from parsers.tables.roles import read_table

_FEWEST_LINES = 2
"""Lines of a box below: its label and what stands under it."""
_FEWEST_COLUMNS = 2
"""Columns of the table that a box reaches across."""
_SENTENCE_END = "。"


def with_boxes_apart(page: BarePage) -> BarePage:
    """The page with such boxes as tables of one cell, behind the others."""
    index = max((table.index for table in page.tables), default=-1)
    tables: list[Table] = []
    boxes: list[Table] = []
    for table in page.tables:
        apart = _boxes_above(table)
        rest = _without(table, apart) if apart else table
        below = _box_below(rest)
        if below is not None:
            rest = _without(rest, [below])
            apart.append(below)
        tables.append(rest)
        for cell in apart:
            index += 1
            boxes.append(Table(index, cell.box, (replace(cell, row=0, column=0, row_span=1, column_span=1),)))
    return replace(page, tables=(*tables, *boxes)) if boxes else page


def _without(table: Table, boxes: Sequence[GridCell]) -> Table:
    """The table without boxes that stand above or below it, and without rows that hold nothing beside them."""
    cells = [cell for cell in table.cells if cell not in boxes]
    filled = [cell for cell in cells if cell.lines]
    first, last = min(cell.row for cell in filled), max(cell.row for cell in filled)
    kept = tuple(replace(cell, row=cell.row - first) for cell in cells if first <= cell.row <= last)
    return replace(table, box=enclosing(cell.box for cell in kept), cells=kept)


def _boxes_above(table: Table) -> list[GridCell]:
    """The cells across all columns that hold sentences, above the header of a table of figures."""
    columns = max(cell.column + cell.column_span for cell in table.cells)
    found: list[GridCell] = []
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.column_span < columns or columns < _FEWEST_COLUMNS:
            break
        if cell.lines:
            found.append(cell)
    if not found or not all(_SENTENCE_END in cell_text(cell) for cell in found):
        return []
    if not any(cell.lines for cell in table.cells if cell not in found):
        return []
    return found if _is_of_figures(_without(table, found)) else []


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
    return last if _is_of_figures(table) else None


def _is_of_figures(table: Table) -> bool:
    """Whether a table's own header makes it one of indicators, a row each."""
    reading = read_table(table)
    return reading is not None and reading.kind == "indicators" and not reading.transposed
