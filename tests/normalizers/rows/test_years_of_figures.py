"""Goals and plans of several years in one table: a year in brackets over them, years as rows."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, read_plan


@pytest.mark.parametrize(
    ("fields", "years"),
    [
        (("基盤的保険者機能関係", "戦略的保険者機能関係"), ("令和６年度", "（令和５年度）")),
        (("健診・保健指導", "適用・給付"), ("R6年度目標", "（R5年度）")),
    ],
)
def test_blocks_under_heads_of_their_own_have_their_figures_and_those_of_the_year_before(
    fields: tuple[str, str], years: tuple[str, str]
) -> None:
    rows = [
        [fields[0], *years, fields[1], *years],
        ["郵送化率", "96.4％以上", "（95.8％以上）", "特定健診実施率", "60.9％以上", "（58.6％以上）"],
        ["査定率", "対前年度以上", "（対前年度以上）", "宣言事業所数", "2,700社以上", "（2,350社以上）"],
    ]
    _, records = read_plan(draw_plan(rows, [120, 90, 100, 120, 90, 100], page=(842, 595), size=8.0))
    assert {(t.indicator, t.fiscal_year, t.edition, t.basis, t.comparator, t.value) for t in records.targets} == {
        ("郵送化率", 2024, "new", "absolute", "ge", 96.4),
        ("郵送化率", 2023, "old", "absolute", "ge", 95.8),
        ("査定率", 2024, "new", "previous_year", "ge", None),
        ("査定率", 2023, "old", "previous_year", "ge", None),
        ("特定健診実施率", 2024, "new", "absolute", "ge", 60.9),
        ("特定健診実施率", 2023, "old", "absolute", "ge", 58.6),
        ("宣言事業所数", 2024, "new", "absolute", "ge", 2700.0),
        ("宣言事業所数", 2023, "old", "absolute", "ge", 2350.0),
    }


@pytest.mark.parametrize(("font", "size"), [("japan", 9.0), ("japan-s", 10.0)])
def test_plans_of_years_in_rows_are_of_what_heads_each_pair_of_columns(font: str, size: float) -> None:
    rows = [
        ["", "生活習慣病予防健診", "<", "事業者健診データ", "<"],
        ["", "人数", "率", "人数", "率"],
        ["令和５年度計画", "138,970人", "58.6％", "20,870人", "8.8％"],
        ["令和６年度計画", "146,160人", "60.9％", "21,600人", "9.0％"],
    ]
    _, records = read_plan(draw_plan(rows, [110, 80, 70, 80, 70], font=font, size=size))
    assert {(t.kind, t.indicator, t.fiscal_year, t.value) for t in records.targets} == {
        ("plan_figure", "生活習慣病予防健診人数", 2023, 138970.0),
        ("plan_figure", "生活習慣病予防健診率", 2023, 58.6),
        ("plan_figure", "事業者健診データ人数", 2023, 20870.0),
        ("plan_figure", "事業者健診データ率", 2023, 8.8),
        ("plan_figure", "生活習慣病予防健診人数", 2024, 146160.0),
        ("plan_figure", "生活習慣病予防健診率", 2024, 60.9),
        ("plan_figure", "事業者健診データ人数", 2024, 21600.0),
        ("plan_figure", "事業者健診データ率", 2024, 9.0),
    }
