"""Pages of Word, Excel and other programs, where they lie beside the checkout: read exactly, nothing lost."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

from parsers.layout.page_layout import layout_lines, layout_page
from parsers.model.layout import PageLayout
from parsers.parse import parse_document
from parsers.pdf.page_reader import read_pages
from tests.parsers.sheets import cell_text, underlined


def _layouts(path: Path) -> list[PageLayout]:
    return [layout_page(page) for page in read_pages(path.read_bytes(), name=path.name)]


def _shown(layout: PageLayout) -> Counter[str]:
    return Counter(glyph.text for line in layout_lines(layout) for glyph in line.glyphs if not glyph.text.isspace())


def test_every_glyph_of_every_page_is_in_one_line(shared: Path) -> None:
    for path in sorted([*(shared / "plans").glob("*.pdf"), *(shared / "real").glob("*.pdf")]):
        for page in read_pages(path.read_bytes(), name=path.name):
            expected = Counter(char for glyph in page.glyphs for char in glyph.text if not char.isspace())
            assert _shown(layout_page(page)) == expected, (path.name, page.number)


def test_changed_amounts_are_underlined_and_nothing_else(shared: Path) -> None:
    table = _layouts(shared / "real" / "mhlw_kokuji78_shokuji.pdf")[1].tables[0]
    marked = [[text for line in cell.lines for text in underlined(line)] for cell in table.cells]
    amounts = ["730円", "665円", "596円", "550円", "644円", "590円", "458円", "510円", "458円"]
    before = ["690円", "625円", "556円", "510円", "604円", "550円", "398円", "470円", "398円"]
    assert marked == [[], [], amounts, before]


def test_vertical_pages_are_read_column_by_column(shared: Path) -> None:
    lines = [line.text.text for line in _layouts(shared / "real" / "mhlw_kokuji78_shokuji.pdf")[0].loose_lines]
    assert lines[1] == "○厚生労働省告示第七十六号"
    assert lines[2].startswith("健康保険法（大正十一年法律第七十号）第八十五条第二項")


def test_dotted_rules_underline_nothing(shared: Path) -> None:
    assert not any(layout.underlines for layout in _layouts(shared / "real" / "mhlw_kino_kubun_code.pdf"))


def test_a_table_in_a_cell_leaves_the_outer_rows_whole(shared: Path) -> None:
    table, *nested = _layouts(shared / "real" / "mhlw_kaigo_seigo.pdf")[13].tables
    assert nested
    assert all(
        any(
            cell.box.contains((one.box.x0 + one.box.x1) / 2, (one.box.top + one.box.bottom) / 2) for cell in table.cells
        )
        for one in nested
    )
    assert {(cell.row_span, cell.column_span) for cell in table.cells} == {(1, 1)}
    assert len(table.cells) == 4 * 5


@pytest.mark.parametrize("name", ["mhlw_betten2_list.pdf", "mhlw_kaigo_seigo.pdf"])
def test_both_readers_see_the_same_characters_in_each_cell(shared: Path, name: str) -> None:
    data = (shared / "real" / name).read_bytes()
    with pdfplumber.open(io.BytesIO(data), pages=[2, 6]) as pdf:
        for second in pdf.pages:
            layout = _layouts(shared / "real" / name)[second.page_number - 1]
            for cell in (cell for table in layout.tables for cell in table.cells):
                theirs = Counter(
                    char["text"]
                    for char in second.chars
                    if cell.box.contains((char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2)
                )
                ours = Counter(cell_text(cell).replace("／", ""))
                for counts in (theirs, ours):
                    for blank in (" ", "\u3000", "／"):
                        counts.pop(blank, None)
                assert ours == theirs, cell_text(cell)


def _paragraphs(path: Path, edition: str) -> list[str]:
    parsed = parse_document(path.read_bytes(), path.name)
    return [paragraph.text.text for paragraph in parsed.paragraphs if paragraph.edition == edition]


def test_a_schedule_of_fees_keeps_each_item_in_its_line(shared: Path) -> None:
    new = ["".join(text.split()) for text in _paragraphs(shared / "real" / "mhlw_kokuji78_shokuji.pdf", "new")]
    assert new[2:8] == [
        "第一食事療養",
        "１入院時食事療養(Ⅰ)（１食につき）",
        "⑴⑵以外の食事療養を行う場合730円",
        "⑵流動食のみを提供する場合665円",
        "注（略）",
        "２入院時食事療養(Ⅱ)（１食につき）",
    ]


def test_rows_of_corrections_run_over_pages(shared: Path) -> None:
    old = _paragraphs(shared / "real" / "mhlw_kaigo_seigo.pdf", "old")
    (row,) = [text for text in old if text.startswith("⑥ 「当該利用者の")]
    assert "指定介護予防通所リハビリテーション" in row
    assert row.endswith("。")
