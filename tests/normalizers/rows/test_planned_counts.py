"""Tables of planned head counts and rates: whose they are, in which unit, and what beside them is none."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, read_plan

_CAPTION = "表２　特定保健指導の実施見込（令和6年度）"


@pytest.mark.parametrize("difference", ["増　減", "増減数", "対前年度増減"])
def test_differences_between_years_are_no_aims_and_counts_have_their_unit(difference: str) -> None:
    rows = [
        ["区分", "令和5年度計画", "<", "令和6年度計画", "<", difference, "<"],
        ["^", "受診者数", "受診率", "受診者数", "受診率", "受診者数", "受診率"],
        ["特定健康診査", "9,468", "30.0％", "9,741", "32.6％", "＋273", "＋2.6"],
    ]
    _, records = read_plan(draw_plan(rows, [110, 60, 60, 60, 60, 60, 60]))
    assert [(t.fiscal_year, t.value, t.unit) for t in records.targets] == [
        (2023, 9468.0, "people"),
        (2023, 30.0, "percent"),
        (2024, 9741.0, "people"),
        (2024, 32.6, "percent"),
    ]


@pytest.mark.parametrize("parts", [("協会実施", "外部委託"), ("直営", "委託機関")])
def test_parts_under_a_group_of_people_are_cases_of_it(parts: tuple[str, str]) -> None:
    rows = [
        ["区分", "被保険者", "<", "<", "被扶養者"],
        ["^", *parts, "計", "^"],
        ["初回面談者数（人）", "2,960", "3,640", "6,600", "150"],
        ["特定保健指導実施率（％）", "―", "―", "27.8", "12.0"],
    ]
    _, records = read_plan(draw_plan(rows, [150, 80, 80, 80, 80], above=("1. 保健事業", "・健診を勧める。", _CAPTION)))
    assert [(t.kind, t.population, t.condition, t.value, t.unit) for t in records.targets] == [
        ("plan_figure", "insured", parts[0], 2960.0, "people"),
        ("plan_figure", "insured", parts[1], 3640.0, "people"),
        ("plan_figure", "insured", None, 6600.0, "people"),
        ("plan_figure", "dependents", None, 150.0, "people"),
        ("plan_figure", "insured", None, 27.8, "percent"),
        ("plan_figure", "dependents", None, 12.0, "percent"),
    ]


@pytest.mark.parametrize("brackets", ["（）", "()"])
def test_a_count_and_its_rate_in_one_cell_are_two_figures(brackets: str) -> None:
    left, right = brackets
    rows = [
        ["区分", "対象者数", f"受診者数{left}受診率{right}"],
        ["二次勧奨（文書）", "2,310人", f"260人{left}12.5％{right}"],
        ["二次勧奨（電話）", "640人", f"96人{left}20.0％{right}"],
    ]
    caption = "表５　未治療者への受診勧奨の計画"
    _, records = read_plan(draw_plan(rows, [160, 110, 140], above=("1. 保健事業", "・健診を勧める。", caption)))
    assert [(t.value, t.unit) for t in records.targets] == [
        (2310.0, "people"),
        (260.0, "people"),
        (12.5, "percent"),
        (640.0, "people"),
        (96.0, "people"),
        (20.0, "percent"),
    ]
    assert [t.indicator for t in records.targets[1:3]] == ["二次勧奨(文書)受診者数", "二次勧奨(文書)受診率"]


@pytest.mark.parametrize("average", ["全国平均", "支部平均", "全国"])
@pytest.mark.parametrize("rank", ["全国順位", "順位"])
def test_averages_and_ranks_beside_results_are_no_aims(average: str, rank: str) -> None:
    rows = [
        ["指標", "令和6年度目標値", "令和4年度実績", average, rank],
        ["返納金債権の回収率", "55.0％以上", "52.1％", "54.2％", "28位"],
        ["健康宣言事業所数", "1,150社", "987社", "―", "7位"],
    ]
    _, records = read_plan(draw_plan(rows, [150, 90, 90, 70, 70]))
    assert [(t.edition, t.value, t.baseline_value) for t in records.targets] == [
        ("new", 55.0, 52.1),
        ("new", 1150.0, 987.0),
    ]
    assert not [finding for finding in records.findings if finding.check == "unread_number"]


def test_results_of_the_branch_beside_averages_and_ranks_are_no_aims() -> None:
    rows = [
        ["区分", "長野支部", "全国平均", "全国順位"],
        ["加入者1人当たり医療費", "182,310円", "187,400円", "12位"],
        ["保険料率", "9.55％", "10.00％", "3位"],
    ]
    _, records = read_plan(draw_plan(rows, [160, 90, 90, 90]))
    assert not records.targets


@pytest.mark.parametrize("aim", ["対前年度以上", "前年度を上回る"])
def test_rows_beside_a_merged_cell_are_no_table_of_their_own(aim: str) -> None:
    rows = [
        ["小項目", "主な取組", "ＫＰＩ", "<", "<"],
        ["^", "^", "指標", "R5年度目標", "R6年度目標"],
        ["点検の実施", "・高額事例を優先する。", "レセプト点検の査定率", aim, aim],
        ["^", "^", "再審査レセプト1件当たりの査定額", aim, aim],
        ["債権の回収", "・催告を行う。", "返納金債権の回収率", "63.5％以上", "65.0％以上"],
    ]
    _, records = read_plan(draw_plan(rows, [70, 120, 150, 80, 80]))
    assert [(t.fiscal_year, t.basis, t.value) for t in records.targets] == [
        (2023, "previous_year", None),
        (2024, "previous_year", None),
        (2023, "previous_year", None),
        (2024, "previous_year", None),
        (2023, "absolute", 63.5),
        (2024, "absolute", 65.0),
    ]


@pytest.mark.parametrize("names", [("支部保健事業予算", "うち健診経費", "合計"), ("保険料収入", "給付費", "収支差")])
def test_figures_of_a_budget_under_bare_years_are_no_aims(names: tuple[str, ...]) -> None:
    rows = [["区分", "令和6年度", "令和5年度"], *([name, "78,200", "71,650"] for name in names)]
    _, records = read_plan(draw_plan(rows, [200, 90, 90], above=("1. 予算", "・次のとおりとする。", "（単位：千円）")))
    assert not records.targets


@pytest.mark.parametrize(("outer", "inner"), [("項目", "内容"), ("区分", "取組内容")])
def test_rates_and_counts_name_what_is_measured_whatever_heads_them(outer: str, inner: str) -> None:
    rows = [
        [outer, inner, "目標"],
        ["健診", "特定健診の実施率", "30.0％"],
        ["^", "集団健診の回数", "10回"],
    ]
    _, records = read_plan(draw_plan(rows, [70, 200, 90]))
    assert [(t.indicator, t.value) for t in records.targets] == [("特定健診の実施率", 30.0), ("集団健診の回数", 10.0)]


@pytest.mark.parametrize(
    ("base", "expected", "rate"),
    [
        ("対象者", "実施見込", "実施率"),
        ("対象者数", "受診見込", "受診率"),
        ("対象者", "取得見込み", "取得率"),
        ("対象者数", "終了見込", "実施率"),
    ],
)
def test_heads_that_leave_the_people_out_count_them_where_their_rate_stands_beside(
    base: str, expected: str, rate: str
) -> None:
    rows = [
        ["区分", base, expected, rate],
        ["特定健診（集団）", "－", "4,150", "－"],
        ["特定健診（個別）", "－", "4,080", "－"],
        ["計", "30,480", "8,230", "27.0％"],
    ]
    above = ("1. 保健事業", "・健診を勧める。", "２．被扶養者（40歳～74歳）")
    _, records = read_plan(draw_plan(rows, [150, 80, 80, 80], above=above))
    stem = expected.removesuffix("見込").removesuffix("見込み")
    assert [(t.kind, t.population, t.indicator, t.value, t.unit) for t in records.targets] == [
        ("plan_figure", "dependents", f"特定健診(集団){stem}見込者数", 4150.0, "people"),
        ("plan_figure", "dependents", f"特定健診(個別){stem}見込者数", 4080.0, "people"),
        ("plan_figure", "dependents", "対象者数", 30480.0, "people"),
        ("plan_figure", "dependents", f"{stem}見込者数", 8230.0, "people"),
        ("plan_figure", "dependents", rate, 27.0, "percent"),
    ]


def test_what_is_expected_of_a_year_is_its_result_and_no_planned_count() -> None:
    rows = [["指標", "令和5年度実施見込", "令和6年度目標"], ["特定健診の実施率", "24.0％", "25.0％"]]
    _, records = read_plan(draw_plan(rows, [150, 120, 120]))
    assert [(t.value, t.baseline_value) for t in records.targets] == [(25.0, 24.0)]


@pytest.mark.parametrize("heads", [("実施率", "実施者数"), ("実施率", "人数"), ("対象者数", "実施率")])
def test_counts_and_rates_of_no_year_are_planned_figures_to_be_looked_at(heads: tuple[str, str]) -> None:
    figures = ["62.1％" if head.endswith("率") else "108,210人" for head in heads]
    rows = [["区分", *heads], ["生活習慣病予防健診", *figures], ["被扶養者の特定健診", *figures]]
    above = ("1. 保健事業", "（１）特定健康診査の推進", "・健診を勧める。")
    _, records = read_plan(draw_plan(rows, [150, 100, 100], above=above))
    assert {t.kind for t in records.targets} == {"plan_figure"}
    assert sorted(t.value for t in records.targets if t.value) == [62.1, 62.1, 108210.0, 108210.0]
    assert all(t.confidence < 0.8 for t in records.targets)


@pytest.mark.parametrize("caption", ["令和4年度の実施状況", "過去の実績", "（参考）健診の現状"])
def test_counts_and_rates_under_a_caption_of_results_are_no_aims(caption: str) -> None:
    rows = [["区分", "実施率", "実施者数"], ["生活習慣病予防健診", "62.1％", "108,210人"]]
    _, records = read_plan(draw_plan(rows, [150, 100, 100], above=("1. 保健事業", "・健診を勧める。", caption)))
    assert records.targets == ()


@pytest.mark.parametrize("title", ["被保険者（40歳以上）", "被保険者"])
def test_a_title_over_a_table_says_of_whom_its_figures_are(title: str) -> None:
    rows = [
        [title, "<", "<"],
        ["区分", "実施率", "実施見込者数"],
        ["対象者数", "―", "182,310人"],
        ["生活習慣病予防健診", "62.8％", "114,490人"],
    ]
    _, records = read_plan(draw_plan(rows, [150, 100, 100], above=("1. 保健事業", "・健診を勧める。")))
    assert [(t.population, t.value) for t in records.targets] == [
        ("insured", 182310.0),
        ("insured", 62.8),
        ("insured", 114490.0),
    ]


@pytest.mark.parametrize("counts", [("対象者数", "実施者数", "実施率"), ("対象者数", "受診者数", "受診率")])
@pytest.mark.parametrize("corner", ["", "区分"])
def test_a_row_a_count_and_a_column_a_measure(counts: tuple[str, str, str], corner: str) -> None:
    rows = [
        [corner, "生活習慣病予防健診", "事業者健診データ"],
        [counts[0], "338,200人", "338,200人"],
        [counts[1], "244,519人", "22,998人"],
        [counts[2], "72.3％", "6.8％"],
    ]
    _, records = read_plan(draw_plan(rows, [100, 150, 150], above=("1. 保健事業", "・健診を勧める。")))
    assert [(t.kind, t.indicator, t.value) for t in records.targets] == [
        ("plan_figure", f"{name}{count}", value)
        for name, values in (
            ("生活習慣病予防健診", (338200.0, 244519.0, 72.3)),
            ("事業者健診データ", (338200.0, 22998.0, 6.8)),
        )
        for count, value in zip(counts, values, strict=True)
    ]
    assert all(t.confidence < 0.8 for t in records.targets)


@pytest.mark.parametrize("head", ["受診者数（見込）", "実施者数（見込み）"])
def test_counts_whose_head_says_in_brackets_that_they_are_expected_are_planned(head: str) -> None:
    rows = [["健診の種類", "対象者数", head, "受診率"], ["特定健診", "61,900人", "17,146人", "27.7％"]]
    _, records = read_plan(draw_plan(rows, [150, 90, 130, 80]))
    assert [(t.kind, t.value, t.unit) for t in records.targets] == [
        ("plan_figure", 61900.0, "people"),
        ("plan_figure", 17146.0, "people"),
        ("plan_figure", 27.7, "percent"),
    ]
