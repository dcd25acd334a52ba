"""Rows that a page's end may have cut: which is the rest of which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.model.document import ParsedDocument
from parsers.model.layout import PageLayout
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_line, set_page, set_table

TITLE = "令和6年度 熊本支部事業計画"


def parsed(*pages: PageLayout) -> ParsedDocument:
    return parse_layouts(pages, name="plan.pdf")


@pytest.mark.parametrize(
    ("cut", "rest", "whole"),
    [
        ("組織・", "運営体制の整備", "組織・運営体制の整備"),
        ("組織及び運営の", "基盤強化", "組織及び運営の基盤強化"),
        ("医療費適正化", "広報", None),
    ],
)
def test_the_rest_of_a_cut_name_stands_alone_in_its_row(cut: str, rest: str, whole: str | None) -> None:
    """The page's end cuts the narrow cell beside a row that is whole: a name that did not break off is another."""
    edges, header = (40.0, 120.0, 240.0, 400.0, 460.0, 520.0), [["分野"], ["取組内容"], ["指標"], ["現状"], ["目標"]]
    first = [header, [[cut], ["・周知する。"], ["健診実施率"], ["60.0"], ["61.0"]]]
    document = parsed(
        set_page(
            1,
            [set_table(first, edges=edges)],
            [set_line(TITLE, 150, 30, size=14)],
        ),
        set_page(2, [set_table([header, [[rest], [""], [""], [""], [""]]], edges=edges, top=40.0)]),
    )
    targets = [p for p in document.paragraphs if p.place and p.place.column_role == "target"]
    assert {p.section for p in targets} == {whole or cut}


@pytest.mark.parametrize(("first", "second"), [("―", "25％以下"), ("58.9%以上", "21.5%以上")])
def test_a_cell_beside_several_rows_that_the_page_cuts_joins_none_of_them(first: str, second: str) -> None:
    edges = (40.0, 160.0, 320.0, 420.0, 520.0)
    titles = [["重点事項"], ["指標"], ["担当グループ"], ["令和6年度目標"]]
    foot = set_table([titles, [["経費の節減"], ["消耗品費の削減率"], ["企画総務"], [first]]], edges=edges)
    cells = tuple(replace(cell, open_bottom=cell.row == 1 and cell.column == 0) for cell in foot.cells)
    head = set_table([titles, [[""], ["一者応札案件の割合"], ["企画総務"], [second]]], edges=edges)
    title = set_line(TITLE, 150, 40, size=14)
    document = parsed(set_page(1, [replace(foot, cells=cells)], [title]), set_page(2, [head]))
    said = [paragraph.text.text for paragraph in document.paragraphs]
    assert [text for text in said if text in (first, second)] == [first, second]
    assert {"消耗品費の削減率", "一者応札案件の割合"} <= set(said)


@pytest.mark.parametrize(
    ("titles", "names", "figures"),
    [
        (("施策", "取組", "評価指標"), ("健診の推進", "保健指導の推進"), ("目標値：58.1％以上", "目標値：25.5％以上")),
        (("事業名", "実施内容", "目標"), ("１　広報", "２　審査"), ("・登録者数 300人", "・査定率 0.4％")),
    ],
)
def test_a_row_without_the_name_that_every_row_has_is_the_rest_of_the_one_before(
    titles: tuple[str, str, str], names: tuple[str, str], figures: tuple[str, str]
) -> None:
    edges = (40.0, 120.0, 320.0, 520.0)
    header = [[title] for title in titles]
    rows = [header, *([[name], ["案内を送る。"], [figure]] for name, figure in zip(names, figures, strict=True))]
    more = [[[""], [""], ["・参加者数 120人"]], [["健康経営"], ["訪問する。"], ["・宣言事業所数 900社"]]]
    title = set_line(TITLE, 150, 40, size=14)
    document = parsed(set_page(1, [set_table(rows, edges=edges)], [title]), set_page(2, [set_table(more, edges=edges)]))
    placed = {paragraph.text.text: paragraph.row for paragraph in document.paragraphs}
    assert placed["・参加者数 120人"] == placed[names[1]]
    assert placed["・宣言事業所数 900社"] > placed[names[1]]


def test_a_row_without_a_name_begins_anew_where_other_rows_have_none_either() -> None:
    edges = (40.0, 120.0, 320.0, 520.0)
    rows = [[["施策"], ["取組"], ["目標"]], [["広報"], ["案内を送る。"], ["・登録者数 300人"]]]
    rows += [[[""], [""], ["・訪問 40社"]]]
    title = set_line(TITLE, 150, 40, size=14)
    more = set_table([[[""], [""], ["・参加者数 120人"]]], edges=edges)
    document = parsed(set_page(1, [set_table(rows, edges=edges)], [title]), set_page(2, [more]))
    placed = {paragraph.text.text: paragraph.row for paragraph in document.paragraphs}
    assert placed["・参加者数 120人"] > placed["・訪問 40社"]
