"""Checks of the run as a whole: which branches have no plan for a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.checks.context import Doubt, RunContext

BRANCH_CODES = tuple(f"{number:02}" for number in range(1, 48))


def branches_are_complete(context: RunContext) -> Iterator[Doubt]:
    """Every branch is there once for the year; named only where enough plans of a year are there to expect all 47."""
    present: dict[int, set[str]] = defaultdict(set)
    for branch, year in context.plans:
        present[year].add(branch)
    for year, branches in sorted(present.items()):
        missing = [code for code in BRANCH_CODES if code not in branches]
        if missing and len(branches) >= context.settings.number("missing_branch", "branches"):
            yield Doubt(f"{year}: no plan of {', '.join(missing)}.")
