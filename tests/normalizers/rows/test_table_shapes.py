"""Tables of many shapes, drawn and read the whole way: what each figure is of, and for which plan it speaks."""

from __future__ import annotations

import pymupdf
import pytest

from tests.normalizers.rows.drawn_tables import doubts, draw_plan, figures, heading_of, read_plan


@pytest.mark.parametrize("font", ["japan", "japan-s"])
@pytest.mark.parametrize(("nation", "branch"), [("全国", "支部"), ("協会全体", "当支部")])
def test_two_rows_of_headers_part_nation_and_branch_by_year(font: str, nation: str, branch: str) -> None:
    rows = [
        ["指標", nation, "<", branch, "<"],
        ["^", "R5目標", "R6目標", "R5目標", "R6目標"],
        ["特定健診実施率（被扶養者）", "31.0%", "32.0%", "28.4%", "29.9%"],
    ]
    _, records = read_plan(draw_plan(rows, [180, 75, 75, 75, 75], font=font))
    assert [(t.edition, t.fiscal_year, t.value, t.population) for t in records.targets] == [
        ("reference", 2023, 31.0, "dependents"),
        ("reference", 2024, 32.0, "dependents"),
        ("old", 2023, 28.4, "dependents"),
        ("new", 2024, 29.9, "dependents"),
    ]


def test_rates_and_counts_under_years_complete_the_names_of_their_rows() -> None:
    rows = [
        ["健診の種類", "令和5年度実績", "<", "令和6年度目標", "<"],
        ["^", "実施率", "人数", "実施率", "人数"],
        ["生活習慣病予防健診", "58.1%", "61,200人", "60.3%", "63,800人"],
    ]
    _, records = read_plan(draw_plan(rows, [160, 80, 80, 80, 80]))
    assert [(t.indicator, t.value, t.unit, t.baseline_value, t.baseline_year) for t in records.targets] == [
        ("生活習慣病予防健診実施率", 60.3, "percent", 58.1, 2023),
        ("生活習慣病予防健診人数", 63800.0, "people", 61200.0, 2023),
    ]


def test_groups_and_names_under_one_header_white_on_dark() -> None:
    rows = [
        ["評価指標", "<", "数値", "<"],
        ["区分", "指標", "実績", "目標"],
        ["被保険者", "特定保健指導実施率", "20.1%", "23.0%"],
        ["被扶養者", "特定保健指導実施率", "12.5%", "15.0%以上"],
    ]
    _, records = read_plan(draw_plan(rows, [80, 200, 100, 100], dark_header=2))
    assert [(t.population, t.comparator, t.value, t.baseline_value) for t in records.targets] == [
        ("insured", None, 23.0, 20.1),
        ("dependents", "ge", 15.0, 12.5),
    ]


@pytest.mark.parametrize(
    ("last", "this"),
    [
        ("昨年度目標", "本年度目標"),
        ("前年度計画値", "当年度計画値"),
        ("5年度目標", "6年度目標"),
        ("2023年度目標", "2024年度目標"),
    ],
)
def test_years_however_they_are_said(last: str, this: str) -> None:
    rows = [["項目", last, this], ["健康宣言事業所数", "1,780社", "1,850社"]]
    _, records = read_plan(draw_plan(rows, [200, 120, 120]))
    assert figures(records) == [
        ("old", 2023, "健康宣言事業所数", None, 1780.0, "companies"),
        ("new", 2024, "健康宣言事業所数", None, 1850.0, "companies"),
    ]


def test_a_revision_within_the_year_has_both_editions_of_that_year() -> None:
    rows = [["指標", "当初目標", "修正目標"], ["健康宣言事業所数", "1,780社", "1,820社"]]
    _, records = read_plan(draw_plan(rows, [220, 110, 110]))
    assert [(t.edition, t.fiscal_year, t.value) for t in records.targets] == [
        ("old", 2024, 1780.0),
        ("new", 2024, 1820.0),
    ]


def test_goals_for_the_middle_and_the_end_of_the_period() -> None:
    rows = [
        ["KPI項目", "基準値（R4）", "中間目標（R6）", "最終年度目標"],
        ["健康保険委員委嘱者数", "1,850人", "2,100人", "2,400人"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 90, 100, 100], font="japan-s"))
    middle, end = records.targets
    assert (middle.fiscal_year, middle.value, middle.deadline, middle.baseline_value) == (2024, 2100.0, "中間", 1850.0)
    assert (end.fiscal_year, end.value) == (2026, 2400.0)
    assert "column_year_guessed" in doubts(end)
    assert end.confidence < 0.8


def test_quarters_beside_the_year_are_doubtful_and_keep_their_time() -> None:
    rows = [
        ["取組指標", "目標", "<", "<", "<", "<"],
        ["^", "第1四半期", "第2四半期", "第3四半期", "第4四半期", "年間"],
        ["事業所訪問件数", "20件", "30件", "30件", "20件", "100件"],
    ]
    _, records = read_plan(draw_plan(rows, [150, 65, 65, 65, 65, 65]))
    assert [t.deadline for t in records.targets if t.confidence < 0.8] == [
        "第1四半期",
        "第2四半期",
        "第3四半期",
        "第4四半期",
    ]
    assert [(t.value, t.deadline) for t in records.targets if t.confidence >= 0.8] == [(100.0, None)]


@pytest.mark.parametrize(
    ("caption", "scale", "unit"),
    [("（単位：千円）", 1e3, "yen"), ("単位：百万円", 1e6, "yen"), ("〔単位：千件〕", 1e3, "cases")],
)
def test_a_unit_above_the_table_multiplies_and_is_no_target(caption: str, scale: float, unit: str) -> None:
    rows = [["項目", "令和5年度目標", "令和6年度目標"], ["郵送に要する量", "12,400", "11,800"]]
    _, records = read_plan(draw_plan(rows, [200, 120, 120], above=("3. 組織体制", caption)))
    assert [(t.value, t.unit) for t in records.targets] == [(12400 * scale, unit), (11800 * scale, unit)]


def test_bounds_and_units_in_columns_of_their_own() -> None:
    rows = [
        ["指標", "目標値", "", "単位"],
        ["サービススタンダードの達成状況", "100", "以上", "％"],
        ["一般競争入札に占める一者応札案件の割合", "15", "以下", "％"],
        ["健康宣言事業所数", "1,900", "以上", "社"],
    ]
    _, records = read_plan(draw_plan(rows, [220, 80, 60, 60]))
    assert [(t.comparator, t.value, t.unit) for t in records.targets] == [
        ("ge", 100.0, "percent"),
        ("le", 15.0, "percent"),
        ("ge", 1900.0, "companies"),
    ]


@pytest.mark.parametrize(("above", "left"), [("〃", "同左"), ("同上", "同左")])
def test_ditto_marks_stand_for_what_they_point_to(above: str, left: str) -> None:
    rows = [
        ["区分", "指標", "令和5年度目標", "令和6年度目標"],
        ["広報", "メールマガジン登録者数", "5,000人", "5,500人"],
        [above, "LINE登録者数", above, "6,000人"],
        [above, "研修会の開催回数", "4回", left],
    ]
    _, records = read_plan(draw_plan(rows, [80, 180, 100, 100]))
    assert [t.value for t in records.targets] == [5000.0, 5500.0, 5000.0, 6000.0, 4.0, 4.0]


@pytest.mark.parametrize("corner", ["年度", "", "区分"])
def test_a_row_a_year(corner: str) -> None:
    rows = [
        [corner, "現金給付等の申請に係る郵送化率", "健康宣言事業所数"],
        ["令和4年度実績", "94.2%", "1,702社"],
        ["令和5年度目標", "95.0%", "1,780社"],
        ["令和6年度目標", "96.5%", "1,850社"],
    ]
    _, records = read_plan(draw_plan(rows, [110, 190, 180], font="japan-s"))
    found = [(t.fiscal_year, t.indicator, t.value, t.baseline_value) for t in records.targets]
    assert sorted(found, key=lambda row: (row[1] or "", row[0] or 0)) == [
        (2023, "健康宣言事業所数", 1780.0, 1702.0),
        (2024, "健康宣言事業所数", 1850.0, 1702.0),
        (2023, "現金給付等の申請に係る郵送化率", 95.0, 94.2),
        (2024, "現金給付等の申請に係る郵送化率", 96.5, 94.2),
    ]


@pytest.mark.parametrize("dark_header", [0, 1])
def test_two_blocks_side_by_side(dark_header: int) -> None:
    rows = [
        ["指標", "R6目標", "指標", "R6目標"],
        ["査定率", "0.2%以上", "返納金の回収率", "61.7%"],
        ["受診率", "58.5%", "宣言事業所数", "1,850社"],
    ]
    _, records = read_plan(draw_plan(rows, [150, 80, 150, 80], dark_header=dark_header))
    assert {(t.indicator, t.value) for t in records.targets} == {
        ("査定率", 0.2),
        ("返納金の回収率", 61.7),
        ("受診率", 58.5),
        ("宣言事業所数", 1850.0),
    }


def test_of_a_table_over_all_branches_only_the_own_row_counts() -> None:
    rows = [
        ["支部", "受診率目標", "支部", "受診率目標"],
        ["北海道", "55.0%", "長野", "62.5%"],
        ["青森", "58.0%", "岐阜", "60.1%"],
    ]
    _, records = read_plan(draw_plan(rows, [80, 120, 80, 120]))
    assert [(t.indicator, t.value) for t in records.targets] == [("受診率", 62.5)]


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


def test_columns_of_years_alone_may_be_targets_and_say_so() -> None:
    rows = [["指標", "令和5年度", "令和6年度"], ["回収率", "54.0%", "58.0%"]]
    _, records = read_plan(draw_plan(rows, [180, 100, 120]))
    assert [(t.fiscal_year, t.value) for t in records.targets] == [(2023, 54.0), (2024, 58.0)]
    assert all("column_role_guessed" in doubts(t) and t.confidence < 0.8 for t in records.targets)


def test_a_column_of_figures_that_is_not_understood_is_named() -> None:
    rows = [["指標", "ＡＢＣ", "令和6年度目標"], ["査定率", "0.12", "0.15%"], ["回収率", "54.0", "58.0%"]]
    parsed, records = read_plan(draw_plan(rows, [180, 100, 120]))
    assert [t.value for t in records.targets] == [0.15, 58.0]
    (finding,) = [finding for finding in parsed.findings if finding.check == "unread_column"]
    assert (finding.page, finding.values["header"]) == (1, "ＡＢＣ")


def test_counts_of_the_past_are_no_targets() -> None:
    rows = [
        ["年度", "加入者数", "事業所数"],
        ["令和3年度", "812,345人", "31,204社"],
        ["令和4年度", "815,020人", "31,560社"],
    ]
    _, records = read_plan(draw_plan(rows, [100, 150, 150], above=("支部の概況",)))
    assert not records.targets


@pytest.mark.parametrize("header", ["基準", "条件", "達成の向き"])
@pytest.mark.parametrize("ditto", ["〃", "同上", "（同上）"])
def test_bounds_in_a_column_of_their_own_are_repeated_by_dittos(header: str, ditto: str) -> None:
    rows = [
        ["指標", "令和6年度目標", header],
        ["郵送化率", "96.5%", "以上"],
        ["健康診査の実施率", "61.0%", ditto],
        ["一者応札案件の割合", "15.0%", "以下"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 100, 80]))
    assert [t.comparator for t in records.targets] == ["ge", "ge", "le"]


@pytest.mark.parametrize("left", ["同左", "（同左）", "←"])
def test_a_year_that_points_to_the_one_before_has_its_figures(left: str) -> None:
    rows = [
        ["指標", "令和5年度", "令和6年度"],
        ["サービススタンダードの達成状況", "100%", left],
        ["郵送化率", "95.0%", "〃"],
        ["査定率", "対前年度以上", left],
    ]
    _, records = read_plan(draw_plan(rows, [200, 100, 100]))
    assert [(t.fiscal_year, t.value) for t in records.targets] == [
        (2023, 100.0),
        (2024, 100.0),
        (2023, 95.0),
        (2024, 95.0),
        (2023, None),
        (2024, None),
    ]


@pytest.mark.parametrize("caption", ["（表1）令和6年度 健診・保健指導の目標", "【KPI一覧（被保険者・被扶養者）】"])
def test_a_caption_says_that_rates_and_heads_are_targets(caption: str) -> None:
    rows = [
        ["区分", "被保険者", "<", "被扶養者", "<"],
        ["^", "実施率", "実施者数", "実施率", "実施者数"],
        ["特定保健指導", "23.4%", "4,870人", "19.8%", "1,350人"],
    ]
    plan = draw_plan(rows, [120, 70, 80, 70, 80], above=["2. 戦略的保険者機能の一層の発揮", caption])
    _, records = read_plan(plan)
    assert [(t.population, t.indicator, t.value) for t in records.targets] == [
        ("insured", "特定保健指導実施率", 23.4),
        ("insured", "特定保健指導実施者数", 4870.0),
        ("dependents", "特定保健指導実施率", 19.8),
        ("dependents", "特定保健指導実施者数", 1350.0),
    ]


@pytest.mark.parametrize(("goal", "result"), [("目標", "前年度実績"), ("目標値", "現状値")])
def test_a_row_of_targets_and_a_row_of_results_under_their_indicators(goal: str, result: str) -> None:
    rows = [
        ["", "レセプト点検の査定率", "返納金債権の回収率"],
        [goal, "0.35%以上", "57.5%以上"],
        [result, "0.33%", "55.1%"],
    ]
    _, records = read_plan(draw_plan(rows, [90, 170, 170]))
    assert [(t.indicator, t.comparator, t.value) for t in records.targets] == [
        ("レセプト点検の査定率", "ge", 0.35),
        ("返納金債権の回収率", "ge", 57.5),
    ]


@pytest.mark.parametrize("header", ["予算", "歩掛"])
def test_a_column_of_figures_that_is_not_understood_is_named_by_the_words_on_top(header: str) -> None:
    rows = [["項目", header], ["広報費", "1,200千円"], ["保健事業費", "35,400千円"], ["点検費", "2,300千円"]]
    parsed, records = read_plan(draw_plan(rows, [200, 120]))
    (finding,) = [finding for finding in parsed.findings if finding.check == "unread_column"]
    assert (finding.values["header"], records.targets) == (header, ())


@pytest.mark.parametrize(
    ("stages", "count", "rate"),
    [(("初回面談", "実績評価"), "見込者数", "実施率"), (("動機付け支援", "最終評価"), "予定者数", "終了率")],
)
def test_columns_headed_alike_are_named_by_what_stands_above_them(
    stages: tuple[str, str], count: str, rate: str
) -> None:
    rows = [
        ["区分", "<", stages[0], stages[1], "<"],
        ["^", "^", count, count, rate],
        ["被保険者", "計", "8,650人", "7,753人", "35.4%"],
        ["^", "(内訳)協会保健師実施分", "3,600人", "3,241人", "14.8%"],
        ["被扶養者", "<", "250人", "218人", "20.0%"],
    ]
    _, records = read_plan(draw_plan(rows, [60, 150, 80, 80, 80]))
    first, second = (f"{stage}{count}" for stage in stages)
    last = f"{stages[1]}{rate}"
    part = "協会保健師実施分"
    assert [(t.indicator, t.population, t.value) for t in records.targets] == [
        (first, "insured", 8650.0),
        (second, "insured", 7753.0),
        (last, "insured", 35.4),
        (f"{part}{first}", "insured", 3600.0),
        (f"{part}{second}", "insured", 3241.0),
        (f"{part}{last}", "insured", 14.8),
        (first, "dependents", 250.0),
        (second, "dependents", 218.0),
        (last, "dependents", 20.0),
    ]


@pytest.mark.parametrize(("header", "figures"), [("説明", ["1,250人", "980人"]), ("備考", ["35.4%", "28.1%"])])
def test_figures_in_a_column_of_remarks_are_not_passed_over(header: str, figures: list[str]) -> None:
    rows = [
        ["指標", "目標", header],
        ["特定健診実施率", "30.0%", figures[0]],
        ["特定保健指導実施率", "20.0%", figures[1]],
    ]
    parsed, _ = read_plan(draw_plan(rows, [180, 90, 90]))
    assert "unread_column" in {finding.check for finding in parsed.findings}


@pytest.mark.parametrize(
    ("caption", "heads", "units"),
    [
        ("（単位：人、％）", ("対象者数", "受診率"), ("people", "percent")),
        ("（単位：社・回）", ("参加事業所数", "開催回数"), ("companies", "times")),
    ],
)
def test_of_several_units_in_a_caption_each_column_takes_that_of_its_word(
    caption: str, heads: tuple[str, str], units: tuple[str, str]
) -> None:
    rows = [
        ["区分", "令和6年度計画", "<"],
        ["^", *heads],
        ["特定健診", "31,600", "30.0"],
        ["生活習慣病予防健診", "118,400", "64.5"],
    ]
    _, records = read_plan(draw_plan(rows, [160, 110, 110], above=["1. 健診の実施計画", "", caption]))
    assert [(t.value, t.unit) for t in records.targets] == [
        (31600.0, units[0]),
        (30.0, units[1]),
        (118400.0, units[0]),
        (64.5, units[1]),
    ]


@pytest.mark.parametrize(("first", "then"), [("当初", "変更後"), ("変更前", "変更後"), ("当初計画", "見直し後")])
def test_a_revision_within_the_year_is_of_one_year(first: str, then: str) -> None:
    rows = [
        ["項目", "KPI", first, then],
        ["健診", "特定健診実施率", "29.0%", "30.2%"],
        ["広報", "健康宣言事業所数", "1,250社", "1,400社"],
    ]
    _, records = read_plan(draw_plan(rows, [60, 200, 90, 90]))
    assert [(t.edition, t.fiscal_year, t.value) for t in records.targets] == [
        ("old", 2024, 29.0),
        ("new", 2024, 30.2),
        ("old", 2024, 1250.0),
        ("new", 2024, 1400.0),
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
