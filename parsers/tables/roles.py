"""What each column of a table holds: read from the words of its header, or inherited from an earlier table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from normalizers.text.sections import opens_section
from parsers.layout.joined_lines import join_lines
from parsers.model.document import CellRole
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Table
from parsers.tables.column_headers import HeaderRole, HeaderWords, read_header_words

TableKind = Literal["plan", "comparison", "indicators", "reference", "plain"]
HEADER_ROWS = 3
SAME_EDGE = 6.0
NARROW = 2.5
_FIGURE_ROLES = frozenset({"indicator", "target", "actual"})
_EDITION_ROLES = frozenset({"new", "old", "reference"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its extent on the page (points) and what its header says.

    ``role`` is the role of its cells; ``meaning`` what the header's words say of them, None where unknown. ``title`` is
    the header verbatim, upper rows first. ``year`` is the fiscal year that the header names.
    """

    x0: float
    x1: float
    role: CellRole
    meaning: HeaderRole | None
    title: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table's columns and how many of its rows are its header. Two tables with one ``columns`` are of one kind."""

    kind: TableKind
    columns: tuple[Column, ...]
    header_rows: int

    def column_of(self, box: Box) -> int:
        """Index of the column that a cell's box covers most; the leftmost of equals.

        A figure set across the columns of several years counts for the latest of them, the plan's own.
        """
        if self.kind == "indicators":
            dated = [index for index in self.covered(box) if self.columns[index].meaning == "target"]
            if len(dated) > 1:
                return max(dated, key=lambda index: self.columns[index].year or 0)
        shares = [min(box.x1, column.x1) - max(box.x0, column.x0) for column in self.columns]
        return max(range(len(shares)), key=lambda index: (round(shares[index]), -index))

    def covered(self, box: Box) -> list[int]:
        """Indices of the columns of which a cell's box covers at least half."""
        return [
            index
            for index, column in enumerate(self.columns)
            if 2 * (min(box.x1, column.x1) - max(box.x0, column.x0)) >= column.x1 - column.x0
        ]


def cell_text(cell: GridCell) -> str:
    """A cell's lines joined, verbatim."""
    return join_lines(line.text for line in cell.lines)[0].text


def read_table(table: Table) -> TableReading | None:
    """The reading of a table by its own header; None where its first rows are no header."""
    best: TableReading | None = None
    for rows in range(1, HEADER_ROWS + 1):
        reading = _with_header(table, rows)
        if reading is not None and (best is None or _known(reading) > _known(best)):
            best = reading
    return best


def _known(reading: TableReading) -> int:
    return len({column.title for column in reading.columns if column.meaning is not None})


def _with_header(table: Table, rows: int) -> TableReading | None:
    """The reading with the first ``rows`` rows as header, None where they do not look like one."""
    header = [cell for cell in table.cells if cell.row < rows]
    if any(cell.row + cell.row_span > rows for cell in header if cell.lines) and rows < HEADER_ROWS:
        return None
    filled = [cell for cell in header if cell.lines]
    if not filled or any(len(cell.lines) > 4 for cell in filled) or not _lower_rows_name_columns(filled):
        return None
    columns = _columns(header)
    words = [read_header_words(title) for _, _, title in columns]
    if not _is_header(columns, words, header, rows):
        return None
    kind, roles = _roles(words)
    if kind in ("plan", "comparison") and "section" not in roles:
        roles = _with_section(roles, words, columns, table, rows)
    read = tuple(
        Column(x0, x1, role, word.role, title or None, word.year)
        for (x0, x1, title), word, role in zip(columns, words, roles, strict=True)
    )
    return TableReading(kind, read, rows)


def _lower_rows_name_columns(filled: Sequence[GridCell]) -> bool:
    """Whether most cells below the first row are headers in their own words."""
    lower = [read_header_words(cell_text(cell)) for cell in filled if cell.row > 0]
    return not lower or 2 * sum(word.role is not None or word.year is not None for word in lower) > len(lower)


def _columns(header: Sequence[GridCell]) -> list[tuple[float, float, str]]:
    """Extent and title of each column: titles of cells one above the other are joined, upper rows first."""
    edges = sorted({edge for cell in header for edge in (cell.box.x0, cell.box.x1)})
    columns = []
    for x0, x1 in pairwise(edges):
        if x1 - x0 < 1:
            continue
        middle = (x0 + x1) / 2
        above = sorted((cell for cell in header if cell.box.x0 <= middle < cell.box.x1), key=lambda cell: cell.row)
        columns.append((x0, x1, " ".join(text for cell in above if (text := cell_text(cell)))))
    return columns


def _is_header(
    columns: Sequence[tuple[float, float, str]], words: Sequence[HeaderWords], header: Sequence[GridCell], rows: int
) -> bool:
    titled = [word for word, (_, _, title) in zip(words, columns, strict=True) if title]
    known = [word for word in titled if word.role is not None]
    years = {word.year for word in titled if word.year is not None}
    texts = [title for _, _, title in columns if title]
    if any(len(text) > 60 for text in texts) or len(set(texts)) < min(len(texts), 2):
        return False
    roles = {word.role for word in known}
    if {"new", "old"} <= roles or len(years) >= 2:
        return len(known) + len([word for word in titled if word.year and word.role is None]) >= 2
    if len(titled) == 1:
        return len(columns) == 1 and bool(roles & {"content", "reference"}) and len(header) == rows
    return len(known) >= 2 and len(known) * 2 >= len(titled)


def _roles(words: Sequence[HeaderWords]) -> tuple[TableKind, list[CellRole]]:
    meanings = [word.role for word in words]
    if "new" in meanings and "old" in meanings:
        return "comparison", [_edition_role(meaning) for meaning in meanings]
    if _FIGURE_ROLES & set(meanings) and "content" not in meanings:
        return "indicators", ["content"] * len(meanings)
    if "reference" in meanings and not _year_columns(words):
        own = [meaning for meaning in meanings if meaning in ("new", "old")]
        if not own:
            return "reference", ["section" if meaning == "section" else "reference" for meaning in meanings]
    dated = _year_columns(words)
    if len(dated) >= 2:
        years = sorted({year for _, year in dated}, reverse=True)
        by_year: dict[int, CellRole] = {index: "new" if year == years[0] else "old" for index, year in dated}
        if "reference" in meanings:
            by_year |= {index: "reference" for index, meaning in enumerate(meanings) if meaning == "reference"}
        return "comparison", [by_year.get(index) or _edition_role(meaning) for index, meaning in enumerate(meanings)]
    if "section" in meanings or "content" in meanings:
        return "plan", [_edition_role(meaning) for meaning in meanings]
    return "plain", ["content"] * len(meanings)


def _year_columns(words: Sequence[HeaderWords]) -> list[tuple[int, int]]:
    """Index and year of the columns that hold a year's plan in words; empty where they all speak of one year."""
    dated = [
        (index, word.year)
        for index, word in enumerate(words)
        if word.year is not None and word.role in (None, "content", "new", "old")
    ]
    return dated if len({year for _, year in dated}) >= 2 else []


def _edition_role(meaning: HeaderRole | None) -> CellRole:
    if meaning == "section":
        return "section"
    if meaning == "new":
        return "new"
    if meaning == "old":
        return "old"
    return "reference" if meaning == "reference" else "content"


def _with_section(
    roles: list[CellRole],
    words: Sequence[HeaderWords],
    columns: Sequence[tuple[float, float, str]],
    table: Table,
    rows: int,
) -> list[CellRole]:
    """The roles where a column headed 区分 or 項目 names the fields: a narrow first one, or one whose cells do."""
    widest = max(x1 - x0 for x0, x1, _ in columns)
    for index, (x0, x1, _) in enumerate(columns):
        if len(columns) < 2 or words[index].role not in ("group", "indicator"):
            continue
        narrow = index == 0 and (x1 - x0) * NARROW < widest
        if narrow or any(
            cell.row >= rows and x0 - 1 <= cell.box.x0 and cell.box.x1 <= x1 + 1 and opens_section(cell_text(cell))
            for cell in table.cells
        ):
            return [*roles[:index], "section", *roles[index + 1 :]]
    return roles


def inherit(table: Table, earlier: TableReading) -> TableReading | None:
    """``earlier``'s columns for a table without a header, None where its cells do not stand in these columns."""
    left, right = earlier.columns[0].x0, earlier.columns[-1].x1
    if table.box.x0 < left - SAME_EDGE or table.box.x1 > right + SAME_EDGE:
        return None
    edges = [*(column.x0 for column in earlier.columns), right]
    drawn = {edge for cell in table.cells for edge in (cell.box.x0, cell.box.x1)}
    fitting = sum(any(abs(edge - own) <= SAME_EDGE for own in drawn) for edge in edges)
    if fitting < 2 or fitting * 2 < len(edges):
        return None
    return TableReading(earlier.kind, earlier.columns, 0)
