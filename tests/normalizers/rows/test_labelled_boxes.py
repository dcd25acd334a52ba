"""Boxes of aims that are drawn as small tables without a header: a label, names, figures, in a cell or alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from normalizers.model.records import Records
from tests.normalizers.rows.drawn_tables import heading_of, read_plan
from tests.parsers.sheets import Sheet

Row = tuple[Sequence[str], str]
"""The lines of a name, and its figure."""

LONG: Row = (
    ("柔道整復施術療養費の申請に占める、施術箇所３部", "位以上、かつ月15日以上の施術の申請の割合"),
    "対前年度以下",
)
RATE: Row = (("高額療養費制度に占める限度額適用認定証の使用割", "合"), "85.0％以上")
SHORT: Row = (("現金給付等の申請に係る郵送化率",), "95.0％以上")
DONE: Row = (("サービススタンダードの達成状況",), "100％")
NAMES = {
    "対前年度以下": "柔道整復施術療養費の申請に占める、施術箇所3部位以上、かつ月15日以上の施術の申請の割合",
    "85.0％以上": "高額療養費制度に占める限度額適用認定証の使用割合",
    "95.0％以上": "現金給付等の申請に係る郵送化率",
    "100％": "サービススタンダードの達成状況",
}


@dataclass(frozen=True)
class Setting:
    """How boxes are set: their label, the size of their text in points, and whether figures stand on the first line."""

    label: str
    size: float
    at_top: bool


SETTINGS = (Setting("ＫＰＩ", 9.0, at_top=False), Setting("目標", 8.0, at_top=True))


def draw_box(sheet: Sheet, setting: Setting, x: float, top: float, rows: Sequence[Row]) -> float:
    """Draw a box with its label merged down on the left; gives its bottom."""
    size = setting.size
    xs = (x, x + 36, x + 36 + 23 * size + 8, x + 36 + 23 * size + 74)
    ys = [top]
    for names, _ in rows:
        ys.append(ys[-1] + 1.5 * size * len(names) + 6)
    sheet.line(xs[0], ys[0], xs[3], ys[0]).line(xs[0], ys[-1], xs[3], ys[-1])
    for y in ys[1:-1]:
        sheet.line(xs[1], y, xs[3], y)
    for upright in xs:
        sheet.line(upright, ys[0], upright, ys[-1])
    sheet.text(x + 4, (ys[0] + ys[-1]) / 2 + 0.35 * size, setting.label, size=size)
    for (names, figure), y0, y1 in zip(rows, ys, ys[1:], strict=False):
        for number, line in enumerate(names):
            sheet.text(xs[1] + 4, y0 + 3 + size * (1 + 1.5 * number), line, size=size)
        at = y0 + 3 + size if setting.at_top else (y0 + y1) / 2 + 0.35 * size
        sheet.text(xs[2] + 4, at, figure, size=size)
    return ys[-1]


def compared(setting: Setting, *boxes: tuple[str, Sequence[Row]]) -> Records:
    """A comparison in whose new column each heading has a box, and whose old one says nothing."""
    sheet = Sheet(842, 595).text(200, 40, "令和6年度 長野支部事業計画 新旧対照表", size=14)
    sheet.text(180, 74, "新（令和６年度）").text(600, 74, "旧（令和５年度）")
    top = 100.0
    for number, (heading, rows) in enumerate(boxes, 1):
        sheet.text(50, top, f"（{number}）{heading}").text(60, top + 16, "・関係機関と連携して進める。")
        sheet.text(450, top, f"（{number}）{heading}")
        top = draw_box(sheet, setting, 70, top + 24, rows) + 20
    sheet.grid([40, 440, 800], [60, 80, top])
    return read_plan(sheet.data())[1]


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(
    "boxes", [((DONE, SHORT), (LONG,)), ((RATE,), (LONG, SHORT)), ((LONG, DONE, RATE), (SHORT, RATE))]
)
def test_each_row_of_a_box_in_a_cell_is_an_aim_with_its_whole_name_under_the_heading_above_it(
    setting: Setting, boxes: Sequence[Sequence[Row]]
) -> None:
    records = compared(setting, ("柔整療養費の適正化", boxes[0]), ("窓口業務の改善", boxes[1]))
    headings = ("（１）柔整療養費の適正化", "（２）窓口業務の改善")
    expected = [
        ("new", heading.replace("１", "1").replace("２", "2"), NAMES[figure])
        for heading, rows in zip(headings, boxes, strict=True)
        for _, figure in rows
    ]
    read = [
        (t.edition, (heading_of(records, t) or "").replace("１", "1").replace("２", "2"), t.indicator)
        for t in records.targets
    ]
    assert read == expected
    assert [t.value for t in records.targets] == [
        {"100％": 100.0, "95.0％以上": 95.0, "85.0％以上": 85.0}.get(figure) for rows in boxes for _, figure in rows
    ]
    assert {t.kind for t in records.targets} <= {"kpi", "branch_target"}
    assert all(t.confidence >= 0.8 for t in records.targets)


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_box_that_stands_alone_is_read_row_by_row_too(setting: Setting) -> None:
    sheet = Sheet().text(180, 40, "令和6年度 長野支部事業計画", size=14)
    sheet.text(50, 80, "1. 基盤的保険者機能の盤石化").text(50, 100, "（１）窓口業務の改善")
    sheet.text(60, 116, "・関係機関と連携して進める。")
    bottom = draw_box(sheet, setting, 70, 130, (LONG, SHORT))
    sheet.text(50, bottom + 30, "（２）広報の充実").text(60, bottom + 46, "・広報誌を発行する。")
    records = read_plan(sheet.data())[1]
    assert [t.indicator for t in records.targets] == [NAMES["対前年度以下"], NAMES["95.0％以上"]]
    assert {heading_of(records, t) for t in records.targets} == {"（１）窓口業務の改善"}


def test_the_box_of_a_value_is_where_it_is_printed_though_its_name_has_two_lines() -> None:
    records = compared(SETTINGS[0], ("窓口業務の改善", (RATE,)))
    number = next(number for number in records.numbers if number.text == "85.0")
    assert number.box.x0 > 300
    assert number.box.bottom - number.box.top < 12


@pytest.mark.parametrize("label", ["基盤的保険者機能関係", "保健事業"])
@pytest.mark.parametrize("header", ["", "項目"])
def test_a_first_column_of_fields_under_any_head_is_that_of_the_sections(label: str, header: str) -> None:
    sheet = Sheet().text(160, 40, "平成23年度 長野支部事業計画", size=14)
    sheet.grid([40, 130, 300, 520], [60, 80, 160, 240]).text(50, 74, header)
    sheet.text(140, 74, "実施内容").text(310, 74, "目標値")
    for y, field, action, aim in (
        (94, label, "・案内を送る。", "・お客様満足度　95.0％以上"),
        (174, "組織運営及び業務改革", "・研修を行う。", "・業務改善提案　20件"),
    ):
        sheet.text(44, y, field, size=8).text(140, y, action).text(310, y, aim)
    records = read_plan(sheet.data())[1]
    assert [(t.section, t.value) for t in records.targets] == [(label, 95.0), ("組織運営及び業務改革", 20.0)]
