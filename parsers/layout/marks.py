"""A page's underlines, strike-throughs and text colours, attached to exact characters."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from parsers.model.geometry import Box
from parsers.model.page import Glyph, Stroke
from parsers.model.styled_text import ColorSpan, Span, merge_colors, merge_spans


@dataclass(frozen=True, slots=True)
class MarkSettings:
    """Which characters a decoration marks, and which colours are black."""

    underline_band: tuple[float, float] = (-0.12, 0.4)
    """Em downwards from the baseline: the middle of an underline. Wider than where strokes are told to be underlines,
    because a line's characters may differ in size. Nearest: -1.23 and 0.05; 0.27 and 1.44.
    """
    strike_band: tuple[float, float] = (-0.68, -0.12)
    """The same of a strike-through."""
    black_text: int = 0x40
    """Of 255: colours all of whose parts are below it are black to the eye. Chosen."""
    vivid: int = 0x60
    """Of 255: the spread of a colour's parts from which on it may mark text (red, blue); navy is below it. Chosen."""
    black_share: float = 0.2
    """Of the glyphs: where as many are black, a vivid colour is a mark, however much text has it. Chosen."""
    autospace: tuple[float, float] = (0.1, 0.35)
    """Em of the room that word processors leave between Japanese and Latin characters: 0.22 in Writer. Chosen."""
    whole: float = 0.75
    """Share of a glyph behind such room from which on what ends in it decorates it: 0.59 is the room's own. Chosen."""
    above_box: int = 4
    """Points above a line's box from which on strokes are looked at; only narrows the search."""


SETTINGS = MarkSettings()


class Marks:
    """What marks text on one page; asked for each line of a cell or block.

    ``ordinary`` is the colour (0xRRGGBB) that counts as unmarked.
    """

    def __init__(self, underlines: Sequence[Stroke], strikethroughs: Sequence[Stroke], ordinary: int) -> None:
        self._underlines = sorted(underlines, key=lambda s: s.box.top)
        self._strikes = sorted(strikethroughs, key=lambda s: s.box.top)
        self._underline_tops = [s.box.top for s in self._underlines]
        self._strike_tops = [s.box.top for s in self._strikes]
        self.ordinary = ordinary

    def with_ordinary(self, color: int) -> Marks:
        """The same marks where another text colour is the ordinary one."""
        if color == self.ordinary:
            return self
        return Marks(self._underlines, self._strikes, color)

    def underlined(self, row: Sequence[Glyph], box: Box, *, vertical: bool) -> tuple[Span, ...]:
        """Characters of a line that a decoration underlines: at least half of each one's width lies over it."""
        if vertical:
            return ()
        return _covered(row, box, self._underlines, self._underline_tops, SETTINGS.underline_band)

    def struck(self, row: Sequence[Glyph], box: Box, *, vertical: bool) -> tuple[Span, ...]:
        """Characters of a line that are struck through, by the same measure."""
        if vertical:
            return ()
        return _covered(row, box, self._strikes, self._strike_tops, SETTINGS.strike_band)

    def colored(self, row: Sequence[Glyph]) -> tuple[ColorSpan, ...]:
        """Stretches in a colour other than the ordinary one; blanks between two of one colour belong to them."""
        if all(glyph.color == self.ordinary for glyph in row):
            return ()
        spans = [
            ColorSpan(i, i + 1, f"#{glyph.color:06x}")
            for i, glyph in enumerate(row)
            if not glyph.text.isspace() and not same_color(glyph.color, self.ordinary)
        ]
        bridged = list(spans)
        for left, right in itertools.pairwise(spans):
            between = row[left.end : right.start]
            if between and left.color == right.color and all(glyph.text.isspace() for glyph in between):
                bridged.append(ColorSpan(left.end, right.start, left.color))
        return merge_colors(bridged)


def ordinary_color(glyphs: Sequence[Glyph]) -> int:
    """The colour of most glyphs (0xRRGGBB), black for none; black, too, where it is enough and most of a page is vivid.

    Where a year's changes are in red, most of a page may be red.
    """
    counts = Counter([glyph.color for glyph in glyphs if not glyph.text.isspace()])
    if not counts:
        return 0
    most = counts.most_common(1)[0][0]
    if not _vivid(most):
        return most
    black, number = max(
        ((color, n) for color, n in counts.items() if _nearly_black(color)), key=itemgetter(1), default=(0, 0)
    )
    return black if number >= SETTINGS.black_share * counts.total() else most


def same_color(one: int, other: int) -> bool:
    """Whether two colours are one to the eye: equal, or both nearly black."""
    return one == other or (_nearly_black(one) and _nearly_black(other))


def _parts(color: int) -> tuple[int, int, int]:
    return color >> 16, color >> 8 & 0xFF, color & 0xFF


def _nearly_black(color: int) -> bool:
    return max(_parts(color)) < SETTINGS.black_text


def _vivid(color: int) -> bool:
    return max(_parts(color)) - min(_parts(color)) >= SETTINGS.vivid


def _covered(
    row: Sequence[Glyph], box: Box, strokes: Sequence[Stroke], tops: Sequence[float], band: tuple[float, float]
) -> tuple[Span, ...]:
    if not strokes:
        return ()
    low, high = band
    spans = []
    for stroke in strokes[
        bisect_left(tops, box.top - SETTINGS.above_box) : bisect_right(tops, box.bottom + box.height)
    ]:
        x0, top, x1, bottom = stroke.box
        if x1 <= box.x0 or x0 >= box.x1:
            continue
        y = (top + bottom) / 2
        size = max([glyph.size for glyph in row])
        for index, glyph in enumerate(row):
            covered = min(x1, glyph.x1) - max(x0, glyph.x0)
            if (
                covered > 0
                and covered * 2 >= glyph.x1 - glyph.x0
                and low <= (y - glyph.baseline) / size <= high
                and not (x1 < glyph.x1 and _ends_in_autospace(row, index, x1))
            ):
                spans.append(Span(index, index + 1))
    return merge_spans(spans)


def _ends_in_autospace(row: Sequence[Glyph], index: int, end: float) -> bool:
    """Whether what runs on over the first part of a glyph decorates the room before it, as Writer draws it.

    The room between Japanese and Latin characters is a quarter of an em; its decoration is as long as a blank.
    """
    glyph = row[index]
    before = next((other for other in reversed(row[:index]) if not other.text.isspace()), None)
    if before is None or not glyph.text.isascii() or before.text.isascii():
        return False
    room = glyph.x0 - before.x1
    least, most = SETTINGS.autospace
    return least * glyph.size <= room <= most * glyph.size and end - glyph.x0 < SETTINGS.whole * (glyph.x1 - glyph.x0)
