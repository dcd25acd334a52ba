"""A page's vector paths as straight strokes and filled areas.

Borders and underlines come as stroked lines, stroked rectangles, thin filled rectangles, or hundreds of short pieces;
here all become one kind of stroke, and pieces that continue each other become one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from parsers.geometry import Box
from parsers.page import Fill, Stroke

THIN = 3.0
TOUCHING = 1.0
SHORT = 6.0
DOT_GAP = 4.5


def collect_paths(
    drawings: Sequence[dict[str, Any]], width: float, height: float, turn: Any
) -> tuple[tuple[Stroke, ...], tuple[Fill, ...]]:
    """Strokes (merged) and fills of MuPDF's ``drawings`` that show on a page of ``width`` × ``height`` points.

    ``turn`` is the page's rotation matrix or None. Curves are ignored unless the whole path lies flat (a wavy line).
    """
    strokes: list[tuple[float, float, float, float, int, bool]] = []
    fills: list[Fill] = []
    for drawing in drawings:
        kind = drawing["type"]
        if "f" in kind and drawing.get("fill_opacity", 1.0) > 0 and drawing.get("fill") is not None:
            _filled(drawing, _rgb(drawing["fill"]), turn, strokes, fills)
        if "s" in kind and drawing.get("stroke_opacity", 1.0) > 0 and drawing.get("color") is not None:
            _stroked(drawing, _rgb(drawing["color"]), turn, strokes)
    seen = [s for s in strokes if s[2] > 0 and s[3] > 0 and s[0] < width and s[1] < height]
    return tuple(merge_pieces(seen)), tuple(fill for fill in fills if fill.box.overlaps(Box(0, 0, width, height)))


def _rgb(color: Sequence[float]) -> int:
    red, green, blue = (round(part * 255) for part in color)
    return red << 16 | green << 8 | blue


def _turned(x0: float, y0: float, x1: float, y1: float, turn: Any) -> tuple[float, float, float, float]:
    if turn is not None:
        x0, y0, x1, y1 = (
            x0 * turn.a + y0 * turn.c + turn.e,
            x0 * turn.b + y0 * turn.d + turn.f,
            x1 * turn.a + y1 * turn.c + turn.e,
            x1 * turn.b + y1 * turn.d + turn.f,
        )
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _filled(drawing: dict[str, Any], color: int, turn: Any, strokes: list[Any], fills: list[Fill]) -> None:
    items = drawing["items"]
    if all(item[0] == "re" for item in items):
        boxes = [_turned(*item[1], turn) for item in items]
    else:
        boxes = [_turned(*drawing["rect"], turn)]
    for x0, y0, x1, y1 in boxes:
        if min(x1 - x0, y1 - y0) <= THIN:
            strokes.append((x0, y0, x1, y1, color, False))
        else:
            fills.append(Fill(Box(x0, y0, x1, y1), color))


def _stroked(drawing: dict[str, Any], color: int, turn: Any, strokes: list[Any]) -> None:
    half = max(drawing.get("width") or 0.0, 0.1) / 2
    dashed = drawing.get("dashes", "[] 0")[:2] != "[]"
    straight = True
    for item in drawing["items"]:
        if item[0] == "l":
            x0, y0, x1, y1 = _turned(*item[1], *item[2], turn)
            if x1 - x0 < 0.3 or y1 - y0 < 0.3:
                _add_line(x0, y0, x1, y1, half, color, dashed, strokes)
            else:
                straight = False
        elif item[0] == "re":
            _add_frame(*_turned(*item[1], turn), half, color, dashed, strokes)
        elif item[0] == "qu":
            quad = item[1]
            x0, y0, x1, y1 = _turned(*quad[0], *quad[3], turn)
            _add_frame(x0, y0, x1, y1, half, color, dashed, strokes)
        else:
            straight = False
    if not straight:
        x0, y0, x1, y1 = _turned(*drawing["rect"], turn)
        if y1 - y0 <= THIN + 2 * half and x1 - x0 > y1 - y0:
            strokes.append((x0, y0, x1, y1, color, dashed))


def _add_line(
    x0: float, y0: float, x1: float, y1: float, half: float, color: int, dashed: bool, strokes: list[Any]
) -> None:
    if x1 - x0 >= y1 - y0:
        middle = (y0 + y1) / 2
        strokes.append((x0, middle - half, x1, middle + half, color, dashed))
    else:
        middle = (x0 + x1) / 2
        strokes.append((middle - half, y0, middle + half, y1, color, dashed))


def _add_frame(
    x0: float, y0: float, x1: float, y1: float, half: float, color: int, dashed: bool, strokes: list[Any]
) -> None:
    if y1 - y0 < 0.3 or x1 - x0 < 0.3:
        _add_line(x0, y0, x1, y1, half, color, dashed, strokes)
        return
    _add_line(x0, y0, x1, y0, half, color, dashed, strokes)
    _add_line(x0, y1, x1, y1, half, color, dashed, strokes)
    _add_line(x0, y0, x0, y1, half, color, dashed, strokes)
    _add_line(x1, y0, x1, y1, half, color, dashed, strokes)


def merge_pieces(pieces: Iterable[tuple[float, float, float, float, int, bool]]) -> list[Stroke]:
    """Join pieces (x0, top, x1, bottom, colour, dashed) of one colour and thickness that continue each other.

    Pieces that touch are one stroke; short ones (dots, dashes) also over a small gap, and are then ``dashed``.
    """
    rows: dict[tuple[bool, int, int, int], list[tuple[float, float, float, float, bool]]] = defaultdict(list)
    for x0, y0, x1, y1, color, dashed in pieces:
        across = x1 - x0 >= y1 - y0
        if across:
            rows[True, round(y0 + y1), round((y1 - y0) * 4), color].append((x0, x1, y0, y1, dashed))
        else:
            rows[False, round(x0 + x1), round((x1 - x0) * 4), color].append((y0, y1, x0, x1, dashed))
    strokes: list[Stroke] = []
    for (across, _, _, color), row in rows.items():
        row.sort()
        start, end, low, high, dashed = row[0]
        last = end - start
        for a, b, c, d, dash in row[1:]:
            gap = a - end
            dots = gap <= DOT_GAP and last <= SHORT and b - a <= SHORT
            if gap <= TOUCHING or dots:
                dashed = dashed or dash or (dots and gap > TOUCHING)
                last = b - a
                end = max(end, b)
                low, high = min(low, c), max(high, d)
            else:
                strokes.append(_stroke(across, start, end, low, high, color, dashed))
                start, end, low, high, dashed = a, b, c, d, dash
                last = b - a
        strokes.append(_stroke(across, start, end, low, high, color, dashed))
    return strokes


def _stroke(across: bool, start: float, end: float, low: float, high: float, color: int, dashed: bool) -> Stroke:
    box = Box(start, low, end, high) if across else Box(low, start, high, end)
    return Stroke(box, high - low, color, dashed)
