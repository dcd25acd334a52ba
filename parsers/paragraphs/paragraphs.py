"""Printed lines to paragraphs: which line carries on the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.text.markers import read_marker
from normalizers.text.sections import opens_section
from parsers.layout.joined_lines import cut_line, gap_before
from parsers.model.layout import Line
from parsers.paragraphs.cards import completes_name, figure_is_named_above
from parsers.paragraphs.hanging_names import hangs_to_figure, stands_below_figure
from parsers.paragraphs.line_breaks import (
    begins_amid,
    closes_bracket,
    counts_by_itself,
    ends_led_to,
    ends_open,
    ends_sentence,
    leaves_room,
    number_goes_on,
    opens_paragraph,
    parts_word,
)
from parsers.paragraphs.marks_amid import ends_as_sentence, is_next_item, stands_amid
from parsers.paragraphs.placed_lines import UNKNOWN_STYLE, ColumnStyle, DraftParagraph, PlacedLine
from parsers.paragraphs.set_apart import (
    begins_by_indent,
    changes_size,
    changes_type,
    hangs,
    is_apart,
    is_elsewhere,
    is_flush,
)


@dataclass(frozen=True, slots=True)
class ParagraphSettings:
    """Lines to paragraphs. Em of the line unless said otherwise."""

    item_gap: float = 1.8
    """Between short items side by side in one line. Nearest: 1.23, nothing above."""
    vertical_room: float = 1.5
    """How much less deep than the next a column of vertical writing is that was ended on purpose. Chosen."""
    lines_ahead: int = 8
    """Lines that are looked ahead for a sentence's end. Chosen."""
    lines_behind: int = 6
    """Lines that are looked back for the bracket that a line closes. Chosen."""


SETTINGS = ParagraphSettings()


def split_paragraphs(lines: Sequence[PlacedLine], style: ColumnStyle = UNKNOWN_STYLE) -> list[DraftParagraph]:
    """The paragraphs of one column, lines in reading order, also over pages."""
    items = [item for line in lines for item in _items_side_by_side(line)]
    drafts: list[list[PlacedLine]] = []
    for index, line in enumerate(items):
        rest = items[index + 1 : index + 1 + SETTINGS.lines_ahead]
        ahead = [placed.line for draft in drafts[-2:] for placed in draft[-2:] if placed.page == line.page]
        if drafts and (line.line.runs_on or _goes_on(drafts[-1], line, rest, style, ahead)):
            drafts[-1].append(line)
        else:
            drafts.append([line])
    return [DraftParagraph(tuple(draft)) for draft in drafts]


def _goes_on(
    before: Sequence[PlacedLine],
    line: PlacedLine,
    rest: Sequence[PlacedLine],
    style: ColumnStyle,
    ahead: Sequence[Line],
) -> bool:
    """Whether ``line`` carries on the paragraph of ``before``, and is no figure of a name in the lines ``ahead``."""
    return not figure_is_named_above(ahead, line.line) and carries_on(before, line, rest, style)


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
    if (by_mark := _goes_on_by_mark(before, text, line, rest, ended)) is not None:
        return by_mark
    named = completes_name([placed.line for placed in before], line.line, rest[0].line if rest else None, ended)
    named = named or hangs_to_figure([placed.line for placed in before], line.line, [placed.line for placed in rest])
    if before[0].page == line.page and named:
        return True
    if closes_bracket(text, line.text) and not changes_size(last, line):
        return True
    if _is_set_off(last, text, line) or _opens(before, text, line):
        return False
    if ended:
        cut = _is_hiragana(line.text[:1]) and not ends_sentence(text)
        runs_on = ends_open(text) or (hangs(before, line) and (cut or parts_word(text, line.text)))
        return (runs_on and not is_apart(last, line)) or _runs_over_page(before, line, rest)
    if style.ends_with_sentences and ends_sentence(text) and is_flush([*before, line]):
        return False
    if _is_heading(before, style) and not _is_hiragana(line.text[:1]) and ends_as_sentence(line, rest):
        return False
    return not begins_by_indent(before, line, rest[0] if rest else None)


def _goes_on_by_mark(
    before: Sequence[PlacedLine], text: str, line: PlacedLine, rest: Sequence[PlacedLine], ended: bool
) -> bool | None:
    """Whether ``line`` carries on for all the mark at its head; None where it has none that tells."""
    marker = read_marker(line.text)
    if marker is None:
        return None
    if not marker.kind.splits:
        return False if is_next_item(marker, before, line) else None
    # What looks like ア） may be a word's end and the bracket around it: （数量ベー / ス）.
    rest_of_word = marker.text[:1].isalpha() and closes_bracket(text, marker.text)
    amid = rest_of_word or stands_amid(marker, before, text, line, rest)
    return not ended and not ends_sentence(text) and amid


def _runs_down(last: PlacedLine, line: PlacedLine) -> bool:
    """Whether a column of vertical writing carries on the one before it, which then reaches as far down as any."""
    marker = read_marker(line.text)
    if ends_sentence(last.text) or (marker is not None and marker.kind.splits):
        return False
    room = SETTINGS.vertical_room * line.line.size
    return last.page != line.page or last.line.box.bottom > line.line.box.bottom - room


def _is_set_off(last: PlacedLine, text: str, line: PlacedLine) -> bool:
    """Whether a paragraph is whole, by its words or by its type and place, before ``line``."""
    return is_elsewhere(last, line) or _is_label(text) or _is_section(text, line) or changes_type(last, line)


def _opens(before: Sequence[PlacedLine], text: str, line: PlacedLine) -> bool:
    if ends_sentence(text) and read_marker(line.text) is not None:
        # A number that may be amid a sentence (3 事業所) is a mark behind a sentence's end.
        return True
    if opens_paragraph(line.text) or counts_by_itself(text, line.text) or ends_led_to(text):
        return True
    return before[-1].page == line.page and stands_below_figure([placed.line for placed in before], line.line)


def _runs_over_page(before: Sequence[PlacedLine], line: PlacedLine, rest: Sequence[PlacedLine]) -> bool:
    """Whether a page break cut a sentence: what stands before it does not end, what follows ends as a sentence."""
    last = before[-1]
    text = "".join(placed.text for placed in before)
    if last.page == line.page or len(before) < 2 or ends_sentence(text) or "、" not in text:
        return False
    return ends_as_sentence(line, rest)


def _is_heading(before: Sequence[PlacedLine], style: ColumnStyle) -> bool:
    """Whether a single line is one of the column's headings, though it fills the column: a name, not a sentence."""
    marker, text = read_marker(before[0].text), before[0].text
    if len(before) > 1 or marker is None or marker.kind.name not in style.heading_marks:
        return False
    return not _is_hiragana(text[-1:]) and not ends_sentence(text) and not any(mark in text for mark in "、を")


def _is_hiragana(character: str) -> bool:
    return "ぁ" <= character <= "ん"


def _is_label(text: str) -> bool:
    """Whether a paragraph is as a whole a label in brackets: 【重要度：高】."""
    marker = read_marker(text)
    return marker is not None and marker.kind.label and not text[marker.end :].strip()


def _is_section(text: str, line: PlacedLine) -> bool:
    """Whether a text is the whole name of a field, however far its line reaches, and the next line no rest of it."""
    return opens_section(text) is not None and opens_section(text + line.text) is None


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
