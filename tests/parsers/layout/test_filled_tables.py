"""Tables without a rule: rows told by stripes, cells by shading with gaps between them."""

from __future__ import annotations

import pytest

from tests.parsers.sheets import Sheet, cell_texts, loose

ROWS = [
    ("指標", "前年目標", "目標"),
    ("郵送化率", "95.0", "96.5"),
    ("宣言事業所数", "1,780", "1,850"),
    ("実施率", "20.5", "21.5"),
    ("回収率", "90.1", "91.2"),
]
TEXTS = [text for row in ROWS for text in row]


def written(sheet: Sheet, pitch: float, size: float) -> list[str]:
    for at, row in enumerate(ROWS):
        for x, text in zip((55, 205, 305), row, strict=True):
            sheet.text(x, 50 + pitch * at + 0.7 * pitch, text, size=size)
    layout = sheet.layout()
    return [text for index in range(len(layout.tables)) for *_, text in cell_texts(layout, index)]


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(("pitch", "size"), [(20.0, 10.0), (14.0, 8.0)])
def test_every_other_row_shaded(first: int, pitch: float, size: float) -> None:
    sheet = Sheet()
    for at in range(first, len(ROWS), 2):
        sheet.bar(50, 50 + pitch * at, 400, 50 + pitch * (at + 1), fill=(0.85, 0.9, 1))
    assert written(sheet, pitch, size) == TEXTS


@pytest.mark.parametrize("gap", [0.0, 1.5, 5.0])
def test_shaded_cells_with_white_gaps(gap: float) -> None:
    sheet = Sheet()
    for at in range(len(ROWS)):
        for x0, x1 in ((50, 200), (200, 300), (300, 400)):
            box = (x0 + gap / 2, 50 + 20 * at + gap / 2, x1 - gap / 2, 70 + 20 * at - gap / 2)
            sheet.bar(*box, fill=(0.6, 0.7, 0.9) if at == 0 else (0.9, 0.9, 0.9))
    assert written(sheet, 20.0, 10.0) == TEXTS


def test_shaded_paragraphs_are_no_table() -> None:
    sheet = Sheet()
    for at, text in enumerate(
        ("健診の案内を事業所に送ることとする", "研修を年に二回行うこととする", "広報紙を発行する")
    ):
        sheet.bar(50, 50 + 30 * at, 400, 70 + 30 * at, fill=(0.9, 0.9, 0.9)).text(55, 64 + 30 * at, text)
    assert not sheet.layout().tables
    assert len(loose(sheet.layout())) == 3


def test_shading_within_a_ruled_table_rules_nothing() -> None:
    sheet = Sheet().grid([50, 200, 400], [50, 100, 150])
    for at in range(4):
        sheet.bar(50, 50 + 25 * at, 400, 62 + 25 * at, fill=(0.9, 0.9, 0.9))
    sheet.text(55, 70, "一").text(205, 70, "二").text(55, 120, "三").text(205, 120, "四")
    assert [text for *_, text in cell_texts(sheet.layout())] == list("一二三四")


@pytest.mark.parametrize(
    ("gap", "bars"),
    [
        (8.5, ["【ＫＰＩ】回収率　43.5％以上　／　宣言事業所数　対前年度以上", "【ＫＰＩ】郵送化率　95％以上"]),
        (12.0, ["査定率　0.35％　　査定額　7,900円", "宣言数　1,800社　　利用率　58.0％", "回収率　57.0％"]),
        (
            3.0,
            [
                "【目標】回収率　　43.5％以上　　　宣言事業所数　1,850社",
                "健診の案内を事業所に毎月送ることとし、督促もする",
            ],
        ),
    ],
)
def test_shaded_boxes_of_one_line_each_are_no_table(gap: float, bars: list[str]) -> None:
    sheet = Sheet()
    for at, text in enumerate(bars):
        top = 50 + at * (24 + gap)
        sheet.bar(50, top, 545, top + 24, fill=(0.98, 0.9, 0.85)).text(55, top + 16, text, size=9)
    assert not sheet.layout().tables
    assert [line.split() for line in loose(sheet.layout())] == [text.split() for text in bars]
