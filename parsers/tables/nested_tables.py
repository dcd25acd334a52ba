"""Tables that fill a cell of another from border to border: their rulings cut the outer table's rows and columns.

The strokes alone cannot tell such a table from rows of the outer one. Its first row can: it is a header of its own,
below the outer header, which does not part its columns, while a cell beside it runs over all of its rows or it lies
across columns of the outer table: 指標 | 令和6年度 | 令和5年度 under 新 | 旧.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.model.bare_page import BarePage
from parsers.model.geometry import enclosing
from parsers.model.layout import GridCell, Table
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import FIGURES, cell_text
from parsers.tables.header_rows import find_header
from parsers.tables.roles import read_table


@dataclass(frozen=True, slots=True)
class NestedTableSettings:
    """Tables in cells of tables."""

    most_cells: int = 1_000
    """A larger table is a form of many squares, none of whose cells holds a table. Chosen; bounds time."""


SETTINGS = NestedTableSettings()


def with_nested_tables(page: BarePage) -> BarePage:
    """The page with such tables as tables of their own, each in one cell of the outer table."""
    tables: list[Table] = []
    index = max((table.index for table in page.tables), default=-1)
    for table in page.tables:
        outer, inner = _parted(table)
        tables.append(outer)
        for cells in inner:
            index += 1
            tables.append(Table(index, enclosing(cell.box for cell in cells), _numbered_anew(cells)))
    return replace(page, tables=tuple(tables)) if len(tables) > len(page.tables) else page


def _parted(table: Table) -> tuple[Table, list[list[GridCell]]]:
    """A table without those nested in its cells, and their cells."""
    if len(table.cells) > SETTINGS.most_cells:
        return table, []
    header = find_header(table)
    rows = header.rows if header else 0
    headed = {edge for cell in table.cells if cell.row < rows for edge in _sides(cell)}
    found = [held for held in _across(table, rows, headed) if _is_table(held)] if header else []
    taken = {id(cell) for held in found for cell in held}
    beside = [held for held in _candidates(table, rows) if not taken & {id(cell) for cell in held}]
    found += [held for held in beside if not _cut(held) <= headed and _is_table(held)]
    if not found:
        return table, []
    taken = {id(cell) for held in found for cell in held}
    hosts = [_host(held) for held in found]
    cells = [cell for cell in table.cells if id(cell) not in taken] + hosts
    return replace(table, cells=_numbered_anew(cells)), found


def _across(table: Table, first_row: int, headed: set[int]) -> Iterator[list[GridCell]]:
    """The cells of headers of years that lie across columns ``headed`` apart, with the rows below that keep to them."""
    end = first_row
    for row in sorted({cell.row for cell in table.cells}):
        heads = [cell for cell in table.cells if cell.row == row and cell.row_span == 1]
        if row < end or not _heads_years(heads):
            continue
        left, right = min(map(_sides, heads))[0], max(map(_sides, heads))[1]
        inner = _cut(heads)
        if inner <= headed or not inner & headed:
            continue
        inside = [cell for cell in table.cells if left <= cell.column and cell.column + cell.column_span <= right]
        end = row + 1
        while _keeps_to(inner, [cell for cell in inside if cell.row <= end < cell.row + cell.row_span], headed):
            end += 1
        yield [cell for cell in inside if row <= cell.row and cell.row + cell.row_span <= end]


def _heads_years(cells: Sequence[GridCell]) -> bool:
    """Whether all cells of a row are headers, one of names and those of figures of two years."""
    words = [read_header_words(cell_text(cell)) for cell in cells]
    years = {(each.year, each.year_number, each.offset) for each in words if each.dated}
    named = any(each.role in ("indicator", "measure", "group") for each in words)
    return len(years) > 1 and named and all(each.understood for each in words)


def _keeps_to(inner: set[int], cells: Sequence[GridCell], headed: set[int]) -> bool:
    """Whether a row is parted at ``inner`` edges alone, and not only where the outer header is."""
    own = _cut(cells) if cells else set()
    return own <= inner and not own <= headed


def _cut(cells: Sequence[GridCell]) -> set[int]:
    """Where cells part what is one cell in other rows: at columns that the table's own header parts, it is in rows."""
    edges = {edge for cell in cells for edge in _sides(cell)}
    return edges - {min(edges), max(edges)}


def _sides(cell: GridCell) -> tuple[int, int]:
    return cell.column, cell.column + cell.column_span


def _candidates(table: Table, first_row: int) -> Iterator[list[GridCell]]:
    """The cells that part what is one cell in other rows, as far as a cell beside them runs over their rows."""
    spans = {
        (cell.column, cell.column + cell.column_span)
        for cell in table.cells
        if cell.column_span > 1 and (cell.column > 0 or cell.column_span < _width(table))
    }
    seen: set[int] = set()
    for left, right in sorted(spans, key=lambda span: span[0] - span[1]):
        inside = [cell for cell in table.cells if left <= cell.column and cell.column + cell.column_span <= right]
        for beside in table.cells:
            if beside.row_span < 2 or beside.row < first_row or not beside.lines:
                continue
            if beside.column + beside.column_span != left and beside.column != right:
                continue
            below = beside.row + beside.row_span
            held = [cell for cell in inside if beside.row <= cell.row and cell.row + cell.row_span <= below]
            held = _without_whole_rows(held, right - left)
            if held and not seen & {id(cell) for cell in held}:
                seen |= {id(cell) for cell in held}
                yield held


def _without_whole_rows(cells: Sequence[GridCell], width: int) -> list[GridCell]:
    """The cells between lines of text that stand in one cell each, above and below the parted rows."""
    parted = [cell.row for cell in cells if cell.column_span < width]
    return [cell for cell in cells if parted and min(parted) <= cell.row <= max(parted)]


def _is_table(cells: Sequence[GridCell]) -> bool:
    """Whether cells are a table of figures with a header of its own."""
    numbered = _numbered_anew(cells)
    if len({cell.row for cell in numbered}) < 2 or len({cell.column for cell in numbered}) < 2:
        return False
    reading = read_table(Table(0, enclosing(cell.box for cell in cells), numbered))
    return reading is not None and any(column.meaning in FIGURES for column in reading.columns)


def _host(cells: Sequence[GridCell]) -> GridCell:
    """The cell that a nested table fills."""
    row, column = min(cell.row for cell in cells), min(cell.column for cell in cells)
    rows = max(cell.row + cell.row_span for cell in cells) - row
    columns = max(cell.column + cell.column_span for cell in cells) - column
    return GridCell(row, column, rows, columns, enclosing(cell.box for cell in cells), ())


def _width(table: Table) -> int:
    return max(cell.column + cell.column_span for cell in table.cells)


def _numbered_anew(cells: Sequence[GridCell]) -> tuple[GridCell, ...]:
    """The cells in order, rows and columns counted by the borders that are left."""
    rows = _places({edge for cell in cells for edge in (cell.row, cell.row + cell.row_span)})
    columns = _places({edge for cell in cells for edge in (cell.column, cell.column + cell.column_span)})
    numbered = [
        replace(
            cell,
            row=rows[cell.row],
            column=columns[cell.column],
            row_span=rows[cell.row + cell.row_span] - rows[cell.row],
            column_span=columns[cell.column + cell.column_span] - columns[cell.column],
        )
        for cell in cells
    ]
    return tuple(sorted(numbered, key=lambda cell: (cell.row, cell.column)))


def _places(edges: set[int]) -> dict[int, int]:
    return {edge: place for place, edge in enumerate(sorted(edges))}
