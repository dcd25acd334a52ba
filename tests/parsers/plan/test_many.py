"""Much of the same: hundreds of boxes, thousands of cells, headers that differ a little from page to page."""

from __future__ import annotations

import pytest

from parsers.layout.page_layout import layout_lines
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_line, set_page, set_table
from tests.parsers.sheets import Sheet


@pytest.mark.parametrize("nested", [True, False])
def test_hundreds_of_boxes_keep_every_character_once(nested: bool) -> None:
    sheet = Sheet().grid([10, 585], [10, 832])
    for at in range(300):
        if nested:
            sheet.page.draw_rect((11 + 0.9 * at, 11 + 1.3 * at, 584 - 0.9 * at, 831 - 1.3 * at), width=0.2)
        else:
            x, y = 20 + 27 * (at % 20), 20 + 50 * (at // 20)
            sheet.page.draw_rect((x, y, x + 24, y + 45), width=0.3)
    sheet.text(285, 425, "枠")
    lines = layout_lines(sheet.layout())
    assert [line.text.text for line in lines] == ["枠"]


def test_a_table_of_thousands_of_cells() -> None:
    rows = [["指標", *(f"項目{at}" for at in range(49))], *([f"行{row}"] + ["1"] * 49 for row in range(99))]
    table = set_table([[[text] for text in row] for row in rows], edges=[20 + 11 * at for at in range(51)], top=20)
    parsed = parse_layouts([set_page(1, [table])], name="x.pdf")
    assert len(parsed.cells) == 5000
    assert sum(page.lost_characters + page.repeated_characters for page in parsed.pages) == 0


def test_headers_that_differ_a_little_are_one_tables() -> None:
    spellings = ("新（令和6年度）", "新(令和６年度)", "新 （令和6年度）", "新（令和６年度）案")
    pages = []
    for number in range(1, 9):
        header = [["分野"], [spellings[number % 4]], ["旧（令和5年度）"]]
        body = [["1. 基盤的保険者機能関係"], [f"・新の{number}を行う"], [f"・旧の{number}を行う"]]
        title = [set_line("令和6年度 佐賀支部事業計画（新旧対照表）", 120, 40, size=14)] if number == 1 else []
        pages.append(set_page(number, [set_table([header, body], edges=(40, 130, 320, 510), top=90)], title))
    parsed = parse_layouts(pages, name="x.pdf")
    assert [(p.edition, p.page) for p in parsed.paragraphs] == [
        (edition, number) for number in range(1, 9) for edition in ("new", "old")
    ]
    assert {p.section for p in parsed.paragraphs} == {"1. 基盤的保険者機能関係"}
