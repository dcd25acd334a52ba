"""What the parsers saw on one page, as text: tables and cells with roles, paragraphs, furniture, marks, doubts."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.document import Cell, Paragraph, ParsedDocument
from parsers.model.geometry import Box
from parsers.model.layout import PageLayout
from parsers.model.styled_text import StyledText

SHOWN = 72


def describe_page(parsed: ParsedDocument, layout: PageLayout) -> str:
    """Page ``layout.number`` of ``parsed`` as lines of text; lengths are PDF points."""
    return "\n".join(_lines(parsed, layout))


def _lines(parsed: ParsedDocument, layout: PageLayout) -> Iterator[str]:
    page = layout.number
    summary = next(item for item in parsed.pages if item.number == page)
    yield (
        f"page {page}: {layout.width:.0f} × {layout.height:.0f} pt, {layout.text_layer}, "
        f"{summary.characters} characters ({summary.lost_characters} lost, {summary.repeated_characters} repeated, "
        f"{summary.hidden_characters} hidden, {summary.doubled_characters} doubled)"
    )
    yield (
        f"  strokes: {len(layout.rulings)} rulings, {len(layout.underlines)} underlines, "
        f"{len(layout.strikethroughs)} strike-throughs, {len(layout.other_strokes)} other"
    )
    yield from _doubts(layout)
    for cell in parsed.cells:
        if cell.page == page:
            yield from _cell(cell)
    for index, paragraph in enumerate(parsed.paragraphs):
        if any(piece.page == page for piece in paragraph.pieces):
            yield from _paragraph(index, paragraph, page)
    for item in parsed.furniture:
        if item.page == page:
            yield f"  furniture {item.reason:<15} {_box(item.box)} {_short(item.text)}"
    for finding in parsed.findings:
        if finding.page == page:
            yield f"  {finding.check} {finding.variant}: {dict(finding.values)}"


def _doubts(layout: PageLayout) -> Iterator[str]:
    if layout.turned:
        yield f"  read turned by {layout.turned} degrees"
    if layout.hidden:
        yield f"  hidden: {_short(''.join(glyph.text for glyph in layout.hidden))}"
    for box in layout.unread:
        yield f"  unread ink {_box(box)}"
    for doubt in layout.doubts:
        yield f"  doubt: {doubt}"


def _cell(cell: Cell) -> Iterator[str]:
    span = f"{cell.row}+{cell.row_span}, {cell.column}+{cell.column_span}"
    follows = f" continues {cell.continues_cell_id}" if cell.continues_cell_id else ""
    text = _short(cell.text.text)
    yield f"  cell {cell.cell_id} ({span}) {cell.role:<9} {_box(cell.box)}{follows} {text}"


def _paragraph(index: int, paragraph: Paragraph, page: int) -> Iterator[str]:
    kind = (
        "annotation" if paragraph.annotation else f"heading {paragraph.heading_level}" * bool(paragraph.heading_level)
    )
    pages = sorted({piece.page for piece in paragraph.pieces})
    over = f" pages {pages[0]}-{pages[-1]}" if len(pages) > 1 else ""
    yield (
        f"  paragraph {index} {paragraph.edition} part {paragraph.part} row {paragraph.row} column {paragraph.column}"
        f"{' ' + kind if kind else ''}{over} indent {paragraph.indent:.0f}/{paragraph.hanging:.0f}"
        f" [{paragraph.section or '-'}] {_short(paragraph.text.text)}"
    )
    if paragraph.place is not None:
        place = paragraph.place
        yield f"      place: {place.column_role} {place.fiscal_year or ''} under {place.header!r}, row {place.row}"
    if paragraph.beside:
        yield f"      beside: {', '.join(map(str, paragraph.beside))}"
    if page == pages[0]:
        yield from _marks(paragraph.text)


def _marks(text: StyledText) -> Iterator[str]:
    for name, spans in (("underlined", text.underlines), ("struck through", text.strikethroughs)):
        if spans:
            yield f"      {name}: " + " | ".join(_short(text.text[span.start : span.end]) for span in spans)
    if text.colored:
        yield "      coloured: " + " | ".join(f"{_short(text.text[s.start : s.end])} ({s.color})" for s in text.colored)


def _box(box: Box) -> str:
    return f"[{box.x0:.0f} {box.top:.0f} {box.x1:.0f} {box.bottom:.0f}]"


def _short(text: str) -> str:
    plain = text.replace("\n", " / ")
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"
