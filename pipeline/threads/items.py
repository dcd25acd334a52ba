"""What is linked: items of the plans' outlines, gathered by branch, year and source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Linked = Literal["first", "same_text", "close_text", "same_items", "moved", "split", "returned", "repeated"]
"""How an item hangs on an earlier one: it does not (``first``); the same words, or close ones, under the same heading;
a heading in other words over the same items (``same_items``); under another heading (``moved``); a part of it
(``split``); after a year without it (``returned``); or another document says the same year's plan again
(``repeated``)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One measure. ``text`` is normalised; ``heading`` is the nearest heading above it; ``aims`` are the catalogue's
    codes (with the population) of the aims that it states; ``ordinal`` is its place in the document."""

    measure_id: str
    kind: str
    text: str
    section: str | None
    heading: str | None
    ordinal: int
    aims: frozenset[str] = frozenset()

    @property
    def is_heading(self) -> bool:
        return self.kind == "heading"


@dataclass(frozen=True, slots=True)
class Representative:
    """The newest item of a thread, which stands for it where branches are compared."""

    thread_id: str
    item: Item


@dataclass(frozen=True, slots=True)
class Edition:
    """All items that one document says of one branch and fiscal year, in reading order.

    ``preference`` is small for what speaks best of the year: its own final plan before a draft, before the old column
    of the next year's comparison, before what another branch prints of it.
    """

    branch_code: str
    fiscal_year: int
    document_id: str
    preference: tuple[int, ...]
    items: tuple[Item, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Link:
    """The item ``new`` carries on the item ``old`` (measure ids); ``similarity`` of their words is 0..1."""

    new: str
    old: str
    linked: Linked
    similarity: float


@dataclass(frozen=True, slots=True)
class Merge:
    """The item ``old`` was taken up into ``new``, which carries on another one."""

    new: str
    old: str
    similarity: float


class FollowedRow(NamedTuple):
    """One item in its thread, whose id is that of its first item; of which topic the thread is, is told elsewhere.
    ``merged_into`` is the item of the next year that took this one up."""

    measure_id: str
    thread_id: str
    linked: Linked
    previous_measure_id: str | None
    similarity: float | None
    merged_into: str | None
