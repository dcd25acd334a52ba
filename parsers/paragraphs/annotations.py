"""Editor's marks that float beside the text (移動①, ③から移動, braces): told apart from the lines they stand beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalizers.text.characters import normalize
from normalizers.text.move_labels import read_move_label
from parsers.layout.joined_lines import cut_line, gap_before
from parsers.model.document import Paragraph
from parsers.model.layout import Line
from parsers.paragraphs.line_breaks import closes_bracket
from parsers.paragraphs.placed_lines import PlacedLine


@dataclass(frozen=True, slots=True)
class AnnotationSettings:
    """Editors' marks beside the text. Em of the line unless said otherwise."""

    float_gap: float = 0.25
    """A floating mark stands so far beside its line. Nearest: 3.21e-06 and 0.517."""
    float_rise: float = 0.05
    """Or so far above or below its baseline; also the share of its size by which it differs. Nearest: 0, nothing above.
    """
    longest_remark_end: int = 20
    """Characters of the line that ends a remark. Chosen."""


SETTINGS = AnnotationSettings()


_BRACE = re.compile(r"[{}｛｝\[\]⎧⎨⎩⎫⎬⎭︷︸]+")
_REMARK = re.compile(r"[(（][^()（）]*移動[^()（）]*[)）]")
_OPENING, _CLOSING = "(（[［【〔<＜《〈", ")）]］】〕>＞》〉"
_BRACKETED = re.compile(rf"[{re.escape(_OPENING)}][^{re.escape(_OPENING + _CLOSING)}]+[{re.escape(_CLOSING)}]")

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
    for placed, of_label in _with_labels_cut(lines):
        if of_label or (marks and _closes_remark(marks[-1], placed)):
            marks.append(placed)
            continue
        own, floating = _own_and_floating(placed)
        text += own
        marks += floating
    return [_beside_marks(placed, marks) for placed in text] if marks else text, marks


def _with_labels_cut(lines: Sequence[PlacedLine]) -> list[tuple[PlacedLine, bool]]:
    """The lines, and whether they are part of a bracketed move label that wraps (…努める。(移 | 動①))."""
    cut: list[tuple[PlacedLine, bool]] = []
    for placed in lines:
        before = cut[-1][0] if cut else None
        start = _open_bracket(before.text) if before is not None else None
        end = next((at for at, character in enumerate(placed.text, 1) if character in _CLOSING), 0)
        if before is None or not start or not end or not _is_bracketed_label(before.text[start:] + placed.text[:end]):
            cut.append((placed, False))
            continue
        cut.pop()
        cut += [(part, False) for part in _cut(before, 0, start)]
        cut += [(part, True) for part in (*_cut(before, start, len(before.text)), *_cut(placed, 0, end))]
        cut += [(part, False) for part in _cut(placed, end, len(placed.text))]
    return cut


def _open_bracket(text: str) -> int | None:
    """Where a line's last bracket opens that the line does not close."""
    at = max((text.rfind(character) for character in _OPENING), default=-1)
    return at if at >= 0 and not any(character in _CLOSING for character in text[at:]) else None


def _closes_remark(mark: PlacedLine, placed: PlacedLine) -> bool:
    """Whether a short line right below a mark ends the remark that the mark's line left open."""
    below = mark.page == placed.page and 0 <= placed.line.box.top - mark.line.box.top < 2 * mark.line.size
    return below and len(placed.text) <= SETTINGS.longest_remark_end and closes_bracket(mark.text, placed.text)


def _own_and_floating(placed: PlacedLine) -> tuple[list[PlacedLine], list[PlacedLine]]:
    """What of a line belongs to the paragraph, and the move labels, remarks and braces printed over or beside it."""
    words = placed.text
    if "移" not in words and not _BRACE.search(words):
        return [placed], []
    if is_annotation(words) or _REMARK.fullmatch(words):
        return [], [placed]
    for index in range(1, len(words)):
        apart = not words[index].isspace() and _sets_apart(placed.line, index)
        if (apart and is_annotation(words[index:].strip())) or _is_bracketed_label(words[index:]):
            return _cut(placed, 0, index), _cut(placed, index, len(words))
        if (apart and is_annotation(words[:index].strip())) or _is_bracketed_label(words[:index]):
            return _cut(placed, index, len(words)), _cut(placed, 0, index)
    return [placed], []


def _is_bracketed_label(words: str) -> bool:
    """Whether the words are a numbered move label in its own brackets, which need no gap: …に努める。(移動①)."""
    if "移動" not in words or not _BRACKETED.fullmatch(words.strip()):
        return False
    label = read_move_label(normalize(words).text)
    return label is not None and label.label is not None


def _sets_apart(line: Line, index: int) -> bool:
    """Whether what follows ``index`` stands apart: behind a gap, off the baseline, or in another size."""
    after = line.glyphs[index]
    before = next((glyph for glyph in reversed(line.glyphs[:index]) if not glyph.text.isspace()), after)
    return (
        gap_before(line.glyphs, index) >= SETTINGS.float_gap * line.size
        or abs(after.baseline - before.baseline) > SETTINGS.float_rise * line.size
        or abs(after.size - before.size) > SETTINGS.float_rise * line.size
    )


def _beside_marks(placed: PlacedLine, marks: Sequence[PlacedLine]) -> PlacedLine:
    """The line with its right edge at the mark that floats right of it: text flows around a mark."""
    box = placed.line.box
    right = min(
        (
            mark.line.box.x0 - SETTINGS.float_gap * mark.line.size
            for mark in marks
            if mark.page == placed.page
            and mark.cell_id == placed.cell_id
            and mark.line.box.x0 >= box.x1 - 1
            and mark.line.box.top < box.bottom
            and box.top < mark.line.box.bottom
        ),
        default=placed.right,
    )
    return replace(placed, right=min(placed.right, right))


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
