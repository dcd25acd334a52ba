"""Which of the 47 branches are there for a year, and which are not."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.store.manifest import Entry
from pipeline.store.states import State

BRANCH_COUNT = 47
BRANCH_CODES = tuple(f"{number:02d}" for number in range(1, BRANCH_COUNT + 1))


def missing_branches(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """For each fiscal year of which anything is loaded, the codes of the branches of which nothing is."""
    present: dict[str, set[str]] = {}
    for entry in entries:
        if entry.held is State.LOADED and entry.fiscal_year is not None:
            present.setdefault(str(entry.fiscal_year), set()).add(entry.branch_code or "00")
    return {year: [code for code in BRANCH_CODES if code not in present[year]] for year in sorted(present)}
