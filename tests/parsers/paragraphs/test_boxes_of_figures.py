"""In a box of names and figures each figure, wherever it stands in its line, closes the name above it."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet


def _box(large: float, small: float, at_right: float) -> Sheet:
    """Prose on the left, and beside it a box headed KPI that holds two names over two lines, each with its figure."""
    sheet = Sheet().text(60, 60, "令和6年度 京都支部事業計画", size=14).text(60, 100, "1. 基盤的保険者機能関係")
    for line, text in enumerate(("申請の受付から支払までの日数を", "守るために体制を整える。窓口の", "案内を見直す。")):
        sheet.text(60, 150 + 18 * line, text)
    sheet.grid([380, 540], [130, 290]).text(440, 145, "Ｋ Ｐ Ｉ", size=small)
    rows = [
        ("サービススタンダードの達成", "状況", "100%", ""),
        ("現金給付等の申請に係る郵送", "化率", "96.2%以上", "（令和4年度 95.6%）"),
    ]
    top = 165.0
    for first, second, figure, result in rows:
        sheet.text(386, top, first, size=small).text(386, top + 1.3 * small, second, size=small)
        sheet.text(at_right, top + 1.3 * small + 1.4 * large, figure, size=large)
        top += 2.6 * small + 1.4 * large
        if result:
            sheet.text(386, top, result, size=small * 0.7)
        top += 1.3 * small
    return sheet


@pytest.mark.parametrize(("large", "small", "at_right"), [(16.0, 9.0, 430.0), (13.0, 8.0, 410.0)])
def test_a_figure_at_the_right_edge_closes_the_name_above_it(large: float, small: float, at_right: float) -> None:
    records = normalize_document(parse_document(_box(large, small, at_right).data(), "plan.pdf"))
    assert [(t.kind, t.indicator, t.value, t.baseline_value) for t in records.targets] == [
        ("kpi", "サービススタンダードの達成状況", 100.0, None),
        ("kpi", "現金給付等の申請に係る郵送化率", 96.2, 95.6),
    ]


@pytest.mark.parametrize("size", [9.0, 10.0])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("サービススタンダードの達成状況100％", "現金給付等の申請に係る郵送化率96％"),
        ("返納金債権の回収率　対前年度以上", "資格確認書の回収率（全体）　95.0％"),
        ("生活習慣病予防健診の実施率を60.5％", "事業者健診データの取得率を10.0％"),
    ],
)
def test_full_lines_of_a_box_that_each_have_a_figure_are_aims_of_their_own(size: float, one: str, other: str) -> None:
    sheet = Sheet().text(60, 60, "令和6年度 京都支部事業計画", size=14).text(60, 100, "1. 基盤的保険者機能関係")
    sheet.text(60, 130, "・窓口の案内を見直す。")
    sheet.grid([56, 64 + size * max(len(one), len(other))], [150, 220])
    for line, text in enumerate(("【KPI】", one, other)):
        sheet.text(60, 165 + 1.6 * size * line, text, size=size)
    records = normalize_document(parse_document(sheet.data(), "plan.pdf"))
    assert [target.statement for target in records.targets] == [one, other]
