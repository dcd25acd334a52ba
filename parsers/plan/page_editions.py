"""Editions on pages of their own: which pages say that they hold the new text, and which the old.

新 and 旧 may stand on facing pages, or one whole plan after the other. A stamp (新, 改正前), a title's end
(…事業計画（旧）), the one header over a page's table, or two titles that differ in the year alone tell them; only
together do they tell anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from normalizers.text.fiscal_years import read_fiscal_year
from parsers.model.bare_page import BarePage
from parsers.model.layout import Table
from parsers.plan.edition_words import PlainEdition, read_edition_stamp, read_edition_title
from parsers.plan.furniture_words import plain
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import cell_text
from parsers.tables.table_sequence import TableSequence

_PLAIN_TEXT = (None, "content")
_DIGITS = re.compile(r"[0-9元]+")
_DRAFT = re.compile(r"[(\[【<〔]?[素原]?案[)\]】>〕]?$")


class PageEdition(NamedTuple):
    """The edition that a page holds, and the words by which the page, or one before it, says so, verbatim."""

    edition: PlainEdition
    title: str


def page_editions(pages: Sequence[BarePage], sequence: TableSequence) -> Mapping[int, PageEdition]:
    """By number, the edition of each page from the first that names one on; empty where there are not both."""
    said = [_by_words(page) for page in pages]
    if {edition.edition for edition in said if edition is not None} != {"new", "old"}:
        said = [_by_header(page, sequence) for page in pages]
    if {edition.edition for edition in said if edition is not None} != {"new", "old"}:
        said = _by_years(pages, sequence)
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
    for piece in page.furniture:
        if piece.reason in ("stamp", "running") and (edition := read_edition_stamp(piece.text)) is not None:
            found[edition] = piece.text
    for title in page.titles:
        if (edition := read_edition_title(title)) is not None:
            found[edition] = title
    if len(found) != 1:
        return None
    ((edition, text),) = found.items()
    return PageEdition(edition, text)


def _by_header(page: BarePage, sequence: TableSequence) -> PageEdition | None:
    """What the header over a page's first table says: over all of it, or over its one column of text."""
    header = _plan_header(page, sequence)
    edition = read_header_words(header).edition if header is not None else None
    return PageEdition(edition, header) if header is not None and edition is not None else None


def _plan_header(page: BarePage, sequence: TableSequence) -> str | None:
    """The header of the plan's text in a page's first table; None where it has none or several columns hold text."""
    if not page.tables:
        return None
    reading = sequence.readings.get((page.layout.number, page.tables[0].index))
    if reading is None or not reading.header_rows:
        return _lone_header(page.tables[0])
    titles = [column.title for column in reading.columns if column.role == "content" and column.meaning in _PLAIN_TEXT]
    return titles[0] if len(titles) == 1 else None


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


def _by_years(pages: Sequence[BarePage], sequence: TableSequence) -> list[PageEdition | None]:
    """The editions of pages whose titles are one but for the year: the latest is the plan's own."""
    titles: list[tuple[str, int, str] | None] = []
    for page in pages:
        dated = [(plain(title), title) for title in page.titles if not page.reference]
        if (header := _plan_header(page, sequence)) is not None:
            dated.insert(0, (plain(header), header))
        named = [(_without_year(text), year, title) for text, title in dated if (year := read_fiscal_year(text))]
        titles.append(next((entry for entry in named if "計画" in entry[0]), None))
    latest: dict[str, int] = {}
    for entry in titles:
        if entry is not None:
            latest[entry[0]] = max(entry[1], latest.get(entry[0], 0))
    return [
        None if entry is None else PageEdition("new" if entry[1] == latest[entry[0]] else "old", entry[2])
        for entry in titles
    ]


def _without_year(title: str) -> str:
    """A title without its year and 案: the new plan is often a draft, the old one is not."""
    return _DIGITS.sub("0", _DRAFT.sub("", title)).replace(" ", "")
