"""Which measure a block of targets, figures and ratings speaks of.

A block stands beneath the heading it follows. Where it closes the last of several sub-measures and none of them has a
block of its own, it speaks of the measure that they make up together: the KPI after 2-10 (1) … (5) is that of 2-10.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.outline import Place
from normalizers.plan_lines import Line
from normalizers.records import MeasureKind

_BLOCK_ROLES = ("target", "figure", "rating", "reason")
_PASSING_ROLES = ("note", "annotation")
_INDENT_TOLERANCE = 4.0


def own_blocks(lines: Sequence[Line], places: Sequence[Place], kinds: Sequence[MeasureKind]) -> tuple[Place, ...]:
    """The places of all lines, with each block of targets, figures and ratings put beneath the measure it speaks of."""
    owned = list(places)
    owners: list[int | None] = []
    finder = _OwnerFinder(lines, places, kinds, owners)
    position = 0
    while position < len(lines):
        if lines[position].role not in _BLOCK_ROLES:
            position += 1
            continue
        end = _block_end(lines, position)
        owner = finder.owner(position)
        owners.append(owner)
        level = places[owner].level + 1 if owner is not None else 0
        for inside in range(position, end):
            owned[inside] = Place(level, owner, places[inside].section)
        position = end
    return tuple(owned)


def _block_end(lines: Sequence[Line], start: int) -> int:
    end = position = start + 1
    while position < len(lines) and lines[position].role in _BLOCK_ROLES + _PASSING_ROLES:
        position += 1
        if lines[position - 1].role != "annotation":
            end = position
    return end


class _OwnerFinder:
    def __init__(
        self, lines: Sequence[Line], places: Sequence[Place], kinds: Sequence[MeasureKind], owners: Sequence[int | None]
    ) -> None:
        self.lines, self.places, self.kinds, self.owners = lines, places, kinds, owners
        self.children: dict[int, list[int]] = {}
        for position, (line, place) in enumerate(zip(lines, places, strict=True)):
            if place.parent is not None and line.role in ("item", "prose", "figure"):
                self.children.setdefault(place.parent, []).append(position)

    def owner(self, position: int) -> int | None:
        """The heading that the block at ``position`` speaks of; None directly under the section."""
        heading = self._heading(self.places[position].parent)
        while heading is not None:
            outer = self._heading(self.places[heading].parent)
            if outer is None or not self._closes_whole(position, heading, outer):
                return heading
            heading = outer
        return None

    def _heading(self, position: int | None) -> int | None:
        while position is not None and self.kinds[position] != "heading":
            position = self.places[position].parent
        return position

    def _closes_whole(self, block: int, heading: int, outer: int) -> bool:
        siblings = self.children[outer]
        has_content = any(
            child < block for child in self.children.get(heading, ()) if self.lines[child].role != "figure"
        )
        closes_last = not any(child > heading and self.kinds[child] == "heading" for child in siblings)
        owned_inside = any(
            owner is not None and owner != outer and self._beneath(owner, outer) for owner in self.owners
        )
        return (
            has_content
            and closes_last
            and not owned_inside
            and (len(siblings) > 1 or self._set_out_to(block, heading, outer))
        )

    def _beneath(self, position: int, outer: int) -> bool:
        parent: int | None = position
        while parent is not None and parent != outer:
            parent = self.places[parent].parent
        return parent == outer

    def _set_out_to(self, block: int, heading: int, outer: int) -> bool:
        """Whether the block's indent is that of ``outer`` and not that of its only sub-measure."""
        inner, whole, own = (self.lines[at].paragraph for at in (heading, outer, block))
        comparable = inner.cell_id == whole.cell_id == own.cell_id
        return comparable and own.indent <= whole.indent + _INDENT_TOLERANCE < inner.indent
