"""The threads of measures: each branch's items followed over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.threads.items import Edition, Item, Linked
from pipeline.threads.linking import LinkSettings, link_editions

_RETURNED = LinkSettings(under_same_heading=0.75, elsewhere=0.75, last_left=1.0)
"""An item that was away for a year is only taken for the same when the words hardly differ."""

_REPEATED = LinkSettings(under_same_heading=0.5, elsewhere=0.75)
"""Two documents of one year and branch say the same plan: nearly word for word."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One item in its thread, before topics are known."""

    item: Item
    edition: Edition
    thread_id: str
    linked: Linked
    previous: str | None
    similarity: float | None


@dataclass(slots=True)
class Threads:
    """All items of one branch in their threads; ``merged`` names the item that took another one up."""

    placed: dict[str, Placed] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)


def follow(editions: Sequence[Edition]) -> Threads:
    """Links the items of one branch's ``editions`` over the years; the same editions give the same threads."""
    threads = Threads()
    by_year: dict[int, list[Edition]] = defaultdict(list)
    for edition in sorted(editions, key=lambda e: (e.fiscal_year, e.preference, e.document_id)):
        by_year[edition.fiscal_year].append(edition)
    before: Edition | None = None
    ended: dict[str, Item] = {}
    for year in sorted(by_year):
        first, *others = by_year[year]
        carried: set[str] = set()
        if before is not None:
            linking = link_editions(before.items, first.items)
            items = {item.measure_id: item for item in first.items}
            for link in linking.links:
                threads.placed[link.new] = _placed(
                    threads, items[link.new], first, link.old, link.linked, link.similarity
                )
                carried.add(link.old)
            for merge in linking.merges:
                threads.merged[merge.old] = merge.new
                carried.add(merge.old)
            ended |= {item.measure_id: item for item in before.items if item.measure_id not in carried}
        left = [item for item in first.items if item.measure_id not in threads.placed]
        if ended and left:
            items = {item.measure_id: item for item in left}
            for link in link_editions(tuple(ended.values()), left, _RETURNED, parts=False).links:
                threads.placed[link.new] = _placed(
                    threads, items[link.new], first, link.old, "returned", link.similarity
                )
                del ended[link.old]
        for item in first.items:
            threads.placed.setdefault(item.measure_id, Placed(item, first, item.measure_id, "first", None, None))
        for other in others:
            _place_repeated(threads, first, other)
        before = first
    return threads


def _placed(threads: Threads, item: Item, edition: Edition, previous: str, linked: Linked, similarity: float) -> Placed:
    return Placed(item, edition, threads.placed[previous].thread_id, linked, previous, similarity)


def _place_repeated(threads: Threads, first: Edition, other: Edition) -> None:
    """What another document says of the same year joins the threads of the first."""
    items: Mapping[str, Item] = {item.measure_id: item for item in other.items}
    for link in link_editions(first.items, other.items, _REPEATED, parts=False).links:
        threads.placed[link.new] = _placed(threads, items[link.new], other, link.old, "repeated", link.similarity)
    for item in other.items:
        threads.placed.setdefault(item.measure_id, Placed(item, other, item.measure_id, "first", None, None))
