"""Columns of numbers whose header does not tell that they are figures: each is a finding, so that none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normalizers.text.numbers import read_quantities
from parsers.model.finding import Finding
from parsers.model.geometry import Box
from parsers.model.layout import Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.columns import TableReading, cell_text, plain_text


@dataclass(frozen=True, slots=True)
class UnreadColumnSettings:
    """Columns of figures that are not understood."""

    fewest_figures: int = 2
    """Fewer figures in a column are a remark. Chosen."""


SETTINGS = UnreadColumnSettings()


def unread_columns(page: int, table: Table, reading: TableReading) -> Iterator[Finding]:
    """A finding for each column of ``table`` that mostly holds figures and is not understood.

    Counts beside names (対象者数) are understood; whether they are aims is for the rows to tell.
    """
    if reading.fields:
        return
    bodies: dict[int, list[str]] = {}
    seen = reading.turned(table)
    for cell in seen.cells:
        if cell.row >= reading.header_rows and cell.lines:
            bodies.setdefault(reading.column_of(cell.box), []).append(plain_text(cell_text(cell)))
    for index, texts in sorted(bodies.items()):
        column = reading.columns[index]
        if column.meaning not in (None, "note") or column.role in ("section", "header"):
            continue
        # Bare numbers in a column of remarks may count anything: pages, offices in charge.
        told = _has_unit if column.meaning == "note" else _has_digit
        figures = sum(is_figure(text) and told(text) for text in texts)
        if figures >= SETTINGS.fewest_figures and 2 * figures > len(texts):
            box = Box(column.x0, table.box.top, column.x1, table.box.bottom)
            if reading.transposed:
                box = Box(table.box.x0, column.x0, table.box.x1, column.x1)
            # Where no header was understood, the words on top of the figures are what a reader takes for it.
            title = column.title or ("" if is_figure(texts[0]) else texts[0])
            yield Finding("unread_column", {"header": title, "figures": figures}, page, box)


def _has_digit(text: str) -> bool:
    return any(letter.isdecimal() for letter in text)


def _has_unit(text: str) -> bool:
    return any(quantity.unit is not None for quantity in read_quantities(text))
