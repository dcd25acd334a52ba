"""Small PDFs drawn by the tests themselves: text, lines, boxes where a test wants them."""

from __future__ import annotations

import pymupdf

from parsers.layout.page_layout import layout_page
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, PageLayout
from parsers.model.page import PageContent
from parsers.pdf.page_reader import read_pages

SIZE = 10.0


class Sheet:
    """One page under construction; each full-width character is ``size`` points wide."""

    def __init__(self, width: float = 595, height: float = 842) -> None:
        self.document = pymupdf.open()
        self.page = self.document.new_page(width=width, height=height)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        size: float = SIZE,
        color: tuple[float, float, float] = (0, 0, 0),
        mode: int = 0,
    ) -> Sheet:
        """Write one character an em, so that every position is known."""
        for index, char in enumerate(text):
            self.page.insert_text(
                (x + index * size, baseline), char, fontname="japan", fontsize=size, color=color, render_mode=mode
            )
        return self

    def stack(self, x: float, baseline: float, text: str, *, size: float = SIZE) -> Sheet:
        """Write one character below the other."""
        for index, char in enumerate(text):
            self.page.insert_text((x, baseline + index * size), char, fontname="japan", fontsize=size)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float, *, width: float = 0.5, dashes: str = "") -> Sheet:
        self.page.draw_line((x0, y0), (x1, y1), width=width, dashes=dashes or None)
        return self

    def bar(self, x0: float, top: float, x1: float, bottom: float, fill: tuple[float, ...] = (0, 0, 0)) -> Sheet:
        """A filled rectangle without outline."""
        self.page.draw_rect((x0, top, x1, bottom), color=None, fill=fill, width=0)
        return self

    def grid(self, xs: list[float], ys: list[float], *, width: float = 0.5) -> Sheet:
        for x in xs:
            self.line(x, ys[0], x, ys[-1], width=width)
        for y in ys:
            self.line(xs[0], y, xs[-1], y, width=width)
        return self

    def data(self) -> bytes:
        return bytes(self.document.tobytes())

    def read(self) -> PageContent:
        return next(read_pages(self.data(), name="sheet.pdf"))

    def layout(self) -> PageLayout:
        return layout_page(self.read())


def cell_texts(layout: PageLayout, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    """(row, column, row span, column span, text) of a table's cells."""
    return [
        (cell.row, cell.column, cell.row_span, cell.column_span, cell_text(cell)) for cell in layout.tables[table].cells
    ]


def cell_text(cell: GridCell) -> str:
    return "／".join(line.text.text for line in cell.lines)


def underlined(line: Line) -> list[str]:
    return [line.text.text[start:end] for start, end in line.text.underlines]


def struck(line: Line) -> list[str]:
    return [line.text.text[start:end] for start, end in line.text.strikethroughs]


def loose(layout: PageLayout) -> list[str]:
    return [line.text.text for line in layout.loose_lines]


def inside(box: Box, outer: Box) -> bool:
    return outer.x0 <= box.x0 and outer.top <= box.top and box.x1 <= outer.x1 and box.bottom <= outer.bottom
