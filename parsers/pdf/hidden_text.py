"""Glyphs that no reader of the page sees: in the colour of their ground, covered by a later fill or picture, clipped.

The text layer keeps them all. A glyph whose box shows no ink in the page's picture is looked at again, with its colour
and the order in which the page was painted; so is one that shares its place with another, or lies under a picture.
A glyph without ink that nothing explains stays: the renderer may lack its font.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from parsers.model.geometry import Box
from parsers.model.page import Glyph
from parsers.pdf.glyph_doubts import (
    Cover,
    covers_glyph,
    crossed_by_borders,
    in_one_place,
    inner_of,
    pale_on_paper,
    within,
    without_ink,
)
from parsers.pdf.picture import PagePicture, Pixels


@dataclass(frozen=True, slots=True)
class HiddenTextSettings:
    """When a glyph cannot be seen. Contrasts are differences of grey, of 255."""

    least_contrast: int = 40
    """What differs less from its surroundings is not seen. Chosen."""
    least_contrast_large: int = 8
    """The same for large letters: a pale watermark is seen sooner. Chosen."""
    large: float = 30.0
    """Points: letters of this size are large. Chosen, three times a plan's text."""
    inked_share: float = 0.03
    """Share of a glyph's box in its own colour from which on it is seen. Chosen, below what 一 inks."""
    readable: float = 1.5
    """Points: characters lower than this are a speck. Chosen; the smallest notes are set in 4."""
    faint_contrast: int = 100
    """A character whose colour differs so much from its ground and that shows no contrast is nearly transparent.
    Chosen."""
    opaque: float = 0.85
    """Opacity from which on a fill hides what is below it. Chosen. Nearest: 1, nothing below."""
    covered_share: float = 0.5
    """Share of a glyph's box in its own colour from which on it is its ground's colour: no character fills half of its
    box.
    """


SETTINGS = HiddenTextSettings()


Place = tuple[str, int, int]


class Painting(NamedTuple):
    """How a page was painted: in which ``order`` and how opaque each glyph (by :func:`origin_of`), which glyphs (by
    :func:`place_of`) their clips leave, and the page's ``colors`` (red, green, blue) at ``scale`` pixels a point."""

    orders: Mapping[Place, tuple[int, float]]
    unclipped: frozenset[Place]
    colors: Pixels
    scale: float


class Seen(NamedTuple):
    """``shown`` and ``hidden`` are the page's glyphs in the order drawn; ``overprinted`` are visible ones in one place
    with another."""

    shown: list[Glyph]
    hidden: list[Glyph]
    overprinted: list[Glyph]


def part_hidden(
    glyphs: list[Glyph],
    picture: PagePicture,
    covers: Sequence[Cover],
    painting: Callable[[], Painting],
) -> Seen:
    """Tell the glyphs that can be seen from those that cannot.

    ``covers`` are the opaque areas; ``painting`` is asked only where a glyph is in doubt.
    """
    inked = [index for index, glyph in enumerate(glyphs) if not glyph.text.isspace()]
    boxes = np.array([glyphs[index][1:5] for index in inked], dtype=np.float64).reshape(-1, 4)
    blank = without_ink(inked, boxes, picture)
    crossed = crossed_by_borders(glyphs, inked, boxes, picture, covers) - blank
    together = in_one_place(glyphs, inked, boxes)
    pictures = [cover.box for cover in covers if cover.picture]
    pale = pale_on_paper(glyphs, inked, picture)
    specks = {index for index in inked if glyphs[index].bottom - glyphs[index].top < SETTINGS.readable}
    doubtful = sorted(blank | crossed | together | within(glyphs, pictures) | pale | specks)
    if not doubtful:
        return Seen(glyphs, [], [])
    doubts = _Doubts(glyphs, blank, crossed, together, pale, covers, painting())
    hidden = {index for index in doubtful if doubts.is_hidden(index)}
    hidden |= doubts.hidden_alike(hidden)
    hidden |= doubts.faint_beside(hidden)
    visible = sorted(together - hidden)
    left = in_one_place(glyphs, visible, np.array([glyphs[index][1:5] for index in visible]).reshape(-1, 4))
    over = [glyphs[index] for index in visible if index in left]
    return Seen(
        [glyph for index, glyph in enumerate(glyphs) if index not in hidden],
        [glyphs[index] for index in sorted(hidden)],
        over,
    )


def place_of(glyph: Glyph) -> Place:
    """A glyph by its character and place, to half a point."""
    return glyph.text, round(glyph.x0 * 2), round(glyph.top * 2)


def origin_of(glyph: Glyph) -> Place:
    """A glyph by its character and the point from which it is drawn, to a point."""
    if glyph.vertical:
        return glyph.text, round(glyph.baseline), round(glyph.top)
    return glyph.text, round(glyph.x0), round(glyph.baseline)


class _Doubts:
    """The glyphs in doubt with all that settles it; reads the page's order of painting and its colours once."""

    def __init__(
        self,
        glyphs: Sequence[Glyph],
        blank: set[int],
        crossed: set[int],
        together: set[int],
        pale: set[int],
        covers: Sequence[Cover],
        painting: Painting,
    ) -> None:
        self.glyphs = glyphs
        self.blank = blank
        self.crossed = crossed
        self.together = together
        self.pale = pale
        self.covers = covers
        self.painting = painting

    def is_hidden(self, index: int) -> bool:
        """Whether the glyph in doubt cannot be seen."""
        glyph = self.glyphs[index]
        _, opacity = self._order(glyph)
        if place_of(glyph) not in self.painting.unclipped or glyph.bottom - glyph.top < SETTINGS.readable:
            return True
        if index in self.blank and opacity * 255 < SETTINGS.least_contrast:
            return True
        part = self._part(glyph.box)
        if index in self.blank:
            least = SETTINGS.least_contrast_large if glyph.size >= SETTINGS.large else SETTINGS.least_contrast
            if _contrast(part) >= least:
                return False
            if _like(part, glyph.color, least) > SETTINGS.covered_share or _is_faint(part, glyph):
                return True
        elif index in self.pale:
            return True
        if not self._over(glyph):
            return False
        # What was drawn over it may be transparent, as a highlighter is: then its own ink still shows.
        own = self._part(inner_of(glyph.box)) if index in self.crossed else part
        return (
            index in self.blank
            or index in self.together
            or _like(own, glyph.color, SETTINGS.least_contrast) < SETTINGS.inked_share
        )

    def hidden_alike(self, hidden: set[int]) -> set[int]:
        """The glyphs outside their clips or under an area that hides others, though a ruling's ink lies across them."""
        hiding = {cover for index in hidden for cover in self._over(self.glyphs[index])}
        return {
            index
            for index, glyph in enumerate(self.glyphs)
            if not glyph.text.isspace()
            and (place_of(glyph) not in self.painting.unclipped or not hiding.isdisjoint(self._over(glyph, hiding)))
        }

    def faint_beside(self, hidden: set[int]) -> set[int]:
        """The hidden glyphs and those that hardly show next to them in one run of writing: a small mark shows too
        little to be told alone.
        """
        found = set(hidden)
        for order, step in ((sorted(self.blank), -1), (sorted(self.blank, reverse=True), 1)):
            for index in order:
                one, other = self.glyphs[index], index + step
                if other in found and index not in found and _contrast(self._part(one.box)) > 0:
                    beside = self.glyphs[other]
                    level = abs(one.baseline - beside.baseline) < 1 and one.color == beside.color
                    gap = max(one.x0, beside.x0) - min(one.x1, beside.x1)
                    if level and one.size == beside.size and gap < one.size:
                        found.add(index)
        return found

    def _order(self, glyph: Glyph) -> tuple[int | None, float]:
        return self.painting.orders.get(origin_of(glyph), (None, 1.0))

    def _over(self, glyph: Glyph, covers: Iterable[Cover] | None = None) -> list[Cover]:
        """The areas painted over a glyph."""
        order, _ = self._order(glyph)
        if order is None:
            return []
        among = self.covers if covers is None else covers
        return [cover for cover in among if cover.order > order and covers_glyph(cover.box, glyph)]

    def _part(self, box: Box) -> Pixels:
        scale = self.painting.scale
        x0, top = max(0, int(box.x0 * scale)), max(0, int(box.top * scale))
        colors = self.painting.colors
        return colors[top : max(top, round(box.bottom * scale)), x0 : max(x0, round(box.x1 * scale))]


def _like(part: Pixels, color: int, least: int) -> float:
    """The share of pixels whose colour differs less than ``least`` from ``color``."""
    if not part.size:
        return 0.0
    wanted = np.array([color >> 16, color >> 8 & 0xFF, color & 0xFF], dtype=np.int16)
    return float((np.abs(part.astype(np.int16) - wanted).max(axis=2) < least).mean())


def _is_faint(part: Pixels, glyph: Glyph) -> bool:
    """Whether a letter or digit was drawn, but hardly shows on a ground far from its colour; one whose font is missing
    shows nothing at all.
    """
    if not glyph.text.isalnum() or not _contrast(part):
        return False
    ground = (part.min((0, 1)).astype(int) + part.max((0, 1)).astype(int)) // 2
    wanted = np.array([glyph.color >> 16, glyph.color >> 8 & 0xFF, glyph.color & 0xFF])
    return int(np.abs(ground - wanted).max()) >= SETTINGS.faint_contrast


def _contrast(part: Pixels) -> int:
    return int((part.max((0, 1)) - part.min((0, 1))).max()) if part.size else 0
