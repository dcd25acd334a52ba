"""Tables of a band, zebra stripes and a few level rules: the edges of the stripes part rows that no rule does."""

from __future__ import annotations

import pytest

from tests.parsers.sheets import Sheet, cell_texts, loose

_HEADS = ["分野", "指標", "支部目標", "前年度目標"]
_ROWS = [
    ["健診", "特定健診実施率", "30.0%", "29.0%"],
    ["", "事業者健診取得率", "10.4%", "9.8%"],
    ["債権", "返納金の回収率", "58.0%", "57.0%"],
    ["", "保険証の回収率", "93.0%", "92.0%"],
    ["広報", "委嘱事業所数", "4,900", "4,500"],
]


def _sheet(size: float, height: float, *, stripes: int = 2) -> Sheet:
    sheet = Sheet()
    left, right, top = 50.0, 540.0, 100.0
    sheet.bar(left, top, right, top + height, fill=(0.2, 0.35, 0.3))
    for at in range(1, 2 * stripes, 2):
        sheet.bar(left, top + (at + 1) * height, right, top + (at + 2) * height, fill=(0.92, 0.96, 0.94))
    for at in (0, 2, 4, 5):
        sheet.line(left, top + (at + 1) * height, right, top + (at + 1) * height)
    for number, row in enumerate([_HEADS, *_ROWS]):
        for x, text in zip((55, 150, 330, 440), row, strict=True):
            color = (1.0, 1.0, 1.0) if number == 0 else (0.0, 0.0, 0.0)
            sheet.text(x, top + number * height + 0.7 * height, text, size=size, color=color)
    return sheet


@pytest.mark.parametrize(("size", "height"), [(8.0, 18.0), (9.0, 24.0)])
def test_each_stripe_and_each_row_between_two_is_a_row(size: float, height: float) -> None:
    layout = _sheet(size, height).layout()
    rows: dict[int, list[str]] = {}
    for row, _, _, _, text in cell_texts(layout):
        rows.setdefault(row, []).append(text)
    assert [[text for text in row if text] for row in rows.values()] == [
        [text for text in row if text] for row in (_HEADS, *_ROWS)
    ]
    assert not loose(layout)


def test_a_band_alone_parts_nothing_that_rules_part() -> None:
    layout = _sheet(9.0, 24.0, stripes=0).layout()
    assert len({row for row, _, _, _, _ in cell_texts(layout)}) == 3


@pytest.mark.parametrize(("size", "height", "rows"), [(9.0, 24.0, 4), (8.0, 30.0, 6)])
def test_a_last_row_filled_in_white_belongs_to_the_table(size: float, height: float, rows: int) -> None:
    """As slides draw tables of an even number of rows, with a rule above and below the page's title."""
    sheet = Sheet()
    xs = (50.0, 180.0, 340.0, 540.0)
    for y in (60.0, 85.0):
        sheet.line(xs[0], y, xs[-1], y)
    texts = [
        ["重点施策", "主な取組", "指標と目標"],
        *([f"施策{at}", f"取組{at}", f"{at}0.5％以上"] for at in range(1, rows + 1)),
    ]
    for number, row in enumerate(texts):
        top = 100 + number * height
        fill = (0.8, 0.35, 0.1) if number == 0 else (0.87, 0.92, 0.97) if number % 2 else (1.0, 1.0, 1.0)
        for x0, x1, text in zip(xs[:-1], xs[1:], row, strict=True):
            sheet.bar(x0, top, x1, top + height, fill=fill)
            sheet.text(x0 + 5, top + 0.65 * height, text, size=size)
    layout = sheet.layout()
    found = [text for index in range(len(layout.tables)) for *_, text in cell_texts(layout, index) if text]
    assert found == [text for row in texts for text in row]
    assert not loose(layout)
