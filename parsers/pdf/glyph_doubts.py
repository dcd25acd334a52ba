"""Glyphs that may not be seen: without ink, crossed by a border, in one place with another, white on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from parsers.model.geometry import Box
from parsers.model.page import Glyph
from parsers.pdf.picture import PagePicture

Boxes = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GlyphDoubtSettings:
    """When a glyph is looked at again. Contrasts are differences of grey, of 255."""

    least_contrast: int = 40
    """What differs less from its surroundings is not seen. Chosen."""
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
    most_paper: float = 0.6
    """Share of a white glyph's box and of the strips above and below it that must be white for it to stand on
    paper. White letters in a shaded bar have less. Nearest: 0.269, nothing above.
    """
    strip: float = 0.75
    """Points: half the height of those strips. Chosen, less than the room between lines."""
    rim: float = 0.2
    """Share of a glyph's box at each side in which the ink of a border that crosses it may stand. Chosen."""
    line_step: float = 6.0
    """Points: rows by which glyphs are sorted to find neighbours in one place. Less than any line's height; any value
    gives the same answer.
    """


SETTINGS = GlyphDoubtSettings()


_PALE = frozenset({0xFFFFFF, 0xFEFEFE, 0xFDFDFD})


class Cover(NamedTuple):
    """An opaque area painted on the page: its place in the order of painting, its box, whether it is a picture."""

    order: int
    box: Box
    picture: bool = False


def covers_glyph(box: Box, glyph: Glyph) -> bool:
    """Whether an area lies over most of a glyph."""
    width = min(box.x1, glyph.x1) - max(box.x0, glyph.x0)
    height = min(box.bottom, glyph.bottom) - max(box.top, glyph.top)
    middle = box.contains((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
    return middle and width * 2 > glyph.x1 - glyph.x0 and height * 2 > glyph.bottom - glyph.top


def without_ink(inked: Sequence[int], places: Boxes, picture: PagePicture) -> set[int]:
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


def crossed_by_borders(
    glyphs: Sequence[Glyph], inked: Sequence[int], places: Boxes, picture: PagePicture, covers: Sequence[Cover]
) -> set[int]:
    """Which of the ``inked`` letters and digits under or on an area have ink at the rims of their boxes only."""
    areas = [cover.box for cover in covers if not cover.picture]
    if not areas:
        return set()
    sides = (places[:, 2:] - places[:, :2]) * SETTINGS.rim
    inner = np.concatenate([places[:, :2] + sides, places[:, 2:] - sides], axis=1)
    held = [at for at in without_ink(inked, inner, picture) if glyphs[at].text.isalnum()]
    return {at for at in held if any(covers_glyph(area, glyphs[at]) for area in areas)}


def inner_of(box: Box) -> Box:
    """A glyph's box without its rims."""
    across, down = SETTINGS.rim * box.width, SETTINGS.rim * box.height
    return Box(box.x0 + across, box.top + down, box.x1 - across, box.bottom - down)


def in_one_place(glyphs: Sequence[Glyph], inked: Sequence[int], boxes: Boxes) -> set[int]:
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


def pale_on_paper(glyphs: Sequence[Glyph], inked: Sequence[int], picture: PagePicture) -> set[int]:
    """The white glyphs above and below which the page is white: other ink, a ruling's, crosses their boxes."""
    return {index for index in inked if glyphs[index].color in _PALE and _on_paper(glyphs[index].box, picture)}


def _on_paper(box: Box, picture: PagePicture) -> bool:
    """Whether the page is white along a box's upper and lower edge, and within it: a bar may be no higher than its
    letters.
    """
    x0, top, x1, bottom = box
    edges = [
        picture.part(Box(x0, y - SETTINGS.strip, x1, y + SETTINGS.strip))
        for y in (top - SETTINGS.strip, bottom + SETTINGS.strip)
    ]
    return all(
        part.size and float((part > 255 - SETTINGS.least_contrast).mean()) > SETTINGS.most_paper
        for part in (*edges, picture.part(box))
    )


def within(glyphs: Sequence[Glyph], areas: Sequence[Box]) -> set[int]:
    if not areas:
        return set()
    return {
        index
        for index, glyph in enumerate(glyphs)
        if not glyph.text.isspace()
        and any(area.contains((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2) for area in areas)
    }
