"""Shaded bars on top of frames are their titles; arrows between boxes are no text of the plan."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet, cell_text


def _frame(sheet: Sheet, x: float, top: float, bar: str, lines: list[str], *, size: float, dark: bool) -> None:
    width, bar_bottom = 200.0, top + 2 * size
    sheet.bar(x, top, x + width, bar_bottom, (0.1, 0.2, 0.5) if dark else (0.85, 0.85, 0.85))
    color = (1.0, 1.0, 1.0) if dark else (0.0, 0.0, 0.0)
    sheet.text(x + 60, top + 1.4 * size, bar, size=size, color=color)
    sheet.grid([x, x + width], [bar_bottom, bar_bottom + 100])
    for number, line in enumerate(lines):
        sheet.text(x + 6, bar_bottom + (1.8 + 1.7 * number) * size, line, size=size)


@pytest.mark.parametrize(("size", "dark"), [(9.0, True), (11.0, False)])
def test_frames_side_by_side_are_read_below_their_titles(size: float, dark: bool) -> None:
    sheet = Sheet(842, 595).text(60, 50, "令和6年度山形支部事業計画", size=16)
    sheet.text(60, 100, "１．保健指導の推進", size=size + 2)
    _frame(sheet, 60, 120, "現状・課題", ["実施率　15.5％", "参加者数　320人"], size=size, dark=dark)
    sheet.text(275, 190, "➡", size=20)
    _frame(sheet, 310, 120, "取組", ["訪問を増やす"], size=size, dark=dark)
    sheet.text(525, 190, "➡", size=20)
    _frame(sheet, 560, 120, "令和6年度目標", ["①　実施率　20.5％以上", "②　参加者数　400人"], size=size, dark=dark)
    parsed = parse_document(sheet.data(), "山形.pdf")
    records = normalize_document(parsed)
    assert [(row.kind, row.number, row.value) for row in records.targets] == [("kpi", 1, 20.5), ("kpi", 2, 400.0)]
    assert all(row.confidence >= 0.8 for row in records.targets)
    names = {measure.measure_id: measure.text for measure in records.measures}
    assert {names[row.heading_id or ""] for row in records.targets} == {"１．保健指導の推進"}
    assert [piece.text.split() for piece in parsed.furniture if piece.reason == "ornament"] == [["➡", "➡"]]


def test_a_bar_apart_from_the_frame_is_none_of_its_titles() -> None:
    sheet = Sheet().bar(60, 80, 300, 100, (0.8, 0.9, 0.8)).text(70, 94, "健診の推進").grid([60, 300], [130, 200])
    sheet.text(66, 150, "実施率を上げる")
    layout = sheet.layout()
    assert [cell_text(cell) for table in layout.tables for cell in table.cells] == ["実施率を上げる"]


@pytest.mark.parametrize("size", [10.0, 12.0])
def test_the_title_of_a_shaded_box_is_a_paragraph_of_its_own(size: float) -> None:
    sheet = Sheet(842, 595).text(60, 40, "令和6年度兵庫支部事業計画", size=18)
    for x, title, value in ((60, "現在（令和5年度）", "17.9％"), (420, "令和6年度", "20.0％")):
        sheet.bar(x, 100, x + 280, 130, (0.4, 0.4, 0.4)).bar(x, 130, x + 280, 240, (0.92, 0.92, 0.95))
        sheet.text(x + 80, 120, title, size=size, color=(1, 1, 1))
        sheet.text(x + 10, 160, f"特定保健指導実施率　{value}", size=size)
        sheet.text(x + 10, 190, "電話による案内", size=size)
    records = normalize_document(parse_document(sheet.data(), "兵庫.pdf"))
    assert [row.value for row in records.targets] == [20.0]
    assert "令和6年度" in [measure.text for measure in records.measures]


@pytest.mark.parametrize("size", [9.0, 11.0])
def test_frames_in_a_row_stand_below_the_title_above_the_first(size: float) -> None:
    sheet = Sheet(842, 595).text(60, 40, "令和6年度滋賀支部事業計画", size=18)
    sheet.text(60, 80, "保健指導の利用拡大", size=14)
    for x in (60, 420):
        sheet.bar(x, 95, x + 280, 220, (0.92, 0.92, 0.95))
        for number in range(4):
            sheet.text(x + 10, 115 + 24 * number, f"利用券の送付を進める取組{number}", size=size)
    sheet.text(60, 270, "健康経営の普及", size=14)
    for x, head, value in ((60, "現状", "1,210社"), (420, "目標", "1,400社")):
        sheet.grid([x, x + 280], [285, 360]).text(x + 8, 305, head, size=size)
        sheet.text(x + 8, 330, f"宣言事業所数　{value}", size=size)
    records = normalize_document(parse_document(sheet.data(), "滋賀.pdf"))
    names = {measure.measure_id: measure.text for measure in records.measures}
    assert [(row.value, names[row.heading_id or ""]) for row in records.targets] == [(1400.0, "健康経営の普及")]


@pytest.mark.parametrize(("size", "fill"), [(9.0, (0.2, 0.3, 0.5)), (11.0, (0.6, 0.2, 0.2))])
def test_labels_in_shaded_boxes_stand_before_the_texts_beside_them(size: float, fill: tuple[float, ...]) -> None:
    sheet = Sheet(842, 595).text(60, 40, "令和6年度愛知支部事業計画", size=18)
    for row, (label, text) in enumerate(
        (("保健指導", "面談を進める"), ("現状", "割合　15.8％"), ("広報", "冊子を配る"))
    ):
        top = 70 + 90 * row
        sheet.bar(60, top, 180, top + 80, fill).text(70, top + 45, label, size=size, color=(1, 1, 1))
        sheet.bar(190, top, 780, top + 80, (0.94, 0.96, 0.97)).text(200, top + 20, text, size=size)
    lines = [line.text.text for line in sheet.layout().loose_lines]
    assert lines[1:] == ["保健指導", "面談を進める", "現状", "割合　15.8％", "広報", "冊子を配る"]


@pytest.mark.parametrize("size", [9.0, 10.0])
def test_a_shaded_box_stands_in_its_own_column(size: float) -> None:
    sheet = Sheet(842, 595)
    for column, x in enumerate((50, 440)):
        for number in range(7):
            sheet.text(
                x, 60 + 16 * number, f"{column}の段の本文を{number}行目まで続けて組み、右の端まで満たす", size=size
            )
        sheet.bar(x, 180, x + 330, 215, (0.99, 0.93, 0.9)).text(x + 6, 200, f"KPI ▶ 段{column}の率 70％以上", size=size)
        sheet.text(x, 240, f"段{column}の続きの本文を組み、右の端まで満たすように続ける", size=size)
    lines = [line.text.text for line in sheet.layout().loose_lines]
    assert [line for line in lines if "KPI" in line or "続き" in line] == [
        "KPI ▶ 段0の率 70％以上",
        "段0の続きの本文を組み、右の端まで満たすように続ける",
        "KPI ▶ 段1の率 70％以上",
        "段1の続きの本文を組み、右の端まで満たすように続ける",
    ]


def test_a_thick_bar_at_the_side_of_a_shaded_box_draws_no_cell() -> None:
    sheet = Sheet().grid([60, 200, 340], [80, 100, 120]).text(66, 94, "区分").text(206, 94, "対象者数")
    sheet.text(66, 114, "被保険者").text(206, 114, "1,200人")
    sheet.bar(62, 123, 340, 145, (0.99, 0.93, 0.9)).bar(60, 123, 63, 145, (0.8, 0.3, 0.1)).text(
        70, 138, "KPI ▶ 率 70％以上"
    )
    layout = sheet.layout()
    assert [cell_text(cell) for table in layout.tables for cell in table.cells][-1] == "1,200人"
    assert [line.text.text for line in layout.loose_lines] == ["KPI ▶ 率 70％以上"]


@pytest.mark.parametrize(
    ("name", "size"), [("令和6年度　秋田支部事業計画", 9.0), ("令和6年度山口支部事業計画（案）", 10.0)]
)
def test_a_slides_own_title_beside_the_plans_name_heads_what_stands_below(name: str, size: float) -> None:
    sheet = Sheet(842, 595).bar(0, 0, 842, 40, (0.1, 0.3, 0.4))
    sheet.text(20, 27, "１　医療費適正化の推進", size=16, color=(1, 1, 1)).text(
        600, 27, name, size=size, color=(1, 1, 1)
    )
    sheet.grid([40, 380], [60, 200]).text(50, 85, "現状・課題", size=11)
    sheet.text(50, 110, "○　若年層の割合が低い　72.3％", size=11).text(50, 135, "○　レセプト査定率　0.201％", size=11)
    sheet.text(50, 250, "ＫＰＩ　ジェネリック医薬品使用割合　87.5％以上", size=11)
    parsed = parse_document(sheet.data(), "plan.pdf")
    records = normalize_document(parsed)
    names = {measure.measure_id: measure.text for measure in records.measures}
    assert [(row.value, names[row.heading_id or ""]) for row in records.targets] == [(87.5, "１　医療費適正化の推進")]
    assert [piece.text for piece in parsed.furniture if piece.reason == "title"] == [name]
