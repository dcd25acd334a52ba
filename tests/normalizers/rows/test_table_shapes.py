"""Tables of many shapes, drawn and read the whole way: what each figure is of, and for which plan it speaks."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, read_plan


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
    ("kinds", "people", "rate"),
    [("区分", "対象", "目標率"), ("健診の種類", "対象者", "目標"), ("種別", "加入者区分", "目標値")],
)
def test_a_column_of_people_beside_names_tells_whom_the_figures_are_of(kinds: str, people: str, rate: str) -> None:
    rows = [
        [kinds, people, "令和5年度", "<", "令和6年度", "<"],
        ["^", "^", "目標", "実績見込", rate, "目標人数"],
        ["生活習慣病予防健診", "被保険者", "47.3%", "46.1%", "48.9%", "362,838人"],
        ["特定健診", "被扶養者", "19.5%", "18.2%", "21.0%", "44,940人"],
    ]
    _, records = read_plan(draw_plan(rows, [120, 70, 65, 65, 65, 75], above=("1. 健診の推進",)))
    read = [
        (t.fiscal_year, t.edition, t.population, t.value, t.baseline_value)
        for t in records.targets
        if t.unit == "percent"
    ]
    assert read == [
        (2023, "old", "insured", 47.3, None),
        (2024, "new", "insured", 48.9, 46.1),
        (2023, "old", "dependents", 19.5, None),
        (2024, "new", "dependents", 21.0, 18.2),
    ]
    assert [t.indicator for t in records.targets if t.unit == "percent"] == [
        "生活習慣病予防健診",
        "生活習慣病予防健診",
        "特定健診",
        "特定健診",
    ]
    assert [(t.value, t.unit) for t in records.targets if t.unit == "people"] == [(362838, "people"), (44940, "people")]


@pytest.mark.parametrize(
    ("outer", "inner", "widths", "dark_header"),
    [
        (
            [
                ["区分", "新(令和6年度)", "<", "旧(令和5年度)", "<", "<"],
                ["変更", "(1)窓口の案内", "<", "(1)窓口", "<", "<"],
            ],
            [
                ["KPI", "指標", "令和6年度", "令和5年度", "増減", "備考"],
                ["^", "申請の郵送化率", "97.0%以上", "96.5%以上", "+0.5", "年度末の値"],
                ["^", "返納金債権の回収率", "対前年度以上", "<", "", ""],
            ],
            [40, 120, 70, 70, 50, 100],
            1,
        ),
        (
            [["新(令和6年度)", "<", "旧(令和5年度)", "<"], ["(1)窓口の案内", "<", "(1)窓口", "<"]],
            [
                ["評価指標", "R6目標", "R5目標", "増減"],
                ["申請の郵送化率", "97.0%以上", "96.5%以上", "+0.5"],
                ["返納金債権の回収率", "対前年度以上", "対前年度以上", "―"],
            ],
            [150, 80, 80, 70],
            0,
        ),
        (
            [
                ["現行(令和5年度)", "<", "改正案(令和6年度)", "<", "変更理由"],
                ["(1)窓口", "<", "(1)窓口の案内", "<", "整理"],
            ],
            [
                ["指標", "令和5年度目標値", "令和6年度目標値", "差", "備考"],
                ["申請の郵送化率", "96.5%以上", "97.0%以上", "+0.5", ""],
                ["返納金債権の回収率", "対前年度以上", "対前年度以上", "", ""],
            ],
            [130, 80, 80, 60, 90],
            0,
        ),
    ],
)
def test_aims_under_a_header_of_their_own_across_both_sides_of_a_comparison(
    outer: list[list[str]], inner: list[list[str]], widths: list[float], dark_header: int
) -> None:
    whole = ["(2)職員の研修を行う。" if text.startswith("(1)") else text for text in outer[1]]
    plan = draw_plan([*outer, *inner, whole], widths, title="令和6年度 長野支部事業計画", dark_header=dark_header)
    _, records = read_plan(plan)
    assert sorted((t.edition, t.fiscal_year, t.indicator, t.value, t.basis) for t in records.targets) == [
        ("new", 2024, "申請の郵送化率", 97.0, "absolute"),
        ("new", 2024, "返納金債権の回収率", None, "previous_year"),
        ("old", 2023, "申請の郵送化率", 96.5, "absolute"),
        ("old", 2023, "返納金債権の回収率", None, "previous_year"),
    ]
    assert all(t.confidence >= 0.8 for t in records.targets)
    actions = [m for m in records.measures if m.kind in ("action", "heading")]
    assert {m.edition for m in actions if m.text_normalized.startswith("(2)")} == {"new", "old"}
    assert not any("%" in m.text_normalized for m in actions)


@pytest.mark.parametrize(
    ("years", "sure"), [(["令和6年度", "令和5年度"], True), (["令和6年度", "令和5年度", "令和4年度"], False)]
)
def test_of_three_years_across_a_comparison_some_may_be_results(years: list[str], sure: bool) -> None:
    more = len(years) - 2
    sides = ["新(令和6年度)", "<", "旧(令和5年度)", *["<"] * more]
    rows = [
        sides,
        ["【債権の管理】", "<", "【債権の回収】", *["<"] * more],
        ["指標", *years],
        ["申請の郵送化率", *["97.0%", "96.5%", "95.9%"][: len(years)]],
        ["保険証回収率", *["87.0%", "86.4%", "83.9%"][: len(years)]],
    ]
    _, records = read_plan(draw_plan(rows, [150, *[85] * len(years)], title="令和6年度 長野支部事業計画"))
    new = [t for t in records.targets if t.edition == "new"]
    assert [t.value for t in new] == [97.0, 87.0]
    headings = {m.measure_id: m.text_normalized for m in records.measures}
    assert {headings.get(t.heading_id or "") for t in new} == {"【債権の管理】"}
    assert all((t.confidence >= 0.8) == sure for t in records.targets if t.fiscal_year != 2022)
    assert all(t.confidence < 0.8 for t in records.targets if t.fiscal_year == 2022)
