"""Rows of text boxes on a wide page: what was found, what is done under its own title, and the aims at the right."""

from __future__ import annotations

import pymupdf
import pytest

from tests.normalizers.rows.drawn_tables import read_plan

ROWS = (
    (
        "▲窓口への来訪者は年間9千人である。",
        "サービスの向上",
        "・標準期間10日以内の支給を維持する。",
        "① 受付率を2.9％以下とする",
    ),
    (
        "▲使用割合は令和5年度で87.9％。",
        "医薬品の適正使用",
        "・医師会と共に5地区で研修を開く。",
        "① 使用割合を88.5％以上とする",
    ),
    ("▲喫煙率は全国2位である。", "広報の推進", "・禁煙の講座を30回開く。", "① 宣言事業所数を4,200事業所以上とする"),
)


def draw_rows(*, lefts: tuple[float, float, float], seam: float, font: str, size: float) -> bytes:
    document = pymupdf.open()
    sheet = document.new_page(width=1190, height=842)
    sheet.insert_text((420, 40), "令和6年度 長野支部事業計画（概要）", fontname=font, fontsize=16)
    for number, (found, title, done, aim) in enumerate(ROWS):
        top = 90.0 + 100 * number
        boxes = (
            (lefts[0], top, top + 80, [found]),
            (lefts[1], top, top + 20, [title]),
            (lefts[1], top + 20 + seam, top + 80, [done]),
            (lefts[2], top, top + 80, ["KPI", aim]),
        )
        for left, upper, lower, lines in boxes:
            sheet.draw_rect(pymupdf.Rect(left, upper, left + 320, lower), color=(0, 0, 0), width=0.4)
            for at, line in enumerate(lines):
                sheet.insert_text((left + 4, upper + 14 + 1.5 * size * at), line, fontname=font, fontsize=size)
    return bytes(document.tobytes())


@pytest.mark.parametrize(
    ("lefts", "seam", "font", "size"),
    [((60, 400, 740), 2.0, "japan", 10.0), ((40, 380, 760), 0.8, "japan-s", 9.0), ((60, 400, 740), 3.5, "japan", 9.5)],
)
def test_only_what_stands_in_a_box_of_targets_is_an_aim(
    lefts: tuple[float, float, float], seam: float, font: str, size: float
) -> None:
    _, records = read_plan(draw_rows(lefts=lefts, seam=seam, font=font, size=size))
    assert [(t.kind, t.comparator, t.value) for t in records.targets] == [
        ("kpi", "le", 2.9),
        ("kpi", "ge", 88.5),
        ("kpi", "ge", 4200.0),
    ]
    texts = [measure.text for measure in records.measures]
    order = [texts.index(text) for row in ROWS for text in row]
    assert order == sorted(order)
