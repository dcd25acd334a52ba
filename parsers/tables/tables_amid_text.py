"""Tables of figures that no ruling draws and that text stands above and below: rows under a line of header words.

The names at the left may have no header of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from normalizers.text.markers import read_marker
from parsers.layout.joined_lines import cut_line, far_apart
from parsers.model.bare_page import BarePage
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import FIGURES, plain_text


@dataclass(frozen=True, slots=True)
class TableAmidTextSettings:
    """Tables without rules amid text. Em unless said otherwise."""

    cell_gap: float = 0.8
    """Between two headers or cells of a row."""
    row_gap: float = 2.0
    """Between the rows of one table."""
    row_spread: float = 0.5
    """Between lines of one row."""
    fewest_rows: int = 2
    """Rows below the header that make a table. Chosen."""
    lines_at_edge: int = 3
    """Lines (running titles, notes) above or below a table that runs over the page's edge. Chosen."""
    same_rule_end: float = 1.0
    """Figures set to the right end as near their header. Chosen."""


SETTINGS = TableAmidTextSettings()

_NAMING = frozenset({"indicator", "measure", "group"})


Row = tuple[Line, ...]


class Foot(NamedTuple):
    """The header of a table at the foot of a page and the sides of its columns, which rows on the next may keep to."""

    heads: Row
    edges: tuple[float, ...]


def with_tables_amid_text(page: BarePage, carried: Foot | None = None) -> tuple[BarePage, Foot | None]:
    """The page with such tables among its tables, their lines taken out of the loose ones, and what the one at its
    foot hands on to the next page.

    ``carried`` is what the page before hands on: rows at the head of this page may keep to its columns.
    """
    rows = _rows(page.lines)
    at = 0
    foot: Foot | None = None
    end = 0
    while at < len(rows):
        held = _table_rows(rows[at:])
        if held is not None:
            foot = Foot(held[0], tuple(_edges(held, max(map(len, held))) or ()))
        elif carried is not None and at < SETTINGS.lines_at_edge:
            held = (_table_rows([carried.heads, *rows[at:]], fewest=1) or [])[1:]
            foot = carried if held else foot
        if not held or foot is None:
            at += 1
            continue
        index = max((table.index for table in page.tables), default=-1) + 1
        used = {id(line) for row in rows[at : at + len(held)] for line in row}
        lines = tuple(line for line in page.lines if id(line) not in used)
        page = replace(page, lines=lines, tables=(*page.tables, _table(index, held, foot.edges)))
        at += len(held)
        end, carried = at, None
    return page, foot if len(rows) - end <= SETTINGS.lines_at_edge else None


def _rows(lines: Sequence[Line]) -> list[Row]:
    """Lines by height, those side by side together, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if not line.vertical), key=lambda line: line.box.bottom):
        if rows and line.box.bottom - rows[-1][0].box.bottom < SETTINGS.row_spread * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [tuple(sorted(row, key=lambda line: line.box.x0)) for row in rows]


def in_own_boxes(row: Sequence[Line]) -> bool:
    """Whether words side by side stand each in a shaded box of its own: cards, and no header of columns.

    The shaded cells of a header are such boxes too; one of them heads what is measured (評価指標).
    """
    limits = {line.limit for line in row}
    own = len(row) > 1 and None not in limits and len(limits) == len(row)
    return own and all(read_header_words(line.text.text).role not in _NAMING for line in row)


def _table_rows(rows: Sequence[Row], fewest: int = SETTINGS.fewest_rows) -> list[Row] | None:
    """The parts of a header and of the rows below it that keep to its columns; None where the first is no header."""
    if in_own_boxes(rows[0]):
        return None
    heads = _parts(rows[0])
    words = [read_header_words(part.text.text) for part in heads]
    figures = any(word.role in FIGURES or word.dated for word in words)
    if len(heads) < 2 or not figures or not all(word.understood for word in words) or are_labels(heads):
        return None
    named = len(rows) > 1 and _are_figures_below(_with_name_apart(_parts(rows[1]), heads[0]), heads)
    columns = len(heads) + named
    held = [heads]
    for before, row in pairwise(rows):
        parts = _with_name_apart(_parts(row), heads[0]) if named else _parts(row)
        gap = min(line.box.top for line in row) - max(line.box.bottom for line in before)
        if gap > SETTINGS.row_gap * row[0].size or len(parts) > columns or _edges([*held, parts], columns) is None:
            break
        held.append(parts)
    while held and sum(is_figure(plain_text(part.text.text)) for part in held[-1][1:]) == 0:
        held.pop()
    full = sum(len(row) == columns for row in held[1:])
    return held if full >= fewest and 2 * full > len(held) - 1 else None


def _are_figures_below(parts: Row, heads: Row) -> bool:
    """Whether a row is a name left of all headers and a figure below each of them."""
    return (
        len(parts) == len(heads) + 1
        and parts[0].box.x0 + SETTINGS.row_gap * parts[0].size <= heads[0].box.x0
        and all(_apart(part, [head]) < 0 for part, head in zip(parts[1:], heads, strict=True))
        and not is_figure(plain_text(parts[0].text.text))
        and all(is_figure(plain_text(part.text.text)) for part in parts[1:])
    )


def _with_name_apart(parts: Row, head: Line) -> Row:
    """The parts of a row with a name cut from the first figure where a long name leaves no gap before it.

    The figure then ends where the first header does.
    """
    first = parts[0]
    if first.box.x0 >= head.box.x0 or abs(first.box.x1 - head.box.x1) > SETTINGS.same_rule_end * first.size:
        return parts
    text = first.text.text
    starts = (at for at in range(1, len(text)) if text[at].isdecimal() and not text[at - 1].isdecimal())
    start = next((at for at in starts if is_figure(plain_text(text[at:]))), None)
    name, figure = (cut_line(first, 0, start), cut_line(first, start, len(text))) if start else (None, None)
    return parts if name is None or figure is None else (name, figure, *parts[1:])


def are_labels(heads: Sequence[Line]) -> bool:
    """Whether what looks like headers is one label that stands in two columns of text at one height (■ KPI：), or an
    item of a list (○目標　実施率).
    """
    mark = read_marker(heads[0].text.text)
    if mark is not None and mark.kind.bullet and mark.end < len(heads[0].text.text.rstrip()):
        return True
    texts = {plain_text(head.text.text) for head in heads}
    return len(texts) < len(heads) and any(read_marker(text) is not None or text.endswith(":") for text in texts)


def _parts(row: Row) -> Row:
    return tuple(part for line in row for part in far_apart(line, SETTINGS.cell_gap))


def _edges(rows: Sequence[Row], count: int) -> list[float] | None:
    """The sides of the ``count`` columns that the first row heads, all or all but the names; None where the rows leave
    no room between two of them.
    """
    columns: list[list[Line]] = [[rows[1][0]]] if count > len(rows[0]) else []
    columns += [[head] for head in rows[0]]
    for row in rows[1:]:
        for part in row:
            shares = [_apart(part, column) for column in columns]
            columns[shares.index(min(shares))].append(part)
    named = count > len(rows[0])
    own = [held[1:] or held for held in columns] if named else columns
    extents = [(min(part.box.x0 for part in held), max(part.box.x1 for part in held)) for held in own]
    inner = [(left[1] + right[0]) / 2 for left, right in pairwise(extents)]
    if any(right[0] <= left[1] for left, right in pairwise(extents[named:])):
        return None
    # A long name may reach under the first header, and further than another row's figure begins.
    if named and not max(map(_middle, own[0])) < inner[0] < min(map(_middle, own[1])):
        return None
    return [extents[0][0] - 1, *inner, extents[-1][1] + 1]


def _middle(part: Line) -> float:
    return (part.box.x0 + part.box.x1) / 2


def _apart(part: Line, column: Sequence[Line]) -> float:
    """How far a part stands from a column's cells, below zero where they overlap."""
    return max(min(held.box.x0 for held in column) - part.box.x1, part.box.x0 - max(held.box.x1 for held in column))


def _table(index: int, rows: Sequence[Row], edges: Sequence[float]) -> Table:
    heights = [min(part.box.top for part in rows[0]) - 1]
    heights += [
        (max(part.box.bottom for part in above) + min(part.box.top for part in below)) / 2
        for above, below in pairwise(rows)
    ]
    heights.append(max(part.box.bottom for part in rows[-1]) + 1)
    cells = [
        GridCell(number, column, 1, 1, Box(x0, top, x1, bottom), _within(row, x0, x1), None, open_top=True)
        for number, (row, (top, bottom)) in enumerate(zip(rows, pairwise(heights), strict=True))
        for column, (x0, x1) in enumerate(pairwise(edges))
    ]
    return Table(index, Box(edges[0], heights[0], edges[-1], heights[-1]), tuple(cells))


def _within(row: Row, x0: float, x1: float) -> tuple[Line, ...]:
    return tuple(part for part in row if x0 <= _middle(part) < x1)
