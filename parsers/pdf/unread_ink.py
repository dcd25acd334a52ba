"""Ink of a page that nothing read explains and that looks like writing: outlined letters, a table pasted as a picture.

Glyphs, strokes and fills are taken off the page's picture; what is left is gathered into areas. An area looks like
writing where its rows change between paper and ink as often as letters do, and hold little between the two, which tells
it from arrows, charts and photographs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from parsers.model.geometry import Box, enclosing
from parsers.model.page import Fill, Glyph, Stroke
from parsers.pdf.picture import PagePicture, Pixels


@dataclass(frozen=True, slots=True)
class UnreadInkSettings:
    """What ink looks like writing that nothing read. Contrasts are differences of grey, of 255."""

    ink: int = 70
    """What differs so much from its ground is ink; lighter strokes are a drawing's. Chosen."""
    coarse: int = 2
    """Every so many-th pixel is looked at when areas are sought. Chosen for speed."""
    ink_edge: float = 1.2
    """Points: ink this near to what explains it is its edge. Chosen, two pixels of the picture."""
    square: float = 8.0
    """Points: side of the squares in which ink is gathered into areas; a character of small print. Chosen."""
    thin_area: float = 4.0
    """Points: an area so thin and three times as long is a line. Chosen."""
    least_length: float = 18.0
    """Points: an area of writing is at least so long, two characters. Chosen."""
    least_height: float = 6.0
    """Points: and so high, the smallest print. Chosen."""
    least_changes: float = 0.55
    """Changes between paper and ink for each point of an inked row and of an inked column, added. Measured in squares
    of 8 to 12 pt text: 0.45 to 0.95.
    """
    ruling_changes: float = 0.3
    """The same for what is more than a ruling. Measured along a ruling: 0.25, along a slanting stroke 0.5."""
    fewest_squares: int = 4
    """Squares that make writing: three characters. Chosen."""
    written_share: float = 0.3
    """Share of squares with writing of all that hold more than a ruling. Chosen."""
    most_between: float = 0.25
    """Share of the pixels that are neither paper nor ink; photographs have more. Chosen."""
    labelled: float = 0.25
    """A picture of which glyphs cover this part is labelled by the text layer already. Chosen."""
    fewest_shapes: int = 3
    """Filled shapes (no rectangles, no larger than a letter) from which on a page may draw its letters as outlines.
    Chosen.
    """
    largest_letter: float = 30.0
    """Points: a larger shape is no letter. Chosen."""
    letter: tuple[float, float] = (3.5, 12.0)
    """Points: length of the strokes that may be bars of such letters."""
    between_letters: float = 20.0
    """Points between the letters of a line. Chosen, two characters of a headline."""
    ends: float = 12.0
    """Points that a line's last letter may reach beyond the ink found: one character."""
    most_areas: int = 200
    """Areas looked at closely on one page: a bound on time, far above any plan's."""
    most_pieces: int = 1_000
    """Pieces of ink joined into areas: likewise."""
    lengthened: int = 3
    """Times its thickness that a line is long at least. Chosen."""
    letter_edge: float = 0.08
    """Em that a glyph's ink may reach out of its box. Chosen."""
    contrast_margin: float = 0.2
    """Of the span from ink to paper: what is nearer to an end than this is ink or paper. Chosen."""


SETTINGS = UnreadInkSettings()


Marked = npt.NDArray[np.bool_]

_PLACE = attrgetter("x0", "top", "x1", "bottom", "baseline", "size", "vertical")


def unread_areas(
    picture: PagePicture,
    glyphs: Sequence[Glyph],
    strokes: Sequence[Stroke],
    fills: Sequence[Fill],
    images: Sequence[Box],
) -> tuple[Box, ...]:
    """The areas with ink that looks like writing and that nothing read explains, at most ``most_areas``."""
    shapes = sum(
        [not fill.straight and max(fill.box.width, fill.box.height) <= SETTINGS.largest_letter for fill in fills]
    )
    if shapes >= SETTINGS.fewest_shapes:
        # Letters may be drawn as shapes: their bars look like short strokes, their frames like fills.
        fills = [fill for fill in fills if fill.straight and max(fill.box.width, fill.box.height) >= SETTINGS.letter[1]]
        strokes = [stroke for stroke in strokes if not _may_be_bar(stroke.box)]
    ink = _unexplained(picture, glyphs, strokes, fills)
    page = Box(0, 0, picture.gray.shape[1] / picture.scale, picture.gray.shape[0] / picture.scale)
    shown = [_cut(image, page) for image in images if image.overlaps(page)]
    words = _joined(
        [area for area in _areas(ink, picture.scale / SETTINGS.coarse) if not _is_line(area)], SETTINGS.between_letters
    )
    areas = _joined([*words, *_pictures(shown, glyphs)])
    large = [area for area in areas if _is_large(area)]
    written = [area for area in large[: SETTINGS.most_areas] if _looks_written(picture, ink, area)]
    # The bars of a letter at an end may have been taken for strokes.
    return tuple(
        [
            _cut(Box(x0 - SETTINGS.ends, top - 2, x1 + SETTINGS.ends, bottom + 2), page)
            for x0, top, x1, bottom in written
        ]
    )


def _unexplained(
    picture: PagePicture, glyphs: Sequence[Glyph], strokes: Sequence[Stroke], fills: Sequence[Fill]
) -> Marked:
    """Where every ``coarse``-th pixel differs from its ground, without glyphs, strokes and the edges of fills."""
    scale = picture.scale / SETTINGS.coarse
    gray = np.ascontiguousarray(picture.gray[:: SETTINGS.coarse, :: SETTINGS.coarse])
    ground = np.full_like(gray, 255)
    for fill in fills:
        _paint(ground, fill.box, scale, 0.0, _luminance(fill.color))
    ink = np.maximum(gray, ground) - np.minimum(gray, ground) >= SETTINGS.ink
    for fill in fills:
        x0, top, x1, bottom = fill.box
        for side in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            _paint(ink, Box(*side), scale, SETTINGS.ink_edge, 0)
    for stroke in strokes:
        _paint(ink, stroke.box, scale, SETTINGS.ink_edge, 0)
    for box in _runs(glyphs):
        _paint(ink, box, scale, SETTINGS.ink_edge, 0)
    return ink


def _places(count: int, start: float, scale: float, most: int) -> npt.NDArray[np.intp]:
    """The coarse row or column, of ``most``, of each of ``count`` pixels from ``start`` (points) on."""
    return np.minimum((max(0, int(start * scale)) + np.arange(count)) // SETTINGS.coarse, most - 1)


def _may_be_bar(box: Box) -> bool:
    return SETTINGS.letter[0] < max(box.width, box.height) < SETTINGS.letter[1]


def _runs(glyphs: Sequence[Glyph]) -> Iterator[Box]:
    """Where the ink of glyphs may lie: boxes as high as their size asks, one for those that follow one another."""
    x0 = top = x1 = bottom = baseline = size = 0.0
    for own_x0, own_top, own_x1, own_bottom, own_baseline, own_size, vertical in map(_PLACE, glyphs):
        if own_baseline == baseline and own_size == size and -size < own_x0 - x1 < size and not vertical:
            x0, x1 = min(x0, own_x0), max(x1, own_x1)
            top, bottom = min(top, own_top), max(bottom, own_bottom)
            continue
        if size:
            yield _run(x0, top, x1, bottom, size)
        x0, top, x1, bottom, baseline, size = own_x0, own_top, own_x1, own_bottom, own_baseline, own_size
    if size:
        yield _run(x0, top, x1, bottom, size)


def _run(x0: float, top: float, x1: float, bottom: float, size: float) -> Box:
    over = SETTINGS.letter_edge * size
    spare = max(0.0, size - (bottom - top)) / 2 + over
    return Box(x0 - over, top - spare, x1 + over, bottom + spare)


def _paint(pixels: npt.NDArray[np.generic], box: Box, scale: float, margin: float, value: int) -> None:
    x0, top = max(0, int((box.x0 - margin) * scale)), max(0, int((box.top - margin) * scale))
    x1, bottom = int((box.x1 + margin) * scale) + 1, int((box.bottom + margin) * scale) + 1
    if x1 > x0 and bottom > top:
        pixels[top:bottom, x0:x1] = value


def _luminance(color: int) -> int:
    return round(0.299 * (color >> 16) + 0.587 * (color >> 8 & 0xFF) + 0.114 * (color & 0xFF))


def _areas(ink: Marked, scale: float) -> list[Box]:
    """The boxes of ink whose squares touch each other."""
    side = max(1, round(SETTINGS.square * scale))
    rows, columns = -(-ink.shape[0] // side), -(-ink.shape[1] // side)
    at = np.flatnonzero(ink)
    if not len(at):
        return []
    ys, xs = np.divmod(at, ink.shape[1])
    counts = np.bincount((ys // side) * columns + xs // side, minlength=rows * columns)
    left = {divmod(square, columns) for square in np.flatnonzero(counts >= 2).tolist()}
    areas = []
    while left:
        first = left.pop()
        group, edge = [first], [first]
        while edge:
            row, column = edge.pop()
            for step in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)):
                near = (row + step[0], column + step[1])
                if near in left:
                    left.remove(near)
                    group.append(near)
                    edge.append(near)
        areas.append(enclosing(_inked_box(ink, row, column, side, scale) for row, column in group))
    return areas


def _inked_box(ink: Marked, row: int, column: int, side: int, scale: float) -> Box:
    part = ink[row * side : (row + 1) * side, column * side : (column + 1) * side]
    ys, xs = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    x0, top = column * side, row * side
    return Box(
        (x0 + int(xs[0])) / scale,
        (top + int(ys[0])) / scale,
        (x0 + int(xs[-1]) + 1) / scale,
        (top + int(ys[-1]) + 1) / scale,
    )


def _pictures(images: Sequence[Box], glyphs: Sequence[Glyph]) -> Iterable[Box]:
    """The pictures that the text layer says nothing of."""
    for image in images:
        area = image.width * image.height
        within = [
            glyph
            for glyph in glyphs
            if not glyph.text.isspace() and image.contains((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
        ]
        labelled = sum([(glyph.x1 - glyph.x0) * (glyph.bottom - glyph.top) for glyph in within])
        if labelled < SETTINGS.labelled * area:
            yield image


def _joined(boxes: Iterable[Box], gap: float = 0.0) -> list[Box]:
    """At most ``most_pieces`` boxes; those that overlap or stand less than ``gap`` apart on a row are one."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda box: -(box.width * box.height))[: SETTINGS.most_pieces]:
        near = [other for other in joined if other.overlaps(Box(box.x0 - gap, box.top, box.x1 + gap, box.bottom))]
        joined = [other for other in joined if other not in near]
        joined.append(enclosing([box, *near]))
    return sorted(joined, key=lambda box: (box.top, box.x0))


def _cut(box: Box, page: Box) -> Box:
    return Box(max(box.x0, page.x0), max(box.top, page.top), min(box.x1, page.x1), min(box.bottom, page.bottom))


def _is_line(area: Box) -> bool:
    """Whether ink is as long and thin as a rule, drawn in whatever way."""
    short, long = sorted((area.width, area.height))
    return short < SETTINGS.thin_area and long > SETTINGS.lengthened * short


def _is_large(area: Box) -> bool:
    return (
        max(area.width, area.height) >= SETTINGS.least_length and min(area.width, area.height) >= SETTINGS.least_height
    )


def _looks_written(picture: PagePicture, ink: Marked, area: Box) -> bool:
    """Whether enough squares of an area change between paper and ink as often as letters do."""
    gray = picture.part(area)
    if not gray.size:
        return False
    dark = np.abs(gray.astype(np.int16) - int(np.median(gray))) >= SETTINGS.ink
    rows = _places(dark.shape[0], area.top, picture.scale, ink.shape[0])
    columns = _places(dark.shape[1], area.x0, picture.scale, ink.shape[1])
    dark &= ink[rows][:, columns]
    if not dark.any() or _between(gray, dark) > SETTINGS.most_between:
        return False
    side = round(SETTINGS.square * picture.scale)
    changes = _changes(dark, side) + _changes(dark.T, side).T
    written = int((changes * picture.scale >= SETTINGS.least_changes).sum())
    drawn = int((changes * picture.scale > SETTINGS.ruling_changes).sum())
    return written >= SETTINGS.fewest_squares and written >= SETTINGS.written_share * drawn


def _between(gray: Pixels, ink: Marked) -> float:
    """The share of an area's pixels that are neither its paper nor clearly ink, as many of a photograph are."""
    if not ink.any() or ink.all():
        return 1.0
    paper, dark = float(np.median(gray[~ink])), float(np.percentile(gray[ink], 20))
    low, high = min(paper, dark), max(paper, dark)
    margin = SETTINGS.contrast_margin * (high - low)
    return float(((gray > low + margin) & (gray < high - margin)).mean())


def _changes(dark: Marked, side: int) -> npt.NDArray[np.float64]:
    """How often each square's inked rows change between paper and ink, for a pixel of their length."""
    height, width = -(-dark.shape[0] // side) * side, -(-dark.shape[1] // side) * side
    whole = np.zeros((height, width), dtype=bool)
    whole[: dark.shape[0], : dark.shape[1]] = dark
    turns = np.zeros_like(whole)
    turns[:, 1:] = whole[:, 1:] != whole[:, :-1]
    shape = (height // side, side, width // side, side)
    rows = whole.reshape(shape).any(axis=3).sum(axis=1)
    return np.asarray(turns.reshape(shape).sum(axis=(1, 3)) / np.maximum(rows, 1) / side, dtype=np.float64)
