"""Tables that hold the plan itself: sections, measures, headings and names in their cells."""

from __future__ import annotations

import pymupdf
import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, heading_of, read_plan


def test_a_table_that_holds_the_plan() -> None:
    rows = [
        ["事業名", "概要", "指標", "実績", "目標"],
        ["健診受診勧奨事業", "未受診者への文書勧奨を行う。", "受診勧奨件数", "3,200件", "3,500件"],
        ["^", "^", "集団健診の会場数", "18会場", "22会場"],
        ["コラボヘルス事業", "事業所カルテを配付し、宣言を勧める。", "健康宣言事業所数", "1,250社", "1,400社"],
    ]
    _, records = read_plan(draw_plan(rows, [90, 150, 110, 70, 70]))
    assert [(heading_of(records, t), t.indicator, t.value, t.baseline_value) for t in records.targets] == [
        ("健診受診勧奨事業", "受診勧奨件数", 3500.0, 3200.0),
        ("健診受診勧奨事業", "集団健診の会場数", 22.0, 18.0),
        ("コラボヘルス事業", "健康宣言事業所数", 1400.0, 1250.0),
    ]
    kinds = {measure.text: measure.kind for measure in records.measures}
    assert kinds["コラボヘルス事業"] == "heading"
    assert kinds["未受診者への文書勧奨を行う。"] == "action"


def test_measures_in_columns_from_large_to_small() -> None:
    rows = [
        ["大項目", "中項目", "小項目"],
        ["1. 基盤的保険者機能の盤石化", "サービス水準の向上", "申請書の受付から10日以内に支払う。"],
        ["^", "^", "電話応対の研修を行う。"],
        ["2. 戦略的保険者機能の一層の発揮", "健診の推進", "事業主健診データの取得を進める。"],
    ]
    _, records = read_plan(draw_plan(rows, [120, 130, 240], above=()))
    of = {measure.measure_id: measure.text for measure in records.measures}
    assert [(m.section, of.get(m.parent_id or ""), m.text, m.kind) for m in records.measures] == [
        ("基盤的保険者機能の盤石化", None, "サービス水準の向上", "heading"),
        ("基盤的保険者機能の盤石化", "サービス水準の向上", "申請書の受付から10日以内に支払う。", "action"),
        ("基盤的保険者機能の盤石化", "サービス水準の向上", "電話応対の研修を行う。", "action"),
        ("戦略的保険者機能の一層の発揮", None, "健診の推進", "heading"),
        ("戦略的保険者機能の一層の発揮", "健診の推進", "事業主健診データの取得を進める。", "action"),
    ]


def test_a_plan_of_months_states_no_targets() -> None:
    rows = [
        ["項目", "取組", "担当", "スケジュール", "<", "<", "<"],
        ["^", "^", "^", "4月", "7月", "10月", "1月"],
        ["広報", "広報計画を策定し、メディアへ発信する。", "企画総務G", "計画", "3回", "3回", "評価"],
        ["健診", "集団健診の案内を送付する。", "保健G", "準備", "5会場", "5会場", ""],
    ]
    _, records = read_plan(draw_plan(rows, [60, 170, 70, 45, 45, 45, 45]))
    assert not records.targets
    assert {m.text for m in records.measures if m.kind == "heading"} >= {"広報", "健診"}


def test_numbered_measures_with_whole_aims_beside_them() -> None:
    rows = [
        ["番号", "施策", "KPI"],
        ["1", "サービス水準の向上", "現金給付等の申請に係る郵送化率を96.5%以上とする"],
        ["2", "レセプト点検の精度向上", "再審査レセプト1件当たりの査定額を6,200円以上とする"],
    ]
    _, records = read_plan(draw_plan(rows, [50, 160, 280]))
    assert [(heading_of(records, t), t.value) for t in records.targets] == [
        ("サービス水準の向上", 96.5),
        ("レセプト点検の精度向上", 6200.0),
    ]


@pytest.mark.parametrize(
    ("names", "whole"),
    [
        ("被扶養者の特定健診実施\n率", "被扶養者の特定健診実施率"),
        ("現金給付等の申請に係る\n郵送化率", "現金給付等の申請に係る郵送化率"),
        ("再審査レセプト1件当た\nりの査定額", "再審査レセプト1件当たりの査定額"),
    ],
)
@pytest.mark.parametrize("size", [7.5, 9.0])
def test_a_name_broken_in_its_cell_is_one_name(names: str, whole: str, size: float) -> None:
    rows = [["取組内容", "KPI", "目標"], ["事業所への働き掛けを行う。", names, "29.3%"]]
    _, records = read_plan(draw_plan(rows, [200, 180, 60], size=size))
    assert [(t.indicator, t.value) for t in records.targets] == [(whole, 29.3)]


@pytest.mark.parametrize("title", ["令和6年度 長野支部 重点事業とKPI", "令和6年度 長野支部の数値目標"])
def test_a_line_that_heads_a_branchs_aims_tells_who_speaks_and_for_which_year(title: str) -> None:
    rows = [["重点事業", "KPI", "令和6年度目標"], ["健診", "特定健診実施率", "29.3%以上"]]
    parsed, records = read_plan(draw_plan(rows, [100, 200, 100], title=title, above=["健診の推進"]))
    assert (parsed.identity.branch_name, parsed.identity.fiscal_year) == ("長野", 2024)
    assert [t.value for t in records.targets] == [29.3]


def test_a_report_on_results_is_no_plan_of_their_year() -> None:
    rows = [["項目", "KPI", "数値"], ["健診", "特定健診実施率", "29.3%"]]
    parsed, _ = read_plan(draw_plan(rows, [100, 200, 100], title="令和5年度 長野支部 KPI達成状況", above=["健診"]))
    assert parsed.identity.fiscal_year is None


@pytest.mark.parametrize(
    ("mark", "other_mark", "second"),
    [("１ ", "２ ", "戦略的保険者機能関係"), ("（１）", "（２）", "組織・運営体制関係")],
)
def test_a_section_alone_in_its_row_holds_for_the_figures_below_it(mark: str, other_mark: str, second: str) -> None:
    rows = [
        ["項目", "前年度目標", "今年度目標", "担当"],
        [f"{mark}基盤的保険者機能関係", "", "", ""],
        ["郵送化率", "93.0%", "94.4%以上", "業務"],
        [f"{other_mark}{second}", "", "", ""],
        ["一般競争入札の一者応札割合", "22%以下", "18%以下", "総務"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 90, 90, 60]))
    assert [(t.section, t.fiscal_year, t.value) for t in records.targets] == [
        ("基盤的保険者機能関係", 2023, 93.0),
        ("基盤的保険者機能関係", 2024, 94.4),
        (second, 2023, 22.0),
        (second, 2024, 18.0),
    ]


@pytest.mark.parametrize(
    ("name", "note"), [("特定保健指導実施率", "¹"), ("健康宣言事業所数", "²"), ("返納金債権回収率", "※³")]
)
def test_the_raised_number_of_a_note_is_no_part_of_a_name_in_a_table(name: str, note: str) -> None:
    rows = [["項目", "令和6年度目標"], [f"{name}{note}", "27.5%以上" if name.endswith("率") else "1,420社以上"]]
    _, records = read_plan(draw_plan(rows, [240, 140]))
    assert [t.indicator for t in records.targets] == [name]
    assert [t.confidence >= 0.8 for t in records.targets] == [True]


@pytest.mark.parametrize("font", ["japan", "japan-s"])
def test_a_table_that_goes_on_over_a_page_keeps_the_heading_above_it(font: str) -> None:
    head = ["指標", "令和5年度実績", "令和6年度目標"]
    whole = pymupdf.open(
        stream=draw_plan([head, ["健康宣言事業所数", "1,700社", "1,800社"]], [200, 100, 100], font=font)
    )
    rest = draw_plan([head, ["査定率", "0.31%", "0.35%"]], [200, 100, 100], font=font, above=(), title="")
    whole.insert_pdf(pymupdf.open(stream=rest))
    _, records = read_plan(bytes(whole.tobytes()))
    assert [(t.indicator, heading_of(records, t)) for t in records.targets] == [
        ("健康宣言事業所数", "1. 基盤的保険者機能の盤石化"),
        ("査定率", "1. 基盤的保険者機能の盤石化"),
    ]


@pytest.mark.parametrize("heading", ["2. 戦略的な取組の推進", "（２）債権の発生防止"])
def test_a_heading_between_the_parts_of_a_table_heads_the_part_below_it(heading: str) -> None:
    head = ["指標", "令和5年度実績", "令和6年度目標"]
    whole = pymupdf.open(stream=draw_plan([head, ["健康宣言事業所数", "1,700社", "1,800社"]], [200, 100, 100]))
    for y, text in ((740, heading), (760, "保険証の早期回収を事業所に働きかける。")):
        whole[0].insert_text((60, y), text, fontname="japan", fontsize=10)
    rest = draw_plan([head, ["回収率", "57.0%", "58.0%以上"]], [200, 100, 100], above=(), title="")
    whole.insert_pdf(pymupdf.open(stream=rest))
    _, records = read_plan(bytes(whole.tobytes()))
    assert [heading_of(records, t) for t in records.targets] == ["1. 基盤的保険者機能の盤石化", heading]
