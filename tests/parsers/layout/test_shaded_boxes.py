"""What stands in a shaded box is read together; the outline of a watermark behind text is no box."""

from __future__ import annotations

import pymupdf
import pytest

from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

TITLE = "令和4年度 栃木支部事業計画"
LINES = [
    "（１）効果的なレセプト点検の推進",
    "○ 点検員が互いの査定事例を検討する場を月２回設ける。",
    "（２）返納金債権の発生防止と回収",
    "○ 日本年金機構と連携し、被保険者証の早期回収に努める。",
]


def brush_stroke(sheet: Sheet, box: tuple[float, float, float, float]) -> None:
    """A filled area between two curves, as a letter's outline is drawn."""
    x0, top, x1, bottom = box
    shape = sheet.page.new_shape()
    shape.draw_bezier((x0, bottom), (x0 + 10, top + 20), (x1 - 30, top + 10), (x1, top))
    shape.draw_bezier((x1, top), (x1 - 10, top + 30), (x0 + 40, bottom - 10), (x0, bottom))
    shape.finish(fill=(0.85, 0.85, 0.85), color=None, closePath=True)
    shape.commit(overlay=False)


def texts(sheet: Sheet) -> list[str]:
    return [paragraph.text.text for paragraph in parse_document(sheet.data(), "plan.pdf").paragraphs]


@pytest.mark.parametrize("box", [(120.0, 90.0, 200.0, 170.0), (90.0, 80.0, 260.0, 190.0), (180.0, 95.0, 420.0, 160.0)])
@pytest.mark.parametrize("size", [9.0, 10.5])
def test_the_outline_of_a_watermark_cuts_no_line(box: tuple[float, float, float, float], size: float) -> None:
    sheet = Sheet().text(100, 50, TITLE, size=14)
    for at, line in enumerate(LINES):
        sheet.text(60, 100 + 24 * at, line, size=size)
    brush_stroke(sheet, box)
    assert texts(sheet) == LINES


@pytest.mark.parametrize("radius", [0.1, 0.3])
def test_what_stands_in_a_rounded_box_is_read_together(radius: float) -> None:
    sheet = Sheet().text(100, 50, TITLE, size=14)
    for x, name in ((60, "健診"), (300, "広報")):
        sheet.page.draw_rect(pymupdf.Rect(x, 80, x + 200, 150), fill=(0.9, 0.95, 1), color=None, radius=radius)
        sheet.text(x + 20, 105, f"{name}の取組を進める。").text(x + 20, 130, f"{name}の結果を公表する。")
    assert "".join(texts(sheet)) == (
        "健診の取組を進める。健診の結果を公表する。広報の取組を進める。広報の結果を公表する。"
    )
