"""Which old paragraph each new one is the successor of, and where the wording of two paragraphs differs."""

from __future__ import annotations

import bisect
import difflib
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from parsers.model.styled_text import Span, merge_spans

_SIMILAR_IN_SAME_ROW = 0.45
_SIMILAR = 0.6
_ALIKE = 0.8
_SAME_ROW = 0.05
_MARKED_DISCOUNT = 0.9
_SAME_INDICATOR = 92.0
_SHORTEST_ALIKE = 6
_MOST_COMPARISONS = 4_000_000
_LONGEST_COMPARED = 4000
_NEW, _OLD, _PAIR = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Comparable:
    """One paragraph to be aligned.

    ``body`` is its normalised text without its mark and without spaces, ``kept`` what of it the page does not mark as
    changed; ``row`` the logical table row, shared by the
    old and the new text printed side by side; ``kind`` and ``above`` (the heading's body) tell like from unlike.
    """

    body: str
    kept: str
    row: int
    kind: str
    above: str
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """The positions of a new and an old paragraph that belong together; ``moved`` where their order is not kept."""

    new: int
    old: int
    moved: bool = False


def align(new: Sequence[Comparable], old: Sequence[Comparable]) -> tuple[Pair, ...]:
    """The pairs of both editions, by new position.

    Equal paragraphs in the same order anchor the rest. Then those that are very much alike are paired wherever they
    stand, the best first; between all pairs that keep the order, what is left is paired by likeness in its order.
    """
    anchors = _anchors(new, old)
    close = _pair_alike(new, old, anchors)
    found = [*anchors, *close]
    kept = _in_order(found)
    if len(kept) == len(anchors):
        kept = set(anchors)
    pairs = [Pair(n, o, (n, o) not in kept) for n, o in found]
    taken_new, taken_old = {n for n, _ in found}, {o for _, o in found}
    bounds = [(-1, -1), *sorted(kept), (len(new), len(old))]
    for (n0, o0), (n1, o1) in itertools.pairwise(bounds):
        news = [n for n in range(n0 + 1, n1) if n not in taken_new]
        olds = [o for o in range(o0 + 1, o1) if o not in taken_old]
        pairs += _pair_in_order(new, old, news, olds)
    return tuple(sorted(pairs, key=lambda pair: pair.new))


def differences(new: str, old: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The stretches of ``new`` and of ``old`` that the other does not have, character by character."""
    start = _common_prefix(new, old)
    end = _common_prefix(new[start:][::-1], old[start:][::-1])
    inner_new, inner_old = new[start : len(new) - end], old[start : len(old) - end]
    if len(inner_new) > _LONGEST_COMPARED or len(inner_old) > _LONGEST_COMPARED:
        return merge_spans([Span(start, len(new) - end)]), merge_spans([Span(start, len(old) - end)])
    of_new, of_old = [], []
    for _, n0, n1, o0, o1 in difflib.SequenceMatcher(None, inner_new, inner_old, autojunk=False).get_opcodes():
        if inner_new[n0:n1] != inner_old[o0:o1]:
            of_new.append(Span(start + n0, start + n1))
            of_old.append(Span(start + o0, start + o1))
    return merge_spans(of_new), merge_spans(of_old)


def _common_prefix(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return next((at for at in range(length) if one[at] != other[at]), length)


def _anchors(new: Sequence[Comparable], old: Sequence[Comparable]) -> list[tuple[int, int]]:
    matcher = difflib.SequenceMatcher(
        None, [entry.body for entry in new], [entry.body for entry in old], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    return [(b.a + at, b.b + at) for b in blocks for at in range(b.size) if new[b.a + at].body]


def _pair_alike(
    new: Sequence[Comparable], old: Sequence[Comparable], anchors: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pairs that are alike beyond chance, wherever they stand; of equally good ones those of one row and order."""
    taken_new, taken_old = {n for n, _ in anchors}, {o for _, o in anchors}
    found = _equal_once(new, old, taken_new, taken_old)
    taken_new |= {n for n, _ in found}
    taken_old |= {o for _, o in found}
    news = [n for n in range(len(new)) if n not in taken_new and len(new[n].body) >= _SHORTEST_ALIKE]
    olds = [o for o in range(len(old)) if o not in taken_old and len(old[o].body) >= _SHORTEST_ALIKE]
    ratios = _ratios([new[n] for n in news], [old[o] for o in olds])
    if not ratios:
        return found
    candidates = sorted(
        (-ratio - (_SAME_ROW if new[n].row == old[o].row else 0.0), abs(n - o), n, o)
        for n, row in zip(news, ratios, strict=True)
        for o, ratio in zip(olds, row, strict=True)
        if ratio >= _ALIKE and (new[n].kind == "heading") == (old[o].kind == "heading")
    )
    for _, _, n, o in candidates:
        if n not in taken_new and o not in taken_old:
            taken_new.add(n)
            taken_old.add(o)
            found.append((n, o))
    return found


def _equal_once(
    new: Sequence[Comparable], old: Sequence[Comparable], taken_new: set[int], taken_old: set[int]
) -> list[tuple[int, int]]:
    """The pairs of equal paragraphs that neither side has twice."""
    of_new = Counter(entry.body for n, entry in enumerate(new) if n not in taken_new)
    of_old = Counter(entry.body for o, entry in enumerate(old) if o not in taken_old)
    at_old = {entry.body: o for o, entry in enumerate(old) if o not in taken_old and of_old[entry.body] == 1}
    return [
        (n, at_old[entry.body])
        for n, entry in enumerate(new)
        if n not in taken_new and entry.body and of_new[entry.body] == 1 and entry.body in at_old
    ]


def _in_order(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The largest part of the pairs whose order is the same on both sides."""
    tails: list[int] = []
    last: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in sorted(pairs):
        at = bisect.bisect_left(tails, pair[1])
        before[pair] = last[at - 1] if at else None
        tails[at:] = [pair[1], *tails[at + 1 :]] if at < len(tails) else [pair[1]]
        last[at:] = [pair, *last[at + 1 :]] if at < len(last) else [pair]
    kept: set[tuple[int, int]] = set()
    step = last[-1] if last else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept


def _pair_in_order(
    new: Sequence[Comparable], old: Sequence[Comparable], news: Sequence[int], olds: Sequence[int]
) -> list[Pair]:
    """The pairs of greatest total likeness that keep the order (Needleman–Wunsch, gaps free)."""
    ratios = _ratios([new[n] for n in news], [old[o] for o in olds])
    if not ratios:
        return []
    best = [[0.0] * (len(olds) + 1) for _ in range(len(news) + 1)]
    step = [[_NEW] * (len(olds) + 1) for _ in range(len(news) + 1)]
    for i, n in enumerate(news, 1):
        above, row, steps = best[i - 1], best[i], step[i]
        for j, o in enumerate(olds, 1):
            gain, way = (above[j], _NEW) if above[j] >= row[j - 1] else (row[j - 1], _OLD)
            score = _score(new[n], old[o], ratios[i - 1][j - 1])
            if score > 0 and above[j - 1] + score > gain:
                gain, way = above[j - 1] + score, _PAIR
            row[j], steps[j] = gain, way
    pairs: list[Pair] = []
    i, j = len(news), len(olds)
    while i and j:
        if step[i][j] == _PAIR:
            pairs.append(Pair(news[i - 1], olds[j - 1]))
            i, j = i - 1, j - 1
        elif step[i][j] == _NEW:
            i -= 1
        else:
            j -= 1
    return pairs


def _score(new: Comparable, old: Comparable, ratio: float) -> float:
    """What a pair is worth; 0 where two paragraphs are no versions of one another."""
    if not new.body or not old.body or (new.kind == "heading") != (old.kind == "heading"):
        return 0.0
    needed = _SIMILAR_IN_SAME_ROW if new.row == old.row else _SIMILAR
    if ratio < needed:
        return 0.0
    return ratio - 0.3 + (0.05 if new.kind == old.kind else 0.0) + (0.05 if new.above == old.above else 0.0)


def _ratios(news: Sequence[Comparable], olds: Sequence[Comparable]) -> list[list[float]]:
    """How alike each two paragraphs are, 0..1: as they stand, or without what the page marks as changed in them."""
    if not news or not olds or len(news) * len(olds) > _MOST_COMPARISONS:
        return []
    whole = process.cdist(
        [_head(n.body) for n in news], [_head(o.body) for o in olds], scorer=fuzz.ratio, dtype=np.float32
    )
    partly = np.array([[_is_partly_marked(n) or _is_partly_marked(o) for o in olds] for n in news])
    if partly.any():
        kept = process.cdist(
            [_head(n.kept) for n in news], [_head(o.kept) for o in olds], scorer=fuzz.ratio, dtype=np.float32
        )
        enough = np.array([[min(len(n.kept), len(o.kept)) >= _SHORTEST_ALIKE for o in olds] for n in news])
        whole = np.where(partly & enough, np.maximum(whole, _MARKED_DISCOUNT * kept), whole)
    same = np.array([[n.indicator is not None and n.indicator == o.indicator for o in olds] for n in news])
    whole = np.where(same, np.maximum(whole, _SAME_INDICATOR), whole)
    ratios: list[list[float]] = (whole / 100).tolist()
    return ratios


def _is_partly_marked(entry: Comparable) -> bool:
    return bool(entry.kept) and entry.kept != entry.body


def _head(text: str) -> str:
    return text[:_LONGEST_COMPARED]
