"""Level rules that cut rows at one side only: items with several aims each, no upright rule anywhere."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

ROWS = [
    ("サービス水準の向上", [("サービススタンダードの達成状況", "100％"), ("郵送化率", "97.0％")]),
    ("債権管理", [("返納金債権の回収率", "対前年度以上"), ("保険証回収率", "84.2％")]),
    ("広報", [("健康保険委員の委嘱事業所数", "1,350社"), ("メルマガ登録数", "3,000件"), ("講座の開催", "50回")]),
]


@pytest.mark.parametrize("unit_column", [True, False])
@pytest.mark.parametrize("pitch", [20.0, 26.0])
def test_rows_that_only_the_right_columns_have_are_rows(unit_column: bool, pitch: float) -> None:
    sheet = Sheet().text(100, 40, "令和5年度 沖縄支部事業計画", size=14).text(40, 62, "1. 基盤的保険者機能関係")
    for y in (70.0, 70.0 + pitch):
        sheet.line(40, y, 560, y)
    middle = 0.65 * pitch
    sheet.text(60, 70 + middle, "項目").text(230, 70 + middle, "指標").text(430, 70 + middle, "目標値")
    if unit_column:
        sheet.text(500, 70 + middle, "単位")
    y = 70.0 + pitch
    for item, aims in ROWS:
        sheet.text(45, y + middle, item)
        for at, (name, value) in enumerate(aims):
            end = 500 if value[0].isdigit() and unit_column else 440
            width = sum(5.0 if character.isascii() else 10.0 for character in value[:-1])
            sheet.text(225, y + middle, name).text(end - width if end == 500 else end, y + middle, value)
            y += pitch
            if at < len(aims) - 1:
                sheet.line(220, y, 560, y)
        sheet.line(40, y, 560, y)
    targets = normalize_document(parse_document(sheet.data(), "plan.pdf")).targets
    assert [(target.indicator, target.value) for target in targets] == [
        (name, None if value.startswith("対") else float(value.rstrip("％社件回").replace(",", "")))
        for _, aims in ROWS
        for name, value in aims
    ]
