"""What tables say of their figures beside the header: which of several aims, of which group, on which side."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import doubts, draw_plan, figures, heading_of, read_plan


@pytest.mark.parametrize(
    ("lower", "upper", "cases"),
    [
        ("達成ライン", "チャレンジ", ("達成ライン", "チャレンジ")),
        ("目標(最低)", "目標(最高)", ("最低", "最高")),
        ("必達目標", "ストレッチ目標", ("必達目標", "ストレッチ目標")),
    ],
)
def test_two_aims_for_one_indicator_say_which_they_are(lower: str, upper: str, cases: tuple[str, str]) -> None:
    rows = [["指標", lower, upper], ["健康宣言事業所数", "1,800社", "2,000社"]]
    _, records = read_plan(draw_plan(rows, [200, 100, 100]))
    assert [(t.indicator, t.value, t.condition) for t in records.targets] == [
        ("健康宣言事業所数", 1800.0, cases[0]),
        ("健康宣言事業所数", 2000.0, cases[1]),
    ]
    assert all("column_graded" in doubts(t) and t.confidence < 0.8 for t in records.targets)


@pytest.mark.parametrize(
    "heads",
    [
        ("令和4実績", "5見込", "6目標"),
        ("R4（実績）", "R5（見込）", "R6（目標）"),
        ("令和4実績", "令和5見込", "令和6目標"),
    ],
)
def test_years_without_the_word_for_them(heads: tuple[str, ...]) -> None:
    rows = [["指標", *heads], ["健康宣言事業所数", "1,600社", "1,700社", "1,800社"]]
    _, records = read_plan(draw_plan(rows, [200, 90, 90, 90], font="japan-s"))
    assert [(t.fiscal_year, t.value, t.baseline_value, t.baseline_year) for t in records.targets] == [
        (2024, 1800.0, 1700.0, 2023)
    ]


@pytest.mark.parametrize("header", ["目標（R5→R6）", "令和5年度～令和6年度目標"])
def test_of_two_years_in_one_header_the_newer_is_the_goals(header: str) -> None:
    rows = [["指標", header], ["健康宣言事業所数", "1,800社"], ["研修会参加者数", "300人"]]
    _, records = read_plan(draw_plan(rows, [200, 140]))
    assert figures(records) == [
        ("new", 2024, "健康宣言事業所数", None, 1800.0, "companies"),
        ("new", 2024, "研修会参加者数", None, 300.0, "people"),
    ]


@pytest.mark.parametrize("purpose", ["目的", "課題", "ねらい"])
def test_a_measure_is_named_by_its_name_and_not_by_its_purpose(purpose: str) -> None:
    rows = [
        ["事業名", purpose, "内容", "評価指標", "目標値", "時期"],
        ["健診受診勧奨事業", "受診率の向上", "未受診者への文書勧奨を行う。", "受診勧奨件数", "3,500件", "9月"],
        ["コラボヘルス事業", "健康づくり", "事業所カルテを配付する。", "健康宣言事業所数", "1,400社", "通年"],
    ]
    _, records = read_plan(draw_plan(rows, [90, 80, 120, 100, 60, 45]))
    assert [(heading_of(records, t), t.indicator, t.value) for t in records.targets] == [
        ("健診受診勧奨事業", "受診勧奨件数", 3500.0),
        ("コラボヘルス事業", "健康宣言事業所数", 1400.0),
    ]


@pytest.mark.parametrize(
    "heads", [("P（計画）", "D（実施）", "C（評価）", "A（改善）"), ("Plan", "Do", "Check", "Act")]
)
def test_what_was_done_and_found_is_no_aim(heads: tuple[str, ...]) -> None:
    rows = [
        ["取組", *heads],
        ["特定健診", "目標：特定健診実施率30.5%以上", "集団健診18会場", "実施率28.4%", "会場を増やす"],
        ["健康宣言", "目標：健康宣言事業所数1,400社", "訪問勧奨120社", "1,250社", "訪問先を増やす"],
    ]
    _, records = read_plan(draw_plan(rows, [60, 130, 100, 100, 90]))
    assert [(t.indicator, t.value) for t in records.targets] == [
        ("特定健診実施率", 30.5),
        ("健康宣言事業所数", 1400.0),
    ]


@pytest.mark.parametrize("font", ["japan", "japan-s"])
@pytest.mark.parametrize("head", [["区分", "指標"], ["区分", "<"], ["項目", "<"]])
def test_a_bare_measure_is_named_by_the_group_beside_it(head: list[str], font: str) -> None:
    rows = [
        [*head, "令和6年度目標"],
        ["生活習慣病予防健診", "実施率", "61.7%"],
        ["^", "実施者数", "60,000人"],
        ["特定健診（被扶養者）", "実施率", "30.3%"],
        ["^", "実施者数", "9,100人"],
    ]
    _, records = read_plan(draw_plan(rows, [150, 100, 100], font=font))
    assert [(t.indicator, t.value, t.population) for t in records.targets][::2] == [
        ("生活習慣病予防健診実施率", 61.7, "insured"),
        ("特定健診実施率", 30.3, "dependents"),
    ]


@pytest.mark.parametrize("areas", [("北信", "中信"), ("10人未満", "10人以上")])
def test_rows_of_one_name_are_told_apart_by_their_groups_and_doubted(areas: tuple[str, str]) -> None:
    rows = [
        ["指標", "内訳", "令和6年度目標"],
        ["健康宣言事業所数", areas[0], "300社"],
        ["^", areas[1], "400社"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 100, 100]))
    assert [(t.indicator, t.condition, t.value) for t in records.targets] == [
        ("健康宣言事業所数", areas[0], 300.0),
        ("健康宣言事業所数", areas[1], 400.0),
    ]
    assert all("column_name_shared" in doubts(t) and t.confidence < 0.8 for t in records.targets)


def test_rows_that_nothing_tells_apart_are_doubted() -> None:
    rows = [["指標", "令和6年度目標"], ["広報誌の発行回数", "4回"], ["広報誌の発行回数", "6回"]]
    _, records = read_plan(draw_plan(rows, [200, 100]))
    assert [("column_name_shared" in doubts(t), t.confidence < 0.8) for t in records.targets] == [(True, True)] * 2


@pytest.mark.parametrize("signs", [("≧", "≦"), ("以上", "以下")])
@pytest.mark.parametrize("before", [True, False])
def test_a_sign_under_the_header_of_its_figure_bounds_it(signs: tuple[str, str], before: bool) -> None:
    body = [
        ("現金給付等の申請に係る郵送化率", signs[0], "97.5"),
        ("一般競争入札に占める一者応札案件の割合", signs[1], "15"),
    ]
    rows = [["指標", "単位", "令和6年度目標", "<"]]
    rows += [[name, "％", *((sign, value) if before else (value, sign))] for name, sign, value in body]
    widths = [30, 70] if before else [70, 30]
    _, records = read_plan(draw_plan(rows, [200, 40, *widths]))
    assert [(t.comparator, t.value, t.unit) for t in records.targets] == [
        ("ge", 97.5, "percent"),
        ("le", 15.0, "percent"),
    ]


def test_goals_beside_the_difference_to_the_year_before_under_three_rows_of_headers() -> None:
    rows = [
        ["区分", "令和5年度", "<", "令和6年度", "<", "<"],
        ["^", "目標", "実績", "目標", "<", "対前年"],
        ["^", "率", "率", "率", "人数", "^"],
        ["特定健診", "30.0%", "28.0%", "29.0%", "2,900人", "+1.0%"],
    ]
    _, records = read_plan(draw_plan(rows, [110, 60, 60, 60, 70, 60]))
    assert [(t.edition, t.value, t.unit, t.baseline_value) for t in records.targets] == [
        ("old", 30.0, "percent", None),
        ("new", 29.0, "percent", 28.0),
        ("new", 2900.0, "people", None),
    ]


@pytest.mark.parametrize(("font", "size"), [("japan", 9.0), ("japan-s", 8.0)])
def test_an_aim_set_once_for_several_indicators_is_that_of_each(font: str, size: float) -> None:
    rows = [
        ["KPI", "令和5年度実績", "令和6年度目標"],
        ["返納金債権の回収率", "57.5%", "前年度以上"],
        ["レセプト点検の査定率", "0.31%", "^"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 90, 90], font=font, size=size))
    assert [(t.indicator, t.basis, t.comparator, t.baseline_value) for t in records.targets] == [
        ("返納金債権の回収率", "previous_year", "ge", 57.5),
        ("レセプト点検の査定率", "previous_year", "ge", 0.31),
    ]


def test_a_number_set_once_for_several_indicators_is_doubted() -> None:
    rows = [["KPI", "令和6年度目標"], ["健康宣言事業所数", "1,800社"], ["健康保険委員数", "^"]]
    _, records = read_plan(draw_plan(rows, [200, 90]))
    assert [(t.indicator, t.confidence < 0.8) for t in records.targets][1:] == [("健康保険委員数", True)]


@pytest.mark.parametrize("mark", ["（※）", "※1", "（注2）", "*"])
def test_the_mark_of_a_note_is_no_part_of_a_name(mark: str) -> None:
    rows = [["KPI", "令和6年度目標"], [f"特定健診実施率{mark}", "30.0%"], ["健康宣言事業所数", "1,800社"]]
    _, records = read_plan(draw_plan(rows, [200, 90]))
    assert [(t.indicator, t.value) for t in records.targets] == [("特定健診実施率", 30.0), ("健康宣言事業所数", 1800.0)]


@pytest.mark.parametrize("figure", ["1,700社", "29.5%以上"])
def test_a_figure_alone_in_a_cell_that_nothing_explains_is_a_finding(figure: str) -> None:
    rows = [["令和6年度", "令和7年度"], [figure, "未定"]]
    _, records = read_plan(draw_plan(rows, [120, 120], above=("1. 健診", "特定健診について")))
    found = [finding.values["text"] for finding in records.findings if finding.check == "unread_number"]
    assert (found, records.targets) == ([figure], ())


@pytest.mark.parametrize(
    ("aside", "baseline"),
    [("(R5実績:0.31%)", (0.31, 2023)), ("（令和5年度実績 0.31%）", (0.31, 2023)), ("※累計", None)],
)
def test_what_stands_in_brackets_below_a_figure_is_no_row_of_its_own(
    aside: str, baseline: tuple[float, int] | None
) -> None:
    rows = [["KPI", "令和6年度目標"], ["レセプト点検の査定率", f"0.35%以上\n{aside}"], ["健康宣言事業所数", "1,800社"]]
    _, records = read_plan(draw_plan(rows, [200, 140]))
    first, second = records.targets
    assert (first.indicator, first.comparator, first.value) == ("レセプト点検の査定率", "ge", 0.35)
    assert (first.baseline_value, first.baseline_year) == (baseline or (None, None))
    assert (second.indicator, second.value) == ("健康宣言事業所数", 1800.0)


@pytest.mark.parametrize("part", ["うち新規", "（内訳）新規"])
def test_a_part_that_does_not_say_of_what_is_doubted(part: str) -> None:
    rows = [["KPI", "令和6年度目標"], ["健康宣言事業所数", "1,800社"], [part, "200社"]]
    _, records = read_plan(draw_plan(rows, [200, 90]))
    assert [(t.value, t.confidence < 0.8) for t in records.targets] == [(1800.0, False), (200.0, True)]


@pytest.mark.parametrize(("new", "old"), [("令和6年度", "令和5年度"), ("R6計画", "R5計画")])
def test_aims_beside_a_years_text_are_of_that_years_plan(new: str, old: str) -> None:
    rows = [
        ["取組", new, "<", old, "<"],
        ["^", "内容", "KPI", "内容", "KPI"],
        ["健診", "集団健診を行う。", "受診率 30.0%以上", "集団健診を行う。", "受診率 29.0%以上"],
        ["宣言", "事業所を訪問する。", "宣言事業所 1,400社", "文書を送る。", "宣言事業所 1,300社"],
    ]
    _, records = read_plan(draw_plan(rows, [60, 120, 110, 110, 110]))
    assert [(t.edition, t.fiscal_year, t.value) for t in records.targets] == [
        ("new", 2024, 30.0),
        ("old", 2023, 29.0),
        ("new", 2024, 1400.0),
        ("old", 2023, 1300.0),
    ]


@pytest.mark.parametrize("value", ["県内3会場", "管内3会場"])
def test_where_something_is_held_is_no_part_of_its_name(value: str) -> None:
    rows = [["取組", "目標"], ["集団健診の実施", f"集団健診 {value}"]]
    _, records = read_plan(draw_plan(rows, [160, 160]))
    assert [(t.indicator, t.value, t.unit) for t in records.targets] == [("集団健診", 3.0, "places")]


def test_a_rate_without_any_unit_is_doubted() -> None:
    rows = [["指標", "R6目標"], ["現金給付等の申請に係る郵送化率", "96.0"], ["健康宣言事業所数", "1,400"]]
    _, records = read_plan(draw_plan(rows, [200, 90]))
    assert next((t.value, t.unit, t.confidence < 0.8) for t in records.targets) == (96.0, "percent", True)


@pytest.mark.parametrize(("ge", "le"), [("目標値以上", "目標値以下"), ("目標以上", "目標以下")])
def test_on_which_side_of_the_goal_is_said_beside_it(ge: str, le: str) -> None:
    rows = [["指標", "目標", "達成基準"], ["特定健診実施率", "30.0%", ge], ["一者応札案件の割合", "15%", le]]
    _, records = read_plan(draw_plan(rows, [150, 80, 120]))
    assert [(t.comparator, t.value) for t in records.targets] == [("ge", 30.0), ("le", 15.0)]


@pytest.mark.parametrize(("unit", "count"), [("（％）", "（社）"), ("[％]", "[社]")])
def test_a_unit_in_the_line_below_a_name_is_its_figures(unit: str, count: str) -> None:
    rows = [
        ["指標", "R5実績", "R6目標"],
        [f"特定健診実施率\n{unit}", "28.0", "30.0"],
        [f"健康宣言事業所数\n{count}", "1,200", "1,400"],
    ]
    _, records = read_plan(draw_plan(rows, [150, 90, 90]))
    assert [(t.indicator, t.value, t.unit, t.baseline_value) for t in records.targets] == [
        ("特定健診実施率", 30.0, "percent", 28.0),
        ("健康宣言事業所数", 1400.0, "companies", 1200.0),
    ]


@pytest.mark.parametrize(("caption", "count"), [("（２）令和6年度の目標値", 4), ("加入者の状況", 0)])
def test_figures_under_groups_are_targets_where_a_caption_says_so(caption: str, count: int) -> None:
    rows = [
        ["項目", "被保険者", "被扶養者"],
        ["健診実施率", "61.7%", "30.3%"],
        ["特定保健指導実施率", "21.5%", "18.1%"],
    ]
    parsed, records = read_plan(draw_plan(rows, [160, 90, 90], above=("1. 健診", caption)))
    assert [t.population for t in records.targets] == ["insured", "dependents", "insured", "dependents"][:count]
    assert all(t.confidence < 0.8 for t in records.targets)
    unread = [finding.values["header"] for finding in parsed.findings if finding.check == "unread_column"]
    assert unread == ([] if count else ["被保険者", "被扶養者"])


@pytest.mark.parametrize("groups", [("被保険者", "被扶養者"), ("被扶養者", "被保険者")])
def test_one_aim_beside_two_groups_of_one_indicator_is_that_of_each(groups: tuple[str, str]) -> None:
    rows = [["KPI", "対象", "令和6年度目標"], ["特定保健指導実施率", groups[0], "前年度以上"], ["^", groups[1], "^"]]
    _, records = read_plan(draw_plan(rows, [200, 80, 100]))
    codes = {"被保険者": "insured", "被扶養者": "dependents"}
    assert [(t.population, t.basis, t.comparator) for t in records.targets] == [
        (codes[group], "previous_year", "ge") for group in groups
    ]


@pytest.mark.parametrize(
    ("guidance", "name"),
    [("特定保健指導の実施", "特定保健指導の実施率"), ("特定保健指導", "特定保健指導実施率")],
)
@pytest.mark.parametrize("of", ["{}の実施率", "{}実施率"])
def test_a_rate_of_a_group_of_people_is_named_by_the_group_of_its_row(guidance: str, name: str, of: str) -> None:
    rows = [
        ["目標指標", "<", "令和6年度目標"],
        ["お客様満足度", "窓口の満足度", "95.0％以上"],
        [guidance, of.format("被保険者"), "25.4％"],
        ["^", of.format("被扶養者"), "18.0％"],
    ]
    _, records = read_plan(draw_plan(rows, [130, 150, 100]))
    assert [(t.indicator, t.population, t.condition, t.value) for t in records.targets[1:]] == [
        (name, "insured", None, 25.4),
        (name, "dependents", None, 18.0),
    ]
    assert all(t.confidence >= 0.8 for t in records.targets[1:])


@pytest.mark.parametrize("goal", ["（目標）", "（計画）", "(目標値)"])
@pytest.mark.parametrize("caption", ["【特定保健指導の実施見込】", "【特定保健指導】"])
def test_counts_beside_goals_of_no_year_are_planned_and_named_by_the_caption(goal: str, caption: str) -> None:
    rows = [
        ["区分", "対象者数", f"実施率{goal}", f"実施者数{goal}"],
        ["被保険者", "27,550人", "15.4％", "4,243人"],
        ["被扶養者", "1,990人", "6.0％", "119人"],
    ]
    _, records = read_plan(draw_plan(rows, [110, 110, 110, 110], above=("1. 保健事業", "・健診を勧める。", caption)))
    assert [(t.kind, t.population, t.value) for t in records.targets] == [
        ("plan_figure", "insured", 27550.0),
        ("plan_figure", "insured", 15.4),
        ("plan_figure", "insured", 4243.0),
        ("plan_figure", "dependents", 1990.0),
        ("plan_figure", "dependents", 6.0),
        ("plan_figure", "dependents", 119.0),
    ]
    assert [t.indicator for t in records.targets[1:3]] == ["特定保健指導実施率", "特定保健指導実施者数"]
    assert [t.statement for t in records.targets[3:5]] == ["被扶養者 対象者数 1,990人", "被扶養者 実施率 6.0％"]


@pytest.mark.parametrize("behind", ["（4年度）", "（R4年度実績）", "（令和4年度末）"])
def test_a_result_is_of_the_year_behind_it(behind: str) -> None:
    rows = [["指標", "令和6年度目標", "現状"], ["返納金債権の回収率", "65.0％以上", f"58.7％{behind}"]]
    _, records = read_plan(draw_plan(rows, [180, 110, 130]))
    assert [(t.value, t.baseline_value, t.baseline_year) for t in records.targets] == [(65.0, 58.7, 2022)]


@pytest.mark.parametrize(
    ("total", "people", "font"),
    [("計", "被保険者", "japan"), ("合計", "被保険者（40歳以上）", "japan-s"), ("全体", "被保険者", "japan")],
)
def test_a_total_is_named_by_the_outer_group_where_the_inner_one_says_of_whom(
    total: str, people: str, font: str
) -> None:
    rows = [
        ["区分", "<", "<", "令和6年度計画", "<", "<"],
        ["^", "^", "^", "対象者数", "実施率", "実施者数"],
        ["健診", "被扶養者", "特定健康診査", "142,600", "30.5%", "43,493"],
        ["特定保健指導", people, "支部実施分", "78,930", "14.2%", "11,208"],
        ["^", "^", total, "78,930", "23.0%", "18,154"],
        ["^", "被扶養者", total, "3,910", "12.5%", "489"],
    ]
    _, records = read_plan(draw_plan(rows, [80, 80, 90, 70, 60, 70], font=font, above=("（単位：人）",)))
    named = [(t.indicator, t.population, t.value) for t in records.targets if t.value in (78930.0, 23.0, 3910.0, 12.5)]
    assert named[-4:] == [
        ("特定保健指導対象者数", "insured", 78930.0),
        ("特定保健指導実施率", "insured", 23.0),
        ("特定保健指導対象者数", "dependents", 3910.0),
        ("特定保健指導実施率", "dependents", 12.5),
    ]


@pytest.mark.parametrize("of_each", ["①②ともに", "①、②いずれも", "いずれも"])
@pytest.mark.parametrize("goal", ["対前年度以上", "95.0％以上"])
def test_a_figure_of_all_names_beside_it_is_one_of_each(of_each: str, goal: str) -> None:
    rows = [["評価指標", "目標"], ["①査定率\n②被扶養者の確認率", f"{of_each}{goal}"], ["郵送化率", "96.0％以上"]]
    _, records = read_plan(draw_plan(rows, [220, 200]))
    value = 95.0 if goal[0].isdecimal() else None
    assert [(t.indicator, t.comparator, t.value) for t in records.targets] == [
        ("査定率", "ge", value),
        ("被扶養者の確認率", "ge", value),
        ("郵送化率", "ge", 96.0),
    ]
