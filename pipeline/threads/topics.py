"""Topics: threads of several branches, and of the nation, that are the same measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from pipeline.threads.items import Representative
from pipeline.threads.similarity import Vectors

_SAME_TOPIC = 0.6
"""Cosine of words from which two branches' measures are one; see docs/threads.md."""

_BLOCK = 500  # rows compared at once; bounds memory


def topics_of(placed: Sequence[Representative]) -> Mapping[str, tuple[str, float]]:
    """By thread: the topic (the id of the thread that stands first in it) and the likeness to that thread.

    ``placed`` holds the items that stand for their threads, the nation's first. Each thread joins the most similar
    topic before it that is near enough, else it begins one: an aim of the catalogue joins those of the same indicator,
    and a heading only headings.
    """
    found: dict[str, tuple[str, float]] = {}
    by_aims: dict[tuple[str, frozenset[str]], str] = {}
    leaders: dict[str, list[int]] = defaultdict(list)
    decided: dict[tuple[str, str], tuple[int, int, float]] = {}
    vectors = Vectors([entry.item.text for entry in placed])
    for block in _blocks(len(placed)):
        # Only what begins topics is compared with: threads are many times as many.
        columns = {at: column for column, at in enumerate((*chain.from_iterable(leaders.values()), *block))}
        likeness = vectors.cosines(block, list(columns))
        for at in block:
            entry = placed[at]
            group = _group(entry)
            if entry.item.aims:
                found[entry.thread_id] = (by_aims.setdefault((group, entry.item.aims), entry.thread_id), 1.0)
                continue
            own = leaders[group]
            known, best, nearness = decided.get((group, entry.item.text), (-1, 0, 0.0))
            if known != len(own):  # branches repeat each other's wording
                near = likeness[at - block.start][[columns[leader] for leader in own]] if own else np.zeros(1)
                best = int(near.argmax())
                nearness = float(near[best])
                decided[group, entry.item.text] = (len(own), best, nearness)
            if nearness >= _SAME_TOPIC:
                found[entry.thread_id] = (placed[own[best]].thread_id, round(min(nearness, 1.0), 4))
            else:
                own.append(at)
                found[entry.thread_id] = (entry.thread_id, 1.0)
    return found


def _blocks(count: int) -> Iterator[range]:
    return (range(first, min(first + _BLOCK, count)) for first in range(0, count, _BLOCK))


def _group(placed: Representative) -> str:
    if placed.item.is_heading:
        return "heading"
    return "aim" if placed.item.kind in ("target", "figure") else "text"
