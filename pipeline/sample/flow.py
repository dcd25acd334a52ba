"""Rows of cells and loose paragraphs that flow from page to page, keeping account of where each paragraph began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.sample.sheet import Sheet
from pipeline.sample.typesetting import SetLine, Type, break_lines
from pipeline.sample.wording import Paragraph

_PADDING = 5.0
_INDENT = 0.9


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line of a cell, with the paragraph it belongs to."""

    paragraph: Paragraph
    line: SetLine
    bold: bool
    boxed: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table between two edges (points) with its header."""

    x0: float
    x1: float
    header: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph as it came to stand: its edition, its section (from 0), its place in reading order.

    ``section`` is None outside of any. ``pages`` are the pages (from 1) on which it stands, each with the offset of the
    first character there.
    """

    edition: str
    paragraph: Paragraph
    section: int | None
    row: int
    column: int
    pages: list[tuple[int, int]]

    def page_of(self, offset: int) -> int:
        """The page on which the character stands."""
        return next(page for start, page in reversed(self.pages) if start <= offset)


@dataclass(slots=True)
class Account:
    """All paragraphs of a document as they came to stand."""

    rows: int = 0
    _printed: dict[int, Printed] = field(default_factory=dict)

    def note(
        self, edition: str, paragraph: Paragraph, section: int | None, *, column: int, page: int, start: int = 0
    ) -> None:
        """A line of the paragraph that begins with its character ``start`` was set in the current row."""
        known = self._printed.get(id(paragraph))
        if known is None:
            known = self._printed[id(paragraph)] = Printed(edition, paragraph, section, self.rows, column, [])
        if not known.pages or known.pages[-1][1] != page:
            known.pages.append((start, page))

    def in_order(self) -> tuple[Printed, ...]:
        """Row by row, column by column, as one reads a table whose rows run over pages."""
        return tuple(sorted(self._printed.values(), key=lambda printed: (printed.row, printed.column)))


def set_paragraphs(paragraphs: Sequence[Paragraph], face: Type, width: float) -> list[CellLine]:
    """The paragraphs' lines in a column of the given width, indented by depth, later lines hanging below the text."""
    lines: list[CellLine] = []
    for paragraph in paragraphs:
        boxed = paragraph.kind == "annotation"
        indent = max(paragraph.depth, 0) * _INDENT * face.size
        hang = min(face.width(paragraph.text[: paragraph.body_start]), 3 * face.size)
        first, later = indent, indent + hang
        if boxed:
            first = later = max(width - face.width(paragraph.text) - 4, 0)
        elif paragraph.kind == "note" and not paragraph.marker:
            first, later = indent + face.size, indent
        broken = break_lines(paragraph.text, face, width, first_indent=first, later_indent=later)
        lines += [CellLine(paragraph, line, paragraph.kind == "heading", boxed) for line in broken]
    return lines


def draw_line(sheet: Sheet, cell_line: CellLine, x: float, baseline: float, face: Type) -> None:
    """One line of a cell, with the marks that fall into it."""
    line, paragraph = cell_line.line, cell_line.paragraph
    marks = [
        (max(start, line.start) - line.start, min(end, line.end) - line.start)
        for start, end in paragraph.underlines
        if start < line.end and end > line.start
    ]
    text = paragraph.text[line.start : line.end]
    sheet.marked_text(x + line.indent, baseline, text, face, marks, bold=cell_line.bold)


@dataclass(slots=True)
class TableFlow:
    """A table whose rows may run over pages."""

    sheet: Sheet
    columns: tuple[Column, ...]
    face: Type
    leading: float
    account: Account
    header_fill: int | None = None
    vertical_first: bool = False

    def header(self) -> None:
        """Draw the header row here."""
        sheet = self.sheet
        height = self.leading + 2
        x0, x1 = self.columns[0].x0, self.columns[-1].x1
        if self.header_fill is not None:
            sheet.fill(x0, sheet.y, x1, sheet.y + height, self.header_fill)
        for column in self.columns:
            sheet.centred(sheet.y + height - 5, column.header, self.face, x0=column.x0, x1=column.x1)
        self._frame(sheet.y, sheet.y + height, top=True, bottom=True)
        sheet.y += height

    def row(
        self, cells: Sequence[Sequence[Paragraph]], editions: Sequence[str], section: int, first: Sequence[str] = ()
    ) -> None:
        """One row. ``first`` are texts of leading cells that hold no paragraphs (the 分野); ``cells`` the others.

        ``editions`` names the edition of each of ``cells`` for the account of pages.
        """
        sheet = self.sheet
        offset = len(first)
        waiting = [
            set_paragraphs(cell, self.face, column.x1 - column.x0 - 2 * _PADDING)
            for cell, column in zip(cells, self.columns[offset:], strict=True)
        ]
        leads = [self._lead(text, column) for text, column in zip(first, self.columns, strict=False)]
        fresh = True
        while fresh or any(waiting) or any(leads):
            room = int((sheet.bottom - sheet.y - 2 * _PADDING + self.leading * 0.3) / self.leading)
            if room < max([2, *(len(lead) for lead in leads)]):
                self._break(continues=not fresh)
                continue
            columns = [*leads, *waiting]
            count = min(room, max(len(lines) for lines in columns))
            top, bottom = sheet.y, sheet.y + count * self.leading + _PADDING
            for number, lines in enumerate(columns):
                for position, line in enumerate(lines[:count]):
                    baseline = top + (position + 1) * self.leading - self.leading * 0.22
                    self._draw(number, line, baseline)
                    if number >= offset:
                        edition = editions[number - offset]
                        self.account.note(
                            edition, line.paragraph, section, column=number, page=sheet.page, start=line.line.start
                        )
                del lines[:count]
            finished = not any(columns)
            self._frame(
                top, bottom, top=fresh or self.sheet.style.closed_breaks, bottom=finished or sheet.style.closed_breaks
            )
            sheet.y = bottom
            fresh = False
            if not finished:
                self._break(continues=True)
        self.account.rows += 1

    def _lead(self, text: str, column: Column) -> list[CellLine]:
        paragraph = Paragraph("lead", "section", 0, "", text, text, 0)
        if self.vertical_first:
            return [CellLine(paragraph, SetLine(at, at + 1, 0.0), False, False) for at in range(len(text))]
        return set_paragraphs([paragraph], self.face, column.x1 - column.x0 - 2 * _PADDING)

    def _draw(self, number: int, line: CellLine, baseline: float) -> None:
        column = self.columns[number]
        x = column.x0 + _PADDING
        if line.paragraph.key == "lead" and self.vertical_first:
            x = (column.x0 + column.x1 - self.face.size) / 2
        if line.boxed:
            width = self.face.width(line.paragraph.text)
            left = x + line.line.indent
            self.sheet.frame(left - 2, baseline - self.face.size, left + width + 2, baseline + self.face.size * 0.25)
        draw_line(self.sheet, line, x, baseline, self.face)

    def _break(self, *, continues: bool) -> None:
        self.sheet.new_page()
        if self.sheet.style.repeat_header:
            self.header()
        elif not continues or self.sheet.style.closed_breaks:
            self._frame(self.sheet.y, self.sheet.y, top=True, bottom=False)

    def _frame(self, y0: float, y1: float, *, top: bool, bottom: bool) -> None:
        sheet, style = self.sheet, self.sheet.style
        x0, x1 = self.columns[0].x0, self.columns[-1].x1
        if style.border != "horizontal":
            for column in self.columns:
                sheet.border(column.x0, y0, column.x0, y1)
            sheet.border(x1, y0, x1, y1)
        for wanted, y in ((top, y0), (bottom, y1)):
            if not wanted:
                continue
            if style.border == "dotted_rows":
                sheet.rule(x0, y, x1, y, 0.8, dotted=True)
            else:
                sheet.border(x0, y, x1, y)
        if style.border == "double_frame":
            sheet.border(x0 - 1.8, y0, x0 - 1.8, y1)
            sheet.border(x1 + 1.8, y0, x1 + 1.8, y1)


def flow_paragraphs(
    sheet: Sheet,
    paragraphs: Sequence[Paragraph],
    face: Type,
    leading: float,
    account: Account,
    section: int,
    *,
    edition: str = "single",
) -> None:
    """Paragraphs without a table, from margin to margin."""
    for line in set_paragraphs(paragraphs, face, sheet.right - sheet.left):
        if sheet.y + leading > sheet.bottom:
            sheet.new_page()
        if line.paragraph.kind == "heading" and line.line.start == 0:
            sheet.y += leading * 0.4
        sheet.y += leading
        draw_line(sheet, line, sheet.left, sheet.y, face)
        account.note(edition, line.paragraph, section, column=0, page=sheet.page, start=line.line.start)
    account.rows += 1
