"""Shaded boxes side by side: each is read on its own, from the bar of its title down."""

from __future__ import annotations

import pytest

from tests.parsers.sheets import Sheet, loose

TILES = [("宣言事業所数", "3,150", "社以上"), ("カルテの提供", "2,000", "事業所"), ("講座の開催", "40", "回")]


def tiles(*, bar: float, seam: float, size: float) -> Sheet:
    """A row of tiles: a dark bar with a name, and below it a light box with a large figure and its small unit."""
    sheet = Sheet(width=842, height=473)
    for at, (name, figure, unit) in enumerate(TILES):
        left = 40 + 260 * at
        sheet.bar(left, 74, left + 230, 74 + bar, fill=(0.33, 0.5, 0.2))
        sheet.bar(left, 74 + bar + seam, left + 230, 220, fill=(0.9, 0.95, 0.85))
        sheet.text(left + 20, 74 + bar - 8, name, size=size, color=(1, 1, 1))
        sheet.text(left + 20, 165, figure, size=2.4 * size).text(left + 160, 165, unit, size=size)
        sheet.text(left + 20, 200, f"第{at + 1}表のとおり", size=0.8 * size)
    return sheet


@pytest.mark.parametrize(("bar", "seam", "size"), [(30, 0.1, 14.0), (26, 1.5, 12.0), (44, 0.0, 13.0)])
def test_the_bar_of_a_title_belongs_to_the_box_below_it(bar: float, seam: float, size: float) -> None:
    read = [line.replace(" ", "") for line in loose(tiles(bar=bar, seam=seam, size=size).layout())]
    assert read == [
        text
        for at, (name, figure, unit) in enumerate(TILES)
        for text in (name, f"{figure}{unit}", f"第{at + 1}表のとおり")
    ]


def test_a_bar_over_two_boxes_is_the_title_of_neither() -> None:
    sheet = Sheet().bar(50, 50, 500, 72, fill=(0.2, 0.3, 0.5)).text(60, 66, "健診と保健指導", color=(1, 1, 1))
    for left, words in ((50, "案内を送る"), (280, "結果を知らせる")):
        sheet.bar(left, 72, left + 220, 140, fill=(0.9, 0.9, 0.9)).text(left + 10, 95, words).text(
            left + 10, 115, "毎月"
        )
    assert loose(sheet.layout()) == ["健診と保健指導", "案内を送る", "毎月", "結果を知らせる", "毎月"]
