"""Borders drawn as rows of dots make the same table as lines do; dots of a text make none."""

from __future__ import annotations

import pytest

from parsers.layout.dotted_rules import with_dotted_rules
from parsers.model.geometry import Box
from parsers.model.page import Stroke
from tests.parsers.sheets import Sheet, cell_texts

WORDS = ("指標", "目標", "受診率", "58.5")


def _filled(sheet: Sheet) -> Sheet:
    for at, word in enumerate(WORDS):
        sheet.text(55 + 100 * (at % 2), 65 + 30 * (at // 2), word)
    return sheet


@pytest.mark.parametrize(("size", "step"), [(0.5, 2.4), (1.5, 3.0), (2.2, 5.0)])
def test_squares_in_rows_rule_a_table(size: float, step: float) -> None:
    sheet = _filled(Sheet())
    for x in (50, 150, 250):
        for at in range(int(60 / step) + 1):
            sheet.bar(x, 50 + at * step, x + size, 50 + at * step + size)
    for y in (50, 80, 110):
        for at in range(int(200 / step) + 1):
            sheet.bar(50 + at * step, y, 50 + at * step + size, y + size)
    assert [text for *_, text in cell_texts(sheet.layout())] == list(WORDS)


@pytest.mark.parametrize("radius", [0.4, 0.9])
def test_round_dots_rule_a_table(radius: float) -> None:
    sheet = _filled(Sheet())
    for x in (50, 150, 250):
        for at in range(21):
            sheet.page.draw_circle((x, 50 + 3 * at), radius, color=None, fill=(0.2, 0.2, 0.2), width=0)
    for y in (50, 80, 110):
        sheet.line(50, y, 250, y)
    assert [text for *_, text in cell_texts(sheet.layout())] == list(WORDS)


def test_tiny_pictures_in_rows_are_rules() -> None:
    pictures = [Box(99.8, 50 + 2.4 * at, 100.3, 52.4 + 2.4 * at) for at in range(20)]
    pictures += [Box(100 + 8 * at, 98.0, 106 + 8 * at, 98.5) for at in range(20)]
    upright, level = sorted(with_dotted_rules((), pictures), key=lambda stroke: stroke.horizontal)
    assert (round(upright.box.height), round(level.box.width)) == (48, 158)
    assert upright.dashed
    assert level.dashed


def test_a_few_dots_are_no_rule_and_stay() -> None:
    dots = [Stroke(Box(50 + 4 * at, 50, 51 + 4 * at, 51), 1.0, 0) for at in range(3)]
    assert with_dotted_rules(dots, [Box(300, 300, 400, 380)]) == tuple(dots)
