"""Rows across a table that name the field of the rows below them, and rows of measures beside a page break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from parsers.model.document import ParsedDocument
from parsers.model.layout import Table
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_line, set_page, set_table

TITLE = set_line("平成27年度 熊本支部事業計画", 150, 40, size=14)
EDGES = (40.0, 140.0, 360.0, 520.0)
Row = Sequence[Sequence[str]]


def with_rows_across(rows: Sequence[Row], edges: Sequence[float] = EDGES) -> Table:
    """A table in which a row of one text alone is a cell across all columns."""
    whole = [row if len(row) > 1 else [row[0], *([[""]] * (len(edges) - 2))] for row in rows]
    table = set_table(whole, edges=edges)
    across = {number for number, row in enumerate(rows) if len(row) == 1}
    cells = [
        replace(cell, column_span=len(edges) - 1, box=cell.box._replace(x1=edges[-1])) if cell.row in across else cell
        for cell in table.cells
        if cell.row not in across or cell.column == 0
    ]
    return replace(table, cells=tuple(cells))


def sections(parsed: ParsedDocument) -> dict[str, str | None]:
    return {p.text.text: p.section for p in parsed.paragraphs if not p.text.text.startswith("・")}


@pytest.mark.parametrize(
    ("before", "row", "header"),
    [
        ("２．健康保険給付等", "３．保健事業", ("項目", "具体的な取組", "数値目標")),
        ("第2 健康保険給付等", "第3 保健事業", ("重点事項", "実施内容", "目標")),
        ("Ⅲ　組織・運営体制関係", "Ⅳ　その他支部独自の取組", ("事業名", "取組内容", "ＫＰＩ")),
    ],
)
@pytest.mark.parametrize("paged", [False, True])
def test_a_row_across_that_counts_on_from_a_field_is_the_next_field(
    before: str, row: str, header: Sequence[str], *, paged: bool
) -> None:
    titles = [[text] for text in header]
    first: list[Row] = [titles, [[before]], [["サービスの向上"], ["・案内を行う。"], ["・満足度 98.0%以上"]]]
    second: list[Row] = [[[row]], [["健診の推進"], ["・受診を勧める。"], ["・健診実施率 54.0%以上"]]]
    if paged:
        pages = [
            set_page(1, [with_rows_across(first)], [TITLE]),
            set_page(2, [with_rows_across([titles, *second])]),
        ]
    else:
        pages = [set_page(1, [with_rows_across([*first, *second])], [TITLE])]
    assert sections(parse_layouts(pages, name="plan.pdf")) == {"サービスの向上": before, "健診の推進": row}


def test_a_row_across_a_table_of_figures_that_counts_on_is_the_next_field_too() -> None:
    rows: list[Row] = [
        [["指標"], ["平成26年度実績"], ["平成27年度目標"]],
        [["2. 健康保険給付等"]],
        [["保険証回収率"], ["92.5%"], ["93.0%以上"]],
        [["3. 保健事業"]],
        [["被扶養者の特定健診受診率"], ["20.1%"], ["22.5%"]],
    ]
    parsed = parse_layouts([set_page(1, [with_rows_across(rows)], [TITLE])], name="plan.pdf")
    placed = {p.text.text: p.section for p in parsed.paragraphs if p.place and p.place.column_role == "target"}
    assert placed == {"93.0%以上": "2. 健康保険給付等", "22.5%": "3. 保健事業"}


@pytest.mark.parametrize("row", ["（1）保健事業", "2．保健事業", "3．健診を受けましょう、まずは年に一度。"])
def test_a_row_across_that_counts_on_from_no_field_names_none(row: str) -> None:
    rows: list[Row] = [
        [["項目"], ["具体的な取組"], ["数値目標"]],
        [["2．戦略的保険者機能関係"]],
        [[row]],
        [["健診の推進"], ["・受診を勧める。"], ["・健診実施率 54.0%以上"]],
    ]
    parsed = parse_layouts([set_page(1, [with_rows_across(rows)], [TITLE])], name="plan.pdf")
    assert sections(parsed)["健診の推進"] == "2．戦略的保険者機能関係"


TITLES: Row = [["重点事項"], ["現状・課題"], ["ＫＰＩ"]]


def names(foot: Row, head: Row) -> list[str]:
    """The names of measures in a table whose row ``foot`` ends a page and whose row ``head`` begins the next."""
    first = set_table(
        [TITLES, [["重症化予防"], ["・勧奨を行う。"], ["・受診者の割合 12.4%"]], foot],
        edges=(40.0, 131.0, 360.0, 520.0),
    )
    second = set_table([TITLES, head], edges=(40.0, 131.0, 360.0, 520.0))
    parsed = parse_layouts([set_page(1, [first], [TITLE]), set_page(2, [second])], name="plan.pdf")
    return [p.text.text for p in parsed.paragraphs if not p.text.text.startswith(("・", "重症化"))]


@pytest.mark.parametrize(
    ("name", "following"),
    [("コラボヘルスの推進", "医薬品の使用促進"), ("サービス水準の向上", "広報活動の充実")],
)
@pytest.mark.parametrize("lines", [1, 4])
def test_a_name_that_fills_its_line_at_a_page_s_foot_is_no_part_of_the_next_row_s(
    name: str, following: str, lines: int
) -> None:
    done = [f"・関係団体との協議を{number}月に行う。" for number in range(4, 4 + lines)]
    assert names([[name], done, ["・参加率 50%"]], [[following], ["・案内を送る。"], ["・割合 80%"]]) == [
        name,
        following,
    ]


def test_a_name_that_the_page_s_end_cuts_is_one_where_what_stands_beside_it_goes_on() -> None:
    foot: Row = [["健康保険委員委嘱"], ["・新規適用の事業所に委嘱の案内を送り、応じ"], ["・委嘱 50%"]]
    head: Row = [["の拡大"], ["た事業所を訪ねる。"], ["・研修 2回"]]
    assert names(foot, head) == ["健康保険委員委嘱の拡大"]
