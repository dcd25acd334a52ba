"""Tables of several blocks in one grid: each block's own header heads its rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, figures, read_plan

HEAD = ["指標", "令和5年度実績", "令和6年度目標"]
FIRST = ["返納金債権の回収率", "52.4%", "54.0%以上"]


@pytest.mark.parametrize(
    ("block", "read", "baselines", "font", "size"),
    [
        (
            [["項目", "令和6年度目標", "備考"], ["健康宣言事業所数", "1,850社以上", "年度末"]],
            [("new", 2024, "健康宣言事業所数", "ge", 1850.0, "companies")],
            [52.4, None],
            "japan",
            9.0,
        ),
        (
            [["指標", "令和5年度実績", "令和5年度目標"], ["レセプト点検の査定率", "0.31%", "0.29%以上"]],
            [("old", 2023, "レセプト点検の査定率", "ge", 0.29, "percent")],
            [52.4, None],
            "japan-s",
            8.0,
        ),
        (
            [["区分", "対象者数", "実施見込者数"], ["特定健診", "81,200人", "25,900人"]],
            [
                ("single", 2024, "特定健診対象者数", None, 81200.0, "people"),
                ("single", 2024, "特定健診実施見込者数", None, 25900.0, "people"),
            ],
            [52.4, None, None],
            "japan",
            10.0,
        ),
    ],
)
def test_a_block_of_other_columns_is_read_by_its_own_header(
    block: list[list[str]], read: list[tuple[object, ...]], baselines: list[float | None], font: str, size: float
) -> None:
    parsed, records = read_plan(draw_plan([HEAD, FIRST, *block], [200, 120, 120], font=font, size=size))
    assert figures(records) == [("new", 2024, "返納金債権の回収率", "ge", 54.0, "percent"), *read]
    assert [target.baseline_value for target in records.targets] == baselines
    assert [cell.text.text for cell in parsed.cells if cell.role == "header"] == [*HEAD, *block[0]]


def test_a_header_printed_again_is_no_content_and_the_caption_holds_below_it() -> None:
    rows = [HEAD, ["健診の受診者数", "1,200", "1,300"], HEAD, ["面談の対象者数", "80", "96"]]
    above = ("1. 健診の推進", "数値目標（単位：百人）")
    parsed, records = read_plan(draw_plan(rows, [200, 120, 120], above=above))
    assert [(t.indicator, t.value, t.baseline_value) for t in records.targets] == [
        ("健診の受診者数", 130000.0, 120000.0),
        ("面談の対象者数", 9600.0, 8000.0),
    ]
    assert [cell.text.text for cell in parsed.cells if cell.role == "header"] == [*HEAD, *HEAD]


@pytest.mark.parametrize(("label", "other"), [("健診", "医療費適正化"), ("（１）受診勧奨", "（２）広報")])
def test_a_cell_beside_a_header_and_its_rows_names_the_block(label: str, other: str) -> None:
    rows = [
        [label, *HEAD],
        ["^", "生活習慣病予防健診実施率", "58.2%", "60.3%以上"],
        [other, "区分", "令和6年度計画", "備考"],
        ["^", "ジェネリック医薬品使用割合", "83.0%以上", ""],
    ]
    _, records = read_plan(draw_plan(rows, [90, 170, 100, 110]))
    assert [(t.indicator, t.value, t.baseline_value, t.fiscal_year) for t in records.targets] == [
        ("生活習慣病予防健診実施率", 60.3, 58.2, 2024),
        ("ジェネリック医薬品使用割合", 83.0, None, 2024),
    ]


def test_rows_above_the_first_header_of_a_grid_are_not_under_it() -> None:
    rows = [["返納金債権の回収率", "52.1%", "54.0%以上"], ["項目", "令和6年度目標", "参考（令和5年度末）"]]
    _, records = read_plan(draw_plan([*rows, ["現金給付の郵送化率", "90.0%以上", "88.7%"]], [200, 110, 110]))
    assert [(t.indicator, t.value, t.baseline_value) for t in records.targets if t.confidence >= 0.8] == [
        ("現金給付の郵送化率", 90.0, 88.7)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["区分", "生活習慣病予防健診実施率", "特定健診実施率"], ["令和5年度実績", "58.2%", "29.1%"]],
        [["指標", "令和6年度目標", "令和5年度実績"], ["意見の発信", "実施", "実施"], ["査定率", "前年度以上", "3%"]],
    ],
)
def test_rows_of_words_and_aims_are_no_headers(rows: Sequence[Sequence[str]]) -> None:
    last = ["令和6年度目標", "60.3%", "31.0%"] if "区分" in rows[0] else ["回収率", "前年度以上", "52.0%"]
    parsed, _ = read_plan(draw_plan([*rows, last], [170, 150, 130]))
    assert {cell.table_index for cell in parsed.cells} == {0}


@pytest.mark.parametrize(("group", "population"), [("被保険者", "insured"), ("被扶養者", "dependents")])
def test_a_group_over_the_names_is_of_whom_the_figures_are(group: str, population: str) -> None:
    rows = [[group, "対象者数", "実施者数", "実施率"], ["保健指導", "4,200人", "1,050人", "25.0%"]]
    above = ("1. 健診の推進", "令和6年度の目標実施者数")
    _, records = read_plan(draw_plan(rows, [150, 90, 90, 90], above=above))
    assert [(t.kind, t.population, t.value) for t in records.targets] == [
        ("plan_figure", population, 4200.0),
        ("plan_figure", population, 1050.0),
        ("plan_figure", population, 25.0),
    ]
