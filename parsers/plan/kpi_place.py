"""Where a paragraph stands in a table whose header gives its columns a meaning: indicator, target, actual, note."""

from __future__ import annotations

from parsers.model.document import ColumnRole, TablePlace
from parsers.plan.flow import FlowRow
from parsers.tables.column_headers import HeaderRole


def place_in_table(row: FlowRow, column: int) -> TablePlace | None:
    """The place of a column's text in ``row``, None where its header says nothing of its own.

    In a table of indicators every column has a place; beside a plan's text only columns of figures and remarks have.
    """
    if row.reading is None:
        return None
    read = row.reading.columns[column]
    if row.reading.kind != "indicators" and read.meaning in (None, "content", "section", "new", "old", "reference"):
        return None
    role = _column_role(read.meaning)
    if role == "indicator" and row.reading.kind != "indicators":
        # Beside a plan's text a column headed KPI holds whole aims, not the names of what is measured.
        role = "target"
    return TablePlace(row.table, row.body_row, column, read.title or "", role, read.year)


def _column_role(meaning: HeaderRole | None) -> ColumnRole:
    match meaning:
        case "indicator" | "target" | "actual" | "group" | "number" | "note":
            return meaning
        case "section":
            return "group"
        case "content":
            return "measure"
        case _:
            return "other"
