"""Aims that a page tells by colour or underline, and names and figures in boxes side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalizers.normalize import normalize_document
from parsers.model.document import ParsedDocument
from parsers.model.styled_text import ColorSpan, Span, StyledText
from tests.normalizers.plan_text import plan

RED, NAVY = "#c00000", "#0d3366"


def _marked(lines: list[str], marked: dict[int, str], color: str | None) -> ParsedDocument:
    """A plan of ``lines`` in which, by line, a stretch is set in a colour, or underlined where there is none."""
    parsed = plan(lines)
    paragraphs = list(parsed.paragraphs)
    for number, stretch in marked.items():
        text = paragraphs[number].text.text
        start = text.index(stretch)
        span = (start, start + len(stretch))
        styled = StyledText(text, colored=(ColorSpan(*span, color),)) if color else StyledText(text, (Span(*span),))
        paragraphs[number] = replace(paragraphs[number], text=styled)
    return replace(parsed, paragraphs=tuple(paragraphs))


LINES = ["1. 健診", "未受診事業所への勧奨訪問 850社", "協会保健師 14人", "生活習慣病予防健診実施率 66.5％以上"]


@pytest.mark.parametrize(
    ("legend", "color"),
    [
        ("※赤字は令和７年度のＫＰＩ。", RED),
        ("（注）赤字で示した数値は、目標値です。", "#ff0000"),
        ("※下線部は数値目標", None),
    ],
)
def test_what_a_legend_says_to_be_a_target_is_one_where_it_is_so_marked(legend: str, color: str | None) -> None:
    parsed = _marked([*LINES, legend], {1: "850社", 3: "66.5％以上"}, color)
    assert [(t.kind, t.value) for t in normalize_document(parsed).targets] == [("kpi", 850.0), ("kpi", 66.5)]


@pytest.mark.parametrize(
    ("legend", "color"),
    [
        ("※赤字は前年度からの変更箇所", RED),
        ("※赤字は令和７年度のＫＰＩ。", NAVY),
        ("赤字は目標を下回る収支となった。", RED),
    ],
)
def test_colour_tells_nothing_where_no_legend_says_so(legend: str, color: str) -> None:
    parsed = _marked([*LINES, legend], {1: "850社"}, color)
    assert [t for t in normalize_document(parsed).targets if t.kind == "kpi" and t.value == 850.0] == []
