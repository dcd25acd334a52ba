"""Whether the page sets a line apart from the one above it: by its type, a gap, or where it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.text.markers import read_marker
from parsers.paragraphs.line_breaks import ends_open, ends_sentence
from parsers.paragraphs.placed_lines import PlacedLine


@dataclass(frozen=True, slots=True)
class SetApartSettings:
    """How lines of two paragraphs differ. Em of the line unless said otherwise."""

    same_indent: float = 0.6
    """Indents of one paragraph differ by no more. Nearest: 0.6 and 0.602."""
    small_shift: float = 0.1
    """A smaller shift of the left edge is none. Nearest: 0, nothing above."""
    little_room: float = 2.5
    """What a wrapped line leaves free at most where the edge was taken too far out. Chosen."""
    new_block_gap: float = 1.7
    """Between two paragraphs that are set apart, from baseline to baseline less a line. Nearest: 1.04, nothing above.
    """
    size_step: float = 1.12
    """Times the smaller size: lines of two sizes are two paragraphs. Nearest: 1.12 and 1.18."""
    size_step_behind_sentence: float = 1.03
    """The same behind a sentence's end: rounding alone makes no more. Chosen."""
    right_edge: float = 0.3
    """Within which lines that are set to the right end together. Chosen."""
    set_far: float = 0.3
    """Share of the column's width at which such lines begin at least. Chosen."""
    aligned_edges: float = 0.3
    """Points: edges of lines that were set to one edge."""


SETTINGS = SetApartSettings()


def changes_type(last: PlacedLine, line: PlacedLine) -> bool:
    """Whether two lines are set in clearly different sizes, or a bold one meets a plain one on a short line."""
    return changes_size(last, line) or (last.line.bold != line.line.bold and not ends_open(last.text))


def changes_size(last: PlacedLine, line: PlacedLine) -> bool:
    """Whether two lines are set in clearly different sizes.

    Behind a sentence's end any other size tells, but where sizes were recognised in a picture.
    """
    sizes = sorted((last.line.size, line.line.size))
    printed = all(placed.line.glyphs[0].confidence == 1.0 for placed in (last, line))
    step = SETTINGS.size_step_behind_sentence if printed and ends_sentence(last.text) else SETTINGS.size_step
    return sizes[1] > step * sizes[0]


def is_apart(last: PlacedLine, line: PlacedLine) -> bool:
    gap = line.line.box.top - last.line.box.bottom
    return last.page == line.page and gap > SETTINGS.new_block_gap * line.line.size


def is_elsewhere(last: PlacedLine, line: PlacedLine) -> bool:
    """Whether a line stands below another and wholly beside it, or both are set to the right end of their column: a
    date, a name and a paper's number at the head of a letter.
    """
    one, other = last.line.box, line.line.box
    if last.page != line.page or other.top < one.top + line.line.size / 2 or ends_open(last.text):
        return False
    if other.x0 >= one.x1 or one.x0 >= other.x1:
        return True
    ends = abs(one.x1 - other.x1) <= SETTINGS.right_edge * line.line.size
    begins = abs(one.x0 - other.x0) > SETTINGS.same_indent * line.line.size
    far = min(last.indent, line.indent) >= SETTINGS.set_far * (line.right - line.left)
    return ends and begins and far


def hangs(before: Sequence[PlacedLine], line: PlacedLine) -> bool:
    """Whether a line hangs under the paragraph's first one, and the one before it stops short of the edge by little."""
    last, size = before[-1], line.line.size
    hung = before[1].indent if len(before) > 1 else line.indent
    deeper = hung - before[0].indent > SETTINGS.same_indent * size
    together = abs(line.indent - hung) <= SETTINGS.same_indent * size
    return deeper and together and last.right - last.line.box.x1 <= SETTINGS.little_room * size


def begins_by_indent(before: Sequence[PlacedLine], line: PlacedLine, following: PlacedLine | None) -> bool:
    """Whether a line after a full one begins a paragraph by where it stands."""
    last = before[-1]
    step = SETTINGS.same_indent * line.line.size
    if is_apart(last, line):
        return True
    if len(before) > 1:
        # Later lines share one indent: a paragraph with a first line's indent of its own would stand apart.
        shift = abs(_shift(before[1], line))
        return shift > step or (shift > SETTINGS.small_shift * line.line.size and _is_set_anew(before, line, following))
    shift = _shift(last, line)
    if abs(shift) <= step and ends_sentence(last.text) and following is not None:
        marker = read_marker(following.text)
        return marker is None and following.indent < line.indent - step
    return shift > step and ends_sentence(last.text) and read_marker(last.text) is None


def _shift(earlier: PlacedLine, line: PlacedLine) -> float:
    """How much further in a line begins (points) than an earlier one.

    A page of few lines may have its text's edge taken elsewhere than the page before: there the nearer of both counts,
    from the text's edge or on the sheet.
    """
    by_edge = line.indent - earlier.indent
    return by_edge if line.page == earlier.page else min(by_edge, line.line.box.x0 - earlier.line.box.x0, key=abs)


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


def is_flush(lines: Sequence[PlacedLine]) -> bool:
    """Whether lines without a mark all begin at one indent."""
    indents = [placed.indent for placed in lines]
    return (
        max(indents) - min(indents) <= SETTINGS.same_indent * lines[-1].line.size and read_marker(lines[0].text) is None
    )
