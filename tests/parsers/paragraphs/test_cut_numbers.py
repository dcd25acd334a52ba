"""Numbers cut by the ends of lines stay whole; figures one below the other stay two."""

from __future__ import annotations

import pytest

from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

TITLE = "令和6年度 山形支部事業計画"


def in_a_narrow_cell(lines: list[str], width: float, size: float) -> list[str]:
    """The paragraphs of the last cell of a KPI table whose lines are as given."""
    sheet = Sheet().text(100, 50, TITLE, size=14).text(50, 80, "1. 基盤的保険者機能の盤石化")
    sheet.grid([50, 250, 330, 330 + width], [100, 125, 200, 225])
    sheet.text(55, 117, "指標").text(255, 117, "R5目標").text(333, 117, "R6", size=7)
    sheet.text(55, 140, "現金給付の郵送化率").text(255, 140, "94.0%")
    for number, line in enumerate(lines):
        x = 332.5
        for char in line:
            font = "helv" if char.isascii() else "japan"
            sheet.page.insert_text((x, 140 + 14 * number), char, fontname=font, fontsize=size)
            x += size * (0.5 if char.isascii() else 1.0)
    document = parse_document(sheet.data(), "plan.pdf")
    cell = next(cell for cell in document.cells if cell.row == 1 and cell.column == 2)
    return [paragraph.text.text for paragraph in document.paragraphs if paragraph.cell_id == cell.cell_id]


@pytest.mark.parametrize(
    ("lines", "width"),
    [
        (["100,000", "社"], 36),
        (["62.5", "%以上"], 36),
        (["96.", "5%"], 24),
        (["96.", "5%"], 30),
        (["1,85", "0社"], 26),
        (["1,8", "50社"], 30),
        (["1,", "850社"], 32),
    ],
)
@pytest.mark.parametrize("size", [9.0, 10.0])
def test_a_number_cut_by_a_line_end_is_whole(lines: list[str], width: float, size: float) -> None:
    assert in_a_narrow_cell(lines, width, size) == ["".join(lines)]


@pytest.mark.parametrize("lines", [["95.0%", "96.5%"], ["95.0", "96.5"], ["1,780社", "1,850社"]])
@pytest.mark.parametrize("width", [34, 60])
def test_figures_one_below_the_other_are_two(lines: list[str], width: float) -> None:
    assert in_a_narrow_cell(lines, width, 9.0) == lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("・対象は40、45、50、55、60、65、70、", "75、80歳の加入者とし、受診を"), True),
        (("・対象は被扶養者のうち年齢が65、70、", "75、受診歴のない方を優先する"), True),
        (("・健診の結果により第1四半期、第", "2、3四半期に分けて勧奨し"), True),
        (("1、健診を受けていない方に受診を勧めて", "2、保健指導を案内していく"), False),
        (("・健康保険委員が委嘱されている被保険者数の割合を48.", "0%以上とする"), True),
        (("ＫＰＩ：査定率（社会保険診療報酬支払基金と合算）を０．", "３８３％以上とする"), True),
    ],
)
def test_a_line_that_counts_on_is_no_new_paragraph(lines: tuple[str, str], joined: bool) -> None:
    sheet = Sheet().text(100, 30, TITLE, size=14).text(50, 60, "1. 基盤的保険者機能の盤石化")
    for number, line in enumerate(lines):
        sheet.text(50, 80 + 15 * number, line)
    texts = [paragraph.text.text for paragraph in parse_document(sheet.data(), "plan.pdf").paragraphs]
    assert texts[1:] == (["".join(lines)] if joined else list(lines))


@pytest.mark.parametrize(
    ("head", "rest"), [("保険者機", "能の強化を支える組織・運営体制等の整備"), ("戦略的保険者機能の", "一層の発揮")]
)
def test_a_field_cut_by_a_page_break_is_one_name(head: str, rest: str) -> None:
    sheets = []
    for field, text in ((head, "○人材の育成を進める。"), (rest, "○費用の節減を進める。")):
        sheet = Sheet(595, 300).grid([50, 180, 545], [60, 80, 280]).text(55, 74, "分野").text(185, 74, "具体的施策等")
        sheets.append(sheet.text(55, 95, field[:12]).text(55, 110, field[12:]).text(185, 95, text))
    sheets[0].text(100, 40, TITLE, size=14)
    sheets[0].document.insert_pdf(sheets[1].document)
    document = parse_document(sheets[0].data(), "plan.pdf")
    assert {paragraph.section for paragraph in document.paragraphs} == {head + rest}
