"""Figures in boxes of their own, beside the box of their name and under their labels, as rows of a table.

Slides set them so, often with arrows between: name | 現状 over 1,905社 → 目標 over 2,300社以上, or boxes of years above
several rows of boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.layout.joined_lines import far_apart, line_box
from parsers.model.bare_page import BarePage
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.columns import plain_text
from parsers.tables.roles import read_table


@dataclass(frozen=True, slots=True)
class FigureBoxSettings:
    """Boxes that stand in rows."""

    same_box_row: float = 0.5
    """Share of the lower of two boxes' heights by which their middles differ at most. Chosen."""
    same_box_column: float = 8.0
    """Points between the middles of boxes of one column. Measured in LibreOffice's: 0."""
    most_label_lines: int = 3
    """Lines of a name or a label. Chosen."""
    label_reach: float = 4.0
    """Times its size that a label stands above its box at most. Measured: 2.0 over boxes with frames of their own."""
    label_part_gap: float = 1.5
    """Em between the labels of two boxes that stand in one line. Chosen."""
    same_label_size: float = 0.1
    """Share by which the sizes of a label's lines differ at most; a title above it is larger. Chosen."""
    label_pitch: float = 1.8
    """Times their size between the baselines of a label's lines. Chosen."""


SETTINGS = FigureBoxSettings()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that stand together on the page, in a box of their own (``table``) or in none."""

    box: Box
    lines: tuple[Line, ...]
    table: Table | None = None

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2

    @property
    def center(self) -> float:
        return (self.box.x0 + self.box.x1) / 2


@dataclass(frozen=True, slots=True)
class _Row:
    """Boxes of figures that stand side by side, what names them, and the label of each, where all have one."""

    name: _Piece
    figures: tuple[_Piece, ...]
    labels: tuple[_Piece, ...] | None


def with_figure_boxes(page: BarePage) -> BarePage:
    """The page with such boxes joined to tables; lines and boxes that became rows stand no longer by themselves."""
    boxes = [piece for table in page.tables if (piece := _boxed(table)) is not None]
    figures = [piece for piece in boxes if is_figure(plain_text(_text(piece)))]
    if not figures:
        return page
    parts = [far_apart(line, SETTINGS.label_part_gap) if not line.vertical else [line] for line in page.lines]
    words = [piece for piece in boxes if piece not in figures]
    words += [_Piece(part.box, (part,)) for line in parts for part in line if not part.vertical]
    words.sort(key=lambda piece: -piece.box.bottom)
    rows = [row for side_by_side in _in_rows(figures) if (row := _named(side_by_side, words)) is not None]
    index = max(table.index for table in page.tables)
    made: list[Table] = []
    used: list[_Piece] = []
    for group in _under_labels(rows):
        table = _joined(group, index + len(made) + 1)
        reading = read_table(table)
        if reading is not None and reading.kind == "indicators":
            made.append(table)
            used += _pieces(group)
    return _without(page, used, parts, made) if made else page


def _without(
    page: BarePage, used: Sequence[_Piece], parts: Sequence[Sequence[Line]], made: Sequence[Table]
) -> BarePage:
    """The page with the tables that were made, and without the boxes and the parts of lines that are in them."""
    taken = {id(line) for piece in used for line in piece.lines}
    gone = {id(piece.table) for piece in used if piece.table is not None}
    lines: list[Line] = []
    for line, own in zip(page.lines, parts, strict=True):
        kept = [part for part in own if id(part) not in taken]
        lines += kept if len(kept) < len(own) else [line]
    tables = [table for table in page.tables if id(table) not in gone]
    return replace(page, lines=tuple(lines), tables=(*tables, *made))


def _boxed(table: Table) -> _Piece | None:
    """The text of a box of one cell; None for a table of several cells, and for one of running text."""
    if len(table.cells) > 1 or not 0 < len(table.cells[0].lines) <= SETTINGS.most_label_lines:
        return None
    return _Piece(table.box, table.cells[0].lines, table)


def _text(piece: _Piece) -> str:
    return "".join(line.text.text for line in piece.lines)


def _in_rows(figures: Sequence[_Piece]) -> Iterator[tuple[_Piece, ...]]:
    rows: list[list[_Piece]] = []
    for piece in sorted(figures, key=lambda piece: piece.middle):
        last = rows[-1][-1] if rows else None
        if last is not None and abs(piece.middle - last.middle) <= SETTINGS.same_box_row * min(
            piece.box.height, last.box.height
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        yield tuple(sorted(row, key=lambda piece: piece.box.x0))


def _named(figures: tuple[_Piece, ...], words: Sequence[_Piece]) -> _Row | None:
    """The row of boxes with its name, which stands at its left, and its labels; None without a name.

    ``words`` are sorted from the foot of the page upwards.
    """
    first = figures[0]
    beside = [
        piece
        for piece in words
        if piece.box.x1 <= first.box.x0 and first.box.top <= piece.middle <= first.box.bottom and _is_worded(piece)
    ]
    boxed = [piece for piece in beside if piece.table is not None]
    if boxed:
        name = max(boxed, key=lambda piece: piece.box.x1)
    elif beside and len(beside) <= SETTINGS.most_label_lines:
        name = _together(sorted(beside, key=lambda piece: piece.middle))
    else:
        return None
    labels = [label for figure in figures if (label := _label_of(figure, words)) is not None]
    return _Row(name, figures, tuple(labels) if len(labels) == len(figures) else None)


def _is_worded(piece: _Piece) -> bool:
    return any(char.isalpha() for char in _text(piece))


def _together(pieces: Sequence[_Piece]) -> _Piece:
    lines = tuple(line for piece in pieces for line in piece.lines)
    return _Piece(line_box(lines), lines)


def _label_of(figure: _Piece, words: Sequence[_Piece]) -> _Piece | None:
    """The words right above a box, over its middle: a box, or up to three lines. ``words`` as for ``_named``."""
    found: list[_Piece] = []
    foot = figure.box.top
    for piece in words:
        size = piece.lines[0].size
        reach = SETTINGS.label_pitch if found else SETTINGS.label_reach
        over = figure.box.x0 < piece.center < figure.box.x1 and piece.box.bottom <= foot + size / 2
        if not over or not _is_worded(piece):
            continue
        if found and abs(size - found[0].lines[0].size) > SETTINGS.same_label_size * size:
            break
        if foot - piece.lines[-1].box.bottom > reach * size or len(found) == SETTINGS.most_label_lines:
            break
        if piece.table is not None:
            return piece if not found else None
        found.append(piece)
        foot = piece.box.top
    return _together(found[::-1]) if found else None


def _under_labels(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows of boxes that stand in the columns of the first one, which alone has labels."""
    group: list[_Row] = []
    for row in rows:
        if row.labels is not None:
            if group:
                yield group
            group = [row]
        elif group and _aligned(group[0], row):
            group.append(row)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _aligned(one: _Row, other: _Row) -> bool:
    return len(one.figures) == len(other.figures) and all(
        abs(upper.center - lower.center) <= SETTINGS.same_box_column
        for upper, lower in zip(one.figures, other.figures, strict=True)
    )


def _pieces(rows: Sequence[_Row]) -> list[_Piece]:
    return [piece for row in rows for piece in (row.name, *row.figures)] + list(rows[0].labels or ())


def _joined(rows: Sequence[_Row], index: int) -> Table:
    """The table of rows under the labels of the first."""
    labels = rows[0].labels or ()
    columns = [[row.name for row in rows]]
    columns += [[label, *(row.figures[at] for row in rows)] for at, label in enumerate(labels)]
    extents = [(min(p.box.x0 for p in column), max(p.box.x1 for p in column)) for column in columns]
    xs = [extents[0][0], *((one[1] + other[0]) / 2 for one, other in pairwise(extents)), extents[-1][1]]
    heights = [(min(p.box.top for p in labels), max(p.box.bottom for p in labels))]
    heights += [
        (min(p.box.top for p in row.figures), max(p.box.bottom for p in (row.name, *row.figures))) for row in rows
    ]
    ys = [heights[0][0], *((one[1] + other[0]) / 2 for one, other in pairwise(heights)), heights[-1][1]]
    lines = [((), *(label.lines for label in labels))]
    lines += [(row.name.lines, *(figure.lines for figure in row.figures)) for row in rows]
    cells = tuple(
        GridCell(at, column, 1, 1, Box(xs[column], ys[at], xs[column + 1], ys[at + 1]), held)
        for at, row in enumerate(lines)
        for column, held in enumerate(row)
    )
    return Table(index, Box(xs[0], ys[0], xs[-1], ys[-1]), cells)
