"""A page without a usable text layer, read from its picture: strokes, lines, characters with their places.

The result is a PageContent like that of a digital page, so that the same code builds cells, underlines and paragraphs.
Only pages that `parsers.scan.scanned.needs_recognition` names come here; this module imports the recogniser's
libraries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np
import pymupdf

from parsers.model.geometry import Box, enclosing
from parsers.model.page import Glyph, PageContent, Stroke, Turn
from parsers.scan.line_characters import Placed, read_characters
from parsers.scan.raster import Pixels, Raster, page_picture, straightened, turned_picture
from parsers.scan.raster_lines import PixelLine, find_lines
from parsers.scan.raster_strokes import PixelBox, PixelStrokes, character_height, find_strokes


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """What is believed of recognised characters. Confidences are the model's own, 0 to 1."""

    ascent: float = 0.88
    """Part of a character's height above its baseline (Adobe-Japan1: 0.88)."""
    descent: float = 0.12
    """And below it (0.12)."""
    kanji_depth: float = 0.06
    """Part of its height that a kanji's ink reaches below the baseline. Nearest: 0.0244 and 0.0676."""
    sure: float = 0.35
    """Median confidence below which a line is no text. Nearest: 0.99, nothing below."""
    black_ink: int = 110
    """Of 255: print all of whose parts are below this is black."""
    fewest_characters: int = 3
    """Characters with which an area of a page is text. Chosen."""
    beneath_stamp: float = 0.5
    """Confidence of the characters of a line that a stamp's ink touches. Chosen."""
    read: float = 0.7
    """Mean confidence with which an area of a page is read. Chosen."""
    upright: float = 0.85
    """Share of sure characters below which a page may lie on its side or stand on its head. Nearest: 0.972, nothing
    below.
    """
    better: float = 1.5
    """Times as much as the upright reading that another way round must say to be believed. Chosen."""
    few: int = 4
    """Characters below which a line says nothing about the way a page lies. Chosen."""
    sample: int = 6
    """Longest lines that are tried the other ways round. Chosen for speed."""
    colourful: int = 60
    """Of 255 between the strongest and the weakest part: less is a grey. Chosen, above a scanner's colour fringes."""
    around: float = 1.5
    """Points around what the text layer shows that are blanked before the rest is recognised: the print's soft edge."""
    pitches: int = 4
    """So many distances from kanji to kanji tell a line's size."""
    same_size: float = 0.25
    """Of a size that ink tells: the nearest line's is within it."""


SETTINGS = OcrSettings()


_OTHER_TURNS: tuple[Turn, ...] = (90, 270, 180)


class _ReadLine(NamedTuple):
    """A line of the picture and its characters, at least one."""

    line: PixelLine
    placed: tuple[Placed, ...]


class _ReadPicture(NamedTuple):
    raster: Raster
    strokes: PixelStrokes
    lines: tuple[_ReadLine, ...]


def recognise_page(page: pymupdf.Page, content: PageContent) -> PageContent:
    """What ``page`` shows, read from its picture; ``content`` is what its own text layer and drawings gave.

    Boxes are in points on the page as displayed, after straightening: on a scan that lies askew by one degree they are
    off by up to 1/60 of the distance from the page's middle. A glyph's confidence is the recogniser's. A picture that
    lies on its side or stands on its head is read the right way round; ``turned`` tells.
    """
    color, scale = page_picture(page)
    read = _read_picture(straightened(color, scale))
    turn = 0 if _in_sure_lines(read.lines) >= SETTINGS.upright else _turn_of(color, scale, read)
    if turn:
        read = _read_picture(straightened(turned_picture(color, turn), scale))
    width, height = page.rect.width, page.rect.height
    return PageContent(
        number=content.number,
        width=height if turn in (90, 270) else width,
        height=width if turn in (90, 270) else height,
        glyphs=tuple(glyph for line in _glyphs_of_lines(read.lines, read.raster) for glyph in line),
        strokes=tuple(_stroke(box, scale) for box in (*read.strokes.horizontal, *read.strokes.vertical)),
        text_layer="ocr",
        hidden=content.hidden,
        turned=turn,
    )


def recognise_areas(page: pymupdf.Page, content: PageContent) -> PageContent:
    """``content`` with what its ``unread`` areas show, read from the page's picture: a layer of text of its own.

    The page's own glyphs are taken off the picture first. An area in which nothing is read for sure stays
    unread.
    """
    color, scale = page_picture(page)
    color = turned_picture(color, content.turned)
    paper = np.full_like(color, 255)
    for area in content.unread:
        rows, columns = _pixels(area, scale)
        paper[rows, columns] = color[rows, columns]
    for box in [glyph.box for glyph in content.glyphs if not glyph.text.isspace()]:
        if any(area.overlaps(box) for area in content.unread):
            paper[_pixels(box, scale)] = 255
    read = _read_picture(straightened(paper, scale))
    lines = _glyphs_of_lines(read.lines, read.raster)
    strokes = [_stroke(box, scale) for box in (*read.strokes.horizontal, *read.strokes.vertical)]
    found: list[Glyph] = []
    unread: list[Box] = []
    drawn: list[Stroke] = []
    for area in content.unread:
        within = [glyph for glyphs in lines if _lies_in(enclosing(g.box for g in glyphs), area) for glyph in glyphs]
        if len(within) < SETTINGS.fewest_characters or sum(glyph.confidence for glyph in within) < SETTINGS.read * len(
            within
        ):
            unread.append(area)
            continue
        found += within
        drawn += [stroke for stroke in strokes if _lies_in(stroke.box, area) and not _is_known(stroke, content.strokes)]
    if not found:
        return content
    read_areas = [area for area in content.unread if area not in unread]
    # A letter drawn as a shape has bars, which are no rules.
    rules = [
        known
        for known in content.strokes
        if not any(_lies_in(known.box, area) for area in read_areas) or _is_known(known, strokes)
    ]
    return replace(
        content,
        glyphs=(*content.glyphs, *found),
        strokes=(*rules, *drawn),
        text_layer="mixed",
        unread=tuple(unread),
    )


def _pixels(box: Box, scale: float) -> tuple[slice, slice]:
    x0, top = max(0, int(box.x0 * scale) - 1), max(0, int(box.top * scale) - 1)
    return slice(top, max(top, round(box.bottom * scale) + 1)), slice(x0, max(x0, round(box.x1 * scale) + 1))


def _is_known(stroke: Stroke, strokes: Sequence[Stroke]) -> bool:
    """Whether one of ``strokes`` runs along most of a stroke."""
    x0, top, x1, bottom = stroke.box
    around = Box(x0 - 1, top - 1, x1 + 1, bottom + 1)
    return any(
        other.horizontal == stroke.horizontal
        and other.box.overlaps(around)
        and _lies_in(stroke.box, other.box.grown(SETTINGS.around))
        for other in strokes
    )


def _lies_in(box: Box, area: Box) -> bool:
    return area.contains((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)


def _read_picture(raster: Raster, sample: int | None = None) -> _ReadPicture:
    """The strokes and the lines with their characters; of the ``sample`` longest lines where one is given."""
    em = character_height(raster.ink, raster.scale)
    strokes = find_strokes(raster.ink, em)
    text = np.where(strokes.mask > 0, 0, raster.ink).astype(np.uint8)
    paper = np.where(strokes.mask > 0, 255, raster.gray).astype(np.uint8)
    lines = find_lines(raster.ink, strokes, em)
    if sample is not None:
        lines = sorted(lines, key=lambda line: -max(line.box.width, line.box.height))[:sample]
    read = ((line, read_characters(line, text, paper)) for line in lines)
    return _ReadPicture(raster, strokes, tuple(_ReadLine(line, tuple(placed)) for line, placed in read if placed))


def _in_sure_lines(lines: Sequence[_ReadLine]) -> float:
    """The mean confidence of all characters, that of a character in a line of a few only counted as 0.

    0.9 and more on upright pages; on a page that lies on its side most characters stand alone.
    """
    read = [char.confidence * (len(line.placed) >= SETTINGS.few) for line in lines for char in line.placed]
    return sum(read) / len(read) if read else 1.0


def _turn_of(color: Pixels, scale: float, upright: _ReadPicture) -> Turn:
    """By how much to turn the picture for its longest lines to say most; ``upright`` is what it says as it is."""
    turn: Turn = 0
    most = SETTINGS.better * _said(upright.lines)
    for other in _OTHER_TURNS:
        attempt = _read_picture(straightened(turned_picture(color, other), scale), sample=SETTINGS.sample)
        if (said := _said(attempt.lines)) > most:
            turn, most = other, said
    return turn


def _said(lines: Sequence[_ReadLine]) -> float:
    """The sum of the characters' confidences in the longest lines: few and doubtful ones where a page lies."""
    longest = sorted(lines, key=lambda read: -max(read.line.box.width, read.line.box.height))[: SETTINGS.sample]
    return sum(char.confidence for line in longest for char in line.placed)


def _stroke(box: PixelBox, scale: float) -> Stroke:
    x0, top, x1, bottom = (edge / scale for edge in box)
    return Stroke(Box(x0, top, x1, bottom), min(x1 - x0, bottom - top), 0)


def _glyphs_of_lines(lines: Sequence[_ReadLine], raster: Raster) -> list[list[Glyph]]:
    """The glyphs of each line that is read for sure.

    The ink of brackets and kana tells the font's size roughly: a line without kanji side by side has the size of the
    nearest line with such, where that is about as high.
    """
    pitches = [_pitch(read) for read in lines]
    measured = [(read.line.box, pitch) for read, pitch in zip(lines, pitches, strict=True) if pitch is not None]
    found: list[list[Glyph]] = []
    for read, pitch in zip(lines, pitches, strict=True):
        line, placed = read
        if median(char.confidence for char in placed) < SETTINGS.sure:
            continue
        size = pitch or _by_neighbour(line, _height(line, placed), measured)
        bottom = line.box.bottom - SETTINGS.kanji_depth * size
        box = line.box
        if raster.stamped[box.top : box.bottom, box.x0 : box.x1].any():
            placed = tuple(char._replace(confidence=min(char.confidence, SETTINGS.beneath_stamp)) for char in placed)
        found.append([_glyph(char, line.vertical, size, bottom, raster) for char in placed])
    return found


def _pitch(read: _ReadLine) -> float | None:
    """The distance from kanji to kanji in pixels; None where too few stand side by side."""
    if read.line.vertical:
        return None
    pitches = [
        (b.box.x0 + b.box.x1 - a.box.x0 - a.box.x1) / 2
        for a, b in pairwise(read.placed)
        if _is_wide(a.text) and _is_wide(b.text)
    ]
    return float(median(pitches)) if len(pitches) >= SETTINGS.pitches else None


def _height(line: PixelLine, placed: Sequence[Placed]) -> float:
    """The font size in pixels that the ink's height tells."""
    if line.vertical:
        return float(line.box.width) * 1.05
    return float(line.box.height) * (1.08 if any(_is_wide(char.text) for char in placed) else 1.3)


def _is_wide(text: str) -> bool:
    return "぀" <= text <= "鿿"


def _by_neighbour(line: PixelLine, size: float, measured: Sequence[tuple[PixelBox, float]]) -> float:
    """The size of the nearest measured line where it is about ``size``, else that."""
    if line.vertical or not measured:
        return size
    _, near = min(measured, key=lambda other: _distance(line.box, other[0]))
    return near if abs(near - size) <= SETTINGS.same_size * size else size


def _distance(box: PixelBox, other: PixelBox) -> int:
    """How far apart two boxes are, across and down together."""
    across = max(0, box.x0 - other.x1, other.x0 - box.x1)
    return across + max(0, box.top - other.bottom, other.top - box.bottom)


def _glyph(char: Placed, vertical: bool, size: float, baseline: float, raster: Raster) -> Glyph:
    scale = raster.scale
    x0, top, x1, bottom = char.box
    color = _color(raster, char.box)
    if vertical:
        middle = (x0 + x1) / 2
        return Glyph(
            char.text, x0 / scale, top / scale, x1 / scale, bottom / scale, middle / scale, size / scale, color, False,
            True, char.confidence,
        )  # fmt: skip
    return Glyph(
        char.text, x0 / scale, (baseline - SETTINGS.ascent * size) / scale,
        x1 / scale, (baseline + SETTINGS.descent * size) / scale,
        baseline / scale, size / scale, color, False, False, char.confidence,
    )  # fmt: skip


def _color(raster: Raster, box: PixelBox) -> int:
    """The colour of a character's ink as 0xRRGGBB; all dark inks are black, as a scanner's black never is quite."""
    ink = raster.ink[box.top : box.bottom, box.x0 : box.x1] > 0
    if not ink.any():
        return 0
    red, green, blue = (int(v) for v in np.median(raster.color[box.top : box.bottom, box.x0 : box.x1][ink], axis=0))
    if max(red, green, blue) < SETTINGS.black_ink or max(red, green, blue) - min(red, green, blue) < SETTINGS.colourful:
        return 0
    return (red & 0xF0) << 16 | (green & 0xF0) << 8 | (blue & 0xF0)
