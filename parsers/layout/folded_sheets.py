"""Two pages printed side by side on one sheet: where the sheet folds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.model.geometry import Box
from parsers.model.page import Glyph


@dataclass(frozen=True, slots=True)
class FoldSettings:
    """A wide sheet that holds two pages. Points unless said otherwise."""

    half_gutter: float = 12.0
    """On both sides of the fold so much is free: less than the least margin of a printed page. Chosen."""
    margin_play: float = 4.0
    """Text and tables of both pages begin as far from their page's edge. Rounding in print is below 1. Chosen."""
    number_margin: float = 0.12
    """Share of the sheet's height at its head and foot in which pages' numbers stand. Chosen."""
    number_digits: int = 3
    """Digits of a page's number at most."""


SETTINGS = FoldSettings()


def fold_of(
    width: float, height: float, glyphs: Sequence[Glyph], tables: Sequence[Box], *, needs_table: bool = True
) -> float | None:
    """Where a sheet of this size folds (x), None where it is one page.

    Nothing stands across the middle of a sheet of two pages, and both have the same margin. Without a ruled table the
    text alone may be a table's columns: how that is read, its rows tell, but for numbers of two pages at the sheet's
    head or foot, and only a caller who knows more of the text (``needs_table`` false) asks for its fold.
    """
    fold = width / 2
    if width <= height or (needs_table and not tables and not _counts_two_pages(width, height, glyphs)):
        return None
    extents = [(glyph.x0, glyph.x1) for glyph in glyphs if not glyph.text.isspace()]
    extents += [(box.x0, box.x1) for box in tables]
    if any(x0 < fold + SETTINGS.half_gutter and x1 > fold - SETTINGS.half_gutter for x0, x1 in extents):
        return None
    left = min((x0 for x0, _ in extents if x0 < fold), default=None)
    right = min((x0 for x0, _ in extents if x0 > fold), default=None)
    if left is None or right is None or abs(right - fold - left) > SETTINGS.margin_play:
        return None
    return fold


def _counts_two_pages(width: float, height: float, glyphs: Sequence[Glyph]) -> bool:
    """Whether a sheet's lowest or highest line is two numbers that follow one another, half a sheet apart."""
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not inked:
        return False
    for edge in (max(glyph.baseline for glyph in inked), min(glyph.baseline for glyph in inked)):
        if SETTINGS.number_margin * height < edge < (1 - SETTINGS.number_margin) * height:
            continue
        row = [glyph for glyph in inked if abs(glyph.baseline - edge) < glyph.size / 2]
        halves = [
            sorted([glyph for glyph in row if (glyph.x0 >= width / 2) == right], key=lambda glyph: glyph.x0)
            for right in (False, True)
        ]
        texts = ["".join(glyph.text for glyph in half).strip("-－–—―‐ ") for half in halves]
        if not all(text.isdecimal() and len(text) <= SETTINGS.number_digits for text in texts):
            continue
        apart = halves[1][0].x0 - halves[0][0].x0 - width / 2
        if int(texts[1]) == int(texts[0]) + 1 and abs(apart) <= SETTINGS.half_gutter:
            return True
    return False
