"""Lines, cells and pages set by hand, as a page of one font would show them."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, PageLayout, Table
from parsers.model.page import Glyph
from parsers.model.styled_text import Span, StyledText

SIZE = 10.0
PITCH = 15.0


def set_line(
    text: str,
    x: float = 100.0,
    top: float = 100.0,
    *,
    size: float = SIZE,
    bold: bool = False,
    underlines: Sequence[tuple[int, int]] = (),
) -> Line:
    """A line whose Latin characters are half as wide as its Japanese ones; two spaces in a row are a gap."""
    glyphs = []
    at = x
    for character in text:
        width = size / 2 if character.isascii() else size
        glyphs.append(Glyph(character, at, top, at + width, top + size, top + 0.88 * size, size, 0, bold, False))
        at += width
    spans = tuple(Span(start, end) for start, end in underlines)
    return Line(StyledText(text, spans), Box(x, top, at, top + size), tuple(glyphs), size, bold, False)


def set_cell(
    row: int, column: int, box: tuple[float, float, float, float], texts: Sequence[str] = (), **spans: int
) -> GridCell:
    """A cell with its lines one below the other, 3 pt inside its borders."""
    x0, top = box[0] + 3, box[1] + 3
    lines = tuple(set_line(text, x0, top + PITCH * number) for number, text in enumerate(texts) if text)
    return GridCell(row, column, spans.get("row_span", 1), spans.get("column_span", 1), Box(*box), lines)


def set_table(
    rows: Sequence[Sequence[Sequence[str]]], *, edges: Sequence[float], top: float = 80.0, index: int = 0
) -> Table:
    """A table of plain cells: ``rows`` holds each cell's printed lines; rows are as high as their fullest cell."""
    cells = []
    y = top
    for row, texts in enumerate(rows):
        height = PITCH * max(1, *(len(lines) for lines in texts)) + 6
        for column, lines in enumerate(texts):
            cells.append(set_cell(row, column, (edges[column], y, edges[column + 1], y + height), lines))
        y += height
    return Table(index, Box(edges[0], top, edges[-1], y), tuple(cells))


def set_page(number: int = 1, tables: Sequence[Table] = (), lines: Sequence[Line] = ()) -> PageLayout:
    """An upright A4 page of these tables and loose lines."""
    held = [line for table in tables for cell in table.cells for line in cell.lines] + list(lines)
    count = sum(1 for line in held for character in line.text.text if not character.isspace())
    return PageLayout(number, 595.0, 842.0, "digital", tuple(tables), tuple(lines), glyph_count=count)
