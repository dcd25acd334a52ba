"""Readings of tables with what a person says of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.model.document import CellRole
from parsers.model.geometry import Box
from parsers.model.layout import Table
from parsers.model.told_column import ToldColumn
from parsers.tables.columns import FIGURES, Column, TableKind, TableReading, plain_text
from parsers.tables.header_words import HeaderRole
from parsers.tables.roles import without_header

_EDITIONS: dict[str, CellRole] = {"new": "new", "old": "old", "reference": "reference", "section": "section"}


@dataclass(frozen=True, slots=True)
class ToldColumnSettings:
    """Columns whose meaning a person told."""

    row_end: float = 2.0
    """Points: cells of one row end so near to each other."""


SETTINGS = ToldColumnSettings()


def as_told(reading: TableReading | None, table: Table, page: int, told: Sequence[ToldColumn]) -> TableReading | None:
    """``reading`` of a table (None: it has no header) with what is told of its columns.

    A column is meant where the header cell stands in this table, or where a header of the same words stands over the
    same part of another page. Tables that have a row a year are left as they are read.
    """
    here = [one for one in told if one.page == page and _holds(table.box, one.box)]
    if not told or (reading is None and not here) or (reading is not None and reading.transposed):
        return reading
    base = reading or replace(without_header(table), header_rows=_rows_above(table, here[0].box))
    meant = [next((one for one in told if _is_meant(one, column, one in here)), None) for column in base.columns]
    if not any(meant):
        return reading
    columns = tuple(
        column if one is None else _told(column, one) for column, one in zip(base.columns, meant, strict=True)
    )
    return replace(base, kind=_kind(columns), columns=columns)


def _is_meant(told: ToldColumn, column: Column, in_this_table: bool) -> bool:
    middle = (told.box.x0 + told.box.x1) / 2
    if not column.x0 <= middle <= column.x1:
        return False
    return in_this_table or (column.title is not None and plain_text(column.title) == plain_text(told.title))


def _told(column: Column, told: ToldColumn) -> Column:
    year = told.fiscal_year if told.fiscal_year is not None else column.year
    role = _EDITIONS.get(told.meaning, "content")
    meaning: HeaderRole = (
        "content" if told.meaning == "new" or told.meaning == "old" or told.meaning == "reference" else told.meaning
    )
    return replace(
        column,
        role=role,
        meaning=meaning,
        year=year,
        words=replace(column.words, role=meaning, year=year),
        level=0 if told.meaning == "section" else None,
        doubts=(),
    )


def _kind(columns: Sequence[Column]) -> TableKind:
    roles = {column.role for column in columns}
    meanings = {column.meaning for column in columns}
    if {"new", "old"} <= roles:
        return "comparison"
    if roles <= {"reference", "section"}:
        return "reference"
    has_text = bool(meanings & {"content", "measure"})
    if (meanings & FIGURES or "indicator" in meanings) and not has_text:
        return "indicators"
    return "plan" if has_text or "section" in roles else "plain"


def _holds(outer: Box, inner: Box) -> bool:
    return outer.contains((inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2)


def _rows_above(table: Table, header: Box) -> int:
    """How many rows end with the header cell or before it."""
    ends = [cell.row + cell.row_span for cell in table.cells if cell.box.bottom <= header.bottom + SETTINGS.row_end]
    return max(ends, default=1)
