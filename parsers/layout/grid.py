"""Rulings to tables: which areas of a page they close, as cells with their true spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from parsers.layout.figure_columns import walls_within_columns
from parsers.layout.filled_tables import filled_tables, stripe_edges
from parsers.layout.floating_frames import floating_frames
from parsers.layout.nested_boxes import Edge, NestedBox, without_nested
from parsers.layout.open_tables import columns_in_frame, lone_uprights, missing_uprights
from parsers.model.geometry import Box
from parsers.model.page import Fill, Glyph, Stroke


@dataclass(frozen=True, slots=True)
class GridSettings:
    """Rulings to cells. Points unless said otherwise."""

    snap: float = 3.0
    """Rulings within this are one: double lines, rounding. Nearest: 1.8 and 3.6."""
    reach: float = 3.0
    """Rulings that come so near meet: Word leaves up to 1.5 between a border's pieces, its cells pad their text by 5.4.
    Nearest: 1.5 and 3.1.
    """
    least_open: float = 6.0
    """A ruling that runs so far beyond the last line across it leaves a cell open there. Nearest: 1.08 and 21.2."""
    thickest: float = 3.0
    """No ruling is thicker."""
    wall_share: float = 0.6
    """Share of a lattice edge that a ruling must cover to be a wall there. Nearest: 0.0694 and 0.982."""
    fewest_nested: int = 3
    """Cells: fewer in several rows within another table's cell are a box of text parted by a rule."""
    fewest_columns: int = 2
    """Columns of a table within a cell. Chosen."""
    line_pitch: float = 5.0
    """Between two lines of a cell: less is a raised or lowered character of one line. Chosen."""


SETTINGS = GridSettings()


class Area(NamedTuple):
    """One cell's place in its grid: row, column, spans, box, and whether no ruling closes it above or below."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    open_top: bool
    open_bottom: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's lattice: positions of its lines and, for each lattice square, the index of its area."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    owner: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def area_at(self, x: float, y: float) -> int | None:
        """Index of the area that holds a point, None outside the grid."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None


def find_grids(rulings: Sequence[Stroke], glyphs: Sequence[Glyph], fills: Sequence[Fill] = ()) -> list[Grid]:
    """The tables that ``rulings`` draw, from top to bottom; ``glyphs`` tell the columns where no upright is drawn.

    Where no ruling draws a table, ``fills`` of rows or cells may.

    A box of text within a cell belongs to that cell's text, a table within it is a table of its own; a mere frame
    around tables is none. The frame of a text box that lies across rulings of a table is a table of one cell.
    """
    groups: list[tuple[list[Stroke], list[Stroke]]] = []
    levels: list[Stroke] = []
    uprights: list[Stroke] = []
    frames, ruled = floating_frames(rulings)
    for group in _components(ruled):
        if group[0] and group[1]:
            walls = walls_within_columns(*group, glyphs) or columns_in_frame(*group, glyphs)
            groups.append(
                (
                    [*group[0], *(wall for wall in walls if wall.horizontal)],
                    [*group[1], *(wall for wall in walls if not wall.horizontal)],
                )
            )
        else:
            levels += group[0]
            uprights += group[1]
    around = [level for group, _ in groups for level in group]
    open_tables = missing_uprights([*levels, *stripe_edges(fills, levels)], glyphs, around)
    groups += [
        ([s for s in strokes if s.horizontal], [s for s in strokes if not s.horizontal])
        for strokes in (*open_tables, *lone_uprights(uprights))
    ]
    grids = [grid for level, upright in groups for grid in _grids(level, upright)]
    grids += [grid for sides in frames for grid in _grids(sides[:2], sides[2:])]
    for strokes in filled_tables(fills, glyphs, [grid.box for grid in grids]):
        grids += _grids([s for s in strokes if s.horizontal], [s for s in strokes if not s.horizontal])
    return sorted(_without_frames(grids, glyphs), key=lambda grid: (grid.box.top, grid.box.x0))


def _without_frames(grids: list[Grid], glyphs: Sequence[Glyph]) -> list[Grid]:
    """Grids without frames that only surround others, and without boxes of text that stand in another's cell."""
    held = [(outer, inner) for outer in grids for inner in grids if inner is not outer and _holds(outer.box, inner.box)]
    frames = {id(outer) for outer, _ in held if len(outer.areas) == 1}
    nested = {
        id(inner)
        for outer, inner in held
        if id(outer) not in frames
        and any(_holds(area.box, inner.box) for area in outer.areas)
        and not _is_table(inner, glyphs)
    }
    return [grid for grid in grids if id(grid) not in frames and id(grid) not in nested]


def _is_table(grid: Grid, glyphs: Sequence[Glyph]) -> bool:
    """Whether a grid within a cell is a table of its own: text stands in several of its rows and of its columns, or
    in several lines of a cell beside another, so that it cannot be read line by line over the cells.
    """
    box = grid.box
    held: dict[int, set[int]] = {}
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if box.contains(x, y) and (index := grid.area_at(x, y)) is not None and not glyph.text.isspace():
            held.setdefault(index, set()).add(round(glyph.baseline) if not glyph.vertical else 0)
    rows, columns = {grid.areas[index].row for index in held}, {grid.areas[index].column for index in held}
    if len(columns) < SETTINGS.fewest_columns:
        return False
    if len(rows) > 1:
        return len(grid.areas) >= SETTINGS.fewest_nested
    return any(max(lines) - min(lines) > SETTINGS.line_pitch for lines in held.values())


def _components(rulings: Sequence[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Rulings that meet, directly or through others."""
    levels = [s for s in rulings if s.horizontal]
    uprights = sorted((s for s in rulings if not s.horizontal), key=lambda s: s.box.x0)
    upright_xs = [s.box.x0 for s in uprights]
    parent = list(range(len(levels) + len(uprights)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, level in enumerate(levels):
        start = bisect_left(upright_xs, level.box.x0 - SETTINGS.reach - SETTINGS.thickest)
        stop = bisect_right(upright_xs, level.box.x1 + SETTINGS.reach)
        for j in range(start, stop):
            upright = uprights[j].box
            beside = upright.x1 < level.box.x0 - SETTINGS.reach
            if (
                not beside
                and upright.top - SETTINGS.reach <= level.box.bottom
                and level.box.top <= upright.bottom + SETTINGS.reach
            ):
                parent[root(len(levels) + j)] = root(i)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, level in enumerate(levels):
        groups.setdefault(root(i), ([], []))[0].append(level)
    for j, stroke in enumerate(uprights):
        groups.setdefault(root(len(levels) + j), ([], []))[1].append(stroke)
    return list(groups.values())


def _snap(values: Sequence[float]) -> list[float]:
    """Positions with those that lie within ``snap`` of each other made one (double lines, rounding)."""
    snapped: list[list[float]] = []
    for value in sorted(values):
        if snapped and value - snapped[-1][0] <= SETTINGS.snap:
            snapped[-1].append(value)
        else:
            snapped.append([value])
    return [sum(group) / len(group) for group in snapped]


def _with_ends(positions: list[float], low: float, high: float) -> list[float]:
    """Positions, and the far ends of the lines across them where these reach clearly beyond."""
    if not positions:
        return [low, high]
    if low < positions[0] - SETTINGS.least_open:
        positions = [low, *positions]
    if high > positions[-1] + SETTINGS.least_open:
        positions = [*positions, high]
    return positions


def _grids(levels: list[Stroke], uprights: list[Stroke]) -> list[Grid]:
    """The grid that strokes draw, and those nested in its cells; none where they draw none."""
    ys = _snap([(s.box.top + s.box.bottom) / 2 for s in levels])
    xs = _snap([(s.box.x0 + s.box.x1) / 2 for s in uprights])
    ys = _with_ends(ys, min(s.box.top for s in uprights), max(s.box.bottom for s in uprights))
    if levels:
        xs = _with_ends(xs, min(s.box.x0 for s in levels), max(s.box.x1 for s in levels))
    if len(xs) < 2 or len(ys) < 2:
        return []
    above = _walls(levels, ys, xs, across=True)
    left = _walls(uprights, xs, ys, across=False)
    outer_above, outer_left, nested = without_nested(len(ys) - 1, len(xs) - 1, above, left)
    return [_of_walls(xs, ys, outer_above, outer_left), *(_nested_grid(xs, ys, above, left, box) for box in nested)]


def _nested_grid(xs: list[float], ys: list[float], above: set[Edge], left: set[Edge], box: NestedBox) -> Grid:
    """The grid of a box nested in a cell: its part of the lattice, with the walls drawn there."""
    rows, columns = range(box.top, box.bottom + 2), range(box.first, box.last + 2)
    return _of_walls(
        [xs[column] for column in columns],
        [ys[row] for row in rows],
        {(row - box.top, column - box.first) for row, column in above if row in rows and column in columns[:-1]},
        {(column - box.first, row - box.top) for column, row in left if column in columns and row in rows[:-1]},
    )


def _of_walls(xs: list[float], ys: list[float], above: set[Edge], left: set[Edge]) -> Grid:
    kept_rows, kept_columns = _drawn_lines(len(ys), above), _drawn_lines(len(xs), left)
    above = _on_lines(above, kept_rows, kept_columns)
    left = _on_lines(left, kept_columns, kept_rows)
    return _with_areas([xs[i] for i in kept_columns], [ys[i] for i in kept_rows], above, left)


def _drawn_lines(count: int, walls: set[Edge]) -> list[int]:
    """Indices of the lattice lines on which a wall stands, and of the outermost two."""
    return sorted({0, count - 1} | {line for line, _ in walls})


def _on_lines(walls: set[Edge], lines: list[int], stops: list[int]) -> set[Edge]:
    """The walls numbered by the kept lines only; one stands in a joined interval where it stands in each part."""
    return {
        (line, interval)
        for line, old in enumerate(lines)
        for interval, (first, last) in enumerate(pairwise(stops))
        if all((old, part) in walls for part in range(first, last))
    }


def _with_areas(xs: list[float], ys: list[float], above: set[Edge], left: set[Edge]) -> Grid:
    """The lattice cut into rectangles that no wall crosses, as large as they can be, from the top left."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[-1] * columns for _ in range(rows)]
    areas: list[Area] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            end = column + 1
            while end < columns and (end, row) not in left and owner[row][end] < 0:
                end += 1
            below = row + 1
            while below < rows and _carries_on(below, column, end, owner, above, left):
                below += 1
            for r in range(row, below):
                owner[r][column:end] = [len(areas)] * (end - column)
            box = Box(xs[column], ys[row], xs[end], ys[below])
            open_top = row == 0 and not any((0, c) in above for c in range(column, end))
            open_bottom = below == rows and not any((rows, c) in above for c in range(column, end))
            areas.append(Area(row, column, below - row, end - column, box, open_top, open_bottom))
    return Grid(tuple(xs), tuple(ys), tuple(areas), tuple(tuple(line) for line in owner))


def _carries_on(row: int, column: int, end: int, owner: list[list[int]], above: set[Edge], left: set[Edge]) -> bool:
    """Whether an area of the columns ``column``..``end`` runs on into ``row``."""
    return all((row, c) not in above and owner[row][c] < 0 for c in range(column, end)) and all(
        (c, row) not in left for c in range(column + 1, end)
    )


def _walls(strokes: list[Stroke], positions: list[float], stops: list[float], *, across: bool) -> set[Edge]:
    """Which lattice edges are drawn: (index in ``positions``, index of the interval between ``stops``)."""
    drawn: set[Edge] = set()
    for stroke in strokes:
        box = stroke.box
        place = (box.top + box.bottom) / 2 if across else (box.x0 + box.x1) / 2
        start, end = (box.x0, box.x1) if across else (box.top, box.bottom)
        index = bisect_left(positions, place)
        if index == len(positions) or (index and place - positions[index - 1] < positions[index] - place):
            index -= 1
        first = max(bisect_right(stops, start) - 1, 0)
        for interval in range(first, len(stops) - 1):
            low, high = stops[interval], stops[interval + 1]
            if low >= end:
                break
            if min(end, high) - max(start, low) >= SETTINGS.wall_share * (high - low):
                drawn.add((index, interval))
    return drawn


def _holds(outer: Box, inner: Box) -> bool:
    return outer.holds(inner, SETTINGS.snap) and outer.width * outer.height > inner.width * inner.height
