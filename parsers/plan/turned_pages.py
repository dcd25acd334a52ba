"""A document read from turned pages, with all places as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parsers.model.document import ParsedDocument, TextPiece
from parsers.model.geometry import Box
from parsers.model.layout import PageLayout
from parsers.model.turned import displayed_box, displayed_direction, displayed_size


def as_displayed(parsed: ParsedDocument, layouts: Sequence[PageLayout]) -> ParsedDocument:
    """``parsed`` with the boxes on pages that were turned to be read turned back; ``layouts`` say which were."""
    turned = {layout.number: layout for layout in layouts if layout.turned}
    if not turned:
        return parsed

    def shown(page: int, box: Box) -> Box:
        layout = turned.get(page)
        return box if layout is None else displayed_box(box, layout.turned, layout.width, layout.height)

    def pieces_shown(pieces: Iterable[TextPiece]) -> tuple[TextPiece, ...]:
        return tuple(
            piece._replace(
                box=shown(piece.page, piece.box),
                direction=displayed_direction(piece.direction, turned[piece.page].turned),
            )
            if piece.page in turned
            else piece
            for piece in pieces
        )

    def size(page: int, width: float, height: float) -> tuple[float, float]:
        return displayed_size(turned[page].turned, width, height) if page in turned else (width, height)

    sizes = {page.number: size(page.number, page.width, page.height) for page in parsed.pages}
    return replace(
        parsed,
        pages=tuple(replace(page, width=sizes[page.number][0], height=sizes[page.number][1]) for page in parsed.pages),
        cells=tuple(
            replace(cell, box=shown(cell.page, cell.box), pieces=pieces_shown(cell.pieces)) for cell in parsed.cells
        ),
        paragraphs=tuple(replace(paragraph, pieces=pieces_shown(paragraph.pieces)) for paragraph in parsed.paragraphs),
        furniture=tuple(replace(item, box=shown(item.page, item.box)) for item in parsed.furniture),
        findings=tuple(
            replace(finding, box=shown(finding.page, finding.box))
            if finding.page is not None and finding.box is not None
            else finding
            for finding in parsed.findings
        ),
    )
