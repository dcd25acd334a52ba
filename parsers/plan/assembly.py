"""Rows of lines to the document's paragraphs and cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from normalizers.text.sections import opens_section
from parsers.layout.joined_lines import join_lines, join_pieces
from parsers.model.document import Cell, Edition, Furniture, Paragraph, TextPiece
from parsers.model.styled_text import StyledText, join_styled
from parsers.paragraphs.annotations import beside, part_annotations
from parsers.paragraphs.column_style import read_column_style
from parsers.paragraphs.headings import HeadingLevels
from parsers.paragraphs.line_breaks import closes_bracket
from parsers.paragraphs.paragraphs import ColumnStyle, DraftParagraph, PlacedLine, split_paragraphs
from parsers.plan.blocks import CellDraft
from parsers.plan.flow import Flow, FlowRow
from parsers.plan.kpi_place import place_in_table, said_of_figures
from parsers.plan.page_editions import PageEdition
from parsers.tables.columns import FIGURES

LONGEST_SECTION = 60


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document's paragraphs and cells, and headings repeated page by page that turned out to be furniture."""

    paragraphs: tuple[Paragraph, ...]
    cells: tuple[Cell, ...]
    furniture: tuple[Furniture, ...]


@dataclass(frozen=True, slots=True)
class _ColumnText:
    """One column of one row: its paragraphs and its floating marks, in reading order."""

    row: FlowRow
    column: int
    drafts: tuple[tuple[DraftParagraph, bool], ...]


def assemble(
    flow: Flow, *, comparison: bool, confidences: Mapping[int, float], editions: Mapping[int, PageEdition]
) -> Assembled:
    """Paragraphs of every row, column by column; cells with the text that stands in them.

    ``comparison`` tells that the document sets two editions side by side: columns of a plan's text without an edition
    of their own then belong to the new one, text outside such tables to none. ``confidences`` are the pages',
    ``editions`` those that pages of their own hold.
    """
    styles = _column_styles(flow)
    columns = [
        _column_text(row, column, row.columns[column], styles[_style_key(row, column)])
        for row in flow.rows
        for column in sorted(row.columns)
    ]
    prose = [draft for text in columns if text.row.reading is None for draft, mark in text.drafts if not mark]
    levels = HeadingLevels(prose)
    builder = _ParagraphBuilder(levels, confidences, editions, comparison=comparison)
    for text in columns:
        builder.add(text)
    texts = _cell_texts([draft for text in columns for draft, _ in text.drafts])
    cells = tuple(_cell(draft, texts.get(draft.cell_id)) for draft in flow.cells)
    return Assembled(builder.finished(), cells, tuple(builder.furniture))


def _style_key(row: FlowRow, column: int) -> tuple[int, int]:
    return row.part, column if row.reading is not None else -1


def _column_styles(flow: Flow) -> dict[tuple[int, int], ColumnStyle]:
    lines: dict[tuple[int, int], list[Sequence[PlacedLine]]] = defaultdict(list)
    for row in flow.rows:
        for column, placed in row.columns.items():
            lines[_style_key(row, column)].append(placed)
    return {key: read_column_style(columns) for key, columns in lines.items()}


def _column_text(row: FlowRow, column: int, lines: Sequence[PlacedLine], style: ColumnStyle) -> _ColumnText:
    text, marks = part_annotations(lines)
    drafts = [(draft, False) for draft in split_paragraphs(text, style)]
    for mark in split_marks(marks):
        place = next(
            (index for index, (draft, _) in enumerate(drafts) if _place(draft.lines[0]) > _place(mark.lines[0])),
            len(drafts),
        )
        drafts.insert(place, (mark, True))
    return _ColumnText(row, column, tuple(drafts))


def split_marks(marks: Sequence[PlacedLine]) -> list[DraftParagraph]:
    """Marks that stand right below one another and are one remark (移動③, then what goes where) joined."""
    drafts: list[list[PlacedLine]] = []
    for mark in marks:
        last = drafts[-1][-1] if drafts else None
        if last is not None and _stands_below(last, mark) and _carries_remark_on(last.text, mark.text):
            drafts[-1].append(mark)
        else:
            drafts.append([mark])
    return [DraftParagraph(tuple(draft)) for draft in drafts]


def _stands_below(above: PlacedLine, mark: PlacedLine) -> bool:
    return above.page == mark.page and 0 <= mark.line.box.top - above.line.box.top < 2 * mark.line.size


def _carries_remark_on(above: str, text: str) -> bool:
    return text[:1] in "(（" or closes_bracket(above, text)


def _place(placed: PlacedLine) -> tuple[int, float]:
    return placed.page, (placed.line.box.top + placed.line.box.bottom) / 2


class _ParagraphBuilder:
    """Collects paragraphs and keeps, for each column of text, the field that its own headings name."""

    def __init__(
        self,
        levels: HeadingLevels,
        confidences: Mapping[int, float],
        editions: Mapping[int, PageEdition],
        *,
        comparison: bool,
    ) -> None:
        self.levels = levels
        self.confidences = confidences
        self.editions = editions
        self.comparison = comparison
        self.paragraphs: list[Paragraph] = []
        self.furniture: list[Furniture] = []
        self._named: dict[tuple[int, Edition, int], str] = {}
        self._marks: dict[int, tuple[int, int]] = {}

    def add(self, text: _ColumnText) -> None:
        first = len(self.paragraphs)
        for draft, mark in text.drafts:
            paragraph = self._paragraph(text, draft, mark=mark)
            if paragraph is not None:
                self.paragraphs.append(paragraph)
        for index in range(first, len(self.paragraphs)):
            if self.paragraphs[index].annotation:
                self._marks[index] = (first, len(self.paragraphs))

    def finished(self) -> tuple[Paragraph, ...]:
        for index, (first, end) in self._marks.items():
            others = [
                (other, self.paragraphs[other]) for other in range(first, end) if not self.paragraphs[other].annotation
            ]
            self.paragraphs[index] = replace(self.paragraphs[index], beside=beside(self.paragraphs[index], others))
        return tuple(self.paragraphs)

    def _paragraph(self, text: _ColumnText, draft: DraftParagraph, *, mark: bool) -> Paragraph | None:
        row = text.row
        styled, pieces = draft.text()
        first = draft.lines[0]
        page = self.editions.get(first.page)
        edition = self._edition(row, text.column, page)
        level = self.levels.level(draft) if row.reading is None and not mark else None
        section, repeated = self._section(row, edition, text.column, styled.text, level, mark=mark)
        if repeated:
            self.furniture += [
                Furniture(placed.page, placed.line.box, placed.text, "repeated_header") for placed in draft.lines
            ]
            return None
        column = row.reading.columns[text.column] if row.reading is not None else None
        titled = column if row.host is None else row.host
        if page is not None and (titled is None or titled.role != edition):
            title: str | None = page.title
        else:
            title = titled.title if titled is not None else None
        return Paragraph(
            text=styled,
            edition=edition,
            pieces=pieces,
            part=row.part,
            row=row.number,
            column=text.column,
            column_title=title if edition != "single" else None,
            section=section,
            cell_id=first.cell_id,
            indent=round(first.indent, 2),
            hanging=round(draft.lines[1].indent if len(draft.lines) > 1 else first.indent, 2),
            size=first.line.size,
            bold=all(placed.line.bold for placed in draft.lines),
            annotation=mark,
            heading_level=level,
            column_level=column.level if column is not None and row.reading is not None and not mark else None,
            place=place_in_table(row, text.column, styled.text),
            confidence=min(self._confidence(placed) for placed in draft.lines),
        )

    def _confidence(self, placed: PlacedLine) -> float:
        """The page's confidence; on a page that was not recognised as a whole, that of the line's own characters."""
        of_page = self.confidences[placed.page]
        glyphs = placed.line.glyphs
        return of_page if of_page < 1.0 else sum([glyph.confidence for glyph in glyphs]) / max(1, len(glyphs))

    def _edition(self, row: FlowRow, column: int, page: PageEdition | None) -> Edition:
        """The edition of a column's text: its own, that of the cell its table stands in, or that of its page."""
        role = row.reading.columns[column].role if row.reading is not None else None
        if role == "content" and row.host is not None:
            role = row.host.role
        if role == "new" or role == "old" or role == "reference":
            return role
        figures = row.reading is not None and row.reading.columns[column].meaning in FIGURES
        if row.reference or (figures and said_of_figures(row, column).scope == "reference"):
            return "reference"
        if page is not None:
            return page.edition
        planned = row.reading is not None and row.reading.kind in ("plan", "comparison")
        return "new" if self.comparison and planned else "single"

    def _section(
        self, row: FlowRow, edition: Edition, column: int, text: str, level: int | None, *, mark: bool
    ) -> tuple[str | None, bool]:
        """The field a paragraph stands under, and whether it only repeats that field's heading on a later page."""
        if row.section is not None:
            return row.section, False
        key = (row.part, edition, column if row.reading is not None else -1)
        current = self._named.get(key)
        if mark or len(text) > LONGEST_SECTION or opens_section(text) is None:
            return current, False
        if row.reading is None and level is not None and current == text:
            return current, True
        self._named[key] = text
        return text, False


def _cell_texts(drafts: Sequence[DraftParagraph]) -> dict[str, StyledText]:
    """The text of each cell: the parts of paragraphs that stand in it, one below the other."""
    parts: dict[str, list[StyledText]] = defaultdict(list)
    for draft in drafts:
        by_cell: dict[str, list[StyledText]] = {}
        for placed in draft.lines:
            if placed.cell_id is not None:
                by_cell.setdefault(placed.cell_id, []).append(placed.line.text)
        for cell_id, texts in by_cell.items():
            parts[cell_id] += [StyledText("\n")] * bool(parts[cell_id])
            parts[cell_id].append(join_lines(texts)[0])
    return {cell_id: join_styled(texts) for cell_id, texts in parts.items()}


def _cell(draft: CellDraft, text: StyledText | None) -> Cell:
    grid = draft.printed
    pieces: tuple[TextPiece, ...] = ()
    if draft.role in ("header", "section"):
        text, pieces = join_pieces([(line, draft.page) for line in grid.lines])
    return Cell(
        draft.cell_id,
        draft.page,
        draft.table_index,
        grid.row,
        grid.column,
        grid.row_span,
        grid.column_span,
        grid.box,
        draft.role,
        text or StyledText(""),
        draft.continues,
        pieces,
    )
