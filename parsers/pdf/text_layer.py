"""The text layer of one page: every visible glyph once, and what is wrong with the layer.

Left out but counted: glyphs in invisible render mode, white on white, or off the page, and a second drawing of a glyph
(fake bold, shadow).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from parsers.model.geometry import Box
from parsers.model.page import Fill, Glyph
from parsers.pdf.text_quality import symbol_font, text_doubts

# MuPDF's bits for a character (char_flags) and for a font (flags).
_FILLED_OR_STROKED = 16 | 32
_BOLD_CHAR = 8
_BOLD_FONT = 16

# What Glyph(...) comes to, at half its cost: there are thousands on a page.
_new = tuple.__new__

WHITE = 0xFFFFFF
TWIN_DISTANCE = 0.1


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
    """Glyphs of MuPDF's rawdict ``blocks`` on a page that shows ``width`` × ``height`` points.

    ``turn`` is the page's rotation matrix or None; ``fills`` and ``images`` tell whether white text can be seen.
    """
    drawn, invisible = _drawn(blocks)
    if turn is not None:
        drawn = [_turned(glyph, turn) for glyph in drawn]
    shown = [
        glyph
        for glyph in drawn
        if 0 <= glyph.x0 + glyph.x1 <= 2 * width and 0 <= glyph.top + glyph.bottom <= 2 * height
        if glyph.color != WHITE or _on_ground(glyph, fills, images)
    ]
    hidden = invisible + _inked(drawn) - _inked(shown)
    once, doubled = _drop_twins(shown)
    return PageText(tuple(once), hidden, doubled, text_doubts("".join([glyph.text for glyph in once])))


def _inked(glyphs: Sequence[Glyph]) -> int:
    return sum([not glyph.text.isspace() for glyph in glyphs])


def _drawn(blocks: Sequence[dict[str, Any]]) -> tuple[list[Glyph], int]:
    """All glyphs painted in some ink, and the number of those in invisible render mode."""
    glyphs: list[Glyph] = []
    invisible = 0
    for block in blocks:
        for line in block.get("lines", ()):
            dx, dy = line["dir"]
            spans = line["spans"]
            # A lone turned glyph says nothing of the way its text runs: whole lines are set from such glyphs.
            vertical = abs(dy) > abs(dx) and sum(len(span["chars"]) for span in spans) > 1
            upright = abs(dx) >= abs(dy)
            for span in spans:
                flags = span["char_flags"]
                if not flags & _FILLED_OR_STROKED or not span["alpha"]:
                    invisible += sum(not char["c"].isspace() for char in span["chars"])
                    continue
                bold = bool(span["flags"] & _BOLD_FONT or flags & _BOLD_CHAR)
                size, color = span["size"], span["color"]
                symbols = symbol_font(span["font"])
                for char in span["chars"]:
                    x0, top, x1, bottom = char["bbox"]
                    text = char["c"]
                    if symbols is not None:
                        text = symbols.get(text, text)
                    baseline = char["origin"][0] if vertical else char["origin"][1] if upright else bottom - 0.12 * size
                    glyphs.append(
                        _new(Glyph, (text, x0, top, x1, bottom, baseline, size, color, bold, vertical, 1.0, False))
                    )
    return glyphs, invisible


def _turned(glyph: Glyph, turn: Any) -> Glyph:
    """The glyph on its page turned by a multiple of 90°."""
    ax, ay = glyph.x0 * turn.a + glyph.top * turn.c + turn.e, glyph.x0 * turn.b + glyph.top * turn.d + turn.f
    bx, by = glyph.x1 * turn.a + glyph.bottom * turn.c + turn.e, glyph.x1 * turn.b + glyph.bottom * turn.d + turn.f
    swaps = abs(turn.b) > abs(turn.a)
    line = glyph.baseline
    if glyph.vertical:
        baseline = line * turn.b + turn.f if swaps else line * turn.a + turn.e
    else:
        baseline = line * turn.c + turn.e if swaps else line * turn.d + turn.f
    return glyph._replace(
        x0=min(ax, bx),
        top=min(ay, by),
        x1=max(ax, bx),
        bottom=max(ay, by),
        baseline=baseline,
        vertical=glyph.vertical != swaps,
    )


def _on_ground(glyph: Glyph, fills: Sequence[Fill], images: Sequence[Box]) -> bool:
    """Whether a white glyph is seen: the last fill at its middle is not white, or an image lies there."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for fill in reversed(fills):
        if fill.box.contains(x, y):
            return fill.color != WHITE
    return any(image.contains(x, y) for image in images)


def _drop_twins(glyphs: list[Glyph]) -> tuple[list[Glyph], int]:
    """The glyphs without those that repeat one already drawn within a tenth of an em; what was repeated is bold."""
    places: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for index, glyph in enumerate(glyphs):
        places[glyph.text].append((glyph.top, glyph.x0, index))
    farthest = TWIN_DISTANCE * max([glyph.size for glyph in glyphs], default=0.0)
    twins: dict[int, int] = {}
    for same in places.values():
        if len(same) == 1:
            continue
        same.sort()
        for number, (top, x0, index) in enumerate(same):
            # By height first: a plan's characters stand in columns, so that many share their x.
            reach = top + farthest
            after = number + 1
            while after < len(same) and same[after][0] <= reach:
                other_top, other_x0, other = same[after]
                after += 1
                left = index if (x0, index) <= (other_x0, other) else other
                near = TWIN_DISTANCE * glyphs[left].size
                if abs(other_x0 - x0) <= near and other_top - top <= near:
                    twins[max(index, other)] = min(index, other)
    if not twins:
        return glyphs, 0
    kept: dict[int, Glyph] = {}
    doubled = 0
    for index, glyph in enumerate(glyphs):
        first = twins.get(index)
        if first is None:
            kept[index] = glyph
            continue
        while first in twins:
            first = twins[first]
        doubled += not glyph.text.isspace()
        # What is drawn last is what shows: a shadow lies beneath.
        kept[first] = kept[first]._replace(bold=True, color=glyph.color)
    return list(kept.values()), doubled
