"""Blocks of all pages as one run of rows: table rows made whole over page breaks, and prose between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from normalizers.text.field_count import FieldCount
from normalizers.text.sections import leading_section, opens_section
from parsers.model.bare_page import BarePage
from parsers.paragraphs.line_breaks import ends_open, parts_word
from parsers.plan.blocks import CellDraft, ProseBlock, TableBlock, read_blocks
from parsers.plan.flow_rows import FlowRow, Lines, carries_row_on, is_footnote
from parsers.plan.page_editions import PageEdition
from parsers.tables.columns import Column, TableReading, cell_text
from parsers.tables.row_heads import heads_of_row
from parsers.tables.table_sequence import TableSequence


@dataclass(frozen=True, slots=True)
class Flow:
    """All rows of a document in reading order, and all cells of its tables."""

    rows: tuple[FlowRow, ...]
    cells: tuple[CellDraft, ...]


def flow_over_pages(
    pages: Sequence[BarePage], sequence: TableSequence, editions: Mapping[int, PageEdition] | None = None
) -> Flow:
    """Join what page breaks cut: every line outside furniture ends in exactly one row, header cell or section cell.

    ``editions`` are those that pages of their own hold, by page.
    """
    rows: list[FlowRow] = []
    cells: list[CellDraft] = []
    section: str | None = None
    count = FieldCount()
    part = 0
    for block in read_blocks(pages, sequence, editions or {}):
        if block.part != part:
            section, count, part = None, FieldCount(), block.part
        if isinstance(block, ProseBlock):
            rows = _with_prose(rows, block)
            section, count = _heading_above(block, section, count)
        else:
            rows, continued, named = _with_table(rows, block, section)
            section, count = named, (count.after(named) if named and named != section else count.past())
            drafts = (*block.drafts, *(draft for inner in block.nested for draft in inner.block.drafts))
            cells += [replace(draft, continues=continued.get(draft.cell_id)) for draft in drafts]
    return Flow(tuple(_with_first_sections(rows)), tuple(cells))


def _with_prose(rows: list[FlowRow], block: ProseBlock) -> list[FlowRow]:
    """The rows with lines of prose added to the last, if that is prose of the same part, else as a row of their own."""
    last = rows[-1] if rows else None
    if last is None or last.reading is not None or last.part != block.part:
        return [*rows, FlowRow(block.part, _next(rows), reference=block.reference, columns={0: block.lines})]
    return [*rows[:-1], replace(last, columns={0: last.columns[0] + block.lines})]


def _heading_above(block: ProseBlock, section: str | None, count: FieldCount) -> tuple[str | None, FieldCount]:
    """The section that the last heading among lines of prose opens: a table below it stands in that section; and how
    far sections are counted then.
    """
    for placed in block.lines:
        section = placed.text if count.opens(placed.text) else leading_section(placed.text) or section
        count = count.after(placed.text)
    return section, count


def _with_table(
    rows: list[FlowRow], block: TableBlock, section: str | None
) -> tuple[list[FlowRow], dict[str, str], str | None]:
    """The rows with a table's added, which cell carries on which (by id), and the section named last."""
    continued: dict[str, str] = {}
    whole_names: dict[str, str] = {}
    last = next((at for at in reversed(range(len(rows))) if rows[at].host is None and not is_footnote(rows[at])), None)
    carried_on = block.goes_on and last is not None and rows[last].reading is not None
    body_row = 1 + max((row.body_row for row in rows if row.reading and row.table == block.table), default=-1)
    for number, group in enumerate(block.groups):
        named = next((draft for draft in group if draft.role == "section" and draft.wide), None)
        if named is not None:
            section = cell_text(named.grid)
            continue
        before = rows[last] if number == 0 and carried_on and last is not None else None
        own = _section_beside(group, block.drafts) or _section_in_group(group, block.reading)
        own = whole_names.get(own, own) if own else None
        if _is_named_on_next_page(group, block):
            section = None
        elif own and section is None and before is not None:
            section, before = own, replace(before, section=own)
        if own and before is not None and section is not None and _runs_on(section, own, group, block.drafts):
            rows, whole_names[own] = _with_longer_section(rows, section, own), section + own
            section += own
            before = replace(before, section=section)
        elif own and own != section:
            section, before = own, None
        texts = _columns_of(group)
        names = _names_above(rows, block.table, block.reading) if before is not None else {}
        if (
            before is not None
            and before.section == section
            and carries_row_on(before, group, texts, block.reading, names, _always_named(rows, block))
        ):
            continued |= _continued(before, group)
            row = _joined(before, group, texts)
            rows = [row if other.number == row.number and other.host is None else other for other in rows]
        else:
            heads = heads_of_row(group[0].grid.row, block.heads)
            next_number = _next(rows)
            row = FlowRow(
                block.part, next_number, block.reading, block.table, body_row, section, block.reference, heads
            )
            row = _joined(row, group, texts)
            rows = [*rows, row]
            body_row += 1
        rows = [*rows, *_nested_rows(block, group, row)]
    return rows, continued, section


def _next(rows: Sequence[FlowRow]) -> int:
    return rows[-1].number + 1 if rows else 0


def _nested_rows(block: TableBlock, group: Sequence[CellDraft], row: FlowRow) -> list[FlowRow]:
    """The rows of the tables that stand in the cells of ``group``, which makes ``row`` or a part of it."""
    columns = {draft.cell_id: _host_column(block.reading, draft) for draft in group}
    nested: list[FlowRow] = []
    for inner in block.nested:
        if inner.host in columns:
            own = _with_table([], inner.block, row.section)[0]
            nested += [replace(each, number=row.number, host=columns[inner.host]) for each in own]
    return nested


def _host_column(reading: TableReading, draft: CellDraft) -> Column:
    """The column of a cell that may hold a table; a cell across columns of both editions is of neither."""
    own = reading.columns[draft.column]
    covered = {reading.columns[index].role for index in reading.covered(draft.grid.box)}
    return replace(own, role="content", title=None) if {"new", "old"} <= covered else own


def _continued(row: FlowRow, group: Sequence[CellDraft]) -> dict[str, str]:
    """For each cell of a page's first row the cell that it carries on."""
    return {
        draft.cell_id: row.last_cells[draft.column].cell_id
        for draft in _text_cells(group)
        if draft.column in row.last_cells and row.last_cells[draft.column].page < draft.page
    }


def _joined(row: FlowRow, group: Sequence[CellDraft], texts: Mapping[int, Lines]) -> FlowRow:
    """The row with a group's cells and lines added."""
    return replace(
        row,
        columns={**row.columns, **{column: row.columns.get(column, ()) + lines for column, lines in texts.items()}},
        last_cells={**row.last_cells, **{draft.column: draft for draft in _text_cells(group)}},
        open_bottom=any(draft.grid.open_bottom for draft in group),
    )


def _text_cells(group: Sequence[CellDraft]) -> list[CellDraft]:
    return [draft for draft in group if draft.role not in ("section", "header")]


def _columns_of(group: Sequence[CellDraft]) -> dict[int, Lines]:
    """The lines of each column, one cell below the other."""
    columns: dict[int, Lines] = {}
    for draft in sorted(_text_cells(group), key=lambda draft: (draft.grid.row, draft.grid.column)):
        columns[draft.column] = columns.get(draft.column, ()) + draft.lines
    return columns


def _runs_on(section: str, text: str, group: Sequence[CellDraft], drafts: Sequence[CellDraft]) -> bool:
    """Whether a section's cell at a page's head holds the rest of the name that a page break cut.

    Of a name that no list has, the rest stands alone in its row, and the name breaks off: 組織・ / 運営体制の整備.
    """
    cell = _section_cell(group, drafts)
    if cell is None or not (cell.grid.open_top or cell.grid.row == group[0].grid.row):
        return False
    if opens_section(text) is not None:
        return False
    alone = not any(draft.grid.lines for draft in group if draft.cell_id != cell.cell_id)
    broken = section.endswith("・") or ends_open(section) or parts_word(section, text)
    return opens_section(section + text) is not None or (alone and broken and opens_section(section) is None)


def _with_longer_section(rows: list[FlowRow], cut: str, rest: str) -> list[FlowRow]:
    """The rows where the last of them, those of the section ``cut``, get its whole name."""
    first = len(rows)
    while first and rows[first - 1].section == cut:
        first -= 1
    return [*rows[:first], *(replace(row, section=cut + rest) for row in rows[first:])]


def _section_in_group(group: Sequence[CellDraft], reading: TableReading) -> str | None:
    """In a table of figures the section stands in a column of groups, or alone in its row; it is text of the table
    there.
    """
    if reading.kind != "indicators":
        return None
    alone = sum(bool(cell_text(draft.grid)) for draft in group) == 1
    for draft in group:
        text = cell_text(draft.grid)
        named = alone or reading.columns[draft.column].meaning in ("section", "group")
        if draft.names_field or (named and text and opens_section(text) is not None):
            return text
    return None


def _names_above(rows: Sequence[FlowRow], table: int, reading: TableReading) -> dict[int, Lines]:
    """By column of names of measures: the last name in the table so far, which may head several rows."""
    found: dict[int, Lines] = {}
    for row in rows:
        if row.reading is not None and row.table == table and row.host is None:
            own = {column: lines for column, lines in row.columns.items() if lines}
            found |= {c: lines for c, lines in own.items() if reading.columns[c].meaning == "measure"}
    return found


def _always_named(rows: Sequence[FlowRow], block: TableBlock) -> frozenset[int]:
    """The columns of no edition that each of several rows of the table so far fills."""
    own = [row for row in rows if row.reading is not None and row.table == block.table and row.host is None]
    plain = (at for at, column in enumerate(block.reading.columns) if column.role == "content")
    return frozenset(at for at in plain if len(own) > 1 and all(row.columns.get(at) for row in own))


def _is_named_on_next_page(group: Sequence[CellDraft], block: TableBlock) -> bool:
    """Whether the section's cell beside a row is blank because the page's end cuts it: its name, set in the middle of
    the whole cell, stands on the next page. Blank cells that several rows have say nothing new.
    """
    blank = [draft for draft in block.drafts if draft.role == "section" and not draft.wide and not draft.grid.lines]
    if len(blank) != 1 or blank[0].grid.row_span < 2 or blank[0].grid.row == block.reading.header_rows:
        return False
    last = max(draft.grid.row + draft.grid.row_span for draft in block.drafts)
    top, bottom = blank[0].grid.row, blank[0].grid.row + blank[0].grid.row_span
    return bottom == last and top <= min(draft.grid.row for draft in group) < bottom


def _section_beside(group: Sequence[CellDraft], drafts: Sequence[CellDraft]) -> str | None:
    """The text of the section's cell that stands beside a row, None where it is blank or there is none."""
    cell = _section_cell(group, drafts)
    return cell_text(cell.grid) if cell is not None else None


def _section_cell(group: Sequence[CellDraft], drafts: Sequence[CellDraft]) -> CellDraft | None:
    middle = (min(draft.grid.box.top for draft in group) + max(draft.grid.box.bottom for draft in group)) / 2
    for draft in drafts:
        if draft.role == "section" and draft.grid.box.top <= middle <= draft.grid.box.bottom and draft.grid.lines:
            return draft
    return None


def _with_first_sections(rows: Sequence[FlowRow]) -> list[FlowRow]:
    """The rows, those before a part's first named section in that section: its cell's text was set lower down."""
    filled: list[FlowRow] = []
    following: dict[int, str] = {}
    for row in reversed(rows):
        if row.reading is not None and row.section is not None:
            following[row.part] = row.section
        filled.append(_in_section(row, following.get(row.part)))
    return filled[::-1]


def _in_section(row: FlowRow, section: str | None) -> FlowRow:
    """The row in ``section`` where it stands in none, in a table that names its sections in a column."""
    if row.section is not None or row.reading is None or section is None:
        return row
    named = any("section" in (column.role, column.meaning) for column in row.reading.columns)
    return replace(row, section=section) if named else row
