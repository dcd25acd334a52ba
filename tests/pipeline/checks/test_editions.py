"""The old edition against last year's plan, marks against differences."""

from __future__ import annotations

from typing import Any

from pipeline.checks.editions import marks_match_differences, old_edition_is_last_year


def comparison(build: Any, old: float) -> Any:
    plan = build(year=2021, kind="comparison")
    shared: dict[str, Any] = {"indicator": "健診実施率", "population": "insured"}
    plan.target("健診実施率を60%以上とする", edition="new", value=60.0, **shared)
    plan.target(f"健診実施率を{old}%以上とする", edition="old", fiscal_year=2020, value=old, **shared)
    return plan


def last_year(build: Any, value: float, branch: str = "33") -> Any:
    plan = build(year=2020, serial=1, branch=branch)
    plan.target(f"健診の実施率を{value}%以上とする", indicator="健診の実施率", population="insured", value=value)
    return plan


def test_an_old_edition_that_repeats_last_year_is_no_doubt(build: Any, doubts_of: Any) -> None:
    assert doubts_of(old_edition_is_last_year, comparison(build, 58.8), last_year(build, 58.8)) == []


def test_an_old_edition_that_differs_from_last_year_is_a_doubt(build: Any, said: Any) -> None:
    (message,) = said(old_edition_is_last_year, comparison(build, 58.8), last_year(build, 57.8))
    assert "58.8" in message
    assert "57.8" in message


def test_another_branch_or_no_last_year_says_nothing(build: Any, doubts_of: Any) -> None:
    assert doubts_of(old_edition_is_last_year, comparison(build, 58.8), last_year(build, 1.0, branch="34")) == []
    assert doubts_of(old_edition_is_last_year, comparison(build, 58.8)) == []


def test_marks_are_summed_up_once_for_each_kind(build: Any, doubts_of: Any, said: Any) -> None:
    plan = build(kind="comparison")
    plan.change("新しい文", "古い文", new_marked=["新しい"], old_marked=["古い"])
    assert doubts_of(marks_match_differences, plan) == []
    plan.change("令和3年度の取組", "令和2年度の取組", marking="unmarked")
    plan.change("別の文", "べつの文", marking="unmarked")
    plan.change("同じ文", "同じ文", marking="overmarked", new_marked=["同じ"])
    messages = said(marks_match_differences, plan)
    assert [message.partition(" changes")[0] for message in messages] == ["2 of 4", "1 of 4"]
