"""Columns of figures side by side in one cell, each below its head, are read one after the other."""

from __future__ import annotations

import pytest

from tests.parsers.sheets import Sheet, cell_text


def _cell(rows: list[tuple[str, ...]], xs: tuple[float, ...], size: float) -> list[str]:
    sheet = Sheet(842, 595).grid([50, 780], [50, 70 + 18 * len(rows)])
    for number, texts in enumerate(rows):
        for x, text in zip(xs, texts, strict=True):
            sheet.text(x, 72 + 18 * number, text, size=size)
    return cell_text(sheet.layout().tables[0].cells[0]).split("／")


@pytest.mark.parametrize("size", [8.0, 10.5])
@pytest.mark.parametrize(
    ("left", "right"), [("【被保険者】", "【被扶養者】"), ("＜紙媒体＞", "＜Ｗｅｂ＞"), ("被保険者", "被扶養者")]
)
def test_each_column_stands_below_its_head(left: str, right: str, size: float) -> None:
    rows = [
        (left, right),
        ("実施率　70.2％", "実施率　33.4％"),
        ("取得率　8.5％", "指導率　22.1％"),
        ("面談率　31.0％", ""),
    ]
    assert _cell(rows, (60, 400), size) == [
        left, "実施率　70.2％", "取得率　8.5％", "面談率　31.0％", right, "実施率　33.4％", "指導率　22.1％",
    ]  # fmt: skip


def test_three_columns_below_heads_in_brackets() -> None:
    rows = [
        ("（紙）", "（Web）", "（SNS）"),
        ("チラシ　12回", "配信　24回", "投稿　50回"),
        ("県広報誌　4回", "登録者　600人", ""),
    ]
    assert _cell(rows, (60, 300, 520), 10.0) == [
        "（紙）", "チラシ　12回", "県広報誌　4回", "（Web）", "配信　24回", "登録者　600人", "（SNS）", "投稿　50回",
    ]  # fmt: skip


def test_names_with_figures_of_two_years_are_rows_of_a_table() -> None:
    rows = [("指標", "目標値"), ("実施率", "70.2％"), ("取得率", "8.5％")]
    assert _cell(rows, (60, 400), 10.0) == ["指標 目標値", "実施率 70.2％", "取得率 8.5％"]


@pytest.mark.parametrize("blank", ["　", " 　 "])
def test_a_line_of_blanks_below_columns_ends_them(blank: str) -> None:
    rows = [("【被保険者】", "【被扶養者】"), ("実施率　70.2％", "実施率　33.4％"), (blank, blank)]
    lines = _cell(rows, (60, 400), 10.0)
    assert lines == ["【被保険者】", "実施率　70.2％", "【被扶養者】", "実施率　33.4％"]
