"""The text layer of one page: every visible glyph once, and what is wrong with the layer.

Set aside: glyphs in invisible render mode or off the page. Left out but counted: a second drawing of a glyph (fake
bold, shadow).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from parsers.model.page import Glyph
from parsers.pdf.text_quality import symbol_font, text_doubts

# MuPDF's bits for a character (char_flags) and for a font (flags).
_FILLED_OR_STROKED = 16 | 32
_BOLD_CHAR = 8
_BOLD_FONT = 16

# What Glyph(...) comes to, at half its cost: there are thousands on a page.
_new = tuple.__new__


@dataclass(frozen=True, slots=True)
class TextLayerSettings:
    """Which glyphs of the text layer are drawn twice, and which way text runs."""

    twin_distance: float = 0.1
    """Em between two drawings of one glyph in one colour (bold made by printing twice). Nearest: 0.0273 and 0.2."""
    shadow_distance: float = 0.3
    """Em between a glyph and its shadow in another colour. Nearest: 0.296 and 0.308."""
    narrowed: tuple[float, float] = (0.6, 1.8)
    """Times the mean of its height and width that narrowed type is high: letters of a third of their width give 1.7.
    Chosen.
    """
    rounded_size: float = 0.04
    """What differs less from 1 is rounding. Nearest: 0.03 and 0.09."""
    along: float = 0.5
    """Component of the writing direction's unit vector below which text runs backwards: half way to the next quarter
    turn. Nearest: -0, nothing above.
    """
    nearly_all: float = 0.8
    """Share of a page's glyphs that must run one way for the page to lie on its side. Chosen. Nearest: 1, nothing
    below.
    """
    descent: float = 0.12
    """Em from the bottom of a glyph's box up to its baseline where the file gives none: the descent of most Japanese
    fonts (Adobe-Japan1: 0.12).
    """


SETTINGS = TextLayerSettings()

_SET_UPRIGHT = dict(
    zip(
        "︐︑︒︓︔︕︖︙︰︱︳︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？…‥―＿（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)
"""Code points for the forms that marks have in vertical writing: the page shows the same mark."""


class PageText(NamedTuple):
    """``glyphs`` in the order drawn, those set aside as ``hidden``, how many were drawn twice, names of doubts."""

    glyphs: list[Glyph]
    hidden: list[Glyph]
    doubled: int
    doubts: tuple[str, ...]


def read_glyphs(blocks: Sequence[dict[str, Any]], width: float, height: float, turn: Any) -> PageText:
    """Glyphs of MuPDF's rawdict ``blocks`` on a page that shows ``width`` × ``height`` points.

    ``turn`` is the page's rotation matrix or None.
    """
    drawn, hidden = drawn_glyphs(blocks, turn)
    shown = []
    for glyph in drawn:
        if 0 <= glyph.x0 + glyph.x1 <= 2 * width and 0 <= glyph.top + glyph.bottom <= 2 * height:
            shown.append(glyph)
        elif not glyph.text.isspace():
            hidden.append(glyph)
    once, doubled = _drop_twins(shown)
    return PageText(once, hidden, doubled, text_doubts("".join([glyph.text for glyph in once])))


def drawn_glyphs(blocks: Sequence[dict[str, Any]], turn: Any) -> tuple[list[Glyph], list[Glyph]]:
    """All glyphs painted in some ink, and those (but blanks) in invisible render mode."""
    glyphs: list[Glyph] = []
    invisible: list[Glyph] = []
    for block in blocks:
        for line in block.get("lines", ()):
            dx, dy = line["dir"]
            ahead = line["dir"] if turn is None else (dx * turn.a + dy * turn.c, dx * turn.b + dy * turn.d)
            spans = line["spans"]
            backward = _backward(spans, ahead, turn)
            upright = abs(dx) >= abs(dy)
            # A lone glyph set on its side says nothing of the way its text runs: whole lines are set from such glyphs.
            on_side = abs(ahead[1]) > abs(ahead[0])
            lone = on_side and sum(len(span["chars"]) for span in spans) == 1
            vertical = not upright and not lone
            for span in spans:
                flags = span["char_flags"]
                inked = flags & _FILLED_OR_STROKED and span["alpha"]
                bold = bool(span["flags"] & _BOLD_FONT or flags & _BOLD_CHAR)
                size, color = _type_size(span) if dy == 0 else span["size"], span["color"]
                symbols = symbol_font(span["font"])
                for char in span["chars"]:
                    x0, top, x1, bottom = char["bbox"]
                    text = char["c"]
                    if x0 == x1 and turn is None and glyphs and glyphs[-1].x1 == x0:
                        # The second letter of a ligature has no width of its own: it takes half of the first one's.
                        x0 = (glyphs[-1].x0 + x1) / 2
                        glyphs[-1] = glyphs[-1]._replace(x1=x0)
                    if symbols is not None:
                        text = symbols.get(text, text)
                    elif "\ufe10" <= text <= "\ufe48":
                        text = _SET_UPRIGHT.get(text, text)
                    baseline = (
                        char["origin"][0]
                        if vertical
                        else char["origin"][1]
                        if upright
                        else bottom - SETTINGS.descent * size
                    )
                    glyph = _new(
                        Glyph,
                        (text, x0, top, x1, bottom, baseline, size, color, bold, vertical, 1.0, False, backward),
                    )
                    if turn is not None:
                        glyph = _turned(glyph, turn)
                        if lone:
                            glyph = glyph._replace(vertical=False, baseline=glyph.bottom - SETTINGS.descent * size)
                    if inked:
                        glyphs.append(glyph)
                    elif not text.isspace():
                        invisible.append(glyph)
    return glyphs, invisible


def _type_size(span: dict[str, Any]) -> float:
    """The size of a span's type as its height tells it; MuPDF makes that of narrowed or widened letters the mean of
    height and width.
    """
    size: float = span["size"]
    extent = span["ascender"] - span["descender"]
    if not span["chars"] or extent <= 0:
        return size
    _, top, _, bottom = span["chars"][0]["bbox"]
    told = (bottom - top) / extent
    least, most = SETTINGS.narrowed
    return told if least <= told / size <= most and abs(told / size - 1) > SETTINGS.rounded_size else size


def _backward(spans: Sequence[dict[str, Any]], ahead: tuple[float, float], turn: Any) -> Literal["", "x", "y"]:
    """The axis along which a line runs to the left or upwards, by its characters' places (a lone one's ``ahead``)."""
    if ahead[0] >= -SETTINGS.along and ahead[1] >= -SETTINGS.along:
        return ""
    first, last = spans[0]["chars"][0]["origin"], spans[-1]["chars"][-1]["origin"]
    dx, dy = last[0] - first[0], last[1] - first[1]
    if turn is not None:
        dx, dy = dx * turn.a + dy * turn.c, dx * turn.b + dy * turn.d
    if dx * ahead[0] + dy * ahead[1] < 0:
        return ""
    return "x" if ahead[0] < -SETTINGS.along else "y"


def running_direction(blocks: Sequence[dict[str, Any]]) -> tuple[int, int] | None:
    """The way in which nearly all of a page's level writing runs, as a step along x or y; None where it is mixed.

    Vertical writing has no part in it.
    """
    counts: Counter[tuple[int, int]] = Counter()
    for block in blocks:
        for line in block.get("lines", ()):
            if not line["wmode"]:
                dx, dy = line["dir"]
                counts[round(dx), round(dy)] += sum([len(span["chars"]) for span in line["spans"]])
    if not counts:
        return None
    direction, count = counts.most_common(1)[0]
    return direction if count >= SETTINGS.nearly_all * counts.total() and abs(sum(direction)) == 1 else None


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


def _drop_twins(glyphs: list[Glyph]) -> tuple[list[Glyph], int]:
    """The glyphs without those that repeat one drawn before within a tenth of an em, or a shadow in another colour.

    What was repeated is bold.
    """
    places: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for index, glyph in enumerate(glyphs):
        places[glyph.text].append((glyph.top, glyph.x0, index))
    farthest = SETTINGS.shadow_distance * max([glyph.size for glyph in glyphs], default=0.0)
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
                alike = glyphs[index].color == glyphs[other].color
                near = (SETTINGS.twin_distance if alike else SETTINGS.shadow_distance) * glyphs[left].size
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
        # What is drawn last is what shows: a shadow, or what a correction covers, lies beneath.
        kept[first] = glyph._replace(bold=True)
    return list(kept.values()), doubled
