"""Rows, cells and paragraphs over pages: from page layouts to the parsed document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from parsers.model.document import ParsedDocument
from parsers.model.geometry import Box
from parsers.model.layout import Line, PageLayout, Table
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_cell, set_line, set_page, set_table

EDGES = (40.0, 100.0, 310.0, 520.0)
HEADER = [["分野"], ["新(令和6年度)"], ["旧(令和5年度)"]]
TITLE = "令和6年度 熊本支部事業計画(新旧対照表)案"


def parse(*pages: PageLayout) -> ParsedDocument:
    return parse_layouts(pages, name="plan.pdf")


def compared(rows: Sequence[Sequence[Sequence[str]]], number: int = 1, *, header: bool = True) -> PageLayout:
    lines: list[Line] = [set_line(TITLE, 150, 40, size=14)] if number == 1 else []
    body = [HEADER, *rows] if header else list(rows)
    return set_page(number, [set_table(body, edges=EDGES)], lines)


def texts(parsed: ParsedDocument, edition: str) -> list[str]:
    return [paragraph.text.text for paragraph in parsed.paragraphs if paragraph.edition == edition]


def test_editions_sections_and_rows() -> None:
    parsed = parse(
        compared([[["1. 基盤的"], ["・甲を行う"], ["・乙を行う"]], [["2. 戦略的"], ["・丙を行う"], ["・丁を行う"]]])
    )
    assert texts(parsed, "new") == ["・甲を行う", "・丙を行う"]
    assert [(p.section, p.row, p.column_title) for p in parsed.paragraphs if p.edition == "old"] == [
        ("1. 基盤的", 0, "旧(令和5年度)"),
        ("2. 戦略的", 1, "旧(令和5年度)"),
    ]
    assert parsed.findings == ()


def test_a_paragraph_over_a_page_is_one_in_each_column() -> None:
    left = ["・支部の取組について関係団体と連携し、加", "入者の健康づくりを進めるための協議を行う"]
    right = ["・関係団体と連携して加入者の健康づくりを", "行う"]
    parsed = parse(
        compared([[["1. 基盤的"], ["・先の項目を行う", left[0]], ["・先の項目を行う", right[0]]]]),
        compared([[[""], [left[1], "・次の項目"], [right[1]]]], 2, header=False),
    )
    assert texts(parsed, "new") == ["・先の項目を行う", "".join(left), "・次の項目"]
    assert texts(parsed, "old") == ["・先の項目を行う", "".join(right)]
    joined = next(p for p in parsed.paragraphs if p.text.text == "".join(left))
    assert [piece.page for piece in joined.pieces] == [1, 2]
    assert len({p.row for p in parsed.paragraphs}) == 1
    assert {p.section for p in parsed.paragraphs} == {"1. 基盤的"}
    follows = {cell.cell_id: cell.continues_cell_id for cell in parsed.cells if cell.page == 2 and cell.role == "new"}
    assert follows == {"c002-0-00-1": "c001-0-01-1"}


def test_a_repeated_header_is_no_content_and_joins_nothing_wrongly() -> None:
    parsed = parse(
        compared([[["1. 基盤的"], ["・甲を行う"], ["・乙を行う"]]]),
        compared([[["1. 基盤的"], ["・丙を行う"], ["・丁を行う"]]], 2),
    )
    assert texts(parsed, "new") == ["・甲を行う", "・丙を行う"]
    assert [p.row for p in parsed.paragraphs if p.edition == "new"] == [0, 1]


def test_header_found_on_a_later_page_serves_earlier_ones() -> None:
    parsed = parse(
        compared([[["1. 基盤的"], ["・甲を行う"], ["・乙を行う"]]], header=False),
        compared([[["2. 戦略的"], ["・丙を行う"], ["・丁を行う"]]], 2),
    )
    assert texts(parsed, "old") == ["・乙を行う", "・丁を行う"]


def test_floating_mark_parts_from_its_line_and_does_not_break_the_paragraph() -> None:
    parsed = parse(
        compared([[["1. 基盤的"], ["・催告状を送付して返納を求める  移動①", "・次の項目"], ["②から移動", "・乙"]]])
    )
    marks = [p for p in parsed.paragraphs if p.annotation]
    assert [(p.edition, p.text.text) for p in marks] == [("new", "移動①"), ("old", "②から移動")]
    assert [[parsed.paragraphs[index].text.text for index in mark.beside] for mark in marks] == [
        ["・催告状を送付して返納を求める"],
        ["・乙"],
    ]


def test_row_across_the_table_names_the_field() -> None:
    edges = (100.0, 310.0, 520.0)
    table = set_table([[["新"], ["旧"]], [["・甲"], ["・乙"]]], edges=edges)
    cells = list(table.cells)
    wide = cells[2]
    field = set_table([[["2. 戦略的保険者機能関係"]]], edges=(100.0, 520.0), top=table.box.bottom).cells[0]
    last = set_table([[["・丙"], ["・丁"]]], edges=edges, top=field.box.bottom).cells
    moved = [replace(field, row=2, column_span=2), *(replace(cell, row=3) for cell in last)]
    whole = Table(0, Box(100, 80, 520, last[0].box.bottom), (*cells, *moved))
    parsed = parse(set_page(1, [whole], [set_line(TITLE, 150, 40, size=14)]))
    assert wide.row == 1
    assert {p.text.text: p.section for p in parsed.paragraphs} == {
        "・甲": None,
        "・乙": None,
        "・丙": "2. 戦略的保険者機能関係",
        "・丁": "2. 戦略的保険者機能関係",
    }


def test_table_of_indicators_places_every_figure() -> None:
    rows = [
        [["区分"], ["指標"], ["令和5年度実績"], ["令和6年度目標"]],
        [["1. 基盤的保険者機能関係"], ["返納金債権の回収率"], ["60.1%"], ["対前年度以上"]],
        [[""], ["被扶養者資格の提出率"], ["92.7%"], ["93.0%以上"]],
    ]
    table = set_table(rows, edges=(40, 180, 320, 420, 520))
    parsed = parse(set_page(1, [table], [set_line("令和6年度 熊本支部事業計画", 150, 40, size=14)]))
    placed = [
        (p.place.row, p.place.column_role, p.place.fiscal_year, p.text.text) for p in parsed.paragraphs if p.place
    ]
    assert placed == [
        (0, "group", None, "1. 基盤的保険者機能関係"),
        (0, "indicator", None, "返納金債権の回収率"),
        (0, "actual", 2023, "60.1%"),
        (0, "target", 2024, "対前年度以上"),
        (1, "indicator", None, "被扶養者資格の提出率"),
        (1, "actual", 2023, "92.7%"),
        (1, "target", 2024, "93.0%以上"),
    ]
    assert {p.section for p in parsed.paragraphs} == {"1. 基盤的保険者機能関係"}


def test_remarks_alike_on_both_sides_of_a_page_break_join_no_rows() -> None:
    edges = (40.0, 240.0, 440.0, 483.0)
    header = [["旧"], ["新"], ["変更理由"]]
    one = set_table([header, [["・甲を行う。"], ["・乙を行う。"], ["文言修正"]]], edges=edges)
    two = set_table([[["・丙を行う。"], ["・丁を行う。"], ["文言修正"]]], edges=edges)
    parsed = parse(set_page(1, [one], [set_line(TITLE, 150, 40, size=14)]), set_page(2, [two]))
    assert [(p.row, p.text.text) for p in parsed.paragraphs if p.place] == [(0, "文言修正"), (1, "文言修正")]


@pytest.mark.parametrize("header", [("事業名", "事業概要"), ("取組項目", "取組内容")])
def test_the_next_measures_row_is_no_rest_of_the_last_indicators_row_before(header: tuple[str, str]) -> None:
    edges = (40.0, 120.0, 320.0, 440.0, 520.0)
    titles = [[header[0]], [header[1]], ["指標"], ["目標値"]]
    page_foot = set_table([titles, [["2. 健診の推進"], ["・案内を送る。"], ["健診実施率"], ["58.9%以上"]]], edges=edges)
    # The name and what is to be done stand beside two rows, of which the second begins with no text of its own.
    tall = [
        replace(cell, row_span=2, box=cell.box._replace(bottom=cell.box.bottom + 21))
        if cell.row == 1 and cell.column < 2
        else cell
        for cell in page_foot.cells
    ]
    y = page_foot.box.bottom
    more = [
        set_cell(2, 2, (edges[2], y, edges[3], y + 21), ["被扶養者の健診実施率"]),
        set_cell(2, 3, (edges[3], y, edges[4], y + 21), ["28.1%以上"]),
    ]
    box = page_foot.box._replace(bottom=y + 21)
    page_head = set_table(
        [titles, [["3. 保健指導の推進"], ["・面談を行う。"], ["保健指導の実施率"], ["26.0%以上"]]], edges=edges
    )
    title = set_line("令和6年度 熊本支部事業計画", 150, 40, size=14)
    parsed = parse(set_page(1, [replace(page_foot, box=box, cells=(*tall, *more))], [title]), set_page(2, [page_head]))
    said = [paragraph.text.text for paragraph in parsed.paragraphs]
    assert "被扶養者の健診実施率" in said
    assert "28.1%以上" in said
    assert "3. 保健指導の推進" in said


def test_figure_across_years_counts_for_the_latest() -> None:
    cells = (
        set_cell(0, 0, (40, 80, 200, 100), ["指標"]),
        set_cell(0, 1, (200, 80, 350, 100), ["令和5年度目標"]),
        set_cell(0, 2, (350, 80, 500, 100), ["令和6年度目標"]),
        set_cell(1, 0, (40, 100, 200, 120), ["回収率"]),
        set_cell(1, 1, (200, 100, 500, 120), ["対前年度以上"], column_span=2),
    )
    table = Table(0, Box(40, 80, 500, 120), cells)
    parsed = parse(set_page(1, [table], [set_line("令和6年度 熊本支部事業計画", 150, 40, size=14)]))
    assert [(p.place.fiscal_year, p.text.text) for p in parsed.paragraphs if p.place and p.place.fiscal_year] == [
        (2024, "対前年度以上")
    ]


def test_reference_part_by_its_stamp() -> None:
    reference = set_table(
        [[["アクションプラン(第6期)"], ["令和6年度事業計画(案)"]], [["・本部の取組"], ["・本部の今年の取組"]]],
        edges=(40.0, 280.0, 520.0),
    )
    parsed = parse(
        compared([[["1. 基盤的"], ["・甲"], ["・乙"]]]),
        set_page(2, [reference], [set_line("参考", 500, 40), set_line("事業計画(案)", 200, 40)]),
    )
    assert texts(parsed, "reference") == ["・本部の取組", "・本部の今年の取組"]
    assert [p.part for p in parsed.paragraphs] == [0, 0, 1, 1]
    assert [(item.text, item.reason) for item in parsed.furniture if item.page == 2] == [
        ("参考", "stamp"),
        ("事業計画(案)", "title"),
    ]


def test_prose_headings_name_sections_on_pages_without_a_table() -> None:
    lines = [
        set_line("令和6年度 熊本支部事業計画", 150, 40, size=18),
        set_line("1. 基盤的保険者機能関係", 60, 80, size=14, bold=True),
        set_line("○サービス水準の向上", 60, 110),
        set_line("申請から支払までの期間を標準の十日以内とし、加入者の生活を支える給付", 70, 125),
        set_line("を速やかに行う。", 60, 140),
        set_line("2. 戦略的保険者機能関係", 60, 170, size=14, bold=True),
        set_line("・健診の案内を送る。", 60, 190),
    ]
    parsed = parse(set_page(1, lines=lines))
    assert [(p.section, p.heading_level, p.text.text) for p in parsed.paragraphs] == [
        ("1. 基盤的保険者機能関係", 1, "1. 基盤的保険者機能関係"),
        ("1. 基盤的保険者機能関係", None, "○サービス水準の向上"),
        (
            "1. 基盤的保険者機能関係",
            None,
            "申請から支払までの期間を標準の十日以内とし、加入者の生活を支える給付を速やかに行う。",
        ),
        ("2. 戦略的保険者機能関係", 1, "2. 戦略的保険者機能関係"),
        ("2. 戦略的保険者機能関係", None, "・健診の案内を送る。"),
    ]


def test_columns_without_rulings_are_told_by_their_header() -> None:
    def row(top: float, left: str, right: str) -> list[Line]:
        return [line for line in (left and set_line(left, 50, top), right and set_line(right, 150, top)) if line]

    first = [set_line("分野", 60, 80), set_line("具体的施策等", 250, 80)]
    first += row(100, "1. 基盤的", "○サービスの向上") + row(115, "", "・案内を行う") + row(130, "", "・研修を行う")
    second = row(60, "", "・点検を行う") + row(75, "2. 戦略的", "○健診")
    title = set_line("令和6年度 熊本支部事業計画", 150, 40, size=16)
    parsed = parse(set_page(1, lines=[title, *first]), set_page(2, lines=second))
    assert [(p.edition, p.text.text) for p in parsed.paragraphs][:4] == [
        ("single", "○サービスの向上"),
        ("single", "・案内を行う"),
        ("single", "・研修を行う"),
        ("single", "・点検を行う"),
    ]
    assert parsed.paragraphs[0].section == "1. 基盤的"


def test_every_character_is_accounted_for() -> None:
    parsed = parse(
        compared([[["1. 基盤的"], ["・甲を行う  移動①"], ["・乙を行う"]]]),
        set_page(2, lines=[set_line("- 2 -", 280, 810), set_line("※ 注記を添える。", 60, 90)]),
    )
    assert [(page.lost_characters, page.repeated_characters) for page in parsed.pages] == [(0, 0), (0, 0)]


def _hosting(header: Sequence[str], target: str, top: float) -> list[Table]:
    """A comparison's table with a small table of figures in a cell of each edition."""
    body = [["1. 基盤的"], ["○点検の推進", "", "", "", ""], ["○点検の推進", "", "", "", ""]]
    outer = set_table([[["分野"], ["新(令和6年度)"], ["旧(令和5年度)"]], body, HEADER_BELOW], edges=EDGES, top=top)
    inner = []
    for index, x in enumerate((110.0, 320.0), start=1):
        edges = (x, x + 90, x + 140, x + 190)
        rows = [[[text] for text in header], [["査定率"], [target if index == 1 else "0.352%"], ["0.341%"]]]
        inner.append(set_table(rows, edges=edges, top=top + 45, index=index))
    return [outer, *inner]


HEADER_BELOW = [["2. 戦略的"], ["○健診"], ["○健診"]]


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (("指標", "目標", "前年度実績"), ("indicator", "target", "actual")),
        (("評価指標", "目標値", "現状値"), ("indicator", "target", "actual")),
    ],
)
def test_a_table_of_figures_in_a_cell_belongs_to_that_cells_edition_row_and_field(
    header: Sequence[str], roles: Sequence[str]
) -> None:
    title = set_line(TITLE, 150, 40, size=14)
    parsed = parse(set_page(1, _hosting(header, "0.365%", 80.0), [title]))
    figures = [p for p in parsed.paragraphs if p.place is not None]
    assert [
        (p.edition, p.column_title, p.text.text) for p in figures if p.place and p.place.column_role == "target"
    ] == [
        ("new", "新(令和6年度)", "0.365%"),
        ("old", "旧(令和5年度)", "0.352%"),
    ]
    assert [p.place.column_role for p in figures[:3] if p.place] == list(roles)
    heading = next(p for p in parsed.paragraphs if p.text.text == "○点検の推進")
    assert {(p.section, p.row) for p in figures} == {(heading.section, heading.row)}
    assert len({p.place.table for p in figures if p.place}) == 2
    later = [(p.edition, p.section, p.row) for p in parsed.paragraphs if p.text.text == "○健診"]
    assert later == [("new", "2. 戦略的", heading.row + 1), ("old", "2. 戦略的", heading.row + 1)]


def test_a_field_s_name_cut_by_a_page_break_is_one_name_for_all_rows_beside_it() -> None:
    parsed = parse(
        compared([[["２．戦略的保険者機能の一層の"], ["○特定健診", "・周知を図るため、関係団体と連"], ["○特定健診"]]]),
        compared(
            [
                [["発揮"], ["携する。"], ["・周知する。"]],
                [[""], ["○コラボヘルス", "・講座を開く。"], ["（同左）"]],
                [[""], ["○ジェネリック", "・通知する。"], ["（新設）"]],
            ],
            2,
        ),
    )
    assert {paragraph.section for paragraph in parsed.paragraphs} == {"２．戦略的保険者機能の一層の発揮"}


@pytest.mark.parametrize(
    ("caption", "name"),
    [("（令和6年度末の目標）", ("戦略的保険者", "機能関係")), ("（単位：％）", ("組織・運営", "体制関係"))],
)
def test_what_a_caption_says_of_a_table_holds_on_its_next_page(caption: str, name: tuple[str, str]) -> None:
    """And a field's name in a table of figures that the page break cuts is one name."""
    edges, header = (40.0, 120.0, 240.0, 400.0, 460.0, 520.0), [["大項目"], ["取組内容"], ["指標"], ["現状"], ["目標"]]
    first = [header, [[name[0]], ["・周知する。"], ["健診実施率"], ["60.0"], ["61.0"]]]
    second = [header, [[name[1]], ["・訪問する。"], ["健康宣言事業所の割合"], ["50.0"], ["52.0"]]]
    parsed = parse(
        set_page(
            1,
            [set_table(first, edges=edges)],
            [set_line("令和6年度 熊本支部事業計画", 150, 30, size=14), set_line(caption, 400, 62)],
        ),
        set_page(2, [set_table(second, edges=edges, top=40.0)]),
    )
    targets = [p for p in parsed.paragraphs if p.place and p.place.column_role == "target"]
    assert {p.section for p in targets} == {"".join(name)}
    assert len({(p.place.fiscal_year, p.place.unit) for p in targets if p.place}) == 1


def test_a_caption_of_one_table_says_nothing_of_another_with_lines_between() -> None:
    edges, header = (40.0, 240.0, 400.0, 460.0), [["取組内容"], ["指標"], ["目標"]]
    one = [header, [["・周知する。"], ["医療費"], ["61"]]]
    other = [header, [["・訪問する。"], ["宣言事業所"], ["52"]]]
    parsed = parse(
        set_page(
            1,
            [set_table(one, edges=edges)],
            [set_line("令和6年度 熊本支部事業計画", 150, 30, size=14), set_line("（単位：千円）", 400, 62)],
        ),
        set_page(2, [set_table(other, edges=edges)], [set_line("○健康宣言の拡大", 40, 50)]),
    )
    units = [p.place.unit for p in parsed.paragraphs if p.place and p.place.column_role == "target"]
    assert units[0] is not None
    assert units[1] is None


@pytest.mark.parametrize(("first", "second"), [("1. 基盤的", "2. 戦略的"), ("基盤的保険者機能", "組織・運営体制")])
def test_a_field_s_name_on_the_next_page_alone_is_that_of_the_rows_beside_its_blank_half(
    first: str, second: str
) -> None:
    ys = [80.0, 100.0, 130.0, 160.0, 190.0]
    cells = [
        *(set_cell(0, n, (EDGES[n], ys[0], EDGES[n + 1], ys[1]), HEADER[n]) for n in range(3)),
        set_cell(1, 0, (EDGES[0], ys[1], EDGES[1], ys[2]), [first]),
        set_cell(2, 0, (EDGES[0], ys[2], EDGES[1], ys[4]), row_span=2),
    ]
    for row, text in enumerate(("・甲を行う", "・乙を行う", "・丙を行う"), start=1):
        cells += [set_cell(row, n, (EDGES[n], ys[row], EDGES[n + 1], ys[row + 1]), [text]) for n in (1, 2)]
    page = set_page(
        1, [Table(0, Box(EDGES[0], ys[0], EDGES[-1], ys[-1]), tuple(cells))], [set_line(TITLE, 150, 40, size=14)]
    )
    parsed = parse(page, compared([[[second], ["・丁を行う"], ["・丁を行う"]]], 2))
    assert [(p.text.text, p.section) for p in parsed.paragraphs if p.edition == "new"] == [
        ("・甲を行う", first),
        ("・乙を行う", second),
        ("・丙を行う", second),
        ("・丁を行う", second),
    ]
