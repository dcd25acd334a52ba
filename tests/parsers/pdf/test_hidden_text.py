"""Text that no reader of the page sees is set aside, with its place; what can be seen stays."""

from __future__ import annotations

import pymupdf
import pytest

from parsers.model.page import PageContent
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

Color = tuple[float, float, float]
WHITE = (1.0, 1.0, 1.0)
GREY = (0.8, 0.8, 0.8)


def shown(page: PageContent) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def hidden(page: PageContent) -> str:
    return "".join(glyph.text for glyph in page.hidden)


@pytest.mark.parametrize(("size", "ground", "color"), [(10, GREY, GREY), (14, (0.0, 0.2, 0.5), (0.05, 0.2, 0.5))])
def test_text_in_the_colour_of_its_ground_is_hidden(size: float, ground: Color, color: Color) -> None:
    sheet = Sheet().bar(90, 80, 400, 130, ground).text(100, 110, "目標92.0%", size=size, color=color)
    page = sheet.text(100, 200, "目標96.5%").read()
    assert shown(page) == "目標96.5%"
    assert hidden(page) == "目標92.0%"


@pytest.mark.parametrize(("size", "cover"), [(10, WHITE), (16, (0.9, 0.95, 1.0))])
def test_text_under_a_later_fill_is_hidden_and_what_is_printed_on_it_is_not(size: float, cover: Color) -> None:
    sheet = Sheet().text(100, 100, "旧1,700社", size=size).text(100, 200, "事業所数")
    page = sheet.bar(95, 80, 300, 110, cover).text(103, 101, "新1,850社", size=size).read()
    assert sorted(shown(page)) == sorted("事業所数新1,850社")
    assert hidden(page) == "旧1,700社"


def test_a_ruling_across_covered_text_does_not_show_it() -> None:
    sheet = Sheet().text(100, 100, "回収率57.5%")
    page = sheet.bar(95, 80, 300, 110, WHITE).line(125, 70, 125, 300).read()
    assert shown(page) == ""
    assert hidden(page) == "回収率57.5%"


def test_text_outside_its_clip_is_hidden_also_where_the_next_cell_has_text() -> None:
    sheet = Sheet().text(100, 100, "健康宣言事業所数は780社", size=10).text(170, 100.5, "1,850社", size=10)
    for xref in sheet.page.get_contents()[: len("健康宣言事業所数は780社")]:
        stream = sheet.document.xref_stream(xref) or b""
        sheet.document.update_stream(xref, b"q 95 700 65 100 re W n\n" + stream + b"\nQ")
    page = sheet.read()
    assert sorted(shown(page)) == sorted("健康宣言事業所1,850社")
    assert sorted(hidden(page)) == sorted("数は78")


def test_white_text_on_paper_is_hidden_where_a_ruling_crosses_it_and_seen_in_a_dark_cell() -> None:
    sheet = Sheet().text(100, 100, "旧目標92", color=WHITE).line(115, 60, 115, 200)
    page = (
        sheet.bar(90, 180, 300, 210, (0.1, 0.2, 0.4))
        .text(100, 200, "見出一", color=WHITE)
        .line(110, 180, 110, 210)
        .read()
    )
    assert shown(page) == "見出一"
    assert hidden(page) == "旧目標92"


@pytest.mark.parametrize("color", [(0.0, 0.67, 0.4), (0.18, 0.46, 0.71), (0.96, 0.69, 0.51)])
@pytest.mark.parametrize(("size", "text"), [(10, "ＫＰＩ重要業績"), (14, "数値目標一覧")])
def test_white_text_on_a_bar_no_higher_than_its_letters_is_seen(color: Color, size: float, text: str) -> None:
    blank = Sheet().text(100, 100, text, size=size, color=WHITE).text(100, 200, "目標96.5%").read()
    top, bottom = blank.hidden[0].top, blank.hidden[0].bottom
    sheet = Sheet().bar(90, top, 400, bottom, color).text(100, 100, text, size=size, color=WHITE)
    page = sheet.text(100, 200, "目標96.5%").read()
    assert shown(page) == f"{text}目標96.5%"
    assert hidden(page) == ""


@pytest.mark.parametrize("opacity", [0.0, 0.05])
def test_nearly_transparent_text_is_hidden(opacity: float) -> None:
    sheet = Sheet().text(100, 100, "目標")
    sheet.page.insert_text((100, 150), "旧案では92", fontname="japan", fontsize=11, fill_opacity=opacity)
    assert hidden(sheet.read()) == "旧案では92"


def test_text_under_a_picture_is_hidden_and_text_on_one_is_seen() -> None:
    sheet = Sheet().text(100, 100, "下の文字")
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 10))
    picture.clear_with(230)
    sheet.page.insert_image((95, 85, 200, 110), pixmap=picture)
    sheet.page.insert_image((95, 185, 200, 210), pixmap=picture)
    page = sheet.text(100, 200, "上の文字").read()
    assert shown(page) == "上の文字"
    assert hidden(page) == "下の文字"


def test_a_highlighter_over_text_hides_nothing() -> None:
    sheet = Sheet().text(100, 100, "受診率61.7%")
    sheet.page.add_highlight_annot(pymupdf.Rect(98, 88, 180, 104))
    page = sheet.read()
    assert shown(page) == "受診率61.7%"
    assert page.hidden == ()


def test_thin_and_pale_signs_are_seen() -> None:
    page = Sheet().text(100, 100, "一、・。ー－～…丨", color=(0.6, 0.6, 0.6)).text(100, 150, "①～③｜", size=6).read()
    assert page.hidden == ()


def test_hidden_text_is_one_finding_a_page_with_its_box_and_makes_no_content() -> None:
    sheet = Sheet().text(100, 50, "令和6年度 山形支部事業計画").text(100, 100, "■ KPI:回収率を92.0%以上とする")
    sheet.bar(90, 85, 500, 110, WHITE).text(100, 150, "■ KPI:回収率を96.5%以上とする")
    parsed = parse_document(sheet.data(), "plan.pdf")
    found = [finding for finding in parsed.findings if finding.check == "hidden_text"]
    assert [(finding.page, finding.box is not None) for finding in found] == [(1, True)]
    assert not any("92.0" in paragraph.text.text for paragraph in parsed.paragraphs)
    assert parsed.pages[0].hidden_characters == len("■KPI:回収率を92.0%以上とする")


def test_many_hidden_glyphs_are_one_finding() -> None:
    sheet = Sheet().text(100, 50, "令和6年度 山形支部事業計画")
    text = "\n".join(["あ" * 50] * 40)
    sheet.page.insert_textbox((20, 60, 590, 840), text, fontname="japan", fontsize=10, color=WHITE)
    parsed = parse_document(sheet.data(), "plan.pdf")
    assert [finding.check for finding in parsed.findings].count("hidden_text") == 1
    assert parsed.pages[0].hidden_characters == 2000


@pytest.mark.parametrize(("size", "cover"), [(10, (1.0, 1.0, 0.6)), (14, (0.85, 0.95, 1.0))])
def test_text_under_a_box_is_hidden_though_a_border_crosses_it(size: float, cover: Color) -> None:
    sheet = Sheet().text(100, 100, "令和5年度実績", size=size).text(100, 200, "事業所数")
    sheet.bar(95, 80, 300, 100 + 0.1 * size, cover).line(90, 100 + 0.1 * size, 310, 100 + 0.1 * size, width=0.7)
    page = sheet.read()
    assert hidden(page) == "令和5年度実績"
    assert shown(page) == "事業所数"


@pytest.mark.parametrize(("opacity", "size"), [(0.02, 10), (0.04, 14)])
def test_text_in_a_nearly_transparent_group_is_hidden(opacity: float, size: float) -> None:
    sheet = Sheet()
    sheet.page.insert_htmlbox(
        (100, 90, 500, 130), f'<p style="opacity:{opacity};font-size:{size}px">旧・目標92.0%以上</p>', opacity=opacity
    )
    page = sheet.text(100, 200, "目標96.5%以上").read()
    assert shown(page) == "目標96.5%以上"
    assert hidden(page).strip() == "旧・目標92.0%以上"


@pytest.mark.parametrize("size", [0.4, 1.0])
def test_text_too_small_to_be_more_than_a_speck_is_hidden(size: float) -> None:
    page = Sheet().text(100, 100, "目標92.0%", size=size).text(100, 200, "目標96.5%", size=5).read()
    assert (shown(page), hidden(page)) == ("目標96.5%", "目標92.0%")


@pytest.mark.parametrize(
    ("shown_text", "hidden_text", "found"),
    [("戦略的保険者機能", "戦略的保険者機能", 0), ("戦略的保険者機能", "基盤的保険者機能", 1), ("1,850", "1,850", 1)],
)
def test_text_that_is_seen_at_its_place_on_the_page_before_is_no_finding(
    shown_text: str, hidden_text: str, found: int
) -> None:
    """A cell that the page's end cuts is drawn on both pages, and its text seen on one."""
    document = Sheet().text(60, 40, "令和6年度鳥取支部事業計画", size=14).text(100, 700, shown_text).document
    later = Sheet().text(100, 300, "健診の案内を送る。").text(100, 20, hidden_text)
    for xref in later.page.get_contents()[-len(hidden_text) :]:
        stream = later.document.xref_stream(xref) or b""
        later.document.update_stream(xref, b"q 50 100 400 600 re W n\n" + stream + b"\nQ")
    document.insert_pdf(later.document)
    parsed = parse_document(bytes(document.tobytes()), "31_R6.pdf")
    assert sum(finding.check == "hidden_text" for finding in parsed.findings) == found
