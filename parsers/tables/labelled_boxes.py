"""Boxes of aims that are drawn as small tables without a header: KPI | name | figure, row below row.

In a cell of another table they are lines of that cell's text, at their height; alone they are a box of text. Read
line by line over their cells, a name of two lines would be cut by the figure that stands beside its middle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from normalizers.text.markers import read_marker
from parsers.layout.joined_lines import run_on, side_by_side
from parsers.model.bare_page import BarePage
from parsers.model.layout import GridCell, Line, Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.captions import SETTINGS as CAPTIONS
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import cell_text, plain_text


@dataclass(frozen=True, slots=True)
class LabelledBoxSettings:
    """Which small tables are boxes of aims."""

    most_box_cells: int = 40
    """A larger table is none. Chosen; bounds time."""
    longest_label: int = 16
    """Characters. Chosen."""
    fewest_listed: int = 3
    """Lines of a label and an item with its figure at least."""
    one_baseline: float = 0.3
    """Em between the pieces of one line of print."""


SETTINGS = LabelledBoxSettings()


def with_labelled_boxes(page: BarePage) -> BarePage:
    """The page with such boxes as lines of the cells that they stand in, those that stand in none as one cell each."""
    boxes = {table.index: host for table in page.tables if (host := _host(table, page.tables)) is not None}
    alone = [table for table in page.tables if table.index not in boxes and _is_labelled(table)]
    if not boxes and not alone:
        return page
    put: dict[tuple[int, int, int], list[Table]] = defaultdict(list)
    for table in page.tables:
        if table.index in boxes:
            put[boxes[table.index]].append(table)
    tables = [
        _as_one_cell(table) if any(table is other for other in alone) else _with_lines(table, put)
        for table in page.tables
        if table.index not in boxes
    ]
    return replace(page, tables=tuple(tables))


def _host(table: Table, tables: Sequence[Table]) -> tuple[int, int, int] | None:
    """The cell of another table (by index, row and column) that a box without a header stands in; None for none."""
    holders = [
        (cell.box.width * cell.box.height, other.index, cell.row, cell.column)
        for other in tables
        if other is not table and other.box.holds(table.box, CAPTIONS.into_table)
        for cell in other.cells
        if cell.box.holds(table.box, CAPTIONS.into_table)
    ]
    # In one row there is no room for a header.
    one_row = len({cell.row for cell in table.cells}) == 1
    return min(holders)[1:] if holders and (one_row or _is_labelled(table)) else None


def _is_labelled(table: Table) -> bool:
    return _is_labelled_beside(table) or _listed(table) is not None


def _listed(table: Table) -> list[Line] | None:
    """The lines of a box in which a label of aims stands above a list whose marks, names and figures have columns of
    their own that no rule parts row by row; None for another table.
    """
    lines = [line for cell in table.cells for line in cell.lines]
    if not SETTINGS.fewest_listed < len(lines) <= SETTINGS.most_box_cells or any(line.vertical for line in lines):
        return None
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.bottom):
        if rows and line.box.bottom - rows[-1][0].box.bottom <= SETTINGS.one_baseline * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    label, *listed = rows
    if len(label) > 1 or not _is_label(label[0].text.text):
        return None
    by_x = [sorted(row, key=lambda line: line.box.x0) for row in listed]
    items = [row for row in by_x if _is_mark(row[0])]
    others = [line for row in by_x if not _is_mark(row[0]) for line in row]
    figured = all(len(row) > 1 and is_figure(plain_text(row[-1].text.text)) for row in items)
    named = not any(is_figure(plain_text(line.text.text)) for line in others)
    return [label[0], *map(side_by_side, by_x)] if items and figured and named else None


def _is_mark(line: Line) -> bool:
    marker = read_marker(line.text.text)
    return marker is not None and not line.text.text[marker.end :].strip()


def _is_labelled_beside(table: Table) -> bool:
    """Whether the first column holds labels of aims (KPI), and nothing that heads a column stands beside them."""
    filled = [cell for cell in table.cells if cell.lines]
    if not 1 < len(filled) <= SETTINGS.most_box_cells:
        return False
    labels = [cell for cell in filled if cell.column == 0]
    others = [cell for cell in filled if cell.column > 0]
    rows = {row for cell in labels for row in range(cell.row, cell.row + cell.row_span)}
    labelled = all(map(_labels_aims, labels)) and all(cell.row in rows for cell in others)
    header = [cell for cell in others if cell.row == 0]
    return bool(labels) and bool(header) and labelled and not all(map(_heads, header))


def _labels_aims(cell: GridCell) -> bool:
    return _is_label(cell_text(cell))


def _is_label(text: str) -> bool:
    words = read_header_words(text) if len(text) <= SETTINGS.longest_label else None
    return words is not None and words.understood and words.role in ("indicator", "target")


def _heads(cell: GridCell) -> bool:
    words = read_header_words(cell_text(cell))
    return words.understood and (words.role is not None or words.dated) and not is_figure(plain_text(cell_text(cell)))


def _as_one_cell(table: Table) -> Table:
    return replace(table, cells=(GridCell(0, 0, 1, 1, table.box, _lines(table)),))


def _with_lines(table: Table, put: Mapping[tuple[int, int, int], Sequence[Table]]) -> Table:
    """The table with the lines of boxes put into its cells, each box before the first line that stands lower."""
    cells: list[GridCell] = []
    for cell in table.cells:
        lines = list(cell.lines)
        for box in put.get((table.index, cell.row, cell.column), ()):
            at = next((at for at, line in enumerate(lines) if line.box.top > box.box.top), len(lines))
            lines[at:at] = _lines(box)
        cells.append(replace(cell, lines=tuple(lines)) if len(lines) > len(cell.lines) else cell)
    return replace(table, cells=tuple(cells))


def _lines(table: Table) -> tuple[Line, ...]:
    listed = None if _is_labelled_beside(table) else _listed(table)
    return tuple(listed or [line for row in _rows(table) for line in row])


def _rows(table: Table) -> Iterator[list[Line]]:
    """The lines of a box row by row: a figure runs on from the name beside it, a name from its label."""
    rows: dict[int, list[GridCell]] = defaultdict(list)
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.lines:
            rows[cell.row].append(cell)
    for cells in rows.values():
        if len(cells) > 1 and is_figure(plain_text(cell_text(cells[-1]))):
            yield run_on([cell.lines for cell in cells])
        else:
            yield [replace(line, limit=cell.box.x1) for cell in cells for line in cell.lines]
