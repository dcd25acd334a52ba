"""Which old paragraph each new one is the successor of: by its words, its place, and the heading above it."""

from __future__ import annotations

import difflib
import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalizers.changes.likeness import SETTINGS as LIKENESS
from normalizers.changes.likeness import Comparable, Likeness, likeness
from normalizers.rows.ordered_pairs import SAME_LINE, ordered_pairs


@dataclass(frozen=True, slots=True)
class AlignmentSettings:
    """Which paragraphs of two editions are versions of one another. Likenesses, 0 to 1."""

    similar_in_same_row: float = 0.45
    """From here on two paragraphs in the same order and printed side by side are versions of one another."""
    alike_anywhere: float = 0.8
    """And wherever they stand."""
    clearly: float = 0.04
    """By how much such a pair has to be liker than any other of either paragraph; else their order decides. Chosen."""
    same_row: float = 0.1
    """What the same row counts beside a likeness. Chosen, as the next three."""
    same_heading: float = 0.1
    """The same heading above."""
    same_mark: float = 0.04
    """The same mark."""
    same_kind: float = 0.05
    """The same kind."""
    worthless: float = 0.3
    """A pair of likeness below this is worth less than none in an order that leaves it out. Chosen."""
    between_headings: float = 0.5
    """Of the pairs that two headings' lines make, so many are between the two: half, chosen."""


SETTINGS = AlignmentSettings()


@dataclass(frozen=True, slots=True)
class Pair:
    """The positions of a new and an old paragraph that belong together; ``moved`` where their order is not kept."""

    new: int
    old: int
    moved: bool = False


def align(new: Sequence[Comparable], old: Sequence[Comparable]) -> tuple[Pair, ...]:
    """The pairs of both editions, by new position.

    Pairs that are beyond doubt wherever they stand come first: equal text that neither side has twice, and what is much
    liker than anything else. Between those of them that keep the order the rest is paired in its order, by likeness and
    place. What is left of very much alike text has moved; what is left of headings is paired by the lines under them.
    """
    alike = likeness(new, old)
    if alike is None:
        return tuple(Pair(n, o) for n, o in _equal_runs(new, old))
    found = _equal_once(new, old)
    found += _clear_pairs(new, old, alike, found)
    kept = _in_order(new, old, found)
    bounds = [(-1, -1), *sorted(kept), (len(new), len(old))]
    taken_new, taken_old = {n for n, _ in found}, {o for _, o in found}
    for (n0, o0), (n1, o1) in itertools.pairwise(bounds):
        news = [n for n in range(n0 + 1, n1) if n not in taken_new]
        olds = [o for o in range(o0 + 1, o1) if o not in taken_old]
        kept |= set(_pair_in_order(new, old, alike, news, olds))
    found = sorted({*found, *kept})
    found += _left_alike(new, old, alike, found)
    by_lines = _headings_of_paired_lines(new, old, found)
    kept |= {pair for pair in by_lines if all((pair[0] - n) * (pair[1] - o) > 0 for n, o in kept)}
    return tuple(Pair(n, o, (n, o) not in kept) for n, o in sorted([*found, *by_lines]))


def _equal_runs(new: Sequence[Comparable], old: Sequence[Comparable]) -> list[tuple[int, int]]:
    """Equal paragraphs in the same order, of editions too long for a comparison of each with each."""
    matcher = difflib.SequenceMatcher(
        None, [entry.body for entry in new], [entry.body for entry in old], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    return [(b.a + at, b.b + at) for b in blocks for at in range(b.size) if new[b.a + at].body]


def _equal_once(new: Sequence[Comparable], old: Sequence[Comparable]) -> list[tuple[int, int]]:
    """The pairs of equal paragraphs that neither side has twice."""
    of_new = Counter(entry.body for entry in new)
    of_old = Counter(entry.body for entry in old)
    at_old = {entry.body: o for o, entry in enumerate(old) if of_old[entry.body] == 1}
    return [
        (n, at_old[entry.body])
        for n, entry in enumerate(new)
        if entry.body and of_new[entry.body] == 1 and entry.body in at_old
    ]


def _clear_pairs(
    new: Sequence[Comparable], old: Sequence[Comparable], alike: Likeness, found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pairs alike beyond chance of which each is much liker the other than anything else that is left."""
    worth = {
        (n, o): float(alike[n, o]) + _place(new[n], old[o])
        for n, o in _free(new, old, found)
        if alike[n, o] >= SETTINGS.alike_anywhere - SETTINGS.clearly
    }
    of_new: dict[int, list[float]] = {}
    of_old: dict[int, list[float]] = {}
    for (n, o), each in worth.items():
        of_new.setdefault(n, []).append(each)
        of_old.setdefault(o, []).append(each)
    return [
        (n, o)
        for (n, o), each in worth.items()
        if alike[n, o] >= SETTINGS.alike_anywhere and _is_clear(each, of_new[n]) and _is_clear(each, of_old[o])
    ]


def _is_clear(worth: float, all_worths: Sequence[float]) -> bool:
    return sum(1 for other in all_worths if other > worth - SETTINGS.clearly) == 1


def _left_alike(
    new: Sequence[Comparable], old: Sequence[Comparable], alike: Likeness, found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Of what is left the pairs alike beyond chance, the best first; of equally good ones the nearest."""
    candidates = sorted(
        (-float(alike[n, o]) - _place(new[n], old[o]), abs(n - o), n, o)
        for n, o in _free(new, old, found)
        if alike[n, o] >= SETTINGS.alike_anywhere
    )
    pairs: dict[int, int] = {}
    for _, _, n, o in candidates:
        if n not in pairs and o not in pairs.values():
            pairs[n] = o
    return list(pairs.items())


def _free(
    new: Sequence[Comparable], old: Sequence[Comparable], found: Iterable[tuple[int, int]]
) -> Iterable[tuple[int, int]]:
    """All pairs of paragraphs long enough to tell likeness from chance that are in no pair yet."""
    taken = tuple(zip(*found, strict=True)) or ((), ())
    taken_new, taken_old = set(taken[0]), set(taken[1])
    news = [n for n, entry in enumerate(new) if n not in taken_new and len(entry.body) >= LIKENESS.shortest]
    olds = [o for o, entry in enumerate(old) if o not in taken_old and len(entry.body) >= LIKENESS.shortest]
    return itertools.product(news, olds)


def _place(new: Comparable, old: Comparable) -> float:
    """What the places of two paragraphs add to their likeness."""
    return SETTINGS.same_row * (new.row == old.row) + SETTINGS.same_heading * (new.above == old.above)


def _in_order(
    new: Sequence[Comparable], old: Sequence[Comparable], found: Sequence[tuple[int, int]]
) -> set[tuple[int, int]]:
    """The part of the pairs of most weight whose order is the same on both sides; those of one row weigh double."""
    pairs = sorted(found)
    weights: list[int] = []
    before: list[int | None] = []
    for at, (n, o) in enumerate(pairs):
        best = max((other for other in range(at) if pairs[other][1] < o), key=weights.__getitem__, default=None)
        before.append(best)
        weights.append((weights[best] if best is not None else 0) + (2 if new[n].row == old[o].row else 1))
    step = max(range(len(pairs)), key=weights.__getitem__, default=None)
    kept: set[tuple[int, int]] = set()
    while step is not None:
        kept.add(pairs[step])
        step = before[step]
    return kept


def _pair_in_order(
    new: Sequence[Comparable], old: Sequence[Comparable], alike: Likeness, news: Sequence[int], olds: Sequence[int]
) -> list[tuple[int, int]]:
    pairs = ordered_pairs(
        len(news), len(olds), lambda i, j: _score(new[news[i]], old[olds[j]], float(alike[news[i], olds[j]]))
    )
    return [(news[i], olds[j]) for i, j in pairs]


def _score(new: Comparable, old: Comparable, alike: float) -> float:
    """What a pair is worth; 0 where two paragraphs are no versions of one another."""
    if alike < (SETTINGS.similar_in_same_row if new.row == old.row else SAME_LINE):
        return 0.0
    marks = SETTINGS.same_mark * (new.marker == old.marker) + SETTINGS.same_kind * (new.kind == old.kind)
    return alike - SETTINGS.worthless + _place(new, old) + marks


def _headings_of_paired_lines(
    new: Sequence[Comparable], old: Sequence[Comparable], found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The headings left over that most of both one's paired lines belong to: they were worded anew."""
    parents = [(new[n].parent, old[o].parent) for n, o in found]
    votes = Counter((n, o) for n, o in parents if n is not None and o is not None)
    of_new, of_old = Counter(n for n, _ in parents), Counter(o for _, o in parents)
    taken_new, taken_old = {n for n, _ in found}, {o for _, o in found}
    return [
        (n, o)
        for (n, o), count in votes.items()
        if n not in taken_new
        and o not in taken_old
        and new[n].kind == old[o].kind == "heading"
        and count > SETTINGS.between_headings * of_new[n]
        and count > SETTINGS.between_headings * of_old[o]
    ]
