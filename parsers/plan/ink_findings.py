"""What is in a page's text layer and not seen, and what is seen and was not read: at most one finding of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.layout.lines import runs_back
from parsers.layout.page_layout import layout_lines
from parsers.model.finding import Finding
from parsers.model.geometry import Box, enclosing
from parsers.model.layout import Line, PageLayout
from parsers.model.page import Glyph
from parsers.plan.conservation import SETTINGS as CONSERVATION


@dataclass(frozen=True, slots=True)
class InkFindingSettings:
    """What is found of hidden text and ink."""

    fewest_overprinted: int = 4
    """Glyphs in one place with others: two may be one sign made of two (a number in a ring), more is text over text."""
    same_spot: float = 1.0
    """Points within which text that is drawn on two pages begins. Chosen."""
    shortest_line: int = 3
    """Characters: a shorter line against the page's direction is a letter in a figure."""


SETTINGS = InkFindingSettings()


def ink_findings(layouts: Sequence[PageLayout]) -> tuple[Finding, ...]:
    """A finding for each page's hidden text, text printed over text, backward lines and unread ink."""
    findings: list[Finding] = []
    pages = {layout.number: layout for layout in layouts}
    for layout in layouts:
        beside = [pages[number] for number in (layout.number - 1, layout.number + 1) if number in pages]
        findings += _of_page(layout, beside)
    return tuple(findings)


def _of_page(layout: PageLayout, beside: Sequence[PageLayout]) -> Iterator[Finding]:
    page = layout.number
    # What lies unseen behind a scan is the text that its scanner's program made of it.
    if layout.hidden and layout.text_layer != "ocr" and not _is_seen_on(layout.hidden, beside):
        named = "".join([glyph.text for glyph in layout.hidden])
        box = _on_page([glyph.box for glyph in layout.hidden], layout)
        yield Finding(
            "hidden_text", {"count": layout.hidden_glyphs, "text": named[: CONSERVATION.most_named]}, page, box
        )
    if len(layout.overprinted) >= SETTINGS.fewest_overprinted:
        count = {"count": len(layout.overprinted)}
        yield Finding("overprinted_text", count, page, _on_page(layout.overprinted, layout))
    backward = [
        line
        for line in layout_lines(layout)
        if len(line.glyphs) >= SETTINGS.shortest_line and runs_back(line.glyphs, "y" if line.vertical else "x")
    ]
    if backward:
        said = {"count": len(backward), "text": backward[0].text.text}
        yield Finding("backward_text", said, page, _on_page([line.box for line in backward], layout))
    if layout.unread:
        yield Finding("unread_ink", {"count": len(layout.unread)}, page, _on_page(layout.unread, layout))


def _is_seen_on(hidden: Sequence[Glyph], pages: Sequence[PageLayout]) -> bool:
    """Whether all of a page's hidden text is seen at its place across on a page beside it.

    Calc draws the text of a cell that a page's end cuts on both pages, and shows it on one.
    """
    said = "".join([glyph.text for glyph in hidden])
    if len(said) < SETTINGS.shortest_line or not any(map(str.isalpha, said)):
        return False
    runs: list[list[Glyph]] = []
    for glyph in sorted(hidden, key=lambda glyph: (round(glyph.baseline), glyph.x0)):
        last = runs[-1][-1] if runs else None
        level = last is not None and round(last.baseline) == round(glyph.baseline)
        if last is not None and level and glyph.x0 - last.x1 < glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    lines = [line for page in pages for line in layout_lines(page)]
    return all(any(_holds_at(line, run) for line in lines) for run in runs)


def _holds_at(line: Line, run: Sequence[Glyph]) -> bool:
    """Whether a line has the characters of a run of glyphs, and begins them at the same place across."""
    at = line.text.text.find("".join([glyph.text for glyph in run]).strip())
    return at >= 0 and abs(line.glyphs[at].x0 - run[0].x0) < SETTINGS.same_spot


def _on_page(boxes: Sequence[Box], layout: PageLayout) -> Box:
    """The box around some boxes, as far as it lies on the page."""
    x0, top, x1, bottom = enclosing(boxes)
    x0, top = min(max(0.0, x0), layout.width), min(max(0.0, top), layout.height)
    return Box(x0, top, min(max(x0, x1), layout.width), min(max(top, bottom), layout.height))
