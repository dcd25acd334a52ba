"""What is printed over or beside a page's text and is no part of it: watermarks, ruby, line numbers, taken out first.

Lines and cells are made of what is left; what was taken out is kept as furniture with its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.layout.raised_notes import raise_notes
from parsers.layout.side_print import part_side_print
from parsers.model.document import Furniture, FurnitureReason
from parsers.model.geometry import enclosing
from parsers.model.page import Glyph, PageContent
from parsers.plan.watermarks import part_watermark


def set_print_aside(page: PageContent) -> tuple[PageContent, tuple[Furniture, ...]]:
    """The page with raised notes as superscripts and without what stands over or beside its text, and that.

    A recognised page keeps all: the sizes of its characters are too uncertain.
    """
    page, mark = part_watermark(page)
    marks = () if mark is None else (mark,)
    if page.text_layer == "ocr":
        return page, marks
    parted = part_side_print(page.glyphs, [stroke.box for stroke in page.strokes if not stroke.horizontal])
    ruby = [_furniture(page.number, word, "ruby") for word in parted.ruby]
    numbers = [_furniture(page.number, number, "line_number") for number in parted.line_numbers]
    return replace(page, glyphs=raise_notes(parted.text, page.strokes)), (*marks, *ruby, *numbers)


def _furniture(page: int, glyphs: Sequence[Glyph], reason: FurnitureReason) -> Furniture:
    box = enclosing(glyph.box for glyph in glyphs)
    return Furniture(page, box, "".join([glyph.text for glyph in glyphs]), reason)
