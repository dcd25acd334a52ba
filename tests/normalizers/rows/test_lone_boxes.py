"""A target in a box of its own below a row of such boxes, on a page drawn as slides are."""

from __future__ import annotations

import pymupdf
import pytest

from parsers.tables.roles import read_table
from tests.normalizers.rows.drawn_tables import read_plan
from tests.parsers.set_lines import set_table

Tile = tuple[str, str]


def draw_tiles(label: str, rows: list[list[Tile]], *, font: str, size: float) -> bytes:
    """A slide with a label and below it rows of shaded boxes: a name, and the aim under it."""
    document = pymupdf.open()
    sheet = document.new_page(width=960, height=540)
    sheet.insert_text((24, 40), "令和６年度　長野支部事業計画", fontname=font, fontsize=18)
    sheet.insert_text((24, 80), "１　基盤的保険者機能の盤石化", fontname=font, fontsize=14)
    sheet.insert_text((24, 120), "〇　電話照会の多い質問を案内に載せる。", fontname=font, fontsize=11)
    sheet.insert_text((24, 160), label, fontname=font, fontsize=13)
    for row, tiles in enumerate(rows):
        top = 180 + 72 * row
        for column, (name, aim) in enumerate(tiles):
            left = 24 + 229 * column
            box = pymupdf.Rect(left, top, left + 223, top + 54)
            sheet.draw_rect(box, color=(0.9, 0.4, 0.1), fill=(1, 0.95, 0.9), width=1)
            sheet.insert_text((left + 8, top + 18), name, fontname=font, fontsize=size)
            sheet.insert_text((left + 8, top + 44), aim, fontname=font, fontsize=size + 1)
    return bytes(document.tobytes())


ABOVE = [("現金給付等の電子申請割合", "現状 3.2％ ▶ 25.0％以上"), ("返納金債権の回収率", "現状 47.2％ ▶ 55.0％以上")]


@pytest.mark.parametrize(
    ("font", "size", "alone", "value", "unit"),
    [
        ("japan", 10.0, ("協会の再審査レセプト１件当たりの査定額", "現状 8,455円 ▶ 8,700円以上"), 8700.0, "yen"),
        ("japan-s", 9.0, ("協会の窓口に届く保険証の回収率", "現状 91.2％ ▶ 93.5％以上"), 93.5, "percent"),
        ("japan", 11.0, ("国のジェネリック医薬品使用割合", "現状 80.9％ ▶ 82.1％以上"), 82.1, "percent"),
    ],
)
def test_a_box_alone_in_its_row_is_a_target_as_those_above_it(
    font: str, size: float, alone: Tile, value: float, unit: str
) -> None:
    parsed, records = read_plan(draw_tiles("ＫＰＩ", [ABOVE, [alone]], font=font, size=size))
    assert not [cell for cell in parsed.cells if cell.role == "header"]
    assert {measure.edition for measure in records.measures} == {"single"}
    found = [(t.kind, t.edition, t.fiscal_year, t.value, t.unit) for t in records.targets]
    assert found[:2] == [("kpi", "single", 2024, 25.0, "percent"), ("kpi", "single", 2024, 55.0, "percent")]
    assert found[2:] == [("kpi", "single", 2024, value, unit)]


@pytest.mark.parametrize("header", ["全国健康保険協会の事業計画", "本部の令和6年度事業計画"])
def test_a_header_of_anothers_plan_still_makes_its_text_a_reference(header: str) -> None:
    reading = read_table(set_table([[[header]], [["・健診を進める。"]]], edges=(40.0, 500.0)))
    assert reading is not None
    assert reading.kind == "reference"


@pytest.mark.parametrize(
    ("label", "font", "size"),
    [
        ("主なＫＰＩ（令和６年度）", "japan", 10.0),
        ("【令和６年度の主要な数値目標】", "japan-s", 9.0),
        ("■ 主な目標（Ｒ６）", "japan", 9.0),
    ],
)
def test_a_label_with_its_year_marks_the_boxes_below_it_as_targets(label: str, font: str, size: float) -> None:
    _, records = read_plan(draw_tiles(label, [ABOVE], font=font, size=size))
    assert [(t.kind, t.indicator, t.value, t.fiscal_year) for t in records.targets] == [
        ("kpi", "現金給付等の電子申請割合", 25.0, 2024),
        ("kpi", "返納金債権の回収率", 55.0, 2024),
    ]


@pytest.mark.parametrize("line", ["主な取組", "〇　主な目標を職員に知らせる。", "〇　主要な指標を毎月確かめる。"])
def test_a_line_that_only_speaks_of_targets_marks_nothing(line: str) -> None:
    _, records = read_plan(draw_tiles(line, [], font="japan", size=10.0))
    assert records.targets == ()
