"""Which glyphs of a text layer count, and when a layer is in doubt."""

from __future__ import annotations

import pymupdf
import pytest

from parsers.pdf.text_quality import symbol_font, text_doubts
from tests.parsers.sheets import Sheet, loose

WHITE = (1.0, 1.0, 1.0)


def test_fake_bold_is_read_once() -> None:
    page = Sheet().text(100, 100, "目標値").text(100.3, 100, "目標値").read()
    assert "".join(glyph.text for glyph in page.glyphs) == "目標値"
    assert page.doubled_glyphs == 3
    assert all(glyph.bold for glyph in page.glyphs)


@pytest.mark.parametrize("offset", [1.0, 2.5])
def test_text_with_a_shadow_is_read_once(offset: float) -> None:
    shadow = Sheet().text(100 + offset, 100 + offset, "目標96.5%", color=(0.7, 0.7, 0.7))
    page = shadow.text(100, 100, "目標96.5%").read()
    assert "".join(glyph.text for glyph in page.glyphs) == "目標96.5%"
    assert {glyph.color for glyph in page.glyphs} == {0}


def test_repeated_characters_side_by_side_stay() -> None:
    assert loose(Sheet().text(100, 100, "888円とトト").layout()) == ["888円とトト"]


def test_invisible_white_and_off_page_glyphs_are_left_out_but_counted() -> None:
    sheet = Sheet().text(100, 100, "見える").text(100, 120, "透明", mode=3).text(100, 140, "白", color=WHITE)
    page = sheet.text(-50, 100, "外").read()
    assert "".join(glyph.text for glyph in page.glyphs) == "見える"
    assert len(page.hidden) == 4


def test_white_text_on_a_coloured_ground_is_seen() -> None:
    page = Sheet().bar(90, 80, 200, 110, (0, 0, 0.5)).text(100, 100, "見出し", color=WHITE).read()
    assert "".join(glyph.text for glyph in page.glyphs) == "見出し"
    assert page.hidden == ()


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("■ KPI：サービススタンダードの達成状況を100％とする", ()),
        ("髙﨑支部　⻑野　⼈間ドック　①～③　㈱　Ⅱ　±0.5", ()),
        ("(cid:12)(cid:345)(cid:6)目標(cid:7)", ("cid",)),
        ("\ufffd\ufffd\ufffd目標", ("unmapped",)),
        ("\ue001\ue002目標", ("unmapped",)),
        ("ÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûü", ("garbled",)),
        ("薔薇躑躅鬱蒼齟齬髑髏魑魅魍魎麒麟鼈甲齷齪黴鷽鵺鶯鵲鵯鷸鶉鶸鶺鴒鶲鷦鷯", ("garbled",)),
        ("!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~!\"#$%&'", ("garbled",)),
        ("", ()),
    ],
)
def test_a_layer_that_cannot_be_trusted_is_named(text: str, doubts: tuple[str, ...]) -> None:
    assert text_doubts(text) == doubts


def test_bullets_of_symbol_fonts_are_read_as_what_they_show() -> None:
    symbols = symbol_font("ABCDEF+Wingdings-Regular")
    assert symbols is not None
    assert symbols["\uf06c"] == symbols["l"] == "●"
    assert symbol_font("MS-Mincho") is None


@pytest.mark.parametrize(("across", "size"), [(0.66, 10.5), (0.8, 9.0), (1.5, 10.0)])
def test_narrowed_letters_are_as_large_as_they_are_high(across: float, size: float) -> None:
    sheet = Sheet()
    start = pymupdf.Point(60, 100)
    morph = (start, pymupdf.Matrix(across, 1))
    sheet.page.insert_text(start, "査定率について対前年度", fontname="japan", fontsize=size, morph=morph)
    sheet.page.insert_text((60, 100 + 1.6 * size), "以上とする", fontname="japan", fontsize=size)
    sizes = {round(glyph.size, 1) for glyph in sheet.read().glyphs}
    assert sizes == {size}
