"""The account of a phrase names everything that one needs to add a wording."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.explain import explain, phrase_reading


def test_a_phrase_is_shown_token_by_token_and_field_by_field() -> None:
    account = explain("■ KPI：② 現金給付等の申請に係る郵送化率を９５．０％以上とする")
    assert "kind kpi, number 2" in account
    assert "郵送\t郵送" in account
    assert "95 percent" in account
    assert "postal_application_rate" in account
    assert "comparator     ge" in account
    assert "catalogue score 1.00" in account


def test_an_unknown_indicator_shows_its_nearest_entries() -> None:
    account = explain("■ KPI：健活企業の特定保健指導実施率を50%以上とする")
    assert "indicator not in the catalogue" in account
    assert "guidance_rate" in account


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_no_phrase_raises(text: str) -> None:
    assert explain(text)


def test_a_marked_line_gives_its_targets_as_plain_values() -> None:
    reading = phrase_reading("特定健診実施率を60.5％以上とする", marked=True, fiscal_year=2024)
    (target,) = reading["targets"]
    assert (target["indicator"], target["value"], target["unit"], target["comparator"]) == (
        "特定健診実施率",
        60.5,
        "percent",
        "ge",
    )
    assert target["statement"] == "特定健診実施率を60.5％以上とする"


@pytest.mark.parametrize(
    "text", ["特定健診受診率を令和４年度の31.2％より引き上げる", "時間外勤務時間を前年度実績1,200時間より削減する"]
)
def test_a_past_figure_that_is_to_be_left_behind_is_doubted_as_the_goal(text: str) -> None:
    (row,) = phrase_reading(text, marked=True, fiscal_year=2024)["targets"]
    assert row["confidence"] < 0.8
    assert "left_behind" in [reason["code"] for reason in row["reasons"]]
