"""Tables of figures in scans: points in wide boxes, a stamp over the digits and rules."""

from __future__ import annotations

import pymupdf
import pytest

from normalizers.model.records import Records
from tests.normalizers.rows.drawn_tables import draw_plan, read_plan

ROWS = [
    ["区分", "対象者数", "見込者数", "実施率"],
    ["生活習慣病予防健診", "286,223人", "172,500人", "60.3%"],
    ["事業者健診データ", "286,223人", "23,100人", "8.1%"],
    ["特定健診", "78,400人", "24,500人", "31.3%"],
]


def scanned(dpi: int, stamp: tuple[float, float] | None = None, color: tuple[float, ...] = (0.85, 0.1, 0.1)) -> Records:
    with pymupdf.open(stream=draw_plan(ROWS, [150, 90, 90, 80], font="japan")) as drawn:
        page = drawn[0]
        if stamp is not None:
            page.draw_circle(stamp, 20, color=color, width=1.2)
            for down in (-5, 6):
                page.draw_line((stamp[0] - 19, stamp[1] + down), (stamp[0] + 19, stamp[1] + down), color=color)
            page.insert_text((stamp[0] - 17, stamp[1] + 4), "6.3.-1", fontsize=8, color=color)
        picture = page.get_pixmap(dpi=dpi).tobytes("jpg", jpg_quality=80)
    scan = pymupdf.open()
    sheet = scan.new_page(width=595, height=842)
    sheet.insert_image(sheet.rect, stream=picture)
    return read_plan(bytes(scan.tobytes()))[1]


@pytest.mark.parametrize("dpi", [150, 200])
def test_a_rate_whose_point_stands_in_a_wide_box_is_one_number(dpi: int) -> None:
    targets = scanned(dpi).targets
    assert [(t.number, t.value, t.unit) for t in targets if t.unit == "percent"] == [
        (None, 60.3, "percent"),
        (None, 8.1, "percent"),
        (None, 31.3, "percent"),
    ]


@pytest.mark.parametrize(("font", "dpi"), [("japan", 200), ("japan-s", 120)])
def test_figures_whose_digits_stand_in_wide_boxes_are_whole(font: str, dpi: int) -> None:
    rows = [
        ["指標", "令和5年度実績", "令和6年度目標"],
        ["健康宣言事業所数", "1,700社", "1,800社以上"],
        ["一般競争入札に占める一者応札案件の割合", "18%", "15%以下"],
        ["レセプト点検の査定率", "0.31%", "対前年度以上"],
    ]
    with pymupdf.open(stream=draw_plan(rows, [230, 100, 110], font=font)) as drawn:
        picture = drawn[0].get_pixmap(dpi=dpi).tobytes("jpg", jpg_quality=70)
    scan = pymupdf.open()
    sheet = scan.new_page(width=595, height=842)
    sheet.insert_image(sheet.rect, stream=picture)
    _, records = read_plan(bytes(scan.tobytes()))
    assert [(t.comparator, t.value, t.baseline_value) for t in records.targets] == [
        ("ge", 1800.0, 1700.0),
        ("le", 15.0, 18.0),
        ("ge", None, 0.31),
    ]


@pytest.mark.parametrize(("stamp", "color"), [((330.0, 188.0), (0.85, 0.1, 0.1)), ((250.0, 180.0), (0.9, 0.2, 0.15))])
def test_no_figure_that_a_stamp_touches_is_wrong_without_a_doubt(
    stamp: tuple[float, float], color: tuple[float, ...]
) -> None:
    right = {
        (row[0], value)
        for row in ((1, 286223.0, 172500.0, 60.3), (2, 23100.0, 8.1), (3, 78400.0, 24500.0, 31.3))
        for value in row[1:]
    } | {(2, 286223.0)}
    names = {"生活習慣病予防健診": 1, "事業者健診データ": 2, "特定健診": 3}
    for target in scanned(200, stamp, color).targets:
        row = next((at for name, at in names.items() if (target.indicator or "").startswith(name)), 0)
        assert target.confidence < 0.8 or (row, target.value) in right
