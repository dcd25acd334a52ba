"""Where a tagged PDF's own tables hold figures in other cells than those read: each such table is a doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from normalizers.text.characters import normalize
from parsers.model.finding import Finding
from parsers.model.geometry import Box, enclosing
from parsers.model.layout import PageLayout
from parsers.model.page import TaggedCell
from parsers.tables.bare_figures import is_figure
from parsers.tables.columns import plain_text


def tag_findings(layouts: Sequence[PageLayout]) -> tuple[Finding, ...]:
    """A finding for each tagged table some of whose bare figures are no text of a cell that was read.

    Tags that are wrong as a whole hold text, not bare figures. Pages that were turned to be read are left out, and
    figures in which a character that cannot be seen may stand.
    """
    return tuple(finding for layout in layouts if layout.tagged and not layout.turned for finding in _of_page(layout))


def _of_page(layout: PageLayout) -> Iterator[Finding]:
    read = Counter(
        _plain("".join(line.text.text for line in cell.lines)) for table in layout.tables for cell in table.cells
    )
    hidden = {glyph.text for glyph in layout.hidden}
    for cells in layout.tagged:
        figures = [cell for cell in cells if _is_bare(cell.text)]
        left = Counter(read)
        different: list[TaggedCell] = []
        for cell in figures:
            text = _plain(cell.text)
            if left[text]:
                left[text] -= 1
            elif not hidden.intersection(cell.text):
                different.append(cell)
        if different:
            said = {"count": len(different), "all": len(figures), "text": different[0].text}
            yield Finding("tagged_table", said, layout.number, _within([cell.box for cell in different], layout))


def _is_bare(text: str) -> bool:
    return any(character.isdecimal() for character in text) and is_figure(plain_text(text))


def _plain(text: str) -> str:
    """A cell's text without what a reader may take in another order: blanks and marks of notes."""
    return "".join(sorted("".join(normalize(text).text.split())))


def _within(boxes: Sequence[Box], layout: PageLayout) -> Box:
    x0, top, x1, bottom = enclosing(boxes)
    return Box(max(0.0, x0), max(0.0, top), min(x1, layout.width), min(bottom, layout.height))
