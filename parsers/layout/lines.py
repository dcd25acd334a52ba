"""Glyphs of one cell or block to printed lines with their marks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter, itemgetter
from statistics import median

from parsers.layout.list_columns import without_list_columns
from parsers.layout.marks import Marks
from parsers.model.geometry import Box
from parsers.model.layout import Line
from parsers.model.page import Glyph
from parsers.model.styled_text import StyledText


@dataclass(frozen=True, slots=True)
class LineSettings:
    """Glyphs to lines. Em of the text."""

    same_line: float = 0.38
    """Baselines nearer than this are one line's. Raised and lowered characters lie within it, lines set solid 1 apart.
    Nearest: 0.351 and 0.421.
    """
    word_gap: float = 0.2
    """A gap from which on a blank stands between words of Latin letters. Nearest: 0.2 and 0.2."""
    wide_gap: float = 0.9
    """The same between Japanese characters, beyond the line's own spacing. Nearest: 0.828 and 1.04."""
    point_gap: float = 0.5
    """A decimal point or thousands comma stands at the left of a place as wide as a digit's."""
    stack_gap: float = 0.5
    """Glyphs nearer than this stand beside or below one another in one line of writing. Nearest: 0.5 and 0.5."""
    level_gap: float = 0.15
    """Between digits set level in the place of one character of vertical writing. Chosen."""
    mixed: int = 3
    """Glyphs that overlap on two baselines which make them two lines. Chosen."""
    level_run: int = 4
    """Glyphs side by side that make a level line where all else is vertical writing. Chosen."""
    close_columns: int = 3
    """Columns of vertical writing that may be set so close that they look like short lines. Chosen."""
    solid_pitch: float = 1.08
    """From one character of theirs to the one below it; lines are set further apart. Chosen."""
    rounding: float = 0.5
    """Points: baselines so near differ by rounding alone."""


SETTINGS = LineSettings()


_POINTS = frozenset(".,")

_baseline = attrgetter("baseline")
_x0 = itemgetter(1)


def build_lines(glyphs: Sequence[Glyph], marks: Marks) -> list[Line]:
    """Lines of one cell, from top to bottom (columns of vertical writing from right to left)."""
    rows, columns = rows_and_columns(glyphs)
    listed = [(make_line(row.glyphs, marks), row.limit) for row in without_list_columns(rows)]
    lines = [line if limit is None else replace(line, limit=limit) for line, limit in listed if line is not None]
    return lines + [line for column in columns if (line := make_line(column, marks, vertical=True))]


def rows_and_columns(glyphs: Sequence[Glyph]) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """Glyphs in level rows from top to bottom, and in columns of vertical writing from right to left.

    Glyphs stacked one above the other with no neighbour beside them are vertical writing, whatever the file says of
    them.
    """
    level = [glyph for glyph in glyphs if not glyph.vertical]
    upright = [glyph for glyph in glyphs if glyph.vertical]
    rows = _rows(level)
    tight: list[list[Glyph]] = []
    loose: list[list[Glyph]] = []
    for row in rows:
        (tight if _is_tight(row) else loose).append(row)
    if tight and sum(map(len, loose)) > sum(map(len, tight)) and _is_stacked(loose):
        beside = [row for row in tight if _stands_alone(row, rows)]
    elif _is_stacked(rows):
        beside = []
    else:
        return rows, _columns(upright)
    stacked = [glyph for row in rows if row not in beside for glyph in row]
    return beside, _columns([*stacked, *upright])


def _is_tight(row: list[Glyph]) -> bool:
    """Whether a row's neighbours touch, as in a level line."""
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    close = sum([b.x0 - a.x1 < SETTINGS.stack_gap * a.size for a, b in pairwise(inked)])
    return len(inked) >= SETTINGS.level_run and 4 * close >= 3 * (len(inked) - 1)


def _stands_alone(row: list[Glyph], rows: Sequence[list[Glyph]]) -> bool:
    """Whether nothing stands close above or below most glyphs of a row: amid vertical writing it is a level line."""
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    others = [glyph for other in rows if other is not row for glyph in other if not glyph.text.isspace()]
    stacked = sum([any(_stands_close(glyph, other) for other in others) for glyph in inked])
    return 4 * stacked < len(inked)


def _stands_close(one: Glyph, other: Glyph) -> bool:
    """Whether a glyph stands right above or below another, as in a column of vertical writing."""
    beside = abs(one.x0 + one.x1 - other.x0 - other.x1) < 0.5 * one.size
    return beside and max(one.top - other.bottom, other.top - one.bottom) < SETTINGS.stack_gap * one.size


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped by baseline, each row sorted by x; raised or lowered small ones join the row they overlap."""
    rows: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=_baseline):
        if rows and glyph.baseline - base <= SETTINGS.same_line * (max(size, glyph.size)):
            rows[-1].append(glyph)
            if glyph.size > size:
                base, size = glyph.baseline, glyph.size
        else:
            rows.append([glyph])
            base, size = glyph.baseline, glyph.size
    rows = [part for row in rows for part in _unmixed(row)]
    for row in rows:
        row.sort(key=_x0, reverse=runs_back(row, "x"))
    return rows


def runs_back(glyphs: Sequence[Glyph], axis: str) -> bool:
    """Whether most of some glyphs run to the left (axis ``x``) or upwards (``y``)."""
    return 2 * sum([glyph.backward == axis for glyph in glyphs]) > len(glyphs)


def _unmixed(row: list[Glyph]) -> list[list[Glyph]]:
    """A row, or its several lines where text overflowed onto the next line: neighbours would lie over each other."""
    if row[-1].baseline - row[0].baseline < SETTINGS.rounding:
        return [row]
    baselines: list[list[Glyph]] = [[row[0]]]
    for glyph in row[1:]:
        if glyph.baseline - baselines[-1][-1].baseline < SETTINGS.rounding:
            baselines[-1].append(glyph)
        else:
            baselines.append([glyph])
    inked = sorted([glyph for glyph in row if not glyph.text.isspace()], key=_x0)
    covered = sum(
        b.x0 < (a.x0 + a.x1) / 2 and abs(a.baseline - b.baseline) >= SETTINGS.rounding for a, b in pairwise(inked)
    )
    return baselines if covered >= SETTINGS.mixed and covered * 4 >= len(inked) else [row]


def _is_stacked(rows: list[list[Glyph]]) -> bool:
    """Whether rows hold lone glyphs that stand closer above one another than beside one another."""
    inked = [[glyph for glyph in row if not glyph.text.isspace()] for row in rows]
    inked = [row for row in inked if row]
    count = sum(map(len, inked))
    if not any(glyph.text.isalpha() for row in inked for glyph in row):
        # Figures and marks one below the other are a column of them.
        return False
    if len(inked) < 2 or (count > 3 * len(inked) and count > 60 and not _sparse(inked[:8])):
        return False
    beside = [b.x0 - a.x1 for row in inked for a, b in pairwise(row)]
    size = median(glyph.size for row in inked for glyph in row)
    if beside and sum(gap < SETTINGS.stack_gap * size for gap in beside) * 4 > count:
        return _are_close_columns(inked)
    above = _gaps_above(inked)
    if not above or len(above) * 2 < count - len(inked[0]):
        return False
    typical = median(above)
    return typical < SETTINGS.stack_gap * size and (not beside or typical < median(beside))


def _are_close_columns(rows: list[list[Glyph]]) -> bool:
    """Whether rows are columns of vertical writing set close: solid from top to bottom, apart from left to right, and
    the last column is the shorter one, at the left.
    """
    size = rows[0][0].size
    longest = max(map(len, rows))
    short = [row for row in rows if len(row) < longest]
    if longest > SETTINGS.close_columns or not short or len(rows) < SETTINGS.level_run:
        return False
    if any(glyph.text.isascii() for row in rows for glyph in row):
        return False
    solid = all(b[0].baseline - a[0].baseline <= SETTINGS.solid_pitch * size for a, b in pairwise(rows))
    apart = all(b.x0 - a.x1 >= SETTINGS.level_gap * size for row in rows for a, b in pairwise(row))
    right = all(abs(row[-1].x0 - rows[0][-1].x0) < SETTINGS.level_gap * size for row in rows)
    return solid and apart and right and short == rows[-len(short) :]


def _sparse(rows: list[list[Glyph]]) -> bool:
    """Whether most neighbours in rows stand clearly apart."""
    gaps = [b.x0 - a.x1 > SETTINGS.stack_gap * a.size for row in rows for a, b in pairwise(row)]
    return sum(gaps) * 2 > len(gaps)


def _gaps_above(rows: list[list[Glyph]]) -> list[float]:
    """For each glyph right below another of a former row, the gap between the two."""
    gaps = []
    last: dict[int, Glyph] = {}
    for row in rows:
        for glyph in row:
            key = round((glyph.x0 + glyph.x1) / 4)
            above = next((last[k] for k in (key, key - 1, key + 1) if k in last), None)
            if above is not None and abs(above.x0 + above.x1 - glyph.x0 - glyph.x1) < 0.5 * glyph.size:
                gaps.append(glyph.top - above.bottom)
        for glyph in row:
            last[round((glyph.x0 + glyph.x1) / 4)] = glyph
    return gaps


def _columns(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped into columns of vertical writing from right to left, each from top to bottom.

    Digits and letters set level in the place of one character (85％ with both digits side by side) stay together.
    """
    columns: list[list[list[Glyph]]] = []
    for unit in sorted(_units(glyphs), key=lambda unit: -_middle(unit)):
        if columns and 2 * (_middle(columns[-1][0]) - _middle(unit)) <= unit[0].size:
            columns[-1].append(unit)
        else:
            columns.append([unit])
    for column in columns:
        column.sort(key=lambda unit: unit[0].top, reverse=runs_back([unit[0] for unit in column], "y"))
    return [[glyph for unit in column for glyph in unit] for column in columns]


def _units(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs one by one, but digits and letters that touch on one baseline together."""
    units: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.baseline, glyph.x0)):
        last = units[-1][-1] if units else None
        if (
            last is not None
            and last.text.isascii()
            and glyph.text.isascii()
            and last.text.isalnum()
            and glyph.text.isalnum()
            and not (last.vertical or glyph.vertical)
            and abs(glyph.baseline - last.baseline) < SETTINGS.rounding
            and abs(glyph.x0 - last.x1) < SETTINGS.level_gap * glyph.size
        ):
            units[-1].append(glyph)
        else:
            units.append([glyph])
    return units


def _middle(unit: Sequence[Glyph]) -> float:
    return (unit[0].x0 + unit[-1].x1) / 2


def make_line(row: Sequence[Glyph], marks: Marks, *, vertical: bool = False) -> Line | None:
    """A line of ``row``'s glyphs without blanks at its ends, None where nothing is left."""
    blank = [glyph.text.isspace() for glyph in row]
    if False not in blank:
        return None
    start, end = blank.index(False), len(row)
    while blank[end - 1]:
        end -= 1
    shown = row[start:end]
    if not vertical and True in blank[start:end]:
        shown = _without_covered_blanks(shown)
    flat = _one_each(_with_gaps(shown, vertical=vertical))
    text, x0s, tops, x1s, bottoms, _, sizes, _, bolds, _, _, _, _ = zip(*flat, strict=True)
    box = Box(min(x0s), min(tops), max(x1s), max(bottoms))
    styled = StyledText(
        "".join(text),
        marks.underlined(flat, box, vertical=vertical),
        marks.struck(flat, box, vertical=vertical),
        marks.colored(flat),
    )
    low = min(sizes)
    size = low if low == max(sizes) else Counter([round(size, 2) for size in sizes]).most_common(1)[0][0]
    return Line(styled, box, tuple(flat), size, sum(bolds) * 2 > len(flat), vertical)


def _without_covered_blanks(row: Sequence[Glyph]) -> list[Glyph]:
    """The row without blanks of which a neighbour covers more than half: no reader of the page sees these."""
    out: list[Glyph] = []
    reach = -math.inf
    for glyph in row:
        if glyph.text.isspace():
            if (glyph.x0 + glyph.x1) / 2 >= reach:
                out.append(glyph)
            continue
        while out and out[-1].text.isspace() and (out[-1].x0 + out[-1].x1) / 2 > glyph.x0:
            out.pop()
        out.append(glyph)
        reach = max(reach, glyph.x1)
    return out


def _one_each(row: list[Glyph]) -> list[Glyph]:
    """Glyphs that stand for several characters (ligatures) cut into one glyph a character."""
    if all(len(glyph.text) == 1 for glyph in row):
        return row
    out: list[Glyph] = []
    for glyph in row:
        step = (glyph.x1 - glyph.x0) / max(len(glyph.text), 1)
        out += [
            glyph._replace(text=char, x0=glyph.x0 + i * step, x1=glyph.x0 + (i + 1) * step)
            for i, char in enumerate(glyph.text)
        ]
    return out


def _with_gaps(row: Sequence[Glyph], *, vertical: bool) -> list[Glyph]:
    """The row with a space where the page shows a gap that is not letter spacing."""
    out = [row[0]]
    before = row[0]
    spacing: float | None = None
    for glyph in row[1:]:
        gap = glyph.top - before.bottom if vertical else glyph.x0 - before.x1
        if gap > SETTINGS.word_gap * glyph.size and not glyph.text.isspace() and not before.text.isspace():
            if spacing is None:
                spacing = _letter_spacing(row, vertical=vertical)
            in_number = before.text in _POINTS and glyph.text.isdecimal() and gap < SETTINGS.point_gap * glyph.size
            ascii_pair = before.text.isascii() and glyph.text.isascii() and not in_number
            words = ascii_pair and gap - spacing > SETTINGS.word_gap * glyph.size
            if words or gap - spacing > SETTINGS.wide_gap * glyph.size:
                out.append(_blank_between(before, glyph, vertical=vertical))
        out.append(glyph)
        before = glyph
    return out


def _blank_between(before: Glyph, after: Glyph, *, vertical: bool) -> Glyph:
    if vertical:
        return after._replace(text=" ", top=before.bottom, bottom=after.top, inserted=True)
    return after._replace(text=" ", x0=before.x1, x1=after.x0, inserted=True)


def _letter_spacing(row: Sequence[Glyph], *, vertical: bool) -> float:
    """The usual gap between a row's neighbours, 0 for a row of few."""
    pairs = pairwise(row)
    gaps = [b.top - a.bottom if vertical else b.x0 - a.x1 for a, b in pairs]
    return max(0.0, median(gaps)) if len(gaps) > 2 else 0.0
