"""What is drawn and not in the text layer: recognised in place where it looks like writing, else a finding."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest

from parsers.parse import parse_document
from parsers.pdf.page_reader import read_pages
from tests.parsers.sheets import Sheet

TITLE = "令和6年度 山形支部事業計画"


def plan() -> Sheet:
    sheet = Sheet().text(60, 50, TITLE, size=14).text(60, 80, "1. 基盤的保険者機能の盤石化")
    return sheet.text(60, 100, "・健診の受診勧奨を行い、受診率の向上に取り組む。")


def picture_of(sheet: Sheet, dpi: int = 150) -> bytes:
    return bytes(sheet.page.get_pixmap(dpi=dpi).tobytes("png"))


def table(size: float) -> Sheet:
    sheet = Sheet(400, 60).grid([2, 200, 300, 398], [2, 20, 40, 58])
    rows = (
        ("指標", "令和5年度目標", "令和6年度目標"),
        ("郵送化率", "95.0%", "96.5%"),
        ("宣言事業所数", "1,780社", "1,850社"),
    )
    for index, row in enumerate(rows):
        for x, text in zip((6, 206, 306), row, strict=True):
            write(sheet, x, 15 + 19 * index, text, size)
    return sheet


def write(sheet: Sheet, x: float, y: float, text: str, size: float) -> None:
    """Text with Latin characters in a Latin font, each as wide as it is."""
    for char in text:
        sheet.page.insert_text((x, y), char, fontname="helv" if char.isascii() else "japan", fontsize=size)
        x += pymupdf.get_text_length(char, "helv", size) if char.isascii() else size


@pytest.mark.parametrize(("size", "dpi"), [(10.0, 150), (12.0, 220)])
def test_a_table_pasted_as_a_picture_is_read_in_place(size: float, dpi: int) -> None:
    sheet = plan()
    sheet.page.insert_image((80, 200, 480, 260), stream=picture_of(table(size), dpi))
    document = parse_document(sheet.data(), "plan.pdf")
    assert document.pages[0].text_layer == "mixed"
    texts = {paragraph.text.text for paragraph in document.paragraphs}
    assert {"郵送化率", "95.0%", "96.5%", "1,850社"} <= texts
    read = next(paragraph for paragraph in document.paragraphs if paragraph.text.text == "96.5%")
    assert read.confidence < 1
    assert 380 < read.box.x0 < 480
    assert 200 < read.box.top < 260
    assert next(p for p in document.paragraphs if "受診勧奨" in p.text.text).confidence == 1
    assert not any(finding.check == "unread_ink" for finding in document.findings)


@pytest.mark.parametrize("text", ["・窓口で手引を渡して相談を受ける。", "■ KPI：回収率を57.5%以上とする"])
def test_letters_drawn_as_outlines_are_read_in_place(text: str) -> None:
    outlined = Sheet(500, 20)
    write(outlined, 2, 14, text, 11)
    drawing = outlined.page.get_svg_image(text_as_path=True)
    sheet = plan()
    with pymupdf.open(stream=drawing.encode(), filetype="svg") as image:
        outlines = pymupdf.open("pdf", image.convert_to_pdf())
    sheet.page.show_pdf_page(pymupdf.Rect(60, 200, 560, 220), outlines, 0)
    assert not any(glyph.text == text[3] and glyph.top > 190 for glyph in sheet.read().glyphs)
    document = parse_document(sheet.data(), "plan.pdf")
    assert any(text[2:-1] in paragraph.text.text.replace(" ", "") for paragraph in document.paragraphs)


def test_what_cannot_be_recognised_is_one_finding() -> None:
    sheet = plan()
    noise = np.random.default_rng(1).random((40, 400)) < 0.3
    pixels = np.where(np.kron(noise, np.ones((2, 2))), 0, 255).astype(np.uint8)
    image = pymupdf.Pixmap(pymupdf.csGRAY, pixels.shape[1], pixels.shape[0], pixels.tobytes(), False)
    for top in (200, 300, 400):
        sheet.page.insert_image((80, top, 480, top + 40), pixmap=image)
    document = parse_document(sheet.data(), "plan.pdf")
    found = [finding for finding in document.findings if finding.check == "unread_ink"]
    assert [(finding.page, finding.values["count"]) for finding in found] == [(1, 3)]


def test_arrows_shapes_shades_and_photographs_are_no_writing() -> None:
    sheet = plan()
    page = sheet.page
    page.draw_line((100, 200), (300, 350), width=2)
    page.draw_polyline([(300, 340), (310, 360), (290, 352)], fill=(0, 0, 0))
    page.draw_circle((400, 300), 40)
    page.draw_bezier((100, 400), (150, 350), (200, 450), (250, 400))
    sheet.bar(60, 450, 300, 480, (0.7, 0.8, 0.9)).text(70, 470, "見出し").line(60, 500, 400, 500, dashes="[3 3]")
    shade = np.linspace(0, 255, 200 * 200).reshape(200, 200) + np.random.default_rng(2).normal(0, 25, (200, 200))
    pixels = np.clip(shade, 0, 255).astype(np.uint8)
    image = pymupdf.Pixmap(pymupdf.csGRAY, 200, 200, pixels.tobytes(), False)
    page.insert_image((350, 550, 500, 700), pixmap=image)
    assert next(read_pages(sheet.data(), name="plan.pdf")).unread == ()
