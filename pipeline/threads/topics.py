"""Topics: threads of several branches, and of the nation, that are the same measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from pipeline.threads.similarity import Vectors
from pipeline.threads.threads import Placed

_SAME_TOPIC = 0.6
"""Cosine of words from which two branches' measures are one; see docs/threads.md."""

_BLOCK = 500  # rows compared at once; bounds memory


def topics_of(placed: Sequence[Placed]) -> Mapping[str, tuple[str, float]]:
    """By thread: the topic (the id of the thread that stands first in it) and the likeness to that thread.

    ``placed`` holds the items that stand for their threads, the nation's first. Each thread joins the most similar
    topic before it that is near enough, else it begins one: an aim of the catalogue joins those of the same indicator,
    and a heading only headings.
    """
    found: dict[str, tuple[str, float]] = {}
    by_aims: dict[tuple[str, frozenset[str]], str] = {}
    leaders: dict[str, list[int]] = defaultdict(list)
    for at, likeness in enumerate(_likeness_to_earlier(placed)):
        entry = placed[at]
        group = _group(entry)
        if entry.item.aims:
            found[entry.thread_id] = (by_aims.setdefault((group, entry.item.aims), entry.thread_id), 1.0)
            continue
        near = likeness[leaders[group]] if leaders[group] else np.zeros(1)
        best = int(near.argmax())
        if near[best] >= _SAME_TOPIC:
            leader = placed[leaders[group][best]]
            found[entry.thread_id] = (leader.thread_id, round(float(min(near[best], 1.0)), 4))
        else:
            leaders[group].append(at)
            found[entry.thread_id] = (entry.thread_id, 1.0)
    return found


def _group(placed: Placed) -> str:
    if placed.item.is_heading:
        return "heading"
    return "aim" if placed.item.kind in ("target", "figure") else "text"


def _likeness_to_earlier(placed: Sequence[Placed]) -> Iterator[np.ndarray]:
    if not placed:
        return
    vectors = Vectors([entry.item.text for entry in placed])
    everything = range(len(placed))
    for first in range(0, len(placed), _BLOCK):
        yield from vectors.cosines(range(first, min(first + _BLOCK, len(placed))), everything)
