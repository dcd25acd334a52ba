"""Tables in one grid: amid the rows of the first another header begins, and what stands below is under that one.

Read as one table, the figures of the later blocks would be those of the first header's columns.
A cell that stands beside a block's header and all of its rows (健診) names the block and is none of its headers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.model.bare_page import BarePage
from parsers.model.geometry import Box, enclosing
from parsers.model.layout import GridCell, Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.column_headers import HeaderWords, read_header_words
from parsers.tables.columns import FIGURES, cell_text, plain_text
from parsers.tables.roles import read_table


@dataclass(frozen=True, slots=True)
class HeadersAmidSettings:
    """Where a header amid a table's rows begins another."""

    most_grid_cells: int = 2_000
    """A larger table is a form of many squares. Chosen; bounds time."""
    fewest_headers: int = 2
    """Header words side by side. Chosen."""
    fewest_of_text: int = 3
    """Where none of them speaks of figures (取組 | 時期 | 担当): of two, one may be what the other labels. Chosen."""


SETTINGS = HeadersAmidSettings()

_OF_TEXT = frozenset({"indicator", "measure", "group", "content", "section", "number", "note", "schedule", "aside"})
_NAMING = frozenset({"indicator", "measure", "group", "content", "section", "quantity"})


def with_headers_amid(page: BarePage) -> BarePage:
    """The page with each such block as a table of its own."""
    index = max((table.index for table in page.tables), default=-1)
    tables: list[Table] = []
    for table in page.tables:
        top, *below = _blocks(table)
        tables += [top, *(replace(block, index=index + number) for number, block in enumerate(below, 1))]
        index += len(below)
    return replace(page, tables=tuple(tables))


def _blocks(table: Table) -> list[Table]:
    """A table's blocks from top to bottom; the table alone where it is one."""
    if len(table.cells) > SETTINGS.most_grid_cells:
        return [table]
    starts = _rows_of_words(table)
    first = _with_label_below(table) if 0 in starts else table
    if not any(starts):
        return [first]
    reading = read_table(first)
    if reading is not None and reading.transposed:
        return [table]
    if reading is not None and reading.kind in ("comparison", "reference"):
        # Another header would not say which edition stands below it; the same one does.
        heads = [_texts(table, row) for row in range(reading.header_rows)]
        starts = [row for row in starts if _texts(table, row) in heads]
    above = reading.header_rows if reading is not None else 0
    # Whole boxes above a header, one below the other, are no rows of another table.
    first_parted = min((cell.row for cell in table.cells if cell.row >= above and cell.column), default=0)
    starts = [row for row in starts if row > max(above, first_parted)]
    bounds = [row for row in starts if _is_block(_with_label_below(_rows(table, row)))]
    end = max(cell.row for cell in table.cells) + 1
    return [_with_label_below(_rows(table, start, below)) for start, below in pairwise([0, *bounds, end])]


def _rows_of_words(table: Table) -> list[int]:
    """The rows that header words fill from side to side and that no cell from above reaches into."""
    by_row: dict[int, list[GridCell]] = defaultdict(list)
    reached: set[int] = set()
    for cell in table.cells:
        by_row[cell.row].append(cell)
        reached |= set(range(cell.row + 1, cell.row + cell.row_span))
    return [row for row, cells in sorted(by_row.items()) if row not in reached and _are_headers(cells)]


def _texts(table: Table, row: int) -> list[str]:
    return [plain_text(cell_text(cell)) for cell in table.cells if cell.row == row and cell.lines]


def _are_headers(cells: Sequence[GridCell]) -> bool:
    """Whether a row's cells head columns: the first names what is measured or is a label, the others say of figures."""
    filled = [cell for cell in sorted(cells, key=lambda cell: cell.column) if cell.lines]
    if len(filled) < SETTINGS.fewest_headers:
        return False
    said = [(plain_text(text := cell_text(cell)), read_header_words(text)) for cell in filled]
    if any(is_figure(text) for text, words in said if words.comparator or not words.understood):
        # 30年度目標 begins as a figure does; 対前年度以上 is one.
        return False
    first, *others = [words for _, words in said]
    telling = sum(map(_tells_of_figures, others))
    if telling == 0:
        roles = [words.role if words.understood else None for _, words in said]
        return len(said) >= SETTINGS.fewest_of_text and _OF_TEXT.issuperset(roles)
    label = filled[0].row_span > 1 or filled[0].column > 0
    named = label or first.role in _NAMING or _tells_of_figures(first) or telling > 1
    return named and all(words.understood for words in others)


def _tells_of_figures(words: HeaderWords) -> bool:
    """Whether header words say what figures below them are; a bound alone (対前年度以上) is an aim itself."""
    told = words.role in FIGURES or (words.dated and (words.role is None or words.weak))
    return words.understood and told and words.comparator is None


def _rows(table: Table, start: int, end: int | None = None) -> Table:
    """The rows of a table from ``start`` to ``end`` (exclusive; None: all) as a table."""
    cells = tuple(
        replace(cell, row=cell.row - start)
        for cell in table.cells
        if start <= cell.row and (end is None or cell.row < end)
    )
    return replace(table, box=enclosing(cell.box for cell in cells), cells=cells)


def _is_block(table: Table) -> bool:
    """Whether a table's own header stands over names and their figures."""
    reading = read_table(table)
    if reading is None or reading.transposed or reading.kind not in ("indicators", "plan"):
        return False
    body = [cell for cell in table.cells if cell.row >= reading.header_rows and cell.lines]
    under = {reading.columns[reading.column_of(cell.box)].meaning for cell in body}
    return bool(body) and (bool(under & FIGURES) or not any(column.meaning in FIGURES for column in reading.columns))


def _with_label_below(table: Table) -> Table:
    """The table with a cell that stands beside its header and all of its rows beside the rows alone."""
    end = max(cell.row + cell.row_span for cell in table.cells)
    label = next((cell for cell in table.cells if (cell.row, cell.column, cell.row_span) == (0, 0, end)), None)
    heads = [cell for cell in table.cells if cell.row == 0 and cell is not label]
    if label is None or not label.lines or not _are_headers(heads):
        return table
    rows = max(cell.row_span for cell in heads)
    below = [cell for cell in table.cells if cell.row == rows]
    if not below or _are_headers(below):
        return table
    edge = max(cell.box.bottom for cell in heads)
    box = label.box
    corner = replace(label, row_span=rows, box=Box(box.x0, box.top, box.x1, edge), lines=())
    beside = replace(label, row=rows, row_span=end - rows, box=Box(box.x0, edge, box.x1, box.bottom))
    rest = [cell for cell in table.cells if cell is not label]
    return replace(table, cells=tuple(sorted((corner, beside, *rest), key=lambda cell: (cell.row, cell.column))))
