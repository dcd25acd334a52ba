"""Raised note numbers are superscripts, part of no number; ruby and line numbers stand aside."""

from __future__ import annotations

import pytest

from parsers.model.document import ParsedDocument
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet


def parsed(sheet: Sheet) -> ParsedDocument:
    sheet.text(100, 50, "令和6年度 山形支部事業計画", size=14)
    return parse_document(
        sheet.text(60, 80, "1. 基盤的保険者機能の盤石化").text(60, 96, "・広報する。").data(), "plan.pdf"
    )


def texts(document: ParsedDocument) -> list[str]:
    return [paragraph.text.text for paragraph in document.paragraphs]


def aside(document: ParsedDocument, reason: str) -> list[str]:
    return [item.text for item in document.furniture if item.reason == reason]


@pytest.mark.parametrize(("size", "small", "lift"), [(10.0, 6.0, 4.0), (12.0, 8.0, 5.0), (10.5, 5.0, 6.0)])
@pytest.mark.parametrize(
    ("before", "note", "after", "read"),
    [
        ("・郵送化率を96.5", "1", "%以上とする", "・郵送化率を96.5¹%以上とする"),
        ("・宣言事業所を1,850", "12", "社以上とする", "・宣言事業所を1,850¹²社以上とする"),
        ("・査定率を対前年度以上とする", "3)", "", "・査定率を対前年度以上とする³⁾"),
    ],
)
def test_raised_numbers_are_superscripts(
    size: float, small: float, lift: float, before: str, note: str, after: str, read: str
) -> None:
    sheet = Sheet().text(60, 150, before, size=size)
    x = 60 + size * len(before)
    sheet.text(x, 150 - lift, note, size=small)
    sheet.text(x + small * len(note), 150, after, size=size)
    assert read in texts(parsed(sheet))


def test_small_text_on_the_same_baseline_and_small_lines_stay_as_they_are() -> None:
    sheet = Sheet().text(60, 150, "・目標は", size=12).text(108, 150, "96", size=7).text(130, 150, "%", size=12)
    sheet.text(60, 170, "1,850社 12", size=6)
    found = "".join(texts(parsed(sheet)))
    assert "96" in found
    assert "1,850社12" in found.replace(" ", "")


@pytest.mark.parametrize("caption", ["95.0%", "R5", "2,930", "1850"])
def test_a_caption_beside_a_large_figure_is_no_note(caption: str) -> None:
    sheet = Sheet().text(60, 150, "・受診率", size=24).text(160, 142, caption, size=10)
    assert caption in "".join(texts(parsed(sheet))).replace(" ", "")


@pytest.mark.parametrize(("size", "x"), [(10.0, 60.0), (9.0, 70.0)])
def test_a_footnote_begins_with_the_number_that_cites_it(size: float, x: float) -> None:
    text = "・郵送化率を96.5%以上とする"
    sheet = Sheet().text(x, 150, text, size=size).text(x + size * len(text), 146, "1", size=5)
    sheet.line(x, 700, x + 150, 700).text(x, 715, "1令和4年度の実績を基に算出。", size=size)
    document = parsed(sheet)
    assert text + "¹" in texts(document)
    assert "¹令和4年度の実績を基に算出。" in texts(document)


@pytest.mark.parametrize(("size", "ruby"), [(10.0, 5.0), (14.0, 6.0)])
def test_ruby_is_no_part_of_its_word(size: float, ruby: float) -> None:
    text = "・現金給付等の申請に係る郵送化率"
    sheet = Sheet().text(60, 150, text, size=size)
    sheet.text(60 + 7 * size, 150 - 0.95 * size, "しんせい", size=ruby)
    document = parsed(sheet)
    assert text in texts(document)
    assert aside(document, "ruby") == ["しんせい"]
    assert document.pages[0].lost_characters == 0


@pytest.mark.parametrize(
    ("name", "figure"),
    [("現金給付等の申請に係る窓口での受付率", "対前年度以下"), ("レセプト１件当たりの査定額", "前年度並")],
)
@pytest.mark.parametrize(("size", "large"), [(9.0, 15.0), (8.0, 14.0)])
def test_kana_of_a_small_line_above_a_large_one_are_text(name: str, figure: str, size: float, large: float) -> None:
    sheet = Sheet().text(60, 150, name, size=size).text(75, 150 + 1.1 * large, figure, size=large)
    document = parsed(sheet)
    assert aside(document, "ruby") == []
    assert name in "".join(texts(document))


LINES = [
    "○健診の推進",
    "・受診率を高める取組を事業所と",
    "ともに進めていく。",
    "■ KPI：受診率を61.7%以上とする",
    "○広報",
    "・冊子を配る。",
]


@pytest.mark.parametrize(("first", "size"), [(1, 8.0), (98, 10.0)])
def test_line_numbers_in_the_margin_are_furniture(first: int, size: float) -> None:
    sheet = Sheet()
    for index, line in enumerate(LINES):
        sheet.text(70, 120 + 16 * index, line)
        number = str(first + index)
        sheet.text(50 - size * len(number), 120 + 16 * index, number, size=size)
    document = parsed(sheet)
    assert aside(document, "line_number") == [str(first + index) for index in range(len(LINES))]
    assert "■ KPI：受診率を61.7%以上とする" in texts(document)


@pytest.mark.parametrize("header", ["番号", "No."])
def test_the_numbers_of_a_list_or_table_are_no_line_numbers(header: str) -> None:
    sheet = Sheet().text(40, 104, header)
    for index in range(6):
        sheet.text(50, 120 + 16 * index, str(index + 1)).text(80, 120 + 16 * index, "施策の名前を書く")
    assert aside(parsed(sheet), "line_number") == []


@pytest.mark.parametrize(("step", "x"), [(5, 36.0), (10, 30.0)])
def test_few_numbers_by_fives_or_tens_count_lines_too(step: int, x: float) -> None:
    sheet = Sheet()
    for index in range(3 * step):
        sheet.text(70, 60 + 16 * index, "・健診を進める。")
        if (index + 1) % step == 0:
            sheet.text(x, 56.5 + 16 * index, str(index + 1), size=7)
    assert aside(parsed(sheet), "line_number") == [str(step), str(2 * step), str(3 * step)]


@pytest.mark.parametrize(("mark", "size", "small", "lift"), [("*", 10.0, 6.0, 4.8), ("※", 12.0, 7.0, 5.5)])
def test_a_raised_sign_stays_in_its_line(mark: str, size: float, small: float, lift: float) -> None:
    before, after = "・ジェネリック医薬品使用割合", "を85.2％以上とする"
    x = 60 + size * len(before)
    sheet = Sheet().text(60, 150, before, size=size).text(x, 150 - lift, mark, size=small)
    sheet.text(x + small, 150, after, size=size)
    assert f"{before}{mark}{after}" in texts(parsed(sheet))
