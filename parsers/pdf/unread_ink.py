"""Ink of a page that nothing read explains and that looks like writing: outlined letters, a table pasted as a picture.

Glyphs, strokes and fills are taken off the page's picture; what is left is gathered into areas. An area looks like
writing where its rows change between paper and ink as often as letters do, and hold little between the two, which tells
it from arrows, charts and photographs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from parsers.model.geometry import Box, enclosing
from parsers.model.page import Fill, Glyph, Stroke
from parsers.pdf.picture import PagePicture, Pixels

# Of 255: what differs so much from its ground is ink; lighter strokes are a drawing's.
INK = 70
# Every so many-th pixel is looked at when areas are sought.
COARSE = 2
# Points: ink this near to what explains it is its edge.
EDGE = 1.2
# Points: the squares in which ink is gathered into areas, and how large an area of writing is at least.
SQUARE = 8.0
THIN = 4.0
LEAST_WIDTH = 18.0
LEAST_HEIGHT = 6.0
# Changes between paper and ink for each point of an inked row and of an inked column, added: 0.45 to 0.95 in squares of
# 8 to 12 pt text, 0.25 along a ruling, 0.5 along a slanting stroke.
LEAST_CHANGES = 0.55
RULING_CHANGES = 0.3
# How many such squares make writing (three characters), and their share of all that hold more than a ruling.
FEWEST_SQUARES = 4
WRITTEN_SHARE = 0.3
# The share of pixels that are neither paper nor ink.
MOST_BETWEEN = 0.25
# A picture of which glyphs cover this part is labelled by the text layer already.
LABELLED = 0.25
# Points: strokes of this length may be bars of letters drawn as outlines, where so many shapes (no rectangles, and no
# larger than a letter) are filled; how far apart the letters of a line stand, and how far the last one may reach.
FEWEST_SHAPES = 3
LARGEST_LETTER = 30.0
LETTER = (3.5, 12.0)
BETWEEN_LETTERS = 20.0
ENDS = 12.0
MOST_AREAS = 200
MOST_PIECES = 1_000


Marked = npt.NDArray[np.bool_]


def unread_areas(
    picture: PagePicture,
    glyphs: Sequence[Glyph],
    strokes: Sequence[Stroke],
    fills: Sequence[Fill],
    images: Sequence[Box],
) -> tuple[Box, ...]:
    """The areas with ink that looks like writing and that no glyph, stroke or fill explains, at most MOST_AREAS."""
    shapes = sum([not fill.straight and max(fill.box.width, fill.box.height) <= LARGEST_LETTER for fill in fills])
    if shapes >= FEWEST_SHAPES:
        # Letters may be drawn as shapes: their bars look like short strokes, their frames like fills.
        fills = [fill for fill in fills if fill.straight and max(fill.box.width, fill.box.height) >= LETTER[1]]
        strokes = [stroke for stroke in strokes if not _may_be_bar(stroke.box)]
    ink = _unexplained(picture, glyphs, strokes, fills)
    page = Box(0, 0, picture.gray.shape[1] / picture.scale, picture.gray.shape[0] / picture.scale)
    shown = [_cut(image, page) for image in images if image.overlaps(page)]
    words = _joined([area for area in _areas(ink, picture.scale / COARSE) if not _is_line(area)], BETWEEN_LETTERS)
    areas = _joined([*words, *_pictures(shown, glyphs)])
    large = [area for area in areas if _is_large(area)]
    written = [area for area in large[:MOST_AREAS] if _looks_written(picture, ink, area)]
    # The bars of a letter at an end may have been taken for strokes.
    return tuple([_cut(Box(x0 - ENDS, top - 2, x1 + ENDS, bottom + 2), page) for x0, top, x1, bottom in written])


def _unexplained(
    picture: PagePicture, glyphs: Sequence[Glyph], strokes: Sequence[Stroke], fills: Sequence[Fill]
) -> Marked:
    """Where every COARSE-th pixel differs from its ground, without the ink of glyphs and strokes and fills' edges."""
    scale = picture.scale / COARSE
    gray = np.ascontiguousarray(picture.gray[::COARSE, ::COARSE])
    ground = np.full_like(gray, 255)
    for fill in fills:
        _paint(ground, fill.box, scale, 0.0, _luminance(fill.color))
    ink = np.maximum(gray, ground) - np.minimum(gray, ground) >= INK
    for fill in fills:
        x0, top, x1, bottom = fill.box
        for side in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            _paint(ink, Box(*side), scale, EDGE, 0)
    for stroke in strokes:
        _paint(ink, stroke.box, scale, EDGE, 0)
    for box in _runs(glyphs):
        _paint(ink, box, scale, EDGE, 0)
    return ink


def _places(count: int, start: float, scale: float, most: int) -> npt.NDArray[np.intp]:
    """The coarse row or column, of ``most``, of each of ``count`` pixels from ``start`` (points) on."""
    return np.minimum((max(0, int(start * scale)) + np.arange(count)) // COARSE, most - 1)


def _may_be_bar(box: Box) -> bool:
    return LETTER[0] < max(box.width, box.height) < LETTER[1]


def _runs(glyphs: Sequence[Glyph]) -> Iterator[Box]:
    """Where the ink of glyphs may lie: boxes as high as their size asks, one for those that follow one another."""
    x0 = top = x1 = bottom = baseline = size = 0.0
    for glyph in glyphs:
        if glyph.baseline == baseline and glyph.size == size and -size < glyph.x0 - x1 < size and not glyph.vertical:
            x0, x1 = min(x0, glyph.x0), max(x1, glyph.x1)
            top, bottom = min(top, glyph.top), max(bottom, glyph.bottom)
            continue
        if size:
            yield _run(x0, top, x1, bottom, size)
        _, x0, top, x1, bottom, baseline, size, *_ = glyph
    if size:
        yield _run(x0, top, x1, bottom, size)


def _run(x0: float, top: float, x1: float, bottom: float, size: float) -> Box:
    over = 0.08 * size
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
    side = max(1, round(SQUARE * scale))
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
        if labelled < LABELLED * area:
            yield image


def _joined(boxes: Iterable[Box], gap: float = 0.0) -> list[Box]:
    """The boxes, at most MOST_PIECES, with those that overlap or stand less than ``gap`` apart on a row made one."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda box: -(box.width * box.height))[:MOST_PIECES]:
        near = [other for other in joined if other.overlaps(Box(box.x0 - gap, box.top, box.x1 + gap, box.bottom))]
        joined = [other for other in joined if other not in near]
        joined.append(enclosing([box, *near]))
    return sorted(joined, key=lambda box: (box.top, box.x0))


def _cut(box: Box, page: Box) -> Box:
    return Box(max(box.x0, page.x0), max(box.top, page.top), min(box.x1, page.x1), min(box.bottom, page.bottom))


def _is_line(area: Box) -> bool:
    """Whether ink is as long and thin as a rule, drawn in whatever way."""
    short, long = sorted((area.width, area.height))
    return short < THIN and long > 3 * short


def _is_large(area: Box) -> bool:
    return max(area.width, area.height) >= LEAST_WIDTH and min(area.width, area.height) >= LEAST_HEIGHT


def _looks_written(picture: PagePicture, ink: Marked, area: Box) -> bool:
    """Whether enough squares of an area change between paper and ink as often as letters do."""
    gray = picture.part(area)
    if not gray.size:
        return False
    dark = np.abs(gray.astype(np.int16) - int(np.median(gray))) >= INK
    rows = _places(dark.shape[0], area.top, picture.scale, ink.shape[0])
    columns = _places(dark.shape[1], area.x0, picture.scale, ink.shape[1])
    dark &= ink[rows][:, columns]
    if not dark.any() or _between(gray, dark) > MOST_BETWEEN:
        return False
    side = round(SQUARE * picture.scale)
    changes = _changes(dark, side) + _changes(dark.T, side).T
    written = int((changes * picture.scale >= LEAST_CHANGES).sum())
    drawn = int((changes * picture.scale > RULING_CHANGES).sum())
    return written >= FEWEST_SQUARES and written >= WRITTEN_SHARE * drawn


def _between(gray: Pixels, ink: Marked) -> float:
    """The share of an area's pixels that are neither its paper nor clearly ink, as many of a photograph are."""
    if not ink.any() or ink.all():
        return 1.0
    paper, dark = float(np.median(gray[~ink])), float(np.percentile(gray[ink], 20))
    low, high = min(paper, dark), max(paper, dark)
    margin = 0.2 * (high - low)
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
