"""Editions on pages of their own: which pages say that they hold the new text, and which the old.

新 and 旧 may stand on facing pages, or one whole plan after the other. A stamp (新, 改正前), a title's end
(…事業計画（旧）), the one header over a page's table, or two titles that differ in the year alone tell them; only
together do they tell anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from normalizers.text.fiscal_years import read_fiscal_year
from parsers.model.bare_page import BarePage
from parsers.model.layout import Table
from parsers.plan.furniture_words import patterns, plain
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import cell_text
from parsers.tables.table_sequence import TableSequence

PlainEdition = Literal["new", "old"]
_DIGITS = re.compile(r"[0-9元]+")


class PageEdition(NamedTuple):
    """The edition that a page holds, and the words by which the page, or one before it, says so, verbatim."""

    edition: PlainEdition
    title: str


def page_editions(pages: Sequence[BarePage]) -> Mapping[int, PageEdition]:
    """By number, the edition of each page from the first that names one on; empty where there are not both."""
    said = [_by_words(page) for page in pages]
    if {edition.edition for edition in said if edition is not None} != {"new", "old"}:
        said = [_by_header(page) for page in pages]
    if {edition.edition for edition in said if edition is not None} != {"new", "old"}:
        said = _by_years(pages)
    if {edition.edition for edition in said if edition is not None} != {"new", "old"}:
        return {}
    editions: dict[int, PageEdition] = {}
    current: PageEdition | None = None
    for page, own in zip(pages, said, strict=True):
        current = own or current
        if current is not None and not page.reference:
            editions[page.layout.number] = current
    return editions


def _by_words(page: BarePage) -> PageEdition | None:
    """What a page's stamps and titles say of its edition; None where they say both or nothing."""
    found: dict[PlainEdition, str] = {}
    for text in (*page.titles, *(piece.text for piece in page.furniture if piece.reason in ("stamp", "running"))):
        if (edition := read_edition_stamp(text)) is not None:
            found[edition] = text
    if len(found) != 1:
        return None
    ((edition, text),) = found.items()
    return PageEdition(edition, next((title for title in page.titles if read_edition_stamp(title)), text))


def _by_header(page: BarePage) -> PageEdition | None:
    """What the one header over all of a page's first table says: a table of one edition, 新 or 旧."""
    header = _lone_header(page.tables[0]) if page.tables else None
    edition = read_header_words(header).edition if header is not None else None
    return PageEdition(edition, header) if header is not None and edition is not None else None


def _lone_header(table: Table) -> str | None:
    """The text of a table's first row where it is one cell's, over most of the table's width and above further rows."""
    first = [cell for cell in table.cells if cell.row == 0 and cell.lines]
    if len(first) != 1 or first[0].box.width * 2 < table.box.width or all(cell.row == 0 for cell in table.cells):
        return None
    return cell_text(first[0])


def with_lone_headers(
    sequence: TableSequence, pages: Sequence[BarePage], editions: Mapping[int, PageEdition]
) -> TableSequence:
    """The readings, those of tables whose first row only names their page's edition with that row as their header."""
    readings = dict(sequence.readings)
    for page in pages:
        own = editions.get(page.layout.number)
        for table in page.tables[:1]:
            reading = readings.get((page.layout.number, table.index))
            if own is not None and reading is not None and not reading.header_rows and own.title == _lone_header(table):
                readings[page.layout.number, table.index] = replace(reading, header_rows=1)
    return replace(sequence, readings=readings)


def read_edition_stamp(text: str) -> PlainEdition | None:
    """The edition that a page's stamp or title names: 【新】, 改正前, 令和6年度事業計画（旧）."""
    closed = plain(text).replace(" ", "")
    if any(pattern.fullmatch(closed) for pattern in patterns("new_stamp")):
        return "new"
    return "old" if any(pattern.fullmatch(closed) for pattern in patterns("old_stamp")) else None


def _by_years(pages: Sequence[BarePage]) -> list[PageEdition | None]:
    """The editions of pages whose titles are one but for the year: the latest is the plan's own."""
    titles: list[tuple[str, int, str] | None] = []
    for page in pages:
        dated = [(plain(title), title) for title in page.titles if not page.reference]
        if page.tables and (header := _lone_header(page.tables[0])) is not None:
            dated.insert(0, (plain(header), header))
        named = [(_DIGITS.sub("0", text), year, title) for text, title in dated if (year := read_fiscal_year(text))]
        titles.append(next((entry for entry in named if "計画" in entry[0]), None))
    latest: dict[str, int] = {}
    for entry in titles:
        if entry is not None:
            latest[entry[0]] = max(entry[1], latest.get(entry[0], 0))
    return [
        None if entry is None else PageEdition("new" if entry[1] == latest[entry[0]] else "old", entry[2])
        for entry in titles
    ]
