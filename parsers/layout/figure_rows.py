"""Rows of figures that no rule parts: in statistics a frame and uprights hold many rows between two level rules.

Wrapped text alone never parts a cell. Rows are told where lines that are bare figures stand side by side, on common
baselines, in columns that hold nothing else, with words beside them as headings of their rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from parsers.layout.figures import is_bare_figure
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, Table


@dataclass(frozen=True, slots=True)
class FigureRowSettings:
    """Rows of figures without rules. Counts and shares are chosen."""

    row_spread_of_figures: float = 0.3
    """Em between the baselines of one row."""
    near_row: float = 0.8
    """Em: a wrapped heading stands half a line above and below the middle of its row."""
    figures: float = 0.8
    """Share of a column's lines, from its first figure on, that are figures."""
    fewest_figure_rows: int = 3
    """Rows that make a table of figures."""
    filled: float = 0.67
    """Share of the places in rows and columns of figures that hold one."""
    headed: float = 0.8
    """Share of the rows that have words of their own beside their figures."""
    name_share: float = 0.5
    """Lines of a name of several rows, as a share of those beside it, at most."""
    name_gap: float = 0.6
    """Em between the lines of such a name at most."""
    indent: float = 0.25
    """Em by which a line that carries on the one above it stands farther in."""
    full_line: float = 0.92
    """Share of its cell's width that a line of running text takes."""
    full_share: float = 0.34
    """Share of such lines in a column of headings at most."""
    leaders: int = 2
    """Points at the end of a line that lead to a figure."""
    usual_size: float = 0.8
    """Times a line's size that its characters other than raised ones have."""


SETTINGS = FigureRowSettings()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of one cell: the cell's place among those side by side, the line's baseline."""

    column: int
    baseline: float
    line: Line
    is_figure: bool


def with_figure_rows(table: Table) -> Table:
    """The table with each ruled row that holds several rows of figures parted into these; later rows count anew.

    Where a ruled row holds three or more, others of the table may hold two: two lines in a cell of figures alone are
    as often a rate and its count.
    """
    many = _with_rows(table, SETTINGS.fewest_figure_rows)
    return table if many is table else _with_rows(many, 2)


def _with_rows(table: Table, fewest: int) -> Table:
    full = {cell.row for cell in table.cells if cell.row_span == 1 and len(cell.lines) >= fewest}
    for row in sorted(full, reverse=True):
        held = [cell for cell in table.cells if cell.row == row and cell.row_span == 1]
        beside = [cell for cell in held if _stands_for_rows(cell, held)]
        own = [cell for cell in held if cell not in beside]
        heights = _heights(own, fewest)
        if heights:
            table = _parted(table, row, own, heights)
    return table


def _stands_for_rows(cell: GridCell, beside: Sequence[GridCell]) -> bool:
    """Whether a cell names all rows of the cells to its right: a name on its side, or a short one beside many lines."""
    if any(line.vertical for line in cell.lines):
        return True
    right = next((other for other in beside if other.column == cell.column + cell.column_span), None)
    if not cell.lines or right is None or len(cell.lines) > SETTINGS.name_share * len(right.lines):
        return False
    gaps = [below.box.top - above.box.bottom for above, below in pairwise(cell.lines)]
    worded = not any(is_bare_figure(line.text.text) for line in (*cell.lines, *right.lines))
    return worded and all(gap < SETTINGS.name_gap * cell.lines[0].size for gap in gaps)


def _heights(cells: Sequence[GridCell], fewest: int) -> list[float]:
    """The heights that part the rows of figures within cells side by side, none for fewer rows than ``fewest``."""
    entries = [
        _Entry(column, _baseline(line), line, is_bare_figure(line.text.text))
        for column, cell in enumerate(cells)
        for line in cell.lines
    ]
    columns = {column: list(held) for column, held in groupby(entries, key=lambda entry: entry.column)}
    anchors = {column for column, held in columns.items() if _is_of_figures(held)}
    rows = _rows([entry for entry in entries if entry.column in anchors and entry.is_figure])
    count = sum(len(row) for row in rows)
    if len(anchors) < 2 or len(rows) < fewest or count < SETTINGS.filled * len(rows) * len(anchors):
        return []
    if not _are_headed(cells, columns, anchors, rows):
        return []
    groups = [list(row) for row in rows]
    _join_others([entry for entry in entries if not (entry.column in anchors and entry.is_figure)], groups)
    groups.sort(key=lambda group: group[0].baseline)
    bounds = []
    for above, below in pairwise(groups):
        low = max(entry.line.box.bottom for entry in above)
        high = min(entry.line.box.top for entry in below)
        bounds.append((low + high) / 2)
    return bounds if all(b > a for a, b in pairwise(bounds)) else []


def _baseline(line: Line) -> float:
    return next((g.baseline for g in line.glyphs if g.size >= SETTINGS.usual_size * line.size), line.box.bottom)


def _is_of_figures(entries: Sequence[_Entry]) -> bool:
    """Whether a cell's lines are figures, but for a heading above them."""
    first = next((index for index, entry in enumerate(entries) if entry.is_figure), len(entries))
    below = entries[first:]
    return len(below) > 1 and sum(entry.is_figure for entry in below) >= SETTINGS.figures * len(below)


def _rows(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """Lines that stand on one baseline, from top to bottom."""
    rows: list[list[_Entry]] = []
    for entry in sorted(entries, key=lambda entry: entry.baseline):
        if rows and entry.baseline - rows[-1][0].baseline <= SETTINGS.row_spread_of_figures * entry.line.size:
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return rows


def _are_headed(
    cells: Sequence[GridCell],
    columns: dict[int, list[_Entry]],
    anchors: set[int],
    rows: Sequence[Sequence[_Entry]],
) -> bool:
    """Whether words stand beside the figures, line by line and not as running text; or figures alone fill the cells."""
    worded = {column: held for column, held in columns.items() if column not in anchors}
    if not worded:
        return True
    first = min(worded)
    if min(anchors) < first:
        first = min(anchors)
    nearest = [(entry, min(rows, key=lambda row: abs(row[0].baseline - entry.baseline))) for entry in columns[first]]
    headed = {id(row) for entry, row in nearest if _beside(entry, row)}
    if len(headed) < SETTINGS.headed * len(rows):
        return False
    return not any(_is_running(cells[column], held) for column, held in worded.items())


def _is_running(cell: GridCell, entries: Sequence[_Entry]) -> bool:
    """Whether a cell's lines are those of running text: they fill it."""
    full = [
        entry.line
        for entry in entries
        if entry.line.box.x1 - cell.box.x0 >= SETTINGS.full_line * cell.box.width
        and not "".join(entry.line.text.text.split()).endswith("." * SETTINGS.leaders)
    ]
    return len(full) > SETTINGS.full_share * len(entries)


def _beside(entry: _Entry, row: Sequence[_Entry]) -> bool:
    return abs(entry.baseline - row[0].baseline) <= SETTINGS.near_row * entry.line.size


def _join_others(entries: Sequence[_Entry], groups: list[list[_Entry]]) -> None:
    """Put the lines that are no figures to the rows they stand in; a line apart from all is a row of its own.

    Lines of a heading that was wrapped stand half a line above and below the middle of their row, or the figures stand
    beside its first or its last line.
    """
    figures = [(group[0].baseline, group) for group in groups]
    apart: list[list[_Entry]] = []
    for entry in sorted(entries, key=lambda entry: entry.baseline):
        baseline, nearest = min(figures, key=lambda pair: abs(pair[0] - entry.baseline))
        if abs(baseline - entry.baseline) <= SETTINGS.near_row * entry.line.size:
            nearest.append(entry)
        elif apart and entry.baseline - apart[-1][0].baseline <= SETTINGS.row_spread_of_figures * entry.line.size:
            apart[-1].append(entry)
        else:
            apart.append([entry])
    ordered = sorted([*groups, *apart], key=lambda group: group[0].baseline)
    headings = [min(group, key=lambda entry: entry.line.box.x0).line for group in ordered]
    for index, group in enumerate(ordered):
        if not any(group is one for one in apart):
            continue
        below, above = ordered[index + 1 :][:1], ordered[index - 1 : index]
        if below and below[0] in groups and _goes_on(headings[index], headings[index + 1], headings[index + 2 :][:1]):
            below[0].extend(group)
        elif above and above[0] in groups and _goes_on(headings[index - 1], headings[index], headings[index + 1 :][:1]):
            above[0].extend(group)
        else:
            groups.append(group)


def _goes_on(line: Line, other: Line, after: Sequence[Line]) -> bool:
    """Whether a row's heading is carried on by the line below it: that stands farther in, and what follows does not."""
    indent = SETTINGS.indent * line.size
    return other.box.x0 > line.box.x0 + indent and all(one.box.x0 < other.box.x0 - indent for one in after)


def _parted(table: Table, row: int, own: Sequence[GridCell], heights: Sequence[float]) -> Table:
    more = len(heights)
    cells: list[GridCell] = []
    for cell in table.cells:
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + more))
        elif cell.row + cell.row_span <= row:
            cells.append(cell)
        elif cell in own:
            cells += _parts(cell, heights)
        else:
            cells.append(replace(cell, row_span=cell.row_span + more))
    return replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _parts(cell: GridCell, heights: Sequence[float]) -> list[GridCell]:
    bounds = [cell.box.top, *heights, cell.box.bottom]
    last = len(bounds) - 2
    return [
        replace(
            cell,
            row=cell.row + number,
            box=Box(cell.box.x0, top, cell.box.x1, bottom),
            lines=tuple(line for line in cell.lines if top <= (line.box.top + line.box.bottom) / 2 < bottom),
            open_top=cell.open_top and number == 0,
            open_bottom=cell.open_bottom and number == last,
        )
        for number, (top, bottom) in enumerate(pairwise(bounds))
    ]
