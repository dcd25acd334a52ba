"""Boxes and tables in newspaper columns are read with their column."""

from __future__ import annotations

import pytest

from parsers.parse import parse_document
from tests.parsers.sheets import Sheet


def two_columns(left: float, right: float, width: float, size: float) -> Sheet:
    """A page in two columns, each with a heading, a box of targets and prose; the right one begins higher."""
    sheet = Sheet().text(200, 50, "令和7年度鳥取支部事業計画", size=14)
    words = (
        (left, 110, "１．基盤的保険者機能", "KPI郵送化率を97％以上とする", "窓口での問合せには丁寧に応じる。"),
        (right, 100, "２．戦略的保険者機能", "KPI受診率を68％以上とする", "健診の案内は毎月届くようにする。"),
    )
    for x, top, heading, target, prose in words:
        sheet.text(x, top, heading, size=size)
        sheet.grid([x, x + width], [top + 10, top + 40])
        sheet.text(x + 5, top + 30, target, size=size)
        for at in range(4):
            sheet.text(x, top + 60 + 16 * at, prose, size=size)
    return sheet


@pytest.mark.parametrize(("left", "right", "width", "size"), [(50, 310, 235, 10), (60, 330, 220, 9)])
def test_a_box_belongs_to_its_column(left: float, right: float, width: float, size: float) -> None:
    parsed = parse_document(two_columns(left, right, width, size).data(), "31_R7.pdf")
    order = [paragraph.text.text[:8] for paragraph in parsed.paragraphs]
    assert order.index("KPI郵送化率を") < order.index("窓口での問合せに") < order.index("２．戦略的保険者")
    assert order.index("２．戦略的保険者") < order.index("KPI受診率を6")


def test_a_table_below_both_columns_comes_last() -> None:
    sheet = two_columns(50, 310, 235, 10)
    sheet.grid([50, 300, 545], [400, 420, 440])
    sheet.text(60, 414, "区分").text(310, 414, "件数").text(60, 434, "合計").text(310, 434, "二件")
    order = [paragraph.text.text for paragraph in parse_document(sheet.data(), "31_R7.pdf").paragraphs]
    assert order[-2:] == ["合計", "二件"]
