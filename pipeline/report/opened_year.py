"""The fiscal year that a page over all branches opens on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

ENOUGH = 0.5
"""Share of the branches of the fullest year (chosen): a season begins with a handful of plans, too few to rank."""


def opened_year(told: Iterable[tuple[int, str]]) -> int | None:
    """The newest fiscal year of which enough branches tell something; None where nothing is told.

    ``told`` holds a pair of fiscal year and branch code for each row that a page shows, in any order.
    """
    branches: dict[int, set[str]] = defaultdict(set)
    for year, branch in told:
        branches[year].add(branch)
    fullest = max((len(own) for own in branches.values()), default=0)
    return max((year for year, own in branches.items() if len(own) >= ENOUGH * fullest), default=None)
