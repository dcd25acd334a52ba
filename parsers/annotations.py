"""Editor's marks that float beside the text (移動①, ③から移動, braces): told apart from the lines they stand beside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.characters import normalize
from normalizers.move_labels import read_move_label
from parsers.document import Paragraph
from parsers.joined_lines import cut_line, gap_before
from parsers.line_breaks import closes_bracket
from parsers.paragraphs import PlacedLine

FLOAT_GAP = 0.8
LONGEST_REMARK_END = 20
_BRACE = re.compile(r"[{}｛｝\[\]⎧⎨⎩⎫⎬⎭︷︸]+")
_REMARK = re.compile(r"[(（][^()（）]*移動[^()（）]*[)）]")

# A mark whose remark runs on to the next line: 移動⑦ (…へ
_OPEN_REMARK = re.compile(r"移動 ?[①-⑳0-9] ?[(][^()]{2,60}")


def is_annotation(text: str) -> bool:
    """Whether a line is, as a whole, an editor's mark."""
    plain = normalize(text).text
    if _OPEN_REMARK.fullmatch(plain):
        return True
    return _BRACE.fullmatch(plain) is not None or read_move_label(_BRACE.sub("", plain).strip()) is not None


def part_annotations(lines: Sequence[PlacedLine]) -> tuple[list[PlacedLine], list[PlacedLine]]:
    """The text's own lines, and the marks that stand on lines of their own or on a text's line behind a gap."""
    text: list[PlacedLine] = []
    marks: list[PlacedLine] = []
    for placed in lines:
        if marks and _closes_remark(marks[-1], placed):
            marks.append(placed)
            continue
        own, floating = _parted(placed)
        text += own
        marks += floating
    return text, marks


def _closes_remark(mark: PlacedLine, placed: PlacedLine) -> bool:
    """Whether a short line right below a mark ends the remark that the mark's line left open."""
    below = mark.page == placed.page and 0 <= placed.line.box.top - mark.line.box.top < 2 * mark.line.size
    return below and len(placed.text) <= LONGEST_REMARK_END and closes_bracket(mark.text, placed.text)


def _parted(placed: PlacedLine) -> tuple[list[PlacedLine], list[PlacedLine]]:
    words = placed.text
    if "移" not in words and not _BRACE.search(words):
        return [placed], []
    if is_annotation(words) or _REMARK.fullmatch(words):
        return [], [placed]
    for index in range(1, len(words)):
        if words[index].isspace() or gap_before(placed.line.glyphs, index) < FLOAT_GAP * placed.line.size:
            continue
        if is_annotation(words[index:].strip()):
            return _cut(placed, 0, index), _cut(placed, index, len(words))
        if is_annotation(words[:index].strip()):
            return _cut(placed, index, len(words)), _cut(placed, 0, index)
    return [placed], []


def _cut(placed: PlacedLine, start: int, end: int) -> list[PlacedLine]:
    line = cut_line(placed.line, start, end)
    return [PlacedLine(line, placed.page, placed.left, placed.right, placed.cell_id)] if line else []


def beside(mark: Paragraph, paragraphs: Sequence[tuple[int, Paragraph]]) -> tuple[int, ...]:
    """Indices of the paragraphs that a mark stands beside, else of the one that follows it, else of the one before."""
    box = mark.box
    level = tuple(
        index
        for index, paragraph in paragraphs
        if any(
            piece.page == mark.page and min(piece.box.bottom, box.bottom) - max(piece.box.top, box.top) > box.height / 3
            for piece in paragraph.pieces
        )
    )
    if level:
        return level
    place = (mark.page, box.top)
    after = [(index, paragraph) for index, paragraph in paragraphs if (paragraph.page, paragraph.box.top) >= place]
    nearest = after[:1] or list(paragraphs[-1:])
    return tuple(index for index, _ in nearest)
