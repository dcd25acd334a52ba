"""Names behind a label of aims with their figures at the right end of the next line, and names that dots lead on."""

from __future__ import annotations

import pymupdf
import pytest

from tests.normalizers.rows.drawn_tables import TITLE, draw_plan, read_plan

Aim = tuple[str, str, str]


def draw_aims(label: str, aims: list[Aim], *, width: float, font: str, size: float) -> bytes:
    """A plan whose aims stand on two lines each: label and name, then the figure, ended at the right, and a result."""
    document = pymupdf.open()
    sheet = document.new_page()
    sheet.insert_text((160, 50), TITLE, fontname=font, fontsize=14)
    sheet.insert_text((60, 85), "1. 基盤的保険者機能の盤石化", fontname=font, fontsize=11)
    y = 110.0
    sheet.insert_text((60, y), "申請の受付から支払いまでの流れを見直し、郵送による", fontname=font, fontsize=size)
    for name, value, result in aims:
        y += 1.7 * size
        sheet.insert_text((60, y), f"{label}{name}", fontname=font, fontsize=size)
        y += 1.6 * size
        small = pymupdf.get_text_length(result, fontname=font, fontsize=0.84 * size)
        x = 60 + width - small - pymupdf.get_text_length(value, fontname=font, fontsize=size)
        sheet.insert_text((x, y), value, fontname=font, fontsize=size)
        sheet.insert_text((60 + width - small, y), result, fontname=font, fontsize=0.84 * size)
    return bytes(document.tobytes())


@pytest.mark.parametrize(
    ("label", "width", "font", "size"),
    [("○目標　", 300.0, "japan", 10.0), ("・支部目標　", 420.0, "japan-s", 9.0), ("○数値目標　", 330.0, "japan", 11.0)],
)
def test_a_labelled_name_has_its_figure_in_the_next_line(label: str, width: float, font: str, size: float) -> None:
    aims = [
        ("郵送化率", "97.5％以上", "（令和4年度実績　96.2％）"),
        ("受診勧奨後３か月以内の受診割合", "12.4％以上", "（令和4年度実績　10.9％）"),
        ("健康宣言事業所数", "1,080社以上", ""),
    ]
    _, records = read_plan(draw_aims(label, aims, width=width, font=font, size=size))
    assert [(t.indicator, t.comparator, t.value, t.baseline_value) for t in records.targets] == [
        ("郵送化率", "ge", 97.5, 96.2),
        ("受診勧奨後3か月以内の受診割合", "ge", 12.4, 10.9),
        ("健康宣言事業所数", "ge", 1080.0, None),
    ]


@pytest.mark.parametrize(("dots", "font", "size"), [(".", "japan", 10.0), ("…", "japan", 9.0), ("・", "japan-s", 10.0)])
def test_a_line_that_dots_lead_to_its_figure_is_whole(dots: str, font: str, size: float) -> None:
    document = pymupdf.open(stream=draw_aims("", [], width=400, font=font, size=size))
    rows = [("ジェネリック医薬品使用割合", "52.0％以上"), ("希望カードの配布枚数", "28,000枚"), ("委嘱者数", "1,800名")]
    document[0].insert_text((60, 200), "【目標指標】", fontname=font, fontsize=size)
    for number, (name, value) in enumerate(rows):
        y = 220 + 1.6 * size * number
        begin = 70 + pymupdf.get_text_length(name, fontname=font, fontsize=size)
        end = 470 - pymupdf.get_text_length(value, fontname=font, fontsize=size)
        count = int((end - begin) / pymupdf.get_text_length(dots, fontname=font, fontsize=size))
        document[0].insert_text((70, y), name + dots * count, fontname=font, fontsize=size)
        document[0].insert_text((end, y), value, fontname=font, fontsize=size)
    _, records = read_plan(bytes(document.tobytes()))
    assert [(t.indicator, t.value) for t in records.targets] == [
        ("ジェネリック医薬品使用割合", 52.0),
        ("希望カードの配布枚数", 28000.0),
        ("委嘱者数", 1800.0),
    ]


@pytest.mark.parametrize(("font", "size", "label"), [("japan", 9.0, "指　標"), ("japan-s", 10.0, "指標")])
def test_blocks_of_labels_are_an_aim_each(font: str, size: float, label: str) -> None:
    """The name, the state and the aim stand in a line each; lines as wide as their cell are no one paragraph."""
    names = [
        f"{label}：査定率（基金との合算）\n現状値：0.402％（R5.3）\n目標値：前年度以上",
        f"{label}：健康講座の参加人数\n現状値：―\n目標値：1,000人",
        f"{label}：被扶養者の健診実施率\n現状値：21.2％（R5）\n目標値：25.0％以上（対象者 33,400人）",
    ]
    rows = [["施策", "取組", "評価指標"], *(["向上", "案内を送る。", name] for name in names)]
    data = draw_plan(rows, [60, 110, 16 * size + 9], font=font, size=size)
    aims = [
        (t.indicator, t.basis, t.value, t.baseline_value, t.baseline_year)
        for t in read_plan(data)[1].targets
        if t.unit != "people" or t.value == 1000
    ]
    assert aims == [
        ("査定率(基金との合算)", "previous_year", None, 0.402, 2022),
        ("健康講座の参加人数", "absolute", 1000, None, None),
        ("被扶養者の健診実施率", "absolute", 25.0, 21.2, 2023),
    ]
