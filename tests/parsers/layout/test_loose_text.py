"""Newspaper columns are read down to the next title that runs across them."""

from __future__ import annotations

import pytest

from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

TITLE = "令和4年度 宮崎支部事業計画"
FIELDS = ["第1 基盤的保険者機能関係", "第2 戦略的保険者機能関係", "第3 組織・運営体制関係"]


def column(field: int, side: str) -> list[str]:
    return [
        f"{field}-{side} 健診機関及び関係団体と連携し取り組む",
        "健診の受診率を高めるため、事業主に対し文書で案",
        "内を送り、返信のない事業所を訪問し、受診を勧める",
        "とともに、結果を分析して翌年度の取組に活かしてい",
        "く。また、加入者に対しては広報誌により健診の意義",
        "を伝え、関係団体の会合でも受診を呼びかけていく。",
    ]


@pytest.mark.parametrize("shift", [0.0, 6.0])
@pytest.mark.parametrize("tables", [True, False])
def test_a_bar_across_the_columns_ends_them(shift: float, tables: bool) -> None:
    sheet = Sheet().text(100, 40, TITLE, size=14)
    expected: list[str] = []
    top = 60.0
    for number, field in enumerate(FIELDS, 1):
        sheet.bar(50, top, 550, top + 16, (0.85, 0.85, 0.85)).text(56, top + 12, field)
        expected.append(field)
        for x, side, down in ((50, "1", 0.0), (310, "2", shift)):
            for at, text in enumerate(column(number, side)):
                sheet.text(x, top + 35 + down + 14 * at, text)
            expected += column(number, side)[:1]
            if tables:
                y = top + 35 + down + 14 * 6
                sheet.grid([x, x + 140, x + 220], [y, y + 18, y + 36]).text(x + 5, y + 13, "指標").text(
                    x + 145, y + 13, "目標"
                )
                sheet.text(x + 5, y + 31, f"受診率{number}{side}").text(x + 145, y + 31, "50.0%以上")
                expected.append(f"受診率{number}{side}")
        top += 190
    found = [paragraph.text.text for paragraph in parse_document(sheet.data(), "plan.pdf").paragraphs]
    assert [text for text in found if text in expected] == expected
