"""What no plan would say, across one document and the nation."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers.vocabulary import catalogue
from pipeline.checks import sense


def test_a_number_without_an_indicator_is_named(build: Any, said: Any) -> None:
    plan = build()
    plan.target("健康宣言事業所数 300社", value=300.0, unit="companies")
    plan.target("300社以上とする", value=300.0, unit="companies", indicator=None)
    (message,) = said(sense.targets_have_indicators, plan)
    assert "300 companies" in message


def test_an_indicator_with_two_values_is_named_on_both(build: Any, doubts_of: Any) -> None:
    plan = build()
    plan.target("回収率を95%以上とする", indicator="回収率", value=95.0)
    plan.target("回収率を92%以上とする", indicator="回収率", value=92.0)
    assert len(doubts_of(sense.indicators_have_one_value, plan)) == 2


@pytest.mark.parametrize(
    "apart",
    [
        {"population": "dependents"},
        {"condition": "小規模"},
        {"edition": "old"},
        {"fiscal_year": 2020},
        {"unit": "cases"},
    ],
)
def test_values_that_something_tells_apart_are_in_order(build: Any, doubts_of: Any, apart: dict[str, Any]) -> None:
    plan = build()
    plan.target("回収率を95%以上とする", indicator="回収率", value=95.0)
    plan.target("回収率を92%以上とする", indicator="回収率", value=92.0, **apart)
    assert doubts_of(sense.indicators_have_one_value, plan) == []


def test_an_indicator_that_all_others_have_is_missed(build: Any, doubts_of: Any, said: Any) -> None:
    codes = list(catalogue())[:2]
    facts = tuple(catalogue()[code] for code in codes)
    others = [build(branch=f"{branch:02}", serial=branch) for branch in range(1, 25)]
    for other in others:
        for code in codes:
            other.target(code, indicator=code, indicator_code=code, value=50.0)
    plan = build(branch="33", serial=33)
    plan.target(codes[0], indicator=codes[0], indicator_code=codes[0], value=50.0)
    (message,) = said(sense.common_indicators_are_there, plan, *others, facts=facts)
    assert facts[1].name_ja in message
    assert doubts_of(sense.common_indicators_are_there, plan, *others[:5], facts=facts) == []


def test_a_plan_without_a_kpi_is_named(build: Any, doubts_of: Any) -> None:
    plan = build()
    assert len(doubts_of(sense.plan_has_targets, plan)) == 1
    plan.target("回収率を95%以上とする", value=95.0)
    assert doubts_of(sense.plan_has_targets, plan) == []


def test_many_headings_without_measures_are_named(build: Any, doubts_of: Any) -> None:
    plan = build()
    for number in range(6):
        heading = plan.measure(f"見出し{number}", kind="heading")
    assert len(doubts_of(sense.headings_have_measures, plan)) == 1
    for row in [row for row in plan.rows["measures"] if row["kind"] == "heading"]:
        plan.measure("施策", parent_id=row["measure_id"])
    assert heading["kind"] == "heading"
    assert doubts_of(sense.headings_have_measures, plan) == []


def test_a_comparison_marked_nowhere_or_everywhere_is_named(build: Any, doubts_of: Any) -> None:
    plan = build(kind="comparison")
    for number in range(10):
        plan.change(f"新しい文{number}", f"古い文{number}", marking="unmarked")
    assert [doubt.variant for doubt in doubts_of(sense.comparison_is_marked, plan)] == ["none"]
    plan.rows["changes"][0]["new_marked"] = ["新"]
    assert doubts_of(sense.comparison_is_marked, plan) == []
    for measure in plan.rows["measures"]:
        measure["underlines"] = [{"start": 0, "end": 1}]
    assert [doubt.variant for doubt in doubts_of(sense.comparison_is_marked, plan)] == ["all"]
