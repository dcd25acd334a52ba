"""Which of many stretches of a text hold which of its places, found in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def holders(stretches: Sequence[tuple[int, int]], places: Sequence[int]) -> dict[int, list[int]]:
    """For each of the ascending ``places`` that any does hold, the indices of the stretches (half-open) around it."""
    found: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(stretches):
        for place in places[bisect_left(places, start) : bisect_left(places, end)]:
            found.setdefault(place, []).append(index)
    return found
