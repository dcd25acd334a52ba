"""What the parsers saw on one page, drawn over its picture: strokes, cells by role, paragraphs, furniture."""

from __future__ import annotations

import pymupdf

from parsers.model.document import CellRole, ParsedDocument
from parsers.model.geometry import Box
from parsers.model.layout import PageLayout
from parsers.model.turned import displayed_box, displayed_size

Color = tuple[float, float, float]

ROLE_COLORS: dict[CellRole, Color] = {
    "header": (0.35, 0.35, 0.35),
    "section": (0.55, 0.35, 0.05),
    "new": (0.0, 0.45, 0.70),
    "old": (0.80, 0.40, 0.0),
    "content": (0.0, 0.60, 0.50),
    "reference": (0.50, 0.20, 0.60),
}
RULING: Color = (0.60, 0.75, 0.95)
UNDERLINE: Color = (0.90, 0.10, 0.30)
OTHER_STROKE: Color = (0.70, 0.70, 0.20)
PARAGRAPH: Color = (0.20, 0.20, 0.20)
ANNOTATION: Color = (0.85, 0.0, 0.85)
FURNITURE: Color = (0.50, 0.50, 0.50)
HIDDEN: Color = (0.40, 0.10, 0.60)
UNREAD: Color = (0.90, 0.55, 0.0)
LEGEND_HEIGHT = 18.0
MOST_HIDDEN = 2_000


def draw_page(data: bytes, parsed: ParsedDocument, layout: PageLayout, *, dpi: int = 110) -> bytes:
    """A PNG of page ``layout.number`` of the PDF ``data`` with what was read drawn over it, and a legend below.

    The PDF itself is not changed: its page is shown on a page of a document made in memory.
    """
    with pymupdf.open(stream=data, filetype="pdf") as source, pymupdf.open() as drawn:
        width, height = displayed_size(layout.turned, layout.width, layout.height)
        page = drawn.new_page(width=width, height=height + LEGEND_HEIGHT)
        area = pymupdf.Rect(0, 0, width, height)
        picture = source.load_page(layout.number - 1).get_pixmap(dpi=dpi)
        page.insert_image(area, pixmap=picture)
        _draw_strokes(page, layout)
        _draw_ink(page, layout)
        _draw_cells(page, parsed, layout.number)
        _draw_paragraphs(page, parsed, layout.number)
        for item in parsed.furniture:
            if item.page == layout.number:
                _frame(page, item.box, FURNITURE, label=item.reason, fill=True)
        _draw_legend(page, height)
        png: bytes = page.get_pixmap(dpi=dpi).tobytes("png")
        return png


def _draw_strokes(page: pymupdf.Page, layout: PageLayout) -> None:
    groups = (
        (layout.rulings, RULING),
        (layout.underlines, UNDERLINE),
        (layout.strikethroughs, UNDERLINE),
        (layout.other_strokes, OTHER_STROKE),
    )
    for strokes, color in groups:
        shape = page.new_shape()
        for stroke in strokes:
            box = _shown(stroke.box, layout)
            shape.draw_rect(pymupdf.Rect(box.x0 - 0.6, box.top - 0.6, box.x1 + 0.6, box.bottom + 0.6))
        if strokes:
            shape.finish(color=None, fill=color, fill_opacity=0.7)
            shape.commit()


def _draw_ink(page: pymupdf.Page, layout: PageLayout) -> None:
    """What is in the text layer and not seen, and what is seen and was not read."""
    for glyph in layout.hidden[:MOST_HIDDEN]:
        _frame(page, _shown(glyph.box, layout), HIDDEN, label="", fill=True)
    for box in layout.unread:
        _frame(page, _shown(box, layout), UNREAD, label="unread", fill=True)


def _shown(box: Box, layout: PageLayout) -> Box:
    return displayed_box(box, layout.turned, layout.width, layout.height)


def _draw_cells(page: pymupdf.Page, parsed: ParsedDocument, number: int) -> None:
    for cell in parsed.cells:
        if cell.page == number:
            inner = Box(cell.box.x0 + 1, cell.box.top + 1, cell.box.x1 - 1, cell.box.bottom - 1)
            label = f"{cell.role} {cell.row}+{cell.row_span},{cell.column}+{cell.column_span}"
            if cell.continues_cell_id:
                label += f" < {cell.continues_cell_id}"
            _frame(page, inner, ROLE_COLORS[cell.role], label=label)


def _draw_paragraphs(page: pymupdf.Page, parsed: ParsedDocument, number: int) -> None:
    for index, paragraph in enumerate(parsed.paragraphs):
        boxes = [piece.box for piece in paragraph.pieces if piece.page == number]
        if not boxes:
            continue
        box = Box(
            min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
        )
        color = ANNOTATION if paragraph.annotation else PARAGRAPH
        level = f" H{paragraph.heading_level}" if paragraph.heading_level else ""
        _frame(page, box, color, label=f"{index}{level}", dashed=True)


def _frame(page: pymupdf.Page, box: Box, color: Color, *, label: str, dashed: bool = False, fill: bool = False) -> None:
    shape = page.new_shape()
    shape.draw_rect(pymupdf.Rect(box.x0, box.top, box.x1, box.bottom))
    shape.finish(
        color=color,
        fill=color if fill else None,
        fill_opacity=0.15,
        width=0.5 if dashed else 1.1,
        dashes="[2 2]" if dashed else None,
    )
    shape.insert_text(pymupdf.Point(box.x0 + 1, box.top + 4.5), label, fontsize=5, color=color)
    shape.commit()


def _draw_legend(page: pymupdf.Page, height: float) -> None:
    entries: list[tuple[str, Color]] = [
        *ROLE_COLORS.items(),
        ("paragraph", PARAGRAPH),
        ("annotation", ANNOTATION),
        ("furniture", FURNITURE),
        ("ruling", RULING),
        ("underline, strike", UNDERLINE),
        ("other stroke", OTHER_STROKE),
        ("hidden", HIDDEN),
        ("unread ink", UNREAD),
    ]
    x, y = 8.0, height + LEGEND_HEIGHT / 2
    for name, color in entries:
        page.draw_rect(pymupdf.Rect(x, y - 3, x + 6, y + 3), color=color, fill=color)
        page.insert_text(pymupdf.Point(x + 8, y + 2.5), name, fontsize=6)
        x += 14 + 3.4 * len(name)
