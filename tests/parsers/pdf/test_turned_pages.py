"""Pages that lie on their side are read as if turned, letter-spaced words in their order; places stay the page's."""

from __future__ import annotations

import pymupdf
import pytest

from parsers.layout.page_layout import layout_page
from parsers.model.document import ParsedDocument
from parsers.parse import parse_document
from parsers.pdf.page_reader import read_pages
from tests.parsers.sheets import Sheet, loose


def turned(sheet: Sheet, content: int, page: int) -> bytes:
    """The page with its content turned by ``content`` degrees counter-clockwise, on a page with /Rotate ``page``."""
    document = pymupdf.open()
    rect = sheet.page.rect
    size = (rect.height, rect.width) if content in (90, 270) else (rect.width, rect.height)
    shown = document.new_page(width=size[0], height=size[1])
    shown.show_pdf_page(shown.rect, sheet.document, 0, rotate=content)
    shown.set_rotation(page)
    return bytes(document.tobytes())


@pytest.mark.parametrize("content", [0, 90, 180, 270])
@pytest.mark.parametrize("page", [0, 90, 180, 270])
def test_letter_spaced_words_keep_their_order_however_the_page_lies(content: int, page: int) -> None:
    sheet = Sheet(400, 300).text(50, 60, "令和6年度 山形支部事業計画").text(50, 120, "受診率61.7%以上とする")
    for index, char in enumerate("比較"):
        sheet.text(60 + 40 * index, 160, char)
    read = next(read_pages(turned(sheet, content, page), name="turned.pdf"))
    assert loose(layout_page(read)) == ["令和6年度 山形支部事業計画", "受診率61.7%以上とする", "比 較"]


@pytest.mark.parametrize(("content", "corner"), [(90, (100, 130)), (270, (188, 50))])
def test_places_are_those_of_the_page_as_displayed(content: int, corner: tuple[int, int]) -> None:
    sheet = Sheet(400, 300).text(50, 110, "健康宣言の事業所を増やす取組を支部全体で進め", size=10)
    parsed = parse_document(turned(sheet, content, 0), "plan.pdf")
    assert (parsed.pages[0].width, parsed.pages[0].height) == (300, 400)
    box = parsed.paragraphs[0].box
    assert box.width < 20 < 200 < box.height
    assert (round(box.x0), round(box.top)) == corner


def test_a_line_that_runs_upwards_on_a_level_page_is_read_upwards_and_named() -> None:
    sheet = Sheet().text(100, 50, "令和6年度 山形支部事業計画").text(100, 100, "受診率の向上に取り組む。")
    sheet.page.insert_text((60, 300), "資料番号二", fontname="japan", fontsize=10, rotate=90)
    parsed = parse_document(sheet.data(), "plan.pdf")
    assert any("資料番号二" in text for text in _texts(parsed))
    assert [finding.page for finding in parsed.findings if finding.check == "backward_text"] == [1]


def _texts(parsed: ParsedDocument) -> list[str]:
    return [paragraph.text.text for paragraph in parsed.paragraphs] + [item.text for item in parsed.furniture]


@pytest.mark.parametrize("crop", [None, (40, 30, 500, 700)])
@pytest.mark.parametrize("unit", [1, 2])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_places_hold_on_cropped_and_scaled_pages(
    crop: tuple[int, int, int, int] | None, unit: int, rotation: int
) -> None:
    sheet = Sheet().text(100, 100, "受診率を61.7%以上とする").line(100, 200, 300, 200)
    sheet.text(100, 150, "見えない", color=(1, 1, 1))
    if crop:
        sheet.page.set_cropbox(pymupdf.Rect(*crop))
    sheet.document.xref_set_key(sheet.page.xref, "UserUnit", str(unit))
    sheet.page.set_rotation(rotation)
    page = sheet.read()
    x0, top = (100 - crop[0], 90 - crop[1]) if crop else (100, 90)
    first = next(glyph for glyph in page.glyphs if glyph.text == "受")
    assert (round(first.x0), round(first.top)) == (x0 * unit, top * unit)
    assert round(page.strokes[0].box.x0) == x0 * unit
    assert "".join(glyph.text for glyph in page.hidden) == "見えない"
    assert page.unread == ()
