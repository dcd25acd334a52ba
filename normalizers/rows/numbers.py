"""The table ``numbers``: every number printed in the plan's text, where it stands and what it is there for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from normalizers.aims.reading import StatementReading
from normalizers.model.records import Measure, NumberRole, PrintedNumber, Target
from normalizers.rows.measures import measure_id, paragraph_index
from normalizers.rows.number_roles import NumberInText, numbers_in
from parsers.model.document import Cell, ColumnRole, Furniture, Paragraph, ParsedDocument, TextPiece
from parsers.model.geometry import Box
from parsers.model.styled_text import Span

# What a number is where the column that it stands in says so and its own reading says nothing.
_COLUMN_ROLES: Mapping[ColumnRole, NumberRole] = {
    "indicator": "indicator_name",
    "actual": "baseline",
    "number": "enumeration",
    "aside": "statistic",
}


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A row of ``numbers`` with the text around it, as the doubts about it need."""

    row: PrintedNumber
    number: NumberInText
    paragraph: Paragraph | None = None


def printed_numbers(
    parsed: ParsedDocument,
    readings: Mapping[int, StatementReading],
    measures: Mapping[int, Measure],
    targets: Sequence[Target],
) -> tuple[FoundNumber, ...]:
    """All numbers of a document in reading order: paragraphs, then heads of tables, then what belongs to the pages.

    ``readings`` are those of paragraphs that were read for aims, and ``measures`` all rows, by the paragraph's index;
    ``targets`` have their ids, those of one paragraph in the order of its aims.
    """
    of_paragraph: dict[int, list[Target]] = defaultdict(list)
    for target in targets:
        of_paragraph[paragraph_index(target.measure_id)].append(target)
    found: list[FoundNumber] = []
    for index, paragraph in enumerate(parsed.paragraphs):
        if index in measures:
            found += _of_paragraph(index, paragraph, readings.get(index), of_paragraph[index])
    for cell in parsed.cells:
        if cell.role in ("header", "section"):
            found += _of_cell(cell)
    for furniture in parsed.furniture:
        found += _of_furniture(furniture)
    return tuple(replace(one, row=replace(one.row, number_id=f"n{at:05d}")) for at, one in enumerate(found, start=1))


def _of_paragraph(
    index: int, paragraph: Paragraph, reading: StatementReading | None, targets: Sequence[Target]
) -> Iterator[FoundNumber]:
    for number in numbers_in(paragraph.text.text, reading):
        role = number.role
        if role in ("unread", "statistic") and paragraph.place is not None:
            role = _COLUMN_ROLES.get(paragraph.place.column_role, role)
        owner = targets[number.aim] if number.aim is not None and number.aim < len(targets) else None
        page, box = _place(paragraph.pieces, number.span)
        table, record = ("targets", owner.target_id) if owner else ("measures", measure_id(index))
        yield FoundNumber(_row(paragraph.text.text, number, role, page, box, table, record), number, paragraph)


def _of_cell(cell: Cell) -> Iterator[FoundNumber]:
    pieces = cell.pieces or (TextPiece(0, len(cell.text.text), cell.page, cell.box),)
    for number in numbers_in(cell.text.text, None):
        page, box = _place(pieces, number.span)
        yield FoundNumber(_row(cell.text.text, number, number.role, page, box, "cells", cell.cell_id), number)


def _of_furniture(furniture: Furniture) -> Iterator[FoundNumber]:
    pieces = (TextPiece(0, len(furniture.text), furniture.page, furniture.box),)
    for number in numbers_in(furniture.text, None):
        page, box = _place(pieces, number.span)
        yield FoundNumber(_row(furniture.text, number, "furniture", page, box, None, None), number)


def _row(
    text: str, number: NumberInText, role: NumberRole, page: int, box: Box, table: str | None, record: str | None
) -> PrintedNumber:
    printed = text[number.span.start : number.span.end]
    return PrintedNumber("", page, box, printed, number.value, number.unit, role, table, record)


def _place(pieces: Sequence[TextPiece], span: Span) -> tuple[int, Box]:
    """The page and the box of a stretch of text, of that part of it which stands in its first line."""
    piece = next((piece for piece in pieces if piece.start <= span.start < piece.end), pieces[0])
    return piece.page, piece.stretch(span.start, span.end)
