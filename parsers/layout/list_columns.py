"""Lists set side by side in one cell: each is read to its end before the next, unless they count across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from normalizers.text.markers import Marker, read_marker
from parsers.layout.headed_columns import headed_columns
from parsers.model.page import Glyph

Row = list[Glyph]


@dataclass(frozen=True, slots=True)
class ListColumnSettings:
    """When rows of one cell are two lists. Em of the text unless said otherwise."""

    list_gap: float = 1.0
    """A gap, blanks counted, before the second list. One blank in a line is as wide; its mark must stand behind it."""
    list_gutter: float = 0.5
    """What a line of the first list leaves free before the second, where no item begins beside it."""
    wrapping_share: float = 0.75
    """Share of its width from which on a line of the first list may wrap without an indent. Chosen."""
    list_edge: float = 0.6
    """Items of one list begin within this of one another."""
    items_beside: int = 2
    """Items that the second list has at least, its label counted. Chosen: one alone is an aside."""
    letters_beside: int = 3
    """Letters that an item of the second list has at least: figures with numbers are no list of items. Chosen."""


SETTINGS = ListColumnSettings()


class ListRow(NamedTuple):
    """One row of a cell; ``limit`` is where the longest line of its list ends (points) if another stands beside it."""

    glyphs: Row
    limit: float | None = None


def without_list_columns(rows: Sequence[Row]) -> list[ListRow]:
    """The rows of a cell, those of lists side by side cut in two: a list after the other, or item by item."""
    out: list[ListRow] = []
    at = 0
    while at < len(rows):
        headed = headed_columns(rows, at)
        if headed is not None:
            out += _below_heads(headed)
            at += len(headed)
            continue
        band = _band(rows, at)
        if band is None:
            out.append(ListRow(rows[at]))
            at += 1
            continue
        halves, count = band
        out += _across(halves) if _counts_across(halves) else _down(halves)
        at += count
    return out


@dataclass(frozen=True, slots=True)
class _Halves:
    """One row of two lists: what each has in it, nothing where its side is empty."""

    left: Row
    right: Row


def _band(rows: Sequence[Row], first: int) -> tuple[list[_Halves], int] | None:
    """The rows from ``first`` on that two lists share, cut in two, and their number; None where there are none."""
    edge = _second_item(rows[first])
    if edge is None or _marker(rows[first]) is None:
        return None
    halves: list[_Halves] = []
    for row in rows[first:]:
        cut = _cut(row, edge)
        if cut is None or _stands_before(cut.left, rows[first]):
            break
        halves.append(cut)
    while halves and not halves[-1].right and not _goes_on(halves[:-1], halves[-1].left, edge):
        halves.pop()
    items = [half.right for half in halves if half.right and _begins_item(half.right, edge)]
    return (halves, len(halves)) if len(items) >= SETTINGS.items_beside else None


def _second_item(row: Row) -> float | None:
    """Where behind a wide gap another item begins in a row, None where none does."""
    for at in _behind_gaps(row):
        text = _text(row[at:])
        if read_marker(text) is not None and sum(map(str.isalpha, text)) >= SETTINGS.letters_beside:
            return row[at].x0
    return None


def _behind_gaps(row: Row) -> Iterator[int]:
    last: Glyph | None = None
    for at, glyph in enumerate(row):
        if glyph.text.isspace():
            continue
        if last is not None and glyph.x0 - last.x1 >= SETTINGS.list_gap * glyph.size * 0.95:
            yield at
        last = glyph


def _cut(row: Row, edge: float) -> _Halves | None:
    """A row cut at the left edge of the second list; None where text runs across it."""
    left = [glyph for glyph in row if glyph.x0 < edge - SETTINGS.list_edge * glyph.size]
    right = row[len(left) :]
    inked = [glyph for glyph in left if not glyph.text.isspace()]
    seen = [glyph for glyph in right if not glyph.text.isspace()]
    if (
        inked
        and inked[-1].x1 > edge - SETTINGS.list_gutter * inked[-1].size
        and not (seen and _begins_item(right, edge))
    ):
        return None
    return _Halves(left if inked else [], right if seen else [])


def _stands_before(row: Row, first: Row) -> bool:
    """Whether a row begins further left than a list's first item: it heads what follows and is of neither list."""
    return bool(row) and _inked(row)[0].x0 < _inked(first)[0].x0 - SETTINGS.list_edge * row[0].size


def _goes_on(halves: Sequence[_Halves], row: Row, edge: float) -> bool:
    """Whether a row beside nothing carries on the first list: its next item, or the rest of its last one."""
    above = [half.left for half in halves if half.left]
    if not above or not row:
        return False
    marked = [line for line in above if _marker(line) is not None]
    own, left = _marker(row), _inked(marked[-1])[0].x0
    if own is None:
        indented = _inked(row)[0].x0 > left + SETTINGS.list_edge * row[0].size
        return indented or _inked(above[-1])[-1].x1 - left >= SETTINGS.wrapping_share * (edge - left)
    last = _marker(marked[-1])
    return last is not None and last.kind == own.kind and (own.number is None or own.number == (last.number or 0) + 1)


def _begins_item(row: Row, edge: float) -> bool:
    first = _inked(row)[0]
    return abs(first.x0 - edge) <= SETTINGS.list_edge * first.size and _marker(row) is not None


def _counts_across(halves: Sequence[_Halves]) -> bool:
    """Whether the second item of the first row is the next number after the first one (① … ②)."""
    one, two = _marker(halves[0].left), _marker(halves[0].right)
    if one is None or two is None or one.number is None:
        return False
    return one.kind == two.kind and two.number == one.number + 1


def _down(halves: Sequence[_Halves]) -> list[ListRow]:
    left = [half.left for half in halves if half.left]
    limit = max(_inked(row)[-1].x1 for row in left)
    return [ListRow(row, limit) for row in left] + without_list_columns([half.right for half in halves if half.right])


def _below_heads(halves: Sequence[tuple[Row, Row]]) -> list[ListRow]:
    """Column after column: a line of the first may reach as far as the next begins."""
    limit = min(_inked(right)[0].x0 for _, right in halves if right)
    first = [ListRow(left, limit) for left, _ in halves if left]
    return first + without_list_columns([right for _, right in halves if right])


def _across(halves: Sequence[_Halves]) -> list[ListRow]:
    """Item by item: the rest of an item stands below its first line on its side."""
    limit = max(_inked(half.left)[-1].x1 for half in halves if half.left)
    out: list[ListRow] = []
    waiting: list[ListRow] = []
    for half in halves:
        if half.left and _marker(half.left) is not None:
            out += waiting
            waiting = []
        out += [ListRow(half.left, limit)] if half.left else []
        waiting += [ListRow(half.right)] if half.right else []
    return out + waiting


def _marker(row: Row) -> Marker | None:
    return read_marker(_text(row)) if row else None


def _inked(row: Row) -> Row:
    return [glyph for glyph in row if not glyph.text.isspace()]


def _text(row: Row) -> str:
    return "".join(glyph.text for glyph in row).strip()
