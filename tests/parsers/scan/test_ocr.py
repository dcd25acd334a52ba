"""Pages read from their picture: drawn here with a bundled CJK font, rendered, blurred, turned, and read again."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pymupdf
import pytest

from normalizers.text.characters import normalize
from parsers.layout.page_layout import layout_page
from parsers.model.geometry import Box
from parsers.model.layout import PageLayout
from parsers.model.page import PageContent
from parsers.parse import parse_document
from parsers.pdf.page_reader import read_pages
from parsers.scan.ocr import recognise_page
from parsers.scan.scanned import needs_recognition

LEFT = ["○ 健診の推進", "・ 事業所を訪問し、受診を勧める", "■ KPI：実施率を60.3%以上とする"]
RIGHT = ["○ 健診の推進", "・ 事業所へ文書を送付する", "■ KPI：実施率を58.8%以上とする"]

UNDERLINED = "事業所を訪問し"

Draw = Callable[[pymupdf.Page], None]


def comparison(page: pymupdf.Page) -> None:
    """A table of two columns with a header row; the first column's second line is underlined."""
    edges = (60.0, 300.0, 540.0)
    for x in edges:
        page.draw_line((x, 100), (x, 260), width=0.8)
    for y in (100.0, 130.0, 260.0):
        page.draw_line((edges[0], y), (edges[2], y), width=0.8)
    for x, header, lines in ((60, "新(令和3年度)", LEFT), (300, "旧(令和2年度)", RIGHT)):
        page.insert_text((x + 80, 120), header, fontname="japan", fontsize=10.5)
        for index, line in enumerate(lines):
            page.insert_text((x + 6, 155 + 22 * index), line, fontname="japan", fontsize=10.5)
    start = 66 + pymupdf.get_text_length("・ ", fontname="japan", fontsize=10.5)
    length = pymupdf.get_text_length(UNDERLINED, fontname="japan", fontsize=10.5)
    page.draw_line((start, 179.3), (start + length, 179.3), width=0.5)


def picture_of(draw: Draw, *, turned: float = 0.0, noise: float = 0.0) -> pymupdf.Document:
    """A PDF of one page that holds nothing but a picture of what ``draw`` draws, turned by some degrees."""
    drawn = pymupdf.open()
    page = drawn.new_page(width=595, height=400)
    draw(page)
    picture = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    pixels = np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.width)
    turn = cv2.getRotationMatrix2D((picture.width / 2, picture.height / 2), turned, 1.0)
    pixels = cv2.warpAffine(pixels, turn, (picture.width, picture.height), borderValue=255)
    grain = np.random.default_rng(0).normal(0, noise, pixels.shape)
    pixels = np.clip(pixels + grain, 0, 255).astype(np.uint8)
    scan = pymupdf.open()
    sheet = scan.new_page(width=595, height=400)
    sheet.insert_image(sheet.rect, stream=cv2.imencode(".png", pixels)[1].tobytes())
    return scan


def read(scan: pymupdf.Document) -> PageLayout:
    content = PageContent(1, 595, 400, (), (), images=(Box(0, 0, 595, 400),))
    return layout_page(recognise_page(scan[0], content))


def cell_texts(layout: PageLayout) -> dict[tuple[int, int], str]:
    (table,) = layout.tables
    return {
        (cell.row, cell.column): "".join(line.text.text for line in cell.lines).replace(" ", "").replace("：", ":")
        for cell in table.cells
    }


@pytest.mark.parametrize(("turned", "noise"), [(0.0, 0.0), (0.8, 6.0), (-1.7, 3.0)])
def test_a_scanned_table_has_its_cells_and_its_text(turned: float, noise: float) -> None:
    texts = cell_texts(read(picture_of(comparison, turned=turned, noise=noise)))
    joined = {
        place: "".join(lines).replace(" ", "").replace("：", ":")
        for place, lines in {(1, 0): LEFT, (1, 1): RIGHT}.items()
    }
    assert texts == {(0, 0): "新(令和3年度)", (0, 1): "旧(令和2年度)", **joined}


def test_an_underline_in_a_scan_marks_the_characters_above_it() -> None:
    (table,) = read(picture_of(comparison, turned=0.5)).tables
    marked = {
        (cell.row, cell.column): [line.text.text[span.start : span.end] for span in line.text.underlines]
        for cell in table.cells
        for line in cell.lines
        if line.text.underlines
    }
    assert marked == {(1, 0): [UNDERLINED]}


def test_boxes_of_a_scan_are_where_the_characters_stand() -> None:
    drawn = pymupdf.open()
    comparison(drawn.new_page(width=595, height=400))
    (digital,) = read_pages(drawn.tobytes(), name="drawn")
    places = {(glyph.text, round(glyph.baseline / 22)): glyph for glyph in digital.glyphs if glyph.text in "健診訪問勧"}
    found = 0
    for table in read(picture_of(comparison)).tables:
        for cell in table.cells:
            for line in cell.lines:
                for glyph in line.glyphs:
                    true = places.get((glyph.text, round(glyph.baseline / 22)))
                    if true is not None and abs(true.x0 - glyph.x0) < 60:
                        found += 1
                        assert abs((true.x0 + true.x1) - (glyph.x0 + glyph.x1)) / 2 < 3
                        assert abs(true.baseline - glyph.baseline) < 2.5
                        assert glyph.confidence > 0.5
    assert found >= 5


def test_vertical_text_is_read_from_top_to_bottom() -> None:
    def vertical(page: pymupdf.Page) -> None:
        page.draw_rect((100, 60, 130, 330), width=0.8)
        page.draw_rect((130, 60, 400, 330), width=0.8)
        for index, char in enumerate("保険者機能関係"):
            page.insert_text((109, 110 + 20 * index), char, fontname="japan", fontsize=12)
        page.insert_text((140, 100), "加入者への情報提供を行う", fontname="japan", fontsize=10.5)

    assert cell_texts(read(picture_of(vertical)))[0, 0] == "保険者機能関係"


def test_light_text_in_a_dark_box_is_read() -> None:
    def title(page: pymupdf.Page) -> None:
        page.draw_rect((40, 40, 555, 80), color=(0.1, 0.2, 0.5), fill=(0.1, 0.2, 0.5))
        page.insert_text((60, 66), "令和6年度事業計画", fontname="japan", fontsize=18, color=(1, 1, 1))
        page.insert_text((60, 140), "支部の取組", fontname="japan", fontsize=12)

    lines = [line.text.text for line in read(picture_of(title)).loose_lines]
    assert [line.replace(" ", "") for line in lines] == ["令和6年度事業計画", "支部の取組"]


def test_red_ink_keeps_its_colour_and_black_is_black() -> None:
    scan = pymupdf.open()
    page = scan.new_page(width=595, height=400)
    page.insert_text((60, 100), "変更した文言", fontname="japan", fontsize=12, color=(0.9, 0, 0))
    page.insert_text((60, 140), "変わらぬ文言", fontname="japan", fontsize=12)
    picture = page.get_pixmap(dpi=200)
    sheet = scan.new_page(width=595, height=400)
    sheet.insert_image(sheet.rect, pixmap=picture)
    read_page = recognise_page(scan[1], PageContent(1, 595, 400, (), ()))
    colors = {glyph.text: glyph.color for glyph in read_page.glyphs}
    assert colors["更"] >> 16 > 0xA0
    assert colors["更"] & 0xFFFF < 0x6060
    assert colors["文"] == 0


def test_an_empty_picture_has_no_characters() -> None:
    read_page = recognise_page(picture_of(lambda page: None, noise=5.0)[0], PageContent(1, 595, 400, (), ()))
    assert (read_page.glyphs, read_page.text_layer) == ((), "ocr")


def test_a_page_with_a_good_text_layer_is_never_recognised() -> None:
    drawn = pymupdf.open()
    comparison(drawn.new_page(width=595, height=400))
    (digital,) = read_pages(drawn.tobytes(), name="drawn")
    assert not needs_recognition(digital)
    background = PageContent(1, 595, 400, digital.glyphs, (), images=(Box(0, 0, 595, 400),))
    assert not needs_recognition(background)


def test_pictures_garbled_layers_and_outlines_are_recognised() -> None:
    picture = (Box(0, 0, 595, 400),)
    (scanned,) = read_pages(picture_of(comparison).tobytes(), name="scan")
    assert needs_recognition(scanned)
    assert needs_recognition(PageContent(1, 595, 400, scanned.glyphs, (), images=picture, doubts=("garbled",)))
    assert not needs_recognition(PageContent(1, 595, 400, (), ()))


def test_a_scanned_plan_is_parsed_like_a_digital_one() -> None:
    parsed = parse_document(picture_of(comparison, turned=0.4).tobytes(), "33_岡山_令和3年度事業計画_新旧対照表.pdf")
    assert [page.text_layer for page in parsed.pages] == ["ocr"]
    assert {cell.role for cell in parsed.cells} == {"header", "new", "old"}
    assert all(paragraph.confidence < 1.0 for paragraph in parsed.paragraphs)


def listed(page: pymupdf.Page) -> None:
    """Loose lines: a label, two aims behind dashes (one begins with 一 itself), a list of dots, a wide 一 in a name."""
    for index, line in enumerate(
        [
            "[KPI]",
            "－　柔道整復施術療養費の割合を1.25%以下とする",
            "－　一般競争入札に占める一者応札の割合を15%以下とする",
            "－ 4割以上の開封率を確保する",
            "・　特定健康診査の実施率を32.2%とする",
            "一般競争入札の公告期間を長くする",
        ]
    ):
        page.insert_text((72, 80 + 24 * index), line, fontname="japan", fontsize=10.5)


@pytest.mark.parametrize(("turned", "noise"), [(0.0, 0.0), (0.0, 8.0), (0.5, 4.0)])
def test_dashes_before_items_are_no_numerals(turned: float, noise: float) -> None:
    layout = read(picture_of(listed, turned=turned, noise=noise))
    heads = [line.text.text.replace("\u3000", " ").replace(" ", "")[:4] for line in layout.loose_lines]
    assert layout.loose_lines[3].text.text[1].isspace(), "4割 is not negative"
    assert heads == ["[KPI", "－柔道整", "－一般競", "－4割以", "・特定健", "一般競争"]


def a_page_of_lines(page: pymupdf.Page) -> None:
    comparison(page)
    for index, line in enumerate(
        ["令和3年度の事業計画では次のことに取り組む。", "健診の受診率は60.3%、保健指導は25.0%とする。"]
    ):
        page.insert_text((72, 300 + 24 * index), line, fontname="japan", fontsize=10.5)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_picture_on_its_side_or_head_is_read_upright(turn: int) -> None:
    """Texts are those of the upright page, and places those of the page as it lies."""
    upright = picture_of(a_page_of_lines)
    lying = pymupdf.open()
    width, height = (400, 595) if turn in (90, 270) else (595, 400)
    page = lying.new_page(width=width, height=height)
    page.insert_image(page.rect, stream=upright[0].get_pixmap(dpi=200).tobytes("png"), rotate=turn)
    name = "33_岡山_令和3年度事業計画_新旧対照表.pdf"
    expected = parse_document(upright.tobytes(), name)
    parsed = parse_document(lying.tobytes(), name)
    assert [p.text.text for p in parsed.paragraphs] == [p.text.text for p in expected.paragraphs]
    assert (parsed.pages[0].width, parsed.pages[0].height) == (width, height)
    assert all(p.box.x1 <= width + 1 and p.box.bottom <= height + 1 for p in parsed.paragraphs)


def stamped(page: pymupdf.Page, shape: str) -> None:
    """Figures in black, a red seal over the second, red text that is no stamp."""
    page.insert_text((72, 100), "郵送化率 96.5%", fontname="japan", fontsize=12)
    page.insert_text((72, 140), "宣言事業所数 1,780社", fontname="japan", fontsize=12)
    page.insert_text((72, 180), "実施率を引き上げる", fontname="japan", fontsize=12, color=(0.85, 0, 0))
    if shape == "ring":
        page.draw_circle((160, 135), 22, color=(0.9, 0.1, 0.1), width=2)
    else:
        page.draw_rect((140, 115, 180, 155), color=(0.9, 0.1, 0.1), width=1.5)
    page.insert_text((149, 131), "受付", fontname="japan", fontsize=10, color=(0.9, 0.1, 0.1))


@pytest.mark.parametrize("shape", ["ring", "frame"])
def test_figures_under_a_red_stamp_are_read(shape: str) -> None:
    drawn = pymupdf.open()
    page = drawn.new_page(width=595, height=400)
    stamped(page, shape)
    scan = pymupdf.open()
    sheet = scan.new_page(width=595, height=400)
    sheet.insert_image(sheet.rect, stream=page.get_pixmap(dpi=150).tobytes("jpg", jpg_quality=60))
    texts = [line.text.text.replace(" ", "").replace("％", "%") for line in read(scan).loose_lines]
    assert texts == ["郵送化率96.5%", "宣言事業所数1,780社", "実施率を引き上げる"]


@pytest.mark.parametrize(
    ("dpi", "rule", "gray"), [(120, "[1 1] 0", 0), (150, "[1 1.5] 0", 0.2), (200, "[] 0", 0), (120, "[2 3] 0", 0.7)]
)
def test_a_dash_that_fills_a_cell_is_read_and_the_dots_of_rules_are_not(dpi: int, rule: str, gray: float) -> None:
    drawn = pymupdf.open()
    page = drawn.new_page(width=595, height=400)
    for x in (60, 300, 540):
        page.draw_line((x, 80), (x, 260), width=0.7)
    for y in (80, 150, 200, 260):
        page.draw_line((60, y), (540, y), width=0.5, dashes=rule, color=(gray, gray, gray))
    for x in (70, 310):
        for y, line in (
            (96, "（1）人材の育成"),
            (112, "・研修を組み合わせる。"),
            (162, "（2）費用の削減"),
            (212, "KPI"),
        ):
            page.insert_text((x, y), line, fontname="japan", fontsize=10)
        page.insert_text((x, 136), "KPI", fontname="japan", fontsize=10)
        page.insert_text((x, 190), "－", fontname="japan", fontsize=10)
        page.insert_text((x, 240), "・実施率は95.0%以上", fontname="japan", fontsize=10)
    scan = pymupdf.open()
    sheet = scan.new_page(width=595, height=400)
    sheet.insert_image(sheet.rect, stream=page.get_pixmap(dpi=dpi).tobytes("jpg", jpg_quality=60))
    layout = read(scan)
    lines = [line.text.text.replace(" ", "") for table in layout.tables for cell in table.cells for line in cell.lines]
    lines += [line.text.text.replace(" ", "") for line in layout.loose_lines]
    assert [normalize(line).text for line in lines if len(line) == 1] == ["-", "-"]
    assert len(lines) == 14


@pytest.mark.parametrize(
    ("size", "lines"),
    [(9.0, ("事業者健診データ取得", "率（被保険者）")), (10.5, ("健康宣言事業所を訪問する（目標150社以", "上）。"))],
)
def test_a_short_line_has_the_size_of_the_line_beside_it(size: float, lines: tuple[str, str]) -> None:
    drawn = pymupdf.open()
    page = drawn.new_page(width=595, height=400)
    page.draw_rect((60, 80, 300, 160), width=0.7)
    for index, line in enumerate(lines):
        page.insert_text((66, 100 + 1.4 * size * index), line, fontname="japan", fontsize=size)
    scan = pymupdf.open()
    sheet = scan.new_page(width=595, height=400)
    sheet.insert_image(sheet.rect, stream=page.get_pixmap(dpi=120).tobytes("jpg", jpg_quality=60))
    layout = read(scan)
    sizes = [line.size for table in layout.tables for cell in table.cells for line in cell.lines]
    assert len(sizes) == 2
    assert sizes == [pytest.approx(size, rel=0.06)] * 2
