"""Glyphs to lines: gaps, vertical writing, colour, reading order."""

from __future__ import annotations

import pytest

from parsers.layout.page_layout import layout_lines
from parsers.model.styled_text import ColorSpan
from tests.parsers.sheets import Sheet, cell_text, loose

RED = (1.0, 0.0, 0.0)


def test_glyphs_stand_one_to_one_beside_characters() -> None:
    sheet = Sheet().grid([50, 250], [50, 90]).text(55, 65, "KPI：95.0％").text(55, 80, "令和 ３年度")
    for line in layout_lines(sheet.layout()):
        assert "".join(glyph.text for glyph in line.glyphs) == line.text.text


def test_a_stretch_has_a_box_of_its_own() -> None:
    (line,) = Sheet().text(100, 100, "目標は95.0％").layout().loose_lines
    box = line.stretch_box(3, 7)
    assert (round(box.x0), round(box.x1)) == (130, 170)


def test_letter_spacing_makes_no_spaces() -> None:
    sheet = Sheet()
    for index, char in enumerate("事務連絡"):
        sheet.text(100 + 25 * index, 100, char)
    assert loose(sheet.layout()) == ["事務連絡"]


def test_a_wide_gap_within_a_line_is_a_space() -> None:
    assert loose(Sheet().text(100, 100, "目標値").text(150, 100, "実績値").layout()) == ["目標値 実績値"]


def test_glyphs_stacked_in_a_narrow_cell_are_one_vertical_line() -> None:
    sheet = Sheet().grid([50, 70, 300], [50, 200]).stack(55, 70, "基盤的保険者機能関係").text(80, 65, "本文")
    cells = sheet.layout().tables[0].cells
    assert [cell_text(cell) for cell in cells] == ["基盤的保険者機能関係", "本文"]
    assert cells[0].lines[0].vertical


def test_vertical_columns_are_read_from_right_to_left() -> None:
    sheet = Sheet().stack(300, 100, "右の列が先").stack(270, 100, "左の列が後")
    assert loose(sheet.layout()) == ["右の列が先", "左の列が後"]


def test_lone_digits_in_a_column_of_rows_are_not_vertical() -> None:
    sheet = Sheet()
    for index in range(4):
        sheet.text(50, 100 + 20 * index, str(index + 1)).text(75, 100 + 20 * index, "項目の本文である")
    assert [text[0] for text in loose(sheet.layout())] == ["1", "2", "3", "4"]


def test_red_text_in_a_black_cell_is_coloured() -> None:
    sheet = (
        Sheet().grid([50, 250], [50, 90]).text(55, 65, "従来の").text(85, 65, "新しい", color=RED).text(115, 65, "文")
    )
    (line,) = layout_lines(sheet.layout())
    assert line.text.colored == (ColorSpan(3, 6, "#ff0000"),)


def test_a_cell_all_in_red_is_coloured_unless_it_is_shaded() -> None:
    sheet = Sheet().bar(50, 50, 150, 80, (0.8, 0.9, 1.0)).grid([50, 150, 250], [50, 80, 110])
    sheet.text(55, 65, "見出し", color=(0, 0, 0.8)).text(55, 95, "ふつうの本文である").text(155, 95, "変更", color=RED)
    cells = sheet.layout().tables[0].cells
    colored = {cell_text(cell): bool(cell.lines[0].text.colored) for cell in cells if cell.lines}
    assert colored == {"見出し": False, "ふつうの本文である": False, "変更": True}


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    sheet = Sheet().text(50, 60, "表題はここにあり、左右の段にまたがって置かれている長い行である")
    left = ["左の段の一行目である文章", "左の段の二行目である文章", "左の段の三行目である文章"]
    right = ["右の段の一行目である文章", "右の段の二行目である文章", "右の段の三行目である文章"]
    for index in range(3):
        sheet.text(50, 100 + 15 * index, left[index]).text(220, 100 + 15 * index, right[index])
    assert loose(sheet.layout())[1:] == left + right


def test_short_items_side_by_side_are_read_row_by_row() -> None:
    sheet = Sheet()
    for index, (name, value) in enumerate((("健診", "58.5"), ("指導", "25.0"), ("回収", "80.0"))):
        sheet.text(50, 100 + 15 * index, name).text(220, 100 + 15 * index, value)
    assert loose(sheet.layout()) == ["健診 58.5", "指導 25.0", "回収 80.0"]


def test_every_visible_glyph_is_in_one_line() -> None:
    sheet = (
        Sheet().grid([50, 150, 250], [50, 80, 110]).text(55, 65, "一").text(140, 95, "境目にかかる").text(50, 300, "外")
    )
    layout = sheet.layout()
    shown = [glyph for line in layout_lines(layout) for glyph in line.glyphs if not glyph.text.isspace()]
    assert len(shown) == layout.glyph_count == 8


def test_a_vertical_heading_beside_prose_is_one_line() -> None:
    sheet = Sheet().stack(50, 108, "盤石化")
    body = ["本文の一行目がここにある", "本文の二行目がここにある", "本文の三行目がここにある"]
    for index, text in enumerate(body):
        sheet.text(90, 100 + 16 * index, text)
    assert loose(sheet.layout()) == ["盤石化", *body]


def test_a_title_above_the_right_column_is_read_before_both() -> None:
    sheet = Sheet().text(150, 76, "表題").stack(50, 108, "盤石化の取組")
    body = ["本文の一行目がここにある", "本文の二行目がここにある", "本文の三行目がここにある"]
    for index, text in enumerate(body):
        sheet.text(90, 100 + 16 * index, text)
    assert loose(sheet.layout()) == ["表題", "盤石化の取組", *body]


@pytest.mark.parametrize(("x", "text"), [(500, "縦書きの列です"), (30, "資料の整理番号")])
def test_a_column_of_vertical_writing_beside_a_line_is_a_line_of_its_own(x: float, text: str) -> None:
    sheet = Sheet().stack(x, 110, text).text(60, 110, "■ KPI：受診率を60.3%以上とする").text(60, 150, "・広報する。")
    assert sorted(loose(sheet.layout())) == sorted([text, "■ KPI：受診率を60.3%以上とする", "・広報する。"])


def test_single_signs_in_the_rows_of_a_list_are_no_column() -> None:
    sheet = Sheet()
    for number, sign in enumerate("高中低高中低"):
        sheet.text(60, 100 + 12 * number, "受診勧奨の取組を進める").text(300, 100 + 12 * number, sign)
    assert all(line.endswith(sign) for line, sign in zip(loose(sheet.layout()), "高中低高中低", strict=True))


@pytest.mark.parametrize(("title", "size"), [("令和6年度長野支部事業計画", 14.0), ("支部の計画", 9.0)])
def test_a_level_title_above_columns_of_vertical_writing_keeps_its_order(title: str, size: float) -> None:
    sheet = Sheet().text(200, 60, title, size=size)
    for number, column in enumerate(("一基盤的保険者機能", "サービス水準の向上", "郵送化率を上げる。")):
        sheet.stack(400 - 30 * number, 110, column)
    assert loose(sheet.layout()) == [title, "一基盤的保険者機能", "サービス水準の向上", "郵送化率を上げる。"]


@pytest.mark.parametrize(("digits", "narrow"), [("85", 5.0), ("100", 3.4)])
def test_digits_set_level_in_vertical_writing_stand_in_their_place(digits: str, narrow: float) -> None:
    sheet = Sheet()
    for x, before, after in (
        (500.0, "ジェネリック医薬品使用割合を", "％以上とする"),
        (480.0, "次に健診の案内を送る", ""),
    ):
        sheet.stack(x, 100, before)
        for number, digit in enumerate(digits if after else ""):
            at = (x + narrow * number, 100 + 10 * len(before))
            sheet.page.insert_text(at, digit, fontname="helv", fontsize=narrow * 1.8)
        sheet.stack(x, 110 + 10 * len(before), after)
    assert loose(sheet.layout())[0] == f"ジェネリック医薬品使用割合を{digits}％以上とする"


@pytest.mark.parametrize("blank", [" ", "　"])
def test_lines_of_blanks_make_no_column_beside_a_date_at_the_right(blank: str) -> None:
    right = ["令和7年1月16日", "第84回評議会", "資料1-1"]
    sheet = Sheet()
    for at, text in enumerate(right):
        sheet.text(400, 80 + 18 * at, text).text(60, 70 + 18 * at, blank)
    sheet.text(60, 70 + 18 * len(right), blank).text(60, 80 + 18 * len(right), "加入者の皆様へ")
    assert loose(sheet.layout()) == [*right, "加入者の皆様へ"]
