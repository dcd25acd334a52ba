"""What the lines above a table and the heads of its parts say of the counts in it."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, read_plan

ABOVE = ("1. 基盤的保険者機能の盤石化", "(2) 保健指導利用率の改善に向けた取組")


@pytest.mark.parametrize(
    ("caption", "expected", "rate", "full", "font", "size"),
    [
        ("表２　特定保健指導の実施計画", "終了者見込", "実施率", "特定保健指導実施率", "japan", 9.0),
        (
            "図表１－２　令和6年度における特定保健指導の実施計画（単位：人）",
            "修了者見込み",
            "修了率",
            "修了率",
            "japan-s",
            8.0,
        ),
    ],
)
def test_counts_of_groups_are_of_what_the_caption_names_and_not_of_the_heading_above(
    caption: str, expected: str, rate: str, full: str, font: str, size: float
) -> None:
    rows = [
        ["", "対象者数", "初回面談実施見込", f"{expected}（{rate}）"],
        ["被保険者", "97,400人", "26,300人", "19,967人（20.5％）"],
        ["被扶養者", "5,140人", "920人", "812人（15.8％）"],
    ]
    _, records = read_plan(draw_plan(rows, [110, 90, 110, 140], above=(*ABOVE, caption), font=font, size=size))
    assert [(t.population, t.indicator, t.value, t.unit) for t in records.targets] == [
        (population, name, value, unit)
        for population, values in (("insured", (97400, 26300, 19967, 20.5)), ("dependents", (5140, 920, 812, 15.8)))
        for name, value, unit in zip(
            ("特定保健指導対象者数", "初回面談実施見込", expected, full),
            values,
            ("people", "people", "people", "percent"),
            strict=True,
        )
    ]
    assert {t.kind for t in records.targets} == {"plan_figure"}


@pytest.mark.parametrize("total", ["合計", "計"])
def test_a_total_is_of_what_the_caption_names(total: str) -> None:
    rows = [["区分", "対象者数", "実施率"], ["特定健診", "14,000人", "29.0％"], [total, "69,000人", "54.5％"]]
    above = (*ABOVE, "別表３　健診の実施計画")
    _, records = read_plan(draw_plan(rows, [150, 100, 100], above=above))
    assert [(t.indicator, t.value) for t in records.targets[2:]] == [("健診対象者数", 69000.0), ("健診実施率", 54.5)]


def test_a_heading_that_names_a_rate_is_not_what_people_are_counted_for() -> None:
    rows = [["区分", "対象者数", "実施見込者数"], ["被保険者", "3,300人", "1,200人"]]
    _, records = read_plan(draw_plan(rows, [150, 100, 100], above=ABOVE))
    assert [t.value for t in records.targets] == [3300.0, 1200.0]
    assert not any("取組" in (t.indicator or "") for t in records.targets)


@pytest.mark.parametrize(("one", "other"), [("うち協会保健師等", "うち外部委託"), ("（再掲）直営", "（再掲）健診機関")])
def test_parts_of_a_group_in_columns_of_their_own_are_counted_by_their_names(one: str, other: str) -> None:
    rows = [
        ["", "被保険者", one, other, "被扶養者"],
        ["実施見込者数", "9,164人", "6,109人", "3,055人", "179人"],
        ["実施率", "21.0％", "14.0％", "7.0％", "8.0％"],
    ]
    _, records = read_plan(draw_plan(rows, [80, 90, 110, 110, 90], above=("1. 基盤的保険者機能の盤石化",)))
    parts = [name.removeprefix("うち").removeprefix("（再掲）") for name in (one, other)]
    assert [
        (t.edition, t.population, t.indicator, t.value) for t in records.targets if t.value in (6109, 3055, 14, 7)
    ] == [
        ("single", "insured", f"{parts[0]}実施見込者数", 6109.0),
        ("single", "insured", f"{parts[1]}実施見込者数", 3055.0),
        ("single", "insured", f"{parts[0]}実施率", 14.0),
        ("single", "insured", f"{parts[1]}実施率", 7.0),
    ]


@pytest.mark.parametrize(
    ("groups", "names", "past", "goal"),
    [
        (
            ("サービス水準", "レセプト点検"),
            ("処理日数達成率", "郵送化率", "査定率", "再審査率"),
            "令和5年度実績",
            "令和6年度目標",
        ),
        (("健診", "債権"), ("特定健診実施率", "データ取得率", "回収率", "返納率"), "R5実績", "R6目標"),
    ],
)
def test_in_a_row_a_year_names_stand_under_their_groups(
    groups: tuple[str, str], names: tuple[str, str, str, str], past: str, goal: str
) -> None:
    rows = [
        ["年度", groups[0], "<", groups[1], "<", "ジェネリック医薬品使用割合"],
        ["^", *names, "^"],
        [past, "91.0％", "92.0％", "93.0％", "94.0％", "80.0％"],
        [goal, "91.5％", "92.5％", "93.5％", "94.5％", "81.0％"],
    ]
    _, records = read_plan(draw_plan(rows, [80, 85, 75, 75, 75, 110], size=8))
    assert [(t.indicator, t.value, t.baseline_value) for t in records.targets] == [
        (names[0], 91.5, 91.0),
        (names[1], 92.5, 92.0),
        (names[2], 93.5, 93.0),
        (names[3], 94.5, 94.0),
        ("ジェネリック医薬品使用割合", 81.0, 80.0),
    ]


@pytest.mark.parametrize("words", ["実施", "全支部で実施", "データに基づく発信の実施"])
def test_words_under_a_goal_s_head_are_of_the_indicator_of_their_row(words: str) -> None:
    rows = [["指標", "令和6年度目標"], ["調整会議における意見発信", words], ["査定率", "0.4％以上"]]
    _, records = read_plan(draw_plan(rows, [200, 160]))
    first = records.targets[0]
    assert (first.indicator, first.basis, first.population, first.value) == (
        "調整会議における意見発信",
        "qualitative",
        None,
        None,
    )
    assert first.confidence < 0.8


def test_a_header_repeated_in_a_plan_of_two_years_heads_its_rows() -> None:
    head = ["No.", "施策名", "評価指標", "30年度目標", "31年度目標"]
    rows = [
        ["Ⅰ　基盤的保険者機能関係", "<", "<", "<", "<"],
        head,
        ["1", "債権の回収", "返納金債権の回収率", "58.8％", "60.3％"],
        ["Ⅱ　戦略的保険者機能関係", "<", "<", "<", "<"],
        head,
        ["2", "健診の推進", "生活習慣病予防健診受診率", "54.5％", "56.0％"],
    ]
    title = "平成31年度 長野支部事業計画"
    parsed, records = read_plan(draw_plan(rows, [30, 110, 180, 80, 80], title=title, above=()))
    assert [(t.edition, t.indicator, t.value) for t in records.targets] == [
        ("old", "返納金債権の回収率", 58.8),
        ("new", "返納金債権の回収率", 60.3),
        ("old", "生活習慣病予防健診受診率", 54.5),
        ("new", "生活習慣病予防健診受診率", 56.0),
    ]
    assert [cell.text.text for cell in parsed.cells if cell.role == "header"][-5:] == head
