"""Checks of single targets against what is known of their indicators, and against the other branches."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pipeline.checks.branch_values import comparable_targets, scaled, value_key
from pipeline.checks.context import Doubt, RunContext, about
from pipeline.checks.rows import DocumentRows

_UPWARD = frozenset({"ge", "gt"})
_DOWNWARD = frozenset({"le", "lt"})


def comparator_fits_direction(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """An indicator that should rise is bounded from below (以上), one that should fall from above (以下).

    The other way round is a misprint or a misread comparator: a target of at most 60 % check-ups is nobody's aim.
    """
    for target in document.targets:
        indicator = context.indicators.get(target.indicator_code or "")
        if indicator is None or target.comparator is None:
            continue
        wrong = {"higher": _DOWNWARD, "lower": _UPWARD}.get(indicator.direction or "", frozenset())
        if target.comparator in wrong:
            yield about(
                target,
                {
                    "indicator": indicator.name_ja,
                    "direction": indicator.direction,
                    "comparator": target.comparator,
                    "text": target.statement,
                },
            )


def unit_fits_indicator(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """An absolute value stands in a unit of its indicator: a rate in percent, a number of offices in offices.

    Another unit means that the value belongs to something else on the line, or that the indicator was matched wrongly.
    """
    interchangeable = context.settings.words("indicator_unit", "interchangeable")
    for target in document.targets:
        indicator = context.indicators.get(target.indicator_code or "")
        if indicator is None or target.basis != "absolute" or target.unit in (None, indicator.unit):
            continue
        if not any({target.unit, indicator.unit} <= set(units.split()) for units in interchangeable):
            yield about(
                target,
                {
                    "indicator": indicator.name_ja,
                    "unit": indicator.unit,
                    "value": target.value,
                    "other": target.unit,
                },
            )


def value_is_plausible(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """An absolute value lies in the range possible for its indicator; a share lies between 0 and 100 percent.

    Catches a lost decimal point (603% for 60.3%) and a value taken from elsewhere on the line.
    """
    for target in document.targets:
        if target.basis != "absolute" or target.value is None:
            continue
        indicator = context.indicators.get(target.indicator_code or "")
        low, high = 0.0, 100.0 if target.unit == "percent" else math.inf
        if indicator is not None and indicator.plausible is not None and indicator.unit == target.unit:
            low, high = indicator.plausible
        if not low <= target.value <= high:
            said = {"value": target.value, "unit": target.unit, "indicator": target.indicator, "low": low}
            if high == math.inf:
                yield about(target, said, "at_least")
            else:
                yield about(target, {**said, "high": high}, "between")


def value_is_near_other_branches(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """A value lies near those of the other branches for the same indicator, population, unit and year.

    Median and median absolute deviation are used since a few wrong values must not move the measure. Rates are
    compared as they are, counts by their logarithm: branches differ in size by a factor of fifty.
    """
    settings = context.settings
    if document.fiscal_year is None or document.branch_code is None:
        return
    for target in comparable_targets(document):
        others = context.spreads[value_key(target, document.fiscal_year)]
        if others.count < settings.number("branch_spread", "branches"):
            continue
        assert target.value is not None
        spread = max(others.deviation, settings.number("branch_spread", "floor_share") * abs(others.middle))
        distance = abs(scaled(target.value, target.unit) - others.middle)
        if distance > settings.number("branch_spread", "deviations") * spread:
            yield about(
                target,
                {
                    "value": target.value,
                    "unit": target.unit,
                    "indicator": target.indicator,
                    "median": others.median,
                    "count": others.count,
                },
            )
