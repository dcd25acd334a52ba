"""The tree of a plan's items: by marker kind, counting and indentation as this document uses them.

No order of markers is fixed: a kind that is open continues its own list, a kind that is new goes beneath what it
follows unless its indent, its usual rank, or what the document did before says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from normalizers.outline.box_ends import begins_row_of_boxes
from normalizers.outline.plan_line import Line


@dataclass(frozen=True, slots=True)
class OutlineSettings:
    """How items stand below one another."""

    indent_tolerance: float = 4.0
    """Points within which indents are one level: less than half a character of small print. Nearest: 0 and 9.5."""
    bullet_rank: int = 86
    """Rank of marks (markers.toml) from which on they are bullets, which head nothing but what stands in below them."""
    label_rank: int = 84
    """Rank of a label (【…】) that stands within another item's text: above bullets."""


SETTINGS = OutlineSettings()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: its level (0 directly under the section) and the position of the item above it.

    ``section`` numbers the sections of the edition, from 0.
    """

    level: int
    parent: int | None
    section: int = 0


@dataclass(slots=True)
class _Open:
    """An item that may still take others beneath it."""

    position: int
    line: Line
    kind: str
    rank: int
    number: int | None
    children: int = 0
    leaf_before: bool = False


@dataclass(slots=True)
class _Outline:
    lines: Sequence[Line]
    stack: list[_Open] = field(default_factory=list)
    parents_of_kind: dict[str, set[str]] = field(default_factory=dict)
    previous: int | None = None
    section: int = 0

    def open_section(self) -> None:
        """Closes all items: a new section begins."""
        self.stack.clear()
        self.section += 1

    def close_boxes(self, line: Line) -> None:
        """Closes the titles of boxes, and what stands beneath them, where a line begins a new row of boxes."""
        for depth, entry in enumerate(self.stack):
            title = entry.line.paragraph
            if title.heading_level is not None and begins_row_of_boxes(line.paragraph, title):
                del self.stack[depth:]
                return

    def place_item(self, position: int) -> Place:
        line = self.lines[position]
        kind, rank = self._kind(line)
        item = _Open(position, line, kind, rank, line.marker.number if line.marker else None)
        depth = self._depth(item)
        closed = self.stack[depth] if depth < len(self.stack) else None
        item.leaf_before = closed is not None and closed.kind == kind and closed.children == 0
        del self.stack[depth:]
        parent = self.stack[-1] if self.stack else None
        if parent is not None:
            parent.children += 1
        self.parents_of_kind.setdefault(kind, set()).add(parent.kind if parent else "")
        self.stack.append(item)
        return Place(depth, parent.position if parent else None, self.section)

    def holder(self) -> Place:
        """Where prose, targets and notes stand that follow here: beneath the innermost item that can be a heading."""
        for depth in range(len(self.stack) - 1, -1, -1):
            item = self.stack[depth]
            if item.rank < SETTINGS.bullet_rank and not item.line.is_sentence:
                return Place(depth + 1, item.position, self.section)
        return Place(0, None, self.section)

    def _kind(self, line: Line) -> tuple[str, int]:
        if line.paragraph.column_level is not None:
            return f"column {line.paragraph.column_level}", 0
        if line.marker is None:
            level = line.paragraph.heading_level or 1
            return f"heading {level}", level
        kind = line.marker.kind
        if kind.label:
            outermost = not self.stack or "" in self.parents_of_kind.get(kind.name, ())
            return kind.name, kind.rank if outermost else SETTINGS.label_rank
        return kind.name, kind.rank

    def _depth(self, item: _Open) -> int:
        """How many of the open items stay open above ``item``."""
        if item.line.paragraph.column_level is not None:
            return self._depth_in_columns(item.line.paragraph.column_level)
        same = [depth for depth, entry in enumerate(self.stack) if entry.kind == item.kind]
        if same:
            return self._depth_in_own_list(item, same)
        if not self.stack:
            return 0
        top = self.stack[-1]
        if self._starts_list_under(top, item):
            return len(self.stack)
        depth = len(self.stack)
        while depth and self._closes(self.stack[depth - 1], item):
            depth -= 1
        return self._remembered_depth(item, depth)

    def _depth_in_columns(self, level: int) -> int:
        """How many items stay open above a heading of a table's column: those of the columns outside it."""
        levels = [entry.line.paragraph.column_level for entry in self.stack]
        return sum(outer is not None and outer < level for outer in levels)

    def _depth_in_own_list(self, item: _Open, same: list[int]) -> int:
        counting = [depth for depth in same if item.number is not None and self.stack[depth].number == item.number - 1]
        depth = counting[-1] if counting else self._nearest_indent(item, same)
        entry = self.stack[depth]
        inner = self.stack[depth + 1 :]
        if item.number not in (None, 1) or counting:
            return depth
        deeper = _right_of(item, entry)
        if not inner:
            return depth + 1 if deeper and _same_place(item, entry) else depth
        if deeper:
            # As deep as something between: a list of the same mark, one storey further in.
            below = [at for at in range(depth + 1, len(self.stack)) if not _right_of(self.stack[at], item)]
            if below:
                return below[-1] + 1
        if item.number is None:
            for at in range(depth + 1, len(self.stack)):
                if self.stack[at].number is not None and self._series_goes_on(self.stack[at], item):
                    return at + 1
        return depth

    def _nearest_indent(self, item: _Open, same: list[int]) -> int:
        indent = item.line.paragraph.indent
        return min(
            reversed(same),
            key=lambda depth: round(abs(self.stack[depth].line.paragraph.indent - indent) / SETTINGS.indent_tolerance),
        )

    def _series_goes_on(self, entry: _Open, item: _Open, after: int = 1) -> bool:
        """Whether the counted list of ``entry`` goes on after ``item``, which then cannot have closed it.

        With ``after`` 1 not at once after it: ○ A ① ② ○ B ③ counts on through its headings.
        """
        assert entry.number is not None
        following = 0
        for line in self.lines[item.position + 1 :]:
            if line.role == "section":
                return False
            if line.role != "item" or line.marker is None:
                continue
            following += 1
            if line.marker.kind.name == entry.kind:
                return line.marker.number == entry.number + 1 and following > after
        return False

    def _starts_list_under(self, top: _Open, item: _Open) -> bool:
        """A kind never seen before, right after an item that has nothing beneath it yet, begins that item's list."""
        unseen = item.kind not in self.parents_of_kind
        follows = self.previous == top.position and top.children == 0 and not top.line.is_sentence
        not_outside = not (_right_of(top, item) and _same_place(item, top))
        marked = item.line.marker is not None and top.line.marker is not None
        return (
            marked
            and unseen
            and follows
            and item.number in (None, 1)
            and top.rank < SETTINGS.bullet_rank
            and not_outside
        )

    def _closes(self, entry: _Open, item: _Open) -> bool:
        if entry.line.paragraph.column_level is not None:
            # What stands in the table's other columns is beneath it.
            return item.line.paragraph.cell_id is None
        level, entry_level = item.line.paragraph.heading_level, entry.line.paragraph.heading_level
        if item.line.marker is None:
            return entry_level is None or level is None or entry_level >= level
        if level is not None and entry_level is not None and entry.line.marker is None:
            return level <= entry_level
        if _same_place(item, entry) and _right_of(entry, item) and entry.line.marker is not None:
            return True
        unseen = item.kind not in self.parents_of_kind
        if unseen and item.number is None and entry.number is not None and self._series_goes_on(entry, item, after=0):
            return False
        return entry.rank > item.rank and entry.kind not in self.parents_of_kind.get(item.kind, ())

    def _remembered_depth(self, item: _Open, depth: int) -> int:
        """A kind that has its place does not go beneath one of a row of items that have nothing beneath them."""
        known = self.parents_of_kind.get(item.kind, set())
        if not depth or not known or self.stack[depth - 1].kind in known:
            return depth
        entry = self.stack[depth - 1]
        if entry.children or not entry.leaf_before:
            return depth
        for outer in range(depth - 1, 0, -1):
            if self.stack[outer - 1].kind in known:
                return outer
        return 0 if "" in known else depth


def place_lines(lines: Sequence[Line]) -> tuple[Place, ...]:
    """The place of each line of one edition, by position.

    Items get their place in the tree; other lines hang on the innermost item that can be a heading, as printed: which
    measure a block of targets speaks of is decided later, when the headings are known.
    """
    outline = _Outline(lines)
    places: list[Place] = []
    field_name: str | None = None
    for position, line in enumerate(lines):
        named = line.paragraph.section
        if line.role == "section" or (named is not None and named != field_name):
            outline.open_section()
            field_name = named or field_name
        outline.close_boxes(line)
        if line.role == "section":
            places.append(Place(0, None, outline.section))
        elif line.role == "item":
            places.append(outline.place_item(position))
        else:
            places.append(outline.holder())
        if line.role not in ("note", "annotation"):
            outline.previous = position
    return tuple(places)


def _right_of(one: _Open, other: _Open) -> bool:
    """Whether an item begins further right than another: by its first line, and by the leftmost of its lines too.

    Justified or hanging text moves one of the two without meaning anything. Outside tables, where the edge that indents
    are measured from may be another block's, it stands further right on its page too.
    """
    first, second = one.line.paragraph, other.line.paragraph
    if first.cell_id is None and second.cell_id is None and first.pieces and second.pieces:
        begins, from_which = first.pieces[0], second.pieces[0]
        if begins.page == from_which.page and begins.box.x0 <= from_which.box.x0 + SETTINGS.indent_tolerance:
            return False
    return (
        first.indent > second.indent + SETTINGS.indent_tolerance
        and min(first.indent, first.hanging) > min(second.indent, second.hanging) + SETTINGS.indent_tolerance
    )


def _same_place(item: _Open, other: _Open) -> bool:
    """Whether two indents can be compared: both lines are of one cell, or of no table at all."""
    return item.line.paragraph.cell_id == other.line.paragraph.cell_id
