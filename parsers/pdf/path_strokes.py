"""A page's vector paths as straight strokes and filled areas.

Borders and underlines come as stroked lines, stroked rectangles, thin filled rectangles, rings between two rectangles,
or hundreds of short pieces; here all become one kind of stroke, and pieces that continue each other become one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from parsers.model.geometry import Box, enclosing
from parsers.model.page import WHITE, Fill, Stroke
from parsers.pdf.clips import turned_box, with_clips
from parsers.pdf.glyph_doubts import Cover
from parsers.pdf.hidden_text import SETTINGS as HIDDEN_TEXT
from parsers.pdf.rings import Grounds, rings_of


@dataclass(frozen=True, slots=True)
class PathSettings:
    """Which paths are strokes, and which strokes are one. Points."""

    thin: float = 3.0
    """A filled rectangle no thicker is a line. Chosen, lower than any row of text. Nearest: 0.75 and 10."""
    straight: float = 0.3
    """A line that strays less from it is parallel to an axis. Nearest: 0 and 2.7."""
    hairline: float = 0.1
    """Thickness of a stroke of width 0, which viewers draw as one pixel. Chosen. Nearest: 0.3, nothing below."""
    wave_height: float = 5.0
    """A curved path no higher may be a wavy underline. Chosen, half a line. Nearest: 0.6, nothing above."""
    clip_slack: float = 0.5
    """A painted edge may reach so far out of its clip. Nearest: 0 and 10.5."""
    touching: float = 0.3
    """Pieces closer than this are one stroke. Nearest: 0.05 and 10."""
    nearly_touching: float = 1.0
    """Pieces closer than this are one unless an upright stands between. Nearest: 10, nothing below."""
    short: float = 6.0
    """Dots and dashes are up to so long. Nearest: 4.4 and 6.3."""
    lowest_row: float = 7.0
    """A lower stripe is no row of a table. Nearest: 13.9, nothing below."""
    dot_gap: float = 4.5
    """Dots and dashes are joined over gaps up to this. Nearest: 0.05 and 10."""


SETTINGS = PathSettings()


class Piece(NamedTuple):
    """A stroke as drawn, before those that continue each other are joined."""

    x0: float
    top: float
    x1: float
    bottom: float
    color: int
    dashed: bool = False
    wavy: bool = False


class PagePaths(NamedTuple):
    """``strokes`` (joined) and ``fills`` of a page; ``covers`` are the opaque fills in the order of painting."""

    strokes: tuple[Stroke, ...]
    fills: tuple[Fill, ...]
    covers: tuple[Cover, ...]


def collect_paths(drawings: Sequence[dict[str, Any]], width: float, height: float, turn: Any) -> PagePaths:
    """What MuPDF's extended ``drawings`` show on a page of ``width`` × ``height`` points.

    ``turn`` is the page's rotation matrix or None. Curves are ignored unless the whole path lies flat (a wavy line);
    white strokes are kept where they part coloured areas anywhere along them: stripes are every other row. A fill shows
    only within its clips: where the clip is the smaller one (WeasyPrint and Chromium draw underlines so), it is the
    clip's shape that is seen.
    """
    pieces: list[Piece] = []
    fills: list[Fill] = []
    covers: list[Cover] = []
    for drawing, clip in with_clips(drawings):
        kind = drawing["type"]
        if "f" in kind and drawing.get("fill") is not None and drawing.get("fill_opacity", 1.0) > 0:
            areas = _shown_areas(drawing, clip, turn)
            filled = len(fills)
            _add_filled(areas, _rgb(drawing["fill"]), pieces, fills)
            if drawing.get("fill_opacity", 1.0) >= HIDDEN_TEXT.opaque:
                covers += [Cover(drawing["seqno"], fill.box) for fill in fills[filled:] if fill.straight]
        if "s" in kind and drawing.get("color") is not None and drawing.get("stroke_opacity", 1.0) > 0:
            limit = (
                None
                if clip is None
                else _box(clip["scissor"][:2], clip["scissor"][2:], turn).grown(SETTINGS.clip_slack)
            )
            pieces += [piece for piece in _stroked(drawing, turn) if limit is None or limit.overlaps(Box(*piece[:4]))]
    grounds = Grounds((fill.box for fill in fills if fill.color != WHITE), width, height)
    shown = [
        piece
        for piece in pieces
        if piece.x1 > 0 and piece.bottom > 0 and piece.x0 < width and piece.top < height
        if piece.color != WHITE or any(grounds.cover(x, y) for x, y in _points_along(piece))
    ]
    page = Box(0, 0, width, height)
    return PagePaths(
        tuple(join_pieces(shown)), tuple([fill for fill in fills if fill.box.overlaps(page)]), tuple(covers)
    )


def _points_along(piece: Piece) -> Iterator[tuple[float, float]]:
    """Points along the middle of a piece, near enough to one another that no row of a table lies between two."""
    count = 1 + int(max(piece.x1 - piece.x0, piece.bottom - piece.top) / SETTINGS.lowest_row)
    for at in range(count):
        share = (at + 0.5) / count
        yield piece.x0 + share * (piece.x1 - piece.x0), piece.top + share * (piece.bottom - piece.top)


def _shown_areas(drawing: dict[str, Any], clip: dict[str, Any] | None, turn: Any) -> list[tuple[Box, bool]]:
    """The areas that a fill paints, each cut to its clip, with whether its sides are parallel to the axes."""
    areas = list(_areas(drawing["items"], turn))
    if clip is None:
        return areas
    limit = _box(clip["scissor"][:2], clip["scissor"][2:], turn)
    if all(limit.holds(box, SETTINGS.clip_slack) for box, _ in areas):
        return areas
    within = [
        (box, straight)
        for box, straight in _areas(clip["items"], turn)
        if min(box.width, box.height) <= SETTINGS.wave_height
    ]
    if within and all(limit.holds(box, 2 * SETTINGS.clip_slack) for box, _ in within):
        painted = enclosing(box for box, _ in areas)
        return [(_cut(box, painted), straight) for box, straight in within if box.overlaps(painted)]
    return [(_cut(box, limit), straight) for box, straight in areas if box.overlaps(limit)]


def _cut(box: Box, limit: Box) -> Box:
    return Box(max(box.x0, limit.x0), max(box.top, limit.top), min(box.x1, limit.x1), min(box.bottom, limit.bottom))


def _rgb(color: Sequence[float]) -> int:
    red, green, blue = (round(part * 255) for part in color)
    return red << 16 | green << 8 | blue


def _box(corner: Sequence[float], opposite: Sequence[float], turn: Any) -> Box:
    return turned_box((*corner, *opposite), turn)


def _add_filled(areas: Sequence[tuple[Box, bool]], color: int, pieces: list[Piece], fills: list[Fill]) -> None:
    holes, inner = rings_of([box for box, _ in areas], SETTINGS.thin)
    for box, straight in areas:
        thickness = min(box.width, box.height)
        if thickness <= SETTINGS.thin:
            pieces.append(Piece(*box, color, False, not straight and box.width > box.height))
        elif not straight and box.height <= SETTINGS.wave_height and box.width > 2 * box.height:
            pieces.append(Piece(*box, color, False, True))
        elif (hole := holes.get(box)) is not None:
            pieces += [
                Piece(box.x0, box.top, box.x1, hole.top, color),
                Piece(box.x0, hole.bottom, box.x1, box.bottom, color),
                Piece(box.x0, box.top, hole.x0, box.bottom, color),
                Piece(hole.x1, box.top, box.x1, box.bottom, color),
            ]
        elif box not in inner:
            fills.append(Fill(box, color, straight))


def _areas(items: Sequence[Any], turn: Any) -> Iterator[tuple[Box, bool]]:
    """The box of each closed part of a filled path, and whether its sides are parallel to the axes."""
    for part in _parts(items):
        kind, first = part[0][0], part[0][1]
        if kind == "re":
            yield _box(first[:2], first[2:], turn), True
        elif kind == "qu":
            yield _box(first[0], first[3], turn), True
        else:
            straight = all(item[0] == "l" and _is_straight(item[1], item[2]) for item in part)
            yield _enclosing([point for item in part for point in item[1:]], turn), straight


def _is_straight(start: Sequence[float], end: Sequence[float]) -> bool:
    return abs(start[0] - end[0]) < SETTINGS.straight or abs(start[1] - end[1]) < SETTINGS.straight


def _enclosing(points: Sequence[Sequence[float]], turn: Any) -> Box:
    xs, ys = zip(*points, strict=True)
    return _box((min(xs), min(ys)), (max(xs), max(ys)), turn)


def _stroked(drawing: dict[str, Any], turn: Any) -> Iterator[Piece]:
    half = max(drawing.get("width") or 0.0, SETTINGS.hairline) / 2
    color = _rgb(drawing["color"])
    dashed = drawing.get("dashes", "[] 0")[:2] != "[]"
    bent = False
    for part in _parts(drawing["items"]):
        kind = part[0][0]
        if kind == "re":
            yield from _frame(_box(part[0][1][:2], part[0][1][2:], turn), half, color, dashed)
        elif kind == "qu":
            yield from _frame(_box(part[0][1][0], part[0][1][3], turn), half, color, dashed)
        elif any(item[0] == "l" and not _is_straight(item[1], item[2]) for item in part):
            # An arrow's or a star's outline: its level and upright sides rule nothing.
            bent = True
        else:
            yield from (_line(_box(item[1], item[2], turn), half, color, dashed) for item in part if item[0] == "l")
            bent = bent or any(item[0] != "l" for item in part)
    if bent:
        box = _box(drawing["rect"][:2], drawing["rect"][2:], turn)
        if box.height <= SETTINGS.wave_height and box.width > 2 * box.height:
            yield Piece(*box, color, dashed, True)


def _parts(items: Sequence[Any]) -> Iterator[list[Any]]:
    """A path's connected parts: rectangles one by one, lines and curves as far as each begins where the last ended."""
    part: list[Any] = []
    for item in items:
        joined = part and item[0] in "lc" and item[1] == part[-1][-1]
        if part and not joined:
            yield part
            part = []
        if item[0] in "lc":
            part.append(item)
        else:
            yield [item]
    if part:
        yield part


def _line(box: Box, half: float, color: int, dashed: bool) -> Piece:
    x0, top, x1, bottom = box
    if x1 - x0 >= bottom - top:
        middle = (top + bottom) / 2
        return Piece(x0, middle - half, x1, middle + half, color, dashed)
    middle = (x0 + x1) / 2
    return Piece(middle - half, top, middle + half, bottom, color, dashed)


def _frame(box: Box, half: float, color: int, dashed: bool) -> Iterator[Piece]:
    """The four sides of a stroked rectangle, or the one line of a flat one."""
    x0, top, x1, bottom = box
    if min(box.width, box.height) < SETTINGS.straight:
        yield _line(box, half, color, dashed)
        return
    yield Piece(x0 - half, top - half, x1 + half, top + half, color, dashed)
    yield Piece(x0 - half, bottom - half, x1 + half, bottom + half, color, dashed)
    yield Piece(x0 - half, top - half, x0 + half, bottom + half, color, dashed)
    yield Piece(x1 - half, top - half, x1 + half, bottom + half, color, dashed)


def join_pieces(pieces: Iterable[Piece]) -> list[Stroke]:
    """Pieces of one colour and thickness that continue each other, as one stroke each.

    Pieces that touch are one; nearly touching ones where no upright parts them; short ones (dots, dashes) also over a
    wider gap, and are then ``dashed``.
    """
    levels: dict[tuple[int, int, int], list[_Run]] = defaultdict(list)
    uprights: dict[tuple[int, int, int], list[_Run]] = defaultdict(list)
    for x0, top, x1, bottom, color, dashed, wavy in pieces:
        if x1 - x0 >= bottom - top:
            key = (round(top + bottom), round((bottom - top) * 4), color)
            levels[key].append(_Run(x0, x1, top, bottom, dashed, wavy))
        else:
            key = (round(x0 + x1), round((x1 - x0) * 4), color)
            uprights[key].append(_Run(top, bottom, x0, x1, dashed, wavy))
    strokes = [
        Stroke(Box(run.low, run.start, run.high, run.end), run.high - run.low, key[2], run.dashed, run.wavy)
        for key, row in uprights.items()
        for run in _joined(row, [])
    ]
    barriers = sorted([stroke.box for stroke in strokes if stroke.box.height > SETTINGS.short])
    strokes += [
        Stroke(Box(run.start, run.low, run.end, run.high), run.high - run.low, key[2], run.dashed, run.wavy)
        for key, row in levels.items()
        for run in _joined(row, barriers)
    ]
    return strokes


class _Run(NamedTuple):
    """A piece by its place along the stroke (``start``..``end``) and across it (``low``..``high``)."""

    start: float
    end: float
    low: float
    high: float
    dashed: bool
    wavy: bool


def _joined(row: list[_Run], barriers: Sequence[Box]) -> Iterator[_Run]:
    """The runs of one row with those that continue each other made one; ``barriers`` (sorted) part near ones."""
    row.sort()
    start, end, low, high, dashed, wavy = row[0]
    last = end - start
    for run in row[1:]:
        gap = run.start - end
        length = run.end - run.start
        dots = gap <= SETTINGS.dot_gap and last <= SETTINGS.short and length <= SETTINGS.short
        if (
            gap <= SETTINGS.touching
            or dots
            or (gap <= SETTINGS.nearly_touching and not _barrier_between(end, run.start, run.low, barriers))
        ):
            dashed = dashed or run.dashed or (dots and gap > SETTINGS.touching)
            wavy = wavy or run.wavy
            end, low, high = max(end, run.end), min(low, run.low), max(high, run.high)
        else:
            yield _Run(start, end, low, high, dashed, wavy)
            start, end, low, high, dashed, wavy = run
        last = length
    yield _Run(start, end, low, high, dashed, wavy)


def _barrier_between(x0: float, x1: float, y: float, barriers: Sequence[Box]) -> bool:
    """Whether an upright stands between ``x0`` and ``x1`` at the height ``y``."""
    first = bisect_left(barriers, x0 - SETTINGS.touching, key=attrgetter("x0"))
    for box in barriers[first:]:
        if box.x0 > x1:
            return False
        if box.top - SETTINGS.nearly_touching <= y <= box.bottom + SETTINGS.nearly_touching:
            return True
    return False
