"""A document's pages as one run of rows: table rows made whole over page breaks, and prose between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from normalizers.text.sections import opens_section
from parsers.model.bare_page import BarePage
from parsers.model.document import CellRole
from parsers.model.layout import GridCell, Table
from parsers.paragraphs.paragraphs import PlacedLine, carries_on, split_paragraphs
from parsers.paragraphs.text_edges import ColumnEdges, prose_edges
from parsers.tables.roles import TableReading, cell_text
from parsers.tables.row_cuts import cut_at_sections
from parsers.tables.table_sequence import TableSequence

LONGEST_SECTION = 60
_REMARKS = frozenset({"note", "number", "target", "actual"})


@dataclass(slots=True)
class CellDraft:
    """A cell with its role; ``lines`` are all that it holds. ``continues`` is the id of the cell it carries on."""

    cell_id: str
    page: int
    table_index: int
    grid: GridCell
    role: CellRole
    continues: str | None = None


@dataclass(slots=True)
class FlowRow:
    """A logical row: what stands side by side, by column, whole over pages.

    ``reading`` is None for text outside tables, which stands in column 0. ``table`` numbers the document's tables and
    ``body_row`` the rows of that one below its header.
    """

    part: int
    number: int
    reading: TableReading | None = None
    table: int = 0
    body_row: int = 0
    section: str | None = None
    reference: bool = False
    columns: dict[int, list[PlacedLine]] = field(default_factory=lambda: defaultdict(list))
    last_cells: dict[int, CellDraft] = field(default_factory=dict)
    open_bottom: bool = False


@dataclass(slots=True)
class Flow:
    """All rows of a document in reading order, and all cells of its tables."""

    rows: list[FlowRow]
    cells: list[CellDraft]


def flow_over_pages(pages: Sequence[BarePage], sequence: TableSequence) -> Flow:
    """Join what page breaks cut: every line outside furniture ends in exactly one row, header cell or section cell."""
    return _FlowBuilder(pages, sequence).build()


class _FlowBuilder:
    def __init__(self, pages: Sequence[BarePage], sequence: TableSequence) -> None:
        self.pages = pages
        self.sequence = sequence
        self.edges = ColumnEdges(pages, sequence)
        self.rows: list[FlowRow] = []
        self.cells: list[CellDraft] = []
        self.part = 0
        self.table = -1
        self.body_row = 0
        self.section: str | None = None
        self.columns: object = None
        self.reference = False

    def build(self) -> Flow:
        prose = prose_edges([(page.layout.width, page.lines) for page in self.pages])
        for page, edges in zip(self.pages, prose, strict=True):
            self._enter_part(page.layout.number in self.sequence.reference_pages)
            placed = [
                PlacedLine(line, page.layout.number, left, right)
                for line, (left, right) in zip(page.lines, edges, strict=True)
            ]
            for block in _in_order(page, placed):
                if isinstance(block, Table):
                    self._add_table(page, block)
                else:
                    self._add_prose(block)
        _fill_first_sections(self.rows)
        return Flow(self.rows, self.cells)

    def _enter_part(self, reference: bool) -> None:
        if reference != self.reference and self.rows:
            self.part += 1
            self.section = None
        self.reference = reference

    def _add_prose(self, lines: list[PlacedLine]) -> None:
        last = self.rows[-1] if self.rows else None
        if last is None or last.reading is not None or last.part != self.part:
            last = FlowRow(self.part, len(self.rows), reference=self.reference)
            self.rows.append(last)
        last.columns[0] += lines

    def _add_table(self, page: BarePage, table: Table) -> None:
        reading = self.sequence.readings.get((page.layout.number, table.index))
        if reading is None:
            return
        table = cut_at_sections(table, reading)
        goes_on = self.columns is reading.columns
        if not goes_on or self.table < 0:
            self.table += 1
            self.body_row = 0
            self.columns = reading.columns
        before = self.rows[-1] if self.rows and goes_on and self.rows[-1].reading is not None else None
        drafts = self._drafts(page, table, reading)
        first = True
        for group in _row_groups(drafts, reading):
            self._add_row(group, drafts, reading, before if first else None)
            first = False

    def _drafts(self, page: BarePage, table: Table, reading: TableReading) -> list[CellDraft]:
        drafts = []
        for cell in table.cells:
            number = page.layout.number
            identity = f"c{number:03d}-{table.index}-{cell.row:02d}-{cell.column}"
            role = self._role(cell, table, reading)
            drafts.append(CellDraft(identity, number, table.index, cell, role))
        self.cells += drafts
        return drafts

    def _role(self, cell: GridCell, table: Table, reading: TableReading) -> CellRole:
        if cell.row < reading.header_rows:
            return "header"
        role = reading.columns[reading.column_of(cell.box)].role
        if role != "section" and reading.kind in ("plan", "comparison", "reference", "plain"):
            return "section" if _names_section(cell, table, reading) else role
        return role

    def _add_row(
        self, group: list[CellDraft], drafts: Sequence[CellDraft], reading: TableReading, before: FlowRow | None
    ) -> None:
        own_section = _section_beside(group, drafts) or self._section_in_group(group, reading)
        wide = [draft for draft in group if draft.role == "section" and _is_wide(draft.grid, reading)]
        if wide:
            self.section = cell_text(wide[0].grid)
            return
        if own_section and before is not None and self._section_runs_on(own_section, group, drafts):
            self._lengthen_section(own_section)
        elif own_section and own_section != self.section:
            self.section, before = own_section, None
        texts = self._columns_of(group, reading)
        row = before if before is not None and self._carries_on(before, group, texts, reading) else None
        if row is None:
            row = FlowRow(self.part, len(self.rows), reading, self.table, self.body_row, self.section, self.reference)
            self.rows.append(row)
            self.body_row += 1
        for draft in group:
            column = reading.column_of(draft.grid.box)
            if draft.role in ("section", "header"):
                continue
            earlier = row.last_cells.get(column)
            if earlier is not None and earlier.page < draft.page:
                draft.continues = earlier.cell_id
            row.last_cells[column] = draft
        for column, lines in texts.items():
            row.columns[column] += lines
        row.open_bottom = any(draft.grid.open_bottom for draft in group)

    def _section_runs_on(self, text: str, group: Sequence[CellDraft], drafts: Sequence[CellDraft]) -> bool:
        """Whether a field's cell at a page's head holds the rest of the name that a page break cut."""
        cell = _section_cell(group, drafts)
        if self.section is None or cell is None or not (cell.grid.open_top or cell.grid.row == group[0].grid.row):
            return False
        whole = opens_section(self.section + text)
        return whole is not None and opens_section(text) is None and opens_section(self.section) is None

    def _lengthen_section(self, text: str) -> None:
        cut = self.section
        self.section = f"{cut}{text}"
        for row in reversed(self.rows):
            if row.section != cut:
                break
            row.section = self.section

    def _section_in_group(self, group: Sequence[CellDraft], reading: TableReading) -> str | None:
        """In a table of figures the field stands in a column of groups; it is text of the table there."""
        if reading.kind != "indicators":
            return None
        for draft in group:
            meaning = reading.columns[reading.column_of(draft.grid.box)].meaning
            text = cell_text(draft.grid)
            if meaning in ("section", "group") and text and opens_section(text) is not None:
                return text
        return None

    def _columns_of(self, group: Sequence[CellDraft], reading: TableReading) -> dict[int, list[PlacedLine]]:
        columns: dict[int, list[PlacedLine]] = {}
        for draft in sorted(group, key=lambda draft: (draft.grid.row, draft.grid.column)):
            if draft.role in ("section", "header"):
                continue
            column = reading.column_of(draft.grid.box)
            left, right = self.edges.of(reading.columns, column, draft.grid)
            columns.setdefault(column, []).extend(
                PlacedLine(line, draft.page, left, right, draft.cell_id) for line in draft.grid.lines
            )
        return columns

    def _carries_on(
        self,
        before: FlowRow,
        group: Sequence[CellDraft],
        texts: dict[int, list[PlacedLine]],
        reading: TableReading,
    ) -> bool:
        """Whether a page's first row is the rest of the row at the foot of the page before."""
        pages = {draft.page for draft in group}
        if any(last.page in pages for last in before.last_cells.values()):
            return False
        if before.section != self.section:
            return False
        if before.open_bottom or any(draft.grid.open_top for draft in group if draft.grid.lines):
            return True
        filled = [column for column, lines in texts.items() if lines]
        if reading.kind == "indicators" and len(filled) * 2 > len(reading.columns):
            return False
        spoken = [column for column in filled if reading.columns[column].meaning not in _REMARKS]
        for column in spoken or filled:
            earlier = before.columns.get(column)
            if earlier and carries_on(split_paragraphs(earlier)[-1].lines, texts[column][0], texts[column][1:9]):
                return True
        return _section_goes_on(group, reading)


def _section_goes_on(group: Sequence[CellDraft], reading: TableReading) -> bool:
    """Whether a row with a blank field beside it is the rest of the row that the field's cell stands beside alone."""
    sections = [draft for draft in group if draft.role == "section"]
    if len(sections) != 1 or sections[0].grid.lines or len(reading.columns) != 2:
        return False
    return sections[0].grid.row_span == max(draft.grid.row_span for draft in group if draft.role != "section")


def _in_order(page: BarePage, lines: Sequence[PlacedLine]) -> Iterator[Table | list[PlacedLine]]:
    """A page's tables and the runs of lines between them, from top to bottom; lines keep their order."""
    tables = sorted(page.tables, key=lambda table: (table.box.top, table.box.x0))
    rest = list(lines)
    for table in tables:
        above = [line for line in rest if line.line.box.bottom <= table.box.top + 2]
        if above:
            yield above
            rest = [line for line in rest if line.line.box.bottom > table.box.top + 2]
        yield table
    if rest:
        yield rest


def _row_groups(drafts: Sequence[CellDraft], reading: TableReading) -> Iterator[list[CellDraft]]:
    """Body cells by logical row: grid rows that a cell of text spans belong together, but not in a table of figures."""
    body = [draft for draft in drafts if draft.grid.row >= reading.header_rows]
    if not body:
        return
    last = max(draft.grid.row + draft.grid.row_span for draft in body)
    tied = set()
    if reading.kind != "indicators":
        for draft in body:
            if draft.role != "section" and reading.columns[reading.column_of(draft.grid.box)].meaning != "group":
                tied |= set(range(draft.grid.row + 1, draft.grid.row + draft.grid.row_span))
    start = reading.header_rows
    for row in range(start + 1, last + 1):
        if row in tied and row < last:
            continue
        group = [draft for draft in body if start <= draft.grid.row < row]
        if group:
            yield group
        start = row


def _section_beside(group: Sequence[CellDraft], drafts: Sequence[CellDraft]) -> str | None:
    """The text of the field's cell that stands beside a row, None where it is blank or there is none."""
    cell = _section_cell(group, drafts)
    return cell_text(cell.grid) if cell is not None else None


def _section_cell(group: Sequence[CellDraft], drafts: Sequence[CellDraft]) -> CellDraft | None:
    middle = (min(draft.grid.box.top for draft in group) + max(draft.grid.box.bottom for draft in group)) / 2
    for draft in drafts:
        if draft.role == "section" and draft.grid.box.top <= middle <= draft.grid.box.bottom and draft.grid.lines:
            return draft
    return None


def _is_wide(cell: GridCell, reading: TableReading) -> bool:
    return len(reading.covered(cell.box)) > 1 or len(reading.columns) == 1


def _names_section(cell: GridCell, table: Table, reading: TableReading) -> bool:
    """Whether a cell across the whole table names the field of the rows below it."""
    text = cell_text(cell)
    if not text or len(text) > LONGEST_SECTION or not _is_wide(cell, reading):
        return False
    if any(other is not cell and other.row == cell.row and other.lines for other in table.cells):
        return False
    if len(reading.columns) == 1:
        return False
    return opens_section(text) is not None or reading.kind == "comparison"


def _fill_first_sections(rows: Sequence[FlowRow]) -> None:
    """Rows before a part's first named field stand in that field: its cell's text was set lower down."""
    for index, row in enumerate(rows):
        if row.section is None and row.reading is not None:
            following = next(
                (
                    other.section
                    for other in rows[index + 1 :]
                    if other.part == row.part and other.reading is not None and other.section is not None
                ),
                None,
            )
            if following and any(column.role == "section" for column in row.reading.columns):
                row.section = following
