"""The name that was probably meant, for messages about one that is not there."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_LIKE = 50.0
"""rapidfuzz's ratio, 0..100: one of two characters may be wrong, as in the names of most branches."""

_MOST = 3  # names that are equally near


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Those of ``names`` that ``name`` is most like, at most three; none where none is alike."""
    plain = {own: own.lower() for own in names}
    found = process.extract(name.lower(), plain, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None)
    return [own for _, score, own in found if score == found[0][1]][:_MOST]
