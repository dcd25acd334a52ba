"""What a domain check may look at besides the document itself, and how it reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from normalizers.vocabulary import Indicator
from parsers.model.finding import Values
from parsers.model.geometry import Box
from pipeline.checks.branch_values import ValueKey
from pipeline.checks.rows import DocumentRows, TargetRow
from pipeline.checks.settings import CheckSettings


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

    ``plans`` are the documents by (branch code, fiscal year).
    """

    settings: CheckSettings
    indicators: Mapping[str, Indicator]
    plans: Mapping[tuple[str, int], tuple[DocumentRows, ...]]
    branch_values: Mapping[ValueKey, Mapping[str, float]]


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
