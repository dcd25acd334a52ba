"""A name in one box and its figure in the box right below it are one statement, however large the figure is set."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

_TITLE = "令和6年度広島支部事業計画"


def _card(sheet: Sheet, x: float, name: str, figure: str, below: str, *, size: float, framed: bool) -> None:
    if framed:
        sheet.grid([x, x + 220], [100, 130, 210])
    else:
        sheet.bar(x, 100, x + 220, 130, (0.2, 0.4, 0.7)).grid([x, x + 220], [130, 210])
    white = (0.0, 0.0, 0.0) if framed else (1.0, 1.0, 1.0)
    sheet.text(x + 12, 120, name, size=size, color=white)
    sheet.text(x + 30, 165, figure, size=2 * size)
    sheet.text(x + 12, 195, below, size=size)


@pytest.mark.parametrize(("size", "framed"), [(9.0, False), (11.0, False), (10.0, True)])
def test_the_box_above_names_the_figure(size: float, framed: bool) -> None:
    sheet = Sheet(842, 595).text(60, 50, _TITLE, size=18)
    _card(sheet, 60, "申請に係る郵送化率", "96.0％以上", "（令和5年度目標95.5％以上）", size=size, framed=framed)
    _card(sheet, 310, "査定率", "対前年度以上", "外部講師の研修を行う", size=size, framed=framed)
    _card(sheet, 560, "一者応札案件の割合", "20％以下", "公告期間の確保", size=size, framed=framed)
    records = normalize_document(parse_document(sheet.data(), "広島.pdf"))
    texts = [measure.text for measure in records.measures]
    assert "申請に係る郵送化率 96.0％以上" in texts
    assert "査定率 対前年度以上" in texts
    values = {(row.indicator, row.comparator, row.value) for row in records.targets if row.value is not None}
    assert values == {("申請に係る郵送化率", "ge", 96.0), ("一者応札案件の割合", "le", 20.0)}


def test_labels_and_sentences_are_no_names_of_figures() -> None:
    sheet = Sheet(842, 595).text(60, 50, _TITLE, size=18)
    _card(sheet, 60, "令和6年度目標", "75.0％", "（全国平均）", size=10, framed=True)
    texts = [m.text for m in normalize_document(parse_document(sheet.data(), "広島.pdf")).measures]
    assert "令和6年度目標 75.0％" not in texts
