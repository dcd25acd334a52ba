"""A whole plan as its pages show it: identity, cells, paragraphs, page furniture. The parsers' only output.

Ids in here are local to the document (``c003-0-02-1``); whoever writes tables puts the document's id before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from parsers.model.finding import Finding
from parsers.model.geometry import Box
from parsers.model.page import TextLayer
from parsers.model.styled_text import Span, StyledText

DocumentKind = Literal["plan", "comparison", "other"]
IdentitySource = Literal["title", "header", "text", "furniture", "metadata", "file_name"]
CellRole = Literal["header", "section", "new", "old", "content", "reference"]
Edition = Literal["new", "old", "single", "reference"]
FurnitureReason = Literal[
    "title",
    "page_number",
    "running",
    "stamp",
    "watermark",
    "repeated_header",
    "contents",
    "ruby",
    "line_number",
    "ornament",
]
ColumnRole = Literal[
    "indicator",
    "target",
    "actual",
    "quantity",
    "group",
    "number",
    "note",
    "aside",
    "schedule",
    "unit",
    "comparator",
    "measure",
    "other",
]
ColumnDoubt = Literal["role_guessed", "name_guessed", "inherited", "unit_open"]
PopulationWord = Literal["insured", "dependents", "all"]
BoundWord = Literal["ge", "le", "gt", "lt"]


Direction = Literal["right", "down", "left", "up"]


class TextPiece(NamedTuple):
    """Where the characters ``start:end`` of a text stand: one printed line's part on one page (from 1).

    ``extents`` has two numbers a character: where it begins and where it ends, in points from the side of ``box`` on
    which the line begins, along ``direction``. Without them only the line as a whole has a place.
    """

    start: int
    end: int
    page: int
    box: Box
    extents: tuple[float, ...] = ()
    direction: Direction = "right"

    def stretch(self, start: int, end: int) -> Box:
        """The box around those of the text's characters ``start:end`` that stand in this piece."""
        first, last = max(0, start - self.start), min(end, self.end) - self.start
        along = self.extents[2 * first : 2 * last]
        if not along:
            return self.box
        low, high = min(along), max(along)
        x0, top, x1, bottom = self.box
        if self.direction == "right":
            return Box(x0 + low, top, x0 + high, bottom)
        if self.direction == "left":
            return Box(x1 - high, top, x1 - low, bottom)
        if self.direction == "down":
            return Box(x0, top + low, x1, top + high)
        return Box(x0, bottom - high, x1, bottom - low)

    def cut(self, start: int, end: int) -> TextPiece:
        """The piece with only the characters ``start:end`` of the text."""
        first, last = max(0, start - self.start), min(end, self.end) - self.start
        return self._replace(
            start=self.start + first, end=self.start + last, extents=self.extents[2 * first : 2 * last]
        )


@dataclass(frozen=True, slots=True)
class DocumentIdentity:
    """Who speaks, for which year: read from the title, from the file's name only where the title is silent.

    ``fiscal_year`` is the western year in which the Japanese fiscal year begins (令和3年度 → 2021).
    ``branch_code`` is the prefecture's of JIS X 0401, ``00`` for headquarters, None where nothing names a branch.
    ``dated`` is when the PDF says it was last changed (else made), ``YYYY-MM-DDTHH:MM:SS`` in UTC.
    ``branch_source`` and ``fiscal_year_source`` tell where branch and year were read, None where they are not known.
    """

    branch_code: str | None
    branch_name: str | None
    fiscal_year: int | None
    title: str
    kind: DocumentKind
    is_draft: bool
    producer: str
    dated: str | None = None
    branch_source: IdentitySource | None = None
    fiscal_year_source: IdentitySource | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of the ``cells`` table, with a local id; ``pieces`` place the characters of header and section cells."""

    cell_id: str
    page: int
    table_index: int
    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    role: CellRole
    text: StyledText
    continues_cell_id: str | None = None
    pieces: tuple[TextPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a paragraph stands in a table whose header gives its columns a meaning of their own (KPI, 目標, 実績 …).

    ``table`` numbers the document's tables (a table that runs over pages is one), ``row`` its body rows from 0,
    ``column`` its columns from 0. ``header`` is the column's header text, verbatim, upper rows first, joined by a
    space. ``column_role`` is what the header says the column holds. A group name that spans rows comes as its own
    column with role ``group``. ``block`` numbers the blocks that stand side by side in one row.

    The other fields are what header and caption say of the column's figures: the years from the document's own
    (``year_offset``: 前年度 is -1), a year of an era not named (``year_number``: 28年度) or the last of the plan's
    period (``last_year``); the group they are of, the unit printed apart from them and the ``scale`` by which it
    multiplies; the bound they are; the part of the year (``period``) or the ``whole_year`` beside its parts; which of
    several aims for one thing they are (``grade``: 最低, チャレンジ, verbatim); what they count (``quantity``),
    ``planned`` where only plans speak of such; whether the column shows a plan before or after its revision within
    the year (``revises``). ``doubts`` say what of all this was inherited or guessed.
    """

    table: int
    row: int
    column: int
    header: str
    column_role: ColumnRole
    fiscal_year: int | None
    year_offset: int | None = None
    year_number: int | None = None
    last_year: bool = False
    block: int = 0
    population: PopulationWord | None = None
    unit: str | None = None
    scale: float = 1.0
    comparator: BoundWord | None = None
    period: str | None = None
    whole_year: bool = False
    grade: str | None = None
    quantity: str | None = None
    planned: bool = False
    revises: bool = False
    doubts: tuple[ColumnDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, whole: wrapped lines joined, also over pages.

    ``column_title`` is the header of its column (verbatim, None for a plan of one edition), ``section`` the 分野 it
    stands under (verbatim). ``part`` numbers the document's parts (a 参考 part is a part of its own) and ``row`` the
    logical table rows of the whole document, so that old and new text of one row can be paired.
    ``indent`` is how far its first line begins, and ``hanging`` how far its later lines begin, right of the column's
    left text edge (points); ``size`` is the font size; ``pieces`` place every character on a page.
    ``annotation`` marks an editor's mark (移動①) floating beside the text; ``beside`` are then the indices, in the
    document's paragraphs, of what it stands beside. ``heading_level`` is set where the page itself sets a heading
    apart in size, weight or fill (1 is the largest), in prose and slides; ``column_level`` where a table sets the
    headings of a plan in columns of their own (0 is the outermost).
    """

    text: StyledText
    edition: Edition
    pieces: tuple[TextPiece, ...]
    part: int = 0
    row: int = 0
    column: int = 0
    column_title: str | None = None
    section: str | None = None
    cell_id: str | None = None
    indent: float = 0.0
    hanging: float = 0.0
    size: float = 0.0
    bold: bool = False
    annotation: bool = False
    beside: tuple[int, ...] = ()
    heading_level: int | None = None
    column_level: int | None = None
    place: TablePlace | None = None
    confidence: float = 1.0

    @property
    def page(self) -> int:
        return self.pieces[0].page

    @property
    def box(self) -> Box:
        """The box of its first page."""
        boxes = [piece.box for piece in self.pieces if piece.page == self.page]
        return Box(
            min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """Text that a plan of one edition strikes: ``text`` as printed, ``inserted`` what of it was written in its stead.

    ``paragraph`` is the index in the document's paragraphs of the text without what is struck, None where none is left.
    """

    paragraph: int | None
    text: StyledText
    inserted: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that belongs to the page and not to the plan: running titles, page numbers, 機密性2, ruby …"""

    page: int
    box: Box
    text: str
    reason: FurnitureReason


@dataclass(frozen=True, slots=True)
class PageSummary:
    """One page's account: its size, how its text was had, and its characters (white space not counted).

    ``lost_characters`` are visible ones that no cell, paragraph or furniture holds, ``repeated_characters`` those held
    more than once.
    """

    number: int
    width: float
    height: float
    text_layer: TextLayer
    characters: int
    hidden_characters: int
    doubled_characters: int
    doubts: tuple[str, ...] = ()
    lost_characters: int = 0
    repeated_characters: int = 0


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Everything the parsers found in one PDF, in reading order: part by part, row by row, column by column."""

    identity: DocumentIdentity
    pages: tuple[PageSummary, ...]
    cells: tuple[Cell, ...]
    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[Furniture, ...]
    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...] = ()
