"""The characters of one line of a picture: recognised, placed on their ink, list marks and lookalikes settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from parsers.scan.line_recognizer import ReadCharacter, line_recognizer
from parsers.scan.lookalikes import read_alone, settled
from parsers.scan.raster import Pixels
from parsers.scan.raster_lines import PixelLine
from parsers.scan.raster_marks import DASH, DOT, NEVER_FIRST, is_dash, mark_shape, taken_for_mark
from parsers.scan.raster_strokes import PixelBox


@dataclass(frozen=True, slots=True)
class LineCharacterSettings:
    """Where a line's recognised characters stand. Of the line's height."""

    paper_margin: float = 0.14
    """Paper that is left around a line for the model."""
    blank: float = 0.5
    """A gap so wide is a blank."""
    unread: float = 0.45
    """A piece of ink at least so large in both directions may be a character by itself. Nearest: 0.857, nothing below.
    """
    widest_character: float = 1.35
    """Wider, a character's box holds more than one. Nearest: 1.32 and 2.29."""
    widest_narrow: float = 0.8
    """The same for brackets and punctuation. Nearest: 0.643, nothing above."""
    wide_digits: float = 0.62
    """Of the size: digits whose middles all lie farther apart stand in boxes of a whole character (９６．５). Nearest:
    half-width digits with 0.5.
    """
    within_wide: float = 1.0
    """Of the size: between such digits a gap up to this is none. A blank of a whole character adds to 1.3 and more."""
    digit_height: float = 0.74
    """Of the size: the height of a line of nothing but digits. Chosen."""
    bar: float = 0.25
    """A line's only piece of ink is a bar where it is at most so high. Nearest: 0.185, nothing above."""
    faint: int = 110
    """Gray (0 is black): a bar that is nowhere darker is the rest of a rule. Nearest: 40 and 149."""


SETTINGS = LineCharacterSettings()


_FIGURE_CHARACTERS = frozenset("0123456789０１２３４５６７８９.,．，%％")
_TWO_STROKES = frozenset("りリ")
_NARROW = frozenset("()（）[]「」『』、。,.・:：;")
_LONG = frozenset("…‥―—")


class Placed(NamedTuple):
    """A recognised character and its box in pixels; ``x`` is where the recogniser saw its middle."""

    text: str
    box: PixelBox
    confidence: float
    x: float


def read_characters(line: PixelLine, text: Pixels, paper: Pixels) -> list[Placed]:
    """The characters of a line, in its direction; ``text`` is the page's ink without strokes, ``paper`` its gray."""
    return _read_vertical(line, paper) if line.vertical else _read_line(line, text, paper)


def _read_line(line: PixelLine, text: Pixels, paper: Pixels) -> list[Placed]:
    """The characters of a horizontal line: recognised, placed on their ink, list marks and lookalikes settled."""
    box = line.box
    if _is_faint_bar(line, paper):
        return []
    margin = max(2, round(SETTINGS.paper_margin * box.height))
    x0, top = max(0, box.x0 - margin), max(0, box.top - margin)
    read = line_recognizer().read(paper[top : box.bottom + margin, x0 : box.x1 + margin])
    read = [char._replace(x=char.x + x0) for char in read]
    columns = np.asarray(text[box.top : box.bottom, box.x0 : box.x1].any(axis=0))
    placed = _once(_placed(read, box, columns), box.height)
    placed = _apart_from_number(_with_leading_mark(placed, line, text))
    placed = _with_unread(placed, line, paper)
    sure = settled("".join(char.text for char in placed), [_ink_rows(text, char.box) for char in placed])
    return [char._replace(text=better) for char, better in zip(placed, sure, strict=True)]


def _is_faint_bar(line: PixelLine, paper: Pixels) -> bool:
    """Whether a line is a bar that is nowhere as dark as print: what is left of a pale or dotted rule."""
    piece = line.pieces[0]
    if len(line.pieces) > 1 or piece.height > SETTINGS.bar * line.box.height:
        return False
    return int(paper[piece.top : piece.bottom, piece.x0 : piece.x1].min()) > SETTINGS.faint


def _placed(read: list[ReadCharacter], line: PixelBox, columns: np.ndarray) -> list[Placed]:
    """Each character with its box: neighbours are parted in the widest white gap near the middle between them."""
    if not read:
        return []
    bounds = [line.x0]
    for one, other in pairwise(read):
        bounds.append(_white_column(columns, line.x0, one.x, other.x))
    bounds.append(line.x1)
    blank = round(SETTINGS.blank * line.height)
    placed: list[Placed] = []
    size = line.height / (SETTINGS.digit_height if all(char.text in _FIGURE_CHARACTERS for char in read) else 1.0)
    wide = _has_wide_digits(read, size)
    for char, left, right in zip(read, bounds, bounds[1:], strict=False):
        inked = np.flatnonzero(columns[left - line.x0 : right - line.x0])
        x0, x1 = (left + int(inked[0]), left + int(inked[-1]) + 1) if len(inked) else (left, max(left + 1, right))
        within = wide and placed and {char.text, placed[-1].text} <= _FIGURE_CHARACTERS
        if placed and x0 - placed[-1].box.x1 < (round(SETTINGS.within_wide * size) if within else blank):
            # Characters of one word touch, as the boxes of a text layer do; only a wider gap stays one.
            x0 = (placed[-1].box.x1 + x0) // 2
            placed[-1] = placed[-1]._replace(box=placed[-1].box._replace(x1=x0))
        placed.append(Placed(char.text, PixelBox(x0, line.top, x1, line.bottom), char.confidence, char.x))
    return placed


def _has_wide_digits(read: Sequence[ReadCharacter], size: float) -> bool:
    """Whether the line's digits stand in boxes of a whole character each, so that white between them parts nothing."""
    apart = [other.x - one.x for one, other in pairwise(read) if {one.text, other.text} <= _FIGURE_CHARACTERS]
    return bool(apart) and min(apart) >= SETTINGS.wide_digits * size


def _white_column(columns: np.ndarray, offset: int, left: float, right: float) -> int:
    """The column between two characters' middles where they part: white, and as near the middle as can be."""
    middle = (left + right) / 2
    reach = max(1, round((right - left) * 0.3))
    candidates = range(max(0, round(middle) - offset - reach), min(len(columns), round(middle) - offset + reach + 1))
    white = [column for column in candidates if not columns[column]]
    best = min(white, key=lambda column: abs(column + offset - middle), default=round(middle) - offset)
    return min(max(best, 0), len(columns)) + offset


def _with_leading_mark(placed: list[Placed], line: PixelLine, text: Pixels) -> list[Placed]:
    """The line with its list mark: the first piece of ink, where its shape is that of one.

    The mark may have been left out (the first character's box then begins before its ink does) or read as a letter.
    """
    first = line.pieces[0]
    ink = text[first.top : first.bottom, first.x0 : first.x1]
    shape = mark_shape(ink, _line_height(line))
    if len(line.pieces) > 1 and is_dash(ink, _line_height(line), line.pieces[1].x0 - first.x1):
        shape = DASH
    if shape == "・" and not _in_the_middle(first, line.box):
        shape = None
    if shape is None and placed and placed[0].text in NEVER_FIRST and placed[0].box.x0 < first.x1:
        shape = DOT
    # A bar alone in its cell is － (nothing is set), hardly ever the number 一.
    alone = len(line.pieces) == 1 and is_dash(ink, _line_height(line), _line_height(line))
    if not alone and (shape is None or len(line.pieces) < 2):
        return placed
    shape = DASH if alone or shape is None else shape
    mark = Placed(shape, PixelBox(first.x0, line.box.top, first.x1, line.box.bottom), 0.9, (first.x0 + first.x1) / 2)
    if not placed or alone:
        return [mark]
    head = placed[0]
    reads_mark = taken_for_mark(head.text) and head.box.x0 < first.x1
    if reads_mark and not _in_number(placed):
        return [mark, *placed[1:]]
    second = line.pieces[1]
    if head.box.x0 < first.x1 and head.box.x1 > second.x0 + 1:
        return [mark, head._replace(box=head.box._replace(x0=second.x0)), *placed[1:]]
    return placed


def _apart_from_number(placed: list[Placed]) -> list[Placed]:
    """The line, with a blank between a dash that is its mark and a number, which is not negative."""
    if len(placed) < 2 or placed[0].text != DASH or not placed[1].text.isdecimal():
        return placed
    mark, number = placed[:2]
    blank = PixelBox(mark.box.x1, mark.box.top, max(mark.box.x1 + 1, number.box.x0), mark.box.bottom)
    return [mark, Placed(" ", blank, mark.confidence, (blank.x0 + blank.x1) / 2), *placed[1:]]


def _once(placed: list[Placed], height: int) -> list[Placed]:
    """The line with り read once where its two strokes were read as two リ that together are one character wide."""
    kept: list[Placed] = []
    for char in placed:
        if kept and {char.text, kept[-1].text} <= _TWO_STROKES and char.box.x1 - kept[-1].box.x0 <= 1.1 * height:
            kept[-1] = kept[-1]._replace(box=kept[-1].box._replace(x1=char.box.x1))
        else:
            kept.append(char)
    return kept


def _with_unread(placed: list[Placed], line: PixelLine, paper: Pixels) -> list[Placed]:
    """The line with characters that were passed over: a box holds a second piece of ink as large as a character.

    ※ between brackets is the usual one; such a piece is read by itself, and left where nothing is made of it.
    """
    complete: list[Placed] = []
    least = SETTINGS.unread * line.box.height
    for char in placed:
        complete.append(char)
        if char.text in _LONG or char.box.width < _widest(char.text) * line.box.height:
            continue
        inside = [p for p in line.pieces if char.box.x0 - 2 <= p.x0 and p.x1 <= char.box.x1 + 2]
        large = [p for p in inside if min(p.width, p.height) >= least]
        middle = char.x
        for piece in large:
            if len(inside) < 2 or piece.x0 - 2 <= middle <= piece.x1 + 2:
                continue
            margin = max(2, round(0.25 * line.box.height))
            alone = paper[line.box.top : line.box.bottom, max(0, piece.x0 - 1) : piece.x1 + 1]
            read = line_recognizer().read(np.pad(alone, margin, constant_values=255))
            if len(read) == 1:
                x0, x1 = piece.x0, piece.x1
                found = Placed(
                    read_alone(read[0].text), line.box._replace(x0=x0, x1=x1), read[0].confidence, (x0 + x1) / 2
                )
                if x0 < middle:
                    complete[-1] = char._replace(box=char.box._replace(x0=x1))
                    complete.insert(len(complete) - 1, found)
                else:
                    complete[-1] = char._replace(box=char.box._replace(x1=x0))
                    complete.append(found)
                break
    return complete


def _widest(text: str) -> float:
    return SETTINGS.widest_narrow if text in _NARROW else SETTINGS.widest_character


def _in_the_middle(piece: PixelBox, line: PixelBox) -> bool:
    """Whether a piece stands at half the line's height, as ・ does and a full stop does not."""
    return 0.3 < ((piece.top + piece.bottom) / 2 - line.top) / line.height < 0.7


def _in_number(placed: list[Placed]) -> bool:
    return placed[0].text == "0" and len(placed) > 1 and placed[1].text in "0123456789.,%"


def _read_vertical(line: PixelLine, paper: Pixels) -> list[Placed]:
    """The characters of a vertical line: its pieces set side by side and read as a horizontal one."""
    box = line.box
    cells = _square_cells(line)
    side = max(cell.height for cell in cells) + 4
    strip = np.full((side, side * len(cells)), 255, dtype=np.uint8)
    for index, cell in enumerate(cells):
        part = paper[cell.top : cell.bottom, box.x0 : box.x1][:side, :side]
        top, left = (side - part.shape[0]) // 2, index * side + (side - part.shape[1]) // 2
        strip[top : top + part.shape[0], left : left + part.shape[1]] = part
    placed: list[Placed] = []
    for char in line_recognizer().read(strip):
        cell = cells[min(len(cells) - 1, int(char.x // side))]
        placed.append(Placed(char.text, PixelBox(box.x0, cell.top, box.x1, cell.bottom), char.confidence, char.x))
    return placed


def _square_cells(line: PixelLine) -> list[PixelBox]:
    """The pieces of a vertical line gathered into characters: no higher than the line is wide."""
    cells: list[PixelBox] = []
    limit = 1.1 * line.box.width
    for piece in line.pieces:
        if cells and piece.bottom - cells[-1].top <= limit:
            last = cells[-1]
            cells[-1] = PixelBox(min(last.x0, piece.x0), last.top, max(last.x1, piece.x1), piece.bottom)
        else:
            cells.append(piece)
    return cells


def _line_height(line: PixelLine) -> float:
    return float(line.box.width if line.vertical else line.box.height)


def _ink_rows(text: Pixels, box: PixelBox) -> tuple[float, float]:
    """The first and the last row of ink within a character's box, the last one excluded."""
    rows = np.flatnonzero(text[box.top : box.bottom, box.x0 : box.x1].any(axis=1))
    return (float(box.top + rows[0]), float(box.top + rows[-1] + 1)) if len(rows) else (0.0, 0.0)
