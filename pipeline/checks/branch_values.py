"""The values of all branches side by side, for comparing one with the others."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.checks.rows import DocumentRows, TargetRow

ValueKey = tuple[str, str | None, str | None, int]
"""Indicator code, population, unit, fiscal year: what must be the same for two values to be compared."""

_MAD_TO_DEVIATION = 1.4826
"""A median absolute deviation times this is the standard deviation of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the values of ``count`` branches lie: their ``median``; and as they are compared, middle and deviation."""

    count: int
    median: float
    middle: float
    deviation: float


def spread_of(key: ValueKey, values: Sequence[float]) -> Spread:
    """The spread of the branches' ``values`` for ``key``, robust: a few wrong values must not move it."""
    unit = key[2]
    sample = [scaled(value, unit) for value in values]
    middle = median(sample)
    deviation = _MAD_TO_DEVIATION * median(abs(value - middle) for value in sample)
    return Spread(len(sample), median(values), middle, deviation)


def scaled(value: float, unit: str | None) -> float:
    """``value`` as branches are compared: rates as they are, counts by their logarithm, for branches differ in size."""
    return value if unit in ("percent", "percentage_point") else math.log10(max(value, 1.0))


def values_by_branch(
    plans: Mapping[tuple[str, int], tuple[DocumentRows, ...]],
) -> dict[ValueKey, dict[str, float]]:
    """Branch code → value for everything the branches' own plans aim at in their year.

    Where a branch has several values for one key, its KPI counts before its plan figures.
    """
    values: dict[ValueKey, dict[str, float]] = defaultdict(dict)
    for (branch, year), documents in plans.items():
        for document in documents:
            for target in sorted(comparable_targets(document), key=lambda target: target.kind == "kpi"):
                assert target.value is not None
                values[value_key(target, year)][branch] = target.value
    return values


def comparable_targets(document: DocumentRows) -> Iterator[TargetRow]:
    """The document's own aims for its year that are a number of a catalogued indicator, without condition."""
    for target in document.targets:
        if (
            target.edition in ("new", "single")
            and target.indicator_code is not None
            and target.basis == "absolute"
            and target.value is not None
            and target.condition is None
            and target.fiscal_year in (None, document.fiscal_year)
        ):
            yield target


def value_key(target: TargetRow, year: int) -> ValueKey:
    """The key under which the values of ``year`` comparable with ``target`` are found."""
    assert target.indicator_code is not None
    return (target.indicator_code, target.population, target.unit, year)
