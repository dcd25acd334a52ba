"""What a domain check may look at besides the document itself, and how it reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from normalizers.vocabulary import Indicator
from parsers.model.finding import Values
from parsers.model.geometry import Box
from pipeline.checks.branch_values import Spread, ValueKey, spread_of
from pipeline.checks.rows import DocumentRows, TargetRow
from pipeline.checks.settings import CheckSettings

CURRENT = ("new", "single")
"""The editions that speak of the plan's own year."""


class Doubt(NamedTuple):
    """What a domain check found, before it is known under which name; fields as in parsers.model.finding.Finding."""

    values: Values
    page: int | None = None
    box: Box | None = None
    record_table: str | None = None
    record_id: str | None = None
    variant: str = ""


@dataclass(frozen=True, slots=True)
class RunContext:
    """The settings, the indicators of the catalogue, and what the documents of all branches and years hold.

    ``plans`` are the documents by (branch code, fiscal year). From these follow, once for all documents that are
    compared with them: ``kpi_codes``, by fiscal year and branch the indicators that its first plan has, and ``spreads``
    of the branches' values.
    """

    settings: CheckSettings
    indicators: Mapping[str, Indicator]
    plans: Mapping[tuple[str, int], tuple[DocumentRows, ...]]
    branch_values: Mapping[ValueKey, Mapping[str, float]]
    kpi_codes: Mapping[int, Mapping[str, frozenset[str | None]]] = field(init=False)
    spreads: Mapping[ValueKey, Spread] = field(init=False)

    def __post_init__(self) -> None:
        codes: dict[int, dict[str, frozenset[str | None]]] = defaultdict(dict)
        for (branch, year), documents in self.plans.items():
            codes[year][branch] = frozenset(
                t.indicator_code for t in documents[0].targets if t.kind == "kpi" and t.edition in CURRENT
            )
        object.__setattr__(self, "kpi_codes", codes)
        spreads = {key: spread_of(key, list(values.values())) for key, values in self.branch_values.items()}
        object.__setattr__(self, "spreads", spreads)


DomainCheck = Callable[[DocumentRows, RunContext], Iterator[Doubt]]


def plans_by_branch(documents: tuple[DocumentRows, ...]) -> dict[tuple[str, int], tuple[DocumentRows, ...]]:
    """The documents of each (branch code, fiscal year); those that lack either are left out."""
    plans: dict[tuple[str, int], list[DocumentRows]] = defaultdict(list)
    for document in documents:
        if document.branch_code is not None and document.fiscal_year is not None:
            plans[document.branch_code, document.fiscal_year].append(document)
    return {place: tuple(found) for place, found in plans.items()}


def about(target: TargetRow, values: Values, variant: str = "") -> Doubt:
    """A doubt about one target, with its place on the page."""
    return Doubt(values, target.page, target.box, "targets", target.target_id, variant)
