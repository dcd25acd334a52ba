"""Rulings to tables: spans, open cells, borders of every make."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.parsers.sheets import Sheet, cell_text, cell_texts, loose


def test_merged_cells_have_their_true_spans() -> None:
    sheet = Sheet().grid([50, 150, 250, 350], [50, 80])
    sheet.line(50, 80, 50, 140).line(150, 80, 150, 140).line(350, 80, 350, 140)
    sheet.line(50, 140, 350, 140).line(150, 110, 350, 110).line(250, 110, 250, 140)
    sheet.text(55, 65, "分野").text(155, 65, "新").text(255, 65, "旧").text(55, 95, "一").text(155, 95, "二")
    sheet.text(155, 125, "三").text(255, 125, "四")
    assert cell_texts(sheet.layout()) == [
        (0, 0, 1, 1, "分野"),
        (0, 1, 1, 1, "新"),
        (0, 2, 1, 1, "旧"),
        (1, 0, 2, 1, "一"),
        (1, 1, 1, 2, "二"),
        (2, 1, 1, 1, "三"),
        (2, 2, 1, 1, "四"),
    ]


def test_borders_of_thin_rectangles_and_of_doubled_lines_make_the_same_table() -> None:
    thin, double = Sheet(), Sheet()
    for sheet in (thin, double):
        sheet.text(55, 65, "一").text(155, 65, "二").text(55, 95, "三").text(155, 95, "四")
    for x in (50, 150, 250):
        thin.bar(x, 50, x + 0.5, 110.5)
        double.line(x, 50, x, 110).line(x + 1.5, 50, x + 1.5, 110)
    for y in (50, 80, 110):
        thin.bar(50, y, 250.5, y + 0.5)
        double.line(50, y, 251.5, y).line(50, y + 1.5, 251.5, y + 1.5)
    assert cell_texts(thin.layout()) == cell_texts(double.layout())
    assert [text for *_, text in cell_texts(thin.layout())] == ["一", "二", "三", "四"]


def test_a_stroked_rectangle_around_each_cell_makes_one_table() -> None:
    sheet = Sheet()
    for row in range(2):
        for column in range(2):
            x, y = 50 + 100 * column, 50 + 30 * row
            sheet.page.draw_rect((x, y, x + 100, y + 30), width=0.5)
            sheet.text(x + 5, y + 15, "一二三四"[2 * row + column])
    assert [text for *_, text in cell_texts(sheet.layout())] == ["一", "二", "三", "四"]


def test_cells_without_a_ruling_at_the_page_foot_are_open_below() -> None:
    sheet = Sheet().line(50, 700, 250, 700).line(50, 730, 250, 730)
    for x in (50, 150, 250):
        sheet.line(x, 700, x, 800)
    sheet.text(55, 715, "見出し").text(55, 745, "続く本文").text(155, 790, "右の本文")
    layout = sheet.layout()
    assert [text for *_, text in cell_texts(layout)] == ["見出し", "", "続く本文", "右の本文"]
    assert [cell.open_bottom for cell in layout.tables[0].cells] == [False, False, True, True]
    assert not any(cell.open_top for cell in layout.tables[0].cells)


def test_uprights_alone_make_one_row_open_above_and_below() -> None:
    sheet = Sheet()
    for x in (50, 150, 250):
        sheet.line(x, 40, x, 800)
    sheet.text(55, 60, "左").text(155, 60, "右")
    layout = sheet.layout()
    assert cell_texts(layout) == [(0, 0, 1, 1, "左"), (0, 1, 1, 1, "右")]
    assert all(cell.open_top and cell.open_bottom for cell in layout.tables[0].cells)


def test_outer_sides_may_be_missing() -> None:
    sheet = Sheet().line(50, 50, 250, 50).line(50, 80, 250, 80).line(50, 110, 250, 110).line(150, 50, 150, 110)
    sheet.text(55, 65, "一").text(155, 65, "二").text(55, 95, "三").text(155, 95, "四")
    assert [text for *_, text in cell_texts(sheet.layout())] == ["一", "二", "三", "四"]


def test_level_rules_alone_make_a_table_where_text_stands_in_columns() -> None:
    sheet = Sheet()
    for y in (50, 70, 90, 110):
        sheet.line(50, y, 400, y)
    for y, row in ((65, ("指標", "実績", "目標")), (85, ("健診実施率", "57.1", "58.5")), (105, ("指導", "24", "25"))):
        for x, text in zip((55, 200, 300), row, strict=True):
            sheet.text(x, y, text)
    assert [text for *_, text in cell_texts(sheet.layout())] == [
        *("指標", "実績", "目標"),
        *("健診実施率", "57.1", "58.5"),
        *("指導", "24", "25"),
    ]


def test_rules_between_paragraphs_make_no_table() -> None:
    sheet = Sheet()
    for y in (50, 70, 90, 110):
        sheet.line(50, y, 400, y)
    for y in (65, 85, 105):
        sheet.text(55, y, "本文が続いている一行です")
    layout = sheet.layout()
    assert layout.tables == ()
    assert loose(layout) == ["本文が続いている一行です"] * 3


def test_two_tables_on_a_page_are_counted_from_the_top() -> None:
    sheet = Sheet().grid([50, 150, 250], [300, 330]).grid([50, 150, 250], [100, 130])
    sheet.text(55, 115, "上").text(55, 315, "下")
    assert [table.index for table in sheet.layout().tables] == [0, 1]
    assert cell_texts(sheet.layout(), 0)[0][4] == "上"


@pytest.mark.parametrize(("left", "ys"), [(80.0, [100.0, 120.0, 140.0]), (55.4, [90.0, 130.0, 170.0])])
def test_a_table_within_a_cell_is_a_table_of_its_own(left: float, ys: list[float]) -> None:
    sheet = Sheet().grid([50, 350, 550], [50, 200]).grid([left, 180, 280], ys)
    sheet.text(55, 70, "前").text(left + 5, ys[0] + 13, "一").text(185, ys[0] + 13, "二")
    sheet.text(left + 5, ys[1] + 13, "三").text(55, 190, "後")
    layout = sheet.layout()
    assert cell_texts(layout, 0)[0] == (0, 0, 1, 1, "前／後")
    assert [text for *_, text in cell_texts(layout, 1)] == ["一", "二", "三", ""]


@pytest.mark.parametrize("ys", [[100.0, 140.0], [100.0, 120.0, 140.0]])
def test_a_box_within_a_cell_is_that_cells_text(ys: list[float]) -> None:
    sheet = Sheet().grid([50, 350, 550], [50, 200]).grid([80, 280], ys)
    sheet.text(55, 70, "前").text(85, 113, "枠の一").text(85, 133, "枠の二").text(55, 190, "後")
    layout = sheet.layout()
    assert len(layout.tables) == 1
    assert cell_texts(layout)[0] == (0, 0, 1, 1, "前／枠の一／枠の二／後")


def test_a_frame_around_the_page_hides_no_table() -> None:
    sheet = (
        Sheet().grid([20, 575], [20, 820]).grid([50, 150, 250], [100, 130, 160]).text(55, 115, "表").text(50, 60, "題")
    )
    layout = sheet.layout()
    assert len(layout.tables) == 1
    assert len(layout.tables[0].cells) == 4
    assert loose(layout) == ["題"]


def test_a_box_that_rests_on_its_cells_rule_parts_no_rows() -> None:
    sheet = Sheet().grid([50, 350, 550], [50, 200, 250]).line(100, 180, 300, 180)
    sheet.line(100, 180, 100, 200).line(300, 180, 300, 200)
    sheet.text(55, 70, "本文").text(110, 193, "枠の中").text(355, 70, "右").text(55, 230, "下")
    texts = ["本文／枠の中", "右", "下", ""]
    assert cell_texts(sheet.layout()) == [(i // 2, i % 2, 1, 1, text) for i, text in enumerate(texts)]


def test_an_item_whose_column_is_parted_below_it_stays_apart_from_its_parts() -> None:
    sheet = Sheet().grid([50, 350], [50, 110]).line(80, 70, 350, 70).line(80, 90, 350, 90).line(80, 70, 80, 110)
    sheet.text(55, 65, "012").text(85, 83, "甲").text(85, 103, "乙")
    assert [text for *_, text in cell_texts(sheet.layout())] == ["012", "", "甲", "乙"]


def test_a_framed_text_box_across_a_border_leaves_the_table_whole() -> None:
    sheet = Sheet().grid([50, 250, 450], [50, 100, 150]).text(55, 70, "左の本文").text(300, 70, "右の本文")
    sheet.page.draw_rect((230, 110, 280, 130), width=0.5)
    sheet.text(235, 123, "移動①").text(55, 140, "下")
    layout = sheet.layout()
    assert [text for *_, text in cell_texts(layout, 0)] == ["左の本文", "右の本文", "下", ""]
    assert [text for *_, text in cell_texts(layout, 1)] == ["移動①"]


def _corner_to_corner(sheet: Sheet, xs: list[float], ys: list[float], gap: float) -> Sheet:
    """Sides drawn from corner to corner, as programs do that draw the corners as squares of their own."""
    for y in ys:
        for x0, x1 in pairwise(xs):
            sheet.line(x0 + gap, y, x1 - gap, y)
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])
    return sheet


@pytest.mark.parametrize("gap", [0.0, 0.5, 1.2])
def test_cells_whose_sides_end_on_their_corners_are_no_text_boxes(gap: float) -> None:
    sheet = _corner_to_corner(Sheet(), [50, 250, 450], [50, 150], gap).line(50, 75, 450, 75)
    sheet.text(120, 66, "改定案").text(330, 66, "現行").text(55, 100, "二六七点").text(255, 100, "二六四点")
    texts = ["改定案", "現行", "二六七点", "二六四点"]
    assert cell_texts(sheet.layout()) == [(i // 2, i % 2, 1, 1, text) for i, text in enumerate(texts)]


def test_one_row_of_such_cells_is_one_table() -> None:
    sheet = _corner_to_corner(Sheet(), [50, 180, 310, 440], [300, 360], 0.5)
    for at, word in enumerate(("甲", "乙", "丙")):
        sheet.text(60 + 130 * at, 330, word)
    assert [text for *_, text in cell_texts(sheet.layout())] == ["甲", "乙", "丙"]


def test_two_tables_five_points_apart_stay_two() -> None:
    sheet = Sheet().grid([50, 150, 250], [50, 80, 110]).grid([50, 150, 250], [115, 145, 175])
    for at, word in enumerate("一二三四五六七八"):
        sheet.text(55 + 100 * (at % 2), 68 + 30 * (at // 2) + 5 * (at > 3), word)
    layout = sheet.layout()
    assert [[text for *_, text in cell_texts(layout, index)] for index in (0, 1)] == [
        list("一二三四"),
        list("五六七八"),
    ]


@pytest.mark.parametrize("touching", [True, False])
def test_a_table_in_a_cell_is_a_table_also_where_it_meets_the_cells_side(touching: bool) -> None:
    right = 500 if touching else 480
    sheet = Sheet().grid([60, 160, 500], [100, 130, 400]).grid([200, 330, right], [200, 225, 250, 275])
    sheet.text(70, 120, "分野").text(200, 120, "取組").text(70, 160, "健診").text(180, 160, "・健診を勧める。")
    for row, (name, value) in enumerate((("指標", "目標"), ("受診率", "６０％"), ("会場数", "２２会場"))):
        sheet.text(210, 217 + 25 * row, name).text(340, 217 + 25 * row, value)
    outer, inner = sheet.layout().tables
    assert (len(outer.cells), len(inner.cells)) == (4, 6)
    assert [cell_text(cell) for cell in inner.cells] == ["指標", "目標", "受診率", "６０％", "会場数", "２２会場"]
    assert [cell_text(cell) for cell in outer.cells] == ["分野", "取組", "健診", "・健診を勧める。"]


def test_three_hundred_boxes_in_one_another_leave_their_text_whole() -> None:
    sheet = Sheet()
    for step in range(300):
        inset = step * 0.9
        sheet.page.draw_rect((10 + inset, 10 + inset, 585 - inset, 830 - inset), width=0.2)
    layout = sheet.text(285, 420, "目標", size=8).layout()
    texts = [text for table in range(len(layout.tables)) for *_, text in cell_texts(layout, table)] + loose(layout)
    assert "".join(texts) == "目標"
