"""Letters printed large across a page (案, 未定稿): taken out before lines are made, for they lie over the text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

from parsers.model.document import Furniture
from parsers.model.geometry import enclosing
from parsers.model.page import PageContent
from parsers.plan.furniture_words import names_watermark


@dataclass(frozen=True, slots=True)
class WatermarkSettings:
    """Text printed across a page."""

    largest_text: float = 36.0
    """Points: larger letters may be a watermark. Chosen, above a cover's title. Nearest: 27, nothing above."""
    watermark_times: float = 3.0
    """Times the page's usual size that they must have. Chosen."""


SETTINGS = WatermarkSettings()


def part_watermark(page: PageContent) -> tuple[PageContent, Furniture | None]:
    """The page without its watermark, and the watermark; letters as large that say anything else stay."""
    if not page.glyphs or max([glyph.size for glyph in page.glyphs]) < SETTINGS.largest_text:
        return page, None
    least = max(SETTINGS.largest_text, SETTINGS.watermark_times * median([glyph.size for glyph in page.glyphs]))
    large = [glyph for glyph in page.glyphs if glyph.size >= least and not glyph.text.isspace()]
    text = "".join(glyph.text for glyph in large)
    if not large or not names_watermark(text):
        return page, None
    rest = tuple(glyph for glyph in page.glyphs if glyph.size < least or glyph.text.isspace())
    mark = Furniture(page.number, enclosing(glyph.box for glyph in large), text, "watermark")
    return replace(page, glyphs=rest), mark
