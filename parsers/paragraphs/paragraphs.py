"""Printed lines to paragraphs: which line carries on the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.text.markers import Marker, read_marker
from normalizers.text.sections import opens_section
from parsers.layout.joined_lines import cut_line, gap_before, join_pieces
from parsers.model.document import TextPiece
from parsers.model.layout import Line
from parsers.model.styled_text import StyledText
from parsers.paragraphs.cards import completes_name, figure_is_named_above
from parsers.paragraphs.hanging_names import hangs_to_figure
from parsers.paragraphs.line_breaks import (
    begins_amid,
    closes_bracket,
    counts_by_itself,
    ends_open,
    ends_sentence,
    leaves_room,
    mentions_mark,
    number_goes_on,
    opens_list_in_bracket,
    opens_paragraph,
    parts_word,
)


@dataclass(frozen=True, slots=True)
class ParagraphSettings:
    """Lines to paragraphs. Em of the line unless said otherwise."""

    same_indent: float = 0.6
    """Indents of one paragraph differ by no more. Nearest: 0.6 and 0.602."""
    small_shift: float = 0.1
    """A smaller shift of the left edge is none. Nearest: 0, nothing above."""
    full: float = 0.6
    """A full line leaves no more free at its end: less than a character. Nearest: 0.599 and 0.672."""
    little_room: float = 2.5
    """What a wrapped line leaves free at most where the edge was taken too far out. Chosen."""
    new_block_gap: float = 1.7
    """Between two paragraphs that are set apart, from baseline to baseline less a line. Nearest: 1.04, nothing above.
    """
    item_gap: float = 1.8
    """Between short items side by side in one line. Nearest: 1.23, nothing above."""
    size_step: float = 1.12
    """Times the smaller size: lines of two sizes are two paragraphs. Nearest: 1.12 and 1.18."""
    aligned_edges: float = 0.3
    """Points: edges of lines that were set to one edge."""
    vertical_room: float = 1.5
    """How much less deep than the next a column of vertical writing is that was ended on purpose. Chosen."""
    lines_ahead: int = 8
    """Lines that are looked ahead for a sentence's end. Chosen."""
    lines_behind: int = 6
    """Lines that are looked back for the bracket that a line closes. Chosen."""


SETTINGS = ParagraphSettings()


_GOES_ON = frozenset("、，,；;")


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


def split_paragraphs(lines: Sequence[PlacedLine], style: ColumnStyle = UNKNOWN_STYLE) -> list[DraftParagraph]:
    """The paragraphs of one column, lines in reading order, also over pages."""
    items = [item for line in lines for item in _items_side_by_side(line)]
    drafts: list[list[PlacedLine]] = []
    for index, line in enumerate(items):
        rest = items[index + 1 : index + 1 + SETTINGS.lines_ahead]
        ahead = [placed.line for draft in drafts[-2:] for placed in draft[-2:] if placed.page == line.page]
        if drafts and not figure_is_named_above(ahead, line.line) and carries_on(drafts[-1], line, rest, style):
            drafts[-1].append(line)
        else:
            drafts.append([line])
    return [DraftParagraph(tuple(draft)) for draft in drafts]


def carries_on(
    before: Sequence[PlacedLine],
    line: PlacedLine,
    rest: Sequence[PlacedLine] = (),
    style: ColumnStyle = UNKNOWN_STYLE,
) -> bool:
    """Whether ``line`` carries on the paragraph of ``before``, its lines so far.

    ``rest`` are some lines after it: where the next stands further left, ``line`` has a first line's indent.
    """
    last = before[-1]
    if line.page == last.page and None not in (line.cell_id, last.cell_id) and line.cell_id != last.cell_id:
        return False
    if line.line.vertical or last.line.vertical:
        return line.line.vertical and last.line.vertical and _runs_down(last, line)
    if begins_amid(line.text):
        return True
    if (one := number_goes_on(last.text, line.text)) is not None:
        return one
    text = "".join(placed.text for placed in before[-SETTINGS.lines_behind :])
    ended = leaves_room(last.line, last.right, line.line)
    marker = read_marker(line.text)
    if marker is not None and marker.kind.splits:
        amid = _is_mention(marker, line) or _is_middle_dot(marker, before, line, rest) or _counts_on(marker, before)
        amid = amid or opens_list_in_bracket(text)
        return not ended and not ends_sentence(text) and amid
    named = completes_name([placed.line for placed in before], line.line, rest[0].line if rest else None, ended)
    named = named or hangs_to_figure([placed.line for placed in before], line.line, [placed.line for placed in rest])
    if before[0].page == line.page and named:
        return True
    if _is_label(text) or _is_section(text, line) or _changes_type(last, line) or _opens(text, line):
        return False
    if closes_bracket(text, line.text):
        return True
    if ended:
        cut = _is_hiragana(line.text[:1]) and not ends_sentence(text)
        runs_on = ends_open(text) or (_hangs(before, line) and (cut or parts_word(text, line.text)))
        return (runs_on and not _is_apart(last, line)) or _runs_over_page(before, line, rest)
    if style.ends_with_sentences and ends_sentence(text) and _is_flush([*before, line]):
        return False
    if _is_heading(before, style) and not _is_hiragana(line.text[:1]) and _ends_as_sentence(line, rest):
        return False
    return not _begins_by_indent(before, line, rest[0] if rest else None)


def _runs_down(last: PlacedLine, line: PlacedLine) -> bool:
    """Whether a column of vertical writing carries on the one before it, which then reaches as far down as any."""
    marker = read_marker(line.text)
    if ends_sentence(last.text) or (marker is not None and marker.kind.splits):
        return False
    room = SETTINGS.vertical_room * line.line.size
    return last.page != line.page or last.line.box.bottom > line.line.box.bottom - room


def _opens(text: str, line: PlacedLine) -> bool:
    return opens_paragraph(line.text) or counts_by_itself(text, line.text)


def _hangs(before: Sequence[PlacedLine], line: PlacedLine) -> bool:
    """Whether a line hangs under the paragraph's first one, and the one before it stops short of the edge by little."""
    last, size = before[-1], line.line.size
    hung = before[1].indent if len(before) > 1 else line.indent
    deeper = hung - before[0].indent > SETTINGS.same_indent * size
    together = abs(line.indent - hung) <= SETTINGS.same_indent * size
    return deeper and together and last.right - last.line.box.x1 <= SETTINGS.little_room * size


def _runs_over_page(before: Sequence[PlacedLine], line: PlacedLine, rest: Sequence[PlacedLine]) -> bool:
    """Whether a page break cut a sentence: what stands before it does not end, what follows ends as a sentence."""
    last = before[-1]
    text = "".join(placed.text for placed in before)
    if last.page == line.page or len(before) < 2 or ends_sentence(text) or "、" not in text:
        return False
    return _ends_as_sentence(line, rest)


def _ends_as_sentence(line: PlacedLine, rest: Sequence[PlacedLine]) -> bool:
    """Whether the text from ``line`` on ends a sentence before another item begins or a line visibly ends."""
    for ahead, following in zip((line, *rest), (*rest, None), strict=True):
        if ends_sentence(ahead.text):
            return True
        if following is None or read_marker(following.text) or leaves_room(ahead.line, ahead.right, following.line):
            return False
    return False


def _is_flush(lines: Sequence[PlacedLine]) -> bool:
    """Whether lines without a mark all begin at one indent."""
    indents = [placed.indent for placed in lines]
    return (
        max(indents) - min(indents) <= SETTINGS.same_indent * lines[-1].line.size and read_marker(lines[0].text) is None
    )


def _is_mention(marker: Marker, line: PlacedLine) -> bool:
    return marker.kind.mentionable and mentions_mark(line.text, marker.end)


def _counts_on(marker: Marker, before: Sequence[PlacedLine]) -> bool:
    """Whether a number at a line's head carries on an enumeration within a sentence: ①…とする、②…、/③….

    The number before it stands amid a line of the paragraph, and the sentence runs on.
    """
    if marker.number is None or before[-1].text.rstrip()[-1:] not in _GOES_ON:
        return False
    first = _marker(before[0])
    if marker.text[-1:] in _GOES_ON and (first is None or first.kind.name != marker.kind.name):
        # 65、70、/ 75、…: the comma that may part a mark from its item goes on counting here.
        return True
    amid = [
        read_marker(placed.text[index + 1 :])
        for placed in before
        for index, character in enumerate(placed.text[:-1])
        if index and (character in _GOES_ON or character.isspace())
    ]
    return any(
        other is not None and other.kind.name == marker.kind.name and other.number == marker.number - 1
        for other in amid
    )


def _is_middle_dot(marker: Marker, before: Sequence[PlacedLine], line: PlacedLine, rest: Sequence[PlacedLine]) -> bool:
    """Whether a ・ at a line's head joins two words of a sentence that runs on: no list of such items is at hand."""
    if marker.kind.name != "dot" or line.text[marker.end : marker.end + 1].isspace():
        return False
    last = before[-1]
    full = last.right - last.line.box.x1 <= SETTINGS.full * last.line.size
    first = read_marker(before[0].text)
    listed = first is not None and first.kind.name == "dot"
    listed = listed or any(other is not None and other.kind.name == "dot" for other in map(_marker, rest))
    sentence = any("、" in placed.text for placed in before) and _ends_as_sentence(line, rest)
    return full and sentence and not listed


def _marker(placed: PlacedLine) -> Marker | None:
    return read_marker(placed.text)


def _is_heading(before: Sequence[PlacedLine], style: ColumnStyle) -> bool:
    """Whether a single line is one of the column's headings, though it fills the column: a name, not a sentence."""
    marker, text = _marker(before[0]), before[0].text
    if len(before) > 1 or marker is None or marker.kind.name not in style.heading_marks:
        return False
    return not _is_hiragana(text[-1:]) and not ends_sentence(text) and not any(mark in text for mark in "、を")


def _is_hiragana(character: str) -> bool:
    return "ぁ" <= character <= "ん"


def _is_label(text: str) -> bool:
    """Whether a paragraph is as a whole a label in brackets: 【重要度：高】."""
    marker = read_marker(text)
    return marker is not None and marker.kind.label and not text[marker.end :].strip()


def _changes_type(last: PlacedLine, line: PlacedLine) -> bool:
    """Whether two lines are set in clearly different sizes, or a bold one meets a plain one on a short line."""
    sizes = sorted((last.line.size, line.line.size))
    if sizes[1] > SETTINGS.size_step * sizes[0]:
        return True
    return last.line.bold != line.line.bold and not ends_open(last.text)


def _is_section(text: str, line: PlacedLine) -> bool:
    """Whether a text is the whole name of a field, however far its line reaches, and the next line no rest of it."""
    return opens_section(text) is not None and opens_section(text + line.text) is None


def _is_apart(last: PlacedLine, line: PlacedLine) -> bool:
    gap = line.line.box.top - last.line.box.bottom
    return last.page == line.page and gap > SETTINGS.new_block_gap * line.line.size


def _begins_by_indent(before: Sequence[PlacedLine], line: PlacedLine, following: PlacedLine | None) -> bool:
    """Whether a line after a full one begins a paragraph by where it stands."""
    last = before[-1]
    step = SETTINGS.same_indent * line.line.size
    if _is_apart(last, line):
        return True
    if len(before) > 1:
        # Later lines share one indent: a paragraph with a first line's indent of its own would stand apart.
        shift = abs(line.indent - before[1].indent)
        return shift > step or (shift > SETTINGS.small_shift * line.line.size and _is_set_anew(before, line, following))
    shift = line.indent - last.indent
    if abs(shift) <= step and ends_sentence(last.text) and following is not None:
        marker = read_marker(following.text)
        return marker is None and following.indent < line.indent - step
    return shift > step and ends_sentence(last.text) and read_marker(last.text) is None


def _is_set_anew(before: Sequence[PlacedLine], line: PlacedLine, following: PlacedLine | None) -> bool:
    """Whether two lines after a sentence's end share an edge that the lines before them, at another, share too."""
    if following is None or not ends_sentence(before[-1].text) or read_marker(following.text) is not None:
        return False
    edges = [placed.line.box.x0 for placed in before[-2:]]
    together = (
        max(edges) - min(edges) <= SETTINGS.aligned_edges
        and abs(following.line.box.x0 - line.line.box.x0) <= SETTINGS.aligned_edges
    )
    return together and len({placed.page for placed in (*before[-2:], line, following)}) == 1


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
        if gap_before(line.glyphs, index) < SETTINGS.item_gap * line.size:
            continue
        marker = read_marker(text[index:])
        if marker is not None and marker.kind.splits and read_marker(text[:index].rstrip()) is not None:
            cuts.append(index)
    if len(cuts) == 1:
        return [placed]
    parts = [cut_line(line, start, end) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [PlacedLine(part, placed.page, placed.left, placed.right, placed.cell_id) for part in parts if part]
