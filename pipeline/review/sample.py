"""A sample of the rows that the program is sure of, drawn so that it is the same for all, and what it tells."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass

SHARE = 0.02
_Z = 1.96
"""Of the normal distribution: 95 % of it lies within."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Of ``size`` sure rows people looked at some and found some wrong; ``low`` to ``high`` is the 95 % interval."""

    size: int
    looked_at: int
    wrong: int
    share: float | None
    low: float | None
    high: float | None


def drawn(keys: Iterable[tuple[str, str]], share: float = SHARE) -> frozenset[str]:
    """The ids drawn from (id, stratum): in each stratum the ``share`` with the lowest hash, at least one."""
    strata: dict[str, list[tuple[str, str]]] = {}
    for key, stratum in keys:
        strata.setdefault(stratum, []).append((hashlib.sha256(key.encode()).hexdigest(), key))
    found: set[str] = set()
    for own in strata.values():
        found.update(key for _, key in sorted(own)[: math.ceil(len(own) * share)])
    return frozenset(found)


def estimate(size: int, looked_at: int, wrong: int) -> Estimate:
    """The share of wrong rows among ``size``, with Wilson's interval, which also holds for few and for none wrong."""
    if looked_at == 0:
        return Estimate(size, 0, 0, None, None, None)
    share = wrong / looked_at
    scale = 1 + _Z**2 / looked_at
    middle = (share + _Z**2 / (2 * looked_at)) / scale
    half = _Z * math.sqrt(share * (1 - share) / looked_at + _Z**2 / (4 * looked_at**2)) / scale
    return Estimate(size, looked_at, wrong, share, max(0.0, middle - half), min(1.0, middle + half))
