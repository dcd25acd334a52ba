"""Which measure a block of targets, figures and ratings speaks of.

A block stands beneath the heading it follows. Where it closes the last of several sub-measures and none of them has a
block of its own, it speaks of the measure that they make up together: the KPI after 2-10 (1) … (5) is that of 2-10.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.aims.read_aims import group_line
from normalizers.model.records import MeasureKind
from normalizers.outline.outline import SETTINGS as OUTLINE
from normalizers.outline.outline import Place
from normalizers.outline.plan_line import Line, Role

_BLOCK_ROLES = ("target", "figure", "rating", "reason")
_PASSING_ROLES = ("note", "annotation")


def own_blocks(lines: Sequence[Line], places: Sequence[Place], kinds: Sequence[MeasureKind]) -> tuple[Place, ...]:
    """The places of all lines, with each block of targets, figures and ratings put beneath the measure it speaks of.

    Blocks are read twice: where the first reading finds most of a document's blocks under one kind of mark, blocks in
    doubt go to a heading with that mark too.
    """
    starts = _block_starts(lines)
    first = _OwnerFinder(lines, places, kinds, frozenset())
    usual = frozenset(first.mark(owner) for owner in [first.owner(start) for start in starts] if owner is not None)
    finder = _OwnerFinder(lines, places, kinds, usual)
    owned = list(places)
    for start in starts:
        owner = finder.owner(start)
        level = places[owner].level + 1 if owner is not None else 0
        for inside in range(start, _block_end(lines, start)):
            owned[inside] = Place(level, owner, places[inside].section)
    return tuple(owned)


def nest_blocks(lines: Sequence[Line], places: Sequence[Place]) -> tuple[Place, ...]:
    """The places within blocks: figures beneath their group, reasons beneath their rating, notes beneath their target.

    What a target belongs to is told by ``places``; this is only how the block reads as an outline.
    """
    nested = list(places)
    over: dict[Role, int | None] = {"figure": None, "reason": None, "note": None}
    for position, (line, place) in enumerate(zip(lines, places, strict=True)):
        if line.role in ("item", "prose", "section"):
            over = {"figure": None, "reason": None, "note": None}
        head = over.get(line.role)
        is_group = line.role == "figure" and group_line(line.paragraph.text.text) is not None
        if head is not None and not is_group and places[head].parent == place.parent:
            nested[position] = Place(nested[head].level + 1, head, place.section)
        if is_group:
            over["figure"] = position
        elif line.role == "target":
            over = {"figure": None, "reason": None, "note": position}
        elif line.role == "rating":
            over = {"figure": None, "reason": position, "note": position}
    return tuple(nested)


def _block_starts(lines: Sequence[Line]) -> list[int]:
    starts: list[int] = []
    end = 0
    for position, line in enumerate(lines):
        if position >= end and line.role in _BLOCK_ROLES:
            starts.append(position)
            end = _block_end(lines, position)
    return starts


def _block_end(lines: Sequence[Line], start: int) -> int:
    end = position = start + 1
    while position < len(lines) and lines[position].role in _BLOCK_ROLES + _PASSING_ROLES:
        position += 1
        if lines[position - 1].role != "annotation":
            end = position
    return end


class _OwnerFinder:
    def __init__(
        self, lines: Sequence[Line], places: Sequence[Place], kinds: Sequence[MeasureKind], usual: frozenset[str]
    ) -> None:
        self.lines, self.places, self.kinds, self.usual = lines, places, kinds, usual
        self.owners: list[int] = []
        self.children: dict[int, list[int]] = {}
        for position, (line, place) in enumerate(zip(lines, places, strict=True)):
            if place.parent is not None and line.role in ("item", "prose", "figure"):
                self.children.setdefault(place.parent, []).append(position)

    def owner(self, position: int) -> int | None:
        """The heading that the block at ``position`` speaks of, None for none. To be asked in reading order."""
        heading = nearest = self._heading(self.places[position].parent)
        while heading is not None:
            outer = self._heading(self.places[heading].parent)
            if outer is None or not self._closes_whole(position, heading, outer):
                break
            siblings = len(self.children[outer]) > 1
            first_step = heading == nearest and (siblings or self._set_out_to(position, heading, outer))
            if not first_step and self.mark(outer) not in self.usual:
                break
            heading = outer
        if heading is not None:
            self.owners.append(heading)
        return heading

    def mark(self, position: int) -> str:
        """The kind of the mark that an item bears, empty where it bears none."""
        marker = self.lines[position].marker
        return marker.kind.name if marker else ""

    def _heading(self, position: int | None) -> int | None:
        while position is not None and self.kinds[position] != "heading":
            position = self.places[position].parent
        return position

    def _closes_whole(self, block: int, heading: int, outer: int) -> bool:
        content = [child for child in self.children.get(heading, ()) if self.lines[child].role != "figure"]
        follows = any(child < block for child in content)
        closes_last = not any(child > heading and self.kinds[child] == "heading" for child in self.children[outer])
        owned_inside = any(owner != outer and self._beneath(owner, outer) for owner in self.owners)
        return follows and closes_last and not owned_inside

    def _beneath(self, position: int, outer: int) -> bool:
        parent: int | None = position
        while parent is not None and parent != outer:
            parent = self.places[parent].parent
        return parent == outer

    def _set_out_to(self, block: int, heading: int, outer: int) -> bool:
        """Whether the block's indent is that of ``outer`` and not that of its only sub-measure."""
        inner, whole, own = (self.lines[at].paragraph for at in (heading, outer, block))
        comparable = inner.cell_id == whole.cell_id == own.cell_id
        return comparable and own.indent <= whole.indent + OUTLINE.indent_tolerance < inner.indent
