"""Columns of figures side by side without a rule between them, each below its head: 【被保険者】 【被扶養者】."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.text.characters import normalize
from normalizers.text.numbers import read_quantities
from parsers.model.page import Glyph


@dataclass(frozen=True, slots=True)
class HeadedColumnSettings:
    """Which rows stand below heads. Em of the text unless said otherwise. All chosen."""

    between_heads: float = 1.5
    """Between two heads at least."""
    head_gutter: float = 0.5
    """What every row leaves free between two columns at least."""
    longest_column_head: int = 20
    """Characters of a head."""
    headed_edge: float = 0.6
    """Lines of one column begin within this of one another."""
    fewest_named_rows: int = 2
    """Rows of names with their figures that heads without brackets have below them on either side."""


SETTINGS = HeadedColumnSettings()

Row = list[Glyph]
Halves = tuple[Row, Row]

_BRACKETED = re.compile(r"[○●◎◇◆□■▽▼・]?[(\[【〔<〈《「『][^()\[\]【】〔〕<>〈〉《》「」『』]+[)\]】〕>〉》」』][:：]?")
_SENTENCE = re.compile(r"[。、]")


def headed_columns(rows: Sequence[Row], first: int) -> list[Halves] | None:
    """The rows from ``first`` on, cut in two, that two columns share under the heads in the first; None without such.

    Each row's glyphs run from left to right. What stands right of the first column may be several columns yet.
    """
    heads = _pieces(rows[first])
    if len(heads) < 2 or not all(map(_may_head, heads)):
        return None
    gap = (heads[0][-1].x1, heads[1][0].x0)
    taken: list[Row] = []
    for row in rows[first:]:
        narrowed = _free_within(row, gap)
        if narrowed is None:
            break
        gap = narrowed
        taken.append(row)
    middle = (gap[0] + gap[1]) / 2
    halves = [_cut(row, middle) for row in taken]
    while len(halves) > 1 and not halves[-1][1] and not _begins_as(halves[-1][0], [left for left, _ in halves[1:-1]]):
        halves.pop()
    return halves if _is_headed(halves) else None


def _is_headed(halves: Sequence[Halves]) -> bool:
    """Whether the first row heads what stands below it: heads in brackets anything, others names with their figures."""
    sides = [[row for row in side if row] for side in zip(*halves[1:], strict=True)]
    if len(sides) < 2 or not all(sides):
        return False
    if all(_BRACKETED.fullmatch(_plain(piece)) for piece in _pieces([*halves[0][0], *halves[0][1]])):
        return True
    enough = min(map(len, sides)) >= SETTINGS.fewest_named_rows
    return enough and all(_names_figure(row) for side in sides for row in side)


def _may_head(piece: Row) -> bool:
    text = _plain(piece)
    return len(text) <= SETTINGS.longest_column_head and not _SENTENCE.search(text) and not _ends_in_figure(text)


def _names_figure(row: Row) -> bool:
    """Whether a row is a name and its figure behind it."""
    text = _plain(row)
    last = next(reversed(read_quantities(text)), None)
    return _ends_in_figure(text) and last is not None and bool(text[: last.start].strip(" (:・※"))


def _ends_in_figure(text: str) -> bool:
    last = next(reversed(read_quantities(text)), None)
    return last is not None and last.has_unit and len(text) - last.end <= len("以上とする")


def _begins_as(row: Row, above: Sequence[Row]) -> bool:
    """Whether a row begins where one of those above it does; one of blanks alone begins nowhere."""
    return any(
        abs(_inked(other)[0].x0 - at.x0) <= SETTINGS.headed_edge * at.size
        for at in _inked(row)[:1]
        for other in above
        if other
    )


def _pieces(row: Row) -> list[Row]:
    """A row cut at its wide gaps, blanks counted as gap."""
    pieces: list[Row] = []
    for glyph in _inked(row):
        if pieces and glyph.x0 - pieces[-1][-1].x1 <= SETTINGS.between_heads * glyph.size:
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return pieces


def _free_within(row: Row, gap: tuple[float, float]) -> tuple[float, float] | None:
    """The widest stretch of ``gap`` that a row leaves free, None where all are narrow."""
    low, high = gap
    edges = [low]
    for glyph in _inked(row):
        if glyph.x1 > low and glyph.x0 < high:
            edges += [glyph.x0, glyph.x1]
    edges.append(high)
    free = zip(edges[::2], edges[1::2], strict=True)
    widest = max(free, key=lambda stretch: stretch[1] - stretch[0])
    size = max((glyph.size for glyph in row), default=0.0)
    return widest if widest[1] - widest[0] >= SETTINGS.head_gutter * size else None


def _cut(row: Row, middle: float) -> Halves:
    left = [glyph for glyph in row if glyph.x0 < middle]
    right = row[len(left) :]
    return (left if _inked(left) else []), (right if _inked(right) else [])


def _inked(row: Sequence[Glyph]) -> Row:
    return [glyph for glyph in row if not glyph.text.isspace()]


def _plain(row: Sequence[Glyph]) -> str:
    return normalize("".join(glyph.text for glyph in row)).text.strip()
