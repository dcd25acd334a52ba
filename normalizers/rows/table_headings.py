"""Which heading a table's targets belong to: that of their row, of the cell beside them, or above them on the page."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalizers.model.records import Measure
from normalizers.rows.measures import paragraph_index
from parsers.model.document import Cell, Paragraph
from parsers.model.geometry import Box


@dataclass(frozen=True, slots=True)
class TableHeadingSettings:
    """Which heading stands beside or above a table's row."""

    line_overlap: float = 4.0
    """Points by which boxes of neighbouring lines overlap. Nearest: 0 and 14.6."""
    full_page: float = 0.75
    """Times the depth of the document's lowest line from which on a page's text fills it. Chosen: what follows was to
    stand below it."""


SETTINGS = TableHeadingSettings()


class TableHeadings:
    """The headings of a document's running text, looked up by where a table's cell stands."""

    def __init__(self, paragraphs: Sequence[Paragraph], cells: Sequence[Cell], measures: Mapping[int, Measure]) -> None:
        self.paragraphs = paragraphs
        self.cells = {cell.cell_id: cell for cell in cells}
        self.headings = sorted(index for index, measure in measures.items() if measure.kind == "heading")
        self.measures = measures
        self.first_in_tables: dict[int, Paragraph] = {}
        for paragraph in paragraphs:
            if paragraph.place is not None and paragraph.pieces:
                self.first_in_tables.setdefault(paragraph.place.table, paragraph)
        self.lines_on: dict[int, list[int]] = defaultdict(list)
        for index, paragraph in enumerate(paragraphs):
            if paragraph.pieces:
                self.lines_on[paragraph.page].append(index)
        self.cut_off: dict[int, bool] = {}
        self.lowest = max((p.pieces[-1].box.bottom for p in paragraphs if p.pieces), default=0.0)
        self.tops: dict[tuple[int, int], float] = {}
        self.right_ends: dict[tuple[int, int], float] = defaultdict(float)
        for cell in cells:
            place = cell.page, cell.table_index
            self.right_ends[place] = max(self.right_ends[place], cell.box.x1)
            self.tops[place] = min(self.tops.get(place, math.inf), cell.box.top)
        self.in_rows: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.on_pages: dict[int, list[int]] = defaultdict(list)
        self.in_parts: dict[tuple[int, str | None], list[int]] = defaultdict(list)
        for index in self.headings:
            paragraph = paragraphs[index]
            self.in_rows[paragraph.part, paragraph.row].append(index)
            self.on_pages[measures[index].page].append(index)
            self.in_parts[paragraph.part, paragraph.section].append(index)

    def beside(self, cell: Paragraph) -> Measure | None:
        """The heading in the row of a figure's cell, or in a cell that spans its row; None where there is none.

        Of several the last above the figure counts, among those of the outermost level.
        """
        own = [index for index in self.in_rows[cell.part, cell.row] if self._same_edition(index, cell)]
        spanning = own or [
            index
            for index in self.on_pages[cell.page if cell.pieces else 1]
            if self._same_edition(index, cell) and self._spans(index, cell)
        ]
        if not spanning:
            return None
        named = [index for index in spanning if self.paragraphs[index].column_level is not None]
        if named:
            return self.measures[max(named, key=lambda index: (self.paragraphs[index].column_level or 0, index))]
        outermost = min(self.measures[index].level for index in spanning)
        level = [index for index in spanning if self.measures[index].level == outermost]
        above = [index for index in level if stands_above(self.paragraphs[index], cell)]
        return self.measures[above[-1] if above else level[0]]

    def above(self, cell: Paragraph) -> Measure | None:
        """The last heading above a figure on its page; of a page in columns not one further right, nor one of the text
        beside its table.
        """
        right = self._right_of_table(cell)
        found = [
            index
            for index in self.on_pages[cell.page if cell.pieces else 1]
            if self._is_marked(index) and self._same_edition(index, cell) and stands_above(self.paragraphs[index], cell)
            if self.paragraphs[index].pieces[0].box.x0 < right and not self._stands_beside(index, cell)
        ]
        return self.measures[found[-1]] if found else None

    def _stands_beside(self, heading: int, paragraph: Paragraph) -> bool:
        """Whether a heading outside tables begins below the top of the table in which a paragraph stands."""
        cell, own = self._cell(paragraph), self.paragraphs[heading]
        if cell is None or own.cell_id is not None or own.page != cell.page:
            return False
        top = self.tops[cell.page, cell.table_index]
        return own.pieces[0].box.top > top + SETTINGS.line_overlap

    def _right_of_table(self, paragraph: Paragraph) -> float:
        """Where the table in which a paragraph stands ends on the right (points)."""
        cell = self._cell(paragraph)
        return self.right_ends[cell.page, cell.table_index] if cell is not None else math.inf

    def above_table(self, index: int, cell: Paragraph) -> Measure | None:
        """The last heading above the beginning of a table that goes on over a page to the figure at ``index``; one of
        the text that stands between its parts is nearer.
        """
        first = self.first_in_tables.get(cell.place.table) if cell.place is not None else None
        if first is None or not cell.pieces or first.page >= cell.page:
            return None
        between = self.before(index, cell)
        if between is not None and self._parts_table(paragraph_index(between.measure_id), index, first, cell):
            return between
        return self.above(first)

    def before_page(self, cell: Paragraph) -> Measure | None:
        """The last heading of the page before the one that a figure's table begins, where the page's end parts the two:
        the page before is full, nothing but notes stands above the table, and the heading is of its section.
        """
        table = cell.place.table if cell.place is not None else None
        first = self.first_in_tables.get(table) if table is not None else None
        if table is None or first is None or not cell.pieces or first.page != cell.page:
            return None
        if table not in self.cut_off:
            self.cut_off[table] = self._is_cut_off(first)
        if not self.cut_off[table]:
            return None
        marked = [index for index in self.on_pages[first.page - 1] if self._is_marked(index)]
        near = [index for index in marked if self._same_edition(index, cell)]
        return self.measures[near[-1]] if near and self._is_in_section_of(near[-1], marked[-1], cell) else None

    def _is_cut_off(self, first: Paragraph) -> bool:
        """Whether the page before the one that ``first``, of a table, begins is full, and nothing stands above it."""
        before = self.lines_on.get(first.page - 1, [])
        lowest = max((self.paragraphs[index].pieces[-1].box.bottom for index in before), default=0.0)
        over = any(self._stands_over(index, first) for index in self.lines_on[first.page])
        return not over and lowest >= SETTINGS.full_page * self.lowest

    def _stands_over(self, index: int, first: Paragraph) -> bool:
        """Whether a paragraph of the running text or of another table stands above the table that ``first`` begins."""
        own = self.paragraphs[index]
        measure = self.measures.get(index)
        noted = own.annotation or (measure is not None and measure.kind == "note")
        return not noted and own.pieces[0].box.bottom <= first.pieces[0].box.top

    def _is_in_section_of(self, heading: int, last: int, cell: Paragraph) -> bool:
        sections = {self.paragraphs[index].section for index in (heading, last)}
        return sections == {cell.section} and self.paragraphs[heading].part == cell.part

    def _parts_table(self, heading: int, index: int, first: Paragraph, cell: Paragraph) -> bool:
        """Whether a heading stands between the parts of a figure's table: on their pages, or of the text outside it
        behind its beginning, where several tables with the same columns follow each other; or names the measure of its
        last rows, in a column of its own.
        """
        own = self.paragraphs[heading]
        last = self._last_on_page_before(index, cell)
        outside = own.cell_id is None and not stands_above(own, first)
        one, other = self._cell(own), self._cell(self.paragraphs[last])
        names_rows = (
            own.column_level is not None
            and one is not None
            and other is not None
            and (one.page, one.table_index) == (other.page, other.table_index)
        )
        return outside or names_rows or heading > last

    def _last_on_page_before(self, index: int, cell: Paragraph) -> int:
        """The last paragraph of the figure's table that stands on an earlier page."""
        table = cell.place.table if cell.place is not None else None
        return max(
            at
            for at, paragraph in enumerate(self.paragraphs[:index])
            if paragraph.place is not None and paragraph.place.table == table and paragraph.pieces
            if paragraph.page < cell.page
        )

    def before(self, index: int, cell: Paragraph) -> Measure | None:
        """The last heading before a paragraph in reading order, within its section: its text may run over a page."""
        found = [
            other
            for other in self.in_parts[cell.part, cell.section]
            if other < index and self._is_marked(other) and self._same_edition(other, cell)
        ]
        return self.measures[found[-1]] if found else None

    def _is_marked(self, index: int) -> bool:
        paragraph = self.paragraphs[index]
        marked = self.measures[index].marker is not None
        return marked or paragraph.heading_level is not None or paragraph.column_level is not None

    def _same_edition(self, index: int, cell: Paragraph) -> bool:
        editions = {self.paragraphs[index].edition, cell.edition}
        return len(editions) == 1 or not {"new", "old"} <= editions

    def _spans(self, index: int, cell: Paragraph) -> bool:
        heading, own = self._cell(self.paragraphs[index]), self._cell(cell)
        if heading is None or own is None or heading is own:
            return False
        middle = (own.box.top + own.box.bottom) / 2
        same_table = (heading.page, heading.table_index) == (own.page, own.table_index)
        return same_table and _beside(heading.box, own.box) and heading.box.top <= middle <= heading.box.bottom

    def _cell(self, paragraph: Paragraph) -> Cell | None:
        return self.cells.get(paragraph.cell_id or "")


def _beside(one: Box, other: Box) -> bool:
    return one.x1 <= other.x0 + SETTINGS.line_overlap or other.x1 <= one.x0 + SETTINGS.line_overlap


def stands_above(paragraph: Paragraph, other: Paragraph) -> bool:
    """Whether a paragraph begins above another, or on its line."""
    if not paragraph.pieces or not other.pieces:
        return False
    one, two = paragraph.pieces[0], other.pieces[0]
    return (one.page, one.box.top) <= (two.page, two.box.top + SETTINGS.line_overlap)
