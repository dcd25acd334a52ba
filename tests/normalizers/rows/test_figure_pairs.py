"""Two figures in one cell, the second in brackets: the header says in its own brackets what the second is."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

NAMES = ["現金給付等の申請に係る郵送化率", "返納金債権の回収率"]


def targets(header: str, cells: list[str]) -> list[tuple[object, ...]]:
    sheet = Sheet().text(100, 50, "令和4年度 栃木支部事業計画", size=14).text(50, 80, "1. 基盤的保険者機能関係")
    sheet.grid([50, 280, 480], [100, 125, 150, 175]).text(55, 117, "指標").text(285, 117, header, size=8)
    for at, (name, text) in enumerate(zip(NAMES, cells, strict=True)):
        sheet.text(55, 142 + 25 * at, name).text(285, 142 + 25 * at, text)
    records = normalize_document(parse_document(sheet.data(), "plan.pdf"))
    assert not [finding for finding in records.findings if finding.check == "unread_number"]
    return [(t.value, t.baseline_value, t.baseline_year, t.confidence >= 0.8) for t in records.targets]


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ("令和４年度目標（令和２年度実績）", 2020),
        ("R4目標値(R3見込)", 2021),
        ("令和４年度ＫＰＩ（現状値）", None),
    ],
)
@pytest.mark.parametrize(
    ("cells", "aims"),
    [
        (["95.3％以上（92.9％）", "60.0％以上（53.45 ％）"], [(95.3, 92.9), (60.0, 53.45)]),
        (["95.3%(92.9%)", "対前年度以上（53.4％）"], [(95.3, 92.9), (None, 53.4)]),
    ],
)
def test_the_figure_in_brackets_is_the_result_that_the_header_names(
    header: str, year: int | None, cells: list[str], aims: list[tuple[float | None, float]]
) -> None:
    assert targets(header, cells) == [(value, result, year, True) for value, result in aims]
