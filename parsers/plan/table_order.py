"""The order of a page's tables and boxes: from top to bottom, a box of text together with the box of its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.model.layout import Table


@dataclass(frozen=True, slots=True)
class TableOrderSettings:
    """A title's box and the box below it. Points."""

    same_column_side: float = 3.0
    """Their sides lie within this. Chosen."""
    column_seam: float = 4.0
    """One stands so near below the other. Chosen: boxes of a new row stand further apart."""


SETTINGS = TableOrderSettings()


def in_page_order(tables: Sequence[Table]) -> list[Table]:
    """The tables from top to bottom and left to right.

    Of boxes side by side one may be parted into the box of its title and the box of its text: the text is read with the
    title, before what stands right of both.
    """
    titles = {id(table): title for table in tables if (title := _title_of(table, tables)) is not None}

    def place(table: Table) -> tuple[float, float, float]:
        first = titles.get(id(table), table)
        return first.box.top, first.box.x0, table.box.top

    return sorted(tables, key=place)


def _title_of(table: Table, tables: Sequence[Table]) -> Table | None:
    """The box of one line right above a box of text, as wide as it is."""
    if len(table.cells) > 1:
        return None
    for other in tables:
        if (
            other is not table
            and len(other.cells) == 1
            and len(other.cells[0].lines) == 1
            and max(abs(other.box.x0 - table.box.x0), abs(other.box.x1 - table.box.x1)) <= SETTINGS.same_column_side
            and -SETTINGS.same_column_side <= table.box.top - other.box.bottom <= SETTINGS.column_seam
        ):
            return other
    return None
