"""Every visible character of a page in exactly one cell, paragraph, piece of furniture or annotation: checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.layout.page_layout import layout_lines
from parsers.model.document import Cell, Furniture, Paragraph
from parsers.model.finding import Finding
from parsers.model.geometry import Box, enclosing
from parsers.model.layout import Line, PageLayout


@dataclass(frozen=True, slots=True)
class ConservationSettings:
    """Lost characters that a finding names."""

    most_named: int = 60
    """Characters. Chosen, one line of a message."""


SETTINGS = ConservationSettings()


@dataclass(frozen=True, slots=True)
class PageAccount:
    """How many visible characters of a page were lost, and how many stand in two places; white space not counted."""

    lost: int
    repeated: int


def account_pages(
    layouts: Sequence[PageLayout],
    cells: Iterable[Cell],
    paragraphs: Iterable[Paragraph],
    furniture: Iterable[Furniture],
) -> tuple[dict[int, PageAccount], tuple[Finding, ...]]:
    """Compare what each page shows with what was made of it.

    A paragraph in a table is its cell's text and counts once, by the paragraph; header and section cells count by
    themselves.
    """
    texts: dict[int, list[str]] = defaultdict(list)
    for cell in cells:
        if cell.role in ("header", "section"):
            texts[cell.page].append(cell.text.text)
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            texts[piece.page].append(paragraph.text.text[piece.start : piece.end])
    for item in furniture:
        texts[item.page].append(item.text)
    accounts: dict[int, PageAccount] = {}
    findings: list[Finding] = []
    for layout in layouts:
        shown = Counter("".join([line.text.text for line in layout_lines(layout)]))
        kept = Counter("".join(texts[layout.number]))
        lost = _ink(shown - kept)
        repeated = _ink(kept - shown)
        missed = max(layout.glyph_count - sum(_ink(shown).values()), 0)
        accounts[layout.number] = PageAccount(sum(lost.values()) + missed, sum(repeated.values()))
        findings += _findings(layout, lost, repeated, missed)
    return accounts, tuple(findings)


def _ink(counts: Counter[str]) -> Counter[str]:
    return Counter({character: count for character, count in counts.items() if not character.isspace()})


def _findings(layout: PageLayout, lost: Counter[str], repeated: Counter[str], missed: int) -> Iterable[Finding]:
    for counts, what in ((lost, "lost"), (repeated, "repeated")):
        if counts:
            named = "".join(counts.elements())[: SETTINGS.most_named]
            said = {"count": sum(counts.values()), "text": named}
            yield Finding("conservation", said, layout.number, _where(layout_lines(layout), counts), variant=what)
    if missed:
        yield Finding("conservation", {"count": missed}, layout.number, variant="in_no_line")


def _where(lines: Sequence[Line], counts: Counter[str]) -> Box | None:
    boxes = [glyph.box for line in lines for glyph in line.glyphs if glyph.text in counts]
    return enclosing(boxes) if boxes else None
