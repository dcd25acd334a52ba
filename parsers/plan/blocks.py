"""A document's pages as blocks in reading order: runs of prose, and tables cut into their logical rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.model.bare_page import BarePage
from parsers.model.document import CellRole
from parsers.model.layout import GridCell, Table
from parsers.paragraphs.placed_lines import PlacedLine
from parsers.paragraphs.text_edges import ColumnEdges, prose_edges
from parsers.plan.field_rows import counted_fields, is_wide, names_field
from parsers.plan.page_editions import PageEdition
from parsers.plan.table_order import tables_among_lines, title_boxes
from parsers.tables.captions import SETTINGS as CAPTIONS
from parsers.tables.columns import FormField, TableReading, turned_cell
from parsers.tables.row_cuts import cut_at_sections
from parsers.tables.row_heads import RowHead, read_row_heads
from parsers.tables.table_sequence import TableSequence


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A cell with its role, the index of its column in the table's reading, and its lines within the column's edges.

    ``grid`` is the cell as the table's reading sees it, ``printed`` as it stands on the page: they differ where a table
    is transposed. ``wide`` tells that it covers several columns or all. ``continues`` is the id of the cell it carries
    on. ``field`` is what it is in a form. ``names_field`` tells that it names the field of the rows below it,
    ``names_box`` that it is the title of a box of text right below it.
    """

    cell_id: str
    page: int
    table_index: int
    grid: GridCell
    printed: GridCell
    role: CellRole
    column: int
    wide: bool
    lines: tuple[PlacedLine, ...]
    continues: str | None = None
    field: FormField | None = None
    names_field: bool = False
    names_box: bool = False


@dataclass(frozen=True, slots=True)
class ProseBlock:
    """Lines outside tables; ``part`` counts the document's parts, ``reference`` tells that it is another's plan."""

    part: int
    reference: bool
    lines: tuple[PlacedLine, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table's part on one page.

    ``table`` numbers the document's tables; ``goes_on`` tells that the one before has the same columns, so that both
    are one. ``groups`` are its body's logical rows, ``heads`` what heads them. ``nested`` are the tables that stand in
    its cells.
    """

    part: int
    reference: bool
    reading: TableReading
    table: int
    goes_on: bool
    drafts: tuple[CellDraft, ...]
    heads: tuple[RowHead, ...]
    groups: tuple[tuple[CellDraft, ...], ...]
    nested: tuple[NestedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class NestedTable:
    """A table that stands in the cell ``host`` of another."""

    host: str
    block: TableBlock


Block = ProseBlock | TableBlock


def read_blocks(pages: Sequence[BarePage], sequence: TableSequence, editions: Mapping[int, PageEdition]) -> list[Block]:
    """All blocks of a document in reading order; tables without a reading hold no text and are left out."""
    edges = ColumnEdges(pages, sequence)
    counted = counted_fields(pages, sequence)
    prose = prose_edges([(page.layout.width, page.lines) for page in pages])
    blocks: list[Block] = []
    for page, part, bounds in zip(pages, _parts(pages, sequence, editions), prose, strict=True):
        reference = page.layout.number in sequence.reference_pages
        placed = [
            PlacedLine(line, page.layout.number, left, line.limit or right)
            for line, (left, right) in zip(page.lines, bounds, strict=True)
        ]
        read = {
            table.index: _table_block(page.layout.number, table, reading, edges, counted, part, reference)
            for table in page.tables
            if (reading := sequence.readings.get((page.layout.number, table.index))) is not None
        }
        titles = title_boxes(page.tables)
        for index in {table for table, _ in titles} & read.keys():
            drafts = tuple(replace(draft, names_box=(index, draft.grid.row) in titles) for draft in read[index].drafts)
            read[index] = replace(read[index], drafts=drafts)
        hosts = {table.index: host for table in page.tables if (host := _host(table, page.tables, read)) is not None}
        for item in tables_among_lines(page.tables, placed):
            if not isinstance(item, Table):
                blocks.append(ProseBlock(part, reference, tuple(item)))
            elif item.index in read and item.index not in hosts:
                nested = tuple(
                    NestedTable(cell_id, read[index])
                    for index, (outer, cell_id) in hosts.items()
                    if outer == item.index
                )
                blocks.append(replace(read[item.index], nested=nested))
    return _numbered(blocks)


def _table_block(
    page: int,
    table: Table,
    reading: TableReading,
    edges: ColumnEdges,
    counted: frozenset[str],
    part: int,
    reference: bool,
) -> TableBlock:
    seen = cut_at_sections(reading.turned(table), reading)
    drafts = _drafts(page, seen, reading, edges, counted)
    heads = read_row_heads(seen, reading)
    return TableBlock(part, reference, reading, 0, False, drafts, heads, tuple(_groups(drafts, reading)))


def _host(table: Table, tables: Sequence[Table], read: Mapping[int, TableBlock]) -> tuple[int, str] | None:
    """The index of the table in whose cell ``table`` stands, the outermost, and that cell's id; None for none."""
    holders = [
        (-other.box.width * other.box.height, other.index, draft.cell_id)
        for other in tables
        if other is not table and other.index in read and table.index in read
        for draft in read[other.index].drafts
        if draft.role != "header"
        and draft.grid.box.holds(table.box, CAPTIONS.into_table)
        and not table.box.holds(other.box, CAPTIONS.into_table)
    ]
    return min(holders)[1:] if holders else None


def _parts(pages: Sequence[BarePage], sequence: TableSequence, editions: Mapping[int, PageEdition]) -> list[int]:
    """The number of the part that each page belongs to: one begins where another's plan or an edition begins."""
    parts: list[int] = []
    part = 0
    begun = False
    held: tuple[bool, str | None] = (False, None)
    for page in pages:
        number = page.layout.number
        own = (number in sequence.reference_pages, editions[number].edition if number in editions else None)
        if own != held and begun:
            part += 1
        held = own
        begun = begun or bool(page.lines) or any((number, table.index) in sequence.readings for table in page.tables)
        parts.append(part)
    return parts


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their tables counted: one that goes on over pages counts once."""
    numbered: list[Block] = []
    last: TableBlock | None = None
    count = 0
    for block in blocks:
        if isinstance(block, ProseBlock):
            numbered.append(block)
            continue
        goes_on = last is not None and last.reading.columns is block.reading.columns
        table = last.table if last is not None and goes_on else count
        count += not goes_on
        nested = tuple(
            replace(inner, block=replace(inner.block, table=count + at)) for at, inner in enumerate(block.nested)
        )
        count += len(nested)
        last = replace(block, table=table, goes_on=goes_on, nested=nested)
        numbered.append(last)
    return numbered


def _drafts(
    page: int, table: Table, reading: TableReading, edges: ColumnEdges, counted: frozenset[str]
) -> tuple[CellDraft, ...]:
    drafts = []
    for cell in table.cells:
        column = reading.column_of(cell.box)
        printed = turned_cell(cell) if reading.transposed else cell
        cell_id = f"c{page:03d}-{table.index}-{printed.row:02d}-{printed.column}"
        left, right = edges.of(reading.columns, column, cell)
        lines = tuple(PlacedLine(line, page, left, line.limit or right, cell_id) for line in cell.lines)
        names = cell.row >= reading.header_rows and names_field(cell, table, reading, counted)
        role = _role(cell, column, reading, names=names)
        wide = is_wide(cell, reading)
        field = reading.fields.get((cell.row, cell.column))
        drafts.append(
            CellDraft(cell_id, page, table.index, cell, printed, role, column, wide, lines, None, field, names)
        )
    return tuple(drafts)


def _role(cell: GridCell, column: int, reading: TableReading, *, names: bool) -> CellRole:
    if cell.row < reading.header_rows:
        return "header"
    role = reading.columns[column].role
    # In a table of figures a field's name is text of the table.
    return "section" if names and reading.kind != "indicators" else role


def _groups(drafts: Sequence[CellDraft], reading: TableReading) -> Iterator[tuple[CellDraft, ...]]:
    """Body cells by logical row: grid rows that a cell of text spans belong together where a plan's text stands."""
    body = [draft for draft in drafts if draft.grid.row >= reading.header_rows]
    if not body:
        return
    last = max(draft.grid.row + draft.grid.row_span for draft in body)
    tied: set[int] = set()
    if reading.kind == "comparison" or not any(column.meaning == "indicator" for column in reading.columns):
        for draft in body:
            if draft.role != "section" and reading.columns[draft.column].meaning != "group":
                tied |= set(range(draft.grid.row + 1, draft.grid.row + draft.grid.row_span))
    starts = [row for row in range(reading.header_rows, last) if row == reading.header_rows or row not in tied]
    groups: list[list[CellDraft]] = [[] for _ in starts]
    for draft in body:
        groups[bisect_right(starts, draft.grid.row) - 1].append(draft)
    yield from (tuple(group) for group in groups if group)
