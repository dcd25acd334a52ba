"""How much two paragraphs of a comparison speak for being versions of one another: by their words and their aims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from normalizers.model.records import MeasureKind
from normalizers.text.differences import LONGEST_COMPARED

Likeness = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LikenessSettings:
    """How like two paragraphs are, 0 to 1."""

    shortest: int = 6
    """Characters: of shorter texts a likeness is chance. Chosen."""
    most_comparisons: int = 4_000_000
    """Pairs of paragraphs; beyond these nothing but equal text is paired: 32 MB, and seconds of work."""
    without_marked: float = 0.9
    """What a likeness counts that leaves aside what the page marks as changed. Chosen."""
    without_figures: float = 0.97
    """And one that leaves aside the figures: those differ every year. Chosen."""
    of_any_kind: float = 0.92
    """From here on a heading and a line under one are versions of one another: a sentence without its full stop may be
    taken for a heading. Chosen.
    """
    of_any_kind_from: int = 20
    """Characters that both have then at least. Chosen."""
    same_aim: float = 0.92
    """Aims of one indicator are versions of one another however they are worded. Chosen."""


SETTINGS = LikenessSettings()


_FIGURE = re.compile(r"[0-9][0-9,.]*")
_AIMS: frozenset[MeasureKind] = frozenset({"target", "figure"})


class AimKey(NamedTuple):
    """What an aim is about: its indicator by the catalogue's name, or as printed, and for whom it holds."""

    indicator: str
    catalogued: bool
    population: str | None


@dataclass(frozen=True, slots=True)
class Comparable:
    """One paragraph to be aligned.

    ``body`` is its normalised text without its mark and without spaces, ``kept`` what of it the page does not mark as
    changed, ``marker`` its mark; ``row`` is the logical table row, shared by the old and the new text printed side by
    side; ``parent`` the position in its own edition of the line that it stands under, ``above`` that one's words.
    """

    body: str
    kept: str
    marker: str | None
    row: int
    kind: MeasureKind
    parent: int | None
    above: str
    aims: frozenset[AimKey] = frozenset()


def figureless(body: str) -> str:
    """The text with each figure as one digit."""
    return _FIGURE.sub("0", body)


def likeness(new: Sequence[Comparable], old: Sequence[Comparable]) -> Likeness | None:
    """How alike each new and each old paragraph are, 0..1; None where there are too many to compare.

    0 stands between what cannot be versions of one another: a heading and a line under one (but for long texts that
    are almost the same), aims of other indicators or for other people. Equal words are alike whatever they are.
    """
    if not new or not old or len(new) * len(old) > SETTINGS.most_comparisons:
        return None
    alike: Likeness = np.maximum(
        _ratios([n.body for n in new], [o.body for o in old]),
        SETTINGS.without_figures * _ratios([figureless(n.body) for n in new], [figureless(o.body) for o in old]),
    )
    marked = np.logical_or.outer([_is_partly_marked(n) for n in new], [_is_partly_marked(o) for o in old])
    if marked.any():
        enough = np.minimum.outer([len(n.kept) for n in new], [len(o.kept) for o in old]) >= SETTINGS.shortest
        kept = SETTINGS.without_marked * _ratios([n.kept for n in new], [o.kept for o in old])
        alike = np.where(marked & enough, np.maximum(alike, kept), alike)
    long = np.minimum.outer([len(n.body) for n in new], [len(o.body) for o in old]) >= SETTINGS.of_any_kind_from
    kinds_differ = np.not_equal.outer([_is_heading(n) for n in new], [_is_heading(o) for o in old])
    alike[kinds_differ & ~(long & (alike >= SETTINGS.of_any_kind))] = 0
    with_aims = [at for at, entry in enumerate(old) if entry.aims]
    for at, entry in enumerate(new):
        for other in with_aims if entry.aims else ():
            alike[at, other] = _by_aims(entry, old[other], float(alike[at, other]))
    alike[np.equal.outer(np.array([n.body for n in new]), np.array([o.body for o in old]))] = 1
    alike[[not n.body for n in new], :] = 0
    return alike


def _ratios(news: Sequence[str], olds: Sequence[str]) -> Likeness:
    heads = [[text[:LONGEST_COMPARED] for text in texts] for texts in (news, olds)]
    ratios: Likeness = process.cdist(heads[0], heads[1], scorer=fuzz.ratio, dtype=np.float64) / 100
    return ratios


def _is_heading(entry: Comparable) -> bool:
    """Whether it only heads others: a line that states an aim beside （同左） may be taken for a heading."""
    return entry.kind == "heading" and not entry.aims


def _is_partly_marked(entry: Comparable) -> bool:
    return bool(entry.kept) and entry.kept != entry.body


def _by_aims(new: Comparable, old: Comparable, alike: float) -> float:
    """The likeness of two paragraphs that both state aims: these weigh more than the words."""
    if new.kind != old.kind and {new.kind, old.kind} <= _AIMS:
        return 0.0
    if any(_same_aim(n, o) for n in new.aims for o in old.aims):
        return max(alike, SETTINGS.same_aim)
    return 0.0 if all(_other_aim(n, o) for n in new.aims for o in old.aims) else alike


def _same_aim(new: AimKey, old: AimKey) -> bool:
    return (new.indicator == old.indicator and None in (new.population, old.population)) or new == old


def _other_aim(new: AimKey, old: AimKey) -> bool:
    """Whether two aims are certainly about different things, or different people.

    A name within another one is the same thing counted in a narrower or wider way.
    """
    if None not in (new.population, old.population) and new.population != old.population:
        return True
    return (
        new.catalogued and old.catalogued and new.indicator not in old.indicator and old.indicator not in new.indicator
    )
