"""Two pages printed on one sheet, the old plan on one and the new one on the other: a comparison without a table.

Nothing stands across the middle of such a sheet, and each half is headed by words that tell its edition or its year
(【旧】令和3年度事業計画 | 【新】令和4年度事業計画). Columns of running text that are not headed so stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from parsers.layout.folded_sheets import fold_of
from parsers.layout.joined_lines import cut_line
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, PageLayout, Table
from parsers.tables.column_headers import HeaderWords, read_header_words

_LINES_LOOKED_AT = 3
"""Lines at the head of a half among which its title is looked for. Chosen."""
_PAGE_NUMBER = re.compile(r"[\s\-－‐–—―~～p.Ｐ・]*[0-9０-９]{1,3}(?:\s*[/／]\s*[0-9０-９]{1,3})?[\s\-－‐–—―~～]*")
_PLAN = "計画"

_AROUND = 2.0
"""Points of a column beyond its text on both sides. Chosen."""

_Halves = tuple[list[Line], list[Line]]


class _Sheet(NamedTuple):
    """A sheet of two facing pages: its size, and from where to where the text of each reaches."""

    size: tuple[float, float]
    columns: tuple[tuple[float, float], tuple[float, float]]


def with_facing_pages(layouts: Sequence[PageLayout]) -> tuple[PageLayout, ...]:
    """The layouts, each sheet of two such pages with its halves as the columns of one table.

    Further sheets of the same size, and as free in the middle, carry that table on.
    """
    made: list[PageLayout] = []
    known: _Sheet | None = None
    for layout in layouts:
        halves = _halves(layout)
        titles = _titles(halves) if halves is not None else None
        if halves is not None and titles is not None:
            known = _Sheet((layout.width, layout.height), (_extent(halves[0]), _extent(halves[1])))
        carried_on = known is not None and known.size == (layout.width, layout.height)
        if halves is None or known is None or not carried_on:
            made.append(layout)
            known = None if layout.loose_lines or layout.tables else known
            continue
        made.append(_with_table(layout, halves, titles, known.columns))
    return tuple(made)


def _halves(layout: PageLayout) -> _Halves | None:
    """The lines of the left and of the right half of a sheet without tables; None where it is one page."""
    glyphs = [glyph for line in layout.loose_lines for glyph in line.glyphs]
    if layout.tables or any(line.vertical for line in layout.loose_lines):
        return None
    fold = fold_of(layout.width, layout.height, glyphs, (), needs_table=False)
    if fold is None:
        return None
    left: list[Line] = []
    right: list[Line] = []
    for line in layout.loose_lines:
        at = next((index for index, glyph in enumerate(line.glyphs) if glyph.x0 > fold), len(line.glyphs))
        left += [part] if (part := cut_line(line, 0, at)) is not None else []
        right += [part] if (part := cut_line(line, at, len(line.glyphs))) is not None else []
    return (_down(left), _down(right)) if left and right else None


def _down(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.box.top, line.box.x0))


def _titles(halves: _Halves) -> _Halves | None:
    """The lines that head the two halves, where they tell the editions apart."""
    heads: list[list[Line]] = []
    for lines in halves:
        first = next((at for at, line in enumerate(lines[:_LINES_LOOKED_AT]) if _tells_edition(line)), None)
        heads.append(list(takewhile(_is_title, lines[first:])) if first is not None else [])
    left, right = heads
    if not left or not right or abs(left[0].box.top - right[0].box.top) > left[0].size:
        return None
    words = [_words(head) for head in heads]
    if {word.edition for word in words} == {"new", "old"}:
        return left, right
    years = {word.year for word in words}
    planned = all(_PLAN in "".join(line.text.text for line in head) for head in heads)
    return (left, right) if planned and len(years) == 2 and None not in years else None


def _words(head: Sequence[Line]) -> HeaderWords:
    return read_header_words("".join(line.text.text for line in head))


def _is_title(line: Line) -> bool:
    return read_header_words(line.text.text).understood


def _tells_edition(line: Line) -> bool:
    words = read_header_words(line.text.text)
    return words.understood and (words.edition in ("new", "old") or words.year is not None)


def _extent(lines: Sequence[Line]) -> tuple[float, float]:
    return min(line.box.x0 for line in lines) - _AROUND, max(line.box.x1 for line in lines) + _AROUND


def _with_table(
    layout: PageLayout, halves: _Halves, titles: _Halves | None, columns: Sequence[tuple[float, float]]
) -> PageLayout:
    heads = titles or ([], [])
    top = min((line.box.top for head in heads for line in head), default=0.0)
    below = max((line.box.bottom for head in heads for line in head), default=0.0)
    loose: list[Line] = []
    bodies: list[tuple[Line, ...]] = []
    for lines, head in zip(halves, heads, strict=True):
        own = [line for line in lines if not any(line is title for title in head)]
        apart = [line for line in own if line.box.top < top or _PAGE_NUMBER.fullmatch(line.text.text)]
        loose += apart
        bodies.append(tuple(line for line in own if not any(line is other for other in apart)))
    bounds = [top, *([below] if titles is not None else []), layout.height]
    rows = [*([(tuple(heads[0]), tuple(heads[1]))] if titles is not None else []), (bodies[0], bodies[1])]
    cells = tuple(
        GridCell(row, column, 1, 1, Box(x0, bounds[row], x1, bounds[row + 1]), lines)
        for row, pair in enumerate(rows)
        for column, ((x0, x1), lines) in enumerate(zip(columns, pair, strict=True))
    )
    box = Box(columns[0][0], top, columns[-1][1], layout.height)
    return replace(layout, loose_lines=tuple(loose), tables=(Table(0, box, cells),))
