"""A column of names headed 目標, beside years: 目標 | 令和5年度 | 令和6年度."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, read_plan


@pytest.mark.parametrize(
    ("head", "unit", "years", "figures", "read"),
    [
        ("目標", "（単位：円）", ("令和５年度", "令和６年度"), ("6,120", "6,480"), (6120.0, 6480.0, "yen")),
        ("目標項目", "（単位：％）", ("R5", "R6"), ("95.8", "96.4"), (95.8, 96.4, "percent")),
        ("数値目標", "（単位：人）", ("5年度", "6年度"), ("1,250", "1,400"), (1250.0, 1400.0, "people")),
    ],
)
def test_a_goal_over_names_beside_years_heads_the_names(
    head: str, unit: str, years: tuple[str, str], figures: tuple[str, str], read: tuple[float, float, str]
) -> None:
    names = {"yen": "再審査１件当たりの査定額", "percent": "現金給付の郵送化率", "people": "健康保険委員の委嘱者数"}
    rows = [[head, *years], [names[read[2]], *figures]]
    above = ("1. 基盤的保険者機能の盤石化", unit)
    _, records = read_plan(draw_plan(rows, [240, 90, 90], above=above))
    assert [(t.fiscal_year, t.value, t.unit, t.basis) for t in records.targets] == [
        (2023, read[0], read[2], "absolute"),
        (2024, read[1], read[2], "absolute"),
    ]
