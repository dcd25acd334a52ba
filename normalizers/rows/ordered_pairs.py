"""Two sequences paired in their order, so that the pairs are worth most together."""

from __future__ import annotations

from collections.abc import Callable

_FIRST, _SECOND, _PAIR = 1, 2, 3

SAME_LINE = 0.6
"""From this likeness on, 0 to 1, two texts in the same order of two editions are versions of one line. Chosen."""


def ordered_pairs(first: int, second: int, worth: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """The pairs of greatest total worth that keep the order of both (Needleman–Wunsch, gaps free), the last first.

    ``first`` and ``second`` are the lengths of the sequences; a pair whose ``worth`` is not above 0 is none.
    """
    best = [[0.0] * (second + 1) for _ in range(first + 1)]
    step = [[_FIRST] * (second + 1) for _ in range(first + 1)]
    for i in range(1, first + 1):
        above, row, steps = best[i - 1], best[i], step[i]
        for j in range(1, second + 1):
            gain, way = (above[j], _FIRST) if above[j] >= row[j - 1] else (row[j - 1], _SECOND)
            score = worth(i - 1, j - 1)
            if score > 0 and above[j - 1] + score > gain:
                gain, way = above[j - 1] + score, _PAIR
            row[j], steps[j] = gain, way
    pairs: list[tuple[int, int]] = []
    i, j = first, second
    while i and j:
        if step[i][j] == _PAIR:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif step[i][j] == _FIRST:
            i -= 1
        else:
            j -= 1
    return pairs
