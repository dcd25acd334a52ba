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
import numpy.typing as npt

from parsers.model.geometry import Box
from parsers.model.page import Glyph
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
    samples: int = 7
    """Points of a glyph's box that are looked at, each way, before all of its pixels are. Chosen for speed: the answer
    is the same.
    """
    same_place: float = 0.45
    """Two glyphs are in one place where their middles are nearer than this part of the narrower one's width. Chosen:
    neighbours stand 1 apart.
    """
    same_place_height_share: float = 0.3
    """The same of their heights."""
    inked_share: float = 0.03
    """Share of a glyph's box in its own colour from which on it is seen. Chosen, below what 一 inks."""
    most_paper: float = 0.6
    """Share of the strips above and below a white glyph that must be white for it to stand on paper. White letters in a
    shaded bar have less. Nearest: 0.269, nothing above.
    """
    strip: float = 0.75
    """Points: half the height of those strips. Chosen, less than the room between lines."""
    rim: float = 0.2
    """Share of a glyph's box at each side in which the ink of a border that crosses it may stand. Chosen."""
    opaque: float = 0.85
    """Opacity from which on a fill hides what is below it. Chosen. Nearest: 1, nothing below."""
    line_step: float = 6.0
    """Points: rows by which glyphs are sorted to find neighbours in one place. Less than any line's height; any value
    gives the same answer.
    """
    covered_share: float = 0.5
    """Share of a glyph's box in its own colour from which on it is its ground's colour: no character fills half of its
    box.
    """


SETTINGS = HiddenTextSettings()


_PALE = frozenset({0xFFFFFF, 0xFEFEFE, 0xFDFDFD})


class Cover(NamedTuple):
    """An opaque area painted on the page: its place in the order of painting, its box, whether it is a picture."""

    order: int
    box: Box
    picture: bool = False


Place = tuple[str, int, int]
Boxes = npt.NDArray[np.float64]


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
    blank = _without_ink(inked, boxes, picture)
    crossed = _crossed_by_borders(glyphs, inked, boxes, picture, covers) - blank
    together = _in_one_place(glyphs, inked, boxes)
    pictures = [cover.box for cover in covers if cover.picture]
    pale = _pale(glyphs, inked, picture)
    doubtful = sorted(blank | crossed | together | _within(glyphs, pictures) | pale)
    if not doubtful:
        return Seen(glyphs, [], [])
    doubts = _Doubts(glyphs, blank, crossed, together, pale, covers, painting())
    hidden = {index for index in doubtful if doubts.is_hidden(index)}
    hidden |= doubts.hidden_alike(hidden)
    visible = sorted(together - hidden)
    left = _in_one_place(glyphs, visible, np.array([glyphs[index][1:5] for index in visible]).reshape(-1, 4))
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
        if place_of(glyph) not in self.painting.unclipped:
            return True
        if index in self.blank and opacity * 255 < SETTINGS.least_contrast:
            return True
        part = self._part(glyph.box)
        if index in self.blank:
            least = SETTINGS.least_contrast_large if glyph.size >= SETTINGS.large else SETTINGS.least_contrast
            if part.size and int((part.max((0, 1)) - part.min((0, 1))).max()) >= least:
                return False
            if _like(part, glyph.color, least) > SETTINGS.covered_share:
                return True
        elif index in self.pale:
            return True
        if not self._over(glyph):
            return False
        # What was drawn over it may be transparent, as a highlighter is: then its own ink still shows.
        own = self._part(_inner(glyph.box)) if index in self.crossed else part
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

    def _order(self, glyph: Glyph) -> tuple[int | None, float]:
        return self.painting.orders.get(origin_of(glyph), (None, 1.0))

    def _over(self, glyph: Glyph, covers: Iterable[Cover] | None = None) -> list[Cover]:
        """The areas painted over a glyph."""
        order, _ = self._order(glyph)
        if order is None:
            return []
        among = self.covers if covers is None else covers
        return [cover for cover in among if cover.order > order and _covers(cover.box, glyph)]

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


def _covers(box: Box, glyph: Glyph) -> bool:
    """Whether an area lies over most of a glyph."""
    width = min(box.x1, glyph.x1) - max(box.x0, glyph.x0)
    height = min(box.bottom, glyph.bottom) - max(box.top, glyph.top)
    middle = box.contains((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
    return middle and width * 2 > glyph.x1 - glyph.x0 and height * 2 > glyph.bottom - glyph.top


def _without_ink(inked: Sequence[int], places: Boxes, picture: PagePicture) -> set[int]:
    """Which of the ``inked`` glyphs have boxes (``places``) in which all pixels are nearly alike."""
    if not inked:
        return set()
    boxes = places * picture.scale
    height, width = picture.gray.shape
    steps = (np.arange(SETTINGS.samples) + 0.5) / SETTINGS.samples
    xs = np.clip((boxes[:, :1] + (boxes[:, 2:3] - boxes[:, :1]) * steps).astype(np.intp), 0, width - 1)
    ys = np.clip((boxes[:, 1:2] + (boxes[:, 3:4] - boxes[:, 1:2]) * steps).astype(np.intp), 0, height - 1)
    sampled = picture.gray[ys[:, :, None], xs[:, None, :]].reshape(len(inked), -1)
    unsure = np.flatnonzero(sampled.max(axis=1) - sampled.min(axis=1) < SETTINGS.least_contrast)
    blank = set()
    for number in unsure.tolist():
        part = picture.part(Box(*places[number].tolist()))
        if not part.size or int(part.max()) - int(part.min()) < SETTINGS.least_contrast:
            blank.add(inked[number])
    return blank


def _crossed_by_borders(
    glyphs: Sequence[Glyph], inked: Sequence[int], places: Boxes, picture: PagePicture, covers: Sequence[Cover]
) -> set[int]:
    """Which of the ``inked`` letters and digits under or on an area have ink at the rims of their boxes only."""
    areas = [cover.box for cover in covers if not cover.picture]
    if not areas:
        return set()
    sides = (places[:, 2:] - places[:, :2]) * SETTINGS.rim
    inner = np.concatenate([places[:, :2] + sides, places[:, 2:] - sides], axis=1)
    held = [at for at in _without_ink(inked, inner, picture) if glyphs[at].text.isalnum()]
    return {at for at in held if any(_covers(area, glyphs[at]) for area in areas)}


def _inner(box: Box) -> Box:
    """A glyph's box without its rims."""
    across, down = SETTINGS.rim * box.width, SETTINGS.rim * box.height
    return Box(box.x0 + across, box.top + down, box.x1 - across, box.bottom - down)


def _in_one_place(glyphs: Sequence[Glyph], inked: Sequence[int], boxes: Boxes) -> set[int]:
    """Which of the ``inked`` letters and digits another one is printed over; brackets are set close on purpose."""
    if len(inked) < 2:
        return set()
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    sides = boxes[:, 2:] - boxes[:, :2]
    found: set[int] = set()
    for shift in (0.0, 0.5):
        order = np.lexsort((middles[:, 0], np.floor(middles[:, 1] / SETTINGS.line_step + shift)))
        for step in (1, 2):
            one, other = order[:-step], order[step:]
            apart = np.abs(middles[one] - middles[other])
            near = np.minimum(sides[one], sides[other])
            hits = (apart[:, 0] < SETTINGS.same_place * near[:, 0]) & (
                apart[:, 1] < SETTINGS.same_place_height_share * near[:, 1]
            )
            for index in np.flatnonzero(hits).tolist():
                pair = {inked[int(one[index])], inked[int(other[index])]}
                if all(glyphs[at].text.isalnum() for at in pair):
                    found |= pair
    return found


def _pale(glyphs: Sequence[Glyph], inked: Sequence[int], picture: PagePicture) -> set[int]:
    """The white glyphs above and below which the page is white: other ink, a ruling's, crosses their boxes."""
    return {index for index in inked if glyphs[index].color in _PALE and _on_paper(glyphs[index].box, picture)}


def _on_paper(box: Box, picture: PagePicture) -> bool:
    """Whether the page is white along a box's upper and lower edge."""
    x0, top, x1, bottom = box
    edges = [
        picture.part(Box(x0, y - SETTINGS.strip, x1, y + SETTINGS.strip))
        for y in (top - SETTINGS.strip, bottom + SETTINGS.strip)
    ]
    return all(
        edge.size and float((edge > 255 - SETTINGS.least_contrast).mean()) > SETTINGS.most_paper for edge in edges
    )


def _within(glyphs: Sequence[Glyph], areas: Sequence[Box]) -> set[int]:
    if not areas:
        return set()
    return {
        index
        for index, glyph in enumerate(glyphs)
        if not glyph.text.isspace()
        and any(area.contains((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2) for area in areas)
    }
