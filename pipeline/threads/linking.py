"""Which item of a newer edition carries on which of an older one: headings first, then what stands under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.threads.items import Item, Link, Linked, Merge
from pipeline.threads.similarity import Vectors, bare, words_of

Place = tuple[int, int]
"""An item's position in its edition, and its row among the vectors."""


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Likeness (cosine of words, 0..1) that is asked for. Measured on the sample corpus and on printed comparisons;
    see docs/threads.md."""

    under_same_heading: float = 0.4
    elsewhere: float = 0.62
    sure: float = 0.8
    last_left: float = 0.3  # the only item of its kind that is left on both sides under one heading
    last_aim: float = 0.75  # the same of an aim, whose indicator may have got another definition
    part: float = 0.75  # share of a part's words that the whole must hold
    part_words: int = 5  # fewest words of a part
    same_heading_bonus: float = 0.2
    order_bonus: float = 0.05
    same_aims: float = 0.9  # what two statements of the same aims count at least


@dataclass(frozen=True, slots=True)
class Linking:
    """What was found between two editions."""

    links: tuple[Link, ...]
    merges: tuple[Merge, ...]


def link_editions(
    old: Sequence[Item], new: Sequence[Item], settings: LinkSettings | None = None, *, parts: bool = True
) -> Linking:
    """The links from items of ``new`` to those of ``old``, by the order of ``new``.

    Equal texts come first, those under the same heading before others; then headings are paired, by their words and by
    what stands under them; then the rest, as the assignment with the greatest likeness. With ``parts``, what is left is
    looked for within its neighbours: a measure cut in two, or two joined.
    """
    return _Linker(old, new, settings or LinkSettings()).link(parts=parts)


class _Linker:
    def __init__(self, old: Sequence[Item], new: Sequence[Item], settings: LinkSettings) -> None:
        self.old, self.new, self.settings = old, new, settings
        vectors = Vectors([*(item.text for item in new), *(item.text for item in old)])
        self.vectors = vectors
        self.likeness = vectors.cosines(range(len(new)), range(len(new), len(new) + len(old)))
        aims_of_old = [(o, other) for o, other in enumerate(old) if other.aims]
        for n, item in enumerate(new):
            for o, other in aims_of_old if item.aims else ():
                if item.aims == other.aims and item.kind == other.kind:
                    self.likeness[n, o] = max(self.likeness[n, o], settings.same_aims)
        self.under_new, self.under_old = _under(new), _under(old)
        self.place_new = {item.measure_id: at for at, item in enumerate(new)}
        self.place_old = {item.measure_id: at for at, item in enumerate(old)}
        self.sections_new = {name: at for at, name in enumerate(dict.fromkeys(item.section for item in new))}
        self.sections_old = {name: at for at, name in enumerate(dict.fromkeys(item.section for item in old))}
        self.old_of: dict[int, int] = {}
        self.new_of: dict[int, int] = {}

    def link(self, *, parts: bool) -> Linking:
        self._pair_equal(headings=True)
        self._pair_equal(headings=False)
        # Those beyond doubt first: else two weak pairs would be worth more than one good one.
        # A second time, since headings are also known by what stands under them, and that by its heading.
        for headings in (True, False, True, False):
            self._assign(headings=headings, least=self.settings.sure)
            self._assign(headings=headings, least=0.0)
        self._pair_last_left()
        links = [self._told(n, o) for n, o in sorted(self.old_of.items())]
        if not parts:
            return Linking(tuple(links), ())
        split, merges = self._splits(), self._merges()
        return Linking((*links, *split), tuple(merges))

    # ------------------------------------------------------------------------------------------------ steps

    def _pair_equal(self, *, headings: bool) -> None:
        """Pairs equal texts: of several, those under paired headings and nearest in order first."""
        olds: dict[str, list[int]] = defaultdict(list)
        for o, item in enumerate(self.old):
            if item.is_heading == headings and o not in self.new_of and bare(item.text):
                olds[bare(item.text)].append(o)
        candidates = [
            (not self._same_heading(n, o), abs(n / len(self.new) - o / len(self.old)), n, o)
            for n, item in enumerate(self.new)
            if item.is_heading == headings
            for o in olds.get(bare(item.text), ())
            if self._kinds_agree(n, o)
        ]
        for _, _, n, o in sorted(candidates):
            self._pair(n, o)

    def _assign(self, *, headings: bool, least: float) -> None:
        """Pairs what is free as the assignment with the greatest likeness, of at least ``least`` and what is asked."""
        news = [n for n in self._free_new() if self.new[n].is_heading == headings]
        olds = [o for o in range(len(self.old)) if o not in self.new_of and self.old[o].is_heading == headings]
        if not news or not olds:
            return
        settings = self.settings
        gain = np.zeros((len(news), len(olds)))
        for row, n in enumerate(news):
            for column, o in enumerate(olds):
                likeness = max(self.likeness[n, o], self._items_paired(n, o) if headings else 0.0)
                if likeness < max(least, settings.under_same_heading):
                    continue
                same = self._same_heading(n, o)
                if (same or likeness >= settings.elsewhere) and self._kinds_agree(n, o):
                    near = 1 - abs(n / len(self.new) - o / len(self.old))
                    gain[row, column] = likeness + settings.same_heading_bonus * same + settings.order_bonus * near
        for row, column in _greatest_assignment(gain):
            self._pair(news[row], olds[column])

    def _pair_last_left(self) -> None:
        """The only item of its kind that is left under both of two paired headings."""
        for n, o in sorted(self.old_of.items()):
            if not self.new[n].is_heading:
                continue
            news = [m for m in sorted(self.under_new[self.new[n].measure_id]) if m not in self.old_of]
            olds = [m for m in sorted(self.under_old[self.old[o].measure_id]) if m not in self.new_of]
            for aims, least in ((False, self.settings.last_left), (True, self.settings.last_aim)):
                of_kind = [m for m in news if _is_aim(self.new[m]) == aims]
                before = [m for m in olds if _is_aim(self.old[m]) == aims]
                if len(of_kind) == len(before) == 1 and self.likeness[of_kind[0], before[0]] >= least:
                    self._pair(of_kind[0], before[0])

    def _splits(self) -> list[Link]:
        """New items that are a part of an old one which another new item already carries on."""
        first_old = len(self.new)
        wholes = [(o, o + first_old) for o in sorted(self.new_of) if not self.old[o].is_heading]
        parts = [(n, n) for n in self._free_new() if self._may_be_part(self.new[n])]
        found = self._within(parts, wholes, self._kinds_agree)
        return [Link(self.new[n].measure_id, self.old[o].measure_id, "split", share) for n, o, share in found]

    def _merges(self) -> list[Merge]:
        """Old items that are a part of a new one which already carries on another."""
        first_old = len(self.new)
        free = [o for o in range(len(self.old)) if o not in self.new_of and self._may_be_part(self.old[o])]
        parts = [(o, o + first_old) for o in free]
        wholes = [(n, n) for n in sorted(self.old_of) if not self.new[n].is_heading]
        found = self._within(parts, wholes, lambda o, n: self._kinds_agree(n, o))
        return [Merge(self.new[n].measure_id, self.old[o].measure_id, share) for o, n, share in found]

    def _may_be_part(self, item: Item) -> bool:
        """A line of few words stands in many others by chance."""
        return not item.is_heading and len(words_of(item.text)) >= self.settings.part_words

    def _within(
        self, parts: Sequence[Place], wholes: Sequence[Place], agree: Callable[[int, int], bool]
    ) -> list[tuple[int, int, float]]:
        """Of ``parts`` those that a whole holds, with the one that holds most and how much, 0..1."""
        if not parts or not wholes:
            return []
        shares = self.vectors.shares_within([row for _, row in parts], [row for _, row in wholes])
        found = []
        for (part, _), row in zip(parts, shares, strict=True):
            best = max(range(len(wholes)), key=lambda at: (agree(part, wholes[at][0]), row[at], -at))
            if row[best] >= self.settings.part and agree(part, wholes[best][0]):
                found.append((part, wholes[best][0], round(float(min(row[best], 1.0)), 4)))
        return found

    # ------------------------------------------------------------------------------------------------ details

    def _pair(self, n: int, o: int) -> None:
        if n not in self.old_of and o not in self.new_of:
            self.old_of[n], self.new_of[o] = o, n

    def _free_new(self) -> list[int]:
        return [n for n in range(len(self.new)) if n not in self.old_of]

    def _same_heading(self, n: int, o: int) -> bool:
        """Whether both stand under one measure: headings that were paired, or directly under the same 分野."""
        above, before = self.new[n].heading, self.old[o].heading
        if above is None or before is None:
            return above is before and self._same_section(n, o)
        place = self.place_new.get(above)
        return place is not None and self.old_of.get(place) == self.place_old.get(before)

    def _same_section(self, n: int, o: int) -> bool:
        """Whether both stand in one 分野, which may have got another name since."""
        one, other = self.new[n].section, self.old[o].section
        return one == other or self.sections_new.get(one) == self.sections_old.get(other)

    def _items_paired(self, n: int, o: int) -> float:
        """Which share of what stands under either heading is paired with each other; 0 where it is a single one."""
        under_new, under_old = self.under_new[self.new[n].measure_id], self.under_old[self.old[o].measure_id]
        paired = sum(self.old_of.get(m) in under_old for m in under_new)
        return 2 * paired / (len(under_new) + len(under_old)) if paired > 1 else 0.0

    def _kinds_agree(self, n: int, o: int) -> bool:
        """An aim is no action; of aims, those with other indicators are others."""
        one, other = self.new[n], self.old[o]
        if _is_aim(one) != _is_aim(other):
            return False
        return not (one.aims and other.aims) or bool(one.aims & other.aims)

    def _told(self, n: int, o: int) -> Link:
        one, other = self.new[n], self.old[o]
        equal = bare(one.text) == bare(other.text)
        by_items = one.is_heading and self.likeness[n, o] < self.settings.under_same_heading
        linked: Linked = (
            "moved"
            if not self._same_heading(n, o)
            else "same_text"
            if equal
            else "same_items"
            if by_items
            else "close_text"
        )
        similarity = 1.0 if equal else round(float(min(self.likeness[n, o], 1.0)), 4)
        return Link(one.measure_id, other.measure_id, linked, similarity)


def _greatest_assignment(gain: np.ndarray) -> list[tuple[int, int]]:
    """The pairs (row, column), each row and column in one at most, whose gains are the greatest sum; none without."""
    may_be = gain > 0
    if may_be.sum(axis=0).max() <= 1 and may_be.sum(axis=1).max() <= 1:
        return [(int(row), int(column)) for row, column in np.argwhere(may_be)]  # nothing to choose between
    from scipy.optimize import linear_sum_assignment  # it takes a quarter of a second to load

    rows, columns = linear_sum_assignment(gain, maximize=True)
    return [(row, column) for row, column in zip(rows, columns, strict=True) if gain[row, column] > 0]


def _under(items: Sequence[Item]) -> Mapping[str, set[int]]:
    """The places of the items under each heading."""
    found: dict[str, set[int]] = defaultdict(set)
    for at, item in enumerate(items):
        if item.heading is not None:
            found[item.heading].add(at)
    return found


def _is_aim(item: Item) -> bool:
    return item.kind in ("target", "figure")
