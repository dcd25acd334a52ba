"""Which pages have no usable text layer and must be read from their picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from parsers.model.geometry import Box
from parsers.model.page import PageContent

# Doubts that make a text layer useless, not merely incomplete.
_UNUSABLE = frozenset({"cid", "unmapped", "garbled"})


@dataclass(frozen=True, slots=True)
class ScannedSettings:
    """Which pages are pictures of print."""

    few_glyphs: int = 40
    """Characters below which a text layer does not speak for the page: a stamp and a page number. Chosen."""
    most_of_the_page: float = 0.5
    """Share of the page that pictures cover. Half, chosen. Nearest: 0, nothing above."""


SETTINGS = ScannedSettings()


def needs_recognition(page: PageContent) -> bool:
    """Whether ``page`` is a picture of text, or its text layer says something else than the page shows.

    A page with a good text layer is never recognised anew, whatever pictures stand on it: only a picture over most of a
    page with next to no text (a stamp or a page number may have been added to a scan) counts as scanned.
    """
    if _UNUSABLE.intersection(page.doubts):
        return True
    shown = len(list(islice((glyph for glyph in page.glyphs if not glyph.text.isspace()), SETTINGS.few_glyphs)))
    if not shown:
        # Nothing drawn is an empty page; something drawn may be letters drawn as outlines.
        return bool(page.images or page.strokes or page.fills)
    return shown < SETTINGS.few_glyphs and _covered(page) > SETTINGS.most_of_the_page


def _covered(page: PageContent) -> float:
    """The share of the page under its pictures (strips of a scan add up; overlaps count twice, up to the whole)."""
    area = sum(_inside(image, page).width * _inside(image, page).height for image in page.images)
    return min(1.0, area / (page.width * page.height))


def _inside(image: Box, page: PageContent) -> Box:
    x0, top = max(0.0, image.x0), max(0.0, image.top)
    return Box(x0, top, max(x0, min(page.width, image.x1)), max(top, min(page.height, image.bottom)))
