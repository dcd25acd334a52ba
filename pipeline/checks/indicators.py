"""Checks of single targets against what is known of their indicators, and against the other branches."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import median

from pipeline.checks.branch_values import comparable_targets, value_key
from pipeline.checks.context import Doubt, RunContext, about, shown
from pipeline.checks.rows import DocumentRows

_UPWARD = frozenset({"ge", "gt"})
_DOWNWARD = frozenset({"le", "lt"})
# A median absolute deviation times this is the standard deviation of a normal distribution.
_MAD_TO_DEVIATION = 1.4826


def comparator_fits_direction(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """An indicator that should rise is bounded from below (以上), one that should fall from above (以下).

    The other way round is a misprint or a misread comparator: a target of at most 60 % check-ups is nobody's aim.
    """
    for target in document.targets:
        facts = context.indicators.get(target.indicator_code or "")
        if facts is None or target.comparator is None:
            continue
        wrong = {"up": _DOWNWARD, "down": _UPWARD}.get(facts.direction or "", frozenset())
        if target.comparator in wrong:
            better = "more" if facts.direction == "up" else "less"
            yield about(
                target,
                f"{facts.name} is better the {better} it is, but the target bounds it from the other side "
                f"({target.comparator}): {target.statement[:60]}",
            )


def unit_fits_indicator(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """An absolute value stands in a unit of its indicator: a rate in percent, a number of offices in offices.

    Another unit means that the value belongs to something else on the line, or that the indicator was matched wrongly.
    """
    for target in document.targets:
        facts = context.indicators.get(target.indicator_code or "")
        if facts is None or not facts.units or target.basis != "absolute" or target.unit is None:
            continue
        if target.unit not in facts.units:
            yield about(
                target,
                f"{facts.name} is measured in {' or '.join(facts.units)}, but the value {shown(target.value or 0.0)} "
                f"stands in {target.unit}.",
            )


def value_is_plausible(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """An absolute value lies in the range possible for its indicator; a share lies between 0 and 100 percent.

    Catches a lost decimal point (603% for 60.3%) and a value taken from elsewhere on the line.
    """
    for target in document.targets:
        if target.basis != "absolute" or target.value is None:
            continue
        facts = context.indicators.get(target.indicator_code or "")
        if facts is not None and target.unit not in facts.units:
            facts = None
        low = facts.minimum if facts else None
        high = facts.maximum if facts else None
        if target.unit == "percent":
            low = 0.0 if low is None else low
            high = 100.0 if high is None else high
        low = 0.0 if low is None else low
        if target.value < low or (high is not None and target.value > high):
            bounds = f"at least {shown(low)}" if high is None else f"between {shown(low)} and {shown(high)}"
            yield about(
                target, f"{shown(target.value)} {target.unit} for {target.indicator}: {bounds} would be plausible."
            )


def value_is_near_other_branches(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """A value lies near those of the other branches for the same indicator, population, unit and year.

    Median and median absolute deviation are used since a few wrong values must not move the measure. Rates are
    compared as they are, counts by their logarithm: branches differ in size by a factor of fifty.
    """
    settings = context.settings
    if document.fiscal_year is None or document.branch_code is None:
        return
    for target in comparable_targets(document):
        others = context.branch_values[value_key(target, document.fiscal_year)]
        if len(others) < settings.number("branch_spread", "branches"):
            continue
        scale = _plain if target.unit in ("percent", "percentage_point") else _logarithm
        sample = [scale(value) for value in others.values()]
        assert target.value is not None
        middle = median(sample)
        spread = _MAD_TO_DEVIATION * median(abs(value - middle) for value in sample)
        spread = max(spread, settings.number("branch_spread", "floor_share") * abs(middle))
        if abs(scale(target.value) - middle) > settings.number("branch_spread", "deviations") * spread:
            yield about(
                target,
                f"{shown(target.value)} {target.unit} for {target.indicator} lies far from the other branches: "
                f"median {shown(median(others.values()))} of {len(others)}.",
            )


def _plain(value: float) -> float:
    return value


def _logarithm(value: float) -> float:
    return math.log10(max(value, 1.0))
