"""Tables on one page of which a stamp right above each says its edition: 【新】 over one, 【旧】 over the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers.model.bare_page import BarePage
from parsers.model.geometry import Box
from parsers.model.layout import Table
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import TableReading, plain_text
from parsers.tables.header_words import HeaderEdition


@dataclass(frozen=True, slots=True)
class StampedTableSettings:
    """Stamps over tables. Points."""

    stamp_reach: float = 40.0
    """Between a stamp and its table. Chosen, as for captions."""
    longest_stamp: int = 16
    """Characters. Chosen."""
    stamp_into_table: float = 2.0
    """A stamp may reach so far into a table and still stand above it. Chosen."""


SETTINGS = StampedTableSettings()


def stamped_edition(table: Table, page: BarePage) -> HeaderEdition | None:
    """The edition that the stamp right above a table names; None unless the page's stamps name both.

    Far down a page a stamp is one of its lines.
    """
    pieces = [(piece.text, piece.box) for piece in page.furniture if piece.reason == "stamp"]
    pieces += [(line.text.text, line.box) for line in page.lines if len(line.text.text) <= SETTINGS.longest_stamp]
    stamps = [stamp for text, box in pieces for stamp in _stamps(text, box)]
    if {edition for edition, _ in stamps} != {"new", "old"}:
        return None
    low, high = table.box.top - SETTINGS.stamp_reach, table.box.top + SETTINGS.stamp_into_table
    above = [(edition, box) for edition, box in stamps if low <= box.bottom <= high]
    over = {edition for edition, box in above if box.x0 < table.box.x1 and table.box.x0 < box.x1}
    return over.pop() if len(over) == 1 else None


def of_edition(reading: TableReading, edition: HeaderEdition) -> TableReading:
    """The reading of a table that is all of one edition; one that tells editions apart itself stays as it is."""
    if reading.kind != "plan" or not all(column.role in ("content", "section") for column in reading.columns):
        return reading
    columns = tuple(column if column.role == "section" else replace(column, role=edition) for column in reading.columns)
    return replace(reading, kind="comparison", columns=columns)


def _stamps(text: str, box: Box) -> Iterator[tuple[HeaderEdition, Box]]:
    """The editions that a line of stamps names, each with its share of the line (新 … 旧 over two tables)."""
    parts = text.split()
    width = (box.x1 - box.x0) / max(len(parts), 1)
    for at, part in enumerate(parts):
        words = read_header_words(plain_text(part))
        if words.understood and words.edition is not None and words.role is None:
            x0 = box.x0 + at * width
            yield words.edition, Box(x0, box.top, x0 + width, box.bottom)
