"""Corrections made as annotations: a text box beside struck words says what stands in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pymupdf

from parsers.model.geometry import Box
from parsers.model.page import Glyph, PageContent


@dataclass(frozen=True, slots=True)
class CorrectionSettings:
    """Where the words stand that an annotation puts in place of struck ones."""

    beside: float = 2.5
    """Heights of the struck line that the box of the new words may stand off it, above, below or beside. Chosen."""
    room: float = 0.5
    """Points between the struck words and those behind them, in which the new words are put: less than any character is
    wide.
    """


SETTINGS = CorrectionSettings()


def with_corrections(content: PageContent, page: pymupdf.Page, turn: Any) -> PageContent:
    """``content`` with the words of each text box that corrects struck words right behind these.

    ``turn`` is the matrix that turns what MuPDF gives of ``page`` to the page as read. The words keep their colour,
    which marks them as inserted, and are given the place where they are to be read.
    """
    annotations = list(page.annots(types=(pymupdf.PDF_ANNOT_FREE_TEXT, pymupdf.PDF_ANNOT_STRIKE_OUT)))
    boxes = [_box(annotation.rect, turn) for annotation in annotations if _is_text(annotation)]
    strikes = [box for annotation in annotations if not _is_text(annotation) for box in _quads(annotation, turn)]
    if not boxes or not strikes:
        return content
    glyphs = list(content.glyphs)
    for box in boxes:
        struck = min(strikes, key=lambda strike: _distance(strike, box))
        if _distance(struck, box) <= SETTINGS.beside * struck.height:
            glyphs = _inserted(glyphs, box, struck)
    return replace(content, glyphs=tuple(glyphs))


def _is_text(annotation: pymupdf.Annot) -> bool:
    return bool(annotation.type[0] == pymupdf.PDF_ANNOT_FREE_TEXT)


def _quads(annotation: pymupdf.Annot, turn: Any) -> list[Box]:
    """The struck stretches of an annotation, line by line."""
    corners = annotation.vertices or []
    quads = [corners[at : at + 4] for at in range(0, len(corners) - 3, 4)]
    return [
        _box(
            (
                min(x for x, _ in quad),
                min(y for _, y in quad),
                max(x for x, _ in quad),
                max(y for _, y in quad),
            ),
            turn,
        )
        for quad in quads
    ]


def _box(rect: Any, turn: Any) -> Box:
    area = pymupdf.Rect(rect)
    return Box(*(area if turn is None else area * turn))


def _distance(struck: Box, box: Box) -> float:
    """How far a box lies from the struck words, sideways and upwards together."""
    aside = max(0.0, box.x0 - struck.x1, struck.x0 - box.x1)
    return aside + max(0.0, box.top - struck.bottom, struck.top - box.bottom)


def _inserted(glyphs: Sequence[Glyph], box: Box, struck: Box) -> list[Glyph]:
    """The glyphs with those of ``box`` set behind those of ``struck``."""
    words = [
        at for at, glyph in enumerate(glyphs) if box.contains(*_middle(glyph)) and not struck.contains(*_middle(glyph))
    ]
    line = [glyph for glyph in glyphs if struck.contains(*_middle(glyph)) and not glyph.vertical]
    if not words or not line:
        return list(glyphs)
    last = max(line, key=lambda glyph: glyph.x1)
    end = max(last.x1, struck.x1)
    step = SETTINGS.room / (len(words) + 1)
    out = []
    for glyph in glyphs:
        follows = glyph.baseline == last.baseline and end - 1 <= glyph.x0 < end + SETTINGS.room and glyph is not last
        out.append(glyph._replace(x0=end + SETTINGS.room, x1=max(glyph.x1, end + SETTINGS.room)) if follows else glyph)
    for place, at in enumerate(sorted(words, key=lambda at: (round(glyphs[at].baseline), glyphs[at].x0))):
        x0 = end + step * (place + 0.5)
        out[at] = glyphs[at]._replace(
            x0=x0,
            x1=x0 + step,
            top=last.top,
            bottom=last.bottom,
            baseline=last.baseline,
            size=last.size,
            vertical=False,
        )
    return out


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
