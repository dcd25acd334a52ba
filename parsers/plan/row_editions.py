"""Editions one above the other: rows of a table that their first cells name 変更後 and 変更前 are two editions.

What stands in rows of their own around them, headings of both, is of either edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from parsers.model.document import Cell, Edition, Paragraph
from parsers.plan.edition_words import PlainEdition, read_edition_stamp

_FEWEST_PAIRS = 2
"""Rows of a new edition with one of the old right below or above them. Chosen: one alone may be a table's header."""


class RowEditions(NamedTuple):
    """``paragraphs`` with their editions, ``cells`` with the roles of the rows' heads; ``comparison`` tells that rows
    named editions.
    """

    paragraphs: tuple[Paragraph, ...]
    cells: tuple[Cell, ...]
    comparison: bool = False


def part_row_editions(paragraphs: Sequence[Paragraph], cells: Sequence[Cell]) -> RowEditions:
    """The paragraphs of rows that are named as editions in these, without the names; all as they are where none is."""
    heads = _heads(paragraphs)
    editions = {paragraphs[index].row: edition for index, edition in heads.items()}
    ordered = [editions[row] for row in sorted(editions)]
    pairs = sum(one != other for one, other in pairwise(ordered))
    counts = Counter(ordered)
    if min(counts["new"], counts["old"]) < _FEWEST_PAIRS or pairs < _FEWEST_PAIRS:
        return RowEditions(tuple(paragraphs), tuple(cells))
    titles = {
        edition: next(paragraphs[index].text.text for index, own in heads.items() if own == edition)
        for edition in ("new", "old")
    }
    first, last = min(editions), max(editions)
    _with_cut_rows(editions, paragraphs)
    rows = _paired(editions)
    parted: list[Paragraph] = []
    new: list[Paragraph] = []
    old: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        if index in heads:
            continue
        inside = paragraph.cell_id is not None and paragraph.edition == "single" and paragraph.place is None
        if not inside or not first - 1 <= paragraph.row <= last:
            parted += [*new, *old, paragraph]
            new, old = [], []
            continue
        edition = editions.get(paragraph.row)
        row = rows.get(paragraph.row, paragraph.row)
        if edition != "old":
            new.append(_of(paragraph, "new", titles["new"], row))
        if edition != "new":
            old.append(_of(paragraph, "old", titles["old"], row))
    named = {paragraphs[index].cell_id for index in heads}
    roles = {paragraph.cell_id: paragraph.edition for paragraph in (*new, *old) if paragraph.row in rows.values()}
    parted = [*parted, *new, *old]
    return RowEditions(
        tuple(_in_own_color(parted)),
        tuple(_with_role(cell, roles.get(cell.cell_id), is_head=cell.cell_id in named) for cell in cells),
        comparison=True,
    )


def _heads(paragraphs: Sequence[Paragraph]) -> dict[int, PlainEdition]:
    """The paragraphs, by index, that are all of a cell beside other text and name an edition."""
    in_cells = Counter(paragraph.cell_id for paragraph in paragraphs)
    in_rows = Counter(paragraph.row for paragraph in paragraphs if paragraph.cell_id is not None)
    found: dict[int, PlainEdition] = {}
    for index, paragraph in enumerate(paragraphs):
        alone = paragraph.cell_id is not None and in_cells[paragraph.cell_id] == 1
        if not alone or paragraph.edition != "single" or paragraph.place is not None or in_rows[paragraph.row] < 2:
            continue
        edition = read_edition_stamp(paragraph.text.text)
        if edition is not None:
            found[index] = edition
    return found


def _with_cut_rows(editions: dict[int, PlainEdition], paragraphs: Sequence[Paragraph]) -> None:
    """Names the rows at the foot of a page of which the head, set in the middle of the cell, stands on the next."""
    last_on_page: dict[int, int] = {}
    for paragraph in paragraphs:
        if paragraph.pieces and paragraph.cell_id is not None and paragraph.place is None:
            last_on_page[paragraph.page] = max(last_on_page.get(paragraph.page, 0), paragraph.row)
    columns = {paragraph.row: paragraph.column for paragraph in paragraphs if paragraph.row in editions}
    for row in last_on_page.values():
        beside = [paragraph for paragraph in paragraphs if paragraph.row == row and paragraph.cell_id is not None]
        same_column = bool(beside) and beside[0].column == columns.get(row + 1)
        if row not in editions and row + 1 in editions and same_column and not _is_wide(beside[0]):
            editions[row] = editions[row + 1]


def _is_wide(paragraph: Paragraph) -> bool:
    """Whether a cell begins in the first column: a heading across the table, and no text beside a blank head."""
    return paragraph.cell_id is not None and paragraph.cell_id.endswith("-0")


def _paired(editions: dict[int, PlainEdition]) -> dict[int, int]:
    """The row that stands for each: a row of one edition and the one of the other right behind it are the same."""
    rows: dict[int, int] = {}
    opened: int | None = None
    seen: set[PlainEdition] = set()
    before: int | None = None
    for row in sorted(editions):
        edition = editions[row]
        goes_on = before is not None and row == before + 1 and opened is not None
        if not goes_on or (edition in seen and editions.get(row - 1) != edition):
            opened, seen = row, set()
        rows[row] = opened if opened is not None else row
        seen.add(edition)
        before = row
    return rows


def _of(paragraph: Paragraph, edition: Edition, title: str, row: int) -> Paragraph:
    return replace(paragraph, edition=edition, column_title=title, row=row)


def _in_own_color(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, the colour in which most of an edition is set no mark of a change in it."""
    held: Counter[Edition] = Counter()
    colors: Counter[tuple[Edition, str]] = Counter()
    for paragraph in paragraphs:
        held[paragraph.edition] += len(paragraph.text.text)
        for span in paragraph.text.colored:
            colors[paragraph.edition, span.color] += span.end - span.start
    usual = {key for key, count in colors.items() if 2 * count > held[key[0]]}
    return [
        replace(paragraph, text=replace(paragraph.text, colored=kept))
        if len(kept := tuple(s for s in paragraph.text.colored if (paragraph.edition, s.color) not in usual))
        < len(paragraph.text.colored)
        else paragraph
        for paragraph in paragraphs
    ]


def _with_role(cell: Cell, edition: Edition | None, *, is_head: bool) -> Cell:
    if is_head:
        return replace(cell, role="header")
    return replace(cell, role=edition) if edition in ("new", "old") and cell.role == "content" else cell
