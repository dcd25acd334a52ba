"""Printed lines to paragraphs: which line carries on the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.document import TextPiece
from parsers.joined_lines import cut_line, gap_before, join_lines
from parsers.layout import Line
from parsers.line_breaks import (
    begins_amid,
    closes_bracket,
    ends_open,
    ends_sentence,
    leaves_room,
    mentions_mark,
    opens_paragraph,
)
from parsers.markers import Marker, read_marker
from parsers.styled_text import StyledText

SAME_INDENT = 0.6
NEW_BLOCK_GAP = 1.7
SIZE_STEP = 1.12
ITEM_GAP = 1.8
LINES_AHEAD = 8
FEWEST_BREAKS = 3
_SENTENCE_AMID = re.compile(r"。(?![」』）)])(?=.)")
_MENTIONABLE = frozenset({"circled", "bracketed_number", "note", "number_bracket", "small_roman", "letter"})
_LABELS = frozenset({"lenticular", "angle"})


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
        text, places = join_lines(placed.line.text for placed in self.lines)
        pieces = tuple(
            TextPiece(start, end, placed.page, placed.line.box)
            for (start, end), placed in zip(places, self.lines, strict=True)
        )
        return text, pieces


def split_paragraphs(lines: Sequence[PlacedLine], *, block_style: bool = False) -> list[DraftParagraph]:
    """The paragraphs of one column, lines in reading order, also over pages; ``block_style``: see is_block_style."""
    items = [item for line in lines for item in _items_side_by_side(line)]
    drafts: list[list[PlacedLine]] = []
    for index, line in enumerate(items):
        rest = items[index + 1 : index + 1 + LINES_AHEAD]
        if drafts and carries_on(drafts[-1], line, rest, block_style=block_style):
            drafts[-1].append(line)
        else:
            drafts.append([line])
    return [DraftParagraph(tuple(draft)) for draft in drafts]


def is_block_style(columns: Iterable[Sequence[PlacedLine]]) -> bool:
    """Whether paragraphs of plain text are mostly single sentences, set without a first line's indent.

    There a full line that ends a sentence ends a paragraph more likely than not. Counted over one column of a document
    (``columns``: its lines row by row): sentences that visibly end a paragraph against sentences that end amid a line.
    """
    breaks = amid = 0
    for lines in columns:
        for one, other in pairwise(lines):
            amid += len(_SENTENCE_AMID.findall(one.text))
            plain = ends_sentence(one.text) and read_marker(other.text) is None
            same = abs(one.indent - other.indent) <= SAME_INDENT * other.line.size
            breaks += plain and same and leaves_room(one.line, one.right, other.line)
    return breaks >= max(amid, FEWEST_BREAKS)


def carries_on(
    before: Sequence[PlacedLine], line: PlacedLine, rest: Sequence[PlacedLine] = (), *, block_style: bool = False
) -> bool:
    """Whether ``line`` carries on the paragraph of ``before``, its lines so far.

    ``rest`` are some lines after it: where the next stands further left, ``line`` has a first line's indent.
    """
    last = before[-1]
    if line.line.vertical or last.line.vertical:
        return line.line.vertical and last.line.vertical
    if begins_amid(line.text):
        return True
    text = "".join(placed.text for placed in before[-6:])
    ended = leaves_room(last.line, last.right, line.line)
    marker = read_marker(line.text)
    if marker is not None and marker.kind.splits:
        return not ended and not ends_sentence(text) and _is_mention(marker, line)
    if _is_label(text) or _changes_type(last, line) or opens_paragraph(line.text):
        return False
    if closes_bracket(text, line.text):
        return True
    if ended:
        return (ends_open(text) and not _is_apart(last, line)) or _runs_over_page(before, line, rest)
    if block_style and ends_sentence(text) and _is_flush([*before, line]):
        return False
    return not _begins_by_indent(before, line, rest[0] if rest else None)


def _runs_over_page(before: Sequence[PlacedLine], line: PlacedLine, rest: Sequence[PlacedLine]) -> bool:
    """Whether a page break cut a sentence: what stands before it does not end, what follows ends as a sentence."""
    last = before[-1]
    text = "".join(placed.text for placed in before)
    if last.page == line.page or len(before) < 2 or ends_sentence(text) or "、" not in text:
        return False
    for ahead, following in zip((line, *rest), (*rest, None), strict=True):
        if ends_sentence(ahead.text):
            return True
        if following is None or read_marker(following.text) or leaves_room(ahead.line, ahead.right, following.line):
            return False
    return False


def _is_flush(lines: Sequence[PlacedLine]) -> bool:
    """Whether lines without a mark all begin at one indent."""
    indents = [placed.indent for placed in lines]
    return max(indents) - min(indents) <= SAME_INDENT * lines[-1].line.size and read_marker(lines[0].text) is None


def _is_mention(marker: Marker, line: PlacedLine) -> bool:
    return marker.kind.name in _MENTIONABLE and mentions_mark(line.text, marker.end)


def _is_label(text: str) -> bool:
    """Whether a paragraph is as a whole a label in brackets: 【重要度：高】."""
    marker = read_marker(text)
    return marker is not None and marker.kind.name in _LABELS and not text[marker.end :].strip()


def _changes_type(last: PlacedLine, line: PlacedLine) -> bool:
    """Whether two lines are set in clearly different sizes, or a bold one meets a plain one on a short line."""
    sizes = sorted((last.line.size, line.line.size))
    if sizes[1] > SIZE_STEP * sizes[0]:
        return True
    return last.line.bold != line.line.bold and not ends_open(last.text)


def _is_apart(last: PlacedLine, line: PlacedLine) -> bool:
    gap = line.line.box.top - last.line.box.bottom
    return last.page == line.page and gap > NEW_BLOCK_GAP * line.line.size


def _begins_by_indent(before: Sequence[PlacedLine], line: PlacedLine, following: PlacedLine | None) -> bool:
    """Whether a line after a full one begins a paragraph by where it stands."""
    last = before[-1]
    step = SAME_INDENT * line.line.size
    if _is_apart(last, line):
        return True
    if len(before) > 1:
        # Later lines share one indent: a paragraph with a first line's indent of its own would stand apart.
        return abs(line.indent - before[1].indent) > step
    shift = line.indent - last.indent
    if abs(shift) <= step and ends_sentence(last.text) and following is not None:
        marker = read_marker(following.text)
        return marker is None and following.indent < line.indent - step
    return shift > step and ends_sentence(last.text) and read_marker(last.text) is None


def _items_side_by_side(placed: PlacedLine) -> list[PlacedLine]:
    """A line cut before each item that stands in it after a wide gap: short items set in columns."""
    line = placed.line
    text = line.text.text
    if line.vertical or ("  " not in text and " " not in text and "\u3000" not in text):
        return [placed]
    cuts = [0]
    for index in range(1, len(text)):
        if not text[index - 1].isspace() or text[index].isspace():
            continue
        if gap_before(line.glyphs, index) < ITEM_GAP * line.size:
            continue
        marker = read_marker(text[index:])
        if marker is not None and marker.kind.splits and read_marker(text[:index].rstrip()) is not None:
            cuts.append(index)
    if len(cuts) == 1:
        return [placed]
    parts = [cut_line(line, start, end) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [PlacedLine(part, placed.page, placed.left, placed.right, placed.cell_id) for part in parts if part]
