"""Branch, year, kind and draft, from titles first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalizers.normalize import normalize_document
from normalizers.text.branches import branches
from parsers.model.document import ParsedDocument
from parsers.model.geometry import Box
from parsers.model.layout import Table
from parsers.parse import parse_layouts
from parsers.plan.identity_claims import read_name
from tests.parsers.set_lines import set_cell, set_line, set_page, set_table

BODY = ["○健診の推進", "・生活習慣病予防健診の案内を送る。"]


def parse(title: str, *, name: str = "x.pdf", body: list[str] | None = None) -> ParsedDocument:
    header = [set_line(title, 100, 40, size=16)] if title else []
    table = set_table([[["分野"], ["具体的施策等"]], [["1. 基盤的"], body or BODY]], edges=(40.0, 140.0, 520.0))
    return parse_layouts([set_page(1, [table], header)], name=name)


@pytest.mark.parametrize(
    ("title", "branch", "year", "draft"),
    [
        ("令和6年度 熊本支部事業計画（案）", "43", 2024, True),
        ("令和六年度岡山支部事業計画", "33", 2024, False),
        ("Ｒ６年度　全国健康保険協会　和歌山支部　事業計画", "30", 2024, False),
        ("２０２４年度 北海道支部事業計画 案", "01", 2024, True),
        ("平成３１年度 京都支部事業計画", "26", 2019, False),
        ("令 和 元 年 度 神 奈 川 支 部 事 業 計 画", "14", 2019, False),
        ("協会けんぽ大分支部 令和7年度事業計画【案】", "44", 2025, True),
        ("令和6年度 東京支部事業計画(提案書)", "13", 2024, False),
    ],
)
def test_titles(title: str, branch: str, year: int, draft: bool) -> None:
    identity = parse(title).identity
    assert (identity.branch_code, identity.fiscal_year, identity.is_draft, identity.kind) == (
        branch,
        year,
        draft,
        "plan",
    )


@pytest.mark.parametrize(
    ("running", "line", "draft"),
    [
        (
            "全国健康保険協会　山形支部　平成26年度事業計画及び予算",
            "平成26年度　山形支部　事業計画及び予算（案）",
            True,
        ),
        ("令和5年度 協会けんぽ山形支部 事業計画", "令和5年度 支部事業計画【素案】", True),
        ("令和5年度 協会けんぽ山形支部 事業計画", "令和5年度 支部事業計画", False),
        ("令和5年度 協会けんぽ山形支部 事業計画", "配付文書の改善（案）", False),
    ],
)
def test_a_plan_is_a_draft_where_its_running_title_does_not_say_so(running: str, line: str, draft: bool) -> None:
    table = set_table([[["分野"], ["具体的施策等"]], [["1. 基盤的"], BODY]], edges=(40.0, 140.0, 520.0))
    first = [
        set_line(running, 60, 30, size=8),
        set_line("令和5年1月21日開催 第4回評議会", 350, 60),
        set_line(line, 60, 80),
    ]
    pages = [set_page(1, [table], first), set_page(2, [table], [set_line(running, 60, 30, size=8)])]
    assert parse_layouts(pages, name="x.pdf").identity.is_draft is draft


@pytest.mark.parametrize(
    ("stamp", "draft"), [("案", True), ("（案）", True), ("【素案】", True), ("提案", False), ("資料1", False)]
)
@pytest.mark.parametrize("boxed", [True, False])
def test_a_stamp_beside_the_title_marks_a_draft(stamp: str, draft: bool, boxed: bool) -> None:
    title = set_line("令和5年度 協会けんぽ山形支部 事業計画", 100, 30, size=16)
    table = set_table([[["分野"], ["具体的施策等"]], [["1. 基盤的"], BODY]], edges=(40.0, 140.0, 520.0), index=1)
    if boxed:
        page = set_page(1, [set_table([[[stamp]]], edges=(480.0, 530.0), top=20.0), table], [title])
    else:
        page = set_page(1, [table], [title, set_line(stamp, 490, 25)])
    assert parse_layouts([page], name="x.pdf").identity.is_draft is draft


@pytest.mark.parametrize(
    ("title", "branch", "year"),
    [
        ("令和７年度宮城支部事業計画の一部変更について", "04", 2025),
        ("令和5年度 高知支部事業計画（案）の変更対照表", "39", 2023),
        ("令和３年度千葉支部事業計画から令和４年度千葉支部事業計画（案）への変更点", "12", 2022),
        ("令和5年度計画からの変更点（令和6年度 香川支部事業計画）", "37", 2024),
    ],
)
def test_a_title_in_a_frame_that_its_table_touches_names_the_plan(title: str, branch: str, year: int) -> None:
    edges = (40.0, 120.0, 320.0, 520.0)
    body = set_table(
        [
            [["項目"], ["変更後"], ["変更前"]],
            [["健診"], ["■ KPI：受診率を61.0%以上とする"], ["■ KPI：受診率を60.0%以上とする"]],
        ],
        edges=edges,
        top=130.0,
    )
    frame = set_cell(0, 0, (40.0, 60.0, 520.0, 130.0), [title, "次のとおり変更する。"], column_span=3)
    cells = (frame, *(replace(cell, row=cell.row + 1) for cell in body.cells))
    page = set_page(1, [Table(0, Box(40.0, 60.0, 520.0, body.box.bottom), cells)])
    parsed = parse_layouts([page], name="x.pdf")
    identity = parsed.identity
    assert (identity.branch_code, identity.fiscal_year, identity.kind) == (branch, year, "comparison")
    assert identity.title == title
    records = normalize_document(parsed)
    assert [(t.edition, t.fiscal_year, t.value) for t in records.targets] == [("new", year, 61.0), ("old", year, 60.0)]
    assert [change.kind for change in records.changes] == ["modified"]


def test_place_names_in_the_text_are_no_branch() -> None:
    body = ["・生活習慣病予防健診を広島県及び東京都の機関と進める。"]
    assert parse("令和6年度 岡山支部事業計画", body=body).identity.branch_name == "岡山"


def test_the_file_name_speaks_only_where_the_title_is_silent() -> None:
    parsed = parse("事業計画", name="2024/33_岡山_令和6年度事業計画.pdf")
    assert (parsed.identity.branch_code, parsed.identity.fiscal_year) == ("33", 2024)
    assert not [finding for finding in parsed.findings if finding.check == "identity_conflict"]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("20_長野_R7振返りとR8計画.pdf", 2026),
        ("長野支部_令和8年度計画・令和7年度実績.pdf", 2026),
        ("評議会_令和7年度事業計画の実施状況及び令和8年度事業計画(案)_長野支部.pdf", 2026),
        ("長野_結果(R5)_計画(R6).pdf", 2024),
        ("長野_R7実績評価.pdf", 2025),
        ("長野_R6~R7計画.pdf", 2025),
    ],
)
def test_a_year_whose_results_are_reported_is_not_that_of_the_plan_beside_it(name: str, year: int) -> None:
    assert parse("事業計画", name=name).identity.fiscal_year == year


def test_a_report_in_the_name_of_a_plan_contradicts_nothing() -> None:
    parsed = parse("令和8年度 長野支部事業計画", name="20_長野_R7振返りとR8計画.pdf")
    assert not [finding for finding in parsed.findings if finding.check == "identity_conflict"]
    parsed = parse("令和8年度 長野支部事業計画", name="20_長野_R7計画とR6実績.pdf")
    assert [finding.values["name"] for finding in parsed.findings if finding.check == "identity_conflict"] == [2025]


def test_a_contradicting_file_name_is_a_finding() -> None:
    parsed = parse("令和6年度 熊本支部事業計画", name="44_大分_令和5年度事業計画.pdf")
    assert parsed.identity.branch_code == "43"
    conflicts = [finding for finding in parsed.findings if finding.check == "identity_conflict"]
    assert len(conflicts) == 2
    assert conflicts[0].values == {"title": "熊本", "name": "大分", "file": "44_大分_令和5年度事業計画.pdf"}


@pytest.mark.parametrize(
    ("name", "branch", "year"),
    [
        ("33_R06.pdf", "33", 2024),
        ("okayama_FY24.pdf", "33", 2024),
        ("FY2025-Toukyou-shibu.pdf", "13", 2025),
        ("R6_hyougo.pdf", "28", 2024),
        ("H31(R1)_47_okinawa.pdf", "47", 2019),
        ("plan2024_Oosaka.pdf", "27", 2024),
        ("鳥取_令和7(2025)年度.pdf", "31", 2025),
        ("事業計画-2023-香川.pdf", "37", 2023),
        ("R05_gumma_keikaku.pdf", "10", 2023),
        ("令和６年度事業計画 45.pdf", "45", 2024),
        ("33R06.pdf", "33", 2024),
        ("shibu33_2024.pdf", "33", 2024),
        ("reiwa6_okayama.pdf", "33", 2024),
        ("heisei30-Ehime.pdf", "38", 2018),
        ("富山支部_6年度.pdf", "16", 2024),
        ("28年度 富山支部.pdf", "16", 2016),
    ],
)
def test_file_names_in_many_spellings(name: str, branch: str, year: int) -> None:
    identity = parse("事業計画", name=name).identity
    assert (identity.branch_code, identity.fiscal_year) == (branch, year)
    assert (identity.branch_source, identity.fiscal_year_source) == ("file_name", "file_name")


@pytest.mark.parametrize("name", ["plan.pdf", "20240331.pdf", "新しい計画 (2).pdf", "33_34.pdf", "keikaku_final.pdf"])
def test_what_no_text_tells_is_unknown_and_an_error(name: str) -> None:
    parsed = parse("事業計画", name=name)
    unknown = {finding.variant for finding in parsed.findings if finding.check == "identity_unknown"}
    assert "year" in unknown or parsed.identity.branch_code is None
    assert parsed.identity.fiscal_year is None
    assert parsed.identity.branch_code in (None, "33")


def test_a_date_on_the_cover_is_not_the_plans_year() -> None:
    cover = [set_line("令和6年3月15日", 100, 60), set_line("令和6年度 福井支部事業計画", 100, 100, size=18)]
    body = set_page(2, lines=[set_line(text, 60, 100 + 20 * at) for at, text in enumerate(BODY)])
    identity = parse_layouts([set_page(1, lines=cover), body], name="x.pdf").identity
    assert (identity.branch_name, identity.fiscal_year) == ("福井", 2024)
    assert (identity.branch_source, identity.fiscal_year_source) == ("title", "title")


def test_a_header_of_another_year_than_the_title_is_a_finding() -> None:
    table = set_table(
        [[["新(令和5年度)"], ["旧(令和4年度)"]], [["・甲を行う"], ["・乙を行う"]]], edges=(60, 280, 500), top=160
    )
    title = set_line("令和6年度 福井支部事業計画（新旧対照表）", 120, 40, size=14)
    parsed = parse_layouts([set_page(1, [table], [title])], name="x.pdf")
    assert [f.variant for f in parsed.findings if f.check == "identity_conflict"] == ["titles_year"]


@pytest.mark.parametrize(
    "name",
    [
        "00_本部_令和6年度事業計画.pdf",
        "本部 令和6年度 事業計画.pdf",
        "R6本部事業計画.pdf",
        "協会けんぽ本部計画 2024年度.pdf",
    ],
)
def test_headquarters_by_the_name_of_the_file(name: str) -> None:
    identity = parse("令和6年度 全国健康保険協会 事業計画", name=name).identity
    assert (identity.branch_code, identity.fiscal_year) == ("00", 2024)


@pytest.mark.parametrize("name", ["対策本部計画.pdf", "00_事業計画.pdf", "全支部及び本部計画.pdf"])
def test_other_names_with_a_head_office_in_them_are_not_headquarters(name: str) -> None:
    assert parse("令和6年度 全国健康保険協会 事業計画", name=name).identity.branch_code is None


def test_headquarters_only_where_it_says_so() -> None:
    assert parse("令和6年度 全国健康保険協会（本部）事業計画").identity.branch_code == "00"
    assert parse("令和6年度 全国健康保険協会事業計画").identity.branch_code is None


def test_another_document_is_no_plan() -> None:
    table = set_table([[["品名"], ["数量"]], [["鉛筆"], ["12"]]], edges=(40.0, 140.0, 520.0))
    parsed = parse_layouts([set_page(1, [table], [set_line("備品の一覧", 100, 40)])], name="list.pdf")
    assert parsed.identity.kind == "other"
    assert "not_a_branch_plan" in {finding.check for finding in parsed.findings}


def test_all_branches_in_order() -> None:
    codes = [branch.code for branch in branches()]
    assert codes == [f"{number:02d}" for number in range(48)]
    assert len({branch.name for branch in branches()}) == 48


@pytest.mark.parametrize(
    ("stem", "code"), [("mieru_R6", None), ("mie_R6", "24"), ("narabi", None), ("narashibu2024", "29")]
)
def test_a_short_name_in_latin_letters_counts_as_a_word_only(stem: str, code: str | None) -> None:
    branch = read_name(stem).branch
    assert (branch.code if branch else None) == code


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("全国健康保険協会 富山支部", "furniture"),
        ("協会けんぽ富山支部", "furniture"),
        ("富山支部", "furniture"),
    ],
)
def test_a_footer_tells_who_speaks(text: str, source: str) -> None:
    lines = [set_line("令和6年度 事業計画", 200, 60, size=16)]
    lines += [set_line(f"・健診の案内を送る取組その{at}を行う。", 60, 100 + 14 * at) for at in range(45)]
    foot = set_line(text, 240, 810, size=9)
    identity = parse_layouts([set_page(1, lines=[*lines, foot])], name="x.pdf").identity
    assert (identity.branch_name, identity.branch_source, identity.fiscal_year) == ("富山", source, 2024)


@pytest.mark.parametrize(
    "mention",
    ["石川支部と共同で広報を行う。", "石川支部、福井支部との合同研修を行う。", "石川支部などの好事例を学ぶ。"],
)
def test_another_branch_in_the_text_is_not_the_one_that_speaks(mention: str) -> None:
    lines = [set_line("令和6年度 事業計画", 200, 60, size=16), set_line(mention, 60, 100)]
    lines += [set_line(text, 60, 120 + 20 * at) for at, text in enumerate(BODY)]
    assert parse_layouts([set_page(1, lines=lines)], name="x.pdf").identity.branch_code is None
    foot = set_line("全国健康保険協会 富山支部", 240, 810, size=9)
    assert parse_layouts([set_page(1, lines=[*lines, foot])], name="x.pdf").identity.branch_name == "富山"


@pytest.mark.parametrize(("label", "name"), [("支部名", "富山支部"), ("所属支部", "富山")])
def test_a_forms_field_tells_who_speaks(label: str, name: str) -> None:
    form = set_table([[[label], [name]], [["事業名"], ["生活習慣病予防健診の推進"]]], edges=(40.0, 140.0, 520.0))
    page = set_page(1, [form], [set_line("令和6年度 事業計画", 100, 40, size=16)])
    identity = parse_layouts([page], name="x.pdf").identity
    assert (identity.branch_name, identity.fiscal_year) == ("富山", 2024)
