"""Editions on pages of their own, and text of a comparison that stands outside its columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalizers.text.fiscal_years import read_fiscal_year
from parsers.model.document import ParsedDocument
from parsers.model.layout import PageLayout
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_line, set_page, set_table

PLAN = ("１．広報", "・案内を送る。", "・研修を行う。")
EARLIER = ("１．広報", "・案内を送る。", "・研修を年に二回行う。")


def prose(number: int, title: str, lines: tuple[str, ...], *, stamp: str = "") -> PageLayout:
    head = [set_line(title, 150, 60, size=14)] if title else []
    marks = [set_line(stamp, 500, 30)] if stamp else []
    return set_page(number, lines=[*marks, *head, *(set_line(text, 60, 200 + 20 * n) for n, text in enumerate(lines))])


def editions(parsed: ParsedDocument) -> list[tuple[str, str | None, str]]:
    return [(p.edition, p.column_title, p.text.text) for p in parsed.paragraphs]


@pytest.mark.parametrize("marks", [("新", "旧"), ("【改正後】", "【改正前】"), ("（変更後）", "（変更前）")])
def test_stamps_on_facing_pages_tell_their_editions(marks: tuple[str, str]) -> None:
    title = "令和6年度 岩手支部事業計画"
    parsed = parse_layouts(
        [prose(1, title, PLAN, stamp=marks[0]), prose(2, "", EARLIER, stamp=marks[1])], name="plan.pdf"
    )
    assert parsed.identity.kind == "comparison"
    assert [edition for edition, _, _ in editions(parsed)] == ["new"] * 3 + ["old"] * 3
    assert {piece.text for piece in parsed.furniture} == {title, *marks}


@pytest.mark.parametrize(
    "titles",
    [
        ("令和6年度 岩手支部事業計画", "令和5年度 岩手支部事業計画"),
        ("2025年度岩手支部事業計画（案）", "2024年度岩手支部事業計画（案）"),
        ("令和6年度 岩手支部事業計画（案）", "令和5年度岩手支部事業計画"),
        ("岩手支部事業計画（新）", "岩手支部事業計画（旧）"),
        ("岩手支部事業計画（新・令和6年度）", "岩手支部事業計画（旧・令和5年度）"),
        ("【改正後】令和6年度岩手支部事業計画", "【現行】令和5年度岩手支部事業計画"),
        ("変更後の岩手支部事業計画", "変更前の岩手支部事業計画"),
    ],
)
def test_whole_plans_one_after_the_other_are_told_by_their_titles(titles: tuple[str, str]) -> None:
    pages = [prose(1, titles[0], PLAN), prose(2, "", PLAN), prose(3, titles[1], EARLIER)]
    parsed = parse_layouts(pages, name="03_令和6年度.pdf")
    assert parsed.identity.kind == "comparison"
    assert {(edition, title) for edition, title, _ in editions(parsed)} == {("new", titles[0]), ("old", titles[1])}
    assert {p.edition for p in parsed.paragraphs if p.page == 2} == {"new"}


@pytest.mark.parametrize("titles", [("令和6年度", "令和5年度"), ("2025年度", "2024年度")])
def test_the_new_plan_gives_the_year_where_the_old_one_stands_first(titles: tuple[str, str]) -> None:
    pages = [prose(1, f"{titles[1]} 岩手支部事業計画", EARLIER), prose(2, f"{titles[0]} 岩手支部事業計画", PLAN)]
    parsed = parse_layouts(pages, name="03.pdf")
    assert parsed.identity.fiscal_year == read_fiscal_year(titles[0])
    assert parsed.identity.title == f"{titles[0]} 岩手支部事業計画"


@pytest.mark.parametrize("heading", ["○健診の推進", "（1）健診の推進", "1. 基盤的保険者機能関係"])
def test_a_heading_at_the_head_of_facing_pages_is_no_running_title(heading: str) -> None:
    pages = [
        set_page(
            number,
            lines=[
                set_line(f"岩手支部事業計画（{mark}）", 150, 40, size=14),
                set_line(heading, 60, 75),
                *(set_line(text, 60, 100 + 20 * n) for n, text in enumerate(lines)),
            ],
        )
        for number, mark, lines in ((1, "新", PLAN), (2, "旧", EARLIER))
    ]
    parsed = parse_layouts(pages, name="03_令和6年度.pdf")
    assert [(edition, text) for edition, _, text in editions(parsed) if text == heading] == [
        ("new", heading),
        ("old", heading),
    ]


@pytest.mark.parametrize("marks", [("新", "旧"), ("改正後", "改正前")])
def test_a_stamp_in_a_frame_is_no_content(marks: tuple[str, str]) -> None:
    pages = [
        replace(prose(number, title, lines), tables=(set_table([[[mark]]], edges=(480, 540), top=25),))
        for number, title, mark, lines in ((1, "岩手支部事業計画", marks[0], PLAN), (2, "", marks[1], EARLIER))
    ]
    parsed = parse_layouts(pages, name="03_令和6年度.pdf")
    assert [(edition, title) for edition, title, _ in editions(parsed)] == [("new", marks[0])] * 3 + [
        ("old", marks[1])
    ] * 3


@pytest.mark.parametrize("stamp", ["新", "現行"])
def test_one_edition_alone_makes_no_comparison(stamp: str) -> None:
    parsed = parse_layouts([prose(1, "令和6年度 岩手支部事業計画", PLAN, stamp=stamp)], name="plan.pdf")
    assert parsed.identity.kind == "plan"
    assert {edition for edition, _, _ in editions(parsed)} == {"single"}


@pytest.mark.parametrize("header", [("新(令和6年度)", "旧(令和5年度)"), ("改正後", "改正前")])
def test_prose_around_a_comparison_belongs_to_no_edition_and_its_heading_names_the_tables_field(
    header: tuple[str, str],
) -> None:
    table = set_table([[[header[0]], [header[1]]], [["・甲を行う"], ["・乙を行う"]]], edges=(60, 280, 500), top=160)
    lines = [
        set_line("令和6年度 岩手支部事業計画（新旧対照表）", 120, 40, size=14),
        set_line("変更の考え方を次に示す。", 60, 90),
        set_line("２．戦略的保険者機能関係", 60, 120),
        set_line("以上のとおり改める。", 60, 300),
    ]
    parsed = parse_layouts([set_page(1, [table], lines)], name="plan.pdf")
    assert [(p.edition, p.section, p.text.text) for p in parsed.paragraphs] == [
        ("single", None, "変更の考え方を次に示す。"),
        ("single", "２．戦略的保険者機能関係", "２．戦略的保険者機能関係"),
        ("new", "２．戦略的保険者機能関係", "・甲を行う"),
        ("old", "２．戦略的保険者機能関係", "・乙を行う"),
        ("single", "２．戦略的保険者機能関係", "以上のとおり改める。"),
    ]


@pytest.mark.parametrize(
    "legend", [["凡例", "変更した箇所に下線を引いた。"], ["この表の見方", "右に前の年の計画を示す。"]]
)
def test_a_box_of_text_beside_a_comparison_is_in_no_edition(legend: list[str]) -> None:
    table = set_table([[["新"], ["旧"]], [["・甲を行う"], ["・乙を行う"]]], edges=(60, 280, 500), top=160)
    box = set_table([[legend]], edges=(60, 400), top=300, index=1)
    title = set_line("令和6年度 岩手支部事業計画（新旧対照表）", 120, 40, size=14)
    parsed = parse_layouts([set_page(1, [table, box], [title])], name="plan.pdf")
    boxed = [p.edition for p in parsed.paragraphs if p.box.top > 300]
    assert set(boxed) == {"single"}
    assert [p.edition for p in parsed.paragraphs if p.box.top < 300] == ["new", "old"]


def one_column(number: int, header: str, rows: list[list[str]], *, title: str = "") -> PageLayout:
    table = set_table([[[header]], *([row] for row in rows)], edges=(60, 500), top=120)
    return set_page(number, [table], [set_line(title, 120, 40, size=14)] if title else [])


@pytest.mark.parametrize(
    "headers",
    [("新（令和6年度）", "旧（令和5年度）"), ("改正後", "改正前"), ("令和6年度計画", "令和5年度計画")],
)
def test_tables_of_one_edition_each_are_told_by_the_one_header_over_them(headers: tuple[str, str]) -> None:
    parsed = parse_layouts(
        [
            one_column(1, headers[0], [["○健診", "・案内"], ["○広報"]], title="令和6年度 岩手支部事業計画"),
            one_column(2, headers[1], [["○健診"], ["○広報", "・紙面"]]),
        ],
        name="plan.pdf",
    )
    assert parsed.identity.kind == "comparison"
    assert [cell.text.text for cell in parsed.cells if cell.role == "header"] == list(headers)
    assert [(edition, title) for edition, title, _ in editions(parsed)] == [
        *[("new", headers[0])] * 3,
        *[("old", headers[1])] * 3,
    ]


@pytest.mark.parametrize(
    "headers",
    [("新（令和6年度）", "旧（令和5年度）"), ("改正案", "現行"), ("令和6年度計画", "令和5年度計画")],
)
@pytest.mark.parametrize("beside", ["分野", "番号"])
def test_tables_of_one_edition_each_may_have_columns_beside_the_text(headers: tuple[str, str], beside: str) -> None:
    pages = [
        set_page(
            number,
            [set_table([[[beside], [header]], [["1"], ["・甲を行う"]], [["2"], lines]], edges=(60, 140, 500), top=120)],
            [set_line("岩手支部事業計画 新旧対照表", 120, 40, size=14)],
        )
        for number, header, lines in ((1, headers[0], ["・乙を行う"]), (2, headers[1], ["・丙を行う"]))
    ]
    parsed = parse_layouts(pages, name="03_令和6年度.pdf")
    assert parsed.identity.kind == "comparison"
    spoken = [(edition, title, text) for edition, title, text in editions(parsed) if text.startswith("・")]
    assert spoken == [
        ("new", headers[0], "・甲を行う"),
        ("new", headers[0], "・乙を行う"),
        ("old", headers[1], "・甲を行う"),
        ("old", headers[1], "・丙を行う"),
    ]


@pytest.mark.parametrize(
    "headers",
    [
        ("新", "旧", "見直しの観点"),
        ("変更後", "変更前", "変更理由"),
        ("改正案", "現行", "趣旨"),
        ("訂正後", "訂正前", "該当箇所"),
    ],
)
@pytest.mark.parametrize("first", [False, True])
def test_what_stands_beside_both_editions_is_in_neither(headers: tuple[str, str, str], first: bool) -> None:
    rows = [[[header] for header in headers], [["・甲を行う"], ["・乙を行う"], ["国の方針が変わったため改める。"]]]
    if first:
        rows = [[row[2], row[0], row[1]] for row in rows]
    table = set_table(rows, edges=(40, 210, 380, 550), top=120)
    title = set_line("令和6年度 岩手支部事業計画", 120, 40, size=14)
    parsed = parse_layouts([set_page(1, [table], [title])], name="plan.pdf")
    assert {(edition, text) for edition, _, text in editions(parsed)} == {
        ("new", "・甲を行う"),
        ("old", "・乙を行う"),
        ("single", "国の方針が変わったため改める。"),
    }
