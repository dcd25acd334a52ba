"""The typefaces of the invented plans.

The embedded one is the Japanese fallback face that MuPDF carries (Droid Sans Fallback, Apache 2.0), so nothing else has
to be installed; the other is a standard CJK face that a PDF may name without embedding it.
"""

from __future__ import annotations

import io
from functools import cache

import pymupdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

from pipeline.sample.style import RADICALS

EMBEDDED = "Embedded"
NAMED = "HeiseiMin-W3"


@cache
def register() -> None:
    """Make both faces known to the PDF library, once a process."""
    pdfmetrics.registerFont(UnicodeCIDFont(NAMED))
    font = TTFont(EMBEDDED, io.BytesIO(pymupdf.Font("japan").buffer))
    glyph_of = font.face.charToGlyph
    width_of = font.face.charWidths
    for ideograph, radical in RADICALS.items():
        # Browsers and some fonts write the radical's code where the page shows the ordinary character.
        glyph_of[ord(radical)] = glyph_of[ord(ideograph)]
        width_of[ord(radical)] = width_of[ord(ideograph)]
    pdfmetrics.registerFont(font)


@cache
def character_width(font: str, character: str) -> float:
    """The width of a character in a font of size 1."""
    register()
    return float(pdfmetrics.stringWidth(character, font, 1.0))
