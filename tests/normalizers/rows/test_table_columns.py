"""Columns that go together: names and figures in pairs, groups and headings in rows, results beside targets."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, heading_of, read_plan


def test_each_figure_is_of_the_names_on_its_left() -> None:
    rows = [
        ["事業", "アウトプット指標", "目標値", "アウトカム指標", "目標値"],
        ["健診受診勧奨", "勧奨通知件数", "12,000件", "健診受診率", "61.5%"],
        ["重症化予防", "受診勧奨者数", "1,500人", "医療機関受診率", "12.4%"],
    ]
    _, records = read_plan(draw_plan(rows, [110, 110, 70, 110, 70]))
    assert [(heading_of(records, t), t.indicator, t.value) for t in records.targets] == [
        ("健診受診勧奨", "勧奨通知件数", 12000.0),
        ("健診受診勧奨", "健診受診率", 61.5),
        ("重症化予防", "受診勧奨者数", 1500.0),
        ("重症化予防", "医療機関受診率", 12.4),
    ]


def test_planned_counts_and_rates_are_plan_figures() -> None:
    rows = [
        ["健診区分", "対象者数", "実施率", "実施見込者数"],
        ["生活習慣病予防健診", "286,223人", "60.3%", "172,500人"],
    ]
    _, records = read_plan(draw_plan(rows, [190, 90, 80, 110]))
    assert [(t.kind, t.indicator, t.value, t.unit) for t in records.targets] == [
        ("plan_figure", "生活習慣病予防健診対象者数", 286223.0, "people"),
        ("plan_figure", "生活習慣病予防健診実施率", 60.3, "percent"),
        ("plan_figure", "生活習慣病予防健診実施見込者数", 172500.0, "people"),
    ]


@pytest.mark.parametrize("aside", ["【参考】令和4年度実績", "参考：令和4年度", "（参考）R4実績"])
def test_results_shown_for_comparison_are_baselines(aside: str) -> None:
    rows = [["指標", "目標（令和6年度）", aside], ["回収率", "56.0%", "53.1%"]]
    _, records = read_plan(draw_plan(rows, [130, 110, 130]))
    assert [(t.value, t.baseline_value, t.baseline_year) for t in records.targets] == [(56.0, 53.1, 2022)]


def test_goals_of_the_nation_and_the_association_stand_apart() -> None:
    rows = [["指標", "国の目標", "本部目標", "支部の目標"], ["特定健診実施率", "70%", "35.0%", "33.2%"]]
    _, records = read_plan(draw_plan(rows, [150, 90, 90, 90]))
    assert [(t.edition, t.value) for t in records.targets] == [
        ("reference", 70.0),
        ("reference", 35.0),
        ("single", 33.2),
    ]


def test_figures_of_groups_in_one_cell_keep_the_name_of_their_row() -> None:
    rows = [
        ["項目", "目標"],
        ["特定保健指導の実施率", "被保険者 21.5%\n被扶養者 18.1%"],
        ["健康宣言事業所数", "1,850社以上"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 200]))
    assert [(t.indicator, t.population, t.value) for t in records.targets[:2]] == [
        ("特定保健指導の実施率", "insured", 21.5),
        ("特定保健指導の実施率", "dependents", 18.1),
    ]


def test_rows_that_head_others_are_no_targets() -> None:
    rows = [
        ["指標", "R5目標", "R6目標"],
        ["サービス関係", "<", "<"],
        ["サービススタンダードの達成状況", "100%", "100%"],
        ["保健事業関係", "<", "<"],
        ["健診実施率", "58.0%", "60.0%"],
    ]
    _, records = read_plan(draw_plan(rows, [220, 110, 110]))
    assert [(t.fiscal_year, t.value) for t in records.targets] == [
        (2023, 100.0),
        (2024, 100.0),
        (2023, 58.0),
        (2024, 60.0),
    ]
    assert {m.text for m in records.measures if m.kind == "heading"} >= {"サービス関係", "保健事業関係"}


def test_one_year_of_results_and_two_of_goals() -> None:
    rows = [
        ["目標指標", "2022", "2023", "2024"],
        ["^", "実績", "目標", "目標"],
        ["郵送化率", "94.2%", "95.0%", "96.5%"],
    ]
    _, records = read_plan(draw_plan(rows, [180, 80, 80, 80], font="japan-s"))
    assert [(t.edition, t.fiscal_year, t.value, t.baseline_year) for t in records.targets] == [
        ("old", 2023, 95.0, 2022),
        ("new", 2024, 96.5, 2022),
    ]


def test_headings_in_a_column_beside_the_plans_text() -> None:
    rows = [
        ["区分", "令和6年度計画"],
        ["サービス水準の向上", "・申請書を10日以内に支払う。\n■ KPI：サービススタンダードの達成状況を100%とする"],
        ["広報の推進", "・広報誌を毎月発行する。"],
    ]
    _, records = read_plan(draw_plan(rows, [150, 340]))
    assert [(heading_of(records, t), t.value) for t in records.targets] == [("サービス水準の向上", 100.0)]


def test_population_and_years_in_three_columns_of_heads() -> None:
    rows = [
        ["KPI", "対象", "令和5年度", "<", "令和6年度", "<"],
        ["^", "^", "目標", "実績見込", "目標", "前年度比"],
        ["特定保健指導実施率", "被保険者", "20.0%", "19.2%", "21.5%", "+1.5"],
        ["^", "被扶養者", "17.0%", "16.4%", "18.1%", "+1.1"],
    ]
    _, records = read_plan(draw_plan(rows, [130, 70, 70, 70, 70, 70]))
    assert [(t.fiscal_year, t.population, t.value, t.baseline_value) for t in records.targets] == [
        (2023, "insured", 20.0, None),
        (2024, "insured", 21.5, 19.2),
        (2023, "dependents", 17.0, None),
        (2024, "dependents", 18.1, 16.4),
    ]


def test_marked_measures_beside_their_text_are_headings_and_no_figures() -> None:
    rows = [
        ["分野", "施策", "取組内容", "KPI"],
        [
            "基盤的保険者機能の盤石化",
            "(1) 業務改革の推進",
            "① 事務処理を標準化する。",
            "サービススタンダードの達成状況を100%とする",
        ],
        [
            "戦略的保険者機能の一層の発揮",
            "(1) 健診の推進",
            "① 健診を勧める。",
            "・健診実施率 60.3%以上\n・データ取得率 8.8%以上",
        ],
    ]
    _, records = read_plan(draw_plan(rows, [80, 110, 170, 140], above=()))
    assert [(t.section, heading_of(records, t), t.value) for t in records.targets] == [
        ("基盤的保険者機能の盤石化", "(1) 業務改革の推進", 100.0),
        ("戦略的保険者機能の一層の発揮", "(1) 健診の推進", 60.3),
        ("戦略的保険者機能の一層の発揮", "(1) 健診の推進", 8.8),
    ]


def test_a_year_and_a_scope_in_the_rows() -> None:
    rows = [
        ["指標", "区分", "年度", "目標"],
        ["健診実施率", "全国", "令和6年度", "58.0%"],
        ["^", "支部", "令和5年度", "57.0%"],
        ["^", "^", "令和6年度", "60.0%"],
    ]
    _, records = read_plan(draw_plan(rows, [150, 90, 90, 90]))
    assert [(t.edition, t.fiscal_year, t.indicator, t.value) for t in records.targets] == [
        ("reference", 2024, "健診実施率", 58.0),
        ("old", 2023, "健診実施率", 57.0),
        ("new", 2024, "健診実施率", 60.0),
    ]


@pytest.mark.parametrize(("font", "dark_header"), [("japan", 1), ("japan-s", 0)])
def test_no_rules_at_all(font: str, dark_header: int) -> None:
    rows = [
        ["評価指標", "R5年度実績", "R6年度目標"],
        ["郵送化率", "95.0%", "96.5%"],
        ["宣言事業所数", "1,780社", "1,850社"],
        ["回収率", "54.1%", "57.5%"],
    ]
    data = draw_plan(rows, [220, 110, 110], ruled=False, dark_header=dark_header, font=font)
    _, records = read_plan(data)
    assert [(t.indicator, t.value, t.baseline_value) for t in records.targets] == [
        ("郵送化率", 96.5, 95.0),
        ("宣言事業所数", 1850.0, 1780.0),
        ("回収率", 57.5, 54.1),
    ]


def test_a_label_above_a_table_is_filled_by_it() -> None:
    above = ("1. 基盤的保険者機能の盤石化", "○ サービス水準の向上", "・窓口での応対研修を行う。", "【数値目標】")
    rows = [["指標", "目標値"], ["郵送化率", "96.5%以上"], ["満足度", "97.0%以上"]]
    _, records = read_plan(draw_plan(rows, [200, 120], above=above))
    assert [(heading_of(records, t), t.value) for t in records.targets] == [
        ("○ サービス水準の向上", 96.5),
        ("○ サービス水準の向上", 97.0),
    ]
    assert "empty_target" not in {finding.check for finding in records.findings}


def test_whole_aims_of_two_years_beside_their_results() -> None:
    rows = [
        ["令和5年度KPI", "令和5年度実績", "達成状況", "令和6年度KPI"],
        ["郵送化率 95.0%以上", "95.4%", "達成", "郵送化率 96.5%以上"],
        ["健診実施率 58.0%以上", "57.2%", "未達成", "健診実施率 60.0%以上"],
    ]
    _, records = read_plan(draw_plan(rows, [140, 90, 70, 150]))
    assert [(t.edition, t.fiscal_year, t.indicator, t.value, t.baseline_value) for t in records.targets] == [
        ("old", 2023, "郵送化率", 95.0, None),
        ("new", 2024, "郵送化率", 96.5, 95.4),
        ("old", 2023, "健診実施率", 58.0, None),
        ("new", 2024, "健診実施率", 60.0, 57.2),
    ]


def test_goals_for_rates_and_counts_of_groups() -> None:
    rows = [
        ["対象", "年齢", "目標実施率", "目標実施人数"],
        ["被保険者", "40～74歳", "60.3%", "172,500人"],
        ["被扶養者", "40～74歳", "30.3%", "20,900人"],
    ]
    _, records = read_plan(draw_plan(rows, [100, 90, 100, 120]))
    assert [(t.population, t.value, t.unit) for t in records.targets] == [
        ("insured", 60.3, "percent"),
        ("insured", 172500.0, "people"),
        ("dependents", 30.3, "percent"),
        ("dependents", 20900.0, "people"),
    ]
    # What is carried out is not said in the table: 実施率 alone is no name.
    assert all("column_name_guessed" in {r.code for r in t.confidence_reasons} for t in records.targets)


def test_a_header_that_ends_in_a_word_for_goals_may_head_their_names() -> None:
    rows = [
        ["重要業績評価指標（KPI）及び数値目標", "令和5年度（目標）", "令和6年度（目標案）"],
        ["返納金債権の回収率", "54.0%", "対前年度以上"],
    ]
    _, records = read_plan(draw_plan(rows, [220, 110, 110]))
    assert [(t.fiscal_year, t.indicator, t.value, t.basis) for t in records.targets] == [
        (2023, "返納金債権の回収率", 54.0, "absolute"),
        (2024, "返納金債権の回収率", None, "previous_year"),
    ]


def test_months_beside_the_years_goal_are_its_schedule() -> None:
    rows = [["指標", "4月", "5月", "6月", "7月", "年間目標"], ["訪問件数", "10件", "10件", "15件", "15件", "50件"]]
    _, records = read_plan(draw_plan(rows, [120, 60, 60, 60, 60, 90]))
    assert [t.value for t in records.targets] == [50.0]


@pytest.mark.parametrize(
    ("groups", "names", "caption", "font", "size"),
    [
        (
            ("被保険者", "被扶養者", "計"),
            ("健診対象者数（40歳以上）", "健診受診見込者数"),
            "（単位：人、％）",
            "japan",
            9.0,
        ),
        (("本人", "家族", "合計"), ("対象者数", "実施見込者数"), "単位：％・人", "japan-s", 7.5),
    ],
)
def test_groups_alone_head_the_columns_of_what_is_planned(
    groups: tuple[str, str, str], names: tuple[str, str], caption: str, font: str, size: float
) -> None:
    rows = [
        ["区分", *groups],
        [names[0], "153,200", "37,900", "191,100"],
        [names[1], "123,326", "13,038", "136,364"],
        ["うち事業者健診データ取得", "11,490", "―", "11,490"],
        ["健診実施率", "80.5", "34.4", "71.4"],
    ]
    above = ("別表 健診の実施見込み（令和6年度）", caption)
    _, records = read_plan(draw_plan(rows, [190, 90, 90, 90], above=above, font=font, size=size))
    assert [(t.kind, t.population, t.value, t.unit) for t in records.targets if t.unit == "percent"] == [
        ("plan_figure", "insured", 80.5, "percent"),
        ("plan_figure", "dependents", 34.4, "percent"),
        ("plan_figure", "all", 71.4, "percent"),
    ]
    people = [(t.population, t.value) for t in records.targets if t.unit == "people"]
    assert people[:6] == [
        ("insured", 153200.0),
        ("dependents", 37900.0),
        ("all", 191100.0),
        ("insured", 123326.0),
        ("dependents", 13038.0),
        ("all", 136364.0),
    ]
    assert [value for _, value in people[6:]] == [11490.0, 11490.0]
    assert len(records.targets) == 11


def test_counts_under_groups_of_what_has_been_are_no_plan() -> None:
    rows = [
        ["区分", "被保険者", "被扶養者", "計"],
        ["健診対象者数", "153,200", "37,900", "191,100"],
        ["健診受診者数", "123,326", "13,038", "136,364"],
    ]
    _, records = read_plan(draw_plan(rows, [190, 90, 90, 90], above=("令和4年度の健診の実績", "（単位：人）")))
    assert not [target for target in records.targets if target.confidence >= 0.8]


@pytest.mark.parametrize(("entry", "font", "size"), [("（新規）", "japan", 9.0), ("【新設】", "japan-s", 7.0)])
def test_what_is_new_has_no_row_in_the_year_before(entry: str, font: str, size: float) -> None:
    rows = [
        ["指標", "R5目標", "R6目標"],
        ["特定健診実施率", "31.0％以上", "32.0％以上"],
        ["電子申請の割合", entry, "20.0％以上"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 100, 100], font=font, size=size))
    assert [(t.fiscal_year, t.indicator, t.value) for t in records.targets] == [
        (2023, "特定健診実施率", 31.0),
        (2024, "特定健診実施率", 32.0),
        (2024, "電子申請の割合", 20.0),
    ]


@pytest.mark.parametrize("results", ["参考：令和４年度末", "令和4年度末実績", "実績"])
@pytest.mark.parametrize("label", ["ＫＰＩ", "ＫＰＩ（重要業績評価指標）"])
@pytest.mark.parametrize("mark", ["{}）", "({})"])
def test_whole_aims_beside_results_are_targets_and_paired_by_number(results: str, label: str, mark: str) -> None:
    one, two = mark.format(1), mark.format(2)
    rows = [
        ["具体的施策等", label, results],
        [
            "(1) 業務改革の実践\n・事務処理の標準化を徹底する。",
            f"{one}サービススタンダードを100％とする\n{two}郵送化率を対前年度以上とする",
            f"{one}99.9％\n{two}96.9％",
        ],
        ["(2) 債権の回収\n・催告を行う。", "返納金債権の回収率を70.0％以上とする", "68.95％"],
    ]
    _, records = read_plan(draw_plan(rows, [170, 230, 80]))
    assert [(t.kind, t.number, t.value, t.basis, t.baseline_value) for t in records.targets] == [
        ("kpi", 1, 100.0, "absolute", 99.9),
        ("kpi", 2, None, "previous_year", 96.9),
        ("kpi", None, 70.0, "absolute", 68.95),
    ]


@pytest.mark.parametrize("aim", ["対前年度以上", "57.0％以上"])
def test_an_aim_set_across_the_columns_of_several_years_holds_for_each(aim: str) -> None:
    rows = [
        ["指標", "令和6年度目標", "令和7年度目標", "令和8年度目標"],
        ["返納金債権の回収率", aim, "<", "<"],
        ["健康宣言事業所数", "1,100社", "1,200社", "1,300社"],
    ]
    _, records = read_plan(draw_plan(rows, [180, 90, 90, 90]))
    found = sorted((t.fiscal_year or 0, t.edition) for t in records.targets if t.indicator == "返納金債権の回収率")
    assert found == [(2024, "new"), (2025, "new"), (2026, "new")]
    assert [t.value for t in records.targets if t.indicator == "健康宣言事業所数"] == [1100.0, 1200.0, 1300.0]


@pytest.mark.parametrize(
    "line",
    [
        "令和６年１月30日　第３回評議会",
        "令和5年度第3回評議会資料2",
        "（　）内は令和５年度",
        "※令和5年度の見込み",
        "（令和5年12月末現在）",
    ],
)
def test_dates_meetings_and_legends_above_a_table_give_it_no_year(line: str) -> None:
    rows = [["指標", "目標"], ["返納金債権の回収率", "55.0％以上"], ["健康宣言事業所数", "1,150社"]]
    _, records = read_plan(draw_plan(rows, [200, 120], above=("1. 保健事業", "・健診を勧める。", line)))
    assert [(t.edition, t.fiscal_year) for t in records.targets] == [("single", 2024)] * 2


@pytest.mark.parametrize(("one", "other"), [("アウトプット指標", "アウトカム指標"), ("評価指標", "成果指標")])
def test_columns_of_indicators_beside_costs_hold_whole_aims(one: str, other: str) -> None:
    rows = [
        ["No.", "事業名", "予算額", one, other],
        ["1", "健診の広報", "4,620", "・放送回数　240回", "・特定健診実施率（被扶養者）　27.2%以上"],
        ["2", "受診勧奨", "2,350", "・勧奨文書送付件数　1,200件", "・受診率　20.0%以上\n・薬剤費　対前年度以下"],
    ]
    _, records = read_plan(draw_plan(rows, [30, 90, 60, 140, 170]))
    assert [(t.value, t.basis, t.condition) for t in records.targets] == [
        (240.0, "absolute", None),
        (27.2, "absolute", None),
        (1200.0, "absolute", None),
        (20.0, "absolute", None),
        (None, "previous_year", None),
    ]
