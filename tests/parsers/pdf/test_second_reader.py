"""The second reader tells where numbers are read differently, and only there."""

from __future__ import annotations

from dataclasses import replace

from parsers.layout.page_layout import layout_lines
from parsers.pdf.second_reader import NumberRequest, digits, disagreeing_numbers
from tests.parsers.sheets import Sheet


def _requests(sheet: Sheet) -> list[NumberRequest]:
    lines = layout_lines(sheet.layout())
    return [NumberRequest(str(index), 1, (line.box,), line.text.text) for index, line in enumerate(lines)]


def test_both_readers_agree_on_a_plain_page() -> None:
    sheet = (
        Sheet().text(50, 100, "健診の実施率を58.5％以上").text(50, 120, "対象者数172,500人").text(50, 140, "数字なし")
    )
    assert disagreeing_numbers(sheet.data(), _requests(sheet)) == []


def test_a_number_read_differently_is_reported_with_both_readings() -> None:
    sheet = Sheet().text(50, 100, "実施率58.5％")
    (request,) = _requests(sheet)
    (found,) = disagreeing_numbers(sheet.data(), [replace(request, text="実施率53.5％")])
    assert (found.first, found.second) == ("53.5", "58.5")


def test_a_file_that_it_cannot_read_is_no_witness() -> None:
    sheet = Sheet().text(50, 100, "実施率58.5％")
    assert disagreeing_numbers(b"%PDF-1.7 broken", _requests(sheet)) == []


def test_digits_are_read_in_any_width_and_enclosed_numbers_are_none() -> None:
    assert digits("①９５．０％ 172,500人 ³²") == "95.0172500"
