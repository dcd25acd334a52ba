"""Targets against what is known of their indicators and against the other branches."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from normalizers.indicators.catalogue import Indicator
from pipeline.checks.indicators import (
    comparator_fits_direction,
    unit_fits_indicator,
    value_is_near_other_branches,
    value_is_plausible,
)


def entry(code: str, unit: str, direction: Literal["higher", "lower"], plausible: Any = None) -> Indicator:
    return Indicator(code, code, code, code, code, unit, None, direction, plausible, {}, None, None, ())


RATE = entry("rate", "percent", "higher", (30.0, 95.0))
FACTS = (RATE, entry("bids", "percent", "lower"), entry("offices", "offices", "higher"))


@pytest.mark.parametrize(
    ("code", "comparator", "wrong"),
    [("rate", "ge", False), ("rate", "le", True), ("bids", "le", False), ("bids", "gt", True), ("rate", "eq", False)],
)
def test_a_bound_from_the_wrong_side_is_a_doubt(
    build: Any, doubts_of: Any, code: str, comparator: str, wrong: bool
) -> None:
    plan = build()
    plan.target("割合", indicator_code=code, comparator=comparator, value=50.0)
    assert bool(doubts_of(comparator_fits_direction, plan, facts=FACTS)) == wrong


@pytest.mark.parametrize(
    ("code", "unit", "wrong"),
    [("rate", "percent", False), ("rate", "people", True), ("offices", "companies", False), (None, "people", False)],
)
def test_a_value_in_another_unit_is_a_doubt(
    build: Any, doubts_of: Any, code: str | None, unit: str, wrong: bool
) -> None:
    plan = build()
    plan.target("数", indicator_code=code, unit=unit, value=50.0)
    assert bool(doubts_of(unit_fits_indicator, plan, facts=FACTS)) == wrong


@pytest.mark.parametrize(
    ("code", "value", "wrong"),
    [("rate", 60.3, False), ("rate", 603.0, True), ("rate", 6.0, True), (None, 100.0, False), (None, 101.0, True)],
)
def test_an_impossible_value_is_a_doubt(
    build: Any, doubts_of: Any, code: str | None, value: float, wrong: bool
) -> None:
    plan = build()
    plan.target("率", indicator_code=code, value=value)
    assert bool(doubts_of(value_is_plausible, plan, facts=FACTS)) == wrong


def branch(build: Any, code: int, value: float, **more: Any) -> Any:
    plan = build(branch=f"{code:02}", serial=code)
    plan.target("率", indicator_code="rate", value=value, **more)
    return plan


def test_a_value_far_from_all_other_branches_is_a_doubt(build: Any, doubts_of: Any, said: Any) -> None:
    others = [branch(build, code, 55.0 + code) for code in range(1, 15)]
    (message,) = said(value_is_near_other_branches, branch(build, 20, 6.3), *others)
    assert "6.3" in message
    assert doubts_of(value_is_near_other_branches, branch(build, 20, 75.0), *others) == []


def test_counts_are_compared_by_size_and_few_branches_not_at_all(build: Any, doubts_of: Any) -> None:
    sizes = [800, 1_000, 1_500, 2_000, 3_000, 5_000, 9_000, 12_000, 20_000]
    others = [branch(build, code, float(size), unit="offices") for code, size in enumerate(sizes, 1)]
    assert doubts_of(value_is_near_other_branches, branch(build, 20, 57_000.0, unit="offices"), *others) == []
    assert doubts_of(value_is_near_other_branches, branch(build, 20, 6.3), *others[:3]) == []
