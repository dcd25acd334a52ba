"""Tables side by side in one grid, each under the name of its own field: 基盤的… | 令和5年度 | 戦略的… | 令和5年度.

Blocks under one header repeated word by word are told by ``blocks``; where each block's names stand under another head,
the figures of the right one would be those of the left one's names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.model.bare_page import BarePage
from parsers.model.geometry import enclosing
from parsers.model.layout import GridCell, Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import FIGURES, cell_text, plain_text


@dataclass(frozen=True, slots=True)
class BlockBesideSettings:
    """Which grids hold tables side by side."""

    most_heads: int = 12
    """A wider header repeats nothing. Chosen."""
    fewest_named: float = 0.7
    """Share of the rows in which a block's first column holds words. Chosen: the last block may be shorter."""


SETTINGS = BlockBesideSettings()


def with_blocks_beside(page: BarePage) -> BarePage:
    """The page with each such block as a table of its own."""
    index = max((table.index for table in page.tables), default=-1)
    tables: list[Table] = []
    for table in page.tables:
        blocks = _blocks(table)
        for number, block in enumerate(blocks):
            index += number > 0
            tables.append(replace(block, index=index) if number else block)
    return replace(page, tables=tuple(tables)) if len(tables) > len(page.tables) else page


def _blocks(table: Table) -> list[Table]:
    heads = [cell for cell in table.cells if cell.row == 0]
    if not 4 <= len(heads) <= SETTINGS.most_heads or any(cell.column_span > 1 or not cell.lines for cell in heads):
        return [table]
    titles = [plain_text(cell_text(cell)) for cell in sorted(heads, key=lambda cell: cell.column)]
    period = next((size for size in range(2, len(titles) // 2 + 1) if _repeats(titles, size)), 0)
    if not period:
        return [table]
    bounds = range(0, len(titles), period)
    across = any(cell.column // period != (cell.column + cell.column_span - 1) // period for cell in table.cells)
    if across or not all(_holds_names(table, first) for first in bounds):
        return [table]
    return [_columns(table, first, first + period) for first in bounds]


def _repeats(titles: Sequence[str], period: int) -> bool:
    """Whether heads of figures repeat after ``period`` columns, and those of names between them do not."""
    if len(titles) % period:
        return False
    firsts = titles[::period]
    rest = [titles[at : at + period] for at in range(0, len(titles), period)]
    same = all(block[1:] == rest[0][1:] for block in rest)
    return same and len(set(firsts)) == len(firsts) and all(map(_heads_figures, rest[0][1:]))


def _heads_figures(title: str) -> bool:
    words = read_header_words(title)
    return words.understood and (words.role in FIGURES or (words.dated and (words.role is None or words.weak)))


def _holds_names(table: Table, column: int) -> bool:
    body = [cell for cell in table.cells if cell.row > 0 and cell.column == column]
    named = [cell for cell in body if cell.lines and not is_figure(plain_text(cell_text(cell)))]
    return len(named) > 0 and len(named) >= SETTINGS.fewest_named * len(body)


def _columns(table: Table, first: int, end: int) -> Table:
    """The table of the columns from ``first`` to ``end`` (exclusive), without the empty rows at its foot."""
    cells: list[GridCell] = [
        replace(cell, column=cell.column - first) for cell in table.cells if first <= cell.column < end
    ]
    last = max(cell.row for cell in cells if cell.lines)
    kept = tuple(cell for cell in cells if cell.row <= last)
    return replace(table, box=enclosing(cell.box for cell in kept), cells=kept)
