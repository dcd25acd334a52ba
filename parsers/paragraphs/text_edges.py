"""How far text reaches to the left and right: in the columns of tables, and on pages without a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from parsers.model.bare_page import BarePage
from parsers.model.layout import GridCell, Line
from parsers.tables.columns import Column
from parsers.tables.table_sequence import TableSequence


@dataclass(frozen=True, slots=True)
class TextEdgeSettings:
    """Where the text of a cell or column begins and ends. Points unless said otherwise."""

    widest_padding: float = 14.0
    """A cell pads its text by no more: Word by 5.4, wide settings by a character. Nearest: 14 and 14."""
    same_margin: float = 60.0
    """Margins of pages of one kind lie within this. Nearest: 0 and 151."""
    heading_size: float = 1.12
    """Times a block's usual size from which on a line is a heading. Nearest: 1 and 1.18."""
    fewest_full: int = 3
    """Lines that must end together to show the text's edge. Chosen."""
    set_right: float = 0.25
    """Share of the text's width from its left edge at which a stray line begins at least. Chosen."""
    strays: float = 0.1
    """Share of a block's lines that are strays at most. Chosen."""
    beyond: float = 1.5
    """Em: a text narrower than this is one column of characters, whose edges say nothing. Chosen."""


SETTINGS = TextEdgeSettings()


_HANGING = frozenset("、。，．")


class _End(NamedTuple):
    """Where a line ends, how wide the mark is with which it may hang over the text's edge (0 for none), its size."""

    x: float
    hanging: float
    size: float


def _end(line: Line, origin: float = 0.0) -> _End:
    last = line.glyphs[-1]
    hanging = last.x1 - last.x0 if last.text in _HANGING else 0.0
    return _End(line.box.x1 - origin, hanging, line.size)


def _reach(ends: Sequence[_End]) -> float:
    """The right edge of text, from its lines' ends.

    Commas and full stops may hang over the edge: where several other lines end together short of such a mark, the edge
    is theirs.
    """
    furthest = max(end.x for end in ends)
    plain = [end for end in ends if not end.hanging]
    if not plain:
        return furthest
    edge = max(end.x for end in plain)
    full = [end for end in plain if edge - end.x <= end.size]
    own = max([edge, *(end.x - end.hanging for end in ends)])
    return own if len(full) >= SETTINGS.fewest_full and own < furthest else furthest


class ColumnEdges:
    """The inner padding of each column of a document's tables, measured over all pages that carry it."""

    def __init__(self, pages: Sequence[BarePage], sequence: TableSequence) -> None:
        lefts: dict[tuple[int, int], list[float]] = defaultdict(list)
        ends: dict[tuple[int, int], list[_End]] = defaultdict(list)
        self._sizes: dict[tuple[int, int], float] = {}
        for page in pages:
            for table in page.tables:
                reading = sequence.readings.get((page.layout.number, table.index))
                if reading is None:
                    continue
                for cell in reading.turned(table).cells:
                    lines = [line for line in cell.lines if not line.vertical]
                    if not lines or cell.row < reading.header_rows:
                        continue
                    key = id(reading.columns), reading.column_of(cell.box)
                    lefts[key].append(min(line.box.x0 for line in lines) - cell.box.x0)
                    ends[key] += [_end(line, cell.box.x1) for line in lines]
                    self._sizes[key] = max(self._sizes.get(key, 0.0), median(line.size for line in lines))
        self._left = {key: min(max(min(pads), 0.0), SETTINGS.widest_padding) for key, pads in lefts.items()}
        self._right = {key: max(-_reach(own), 0.0) for key, own in ends.items()}

    def of(self, columns: tuple[Column, ...], index: int, cell: GridCell) -> tuple[float, float]:
        """The left and right text edge (points) of a cell in the column ``index`` of ``columns``.

        Where no line comes near the right border, the padding on the left tells how far one could go.
        """
        key = id(columns), index
        left, right = self._left.get(key, 0.0), self._right.get(key, 0.0)
        if right > left + SETTINGS.beyond * self._sizes.get(key, 10.0):
            right = left
        return cell.box.x0 + left, cell.box.x1 - right


def prose_edges(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[list[tuple[float, float]]]:
    """The left and right text edge for each line outside tables; ``pages`` are width and lines in reading order.

    Lines that follow one another downwards are one block; a page of one block shares its edges with the others of its
    kind.
    """
    blocks = [_blocks(lines) for _, lines in pages]
    singles = [
        (width, _text_extent(found[0])) for (width, _), found in zip(pages, blocks, strict=True) if len(found) == 1
    ]
    edges: list[list[tuple[float, float]]] = []
    for (width, _), found in zip(pages, blocks, strict=True):
        page: list[tuple[float, float]] = []
        for block in found:
            left, right = _text_extent(block)
            if len(found) == 1:
                alike = [
                    other
                    for own, other in singles
                    if abs(own - width) < 1 and abs(other[0] - left) < SETTINGS.same_margin
                ]
                left, right = min(one[0] for one in alike), max(one[1] for one in alike)
            page += [(left, right)] * len(block)
        edges.append(page)
    return edges


def _text_extent(block: Sequence[Line]) -> tuple[float, float]:
    """The edges of a block's text; lines set clearly larger, headings, tell nothing of it."""
    typical = SETTINGS.heading_size * median(line.size for line in block)
    text = [line for line in block if line.size <= typical]
    left = min(line.box.x0 for line in text)
    return left, _reach([_end(line) for line in _without_strays(text, left)])


def _without_strays(lines: Sequence[Line], left: float) -> list[Line]:
    """The lines without the few that begin far from the text's ``left`` edge and reach beyond where the others end
    together: a stamp, a date or a council's name at the head of a page stands in its margin.
    """
    ends = sorted(line.box.x1 for line in lines)
    together = (
        line.box.x1
        for line in sorted(lines, key=lambda line: -line.box.x1)
        if bisect_right(ends, line.box.x1) - bisect_left(ends, line.box.x1 - line.size) >= SETTINGS.fewest_full
    )
    edge = next(together, None)
    if edge is None:
        return list(lines)
    beyond = [line for line in lines if line.box.x1 > edge + SETTINGS.beyond * line.size]
    set_right = all(line.box.x0 > left + SETTINGS.set_right * (edge - left) for line in beyond)
    few = len(beyond) <= max(1, SETTINGS.strays * len(lines))
    return [line for line in lines if line not in beyond] if beyond and set_right and few else list(lines)


def _extent(block: Sequence[Line]) -> tuple[float, float]:
    return min(line.box.x0 for line in block), max(line.box.x1 for line in block)


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and line.box.top >= blocks[-1][-1].box.top - line.size and _beside(blocks[-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _beside(block: Sequence[Line], line: Line) -> bool:
    left, right = _extent(block)
    return line.box.x0 < right and left < line.box.x1
