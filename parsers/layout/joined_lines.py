"""Printed lines put together to one text, as if the page were wide enough."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.model.document import TextPiece
from parsers.model.geometry import Box
from parsers.model.layout import Line
from parsers.model.page import Glyph
from parsers.model.styled_text import ColorSpan, Span, StyledText, join_styled

# A word of Latin letters and another or a number behind it.
_WORDS = re.compile(r"[A-Za-z]{2,}[,;:.)]? +[A-Za-z0-9(]")
# What a line's end cuts in two: a number, a compound.
_CUT_IN_TWO = re.compile(r"[0-9][.,]?\n[0-9.,%]|[-/(]\n")


def seam(before: str, after: str) -> str:
    """What stands between two wrapped lines: a space between words of Latin letters, nothing in Japanese.

    Lines without any Japanese, one of them of several words, are parted at figures and marks too, but for a number or
    a compound cut in two.
    """
    if not (before[-1:].isascii() and after[:1].isascii()):
        return ""
    if before[-1:].isalpha() and after[:1].isalpha():
        return " "
    if not (before.isascii() and after.isascii()) or not (_WORDS.search(before) or _WORDS.search(after)):
        return ""
    return "" if _CUT_IN_TWO.search(f"{before[-2:]}\n{after[:1]}") else " "


def joined_text(texts: Sequence[str]) -> str:
    """The lines as one text, without their marks."""
    return "".join([*texts[:1], *(seam(before, after) + after for before, after in pairwise(texts))])


def join_lines(texts: Iterable[StyledText]) -> tuple[StyledText, tuple[Span, ...]]:
    """The lines as one text, and where in it each line stands. A mark on both sides of a seam covers the seam."""
    parts: list[StyledText] = []
    places: list[Span] = []
    offset = 0
    for text in texts:
        if parts and (blank := seam(parts[-1].text, text.text)):
            parts.append(_seam_marks(blank, parts[-1], text))
            offset += len(blank)
        places.append(Span(offset, offset + len(text.text)))
        parts.append(text)
        offset += len(text.text)
    return parts[0] if len(parts) == 1 else join_styled(parts), tuple(places)


def join_pieces(lines: Sequence[tuple[Line, int]]) -> tuple[StyledText, tuple[TextPiece, ...]]:
    """Lines, each with its page (from 1), as one text, and where on their pages its characters stand."""
    text, places = join_lines(line.text for line, _ in lines)
    return text, tuple(
        line_piece(line, page, start, end) for (start, end), (line, page) in zip(places, lines, strict=True)
    )


def line_piece(line: Line, page: int, start: int, end: int) -> TextPiece:
    """The place of a line whose first characters are ``start:end`` of a text."""
    glyphs = line.glyphs[: end - start]
    x0, top, _, _ = line.box
    if line.vertical:
        extents = tuple([edge for glyph in glyphs for edge in (glyph.top - top, glyph.bottom - top)])
        return TextPiece(start, end, page, line.box, extents, "down")
    extents = tuple([edge for glyph in glyphs for edge in (glyph.x0 - x0, glyph.x1 - x0)])
    return TextPiece(start, end, page, line.box, extents)


def _seam_marks(blank: str, before: StyledText, after: StyledText) -> StyledText:
    end = len(before.text)

    def meets(one: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
        both = any(span.end == end for span in one) and any(span.start == 0 for span in other)
        return (Span(0, len(blank)),) if both else ()

    colors = {span.color for span in before.colored if span.end == end} & {
        s.color for s in after.colored if s.start == 0
    }
    return StyledText(
        blank,
        meets(before.underlines, after.underlines),
        meets(before.strikethroughs, after.strikethroughs),
        tuple(ColorSpan(0, len(blank), color) for color in sorted(colors)),
    )


def cut_line(line: Line, start: int, end: int) -> Line | None:
    """The stretch ``start:end`` as a line of its own, without blanks at its ends; None where nothing is left."""
    while start < end and line.text.text[start].isspace():
        start += 1
    while end > start and line.text.text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    if start == 0 and end == len(line.text.text):
        return line
    glyphs = line.glyphs[start:end]
    size = Counter([round(glyph.size, 2) for glyph in glyphs]).most_common(1)[0][0]
    bold = 2 * sum([glyph.bold for glyph in glyphs]) > len(glyphs)
    return Line(line.text.slice(start, end), line.stretch_box(start, end), glyphs, size, bold, line.vertical)


def inked(text: str) -> int:
    """How many characters are not white space."""
    return sum(map(len, text.split()))


def gap_before(glyphs: Sequence[Glyph], index: int) -> float:
    """How far apart (points) the visible characters before and from ``index`` on stand; blanks count as gap."""
    before = next((glyph for glyph in reversed(glyphs[:index]) if not glyph.text.isspace()), None)
    after = next((glyph for glyph in glyphs[index:] if not glyph.text.isspace()), None)
    return 0.0 if before is None or after is None else after.x0 - before.x1


def far_apart(line: Line, gap: float) -> list[Line]:
    """The parts of a line that stand more than ``gap`` em apart, blanks counted as gap."""
    text = line.text.text
    if len(text.split(maxsplit=1)) < 2:  # blanks at its ends alone part nothing
        part = cut_line(line, 0, len(text))
        return [part] if part is not None else []
    starts = [
        index
        for index in range(1, len(text))
        if text[index - 1].isspace() and not text[index].isspace() and gap_before(line.glyphs, index) > gap * line.size
    ]
    ends = [*starts, len(text)]
    return [part for start, end in zip([0, *starts], ends, strict=True) if (part := cut_line(line, start, end))]


def run_on(parts: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of parts that stand beside one another as those of one text, a gap before each further part's."""
    lines: list[Line] = []
    for first, *wrapped in parts:
        lines += [_behind_gap(first) if lines else first, *(replace(line, runs_on=True) for line in wrapped)]
    return lines


def side_by_side(lines: Sequence[Line]) -> Line:
    """Pieces of one line of print, from left to right, as one line with a gap between each two."""
    first = lines[0]
    spaced = [first, *map(_behind_gap, lines[1:])]
    text = join_styled([line.text for line in spaced])
    return replace(first, text=text, box=line_box(lines), glyphs=tuple([g for line in spaced for g in line.glyphs]))


def _behind_gap(line: Line) -> Line:
    """A line that runs on, a gap before it."""
    gap = line.glyphs[0]._replace(text=" ", x1=line.glyphs[0].x0, inserted=True)
    return replace(line, text=join_styled([StyledText(" "), line.text]), glyphs=(gap, *line.glyphs), runs_on=True)


def line_box(lines: Sequence[Line]) -> Box:
    """The box around some lines; raises ValueError when there is none."""
    return Box(
        min(line.box.x0 for line in lines),
        min(line.box.top for line in lines),
        max(line.box.x1 for line in lines),
        max(line.box.bottom for line in lines),
    )
