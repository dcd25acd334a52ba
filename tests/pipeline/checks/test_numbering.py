"""KPI numbers, lines left unread, doubtful readings."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.checks.numbering import kpi_numbers_run, readings_are_sure, targets_are_read


@pytest.mark.parametrize("numbers", [[1, 2, 3], [1, 2, 1, 2, 3], [1, 1, 2], [None, 1, None, 2], [1, 2, 3, 4, 1], []])
def test_numbers_in_order_are_no_doubt(build: Any, doubts_of: Any, numbers: list[int | None]) -> None:
    plan = build()
    for number in numbers:
        plan.target("実施率", number=number)
    assert doubts_of(kpi_numbers_run, plan) == []


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 3], "missing are 2"),
        ([1, 2, 5], "missing are 3, 4"),
        ([2, 3], "missing are 1"),
        ([1, 2, 3, 2], "backwards"),
    ],
)
def test_a_number_out_of_order_is_named(build: Any, said: Any, numbers: list[int], expected: str) -> None:
    plan = build()
    for number in numbers:
        plan.target("実施率", number=number)
    (message,) = said(kpi_numbers_run, plan)
    assert expected in message


def test_editions_are_numbered_apart(build: Any, doubts_of: Any) -> None:
    plan = build(kind="comparison")
    for number in (1, 2, 3):
        plan.target("実施率", number=number, edition="new")
        if number < 3:
            plan.target("実施率", number=number, edition="old")
    assert doubts_of(kpi_numbers_run, plan) == []


def test_a_target_line_without_a_row_is_named(build: Any, doubts_of: Any) -> None:
    plan = build()
    plan.target("実施率を50%以上とする", value=50.0)
    assert doubts_of(targets_are_read, plan) == []
    plan.measure("【KPI】", kind="target")
    plan.target("30%", indicator="提出の率", value=30.0)
    plan.measure("提出率", kind="target")
    assert doubts_of(targets_are_read, plan) == []
    lost = plan.measure("取得率を10%以上とする", kind="target")
    (doubt,) = doubts_of(targets_are_read, plan)
    assert doubt.record_id == lost["measure_id"]


def test_a_doubtful_reading_is_named_with_its_reasons(build: Any, said: Any) -> None:
    plan = build()
    plan.target("率をあれする", confidence=0.2)
    doubt = {"code": "other_unit", "field": "unit", "values": '{"unit": "people"}'}
    plan.target("率を5%あれする", value=5.0, confidence=0.2, confidence_reasons=[doubt])
    (message,) = said(readings_are_sure, plan)
    assert "counts it in people" in message
