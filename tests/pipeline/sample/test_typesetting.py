"""Lines of the sample plans break as a Japanese word processor breaks them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.sample.fonts import EMBEDDED
from pipeline.sample.typesetting import Type, break_lines

FACE = Type(EMBEDDED, 10.5)
SENTENCES = st.text(st.sampled_from("健診の実施率を０1２3.4,%％（）、。「」KPI事業所"), min_size=1, max_size=120)


@given(SENTENCES, st.floats(120, 400))
def test_lines_hold_the_whole_text_in_order(text: str, width: float) -> None:
    lines = break_lines(text, FACE, width, first_indent=10, later_indent=20)
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert [line.indent for line in lines] == [10] + [20] * (len(lines) - 1)


def test_no_line_begins_with_a_closing_mark_or_parts_a_number() -> None:
    text = "被扶養者資格の確認対象事業所からの確認書の提出率を12,345.6%以上とする。" * 8
    lines = break_lines(text, FACE, 200, first_indent=0, later_indent=0)
    parts = [text[line.start : line.end] for line in lines]
    assert len(parts) > 5
    assert not any(part[0] in "、。）%" for part in parts)
    assert all(re.fullmatch(r"12,345\.6%", number) for part in parts for number in re.findall(r"[0-9.,%]+", part))


def test_lines_stay_within_the_column() -> None:
    text = "健康保険委員が委嘱されている事業所の被保険者数の割合について" * 6
    lines = break_lines(text, FACE, 180, first_indent=12, later_indent=24)
    assert all(FACE.width(text[line.start : line.end]) + line.indent <= 180 for line in lines)
