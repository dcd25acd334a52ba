"""The period of a count is no part of the name that it follows without a blank, but the end of a word is."""

from __future__ import annotations

import pytest

from normalizers.aims.aim import TargetContext
from normalizers.aims.read_aims import read_aims


@pytest.mark.parametrize(
    ("text", "indicator", "value", "unit"),
    [
        ("健康づくり出前講座年30回以上", "健康づくり出前講座", 30, "times"),
        ("出前講座年間２４回以上", "出前講座", 24, "times"),
        ("加入者向けセミナー年延べ1,200人以上", "加入者向けセミナー", 1200, "people"),
        ("電話相談週３回以上", "電話相談", 3, "times"),
        ("個別面談月平均15件以上", "個別面談", 15, "cases"),
        ("運営会議毎月１回以上", "運営会議", 1, "times"),
        ("青年30人以上", "青年", 30, "people"),
        ("出前講座年利用率30％以上", "出前講座年利用率", 30, "percent"),
    ],
)
def test_a_period_ends_the_name(text: str, indicator: str, value: float, unit: str) -> None:
    (aim,) = read_aims(text, TargetContext(kind="kpi", fiscal_year=2023))
    assert (aim.indicator, aim.comparator, aim.value, aim.unit) == (indicator, "ge", value, unit)
