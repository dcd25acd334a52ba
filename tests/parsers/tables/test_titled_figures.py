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


@pytest.mark.parametrize("size", [10.0, 12.0])
def test_a_name_of_two_lines_in_one_box_is_that_of_the_figure_below(size: float) -> None:
    sheet = Sheet(842, 595).text(60, 50, _TITLE, size=18)
    for x, (one, other, figure) in (
        (60, ("健診機関での", "受診率", "69.4％")),
        (310, ("ジェネリック", "使用割合", "84.0％以上")),
    ):
        sheet.grid([x, x + 220], [100, 210]).text(x + 60, 125, one, size=size).text(x + 75, 142, other, size=size)
        sheet.text(x + 40, 180, figure, size=2.2 * size)
    texts = [m.text for m in normalize_document(parse_document(sheet.data(), "広島.pdf")).measures]
    assert texts == ["健診機関での受診率69.4％", "ジェネリック使用割合84.0％以上"]


@pytest.mark.parametrize(("size", "bound"), [(11.0, "以上"), (13.0, "以下")])
def test_a_bound_in_a_line_of_its_own_is_that_of_the_figure_above(size: float, bound: str) -> None:
    sheet = Sheet(842, 595).text(60, 50, _TITLE, size=18)
    for x, name, figure in ((80, "一者応札の割合", "15％"), (400, "特定健診実施率", "32.5％")):
        sheet.grid([x - 20, x + 220], [150, 280])
        sheet.text(x, 180, name, size=size).text(x + 10, 225, figure, size=2.2 * size)
        sheet.text(x + 30, 255, bound, size=size)
    targets = normalize_document(parse_document(sheet.data(), "広島.pdf")).targets
    comparator = "ge" if bound == "以上" else "le"
    assert [(row.value, row.comparator) for row in targets] == [(15.0, comparator), (32.5, comparator)]


@pytest.mark.parametrize(("size", "fill"), [(11.0, (0.9, 0.94, 1.0)), (13.0, (1.0, 0.93, 0.85))])
def test_names_in_shaded_boxes_of_their_own_are_no_header(size: float, fill: tuple[float, ...]) -> None:
    sheet = Sheet(842, 595).text(60, 50, _TITLE, size=18)
    cards = (("郵送化率", "97.7％以上"), ("返納金の回収率", "68.8％以上"), ("一者応札の割合", "15％以下"))
    for number, (name, figure) in enumerate(cards):
        x = 40 + 260 * number
        sheet.bar(x, 120, x + 230, 250, fill).text(x + 50, 150, name, size=size)
        sheet.text(x + 40, 190, figure, size=1.7 * size).text(x + 60, 230, "前年度　97.0％", size=0.8 * size)
    parsed = parse_document(sheet.data(), "広島.pdf")
    assert not parsed.cells
    texts = [measure.text for measure in normalize_document(parsed).measures]
    assert [text for text in texts if not text.startswith("前年度")] == [name + figure for name, figure in cards]
