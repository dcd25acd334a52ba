"""What a page's geometry says, before wording is looked at: lines of text, tables of cells, decorations."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.model.geometry import Box
from parsers.model.page import Glyph, Stroke, TaggedCell, TextLayer, Turn
from parsers.model.styled_text import StyledText


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line (or vertical column of characters) within one cell or one block of loose text.

    ``glyphs`` stand one to one beside the characters of ``text.text``, so any stretch of it has a box.
    ``limit`` is where the longest line ends (points) of the list that it stands in, None where none stands beside; or
    how far the text of its shaded box reaches.
    ``runs_on`` tells that it carries on the line before it wherever it stands: a figure beside a name of two lines.
    """

    text: StyledText
    box: Box
    glyphs: tuple[Glyph, ...]
    size: float
    bold: bool
    vertical: bool
    limit: float | None = None
    runs_on: bool = False

    def stretch_box(self, start: int, end: int) -> Box:
        """The box around characters ``start:end``."""
        part = self.glyphs[start:end] or self.glyphs
        return Box(
            min(g.x0 for g in part), min(g.top for g in part), max(g.x1 for g in part), max(g.bottom for g in part)
        )


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a table on one page; ``row`` and ``column`` count from 0 within the table.

    ``open_top`` and ``open_bottom`` tell that no ruling closes the cell there: it may run on over the page's edge.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[Line, ...]
    fill: int | None = None
    open_top: bool = False
    open_bottom: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table on one page; ``index`` counts from 0 from the top of the page; cells in row-major order."""

    index: int
    box: Box
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page as geometry: tables with their lines, loose lines in reading order, and every stroke's reading."""

    number: int
    width: float
    height: float
    text_layer: TextLayer
    tables: tuple[Table, ...]
    loose_lines: tuple[Line, ...]
    rulings: tuple[Stroke, ...] = ()
    underlines: tuple[Stroke, ...] = ()
    strikethroughs: tuple[Stroke, ...] = ()
    other_strokes: tuple[Stroke, ...] = ()
    images: tuple[Box, ...] = ()
    glyph_count: int = 0
    hidden: tuple[Glyph, ...] = ()
    doubled_glyphs: int = 0
    doubts: tuple[str, ...] = ()
    confidence: float = 1.0
    overprinted: tuple[Box, ...] = ()
    unread: tuple[Box, ...] = ()
    turned: Turn = 0
    tagged: tuple[tuple[TaggedCell, ...], ...] = ()

    @property
    def hidden_glyphs(self) -> int:
        """How many characters were set aside because no reader of the page sees them."""
        return sum([len(glyph.text) for glyph in self.hidden])
