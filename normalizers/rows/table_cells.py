"""The rows of tables whose columns hold indicators, targets and results, and what their cells give one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from normalizers.indicators.catalogue import population_of
from normalizers.outline.plan_line import read_line
from normalizers.rows.table_row import TableCell, TableRow
from normalizers.text.characters import normalize
from normalizers.text.dittos import points_to
from parsers.model.document import Cell, ColumnRole, Paragraph, TablePlace
from parsers.model.geometry import Box
from parsers.model.styled_text import StyledText

# A block that all blocks of a row share, as the parsers number it.
_SHARED = -1

_WIDER = 1.4
"""Times a column's width that a cell over two columns has at least. Chosen."""


def table_rows(paragraphs: Sequence[Paragraph], cells: Sequence[Cell] = ()) -> list[TableRow]:
    """The rows of all such tables of a document, in reading order, each block of columns by itself.

    A group, measure or indicator speaks for the rows below it as far as its cell reaches; where ``cells`` does not know
    the cell, until the next one (an indicator not beyond its own row).
    """
    rows: dict[tuple[int, int], list[TableCell]] = {}
    for index, paragraph in enumerate(paragraphs):
        place = paragraph.place
        if place is not None:
            cell = TableCell(index, paragraph, place, read_line(index, paragraph))
            rows.setdefault((place.table, place.row), []).append(cell)
    made: list[TableRow] = []
    spanning: dict[tuple[int, int, ColumnRole], TableCell] = {}
    groups: dict[tuple[int, int, int], TableCell] = {}
    above: dict[tuple[int, int], TableCell] = {}
    pointed: dict[tuple[int, int], Literal["above", "left"] | None] = {}
    goals: dict[tuple[int, int, int], TableCell] = {}
    reaches = _Reaches(cells)
    years = _YearColumns([cell for row in rows.values() for cell in row], reaches)
    for (table, _), whole in rows.items():
        marks = _pointed(whole, {column: mark for (of, column), mark in pointed.items() if of == table})
        pointed |= {(table, cell.place.column): marks[cell.index] for cell in whole}
        said: list[TableCell] = []
        for cell in whole:
            said.append(_spoken_out(cell, marks[cell.index], above, said))
        above |= {(table, cell.place.column): cell for cell in said}
        for row in _blocks(said):
            block = row[-1].place.block
            for cell in reversed(row):
                if cell.place.column_role in ("measure", "indicator"):
                    spanning[table, cell.place.block, cell.place.column_role] = cell
                elif cell.place.column_role == "group":
                    groups[table, cell.place.block, cell.place.column] = cell
            heads: dict[str, TableCell | None] = {}
            for role in ("measure", "indicator"):
                head = spanning.get((table, block, role)) or spanning.get((table, _SHARED, role))
                known = role != "indicator" or reaches.knows(head)
                heads[role] = head if head is not None and known and reaches.row(head, row) else None
            indicator = heads["indicator"]
            named = any(cell.place.column_role == "indicator" for cell in row)
            # A group of its own makes a row of figures too: 被保険者 and 被扶養者 beside one indicator and one aim.
            grouped = any(cell.place.column_role == "group" for cell in row) and indicator is not None
            merged = _merged(row, block, goals, reaches, table) if named or grouped else []
            merged += [indicator] if indicator is not None and not named else []
            merged += [copy for cell in _figures(row) for copy in years.beside(cell)]
            cells_of_row = [*row, *merged]
            goals |= {(table, cell.place.block, cell.place.column): cell for cell in _figures(row)}
            over = _groups_over(row, groups, reaches)
            made.append(TableRow(cells_of_row, over, heads["measure"]))
    return made


def _groups_over(
    row: Sequence[TableCell], groups: Mapping[tuple[int, int, int], TableCell], reaches: _Reaches
) -> list[TableCell]:
    """The groups that a row stands in, from left to right.

    One whose reach is not known ends with the one left of it.
    """
    table, block = row[-1].place.table, row[-1].place.block
    found: list[TableCell] = []
    for key in sorted(key for key in groups if key[0] == table and key[1] in (block, _SHARED)):
        group = groups[key]
        stale = bool(found) and not reaches.knows(group) and group.index < found[-1].index
        if reaches.row(group, row) and not stale:
            found.append(group)
    return found


def _figures(row: Sequence[TableCell]) -> list[TableCell]:
    return [cell for cell in row if cell.place.column_role in ("target", "actual")]


def _merged(
    row: Sequence[TableCell],
    block: int,
    goals: Mapping[tuple[int, int, int], TableCell],
    reaches: _Reaches,
    table: int,
) -> list[TableCell]:
    """The figures of rows above whose cells reach over this row too: 前年度以上 set once for several indicators.

    A number that is set so may be that of all rows together: its name is in doubt.
    """
    filled = {cell.place.column for cell in row}
    groups = [cell for cell in row if cell.place.column_role == "group"]
    found: list[TableCell] = []
    for (of_table, of_block, column), goal in goals.items():
        own = of_table == table and of_block == block and column not in filled
        if own and reaches.knows(goal) and reaches.row(goal, row):
            doubts = goal.place.doubts
            if any(letter.isdecimal() for letter in goal.line.text) and "name_guessed" not in doubts:
                doubts = (*doubts, "name_guessed")
            place = replace(goal.place, doubts=doubts)
            if groups:
                place = replace(place, population=population_of(normalize(groups[0].line.text).text))
            found.append(replace(goal, place=place))
    return found


def _blocks(row: Sequence[TableCell]) -> list[list[TableCell]]:
    """A row's cells by block of columns; those that all blocks share stand with the first."""
    blocks: dict[int, list[TableCell]] = defaultdict(list)
    for cell in row:
        blocks[max(cell.place.block, 0)].append(cell)
    return list(blocks.values())


def _pointed(
    row: Sequence[TableCell], above: Mapping[int, Literal["above", "left"] | None]
) -> dict[int, Literal["above", "left"] | None]:
    """Where each cell of a row, by index, finds the text that it stands for; ``above`` tells it of the row before.

    〃 below 同左 repeats what that says: the same as on the left. Behind a figure of another year in its own row it
    stands for that figure: what stands above it is another indicator's.
    """
    marks: dict[int, Literal["above", "left"] | None] = {}
    years: list[TableCell] = []
    for cell in row:
        mark = points_to(cell.line.text)
        if cell.place.column_role in ("target", "actual"):
            before = [other for other in years if _is_of_another_year(other.place, cell.place)]
            if mark == "above" and before and marks[before[-1].index] != "above":
                mark = "left"
            years.append(cell)
        if mark == "above" and above.get(cell.place.column) == "left":
            mark = "left"
        marks[cell.index] = mark
    return marks


def _is_of_another_year(one: TablePlace, other: TablePlace) -> bool:
    """Whether a figure stands in a column left of another's that differs from it in the year alone."""
    years = [(place.fiscal_year, place.year_offset, place.year_number, place.last_year) for place in (one, other)]
    if one.column >= other.column or years[0] == years[1]:
        return False
    return replace(_but_year(one, other), doubts=other.doubts) == other


def _spoken_out(
    cell: TableCell,
    pointed: Literal["above", "left"] | None,
    above: dict[tuple[int, int], TableCell],
    row: Sequence[TableCell],
) -> TableCell:
    """The cell with the text that it stands for: 〃 and 同上 that above it in its column, 同左 that on its left.

    ``row`` are the cells before it in its row, spoken out.
    """
    if pointed is None:
        return cell
    source = above.get((cell.place.table, cell.place.column))
    if pointed == "left":
        left = [other for other in row if other.place.column < cell.place.column]
        # Where two editions stand side by side, a name stands for the other's name, that at its height.
        alike = [other for other in left if other.place.column_role == cell.place.column_role] or left
        source = min(reversed(alike), key=lambda other: _apart(other, cell), default=None)
    if source is None:
        return cell
    paragraph = replace(cell.paragraph, text=StyledText(source.paragraph.text.text))
    return replace(cell, paragraph=paragraph, line=read_line(cell.index, paragraph))


def _apart(one: TableCell, other: TableCell) -> float:
    """How far apart (points) two cells stand on their page: 0 for lines of one height."""
    places = [cell.paragraph.pieces[0] for cell in (one, other) if cell.paragraph.pieces]
    if len(places) < 2 or places[0].page != places[1].page:
        return 0.0
    upper, lower = sorted((place.box for place in places), key=lambda box: box.top)
    return max(0.0, lower.top - upper.bottom)


class _YearColumns:
    """The columns of targets of several years: an aim set across them (対前年度以上) holds for each of them."""

    def __init__(self, cells: Sequence[TableCell], reaches: _Reaches) -> None:
        self.reaches = reaches
        self.columns: dict[tuple[int, int], dict[int, tuple[TablePlace, float, float]]] = {}
        for cell in cells:
            place, box = cell.place, reaches.box(cell)
            if place.column_role != "target" or box is None:
                continue
            columns = self.columns.setdefault((place.table, place.block), {})
            known = columns.get(place.column)
            if known is None or box.x1 - box.x0 < known[2] - known[1]:
                columns[place.column] = (place, box.x0, box.x1)

    def beside(self, cell: TableCell) -> Iterator[TableCell]:
        """The cell as it stands in the other columns that it covers, where these differ in their year alone."""
        box, place = self.reaches.box(cell), cell.place
        if box is None or place.column_role != "target":
            return
        for column, (other, x0, x1) in self.columns.get((place.table, place.block), {}).items():
            # A cell over several columns is wider than each; where rows are years, none is.
            same = _year_told(place) != _year_told(other) and _but_year(place, other) == other
            same = same and box.x1 - box.x0 > _WIDER * (x1 - x0)
            if column != place.column and same and box.x0 <= (x0 + x1) / 2 <= box.x1:
                yield replace(cell, place=other)


def _year_told(place: TablePlace) -> tuple[object, ...]:
    return place.fiscal_year, place.year_offset, place.year_number, place.last_year


def _but_year(place: TablePlace, other: TablePlace) -> TablePlace:
    return replace(
        place,
        row=other.row,
        column=other.column,
        header=other.header,
        fiscal_year=other.fiscal_year,
        year_offset=other.year_offset,
        year_number=other.year_number,
        last_year=other.last_year,
    )


class _Reaches:
    """How far down the pages each cell reaches, its continuations included."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.areas: dict[str, list[tuple[int, Box]]] = {}
        first: dict[str, str] = {}
        for cell in cells:
            head = first.setdefault(cell.cell_id, first.get(cell.continues_cell_id or "", cell.cell_id))
            self.areas.setdefault(head, []).append((cell.page, cell.box))

    def box(self, cell: TableCell) -> Box | None:
        """The box of a cell where its text begins; None where it is not known."""
        areas = self.areas.get(cell.paragraph.cell_id or "")
        return areas[0][1] if areas else None

    def knows(self, head: TableCell | None) -> bool:
        """Whether the cell's box is known."""
        return head is not None and (head.paragraph.cell_id or "") in self.areas

    def row(self, head: TableCell, row: Sequence[TableCell]) -> bool:
        """Whether a cell stands in a row or reaches over it; taken for granted where it is not known.

        A row of a turned table is a column of the page: what heads it stands above it.
        """
        areas = self.areas.get(head.paragraph.cell_id or "")
        pieces = row[-1].paragraph.pieces
        if head in row or not areas or not pieces:
            return True
        own = pieces[0].box
        across, down = (own.x0 + own.x1) / 2, (own.top + own.bottom) / 2
        turned = _runs_down(row)
        return any(
            page == pieces[0].page and (box.x0 <= across <= box.x1 if turned else box.top <= down <= box.bottom)
            for page, box in areas
        )


def _runs_down(row: Sequence[TableCell]) -> bool:
    """Whether the cells of a row stand one below the other: the row of a turned table."""
    first, last = row[0].paragraph.pieces, row[-1].paragraph.pieces
    if row[0].place.column == row[-1].place.column or not first or not last or first[0].page != last[0].page:
        return False
    return (
        first[0].box.bottom <= last[0].box.top and first[0].box.x0 < last[0].box.x1 and last[0].box.x0 < first[0].box.x1
    )
