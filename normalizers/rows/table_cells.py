"""The rows of tables whose columns hold indicators, targets and results, and what their cells give one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from normalizers.aims.prefix import target_prefix
from normalizers.outline.plan_lines import Line, read_line
from normalizers.text.characters import normalize
from normalizers.text.numbers import read_quantities
from parsers.model.document import Cell, ColumnRole, Paragraph, TablePlace
from parsers.model.geometry import Box

_UNIT_IN_BRACKETS = re.compile(r"[(\[](?:単位 ?[:・]? ?)?([^()\[\]0-9]{1,6})[)\]]")
_BARE_NUMBER = re.compile(r"[0-9][0-9,.]*")


@dataclass(frozen=True, slots=True)
class TableCell:
    """One paragraph of a table's cell; ``index`` is its place among the document's paragraphs."""

    index: int
    paragraph: Paragraph
    place: TablePlace
    line: Line


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table; ``group`` and ``measure`` are the cells of such columns that span it."""

    cells: Sequence[TableCell]
    group: TableCell | None
    measure: TableCell | None

    def of(self, role: ColumnRole) -> list[TableCell]:
        """The row's paragraphs in columns of a role, from left to right and top to bottom."""
        return [cell for cell in self.cells if cell.place.column_role == role]

    def targets_with_indicators(self) -> Iterator[tuple[TableCell, TableCell]]:
        """The target paragraphs, each with the one that names its indicator.

        Where a cell names several indicators, the first target is the first one's, and so on.
        """
        indicators = self.of("indicator")
        for column in dict.fromkeys(cell.place.column for cell in self.of("target")):
            cells = [cell for cell in self.of("target") if cell.place.column == column]
            for at, cell in enumerate(cells):
                yield cell, indicators[at] if len(indicators) == len(cells) else indicators[0]


class Baseline(NamedTuple):
    """A result of the past and the fiscal year it is of, where the column says so."""

    value: float
    year: int | None


def table_rows(paragraphs: Sequence[Paragraph], cells: Sequence[Cell] = ()) -> list[TableRow]:
    """The rows of all such tables of a document, in reading order.

    A group or measure speaks for the rows below it as far as its cell reaches; where ``cells`` does not know the cell,
    until the next one.
    """
    rows: dict[tuple[int, int], list[TableCell]] = {}
    for index, paragraph in enumerate(paragraphs):
        place = paragraph.place
        if place is not None:
            cell = TableCell(index, paragraph, place, read_line(index, paragraph))
            rows.setdefault((place.table, place.row), []).append(cell)
    made: list[TableRow] = []
    spanning: dict[tuple[int, ColumnRole], TableCell] = {}
    reaches = _Reaches(cells)
    for (table, _), row in rows.items():
        for cell in reversed(row):
            if cell.place.column_role in ("group", "measure"):
                spanning[table, cell.place.column_role] = cell
        heads = [spanning.get((table, "group")), spanning.get((table, "measure"))]
        group, measure = (head if head is not None and reaches.row(head, row) else None for head in heads)
        made.append(TableRow(row, group, measure))
    return made


class _Reaches:
    """How far down the pages each cell reaches, its continuations included."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.areas: dict[str, list[tuple[int, Box]]] = {}
        first: dict[str, str] = {}
        for cell in cells:
            head = first.setdefault(cell.cell_id, first.get(cell.continues_cell_id or "", cell.cell_id))
            self.areas.setdefault(head, []).append((cell.page, cell.box))

    def row(self, head: TableCell, row: Sequence[TableCell]) -> bool:
        """Whether a cell stands in a row or reaches down to it; taken for granted where it is not known."""
        areas = self.areas.get(head.paragraph.cell_id or "")
        pieces = row[0].paragraph.pieces
        if head in row or not areas or not pieces:
            return True
        middle = (pieces[0].box.top + pieces[0].box.bottom) / 2
        return any(page == pieces[0].page and box.top <= middle <= box.bottom for page, box in areas)


def name_of(indicator: TableCell) -> str:
    """The indicator that a cell names, normalised and without its number."""
    text = indicator.paragraph.text.text
    return normalize(text[target_prefix(text).offset :]).text.strip()


def with_unit(cell: TableCell, indicator: TableCell) -> str:
    """The cell's verbatim text; a bare number with the unit that the head of its column or row gives in brackets."""
    text = cell.paragraph.text.text
    if not _BARE_NUMBER.fullmatch(cell.line.text.strip()):
        return text
    heads = (normalize(cell.place.header).text, indicator.line.text)
    units = [found[1] for head in heads for found in _UNIT_IN_BRACKETS.finditer(head)]
    named = (unit for unit in units if any(quantity.unit is not None for quantity in read_quantities(f"1{unit}")))
    return text.rstrip() + next(named, "")


def baseline_of(
    cell: TableCell, number: int | None, unit: str | None, year: int | None, row: TableRow
) -> Baseline | None:
    """The latest result before a target's year: that with the target's number, else that in the same place.

    None where the row gives none, or one in another unit.
    """
    earlier = [
        actual
        for actual in row.of("actual")
        if not (actual.place.fiscal_year and year and actual.place.fiscal_year >= year)
    ]
    latest = max((actual.place.fiscal_year or 0 for actual in earlier), default=0)
    actuals = [actual for actual in earlier if (actual.place.fiscal_year or 0) == latest]
    numbered = [actual for actual in actuals if target_prefix(actual.paragraph.text.text).number == number]
    beside = [target for target in row.of("target") if target.place.column == cell.place.column]
    if number is not None and len(numbered) == 1:
        chosen = numbered[0]
    elif len(actuals) == len(beside):
        chosen = actuals[beside.index(cell)]
    elif len(actuals) == 1 and number is None:
        chosen = actuals[0]
    else:
        return None
    text = chosen.paragraph.text.text
    quantities = read_quantities(normalize(text[target_prefix(text).offset :]).text)
    if not quantities or (quantities[0].unit_code and unit and quantities[0].unit_code != unit):
        return None
    return Baseline(quantities[0].value, chosen.place.fiscal_year)
