"""How far text reaches: headings and hanging marks do not tell it."""

from __future__ import annotations

from parsers.model.layout import Line
from parsers.paragraphs.text_edges import prose_edges
from tests.parsers.set_lines import PITCH, set_line


def edges(*lines: Line) -> tuple[float, float]:
    return prose_edges([(600.0, lines)])[0][-1]


def test_a_large_heading_does_not_widen_the_text_below() -> None:
    lines = [set_line("あ" * 20, 100, 150 + PITCH * n) for n in range(4)]
    assert edges(set_line("大きな見出しの文字列です", 100, 100, size=20), *lines) == (100, 300)


def test_a_comma_may_hang_over_the_edge() -> None:
    lines = [set_line("あ" * 20, 100, 100 + PITCH * n) for n in range(3)]
    assert edges(*lines, set_line("あ" * 20 + "、", 100, 145)) == (100, 300)


def test_a_comma_within_the_edge_is_text() -> None:
    lines = [set_line("あ" * 15, 100, 100), set_line("あ" * 19 + "、", 100, 115)]
    assert edges(*lines) == (100, 300)
