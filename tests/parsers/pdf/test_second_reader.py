"""The second reader tells where numbers are read differently, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.layout.page_layout import layout_lines
from parsers.model.geometry import Box
from parsers.pdf.second_reader import NumberRequest, PrintedNumber, numbers_of, read_numbers_again
from tests.parsers.sheets import Sheet


def _requests(sheet: Sheet) -> list[NumberRequest]:
    lines = layout_lines(sheet.layout())
    return [NumberRequest(str(index), 1, (line.box,), line.text.text) for index, line in enumerate(lines)]


def test_both_readers_agree_on_a_plain_page() -> None:
    sheet = (
        Sheet().text(50, 100, "健診の実施率を58.5％以上").text(50, 120, "対象者数172,500人").text(50, 140, "数字なし")
    )
    assert {reading.verdict for reading in read_numbers_again(sheet.data(), _requests(sheet))} == {"agrees"}


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("実施率53.5％", "実施率58.5％"),
        ("実施率88.5％", "実施率8.5％"),
        ("差は▲1.2％", "差は1.2％"),
        ("実施585社", "実施58.5社"),
    ],
)
def test_a_number_read_differently_is_reported_with_both_readings(read: str, printed: str) -> None:
    sheet = Sheet().text(50, 100, printed)
    (request,) = _requests(sheet)
    (found,) = read_numbers_again(sheet.data(), [replace(request, text=read)])
    assert found.verdict == "numbers"
    assert (found.first, found.second) == (numbers_of(read), numbers_of(printed))


def test_other_words_around_the_same_number_are_reported() -> None:
    sheet = Sheet().text(50, 100, "健診の実施率58.5％")
    (request,) = _requests(sheet)
    (found,) = read_numbers_again(sheet.data(), [replace(request, text="健診の受診数58.5％")])
    assert found.verdict == "words"


@pytest.mark.parametrize(("before", "after"), [("実施率96.5", "％以上"), ("登録1,850", "社")])
def test_a_note_number_between_number_and_unit_is_no_difference(before: str, after: str) -> None:
    sheet = Sheet().text(50, 100, before).text(50 + 10 * len(before) + 5, 100, after)
    sheet.text(50 + 10 * len(before), 95, "2", size=5)
    (request,) = _requests(Sheet().text(50, 100, before + after))
    box = replace(request, boxes=(request.boxes[0]._replace(top=88, x1=request.boxes[0].x1 + 10),))
    (found,) = read_numbers_again(sheet.data(), [replace(box, text=f"{before}²{after}")])
    assert found.verdict == "agrees"


def test_what_it_does_not_see_at_all_and_files_that_it_cannot_read_have_no_witness() -> None:
    sheet = Sheet().text(50, 100, "実施率58.5％")
    (request,) = _requests(sheet)
    assert read_numbers_again(sheet.data(), [replace(request, text="広報紙を配布する7社")]) == []
    assert read_numbers_again(b"%PDF-1.7 broken", [request]) == []


@pytest.mark.parametrize(("text", "at"), [("対象者171,240人", 6), ("回収率55.0％以上", 5), ("委嘱550事業所", 3)])
def test_a_blank_drawn_over_a_digit_parts_no_number(text: str, at: int) -> None:
    sheet = Sheet().text(50, 100, text)
    # Half a character wide, from the left edge of a digit on.
    sheet.page.insert_text((50 + 10 * at, 100), " ", fontname="helv", fontsize=16)
    (found,) = read_numbers_again(sheet.data(), [NumberRequest("line", 1, (Box(48, 88, 200, 104),), text)])
    assert found.verdict == "agrees"


def test_each_of_many_figures_is_read_in_its_own_box() -> None:
    sheet = Sheet()
    for row in range(10):
        for column in range(5):
            sheet.text(40 + 40 * column, 60 + 14 * row, f"{row + 10 * column}件", size=8)
    # As heavy type: each character drawn twice.
    sheet.text(40, 400, "目標58社").text(40.3, 400, "目標58社")
    requests = [
        NumberRequest(
            f"{row} {column}", 1, (Box(38 + 40 * column, 53 + 14 * row, 76 + 40 * column, 62 + 14 * row),), text
        )
        for row in range(10)
        for column in range(5)
        if (text := f"{row + 10 * column}件")
    ]
    doubled = NumberRequest("doubled", 1, (Box(38, 390, 120, 402),), "目標58社")
    found = read_numbers_again(sheet.data(), [*requests, doubled])
    assert len(found) == 51
    assert {reading.verdict for reading in found} == {"agrees"}


def test_numbers_have_signs_points_and_units() -> None:
    assert numbers_of("①９５．０％ 172,500人 ▲1.5ポイント") == (
        PrintedNumber(95.0, False, "percent"),
        PrintedNumber(172500.0, False, "people"),
        PrintedNumber(-1.5, True, "percentage_point"),
    )
