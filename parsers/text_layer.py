"""The text layer of one page: visible glyphs once each, and what is wrong with the layer.

Left out but counted: invisible render mode, white on white, off the page; a second drawing of the same glyph (fake bold).
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from parsers.geometry import Box
from parsers.page import Fill, Glyph

_FILLED_OR_STROKED = 16 | 32
_BOLD_FONT = 16
_BOLD_CHAR = 8


class PageText(NamedTuple):
    """``glyphs`` in the order drawn, with counts of what was left out and stable names of doubts."""

    glyphs: tuple[Glyph, ...]
    hidden: int
    doubled: int
    doubts: tuple[str, ...]


def read_glyphs(
    blocks: Sequence[dict[str, Any]],
    width: float,
    height: float,
    turn: Any,
    fills: Sequence[Fill],
    images: Sequence[Box],
) -> PageText:
    """Glyphs of MuPDF's rawdict ``blocks`` on a page of ``width`` × ``height`` points, turned by ``turn`` (a matrix or None)."""
    glyphs: list[Glyph] = []
    hidden = 0
    add = glyphs.append
    for block in blocks:
        for line in block.get("lines", ()):
            dx, dy = line["dir"]
            if turn is not None:
                dx, dy = dx * turn.a + dy * turn.c, dx * turn.b + dy * turn.d
            vertical = abs(dy) > abs(dx)
            for span in line["spans"]:
                flags = span["char_flags"]
                visible = bool(flags & _FILLED_OR_STROKED) and span["alpha"] > 0
                bold = bool(span["flags"] & _BOLD_FONT or flags & _BOLD_CHAR)
                size, color = span["size"], span["color"]
                for char in span["chars"]:
                    x0, top, x1, bottom = char["bbox"]
                    ox, oy = char["origin"]
                    if turn is not None:
                        ax, ay = x0 * turn.a + top * turn.c + turn.e, x0 * turn.b + top * turn.d + turn.f
                        bx, by = x1 * turn.a + bottom * turn.c + turn.e, x1 * turn.b + bottom * turn.d + turn.f
                        x0, top, x1, bottom = min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
                        ox, oy = ox * turn.a + oy * turn.c + turn.e, ox * turn.b + oy * turn.d + turn.f
                    text = char["c"]
                    middle_x, middle_y = (x0 + x1) / 2, (top + bottom) / 2
                    if not visible or not (0 <= middle_x <= width and 0 <= middle_y <= height):
                        hidden += not text.isspace()
                        continue
                    if color == 0xFFFFFF and not _on_ground(middle_x, middle_y, fills, images):
                        hidden += not text.isspace()
                        continue
                    add(Glyph(text, x0, top, x1, bottom, ox if vertical else oy, size, color, bold, vertical))
    once, doubled = _drop_doubles(glyphs)
    return PageText(tuple(once), hidden, doubled, _doubts(once))


def _on_ground(x: float, y: float, fills: Sequence[Fill], images: Sequence[Box]) -> bool:
    """Whether white would be seen at a point: the last fill there is not white, or an image lies there."""
    for fill in reversed(fills):
        if fill.box.contains(x, y):
            return fill.color != 0xFFFFFF
    return any(image.contains(x, y) for image in images)


def _drop_doubles(glyphs: list[Glyph]) -> tuple[list[Glyph], int]:
    """Drop glyphs that repeat one already drawn within a tenth of an em; the first is then bold."""
    seen: dict[tuple[str, int], list[int]] = {}
    kept: list[Glyph] = []
    doubled = 0
    for glyph in glyphs:
        text, x0, top, size = glyph.text, glyph.x0, glyph.top, glyph.size
        band = top / 4
        low = math.floor(band)
        near = 0.1 * size
        rows = (low,) if 0.25 < band - low < 0.75 else (low, low + (1 if band - low > 0.5 else -1))
        twin = None
        for row in rows:
            for index in seen.get((text, row), ()):
                other = kept[index]
                if abs(other.x0 - x0) <= near and abs(other.top - top) <= near:
                    twin = index
                    break
        if twin is None:
            seen.setdefault((text, low), []).append(len(kept))
            kept.append(glyph)
        elif not text.isspace():
            doubled += 1
            kept[twin] = kept[twin]._replace(bold=True)
    return kept, doubled


def _doubts(glyphs: Sequence[Glyph]) -> tuple[str, ...]:
    """What is wrong with the layer: ``cid``, ``unmapped`` (no character known), ``garbled`` (characters no text has)."""
    text = "".join(glyph.text for glyph in glyphs)
    shown = sum(not char.isspace() for char in text)
    if not shown:
        return ()
    doubts = []
    if text.count("(cid:") * 8 > 0.02 * shown:
        doubts.append("cid")
    unmapped = text.count("\ufffd") + sum(
        unicodedata.category(char) in ("Co", "Cn", "Cc")
        for char in set(text) - {"\n", "\t"}
        for _ in range(text.count(char))
    )
    if unmapped > 0.02 * shown:
        doubts.append("unmapped")
    return tuple(doubts)
