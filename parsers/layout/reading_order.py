"""A block of text outside tables in the order in which a reader takes it: columns side by side, plain rows.

Two blocks side by side are read one after the other where they are columns of prose or stand on baselines of their
own; where short items share their baselines they are rows of a table without rules, and each row is one line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from normalizers.text.characters import normalize
from normalizers.text.markers import read_marker
from normalizers.text.numbers import read_quantities
from parsers.layout.badges import is_list_number, with_badges_at_titles
from parsers.layout.lines import SETTINGS as LINES
from parsers.layout.lines import make_line, rows_and_columns
from parsers.layout.marks import Marks
from parsers.model.geometry import Box
from parsers.model.layout import Line
from parsers.model.page import Glyph


@dataclass(frozen=True, slots=True)
class ReadingOrderSettings:
    """Blocks of lines outside tables and newspaper columns. Em of the text unless said otherwise."""

    part_gap: float = 1.5
    """A wider gap in a row parts it. Nearest: 1.22 and 1.74."""
    gutter: float = 1.0
    """A free stretch between columns is at least so wide. Nearest: 0.596 and 1.66."""
    over_columns_gap: float = 0.5
    """A title that runs over both columns stands so far above them. Nearest: -0.187 and 1.49."""
    stack_glyphs: int = 4
    """Glyphs one below the other that make vertical writing outside tables. Chosen."""
    stack_pitch: float = 1.2
    """From one of them to the next."""
    prose_fill: float = 0.6
    """Share of its column's width that a full line of prose takes. Nearest: 0.596 and 0.673."""
    prose_width: float = 8.0
    """A line of prose is at least so wide. Nearest: 7 and 25.2."""
    prose_lines: int = 3
    """Lines of prose that make a column. Chosen."""
    longest_tabbed_name: float = 15.0
    """A name beside figures set with tabs is narrower. Chosen: newspaper columns are wider."""
    text_width: float = 20.0
    """A line of running text is so wide even in a narrow column."""
    text_lines: int = 5
    """Lines that make a column of running text. Chosen."""
    text_share: float = 0.25
    """Share of them that must be so wide. Chosen."""
    same_table_row: float = 2.0
    """Points: lines of two columns on one baseline are rows of a table. Rounding in print is below 0.5. Nearest: 1.4
    and 3.34.
    """
    same_middle: float = 0.5
    """How far apart the doubled middles of two glyphs one below the other lie: a quarter of a character. Chosen."""
    smallest: int = 6
    """Points: the smallest print, in which a gutter is measured before the text beside it is known."""


SETTINGS = ReadingOrderSettings()


# A part is a stretch of one row without a wide gap; a row's parts stand from left to right.
Part = list[Glyph]
Row = list[Part]
Gap = tuple[float, float]


def block_lines(glyphs: list[Glyph], marks: Marks) -> list[Line]:
    """All of ``glyphs`` as lines in reading order; every glyph but blanks at line ends is in exactly one line."""
    rows, columns = rows_and_columns(glyphs)
    rows = with_badges_at_titles([row for row in rows if not all(glyph.text.isspace() for glyph in row)])
    upright = [line for column in columns if (line := make_line(column, marks, vertical=True))]
    level = []
    parted, stacks = _without_stacks([_parts(row) for row in rows])
    upright += [line for stack in stacks if (line := make_line(stack, marks, vertical=True))]
    for stack in _stacked(_ordered(parted)):
        glyphs_in_line = [glyph for row in stack for part in row for glyph in part]
        if line := make_line(glyphs_in_line, marks, vertical=len(stack) > 1):
            level.append(line)
    if not upright or not level:
        return upright + level
    top = min(line.box.top for line in upright)
    before = [line for line in level if line.box.bottom <= top]
    return before + upright + [line for line in level if line.box.bottom > top]


def _without_stacks(rows: list[Row]) -> tuple[list[Row], list[Part]]:
    """The rows without columns of vertical writing that begin or end beside them, and these columns.

    Such a column is set tightly and shares its baselines with few of the rows beside it.
    """
    chains: list[list[tuple[int, Part]]] = []
    for at, row in enumerate(rows):
        for part in row:
            glyph = _lone_glyph([part])
            if glyph is None or not glyph.text.isalpha() or glyph.text.isascii():
                continue
            chain = next((chain for chain in chains if _stands_below(glyph, _lone_glyph([chain[-1][1]]))), None)
            if chain is None:
                chains.append([(at, part)])
            else:
                chain.append((at, part))
    taken = [
        chain
        for chain in chains
        if len(chain) >= SETTINGS.stack_glyphs and 2 * sum([len(rows[at]) == 1 for at, _ in chain]) >= len(chain)
        if any(len(rows[at]) > 1 for at, _ in chain)
    ]
    used = {id(part) for chain in taken for _, part in chain}
    left = [[part for part in row if id(part) not in used] for row in rows]
    return [row for row in left if row], [[glyph for _, part in chain for glyph in part] for chain in taken]


def _stands_below(glyph: Glyph, above: Glyph | None) -> bool:
    if above is None or abs(glyph.x0 + glyph.x1 - above.x0 - above.x1) >= SETTINGS.same_middle * glyph.size:
        return False
    return 0 < glyph.baseline - above.baseline <= SETTINGS.stack_pitch * glyph.size


def _stacked(rows: list[Row]) -> list[list[Row]]:
    """Rows one by one, but lone glyphs one close below the other together: a column of vertical writing."""
    stacks: list[list[Row]] = []
    for row in rows:
        lone = _lone_glyph(row)
        above = _lone_glyph(stacks[-1][-1]) if stacks else None
        if (
            lone is not None
            and above is not None
            and abs(lone.x0 + lone.x1 - above.x0 - above.x1) < SETTINGS.same_middle * lone.size
            and -SETTINGS.same_middle * lone.size < lone.top - above.bottom < LINES.stack_gap * lone.size
        ):
            stacks[-1].append(row)
        else:
            stacks.append([row])
    return stacks


def _lone_glyph(row: Row) -> Glyph | None:
    inked = [glyph for part in row for glyph in part if not glyph.text.isspace()]
    return inked[0] if len(inked) == 1 else None


def _parts(row: list[Glyph]) -> Row:
    """A row cut where a gap, blank glyphs counted as gap, is wide."""
    parts: Row = []
    last: Glyph | None = None
    for glyph in row:
        if glyph.text.isspace() and parts:
            parts[-1].append(glyph)
            continue
        if not parts or (last is not None and glyph.x0 - last.x1 > SETTINGS.part_gap * max(last.size, glyph.size)):
            parts.append([glyph])
        else:
            parts[-1].append(glyph)
        if not glyph.text.isspace():
            last = glyph
    return parts


def _ordered(rows: list[Row]) -> list[Row]:
    """Rows in reading order: each stretch of rows that leaves a gutter free is read as columns if it is such."""
    out: list[Row] = []
    band: list[Row] = []
    gutters: list[Gap] = []
    for row in rows:
        free = _free(row)
        narrowed = _between(band, row, _common(gutters, free)) if band else []
        if narrowed:
            band.append(row)
            gutters = _common(gutters, free)
            continue
        ordered = _columns_or_rows(band)
        tail, gutters = _tail(band, row) if ordered is band else ([], free)
        out += ordered[: len(ordered) - len(tail)]
        band = [*tail, row]
    return out + _columns_or_rows(band)


def _tail(band: list[Row], row: Row) -> tuple[list[Row], list[Gap]]:
    """The last rows of a band of no columns that leave a gutter free together with ``row``, and what is free then.

    A title above columns happens to leave a stretch free that their first row leaves free too.
    """
    tail: list[Row] = []
    gutters = _free(row)
    for before in reversed(band):
        narrowed = _common(gutters, _free(before))
        if not _between([before, *tail], row, narrowed):
            break
        tail.insert(0, before)
        gutters = narrowed
    return tail, gutters


def _extent(part: Part) -> Box:
    inked = [glyph for glyph in part if not glyph.text.isspace()] or part
    return Box(inked[0].x0, min(g.top for g in inked), max(g.x1 for g in inked), max(g.bottom for g in inked))


def _free(row: Row) -> list[Gap]:
    """The stretches of x that a row leaves free, the page's sides included."""
    edges = [-math.inf]
    for part in row:
        box = _extent(part)
        edges += [box.x0, box.x1]
    edges.append(math.inf)
    return list(zip(edges[::2], edges[1::2], strict=True))


def _common(one: list[Gap], other: list[Gap]) -> list[Gap]:
    return [
        (max(a, c), min(b, d))
        for a, b in one
        for c, d in other
        if min(b, d) - max(a, c) >= SETTINGS.gutter * SETTINGS.smallest
    ]


def _between(band: list[Row], row: Row, gaps: list[Gap]) -> list[Gap]:
    """Those gaps that have text of ``band`` or ``row`` on both sides, or that may still get it."""
    within = [gap for gap in gaps if -math.inf < gap[0] and gap[1] < math.inf]
    if not within:
        return []
    boxes = [_extent(part) for line in (*band, row) for part in line]
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    return [gap for gap in within if left < gap[0] and gap[1] < right]


def _columns_or_rows(band: list[Row]) -> list[Row]:
    """A band of rows as its columns one after the other, where they are columns; else as it stands."""
    if len(band) < 2:
        return band
    gutters: list[Gap] = [(-math.inf, math.inf)]
    for row in band:
        gutters = _common(gutters, _free(row))
    for _, end in _between(band, [], gutters):
        first = _after_titles(band, end)
        left = [[part for part in row if _extent(part).x0 < end - 0.01] for row in band[first:]]
        right = [[part for part in row if _extent(part).x0 >= end - 0.01] for row in band[first:]]
        left, right = [row for row in left if row], [row for row in right if row]
        if left and right and _are_columns(left, right):
            return band[:first] + _ordered(left) + _ordered(right)
    return band


def _after_titles(band: list[Row], gutter: float) -> int:
    """Index of the first row below titles: those stand, set apart, above all that is left of the gutter."""
    first = next(index for index, row in enumerate(band) if _extent(row[0]).x0 < gutter - 0.01)
    while first > 0:
        above, below = _extent(band[first - 1][0]), _extent(band[first][0])
        if below.top - above.bottom > SETTINGS.over_columns_gap * band[first][0][0].size:
            break
        first -= 1
    return first


def _are_columns(left: list[Row], right: list[Row]) -> bool:
    """Whether two sides are read one after the other, not row by row: numbers alone count what stands beside them."""
    if min(len(left), len(right)) < 2 or all(is_list_number(glyph for part in row for glyph in part) for row in left):
        return False
    left_ys, right_ys = [row[0][0].baseline for row in left], [row[0][0].baseline for row in right]
    beside = min(left_ys[-1], right_ys[-1]) - max(left_ys[0], right_ys[0])
    if beside < min(left_ys[-1] - left_ys[0], right_ys[-1] - right_ys[0]) / 2:
        return False
    shared = sum(any(abs(y - other) < SETTINGS.same_table_row for other in left_ys) for y in right_ys)
    if shared * 2 < min(len(left), len(right)):
        # Figures alone belong to what stands above each of them at the left.
        return not all(map(_is_figure_line, right))
    at_right = [
        row for row, y in zip(left, left_ys, strict=True) if any(abs(y - z) < SETTINGS.same_table_row for z in right_ys)
    ]
    named = all(_ends_in_figure(row) or _is_name(row) for row in at_right)
    if shared == len(right) and named and all(map(_ends_in_figure, right)):
        return False
    return all(_is_prose(side) or _is_running_text(side) for side in (left, right))


def _text(row: Row) -> str:
    return normalize("".join(glyph.text for part in row for glyph in part)).text.strip()


def _ends_in_figure(row: Row) -> bool:
    """Whether a row is no item of a list and ends in a figure with its unit: 実施率 51.5％."""
    text = _text(row)
    last = next(reversed(read_quantities(text)), None)
    return last is not None and last.end == len(text) and last.has_unit and read_marker(text) is None


def _is_name(row: Row) -> bool:
    """Whether a row is a short name: no line of a column, which is wider, and no part of a sentence."""
    text = _text(row)
    width = _extent([glyph for part in row for glyph in part]).width
    short = width < SETTINGS.longest_tabbed_name * row[0][0].size
    return short and not any(mark in text for mark in "、。") and read_marker(text) is None


def _is_figure_line(row: Row) -> bool:
    """Whether a row begins with a figure in its unit, or with last year's: 97.5％以上（令和5年度実績 96.2％）."""
    text = _text(row)
    first = next(iter(read_quantities(text)), None)
    return text.startswith(("対前年", "前年")) or (first is not None and first.start == 0 and first.has_unit)


def _is_prose(side: list[Row]) -> bool:
    """Whether most rows of a side fill it."""
    return len(side) >= SETTINGS.prose_lines and _filled(side, SETTINGS.prose_width) * 2 >= len(side)


def _is_running_text(side: list[Row]) -> bool:
    """Whether a wide side holds lines enough, a good share of them long, for text that is read on downwards."""
    return len(side) >= SETTINGS.text_lines and _filled(side, SETTINGS.text_width) >= SETTINGS.text_share * len(side)


def _filled(side: list[Row], narrowest: float) -> int:
    """How many rows of a side at least ``narrowest`` em wide fill it for the most part, with text and not figures."""
    boxes = [_extent([glyph for part in row for glyph in part]) for row in side]
    width = max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
    size = side[0][0][0].size
    if width < narrowest * size:
        return 0
    return sum(
        box.width >= SETTINGS.prose_fill * width
        and any(_extent(part).width >= SETTINGS.prose_width * size for part in row)
        for box, row in zip(boxes, side, strict=True)
    )
