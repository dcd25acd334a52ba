"""What kind of measure a cell of a table of figures makes: a heading, a target, a figure, a note."""

from __future__ import annotations

from collections.abc import Mapping

from normalizers.model.records import MeasureKind
from normalizers.rows.table_row import TableCell, TableRow
from parsers.model.document import ColumnRole

_KINDS: Mapping[ColumnRole, MeasureKind] = {
    "measure": "heading",
    "group": "heading",
    "indicator": "target",
    "target": "target",
    "quantity": "figure",
    "actual": "figure",
    "note": "note",
    "aside": "note",
    "schedule": "note",
    "number": "note",
    "unit": "note",
    "comparator": "note",
    "other": "action",
}


def cell_kind(cell: TableCell, row: TableRow, *, stated: bool) -> MeasureKind:
    """The kind of the measure of ``cell`` in ``row``; ``stated`` tells that the table's figures are aims."""
    role = cell.place.column_role
    if role == "indicator" and not row.of("target", "actual", "quantity"):
        return "heading"
    if cell.line.role == "note" or (role in ("group", "measure") and cell.line.is_label):
        return "note"
    kind = _KINDS[role]
    return "figure" if kind == "target" and not stated else kind
