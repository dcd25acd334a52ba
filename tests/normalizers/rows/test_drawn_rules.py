"""Tables whose rules are drawn in unusual ways, read the whole way."""

from __future__ import annotations

import re

import pymupdf
import pytest

from normalizers.model.records import Records
from tests.normalizers.rows.drawn_tables import TITLE, doubts, draw_plan, figures, read_plan
from tests.parsers.sheets import Sheet

Row = tuple[str, ...]
HEADS: tuple[Row, Row] = (("指標", "令和5年度実績", "令和6年度目標"), ("評価指標", "R5年度末見込", "R6年度KPI"))
BODIES: tuple[tuple[Row, ...], tuple[Row, ...]] = (
    (("郵送化率", "95.2%", "96.5%"), ("特定保健指導実施率", "19.2%", "21.5%"), ("宣言事業所数", "1,780社", "1,850社")),
    (("ジェネリック使用割合", "80.1%", "81.0%"), ("査定率", "0.31%", "0.35%"), ("回収率", "55.1%", "57.5%")),
)
XS = (60.0, 230.0, 360.0)


def plan(size: float, *, width: float = 595.0) -> Sheet:
    return (
        Sheet(width=width)
        .text(180, 50, TITLE, size=14)
        .text(50, 80, "1. 基盤的保険者機能の盤石化", size=11)
        .text(50, 100, "・窓口業務の改善に取り組む。", size=size)
    )


def written(sheet: Sheet, rows: list[Row], top: float, pitch: float, size: float) -> Sheet:
    for number, row in enumerate(rows):
        for x, text in zip(XS, row, strict=True):
            sheet.text(x, top + number * pitch, text, size=size)
    return sheet


def read(sheet: Sheet) -> Records:
    return read_plan(sheet.data())[1]


def values(records: Records) -> list[tuple[str | None, float | None, float | None]]:
    return [(target.indicator, target.value, target.baseline_value) for target in records.targets]


@pytest.mark.parametrize(("head", "body", "size"), [(HEADS[0], BODIES[0], 10.0), (HEADS[1], BODIES[1], 8.5)])
def test_a_header_above_the_first_level_rule_heads_columns(head: Row, body: tuple[Row, ...], size: float) -> None:
    sheet = written(plan(size), [head, *body], 140, 20, size)
    for number in range(4):
        sheet.line(55, 145 + 20 * number, 480, 145 + 20 * number)
    assert [(value, baseline) for _, value, baseline in values(read(sheet))] == [
        (float(row[2].strip("%社").replace(",", "")), float(row[1].strip("%社").replace(",", ""))) for row in body
    ]


@pytest.mark.parametrize(("head", "body", "size"), [(HEADS[0], BODIES[1], 10.0), (HEADS[1], BODIES[0], 9.0)])
def test_rows_without_any_rule_between_text_are_a_table(head: Row, body: tuple[Row, ...], size: float) -> None:
    sheet = plan(size).bar(55, 126, 480, 145, (0.1, 0.25, 0.4))
    for x, text in zip(XS, head, strict=True):
        sheet.text(x, 140, text, size=size, color=(1, 1, 1))
    written(sheet, list(body), 160, 20, size)
    sheet.text(50, 250, "2. 戦略的保険者機能の一層の発揮", size=11)
    sheet.text(50, 270, "・商工会と連携し、健康宣言を勧める。", size=size)
    records = read(sheet)
    assert [name for name, _, _ in values(records)] == [row[0] for row in body]
    assert [target.baseline_value for target in records.targets] == [
        float(row[1].strip("%社").replace(",", "")) for row in body
    ]
    assert records.measures[-1].text == "・商工会と連携し、健康宣言を勧める。"


@pytest.mark.parametrize("ground", [(0.86, 0.88, 0.94), (1.0, 0.95, 0.8)])
@pytest.mark.parametrize("shaded", [(1, 3), (0, 2)])
def test_every_other_row_shaded_cell_by_cell_is_one_table(ground: tuple[float, ...], shaded: tuple[int, ...]) -> None:
    sheet = plan(10)
    for number in shaded:
        for left, right in ((55, 220), (220, 350), (350, 480)):
            sheet.bar(left, 126 + 20 * number, right, 146 + 20 * number, ground)
    written(sheet, [HEADS[0], *BODIES[0]], 140, 20, 10)
    assert values(read(sheet)) == [
        ("郵送化率", 96.5, 95.2),
        ("特定保健指導実施率", 21.5, 19.2),
        ("宣言事業所数", 1850.0, 1780.0),
    ]


@pytest.mark.parametrize(
    ("outer", "inner", "font"),
    [
        (("施策", "内容"), ("指標", "令和5年度", "令和6年度"), "japan"),
        (("取組", "実施内容"), ("KPI", "R5目標", "R6目標"), "japan-s"),
    ],
)
def test_a_table_that_fills_a_cell_from_border_to_border_keeps_its_own_header(
    outer: Row, inner: Row, font: str
) -> None:
    rows = [
        [outer[0], outer[1], "<", "<"],
        ["健診の推進", *inner],
        ["^", "健診実施率", "60.1%", "63.4%"],
        ["^", "特定保健指導実施率", "20.5%", "21.5%"],
        ["広報", "広報紙を年6回発行する。", "<", "<"],
    ]
    parsed, records = read_plan(draw_plan(rows, [90, 180, 90, 90], font=font))
    assert [(edition, year, value) for edition, year, _, _, value, _ in figures(records)] == [
        ("old", 2023, 60.1),
        ("new", 2024, 63.4),
        ("old", 2023, 20.5),
        ("new", 2024, 21.5),
    ]
    assert [cell.text.text for cell in parsed.cells if cell.table_index == 0 and cell.row == 2] == [
        "広報",
        "広報紙を年6回発行する。",
    ]


@pytest.mark.parametrize(("label", "size"), [("重点", 9.0), ("※新規", 7.0)])
def test_a_figure_that_runs_beneath_a_text_box_stays_whole(label: str, size: float) -> None:
    rows = [
        ["指標", "令和5年度実績", "令和6年度目標"],
        ["特定保健指導実施率", "19.2%", "21.5%"],
        ["回収率", "55.1%", "57.5%"],
    ]
    document = pymupdf.open(stream=draw_plan(rows, [180, 120, 120], size=9), filetype="pdf")
    page = document[0]
    spot = page.search_for("19.2")[0]
    page.draw_rect((spot.x0 - 45, spot.y0 - 3, spot.x0 + 11, spot.y1 + 5), color=(0.8, 0, 0), dashes="[2 2]")
    page.insert_text((spot.x0 - 43, spot.y0 + 5), label, fontname="japan", fontsize=size)
    _, records = read_plan(bytes(document.tobytes()))
    assert [(t.value, t.baseline_value) for t in records.targets] == [(21.5, 19.2), (57.5, 55.1)]


@pytest.mark.parametrize(("caption", "x"), [("（単位：千円）", 470), ("【単位 千円】", 455)])
def test_a_unit_at_the_edge_of_the_page_is_that_of_a_narrow_table(caption: str, x: float) -> None:
    rows = [["項目", "令和5年度目標", "令和6年度目標"], ["レセプト点検効果額", "1,200", "1,350"]]
    document = pymupdf.open(stream=draw_plan(rows, [130, 100, 100]), filetype="pdf")
    document[0].insert_text((x, 122), caption, fontname="japan", fontsize=9)
    _, records = read_plan(bytes(document.tobytes()))
    assert [(t.value, t.unit) for t in records.targets] == [(1_200_000.0, "yen"), (1_350_000.0, "yen")]


@pytest.mark.parametrize("caption", ["（単位：社、％）", "単位：社・％"])
def test_several_units_in_a_caption_leave_bare_figures_in_doubt(caption: str) -> None:
    rows = [["項目", "令和6年度目標"], ["レセプト点検効果額", "1,350"], ["郵送化率", "96.5%"]]
    _, records = read_plan(draw_plan(rows, [200, 120], above=["1. 基盤的保険者機能の盤石化", caption]))
    bare, printed = records.targets
    assert "column_unit_open" in doubts(bare)
    assert bare.confidence < 0.8
    assert "column_unit_open" not in doubts(printed)


@pytest.mark.parametrize("caption", ["（単位：千円、％）", "単位：％・千円"])
def test_of_several_units_in_a_caption_the_row_s_own_name_tells_which(caption: str) -> None:
    rows = [["項目", "令和6年度目標"], ["レセプト点検効果額", "1,350"], ["郵送化率", "96.5%"]]
    _, records = read_plan(draw_plan(rows, [200, 120], above=["1. 基盤的保険者機能の盤石化", caption]))
    assert [(t.value, t.unit) for t in records.targets] == [(1_350_000.0, "yen"), (96.5, "percent")]


@pytest.mark.parametrize(
    ("name", "figure"), [("新規宣言事業所数（社）", "120"), ("郵送化率 (％)", "96.5"), ("通話時間（分）", "12")]
)
def test_a_unit_in_brackets_behind_a_name_is_no_part_of_the_name(name: str, figure: str) -> None:
    _, records = read_plan(draw_plan([["指標", "令和6年度目標"], [name, figure]], [200, 120]))
    (target,) = records.targets
    assert target.indicator == re.split(r" ?[（(]", name)[0]
    assert target.value == float(figure)


@pytest.mark.parametrize("title", ["令和6年度 数値目標一覧（単位：％）", "支部目標（単位：％）"])
def test_a_title_across_the_table_says_that_its_years_are_targets(title: str) -> None:
    rows = [[title, "<", "<"], ["項目", "前年度", "今年度"], ["郵送化率", "95.2", "96.5"]]
    _, records = read_plan(draw_plan(rows, [200, 100, 100]))
    assert figures(records) == [
        ("old", 2023, "郵送化率", None, 95.2, "percent"),
        ("new", 2024, "郵送化率", None, 96.5, "percent"),
    ]
    assert all(target.confidence >= 0.8 for target in records.targets)


@pytest.mark.parametrize(("ground", "size"), [((0.1, 0.2, 0.4), 9.0), ((0.8, 0.85, 0.95), 10.0)])
def test_shaded_header_cells_that_span_rows_and_columns_head_striped_rows(
    ground: tuple[float, ...], size: float
) -> None:
    sheet = plan(size)
    ink = (1, 1, 1) if ground[0] < 0.5 else (0, 0, 0)
    cells = [
        (55, 120, 220, 160, "評価指標"),
        (220, 120, 480, 140, "長野支部"),
        (220, 140, 350, 160, "令和5年度目標"),
        (350, 140, 480, 160, "令和6年度目標"),
    ]
    for x0, top, x1, bottom, _ in cells:
        sheet.bar(x0, top, x1, bottom, ground)
    for x0, top, _, bottom, text in cells:
        sheet.text(x0 + 6, (top + bottom) / 2 + size / 3, text, size=size, color=ink)
    for number, row in enumerate(BODIES[0]):
        if number % 2 == 0:
            for left, right in ((55, 220), (220, 350), (350, 480)):
                sheet.bar(left, 160 + 22 * number, right, 182 + 22 * number, (0.93, 0.93, 0.97))
        for x, text in zip(XS, row, strict=True):
            sheet.text(x, 175 + 22 * number, text, size=size)
    assert [(t.fiscal_year, t.value) for t in read(sheet).targets] == [
        (2023, 95.2),
        (2024, 96.5),
        (2023, 19.2),
        (2024, 21.5),
        (2023, 1780.0),
        (2024, 1850.0),
    ]


@pytest.mark.parametrize(
    ("words", "size"),
    [
        (("郵送に係る経費", "用紙の購入経費", "印刷に係る経費"), 10.0),
        (("広報に係る費用", "会議に係る費用", "研修に係る費用"), 8.0),
    ],
)
def test_uprights_stand_where_the_header_leaves_room_too(words: Row, size: float) -> None:
    sheet = plan(size)
    rows = [("令和5年度目標", "14,600", "1,180", "3,200"), ("令和6年度目標", "14,350", "1,100", "3,050")]
    sheet.text(60, 140, "年度", size=size)
    ends = [60.0 + 8 * size]
    for word in words:
        sheet.text(ends[-1] + size, 140, word, size=size)
        ends.append(ends[-1] + size + len(word) * size)
    for number, row in enumerate(rows):
        sheet.text(60, 160 + 20 * number, row[0], size=size)
        for text, end in zip(row[1:], ends[1:], strict=True):
            sheet.text(end - len(text) * size, 160 + 20 * number, text, size=size)
    for number in range(4):
        sheet.line(55, 126 + 20 * number, ends[-1] + 10, 126 + 20 * number)
    assert [(t.indicator, t.fiscal_year, t.value) for t in read(sheet).targets if t.fiscal_year == 2024] == [
        (word, 2024, value) for word, value in zip(words, (14350.0, 1100.0, 3050.0), strict=True)
    ]
