"""The kind of each line of the outline; an item is a heading of other lines or an action."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from normalizers.model.records import MeasureKind
from normalizers.outline.outline import SETTINGS as OUTLINE
from normalizers.outline.outline import Place
from normalizers.outline.plan_line import Line


@dataclass(frozen=True, slots=True)
class MeasureKindSettings:
    """Which lines are headings."""

    longest_heading: int = 100
    """Characters. Chosen, two lines of a page."""


SETTINGS = MeasureKindSettings()


def decide_kinds(
    lines: Sequence[Line], places: Sequence[Place], in_tables: Collection[int] = ()
) -> tuple[MeasureKind, ...]:
    """The kind of each line of one edition, by position; ``in_tables`` are the paragraphs of tables, by index.

    A heading is a short phrase with lines or a table below it. The last of several bare phrases in a row is an action
    even where a target or a rating follows it, because that belongs to the measure above the whole row.
    """
    tree = _Tree(lines, places, in_tables)
    return tuple(
        tree.item_kind(position) if line.role == "item" else _kind(line) for position, line in enumerate(lines)
    )


class _Tree:
    def __init__(self, lines: Sequence[Line], places: Sequence[Place], in_tables: Collection[int]) -> None:
        self.lines = lines
        self.places = places
        self.items: dict[int | None, list[int]] = {}
        self.prose: set[int] = set()
        self.extras: set[int] = set()
        for position, (line, place) in enumerate(zip(lines, places, strict=True)):
            if line.role == "item":
                self.items.setdefault(place.parent, []).append(position)
            elif place.parent is not None and line.role == "prose":
                self.prose.add(place.parent)
            elif place.parent is not None and line.role in ("target", "figure", "rating"):
                self.extras.add(place.parent)
            if line.index + 1 in in_tables:
                self.extras.add(self._above(position))
        self.alike: dict[tuple[str | None, str | None], list[int]] = {}
        for positions in self.items.values():
            for position in positions:
                self.alike.setdefault(self._kind_of_list(position), []).append(position)

    def _above(self, position: int) -> int:
        """The line that a table below the one at ``position`` belongs to: captions and notes stand between."""
        while position and self.lines[position].role in ("note", "annotation"):
            position -= 1
        return position

    def item_kind(self, position: int) -> MeasureKind:
        line = self.lines[position]
        if line.marker is None or _is_label(line) or line.paragraph.column_level is not None:
            return "heading"
        has_items = position in self.items
        full_stop = line.text.endswith("。")
        if line.marker.kind.rank >= OUTLINE.bullet_rank:
            return "heading" if has_items and not line.is_sentence else "action"
        if has_items:
            return "action" if full_stop else "heading"
        if line.is_sentence or len(line.text) > SETTINGS.longest_heading:
            return "action"
        if position in self.prose:
            return "heading"
        row = self._row(position)
        heads = sum(self._heads_something(other) for other in row)
        if position in self.extras:
            return "heading" if not row or self._heads_something(position) or 2 * heads >= len(row) else "action"
        return "heading" if row and 2 * heads > len(row) else "action"

    def _heads_something(self, position: int) -> bool:
        """Whether an item has items or prose of its own, or a block between it and the next item of its list."""
        if position in self.items or position in self.prose:
            return True
        siblings = [
            other for other in self.items[self.places[position].parent] if self._list(other) == self._list(position)
        ]
        return position in self.extras and position != siblings[-1]

    def _row(self, position: int) -> list[int]:
        """The other items of the list that an item stands in; for an only item, those of such lists elsewhere."""
        parent = self.places[position].parent
        siblings = [other for other in self.items[parent] if self._list(other) == self._list(position)]
        if len(siblings) > 1:
            return [other for other in siblings if other != position]
        return [other for other in self.alike.get(self._kind_of_list(position), ()) if other != position]

    def _kind_of_list(self, position: int) -> tuple[str | None, str | None]:
        parent = self.places[position].parent
        return self._list(position)[1], self._list(parent)[1] if parent is not None else None

    def _list(self, position: int) -> tuple[int, str | None]:
        marker = self.lines[position].marker
        return self.places[position].section, marker.kind.name if marker else None


def _is_label(line: Line) -> bool:
    assert line.marker is not None
    return line.marker.kind.label and not line.paragraph.text.text[line.marker.end :].strip()


def _kind(line: Line) -> MeasureKind:
    match line.role:
        case "section":
            return "heading"
        case "target" | "figure" | "note" | "annotation":
            return line.role
        case "reason":
            return "note"
        case "rating":
            names_importance = line.text.find("重要度") >= 0
            return "importance" if names_importance else "difficulty"
        case _:
            return "action"
