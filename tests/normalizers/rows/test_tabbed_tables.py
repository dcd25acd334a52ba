"""Tables set with tabs: no rule drawn, the figures end below their headers, the names have no header of their own."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf
import pytest

from normalizers.model.records import Records
from tests.normalizers.rows.drawn_tables import heading_of, read_plan

Rows = Sequence[tuple[str, ...]]

SERVICE = (
    ("", "２５年度目標", "２４年度実績", "２６年度目標"),
    ("サービススタンダードの達成率", "９９％", "９９．９８％", "１００％"),
    ("お客様満足度（窓口）", "９６．０％", "９５．４％", "９７．０％"),
    ("平均所要日数", "７．５日以内", "７．８日", "７．２日以内"),
)
COUNTS = (
    ("", "令和5年度実績", "令和6年度目標"),
    ("健康宣言事業所数", "1,780社", "1,850社"),
    ("メールマガジン登録件数", "3,100件", "3,400件"),
    ("委嘱事業所数", "2,900事業所", "3,000事業所"),
)


def write_rows(sheet: pymupdf.Page, rows: Rows, top: float, ends: Sequence[float], font: str, size: float) -> None:
    """The names at the left, the figures of each column ended at its tab."""
    for number, row in enumerate(rows):
        y = top + 1.6 * size * number
        sheet.insert_text((110, y), row[0], fontname=font, fontsize=size)
        for end, text in zip(ends, row[1:], strict=True):
            x = end - pymupdf.get_text_length(text, fontname=font, fontsize=size)
            sheet.insert_text((x, y), text, fontname=font, fontsize=size)


def tabbed_plan(pages: Sequence[Rows], ends: Sequence[float], title: str, font: str, size: float) -> bytes:
    """A plan with one of ``pages``' parts at the foot of the first page, the others at the head of the next ones."""
    document = pymupdf.open()
    sheet = document.new_page()
    sheet.insert_text((180, 60), title, fontname=font, fontsize=14)
    sheet.insert_text((60, 100), "１．健康保険給付等", fontname=font, fontsize=11)
    sheet.insert_text((80, 122), "(1) サービスの向上", fontname=font, fontsize=size)
    for line in range(3):
        text = "申請書の受付から支払いまでの期間を守り、窓口でのご意見を業務に生かす。"
        sheet.insert_text((100, 144 + 16 * line), text, fontname=font, fontsize=size)
    sheet.insert_text((100, 200), "【目標指標】", fontname=font, fontsize=size)
    write_rows(sheet, pages[0], 220, ends, font, size)
    for rows in pages[1:]:
        sheet = document.new_page()
        write_rows(sheet, rows, 80, ends, font, size)
        sheet.insert_text((80, 200), "(2) 広報の推進", fontname=font, fontsize=size)
        sheet.insert_text((100, 220), "広報紙を毎月発行し、事業所に送る。", fontname=font, fontsize=size)
    return bytes(document.tobytes())


def aims(records: Records) -> list[tuple[str | None, int | None, float | None, float | None]]:
    return [(t.indicator, t.fiscal_year, t.value, t.baseline_value) for t in records.targets]


@pytest.mark.parametrize(("font", "size", "first"), [("japan", 10.5, 340.0), ("japan-s", 9.0, 300.0)])
def test_figures_under_the_headers_of_three_tabs(font: str, size: float, first: float) -> None:
    title = "平成26年度 群馬支部事業計画"
    _, records = read_plan(tabbed_plan([SERVICE], (first, first + 90, first + 185), title, font, size))
    assert aims(records) == [
        ("サービススタンダードの達成率", 2013, 99.0, 99.98),
        ("サービススタンダードの達成率", 2014, 100.0, 99.98),
        ("お客様満足度(窓口)", 2013, 96.0, 95.4),
        ("お客様満足度(窓口)", 2014, 97.0, 95.4),
        ("平均所要日数", 2013, 7.5, 7.8),
        ("平均所要日数", 2014, 7.2, 7.8),
    ]


def test_a_long_name_that_leaves_no_gap_before_its_figure() -> None:
    rows = [(name, first.replace("９９％", "１００％"), *rest) for name, first, *rest in SERVICE]
    # The name ends where its figure begins: fourteen characters, and four before the tab's end.
    end = 110 + 18 * 10.5
    title = "平成26年度 群馬支部事業計画"
    _, records = read_plan(tabbed_plan([rows], (end, end + 90, end + 185), title, "japan", 10.5))
    assert aims(records)[:2] == [
        ("サービススタンダードの達成率", 2013, 100.0, 99.98),
        ("サービススタンダードの達成率", 2014, 100.0, 99.98),
    ]


@pytest.mark.parametrize(("font", "size"), [("japan", 10.0), ("japan-s", 9.0)])
def test_what_goes_on_over_the_page_keeps_header_and_heading(font: str, size: float) -> None:
    pages = [COUNTS[:3], COUNTS[3:]]
    _, records = read_plan(tabbed_plan(pages, (400, 510), "令和6年度 長野支部事業計画", font, size))
    assert aims(records) == [
        ("健康宣言事業所数", 2024, 1850.0, 1780.0),
        ("メールマガジン登録件数", 2024, 3400.0, 3100.0),
        ("委嘱事業所数", 2024, 3000.0, 2900.0),
    ]
    assert len({heading_of(records, target) for target in records.targets}) == 1


@pytest.mark.parametrize(("font", "size", "tabs"), [("japan", 10.0, (290.0, 410.0)), ("japan-s", 9.0, (270.0, 390.0))])
def test_rates_and_counts_set_with_tabs_are_lines_and_no_columns(
    font: str, size: float, tabs: tuple[float, float]
) -> None:
    rows = (
        ("生活習慣病予防健診", "実施率51.5％", "実施者数98,430人"),
        ("被扶養者の特定健診", "実施率23.0％", "実施者数13,210人"),
        ("事業者健診データ", "取得率9.8％", "取得者数18,730人"),
    )
    document = pymupdf.open(stream=tabbed_plan([()], (400,), "令和6年度 長野支部事業計画", font, size))
    document[0].insert_text((80, 240), "(2) 健診の推進", fontname=font, fontsize=size)
    for number, row in enumerate(rows):
        for x, text in zip((110.0, *tabs), row, strict=True):
            document[0].insert_text((x, 260 + 1.6 * size * number), text, fontname=font, fontsize=size)
    document[0].insert_text((80, 330), "(3) 広報の推進", fontname=font, fontsize=size)
    parsed, _ = read_plan(bytes(document.tobytes()))
    lines = ["".join(paragraph.text.text.split()) for paragraph in parsed.paragraphs]
    assert ["".join(row) for row in rows] == [line for line in lines if "者数" in line]
