"""Figures of slides: in boxes of their own beside their name, and in cards under their name and their labels."""

from __future__ import annotations

import pymupdf
import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, read_plan

RED, PALE = (0.75, 0.0, 0.0), (0.93, 0.93, 0.93)
FIGURES = (
    ("生活習慣病予防健診実施率", "53.8%", "57.4%"),
    ("事業者健診データ取得率", "6.1%", "7.7%"),
    ("特定保健指導の実施率", "25.9%", "28.6%"),
)


def new_slide() -> tuple[pymupdf.Document, pymupdf.Page]:
    document = pymupdf.open()
    sheet = document.new_page(width=842, height=595)
    sheet.insert_text((60, 40), "令和6年度 長野支部事業計画（概要）", fontname="japan", fontsize=16)
    sheet.insert_text((60, 75), "1. 基盤的保険者機能の盤石化", fontname="japan", fontsize=12)
    return document, sheet


def write(sheet: pymupdf.Page, box: tuple[float, float, float, float], text: str, font: str, size: float) -> None:
    """Write one line into the middle of a box."""
    width = pymupdf.get_text_length(text, fontname=font, fontsize=size)
    x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3]) / 2 + 0.35 * size
    sheet.insert_text((x, y), text, fontname=font, fontsize=size)


@pytest.mark.parametrize(
    ("font", "size", "gap", "filled"),
    [("japan", 11.0, 46.0, False), ("japan-s", 9.0, 30.0, True), ("japan", 13.0, 60.0, True)],
)
def test_boxes_under_boxes_of_years_are_a_table(font: str, size: float, gap: float, filled: bool) -> None:
    document, sheet = new_slide()
    for column, header in enumerate(("令和5年度（実績）", "令和6年度（目標）")):
        box = (280 + 200 * column, 90, 400 + 200 * column, 90 + 2.2 * size)
        sheet.draw_rect(
            pymupdf.Rect(box), color=None if filled else (0, 0, 0), fill=PALE if filled else None, width=0.5
        )
        write(sheet, box, header, font, size)
    for row, texts in enumerate(FIGURES):
        top = 110 + 2.2 * size + gap * row
        for (x0, x1), text in zip(((60, 250), (280, 400), (480, 600)), texts, strict=True):
            box = (x0, top, x1, top + 24)
            sheet.draw_rect(pymupdf.Rect(box), color=(0.3, 0.3, 0.3), width=0.8)
            write(sheet, box, text, font, size)
    _, records = read_plan(bytes(document.tobytes()))
    assert [(t.indicator, t.value, t.baseline_value, t.baseline_year) for t in records.targets] == [
        ("生活習慣病予防健診実施率", 57.4, 53.8, 2023),
        ("事業者健診データ取得率", 7.7, 6.1, 2023),
        ("特定保健指導の実施率", 28.6, 25.9, 2023),
    ]


@pytest.mark.parametrize(("font", "size", "labels"), [("japan", 10.0, 8.0), ("japan-s", 14.0, 9.0)])
def test_a_name_at_the_left_names_the_boxes_beside_it(font: str, size: float, labels: float) -> None:
    document, sheet = new_slide()
    for row, (name, before, goal) in enumerate((("健康宣言事業所数", "1,905社", "2,300社以上"), *FIGURES[1:])):
        top = 110.0 + 90 * row
        sheet.draw_rect(pymupdf.Rect(60, top, 260, top + 60), color=None, fill=PALE, width=0)
        write(sheet, (60, top, 260, top + 60), name, font, size)
        for left, label, figure in ((300, "現状（R4.12）", before), (520, "令和6年度目標", goal)):
            write(sheet, (left, top, left + 140, top + 14), label, font, labels)
            box = (left, top + 20, left + 140, top + 54)
            sheet.draw_rect(pymupdf.Rect(box), color=RED, width=1.0)
            write(sheet, box, figure, font, size)
    _, records = read_plan(bytes(document.tobytes()))
    assert [(t.indicator, t.comparator, t.value, t.baseline_value) for t in records.targets] == [
        ("健康宣言事業所数", "ge", 2300.0, 1905.0),
        ("事業者健診データ取得率", None, 7.7, 6.1),
        ("特定保健指導の実施率", None, 28.6, 25.9),
    ]


@pytest.mark.parametrize(
    ("font", "size", "below", "radius"),
    [("japan", 10.0, False, 0.15), ("japan-s", 12.0, False, 0.08), ("japan", 9.0, True, 0.2), ("japan", 9.0, True, 0)],
)
def test_cards_with_labels_over_or_under_their_figures(font: str, size: float, below: bool, radius: float) -> None:
    document, sheet = new_slide()
    for number, (name, before, goal) in enumerate(FIGURES):
        left = 40.0 + 260 * number
        card = pymupdf.Rect(left, 100, left + 240, 240)
        sheet.draw_rect(card, color=(0.5, 0.5, 0.5), fill=PALE, width=1.0, radius=radius or None)
        write(sheet, (left, 106, left + 240, 126), name, font, size)
        high, low = ((134, 166), (166, 180)) if below else ((150, 180), (134, 148))
        for x, label, figure in ((left + 10, "R4実績", before), (left + 130, "R6目標", goal)):
            write(sheet, (x, low[0], x + 100, low[1]), label, font, 0.8 * size)
            write(sheet, (x, high[0], x + 100, high[1]), figure, font, 1.6 * size)
        write(sheet, (left, 205, left + 240, 220), "文書による勧奨を行う。", font, 9)
    _, records = read_plan(bytes(document.tobytes()))
    assert [(t.kind, t.indicator, t.value, t.baseline_value, t.baseline_year) for t in records.targets] == [
        ("kpi", "生活習慣病予防健診実施率", 57.4, 53.8, 2022),
        ("kpi", "事業者健診データ取得率", 7.7, 6.1, 2022),
        ("kpi", "特定保健指導の実施率", 28.6, 25.9, 2022),
    ]
    assert min(t.confidence for t in records.targets) > 0.8


def test_a_figure_over_its_label_alone_is_of_the_name_above_both() -> None:
    document, sheet = new_slide()
    for number, (name, _, goal) in enumerate(FIGURES):
        left = 40.0 + 200 * number
        sheet.draw_rect(pymupdf.Rect(left, 100, left + 180, 180), color=(0, 0, 0), width=0.7)
        write(sheet, (left, 104, left + 180, 118), name, "japan", 9)
        write(sheet, (left, 122, left + 180, 150), goal, "japan", 22)
        write(sheet, (left, 156, left + 180, 170), "令和6年度目標（12,414人）", "japan", 8)
    _, records = read_plan(bytes(document.tobytes()))
    rates = [(t.indicator, t.value) for t in records.targets if t.unit == "percent"]
    assert rates == [(name, float(goal[:-1])) for name, _, goal in FIGURES]
    assert all(t.confidence < 0.8 for t in records.targets if t.unit == "people")


def test_a_cell_that_is_crossed_out_is_doubted() -> None:
    rows = [["指標", "令和5年度目標", "令和6年度目標"], ["郵送化率", "／", "95.0%"], ["査定率", "－", "0.3%"]]
    _, records = read_plan(draw_plan(rows, [180, 120, 120]))
    unset = [(t.indicator, t.confidence > 0.8) for t in records.targets if t.basis == "not_set"]
    assert unset == [("郵送化率", False), ("査定率", True)]
