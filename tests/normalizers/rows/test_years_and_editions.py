"""Columns and rows of years: which edition, year and time a figure belongs to."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import doubts, draw_plan, figures, read_plan


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


@pytest.mark.parametrize("goal", ["対前年度以上", "前年度以上"])
def test_a_row_a_year_may_hold_no_digit(goal: str) -> None:
    rows = [
        ["", "レセプト点検の査定率", "再審査レセプト１件当たりの査定額"],
        ["令和6年度目標", goal, goal],
        ["令和5年度目標", goal, goal],
        ["令和4年度実績", "0.273%", "4,916円"],
    ]
    _, records = read_plan(draw_plan(rows, [110, 150, 180]))
    found = [(t.fiscal_year, t.basis, t.comparator, t.baseline_value) for t in records.targets]
    assert sorted(found, key=lambda row: (row[3] or 0, row[0] or 0)) == [
        (2023, "previous_year", "ge", 0.273),
        (2024, "previous_year", "ge", 0.273),
        (2023, "previous_year", "ge", 4916.0),
        (2024, "previous_year", "ge", 4916.0),
    ]


def test_columns_of_years_alone_may_be_targets_and_say_so() -> None:
    rows = [["指標", "令和5年度", "令和6年度"], ["回収率", "54.0%", "58.0%"]]
    _, records = read_plan(draw_plan(rows, [180, 100, 120]))
    assert [(t.fiscal_year, t.value) for t in records.targets] == [(2023, 54.0), (2024, 58.0)]
    assert all("column_role_guessed" in doubts(t) and t.confidence < 0.8 for t in records.targets)


@pytest.mark.parametrize("years", [("令和5年度", "令和6年度"), ("R5", "R6")])
def test_columns_of_years_whose_figures_all_have_bounds_are_targets_beyond_doubt(years: tuple[str, str]) -> None:
    rows = [["指標", *years], ["回収率", "54.0%以上", "58.0%以上"], ["郵送化率", "95.0%以上", "対前年度以上"]]
    _, records = read_plan(draw_plan(rows, [180, 100, 120]))
    assert [(t.fiscal_year, t.comparator, t.value) for t in records.targets][:2] == [
        (2023, "ge", 54.0),
        (2024, "ge", 58.0),
    ]
    assert not any("column_role_guessed" in doubts(t) for t in records.targets)


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


@pytest.mark.parametrize(
    ("years", "role"),
    [
        (("令和3年度", "令和4年度", "令和5年度"), "目標"),
        (("R3", "R4", "R5"), "目標値"),
        (("3年度", "4年度", "5年度"), "目標"),
    ],
)
def test_a_repeat_mark_behind_a_year_s_own_figure_stands_for_that_and_not_for_the_measure_above(
    years: tuple[str, str, str], role: str
) -> None:
    rows = [
        ["指標", *(year + role for year in years)],
        ["郵送化率", "95.0%以上", "96.0%以上", "97.0%以上"],
        ["限度額適用認定証の使用割合", "85.0%以上", "〃", "〃"],
        ["一者応札案件の割合", "20.0%以下", "同上", "15.0%以下"],
        ["返納金債権の回収率", "対前年度以上", "対前年度以上", "対前年度以上"],
        ["レセプト点検の査定率", "〃", "〃", "〃"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 90, 90, 90], title="令和5年度 長野支部事業計画"))
    read = [t.value for t in records.targets if t.basis == "absolute"]
    assert sorted(read) == sorted([95.0, 96.0, 97.0, 85.0, 85.0, 85.0, 20.0, 20.0, 15.0])
    assert sum(t.basis == "previous_year" and t.comparator == "ge" for t in records.targets) == 6


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
