"""What a page holds before anything is understood: glyphs, strokes, fills, images.

Every reader (MuPDF's text layer, OCR of a raster) gives this same value, and everything later works on it alone.
Lengths are PDF points, origin at the top left of the page as displayed (rotation applied), y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from parsers.model.geometry import Box

TextLayer = Literal["digital", "ocr", "mixed"]
Turn = Literal[0, 90, 180, 270]

WHITE = 0xFFFFFF


class Glyph(NamedTuple):
    """One drawn character.

    A NamedTuple, not a dataclass: a page has thousands, and creating them is the reader's main cost.
    ``baseline`` is the y of the glyph's origin (the x for vertical writing); ``color`` is 0xRRGGBB; ``confidence`` is
    1.0 for a text layer and the recogniser's own for OCR. ``inserted`` marks a space that the page shows as a gap only;
    ``backward`` the axis along which a glyph's own direction is against its page's (to the left ``x``, upwards ``y``).
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    color: int
    bold: bool
    vertical: bool
    confidence: float = 1.0
    inserted: bool = False
    backward: Literal["", "x", "y"] = ""

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


class Stroke(NamedTuple):
    """A straight line parallel to an axis: a stroked path's segment, or a thin filled rectangle reduced to its middle.

    ``box`` is its full painted extent, ``thickness`` the shorter side; ``dashed`` when the page's own dash pattern says
    so.
    """

    box: Box
    thickness: float
    color: int
    dashed: bool = False
    wavy: bool = False

    @property
    def horizontal(self) -> bool:
        return self.box.width >= self.box.height


class Fill(NamedTuple):
    """A filled area too large to be a line: header shading, highlight, slide box.

    ``straight`` tells that its sides are parallel to the page's; the box of any other shape is only around it.
    """

    box: Box
    color: int
    straight: bool = True


class TaggedCell(NamedTuple):
    """A cell that the PDF's own structure tree names: its text without blanks, and the box around it."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that a page shows, read once.

    ``number`` counts from 1. ``hidden`` are glyphs set aside because no reader of the page sees them (invisible render
    mode, covered, clipped, in their ground's colour, off the page); ``doubled_glyphs`` counts those drawn twice for a
    fake bold. ``overprinted`` are boxes of visible glyphs that share their place with another, ``unread`` those of ink
    that nothing read explains. ``doubts`` are stable names of what is wrong with the text layer (``cid``, ``unmapped``,
    ``garbled``).
    ``tagged`` are the tables of the PDF's structure tree, where it has one. ``turned`` is by how many degrees,
    clockwise, the displayed page is turned so that its text runs level: the page's
    measures and all its boxes are those of the page so turned.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    strokes: tuple[Stroke, ...]
    fills: tuple[Fill, ...] = ()
    images: tuple[Box, ...] = ()
    text_layer: TextLayer = "digital"
    hidden: tuple[Glyph, ...] = ()
    doubled_glyphs: int = 0
    doubts: tuple[str, ...] = ()
    overprinted: tuple[Box, ...] = ()
    unread: tuple[Box, ...] = ()
    turned: Turn = 0
    tagged: tuple[tuple[TaggedCell, ...], ...] = ()
