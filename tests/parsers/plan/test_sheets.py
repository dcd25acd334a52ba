"""A wide sheet printed in slices on pages of their own is read as the one table it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from parsers.model.document import ParsedDocument
from parsers.model.layout import PageLayout
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_line, set_page, set_table

TITLE = "令和6年度 三重支部事業計画"


def sliced(number: int, rows: Sequence[Sequence[str]], *, left: float = 40.0, width: float = 240.0) -> PageLayout:
    """A page with one table of equally wide columns."""
    edges = [left + width * at for at in range(len(rows[0]) + 1)]
    return set_page(number, [set_table([[[text] for text in row] for row in rows], edges=edges)])


def parse(*pages: PageLayout) -> ParsedDocument:
    first = replace(pages[0], loose_lines=(set_line(TITLE, 60, 40, size=14),))
    return parse_layouts((replace(first, glyph_count=first.glyph_count + 13), *pages[1:]), name="24.pdf")


@pytest.mark.parametrize("left", [40.0, 25.0])
def test_columns_of_editions_on_pages_of_their_own_are_a_comparison(left: float) -> None:
    parsed = parse(
        sliced(1, [["分野"], ["1. 基盤的"], ["2. 戦略的"]], left=left, width=100),
        sliced(2, [["新（令和6年度）"], ["・甲を行う"], ["・乙を行う"]], left=left),
        sliced(3, [["旧（令和5年度）"], ["・丙を行う"], ["・丁を行う"]], left=left),
    )
    assert parsed.identity.kind == "comparison"
    assert [(p.edition, p.section, p.page, p.row, p.text.text) for p in parsed.paragraphs] == [
        ("new", "1. 基盤的", 2, 0, "・甲を行う"),
        ("old", "1. 基盤的", 3, 0, "・丙を行う"),
        ("new", "2. 戦略的", 2, 1, "・乙を行う"),
        ("old", "2. 戦略的", 3, 1, "・丁を行う"),
    ]
    assert {round(cell.box.x0) for cell in parsed.cells} == {round(left)}
    assert all(page.lost_characters == page.repeated_characters == 0 for page in parsed.pages)


def test_a_table_of_figures_printed_down_then_over() -> None:
    parsed = parse(
        sliced(1, [["区分", "指標"], ["健診", "実施率"]], width=120),
        sliced(2, [["指導", "提出率"], ["広報", "理解率"]], width=120),
        sliced(3, [["令和5年度実績", "令和6年度目標"], ["57.1%", "58.5%"]], width=120),
        sliced(4, [["24.0%", "25.0%"], ["60.0%", "61.0%"]], width=120),
    )
    placed = [
        (p.place.row, p.place.column_role, p.page, p.text.text)
        for p in parsed.paragraphs
        if p.place is not None and p.place.column_role in ("indicator", "actual", "target")
    ]
    assert placed == [
        (0, "indicator", 1, "実施率"),
        (0, "actual", 3, "57.1%"),
        (0, "target", 3, "58.5%"),
        (1, "indicator", 2, "提出率"),
        (1, "actual", 4, "24.0%"),
        (1, "target", 4, "25.0%"),
        (2, "indicator", 2, "理解率"),
        (2, "actual", 4, "60.0%"),
        (2, "target", 4, "61.0%"),
    ]


def test_a_title_that_runs_over_the_cut_is_one() -> None:
    first = sliced(1, [["分野"], ["1. 基盤的"], ["2. 戦略的"]], width=100)
    halves = set_line("令和6年度 三重", 40 + 100 - 70, 40), set_line("支部事業計画", 40, 40)
    second = sliced(2, [["新（令和6年度）", "旧（令和5年度）"], ["・甲", "・乙"], ["・丙", "・丁"]])
    pages = [
        replace(page, loose_lines=(half,), glyph_count=page.glyph_count + len(half.text.text.replace(" ", "")))
        for page, half in zip((first, second), halves, strict=True)
    ]
    parsed = parse_layouts(pages, name="plan.pdf")
    assert parsed.identity.title == "令和6年度 三重支部事業計画"
    assert parsed.identity.branch_name == "三重"
    assert [(item.page, item.text) for item in parsed.furniture] == [(1, "令和6年度 三重"), (2, "支部事業計画")]
    assert all(page.lost_characters == page.repeated_characters == 0 for page in parsed.pages)


@pytest.mark.parametrize(
    "header",
    [["新（令和6年度）", "旧（令和5年度）"], ["指標", "令和6年度目標"], ["取組", "担当"]],
)
def test_tables_that_are_whole_stay_on_their_pages_though_they_are_drawn_alike(header: list[str]) -> None:
    parsed = parse(sliced(1, [header, ["甲", "乙"], ["丙", "丁"]]), sliced(2, [header, ["戊", "己"], ["庚", "辛"]]))
    assert {cell.cell_id[:4] for cell in parsed.cells if cell.page == 2} == {"c002"}
    assert [cell.column for cell in parsed.cells] == [0, 1] * 6
