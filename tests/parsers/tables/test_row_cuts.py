"""Rows whose field's cell names several fields, and fields whose name a page break cuts."""

from __future__ import annotations

from parsers.model.layout import PageLayout, Table
from parsers.plan.flow import Flow, flow_over_pages
from parsers.plan.furniture import set_furniture_aside
from parsers.tables.roles import read_table
from parsers.tables.row_cuts import cut_at_sections
from parsers.tables.table_sequence import read_tables
from tests.parsers.set_lines import set_page, set_table

EDGES = (50, 120, 300, 480)
HEADER = [["分野"], ["新"], ["旧"]]
FIRST, SECOND = "1. 基盤的保険者機能関係", "2. 戦略的保険者機能関係"


def flow(*pages: PageLayout) -> Flow:
    bare = set_furniture_aside(pages)
    return flow_over_pages(bare, read_tables(bare))


def names(table: Table) -> list[tuple[str, ...]]:
    return [
        tuple("".join(line.text.text for line in cell.lines) for cell in table.cells if cell.row == row)
        for row in range(table.cells[-1].row + 1)
    ]


def test_a_row_is_cut_where_a_further_field_is_named() -> None:
    rows = [HEADER, [[FIRST, "", SECOND], ["○窓口", "・研修", "○健診"], ["○窓口", "", "○健診"]]]
    table = set_table(rows, edges=EDGES)
    reading = read_table(table)
    assert reading is not None
    assert names(cut_at_sections(table, reading)) == [
        ("分野", "新", "旧"),
        (FIRST, "○窓口・研修", "○窓口"),
        (SECOND, "○健診", "○健診"),
    ]


def test_a_name_over_several_lines_cuts_nothing() -> None:
    table = set_table([HEADER, [["1. 基盤的保", "険者機能関係"], ["○窓口", "・研修"], ["○窓口"]]], edges=EDGES)
    reading = read_table(table)
    assert reading is not None
    assert cut_at_sections(table, reading) == table


def test_a_fields_name_cut_by_a_page_break_is_whole_in_all_its_rows() -> None:
    first = set_table([HEADER, [["2. 戦略的保険者機"], ["・あいうえおか、"], ["・かき"]]], edges=EDGES)
    second = set_table([[["能関係"], ["きくけこ"], [""]]], edges=EDGES)
    rows = flow(set_page(1, [first]), set_page(2, [second])).rows
    assert {row.section for row in rows} == {SECOND}


def test_a_column_headed_item_names_the_fields_where_its_cells_do() -> None:
    table = set_table([[["項　目"], ["改定後"], ["改定前"]], [[FIRST], ["○窓口"], ["○窓口"]]], edges=EDGES)
    reading = read_table(table)
    assert reading is not None
    assert [column.role for column in reading.columns] == ["section", "new", "old"]


def test_a_column_headed_item_holds_text_where_its_cells_name_measures() -> None:
    rows = [[["項目"], ["改定後"], ["改定前"]], [["サービスの向上"], ["・研修"], ["・研修"]]]
    table = set_table(rows, edges=(50, 190, 330, 480))
    reading = read_table(table)
    assert reading is not None
    assert [column.role for column in reading.columns] == ["content", "new", "old"]
