"""Figures set beside the middle of a name of several lines, with or without the number of their item at the left.

    社会保険診療報酬支払基金と合算した
 ①                                       対前年度以上
    レセプト点検の査定率

So are figures of two lines beside the middle of a name of one:

                                       96.0％以上
 現金給付等の申請に係る郵送化率
                                   （５年度 95.7％以上）

No line of the figure is a line of the name: read from top to bottom they tear it apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalizers.text.markers import read_marker
from parsers.layout.joined_lines import cut_line, far_apart, run_on
from parsers.model.bare_page import BarePage
from parsers.model.layout import Line
from parsers.tables.bare_figures import is_figure
from parsers.tables.columns import plain_text


@dataclass(frozen=True, slots=True)
class CentredFigureSettings:
    """A name of several lines and the figure beside its middle. Em of the figure. All chosen."""

    figure_gap: float = 0.9
    """Between a name, or its number, and the figure at least."""
    same_name_edge: float = 0.35
    """Lines of one name begin no farther apart."""
    off_name_middle: float = 0.35
    """The figure's middle lies no farther from that of the name."""
    pitch: float = 2.0
    """From one line of a name to the next at most."""
    same_pitch: float = 0.2
    """The lines of a name stand evenly to so much."""
    room_when_full: float = 3.0
    """What a line that goes on below leaves free at its end at most."""


SETTINGS = CentredFigureSettings()


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that ends in a figure set apart: its item's mark, the part of the name on its baseline, the figure."""

    mark: Line | None
    name: Line | None
    figure: Line


def with_centred_figures(page: BarePage) -> BarePage:
    """The page with such names put together before their figures, in cells and outside tables."""
    tables = [
        replace(table, cells=tuple(replace(cell, lines=_put_together(cell.lines)) for cell in table.cells))
        if any(len(cell.lines) > 2 for cell in table.cells)
        else table
        for table in page.tables
    ]
    return replace(page, tables=tuple(tables), lines=_put_together(page.lines))


def _names_first(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, each name before the two lines of its figure that stand beside its middle."""
    out = list(lines)
    for at in range(len(lines) - 2):
        if _is_beside_two_lines(*out[at : at + 3]):
            out[at], out[at + 1] = out[at + 1], out[at]
    return tuple(out)


def _is_beside_two_lines(figure: Line, name: Line, below: Line) -> bool:
    """Whether a name stands left of two lines, a figure and what belongs to it, and reaches into the height of both."""
    if any(line.vertical or line.runs_on for line in (figure, name, below)) or not is_figure(
        plain_text(figure.text.text)
    ):
        return False
    left = name.box.x1 + SETTINGS.figure_gap * name.size <= min(figure.box.x0, below.box.x0)
    within = name.box.top < figure.box.bottom and below.box.top < name.box.bottom
    middle = (_middle(figure) + _middle(below)) / 2
    return left and within and abs(middle - _middle(name)) <= SETTINGS.off_name_middle * name.size


def _put_together(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    lines = _names_first(lines)
    rows = {at: row for at, line in enumerate(lines) if (row := _row(line)) is not None} if len(lines) > 2 else {}
    out: list[Line] = []
    taken = 0
    for at, row in rows.items():
        beside = _beside(lines, rows, at, taken)
        if not beside:
            continue
        names = [*lines[at - beside : at], *([row.name] if row.name else []), *lines[at + 1 : at + 1 + beside]]
        above = lines[max(taken, at - beside - 1) : at - beside]
        rest = row.name is not None and any(_carries_on(line, row, names) for line in above)
        if rest or not _is_centred(row, names):
            continue
        out += lines[taken : at - beside]
        out += run_on([[row.mark], names, [row.figure]] if row.mark else [names, [row.figure]])
        taken = at + 1 + beside
    return (*out, *lines[taken:]) if taken else lines


def _row(line: Line) -> _Row | None:
    if line.vertical or line.runs_on:
        return None
    *left, figure = far_apart(line, SETTINGS.figure_gap) or [line]
    if not is_figure(plain_text(figure.text.text)) or read_marker(figure.text.text) is not None or len(left) > 2:
        return None
    if not left:
        return _Row(None, None, figure)
    marker = read_marker(left[0].text.text)
    if marker is None:
        return _Row(None, left[0], figure) if len(left) == 1 else None
    name = cut_line(left[0], marker.end, len(left[0].text.text))
    if len(left) == 2:
        return None if name is not None else _Row(left[0], left[1], figure)
    return _Row(cut_line(left[0], 0, marker.end), name, figure)


def _beside(lines: Sequence[Line], rows: dict[int, _Row], at: int, taken: int) -> int:
    """How many lines of a name stand above the figure in line ``at``, and as many below it; 0 where it is not so."""
    row = rows[at]
    if row.name is not None and row.mark is None:
        # A figure at the end of a line without a mark is that line's.
        return 0
    above: list[Line] = []
    for line in reversed(lines[taken:at]):
        if not _is_of_name(line, above, row, lines[at - 1]):
            break
        above.append(line)
    below: list[Line] = []
    for number, line in enumerate(lines[at + 1 :], at + 1):
        if number in rows or not _is_of_name(line, below, row, lines[at - 1]) or _text_edge(line) != line.box.x0:
            break
        below.append(line)
    marked = [line for line in above if _text_edge(line) != line.box.x0]
    if marked and (row.mark is not None or marked[0] is not above[-1]):
        return 0
    count = len(above)
    another = any(number > at for number in rows)
    return count if len(below) == count or (len(below) > count and another) else 0


def _is_of_name(line: Line, others: Sequence[Line], row: _Row, first: Line) -> bool:
    """Whether a line stands where a line of the name would: at its edge, left of the figure, near the others."""
    figure = row.figure
    if line.vertical or line.runs_on:
        return False
    size = figure.size
    aligned = abs(_text_edge(line) - _text_edge(first)) <= SETTINGS.same_name_edge * size
    left = line.box.x1 + SETTINGS.same_name_edge * size < figure.box.x0
    last = others[-1] if others else figure
    near = abs(_middle(line) - _middle(last)) <= SETTINGS.pitch * size
    inside = row.mark is None or row.mark.box.x1 <= line.box.x0
    return aligned and left and near and inside


def _is_centred(row: _Row, names: Sequence[Line]) -> bool:
    """Whether a name's lines stand evenly, and the figure beside their middle."""
    size = row.figure.size
    steps = [_middle(below) - _middle(above) for above, below in pairwise(names)]
    even = max(steps) - min(steps) <= SETTINGS.same_pitch * size and min(steps) > 0
    middle = (_middle(names[0]) + _middle(names[-1])) / 2
    return even and abs(middle - _middle(row.figure)) <= SETTINGS.off_name_middle * size


def _carries_on(above: Line, row: _Row, names: Sequence[Line]) -> bool:
    """Whether the first line of a name is the rest of the line above it, which was full: what stands beside a line with
    a mark and a figure is then the rest of the item above it, and its own.
    """
    size = row.figure.size
    pitch = max(_middle(below) - _middle(line) for line, below in pairwise(names))
    full = row.figure.box.x1 - above.box.x1 <= SETTINGS.room_when_full * size
    return full and _middle(names[0]) - _middle(above) <= pitch + SETTINGS.same_pitch * size


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _text_edge(line: Line) -> float:
    """Where a line's text begins behind the mark of its item."""
    marker = read_marker(line.text.text)
    if marker is None or not marker.kind.splits:
        return line.box.x0
    text = [glyph for glyph in line.glyphs[marker.end :] if not glyph.text.isspace()]
    return text[0].x0 if text else line.box.x0
