"""Rows of a document's tables as they become whole over page breaks: which is the rest of which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from normalizers.text.markers import read_marker
from parsers.paragraphs.paragraphs import SETTINGS as PARAGRAPHS
from parsers.paragraphs.paragraphs import carries_on, split_paragraphs
from parsers.paragraphs.placed_lines import PlacedLine
from parsers.plan.blocks import CellDraft
from parsers.tables.column_headers import HeaderWords
from parsers.tables.columns import FIGURES, Column, TableReading


@dataclass(frozen=True, slots=True)
class FlowSettings:
    """Rows that a page break may have cut."""

    room_for_line: float = 2.5
    """Em below a name in its cell from which on its next line would have stood there. Nearest: 3.3. Chosen."""
    most_note_lines: int = 6
    """Lines of notes at a page's foot. Chosen."""


SETTINGS = FlowSettings()

_REMARKS = frozenset({"note", "aside", "number", "unit", "comparator", "schedule"})

Lines = tuple[PlacedLine, ...]


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A logical row: what stands side by side, by column, whole over pages.

    ``reading`` is None for text outside tables, which stands in column 0. ``table`` numbers the document's tables and
    ``body_row`` the rows of that one below its header. ``heads`` is what the cells that head the row say of its
    figures, by block of columns. ``last_cells`` are each column's last cell so far. ``host`` is the column of another
    table in whose cell this row's table stands; it has that one's row's number.
    """

    part: int
    number: int
    reading: TableReading | None = None
    table: int = 0
    body_row: int = 0
    section: str | None = None
    reference: bool = False
    heads: Mapping[int, HeaderWords] = field(default_factory=dict)
    columns: Mapping[int, Lines] = field(default_factory=dict)
    last_cells: Mapping[int, CellDraft] = field(default_factory=dict)
    open_bottom: bool = False
    host: Column | None = None


def is_footnote(row: FlowRow) -> bool:
    """Whether a row is notes at a page's foot: the table above them may go on over the page."""
    lines = row.columns.get(0, ()) if row.reading is None else ()
    marker = read_marker(lines[0].text) if lines else None
    return marker is not None and marker.kind.note and len(lines) <= SETTINGS.most_note_lines


def carries_row_on(
    before: FlowRow,
    group: Sequence[CellDraft],
    texts: Mapping[int, Lines],
    reading: TableReading,
    named_above: Mapping[int, Lines],
    always_named: frozenset[int] = frozenset(),
) -> bool:
    """Whether a page's first row is the rest of the row at the foot of the page before.

    ``named_above`` are the last names of measures by column; ``always_named`` are the columns that each row of the
    table so far fills.
    """
    pages = {draft.page for draft in group}
    if any(last.page in pages for last in before.last_cells.values()):
        return False
    is_open = before.open_bottom or any(draft.grid.open_top for draft in group if draft.grid.lines)
    if is_open and not _is_named_anew(before, group, reading):
        return True
    filled = [column for column, lines in texts.items() if lines]
    if reading.kind == "indicators" and len(filled) * 2 > len(reading.columns):
        return False
    # Beside names of indicators a target is a figure; in a column of their own aims run on as text does.
    named = any(column.meaning == "indicator" for column in reading.columns)
    silent = _REMARKS | FIGURES if named else _REMARKS
    spoken = [column for column in filled if reading.columns[column].meaning not in silent]
    # Where names of measures head the rows, one that is no rest of the name before begins a row of its own.
    names = [column for column in spoken if column in named_above]
    if names and (_begins_anew(before, texts, names) or all(_left_room(before.last_cells.get(c)) for c in names)):
        return False
    # A name of an indicator of its own begins a row of its own, whatever stands beside it.
    indicators = [c for c in spoken if reading.columns[c].meaning == "indicator" and before.columns.get(c)]
    for column in names or indicators or spoken or filled:
        earlier = named_above.get(column) or before.columns.get(column)
        if earlier and _is_rest(earlier, texts[column]):
            return True
    return _is_without_its_name(group, texts, always_named) or _section_goes_on(group, reading)


def _is_named_anew(before: FlowRow, group: Sequence[CellDraft], reading: TableReading) -> bool:
    """Whether rules close the name of an indicator before and after the page's end: only a cell beside several rows is
    open there.
    """
    ends = [
        (before.last_cells.get(draft.column), draft)
        for draft in group
        if reading.columns[draft.column].meaning == "indicator" and draft.grid.lines
    ]
    return any(
        last is not None and last.grid.lines and not last.grid.open_bottom and not draft.grid.open_top
        for last, draft in ends
    )


def _is_rest(earlier: Lines, lines: Lines) -> bool:
    """Whether a page's first lines carry on the last paragraph of ``earlier``."""
    return carries_on(split_paragraphs(earlier)[-1].lines, lines[0], lines[1 : PARAGRAPHS.lines_ahead + 1])


def _begins_anew(before: FlowRow, texts: Mapping[int, Lines], names: Sequence[int]) -> bool:
    """Whether all that stands beside the names was at an end at the page's foot, and begins anew on the next."""
    beside = [(before.columns.get(column, ()), lines) for column, lines in texts.items() if column not in names]
    told = [(earlier, lines) for earlier, lines in beside if earlier and lines]
    return len(told) > 1 and not any(_is_rest(earlier, lines) for earlier, lines in told)


def _left_room(cell: CellDraft | None) -> bool:
    """Whether a name at a page's foot had room for another line in its cell: no page break cut it."""
    if cell is None or not cell.grid.lines:
        return False
    last = max(cell.grid.lines, key=lambda line: line.box.bottom)
    return cell.grid.box.bottom - last.box.bottom >= SETTINGS.room_for_line * last.size


def _is_without_its_name(group: Sequence[CellDraft], texts: Mapping[int, Lines], always_named: frozenset[int]) -> bool:
    """Whether a row is blank in its first cells, where each of the table's rows says what it is of."""
    filled = [column for column, lines in texts.items() if lines]
    blank = {draft.column for draft in group if not draft.grid.lines}
    return bool(filled) and any(column in blank and column < min(filled) for column in always_named)


def _section_goes_on(group: Sequence[CellDraft], reading: TableReading) -> bool:
    """Whether a row with a blank section is the rest of the row that the section's cell stands beside alone."""
    sections = [draft for draft in group if draft.role == "section"]
    if len(sections) != 1 or sections[0].grid.lines or len(reading.columns) != 2:
        return False
    return sections[0].grid.row_span == max(draft.grid.row_span for draft in group if draft.role != "section")
