"""How far text reaches: headings and hanging marks do not tell it."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("stray", "size"), [("令和2年1月20日　第3回評議会　資料1", 8.0), ("全国健康保険協会　滋賀支部", 10.0)]
)
def test_a_stray_line_in_the_margin_does_not_widen_the_text(stray: str, size: float) -> None:
    body = ["あいうえおかきくけこさしすせそたちつてとなにぬねの"] * 4
    lines = [set_line(stray, 300, 40, size=size)]
    lines += [set_line(text, 100, 100 + 15 * number) for number, text in enumerate(body)]
    assert set(prose_edges([(595.0, lines)])[0]) == {(100.0, 350.0)}


def test_the_longest_of_ragged_lines_is_the_edge_though_few_reach_it() -> None:
    lines = [set_line("あ" * length, 100, 100 + 15 * number) for number, length in enumerate((40, 20, 20, 20, 31))]
    assert set(prose_edges([(595.0, lines)])[0]) == {(100.0, 500.0)}
