"""One element of a sentence among its neighbours, and what separates them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.aims.brackets import BracketSense
from normalizers.aims.element import GAP, Element
from normalizers.aims.patterns import pattern

_JOINED = pattern("separators.joined")
_GAPS = (GAP, " ", ":", "…", "|", "│", "┃", "┆", "¦")
ARROW = pattern("separators.arrow")
AWAY = pattern("separators.away")
"""Leads from one figure to another."""

REACH = 24
"""Elements further away than this have no say: it bounds the work in lines of hundreds of figures."""


@dataclass(frozen=True, slots=True)
class Around:
    """The element at ``index`` of a sentence.

    ``tail`` is what stands behind the sentence's last element, ``text`` its skeleton's text; ``senses`` are those of
    its brackets, by element; ``known`` are stretches that hold a catalogued name with numbers in it.
    """

    elements: Sequence[Element]
    tail: str
    fiscal_year: int | None
    known: Sequence[tuple[int, int]]
    senses: Sequence[BracketSense | None]
    text: str
    index: int = 0

    @property
    def element(self) -> Element:
        """The element itself."""
        return self.elements[self.index]

    def at(self, index: int) -> Around:
        """The same sentence, seen from another element."""
        return Around(self.elements, self.tail, self.fiscal_year, self.known, self.senses, self.text, index)

    def before(self) -> str:
        """What separates the element from the last one that is more than a label, a time or a quantifier."""
        before = self.element.before
        at = self.index - 1
        while at >= 0 and self.elements[at].kind in ("quantifier", "label", "before", "time"):
            before = self.elements[at].before + before
            at -= 1
        return before

    def after(self, index: int) -> str:
        """What stands between the element at ``index`` and the next."""
        return self.elements[index + 1].before if index + 1 < len(self.elements) else self.tail

    @property
    def ahead(self) -> Sequence[Element]:
        """The elements behind this one, as far as they can matter."""
        return self.elements[self.index + 1 : self.index + 1 + REACH]

    @property
    def behind(self) -> Sequence[Element]:
        """The elements before this one, as far as they can matter."""
        return self.elements[max(0, self.index - REACH) : self.index]

    @property
    def previous(self) -> Element | None:
        """The element before this one."""
        return self.elements[self.index - 1] if self.index else None

    def next(self, index: int, *skipped: str) -> int | None:
        """The next element behind ``index`` that is of none of the kinds ``skipped``."""
        at = index + 1
        while at < len(self.elements) and self.elements[at].kind in skipped:
            at += 1
        return at if at < len(self.elements) else None


def joins(separator: str) -> bool:
    """Whether a separator sets another aim beside the one before: 、, 及び, but not について、."""
    classes = set(separator_classes(separator))
    return "、" in classes and not classes & {"を", "は", "が", "について", "において"}


@functools.lru_cache(maxsize=4096)
def separator_classes(separator: str) -> tuple[str, ...]:
    """The kinds of a separator by which rules speak of it."""
    classes: list[str] = []
    if "について" in separator:
        classes.append("について")
    if "において" in separator:
        classes.append("において")
    plain = separator.replace("について", "").replace("において", "")
    classes += [particle for particle in "をはがのにでともへ" if particle in plain]
    if _JOINED.search(plain.replace(GAP, "")):
        classes.append("、")
    if AWAY.search(plain):
        classes.append("から")
    if any(mark in plain for mark in _GAPS):
        classes.append("gap")
    return tuple(classes) if classes else ("glued",)
