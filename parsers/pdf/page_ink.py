"""What was read of a page compared with the page as drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pymupdf

from parsers.model.geometry import Box
from parsers.model.page import PageContent, Stroke
from parsers.pdf.glyph_doubts import Cover
from parsers.pdf.hidden_text import Painting, Place, part_hidden, place_of
from parsers.pdf.picture import PagePicture, render, render_color
from parsers.pdf.text_layer import drawn_glyphs
from parsers.pdf.unread_ink import unread_areas

TEXT_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_INHIBIT_SPACES | pymupdf.TEXT_IGNORE_ACTUALTEXT


@dataclass(frozen=True, slots=True)
class PageInkSettings:
    """Which pictures of a page are rules."""

    thickest_rule: float = 3.0
    """Points: a thicker picture is no rule; as of strokes."""
    shortest_rule: float = 12.0
    """Points: a shorter one is a dot or a dash; one character of text. Chosen."""
    darkest_paper: int = 160
    """Of 255: what is darker is a rule's ink. Chosen between black print and a pale shade."""
    faintest: int = 230
    """Of 255: what is darker is ink of a line thinner than a pixel. Nearest: 189, and 248 beside the line."""
    inked: float = 0.7
    """Share of a band's columns of pixels with ink from which on a line runs through it. Nearest: 0.81, none below."""


SETTINGS = PageInkSettings()


# Without it MuPDF drops what is drawn off the page, which is to be counted.
EVERYWHERE = pymupdf.INFINITE_RECT()


def compared_with_picture(
    content: PageContent, page: pymupdf.Page, turn: Any, covers: Sequence[Cover], bands: Sequence[Box]
) -> PageContent:
    """``content`` without the glyphs that cannot be seen, with lines drawn as pictures or patterns and unread writing.

    ``turn`` is the matrix that turns what MuPDF gives of ``page`` to the page as read; ``covers`` its opaque
    fills, ``bands`` the low areas that a pattern may fill.
    """
    picture = render(page, content.turned)
    if content.images:
        covers = (*covers, *_pictures(page, turn))

    def painting() -> Painting:
        return Painting(_painted(page, turn), _unclipped(page, turn), render_color(page, content.turned), picture.scale)

    strokes = (
        *content.strokes,
        *_rules_as_pictures(content.images, picture),
        *_lines_in_bands(bands, picture),
    )
    seen = part_hidden(list(content.glyphs), picture, covers, painting)
    return replace(
        content,
        glyphs=tuple(seen.shown),
        strokes=strokes,
        hidden=(*content.hidden, *seen.hidden),
        overprinted=tuple(glyph.box for glyph in seen.overprinted),
        unread=unread_areas(picture, seen.shown, strokes, content.fills, content.images),
    )


def _rules_as_pictures(images: Sequence[Box], picture: PagePicture) -> Iterator[Stroke]:
    """The dark pictures as long and thin as a rule."""
    for box in images:
        thickness, length = sorted((box.width, box.height))
        if thickness <= SETTINGS.thickest_rule and length >= SETTINGS.shortest_rule:
            part = picture.part(Box(box.x0, box.top, box.x1, max(box.bottom, box.top + 1 / picture.scale)))
            if part.size and int(part.min()) < SETTINGS.darkest_paper:
                yield Stroke(box, thickness, 0)


def _lines_in_bands(bands: Sequence[Box], picture: PagePicture) -> Iterator[Stroke]:
    """The lines that a pattern paints in low bands; Chromium draws wavy underlines so, and MuPDF tells no path."""
    for band in bands:
        inked = (picture.part(band) < SETTINGS.faintest).any(axis=0)
        if inked.size and inked.mean() >= SETTINGS.inked:
            quarter = band.height / 4
            yield Stroke(Box(band.x0, band.top + quarter, band.x1, band.bottom - quarter), 2 * quarter, 0, wavy=True)


def _pictures(page: pymupdf.Page, turn: Any) -> list[Cover]:
    return [
        Cover(order, _turned(bbox, turn), picture=True)
        for order, (kind, bbox) in enumerate(page.get_bboxlog())
        if kind == "fill-image"
    ]


def _unclipped(page: pymupdf.Page, turn: Any) -> frozenset[Place]:
    text = page.get_textpage(clip=EVERYWHERE, flags=TEXT_FLAGS | pymupdf.TEXT_CLIP).extractRAWDICT()
    glyphs, _ = drawn_glyphs(text["blocks"], turn)
    return frozenset(map(place_of, glyphs))


def _painted(page: pymupdf.Page, turn: Any) -> dict[Place, tuple[int, float]]:
    painted: dict[Place, tuple[int, float]] = {}
    for span in page.get_texttrace():
        how = (span["seqno"], float(span["opacity"]))
        for code, _, origin, _ in span["chars"]:
            x, y = pymupdf.Point(origin) if turn is None else pymupdf.Point(origin) * turn
            text, x, y = chr(code) if 0 <= code < 0x110000 else "", round(x), round(y)
            # A place between two points may be rounded either way: those around stand for it too.
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    painted.setdefault((text, x + dx, y + dy), how)
            painted[text, x, y] = how
    return painted


def _turned(bbox: Sequence[float], turn: Any) -> Box:
    rect = pymupdf.Rect(bbox)
    return Box(*(rect if turn is None else rect * turn))
