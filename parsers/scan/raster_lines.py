"""Lines of text in a picture: within the cells that strokes enclose, cut along white gaps until only lines are left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from parsers.scan.raster import Pixels
from parsers.scan.raster_strokes import PixelBox, PixelStrokes


@dataclass(frozen=True, slots=True)
class RasterLineSettings:
    """Ink to lines. In units of the character height (em) unless said otherwise."""

    column_gap: float = 1.9
    """A wider gap parts columns. Nearest: 1.62 and 2.01."""
    line_height: float = 1.25
    """Pieces of one line are together no higher. Nearest: 1.22 and 1.29."""
    one_character: float = 1.35
    """A piece no wider may be one column of vertical writing. Nearest: 1.2 and 1.48."""
    trim: float = 0.08
    """Cut off a piece's top and bottom before rows are told: touching lines overlap by no more. Nearest: 0.0706 and
    0.0823.
    """
    wall_reach: int = 4
    """Pixels around a ruling that belong to it: a scan's blur."""
    two_lines: float = 1.6
    """Two lines are at least so high. Nearest: 1.24 and 6.32."""
    low: float = 0.25
    """Lower lines are none: a single bar is a dash that fills a cell, several pieces are the rest of a dotted rule."""
    valley: float = 0.8
    """And leave at most this part of their ink between them."""


SETTINGS = RasterLineSettings()


class PixelLine(NamedTuple):
    """One printed line: its box, the boxes of its pieces of ink from left to right (top to bottom when vertical)."""

    box: PixelBox
    pieces: tuple[PixelBox, ...]
    vertical: bool = False


def find_lines(ink: Pixels, strokes: PixelStrokes, em: float) -> list[PixelLine]:
    """The lines of text of a page whose ``strokes`` are known; no line crosses a stroke that closes a cell."""
    text = np.where(strokes.mask > 0, 0, ink).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(text, connectivity=8)
    regions = _regions(ink.shape, strokes, em)
    pieces: dict[int, list[PixelBox]] = defaultdict(list)
    for number, (x, y, width, height, area) in enumerate(np.asarray(stats).tolist()):
        if number == 0 or area < 6 or height > 4 * em or width > 12 * em:
            continue
        box = PixelBox(x, y, x + width, y + height)
        parts = _one_line_each(box, np.asarray(labels)[y : y + height, x : x + width] == number, em)
        pieces[int(regions[y + height // 2, x + width // 2])] += parts
    lines: list[PixelLine] = []
    for found in pieces.values():
        lines += _cut(found, em)
    whole = [
        _as_high_as_text(line, em, ink.shape[0])
        for line in lines
        if max(line.box.width, line.box.height) >= 0.2 * em and not _is_dotted(line, em)
    ]
    return [line for line in whole if line in lines or not any(_overlap(line, other) for other in whole)]


def _overlap(bar: PixelLine, other: PixelLine) -> bool:
    """Whether another line stands where a bar would as a character: the bar is the rest of a rule between lines."""
    apart = bar.box.x1 <= other.box.x0 or other.box.x1 <= bar.box.x0
    return bar is not other and not apart and bar.box.top < other.box.bottom and other.box.top < bar.box.bottom


def _is_dotted(line: PixelLine, em: float) -> bool:
    return len(line.pieces) > 1 and line.box.height < SETTINGS.low * em and not line.vertical


def _as_high_as_text(line: PixelLine, em: float, page_height: int) -> PixelLine:
    """The line; a single bar (－ alone in its cell) in a box as high as the characters that it stands for."""
    if len(line.pieces) > 1 or line.box.height >= SETTINGS.low * em or line.box.width < SETTINGS.low * em:
        return line
    middle = (line.box.top + line.box.bottom) / 2
    top, bottom = max(0, round(middle - em / 2)), min(page_height, round(middle + em / 2))
    return line._replace(box=line.box._replace(top=top, bottom=bottom))


def _one_line_each(box: PixelBox, ink: npt.NDArray[np.bool_], em: float) -> list[PixelBox]:
    """A piece that joins characters of two lines, parted where it has least ink; other pieces as they are.

    A large character of a heading may be parted too; its halves still stand in one line with its neighbours.
    """
    if box.height < SETTINGS.two_lines * em:
        return [box]
    third = box.height // 3
    rows = ink.sum(axis=1)[third : box.height - third]
    y = box.top + third + int(rows.argmin())
    return [box._replace(bottom=y), box._replace(top=y)]


def _regions(shape: tuple[int, ...], strokes: PixelStrokes, em: float) -> Pixels:
    """A number for every pixel: pixels between which no wall stands have the same."""
    walls = np.zeros(shape, dtype=np.uint8)
    for x0, top, x1, bottom in strokes.horizontal:
        walls[top:bottom, max(0, x0 - SETTINGS.wall_reach) : x1 + SETTINGS.wall_reach] = 255
    for x0, top, x1, bottom in strokes.vertical:
        walls[max(0, top - SETTINGS.wall_reach) : bottom + SETTINGS.wall_reach, x0:x1] = 255
    for edge in (1, 3):
        for y, x0, x1 in _open_edges(strokes.vertical, edge, em):
            walls[max(0, y - 1) : y + 1, x0:x1] = 255
    _, labels = cv2.connectedComponents(255 - walls, connectivity=4)
    return np.asarray(labels)


def _open_edges(vertical: list[PixelBox], edge: int, em: float) -> list[tuple[int, int, int]]:
    """Where columns end together without a ruling across (a table that runs on over the page's edge): y, x0, x1.

    ``edge`` is 1 for the strokes' upper ends, 3 for their lower ones.
    """
    ends: list[list[PixelBox]] = []
    for stroke in sorted(vertical, key=lambda box: box[edge]):
        if ends and stroke[edge] - ends[-1][0][edge] <= 0.5 * em:
            ends[-1].append(stroke)
        else:
            ends.append([stroke])
    return [
        (group[0][edge], min(stroke.x0 for stroke in group), max(stroke.x1 for stroke in group))
        for group in ends
        if len(group) > 1
    ]


def _cut(pieces: list[PixelBox], em: float) -> list[PixelLine]:
    """Cuts along white columns first, else along white rows; what can be cut neither way is a line."""
    if _is_vertical_text(pieces, em):
        return [PixelLine(_around(pieces), tuple(_merged(pieces, horizontal=False)), vertical=True)]
    columns = _groups(pieces, horizontal=True, gap=SETTINGS.column_gap * em)
    if len(columns) > 1:
        return [line for column in columns for line in _cut(column, em)]
    rows = _joined_rows(_groups(pieces, horizontal=False, gap=0.0, trim=SETTINGS.trim * em), em)
    if len(rows) > 1:
        return [line for row in rows for line in _cut(row, em)]
    if (halves := _touching_lines(pieces, em)) is not None:
        return [line for half in halves for line in _cut(half, em)]
    return [PixelLine(_around(pieces), tuple(_merged(pieces, horizontal=True)))]


def _touching_lines(pieces: list[PixelBox], em: float) -> tuple[list[PixelBox], list[PixelBox]] | None:
    """The two parts of what is more than one line, set so tightly that pieces overlap; None for a single line.

    A line is hardly higher than its characters; two lines leave, somewhere in between, less ink than above or below.
    """
    box = _around(pieces)
    character = min(1.25 * em, float(np.percentile([piece.height for piece in pieces], 80)))
    if box.height < SETTINGS.two_lines * character:
        return None
    profile = np.zeros(box.height)
    for piece in pieces:
        profile[piece.top - box.top : piece.bottom - box.top] += piece.width
    edge = round(0.6 * character)
    inner = profile[edge : box.height - edge]
    if not len(inner):
        return None  # specks of a pixel or two
    valley = edge + int(inner.argmin())
    if profile[valley] > SETTINGS.valley * min(profile[:valley].max(), profile[valley:].max()):
        return None
    y = box.top + valley
    upper = [piece for piece in pieces if (piece.top + piece.bottom) / 2 < y]
    lower = [piece for piece in pieces if (piece.top + piece.bottom) / 2 >= y]
    return (upper, lower) if upper and lower else None


def _is_vertical_text(pieces: list[PixelBox], em: float) -> bool:
    """Whether pieces stand one below the other in a column of one character's width."""
    box = _around(pieces)
    if box.width > SETTINGS.one_character * em or box.height < 2.5 * em:
        return False
    rows = _groups(pieces, horizontal=False, gap=0.0)
    return len(rows) >= 2 and box.height <= 1.6 * em * len(rows)


def _groups(pieces: Sequence[PixelBox], *, horizontal: bool, gap: float, trim: float = 0.0) -> list[list[PixelBox]]:
    """Parts the pieces wherever no piece lies over more than ``gap`` pixels; ``trim`` shortens each at both ends."""
    low, high = (0, 2) if horizontal else (1, 3)
    groups: list[list[PixelBox]] = []
    end = 0.0
    for piece in sorted(pieces, key=lambda box: box[low]):
        cut = min(trim, (piece[high] - piece[low]) / 3)
        if groups and piece[low] + cut <= end + gap:
            groups[-1].append(piece)
            end = max(end, piece[high] - cut)
        else:
            groups.append([piece])
            end = piece[high] - cut
    return groups


def _joined_rows(rows: list[list[PixelBox]], em: float) -> list[list[PixelBox]]:
    """Rows that together are no higher than one line are one: the bars of 二, a dot above a stroke."""
    joined: list[list[PixelBox]] = []
    for row in rows:
        if joined and _around([*joined[-1], *row]).height <= SETTINGS.line_height * em * 0.9:
            joined[-1] += row
        else:
            joined.append(list(row))
    return joined


def _merged(pieces: Sequence[PixelBox], *, horizontal: bool) -> list[PixelBox]:
    """Pieces that overlap along the line made one, in the line's direction."""
    return [_around(group) for group in _groups(pieces, horizontal=horizontal, gap=-1.0)]


def _around(pieces: Sequence[PixelBox]) -> PixelBox:
    x0s, tops, x1s, bottoms = zip(*pieces, strict=True)
    return PixelBox(min(x0s), min(tops), max(x1s), max(bottoms))
