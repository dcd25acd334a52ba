"""Vertical writing in a low cell: what overflows the table's edge is the rest of the cell's name."""

from __future__ import annotations

import pymupdf
import pytest

from parsers.parse import parse_document


def draw(columns: tuple[str, ...], *, middle: float, pitch: float, size: float, drop: float = 0.0) -> bytes:
    """A page with a table whose first cell holds the first of ``columns`` about ``middle``, the others left of it."""
    document = pymupdf.open()
    sheet = document.new_page(width=595, height=842)
    sheet.insert_text((180, 40), "平成23年度 福島支部事業計画", fontname="japan", fontsize=14)
    top, below = 92.0, 92.0 + size * len(columns[0]) + 4
    xs = (60.0, 90.0, 360.0, 500.0)
    for upper, lower, words in ((70.0, top, ("項目", "実施内容", "目標値")), (top, below, ("", "", ""))):
        for left, right, word in zip(xs, xs[1:], words, strict=False):
            sheet.draw_rect(pymupdf.Rect(left, upper, right, lower), color=(0, 0, 0), width=0.5)
            sheet.insert_text((left + 3, upper + 14), word, fontname="japan", fontsize=9)
    for line in range(4):
        sheet.insert_text((96, top + 12 + 14 * line), f"○　取組その{line}を実施する。", fontname="japan", fontsize=9)
    sheet.insert_text((366, top + 12), "業務改善提案 20件", fontname="japan", fontsize=9)
    for number, column in enumerate(columns):
        for at, character in enumerate(column):
            x = middle - pitch * number - size / 2
            y = top + 2 + size * (at + 0.88) + (drop if number else 0.0)
            sheet.insert_text((x, y), character, fontname="japan", fontsize=size)
    return bytes(document.tobytes())


@pytest.mark.parametrize(
    ("columns", "middle", "pitch", "size"),
    [
        (("組織運営及び業務改", "革"), 70.0, 12.0, 10.0),
        (("保険運営の企画・", "実施"), 68.0, 11.0, 9.5),
        (("組織運営及び", "業務改革"), 80.0, 12.0, 10.0),
    ],
)
def test_a_second_column_is_the_rest_of_the_name(
    columns: tuple[str, ...], middle: float, pitch: float, size: float
) -> None:
    parsed = parse_document(draw(columns, middle=middle, pitch=pitch, size=size), "plan.pdf")
    assert {cell.text.text for cell in parsed.cells if cell.role == "section"} == {"".join(columns)}
    assert not [paragraph for paragraph in parsed.paragraphs if paragraph.text.text in columns]


def test_a_character_at_another_height_is_none_of_the_cell() -> None:
    parsed = parse_document(
        draw(("組織運営及び業務改革", "注"), middle=70.0, pitch=12.0, size=10.0, drop=30.0), "p.pdf"
    )
    assert {cell.text.text for cell in parsed.cells if cell.role == "section"} == {"組織運営及び業務改革"}
