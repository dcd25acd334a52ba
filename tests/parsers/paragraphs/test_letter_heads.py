"""Lines at the head of a letter, set to the right end or beside one another, are lines of their own."""

from __future__ import annotations

import pytest

from parsers.parse import parse_document
from tests.parsers.sheets import Sheet


@pytest.mark.parametrize(("size", "right"), [(10.0, 540.0), (11.0, 520.0)])
def test_lines_set_to_the_right_end_are_not_joined(size: float, right: float) -> None:
    sheet = Sheet()
    for number, line in enumerate(("総企発第二一四号", "令和六年三月十四日", "支部長　森一郎（企画総務担当）")):
        sheet.text(right - len(line) * size, 80 + 20 * number, line, size=size)
    for number in range(5):
        sheet.text(60, 200 + 20 * number, "本文" * int((right - 60) / (2 * size)), size=size)
    texts = [paragraph.text.text for paragraph in parse_document(sheet.data(), "長崎.pdf").paragraphs]
    assert texts[:3] == ["総企発第二一四号", "令和六年三月十四日", "支部長　森一郎（企画総務担当）"]


@pytest.mark.parametrize("size", [10.0, 12.0])
def test_who_is_addressed_at_the_left_is_not_who_writes_at_the_right(size: float) -> None:
    sheet = Sheet().text(60, 80, "各位", size=size).text(360, 102, "協会けんぽ", size=size)
    sheet.text(60, 150, "下記のとおり定めましたので、お知らせします。", size=size)
    texts = [paragraph.text.text for paragraph in parse_document(sheet.data(), "佐賀.pdf").paragraphs]
    assert texts[:2] == ["各位", "協会けんぽ"]
