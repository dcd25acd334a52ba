"""Printed arithmetic: rates against head counts, parts against wholes, KPIs against plan figures."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.checks.figures import (
    breakdown_within_whole,
    kpi_matches_plan_figure,
    parts_give_whole,
    rate_matches_count,
)


@pytest.mark.parametrize(
    ("rate", "planned", "eligible"),
    [(60.3, 172_500, 286_223), (33.7, 660, 1_961), (35.0, 15_140, 43_208), (28.3, 22_800, 80_544), (100.0, 50, 50)],
)
def test_a_rate_that_its_counts_give_is_no_doubt(
    build: Any, doubts_of: Any, rate: float, planned: int, eligible: int
) -> None:
    plan = build()
    plan.figures("実施率", rate, planned, eligible)
    assert doubts_of(rate_matches_count, plan) == []


def test_a_rate_that_contradicts_its_counts_is_named_with_the_numbers_and_its_row(
    build: Any, doubts_of: Any, said: Any
) -> None:
    plan = build()
    plan.figures("特定健診実施率", 63.0, 172_500, 286_223)
    (message,) = said(rate_matches_count, plan)
    for number in ("63%", "172,500", "286,223", "60.27%"):
        assert number in message
    (doubt,) = doubts_of(rate_matches_count, plan)
    assert (doubt.record_table, doubt.page) == ("targets", 1)
    assert doubt.record_id == plan.rows["targets"][1]["target_id"]


def test_a_rate_is_compared_with_the_eligible_count_of_its_own_population(build: Any, doubts_of: Any) -> None:
    plan = build()
    plan.figures("実施率", 50.0, 500, 1_000)
    plan.figures("実施率", 20.0, 80, 400, population="dependents")
    plan.figures("取得率", 10.0, 100, None)
    assert doubts_of(rate_matches_count, plan) == []


def test_a_rate_without_an_eligible_count_is_not_judged(build: Any, doubts_of: Any) -> None:
    plan = build()
    plan.figures("実施率", 50.0, 123, None)
    assert doubts_of(rate_matches_count, plan) == []


def guidance(plan: Any, stated: float) -> None:
    plan.figures("特定保健指導実施率", 35.0, 15_140, 43_208)
    plan.figures("特定保健指導実施率", 33.7, 660, 1_961, population="dependents")
    plan.target(
        f"特定保健指導の実施率を{stated}%以上とする", indicator="特定保健指導の実施率", value=stated, population="all"
    )


def test_the_whole_is_what_the_parts_give(build: Any, doubts_of: Any) -> None:
    plan = build()
    guidance(plan, 35.0)
    assert doubts_of(parts_give_whole, plan) == []


def test_a_whole_that_the_parts_do_not_give_is_a_doubt(build: Any, said: Any) -> None:
    plan = build()
    guidance(plan, 36.0)
    (message,) = said(parts_give_whole, plan)
    assert "36%" in message
    assert "34.98%" in message


def test_a_breakdown_larger_than_its_whole_is_a_doubt(build: Any, doubts_of: Any, said: Any) -> None:
    plan = build()
    plan.figures("特定保健指導実施率", 35.0, 350, 1_000)
    shared: dict[str, Any] = {"kind": "plan_figure", "population": "insured"}
    plan.target("(内訳)協会保健師実施分 20.0%", indicator="協会保健師実施分", value=20.0, **shared)
    assert doubts_of(breakdown_within_whole, plan) == []
    plan.target("(内訳)委託実施分 45.0%", indicator="委託実施分", value=45.0, **shared)
    (message,) = said(breakdown_within_whole, plan)
    assert "委託実施分" in message


def kpi(plan: Any, value: float, **more: Any) -> None:
    values: dict[str, Any] = {"indicator": "被扶養者の特定健診の実施率", "value": value, "population": "dependents"}
    plan.target(f"被扶養者の特定健診の実施率を{value}%以上とする", **(values | more))


def test_a_kpi_agrees_with_the_plan_figure_of_the_same_indicator(build: Any, doubts_of: Any) -> None:
    plan = build()
    plan.figures("特定健診実施率", 28.3, 283, 1_000, population="dependents")
    kpi(plan, 28.3)
    assert doubts_of(kpi_matches_plan_figure, plan) == []


def test_a_kpi_that_differs_from_its_plan_figure_is_a_doubt(build: Any, said: Any) -> None:
    plan = build()
    plan.figures("特定健診実施率", 28.3, 283, 1_000, population="dependents")
    kpi(plan, 29.3)
    (message,) = said(kpi_matches_plan_figure, plan)
    assert "29.3" in message
    assert "28.3" in message


@pytest.mark.parametrize(
    "other", [{"edition": "reference"}, {"population": "insured"}, {"fiscal_year": 2020}, {"condition": "一部の支部"}]
)
def test_a_kpi_of_another_plan_population_year_or_case_is_not_compared(
    build: Any, doubts_of: Any, other: dict[str, Any]
) -> None:
    plan = build()
    plan.figures("特定健診実施率", 28.3, 283, 1_000, population="dependents")
    kpi(plan, 35.0, **other)
    assert doubts_of(kpi_matches_plan_figure, plan) == []
