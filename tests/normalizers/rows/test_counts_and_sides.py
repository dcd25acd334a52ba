"""Counts that a caption says are planned, names that stand for those of the other side, columns that look back."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, read_plan


@pytest.mark.parametrize(
    ("aside", "caption", "font"),
    [
        ("（参考）令和5年度計画", "2 特定保健指導の見込数", "japan"),
        ("（参考）5年度計画", "（２）特定保健指導の実施見込", "japan-s"),
    ],
)
def test_what_is_shown_for_comparison_does_not_unsay_that_counts_are_planned(
    aside: str, caption: str, font: str
) -> None:
    rows = [
        ["区分", "対象者数", "実施者数", "実施率", aside],
        ["被保険者", "152,430人", "26,370人", "17.3%", "20.5%"],
        ["被扶養者", "3,690人", "443人", "12.0%", "8.0%"],
        ["合計", "156,120人", "26,813人", "17.2%", "20.2%"],
    ]
    above = ("1. 基盤的保険者機能の盤石化", "・体制を整える。", "・面談を行う。", caption)
    _, records = read_plan(draw_plan(rows, [80, 80, 80, 70, 130], font=font, above=above))
    own = [(t.kind, t.indicator, t.population, t.value) for t in records.targets if t.fiscal_year == 2024]
    own = [(kind, name, people, value) for kind, name, people, value in own if people != "all" and people is not None]
    totals = [(t.indicator, t.value) for t in records.targets if t.population in (None, "all")]
    assert totals == [
        ("特定保健指導対象者数", 156120.0),
        ("特定保健指導実施者数", 26813.0),
        ("特定保健指導実施率", 17.2),
    ]
    assert own == [
        ("plan_figure", "特定保健指導対象者数", "insured", 152430.0),
        ("plan_figure", "特定保健指導実施者数", "insured", 26370.0),
        ("plan_figure", "特定保健指導実施率", "insured", 17.3),
        ("plan_figure", "特定保健指導対象者数", "dependents", 3690.0),
        ("plan_figure", "特定保健指導実施者数", "dependents", 443.0),
        ("plan_figure", "特定保健指導実施率", "dependents", 12.0),
    ]


@pytest.mark.parametrize(("same", "font"), [("同左", "japan"), ("（同左）", "japan-s"), ("同 左", "japan")])
def test_a_name_like_the_other_sides_is_that_at_its_height(same: str, font: str) -> None:
    rows = [
        ["項目", "令和6年度（新）", "<", "令和5年度（旧）", "<"],
        ["^", "KPI", "目標値", "KPI", "目標値"],
        ["健診", "生活習慣病予防健診実施率", "61.7%以上", same, "60.2%以上"],
        ["^", "事業者健診データ取得率", "6.9%以上", same, "7.8%以上"],
        ["^", "－", "－", "確認書の提出率", "92.8%以上"],
    ]
    _, records = read_plan(draw_plan(rows, [50, 130, 80, 130, 80], font=font))
    assert {(t.edition, t.indicator, t.value) for t in records.targets} == {
        ("new", "生活習慣病予防健診実施率", 61.7),
        ("old", "生活習慣病予防健診実施率", 60.2),
        ("new", "事業者健診データ取得率", 6.9),
        ("old", "事業者健診データ取得率", 7.8),
        ("old", "確認書の提出率", 92.8),
    }


@pytest.mark.parametrize(
    ("back", "ahead"),
    [
        ("令和5年度の実績見込みと課題", "令和6年度の主な取組"),
        ("令和5年度の現状・課題", "令和6年度の取組内容"),
        ("令和5年度の振り返り", "令和6年度の実施計画"),
    ],
)
def test_a_column_that_looks_back_is_no_earlier_edition(back: str, ahead: str) -> None:
    rows = [
        ["重点施策", back, ahead, "令和6年度の目標値"],
        ["健診", "・実施率は59.0％。", "・巡回健診を拡大する。", "生活習慣病予防健診実施率 61.7%以上"],
        ["広報", "・委員の割合は52.0％。", "・研修会を開催する。", "健康保険委員の委嘱事業所数 6,240社以上"],
    ]
    parsed, records = read_plan(draw_plan(rows, [60, 130, 130, 160]))
    assert parsed.identity.kind == "plan"
    assert [(t.indicator, t.value) for t in records.targets if t.confidence > 0.8] == [
        ("生活習慣病予防健診実施率", 61.7),
        ("健康保険委員の委嘱事業所数", 6240.0),
    ]


@pytest.mark.parametrize(
    ("last", "font"), [("組織・運営体制の整備", "japan"), ("組織と人材", "japan-s"), ("その他", "japan")]
)
def test_a_row_set_like_those_of_known_fields_is_the_next_field(last: str, font: str) -> None:
    rows = [
        ["No.", "指標", "令和6年度目標"],
        ["基盤的保険者機能の盤石化", "<", "<"],
        ["1", "返納金債権の回収率", "61.7%以上"],
        ["戦略的保険者機能の一層の発揮", "<", "<"],
        ["2", "健康宣言事業所数", "1,850社以上"],
        [last, "<", "<"],
        ["3", "一者応札案件の割合", "15%以下"],
    ]
    _, records = read_plan(draw_plan(rows, [40, 220, 120], font=font))
    assert [(t.value, t.section) for t in records.targets] == [
        (61.7, "基盤的保険者機能の盤石化"),
        (1850.0, "戦略的保険者機能の一層の発揮"),
        (15.0, last),
    ]


@pytest.mark.parametrize(
    ("first", "second", "arrow"), [("①", "②", "⇒　"), ("(1) ", "(2) ", "→ "), ("１．", "２．", "目標：")]
)
def test_figures_below_numbered_names_in_a_cell_bear_their_numbers(first: str, second: str, arrow: str) -> None:
    names = "現金給付等の申請に係る郵送化率", "返納金債権の回収率"
    cell = f"{first}{names[0]}\n　{arrow}97.5％以上\n{second}{names[1]}\n　{arrow}58.4％以上"
    rows = [["重点施策", "主な取組", "KPI・目標値"], ["サービスの向上", "研修を行う。", cell]]
    _, records = read_plan(draw_plan(rows, [110, 150, 220]))
    assert [(t.number, t.indicator, t.value) for t in records.targets] == [
        (1, "現金給付等の申請に係る郵送化率", 97.5),
        (2, "返納金債権の回収率", 58.4),
    ]
