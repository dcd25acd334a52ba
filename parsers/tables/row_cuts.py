"""Rows that no rule parts: a cell that names several sections stands beside the text of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalizers.text.sections import opens_section
from parsers.layout.joined_lines import line_box
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, Table
from parsers.tables.columns import TableReading


@dataclass(frozen=True, slots=True)
class RowCutSettings:
    """Where rows without rules are cut."""

    above_name: float = 1.0
    """Points above a name's line where its row begins. Chosen, within the leading."""


SETTINGS = RowCutSettings()


def cut_at_sections(table: Table, reading: TableReading) -> Table:
    """The table with each row cut where a further section is named; rows below are counted anew."""
    for cell in reversed(table.cells):
        if cell.row >= reading.header_rows and reading.columns[reading.column_of(cell.box)].role == "section":
            heights = _heights(cell)
            row = [other for other in table.cells if other.row == cell.row]
            if len(heights) > 1 and all(other.row_span == 1 for other in row) and _is_free(row, heights):
                table = _cut(table, cell.row, heights)
    return table


def _heights(cell: GridCell) -> list[float]:
    """The heights at which a cell names its sections, empty where it does not hold names only."""
    names: list[list[Line]] = []
    for line in cell.lines:
        text = _text(names[-1]) if names else ""
        if names and not (opens_section(text) and not opens_section(text + line.text.text)):
            names[-1].append(line)
        else:
            names.append([line])
    if not all(opens_section(_text(name)) for name in names):
        return []
    return [line_box(name).top - SETTINGS.above_name for name in names]


def _text(lines: Sequence[Line]) -> str:
    return "".join(line.text.text for line in lines)


def _is_free(row: Sequence[GridCell], heights: Sequence[float]) -> bool:
    """Whether no line of the row lies across one of the heights."""
    boxes = [line.box for cell in row for line in cell.lines]
    return not any(
        box.top + box.height / 4 < height < box.bottom - box.height / 4 for box in boxes for height in heights
    )


def _cut(table: Table, row: int, heights: Sequence[float]) -> Table:
    own = [cell for cell in table.cells if cell.row == row]
    top, bottom = own[0].box.top, own[0].box.bottom
    first = min((line.box.top for cell in own for line in cell.lines), default=top)
    inner = [height for height in heights if height > first + SETTINGS.above_name]
    bounds = [top, *inner, bottom]
    more = len(bounds) - 2
    parts = [
        _part(cell, row + number, (low, high), (top, bottom))
        for number, (low, high) in enumerate(pairwise(bounds))
        for cell in own
    ]
    above = [cell for cell in table.cells if cell.row < row]
    below = [replace(cell, row=cell.row + more) for cell in table.cells if cell.row > row]
    return replace(table, cells=(*above, *parts, *below))


def _part(cell: GridCell, row: int, bounds: tuple[float, float], whole: tuple[float, float]) -> GridCell:
    low, high = bounds
    lines = tuple(line for line in cell.lines if low <= (line.box.top + line.box.bottom) / 2 < high)
    return replace(
        cell,
        row=row,
        box=Box(cell.box.x0, low, cell.box.x1, high),
        lines=lines,
        open_top=cell.open_top if low == whole[0] else False,
        open_bottom=cell.open_bottom if high == whole[1] else False,
    )
