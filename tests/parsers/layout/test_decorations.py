"""Which strokes underline, strike through, or rule a table."""

from __future__ import annotations

import pymupdf
import pytest

from parsers.layout.page_layout import layout_lines
from tests.parsers.sheets import Sheet, cell_texts, struck, underlined


def test_an_underline_is_attached_to_the_characters_above_it() -> None:
    (line,) = Sheet().text(100, 100, "目標を変更する").line(130, 102, 150, 102).layout().loose_lines
    assert underlined(line) == ["変更"]


def test_a_thin_filled_rectangle_underlines_too() -> None:
    (line,) = Sheet().text(100, 100, "目標を変更する").bar(130, 101.5, 150, 102.2).layout().loose_lines
    assert underlined(line) == ["変更"]


def test_underlines_drawn_for_each_word_are_one_span() -> None:
    sheet = Sheet().text(100, 100, "健診の実施率")
    sheet.line(100, 102, 120, 102).line(120, 102, 130, 102).line(130.2, 102, 160, 102)
    (line,) = sheet.layout().loose_lines
    assert underlined(line) == ["健診の実施率"]


def test_two_lines_of_a_double_underline_mark_once() -> None:
    (line,) = (
        Sheet().text(100, 100, "二重線").line(100, 101.5, 130, 101.5).line(100, 103, 130, 103).layout().loose_lines
    )
    assert underlined(line) == ["二重線"]


def test_a_wavy_line_underlines() -> None:
    sheet = Sheet().text(100, 100, "波線の箇所")
    sheet.page.draw_squiggle((100, 102), (130, 102), breadth=1)
    (line,) = sheet.layout().loose_lines
    assert underlined(line) == ["波線の"]


def test_dots_under_text_underline_it() -> None:
    sheet = Sheet().text(100, 100, "点線の箇所")
    for index in range(10):
        sheet.bar(100 + index * 3, 101.5, 101 + index * 3, 102.5)
    (line,) = sheet.layout().loose_lines
    assert underlined(line) == ["点線の"]


def test_a_line_at_mid_height_strikes_through() -> None:
    (line,) = Sheet().text(100, 100, "削除する項目").line(100, 96.3, 120, 96.3).layout().loose_lines
    assert struck(line) == ["削除"]
    assert underlined(line) == []


@pytest.mark.parametrize("gap", [0.0, 0.6, 1.0, 2.0])
def test_an_underline_as_wide_as_its_cell_makes_no_row(gap: float) -> None:
    sheet = Sheet().grid([100, 150 + 2 * gap, 300], [80, 110, 140])
    sheet.text(100 + gap, 100, "健診実施率").line(100 + gap, 102, 150 + gap, 102)
    layout = sheet.layout()
    assert len(layout.tables[0].cells) == 4
    assert underlined(layout.tables[0].cells[0].lines[0]) == ["健診実施率"]


def test_a_ruling_close_under_a_line_of_text_underlines_nothing() -> None:
    sheet = Sheet().grid([100, 151, 300], [88, 102, 116]).text(100.5, 100, "健診実施率").text(100.5, 114, "保健指導等")
    layout = sheet.layout()
    assert [text for *_, text in cell_texts(layout)] == ["健診実施率", "", "保健指導等", ""]
    assert not any(underlined(line) for line in layout_lines(layout))


def test_dotted_row_rules_underline_nothing_and_part_the_rows() -> None:
    sheet = Sheet().line(100, 80, 100, 140).line(160, 80, 160, 140).line(100, 80, 160, 80).line(100, 140, 160, 140)
    sheet.text(105, 98, "一行目の文").text(105, 118, "二行目の文")
    for index in range(20):
        sheet.bar(100 + index * 3, 100.5, 101.5 + index * 3, 101)
    layout = sheet.layout()
    assert [text for *_, text in cell_texts(layout)] == ["一行目の文", "二行目の文"]
    assert layout.underlines == ()


def test_row_rules_drawn_cell_by_cell_stay_rulings_where_one_fits_its_text() -> None:
    sheet = Sheet().line(100, 80, 100, 120).line(300, 80, 300, 120)
    sheet.line(100, 80, 300, 80).line(100, 120, 300, 120)
    sheet.text(150, 98, "実施率の値").line(100, 100, 149.5, 100).line(150, 100, 200, 100).line(200.5, 100, 300, 100)
    layout = sheet.layout()
    assert layout.underlines == ()
    assert len(layout.tables[0].cells) == 2


def test_an_underline_may_run_on_over_blanks() -> None:
    (line,) = Sheet().text(100, 100, "支部の目標").line(100, 102, 170, 102).layout().loose_lines
    assert underlined(line) == ["支部の目標"]


def test_an_underline_that_begins_on_the_cells_border_makes_no_row() -> None:
    sheet = Sheet().grid([100, 200, 300], [80, 110, 140]).text(100, 100, "健診実施率").line(100, 102, 150, 102)
    layout = sheet.layout()
    assert len(layout.tables[0].cells) == 4
    assert underlined(layout.tables[0].cells[0].lines[0]) == ["健診実施率"]


def test_an_underline_may_end_under_punctuation_set_close() -> None:
    sheet = Sheet().grid([100, 200, 300], [80, 110, 140]).text(105, 100, "「実施率」、").line(110, 102, 160, 102)
    layout = sheet.layout()
    assert len(layout.tables[0].cells) == 4
    assert layout.underlines != ()


@pytest.mark.parametrize(
    ("size", "old", "new"), [(10.5, "5,480円", "6,120円"), (9.0, "15日", "20日"), (12.0, "旧人", "80人")]
)
def test_a_line_over_the_room_before_a_digit_does_not_strike_the_digit(size: float, old: str, new: str) -> None:
    """Writer decorates the room between Japanese and Latin characters with a segment as long as a blank."""
    sheet = Sheet()

    def write(x: float, text: str) -> float:
        for character in text:
            font = "helv" if character.isascii() else "japan"
            sheet.page.insert_text((x, 100), character, fontname=font, fontsize=size)
            x += pymupdf.get_text_length(character, fontname=font, fontsize=size)
        return x

    start = write(50, "査定額を") + 0.22 * size * old[0].isascii()
    struck_end = write(start, old)
    inserted = struck_end + 0.22 * size
    end = write(inserted, new)
    write(end, "以上とする。")
    sheet.line(start, 100 - 0.3 * size, struck_end, 100 - 0.3 * size)
    sheet.line(struck_end, 100 - 0.3 * size, struck_end + 0.5 * size, 100 - 0.3 * size)
    sheet.line(inserted, 100 + 0.12 * size, end, 100 + 0.12 * size)
    (line,) = sheet.layout().loose_lines
    assert [text.strip() for text in struck(line)] == [old]
    assert [text.strip() for text in underlined(line)] == [new]
