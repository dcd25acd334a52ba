"""Tables read with what a person says of their columns."""

from __future__ import annotations

from parsers.model.geometry import Box
from parsers.model.told_column import ToldColumn
from parsers.parse import parse_layouts
from parsers.tables.roles import read_table
from parsers.tables.told_columns import as_told
from tests.parsers.set_lines import set_page, set_table

EDGES = (40.0, 200.0, 360.0, 520.0)


def rows(*texts: tuple[str, ...]) -> list[list[list[str]]]:
    return [[[text] for text in row] for row in texts]


def header_box(table_rows: list[list[list[str]]], column: int) -> Box:
    table = set_table(table_rows, edges=EDGES)
    return next(cell.box for cell in table.cells if cell.row == 0 and cell.column == column)


def test_a_column_that_holds_another_year_than_its_header_made_think() -> None:
    body = rows(("指標", "令和5年度", "令和6年度"), ("回収率", "90%", "91%"), ("実施率", "60%", "61%"))
    table = set_table(body, edges=EDGES)
    told = ToldColumn(1, header_box(body, 1), "令和5年度", "actual", 2022)
    reading = as_told(read_table(table), table, 1, [told])
    assert reading is not None
    assert (reading.columns[1].meaning, reading.columns[1].year) == ("actual", 2022)
    assert reading.columns[1].doubts == ()


def test_editions_that_the_header_does_not_tell() -> None:
    body = rows(("分野", "甲案", "乙案"), ("1. 健診", "・健診を広める。", "・健診を行う。"))
    table = set_table(body, edges=EDGES)
    told = [ToldColumn(1, header_box(body, 1), "甲案", "new"), ToldColumn(1, header_box(body, 2), "乙案", "old")]
    reading = as_told(read_table(table), table, 1, told)
    assert reading is not None
    assert reading.kind == "comparison"
    assert [column.role for column in reading.columns][1:] == ["new", "old"]


def test_the_same_header_on_a_later_page_is_meant_too_and_no_other() -> None:
    body = rows(("分野", "甲案", "乙案"), ("1. 健診", "・健診を広める。", "・健診を行う。"))
    other = rows(("分野", "丙案", "丁案"), ("1. 健診", "・健診を広める。", "・健診を行う。"))
    told = [ToldColumn(1, header_box(body, 1), "甲案", "new"), ToldColumn(1, header_box(body, 2), "乙案", "old")]
    later, different = set_table(body, edges=EDGES), set_table(other, edges=EDGES)
    plain = read_table(later)
    if plain is not None:  # a header that was recognised as one is met again by its words
        reading = as_told(plain, later, 2, told)
        assert reading is not None
        assert [column.role for column in reading.columns][1:] == ["new", "old"]
    assert as_told(read_table(different), different, 2, told) == read_table(different)


def test_a_document_is_read_again_with_what_is_told() -> None:
    body = rows(("分野", "甲案", "乙案"), ("1. 健診", "・健診を広める。", "・健診を行う。"))
    page = set_page(1, [set_table(body, edges=EDGES)])
    told = [ToldColumn(1, header_box(body, 1), "甲案", "new"), ToldColumn(1, header_box(body, 2), "乙案", "old")]
    parsed = parse_layouts([page], name="33_令和6年度.pdf", told=told)
    assert {"new", "old"} <= {paragraph.edition for paragraph in parsed.paragraphs}
