"""The columns of a table as its header tells them: the reading that all later stages look cells up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from normalizers.text.characters import normalize
from parsers.layout.joined_lines import joined_text
from parsers.model.document import CellRole, ColumnDoubt
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Table
from parsers.tables.column_headers import NO_WORDS, HeaderWords
from parsers.tables.header_units import HeaderUnit
from parsers.tables.header_words import HeaderRole

TableKind = Literal["plan", "comparison", "indicators", "reference", "plain"]
FIGURES = frozenset({"target", "actual", "quantity"})
SHARED = -1


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its extent on the page (points) and what its header says.

    ``role`` is the role of its cells; ``meaning`` what header and body together say of them, None where unknown.
    ``title`` is the header verbatim, upper rows first. ``year`` is the fiscal year that the header names, ``words`` all
    else that it says. ``level`` counts the columns of headings from the outermost, None in all others. ``block`` is the
    block of columns it belongs to, SHARED for all of them. ``doubts`` say what was inherited or guessed.
    """

    x0: float
    x1: float
    role: CellRole
    meaning: HeaderRole | None
    title: str | None
    year: int | None
    words: HeaderWords = NO_WORDS
    level: int | None = None
    block: int = 0
    doubts: tuple[ColumnDoubt, ...] = ()
    listed: tuple[HeaderUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """What a form's cell is: a ``label`` itself, or what stands beside the label with this role and ``title``.

    ``paired`` tells that its row has both a name of what is measured and a target, each beside its label.
    """

    role: HeaderRole
    title: str
    label: bool
    paired: bool = False


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table's columns and how many of its rows are its header. Two tables with one ``columns`` are of one kind.

    Where ``transposed``, the table has a row a year: ``columns`` are its rows, and x0 and x1 of a column are the row's
    top and bottom. ``turned`` gives the table and its cells as this reading sees them. ``fields`` are those of a form
    by row and column of their cells; any other table has none.
    """

    kind: TableKind
    columns: tuple[Column, ...]
    header_rows: int
    transposed: bool = False
    fields: Mapping[tuple[int, int], FormField] = field(default_factory=dict)

    def column_of(self, box: Box) -> int:
        """Index of the column that a cell's box covers most; the leftmost of equals.

        A figure set across the columns of several years counts for the latest of them, the plan's own.
        """
        covered = self.covered(box)
        if any(column.meaning == "target" for column in self.columns):
            dated = [index for index in covered if self.columns[index].meaning == "target"]
            if len(dated) > 1 and all(self.columns[index].meaning in FIGURES for index in covered):
                return max(dated, key=lambda index: self.columns[index].year or 0)
        names = [index for index in covered if self.columns[index].meaning == "indicator"]
        if names and all(self.columns[index].meaning in ("group", "indicator") for index in covered):
            # A name set across the columns of groups and of names is one that no group parts.
            return names[-1]
        low, high = self._extent(box)
        shares = [min(high, column.x1) - max(low, column.x0) for column in self.columns]
        return max(range(len(shares)), key=lambda index: (round(shares[index]), -index))

    def covered(self, box: Box) -> list[int]:
        """Indices of the columns of which a cell's box covers at least half."""
        low, high = self._extent(box)
        return [
            index
            for index, column in enumerate(self.columns)
            if 2 * (min(high, column.x1) - max(low, column.x0)) >= column.x1 - column.x0
        ]

    def turned(self, table: Table) -> Table:
        """The table as this reading sees it: with rows and columns exchanged where it is transposed."""
        return turned(table) if self.transposed else table

    def _extent(self, box: Box) -> tuple[float, float]:
        return (box.top, box.bottom) if self.transposed else (box.x0, box.x1)


def turned(table: Table) -> Table:
    """The table with rows and columns exchanged; every box stays where it is on the page."""
    cells = sorted((turned_cell(cell) for cell in table.cells), key=lambda cell: (cell.row, cell.column))
    return replace(table, cells=tuple(cells))


def turned_cell(cell: GridCell) -> GridCell:
    """The cell with row and column exchanged."""
    return replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)


def plain_text(text: str) -> str:
    """A verbatim text normalised and without blanks, as headers and figures are compared."""
    return "".join(normalize(text).text.split())


def cell_text(cell: GridCell) -> str:
    """A cell's lines joined, verbatim."""
    return joined_text([line.text.text for line in cell.lines])
