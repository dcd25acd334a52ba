"""Lines in their columns, the paragraphs that they make, and how a column sets its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.layout.joined_lines import join_pieces
from parsers.model.document import TextPiece
from parsers.model.layout import Line
from parsers.model.styled_text import StyledText


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line in its column: ``left`` and ``right`` are the column's text edges on its page (points).

    ``cell_id`` is the cell it stands in, None outside tables.
    """

    line: Line
    page: int
    left: float
    right: float
    cell_id: str | None = None

    @property
    def indent(self) -> float:
        return self.line.box.x0 - self.left

    @property
    def text(self) -> str:
        return self.line.text.text


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """Lines that make one paragraph."""

    lines: tuple[PlacedLine, ...]

    def text(self) -> tuple[StyledText, tuple[TextPiece, ...]]:
        """The joined text and where its stretches stand."""
        return join_pieces([(placed.line, placed.page) for placed in self.lines])


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How a column of text is set, as counted over the whole document.

    ``ends_with_sentences``: paragraphs of plain text are mostly single sentences without a first line's indent, so that
    a full line that ends a sentence ends a paragraph more likely than not. ``heading_marks`` are the kinds of marks
    that stand before headings, not before sentences.
    """

    ends_with_sentences: bool = False
    heading_marks: frozenset[str] = frozenset()


UNKNOWN_STYLE = ColumnStyle()
