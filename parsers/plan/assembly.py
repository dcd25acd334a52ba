"""Rows of lines to the document's paragraphs and cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from normalizers.text.field_count import FieldCount
from normalizers.text.sections import leading_section
from parsers.layout.joined_lines import join_lines, join_pieces
from parsers.model.document import Cell, Edition, Furniture, Paragraph, TextPiece
from parsers.model.styled_text import StyledText, join_styled
from parsers.paragraphs.annotations import beside, part_annotations
from parsers.paragraphs.column_style import read_column_style
from parsers.paragraphs.headings import HeadingLevels
from parsers.paragraphs.line_breaks import closes_bracket
from parsers.paragraphs.paragraphs import split_paragraphs
from parsers.paragraphs.placed_lines import ColumnStyle, DraftParagraph, PlacedLine
from parsers.plan.blocks import CellDraft
from parsers.plan.flow import Flow
from parsers.plan.flow_rows import FlowRow
from parsers.plan.kpi_place import in_form, place_in_table, said_of_figures
from parsers.plan.page_editions import PageEdition
from parsers.tables.columns import FIGURES

# Confidence at which a recognised digit may well be another, or lies beneath a stamp. Chosen.
_DOUBTFUL_DIGIT = 0.5


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


@dataclass(frozen=True, slots=True)
class _Draft:
    """A paragraph or mark to be, its column of text and which it is, its text, and the level of a heading in prose."""

    number: int
    within: _ColumnText
    draft: DraftParagraph
    mark: bool
    styled: StyledText
    pieces: tuple[TextPiece, ...]
    level: int | None

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.draft.lines[0].page


@dataclass(frozen=True, slots=True)
class _Section:
    """The section a draft stands under; ``repeated`` where it is no more than that section's heading once more."""

    name: str | None
    repeated: bool = False


def assemble(
    flow: Flow, *, comparison: bool, confidences: Mapping[int, float], editions: Mapping[int, PageEdition]
) -> Assembled:
    """Paragraphs of every row, column by column; cells with the text that stands in them.

    ``comparison`` tells that the document sets two editions side by side: columns of a plan's text without an edition
    of their own then belong to the new one, what stands beside both (変更理由) and text outside such tables to none.
    ``confidences`` are the pages', ``editions`` those that pages of their own hold.
    """
    styles = _column_styles(flow)
    columns = [
        _column_text(row, column, row.columns[column], styles[_style_key(row, column)])
        for row in flow.rows
        for column in sorted(row.columns)
    ]
    prose = [draft for text in columns if text.row.reading is None for draft, mark in text.drafts if not mark]
    levels = HeadingLevels(prose)
    titles = {draft.cell_id for draft in flow.cells if draft.names_box}
    drafts = [
        _Draft(
            number,
            text,
            draft,
            mark,
            *draft.text(),
            None if mark else _level(text, draft, levels, titles),
        )
        for number, text in enumerate(columns)
        for draft, mark in text.drafts
    ]
    held = [_edition(draft, editions.get(draft.page), comparison=comparison) for draft in drafts]
    sections = _sections(drafts, held)
    fields = {draft.cell_id: draft.field for draft in flow.cells}
    kept = [
        (
            draft,
            in_form(
                _paragraph(draft, edition, section.name, editions.get(draft.page), confidences),
                fields.get(draft.draft.lines[0].cell_id or ""),
                draft.within.row,
            ),
        )
        for draft, edition, section in zip(drafts, held, sections, strict=True)
        if not section.repeated
    ]
    furniture = tuple(
        Furniture(placed.page, placed.line.box, placed.text, "repeated_header")
        for draft, section in zip(drafts, sections, strict=True)
        if section.repeated
        for placed in draft.draft.lines
    )
    texts = _cell_texts([draft.draft for draft in drafts])
    cells = tuple(_cell(draft, texts.get(draft.cell_id)) for draft in flow.cells)
    return Assembled(_with_neighbours(kept), cells, furniture)


def _level(within: _ColumnText, draft: DraftParagraph, levels: HeadingLevels, titles: Set[str]) -> int | None:
    """The level of a heading: of prose by its style, the title of a box below all of those."""
    if within.row.reading is None:
        return levels.level(draft)
    return levels.below if draft.lines[0].cell_id in titles else None


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


def _edition(draft: _Draft, page: PageEdition | None, *, comparison: bool) -> Edition:
    """The edition of a column's text: its own, that of the cell its table stands in, or that of its page."""
    row, column = draft.within.row, draft.within.column
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
    if row.reading is None or row.reading.kind not in ("plan", "comparison"):
        return "single"
    beside = row.reading.kind == "comparison" and row.reading.columns[column].meaning in (None, "note", "aside")
    return "new" if comparison and not beside else "single"


def _sections(drafts: Sequence[_Draft], editions: Sequence[Edition]) -> list[_Section]:
    """The section that each draft stands under: its row's, else the one that the last heading of its column names.

    A heading of prose that only repeats its section's name on a later page opens nothing.
    """
    named: dict[tuple[int, Edition, int], str] = {}
    counts: dict[tuple[int, Edition, int], FieldCount] = defaultdict(FieldCount)
    found: list[_Section] = []
    for draft, edition in zip(drafts, editions, strict=True):
        row = draft.within.row
        if row.section is not None:
            for key, count in counts.items():
                counts[key] = count.past()
            found.append(_Section(row.section))
            continue
        key = (row.part, edition, draft.within.column if row.reading is not None else -1)
        text, current, count = draft.styled.text, named.get(key), counts[key]
        if draft.mark:
            found.append(_Section(current))
            continue
        counts[key] = count.after(text)
        if row.reading is None and draft.level is not None and current == text:
            found.append(_Section(current, repeated=True))
        elif count.opens(text):
            named[key] = text
            found.append(_Section(text))
        else:
            lead = leading_section(text) if draft.level is not None and row.reading is None else None
            if lead is not None:
                named[key] = current = lead
            found.append(_Section(current))
    return found


def _paragraph(
    draft: _Draft,
    edition: Edition,
    section: str | None,
    page: PageEdition | None,
    confidences: Mapping[int, float],
) -> Paragraph:
    row, lines = draft.within.row, draft.draft.lines
    column = row.reading.columns[draft.within.column] if row.reading is not None else None
    titled = column if row.host is None else row.host
    if page is not None and (titled is None or titled.role != edition):
        title: str | None = page.title
    else:
        title = titled.title if titled is not None else None
    return Paragraph(
        text=draft.styled,
        edition=edition,
        pieces=draft.pieces,
        part=row.part,
        row=row.number,
        column=draft.within.column,
        column_title=title if edition != "single" else None,
        section=section,
        cell_id=lines[0].cell_id,
        indent=round(lines[0].indent, 2),
        hanging=round(lines[1].indent if len(lines) > 1 else lines[0].indent, 2),
        size=lines[0].line.size,
        bold=all(placed.line.bold for placed in lines),
        annotation=draft.mark,
        heading_level=draft.level,
        column_level=column.level if column is not None and not draft.mark else None,
        place=place_in_table(row, draft.within.column, draft.styled.text),
        confidence=min(_confidence(placed, confidences[placed.page]) for placed in lines),
    )


def _confidence(placed: PlacedLine, of_page: float) -> float:
    """The page's confidence, or that of the line's most doubtful digit; on a page that was not recognised as a whole,
    that of the line's own characters.
    """
    glyphs = placed.line.glyphs
    if of_page == 1.0:
        return sum([glyph.confidence for glyph in glyphs]) / max(1, len(glyphs))
    digits = [glyph.confidence for glyph in glyphs if glyph.text.isdecimal()]
    return min([of_page, *(confidence for confidence in digits if confidence <= _DOUBTFUL_DIGIT)])


def _with_neighbours(paragraphs: Sequence[tuple[_Draft, Paragraph]]) -> tuple[Paragraph, ...]:
    """The paragraphs; marks with the places of those beside them, among the others of their column's text."""
    columns: dict[int, list[tuple[int, Paragraph]]] = defaultdict(list)
    for index, (draft, paragraph) in enumerate(paragraphs):
        columns[draft.number].append((index, paragraph))
    others = {key: [pair for pair in text if not pair[1].annotation] for key, text in columns.items()}
    return tuple(
        replace(paragraph, beside=beside(paragraph, others[draft.number])) if paragraph.annotation else paragraph
        for draft, paragraph in paragraphs
    )


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
