"""Which section the text and the tables of a headed plan stand in."""

from __future__ import annotations

import pytest

from parsers.model.layout import Line
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_line, set_page, set_table

TITLE = set_line("平成27年度 熊本支部事業計画", 150, 40, size=14)


def headed(*texts: str, top: float) -> list[Line]:
    """Lines one below the other, each further in than the one above it."""
    return [set_line(text, 60 + 12 * at, top + 20 * at) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("２．健康保険給付等", "３．保健事業"),
        ("2　健康保険給付等", "3　保健事業"),
        ("Ⅱ 戦略的保険者機能関係", "Ⅲ 支部独自の取組"),
    ],
)
@pytest.mark.parametrize("paged", [False, True])
def test_text_and_tables_below_a_heading_that_counts_on_stand_in_its_section(
    first: str, second: str, *, paged: bool
) -> None:
    rows = [[["指標"], ["目標"]], [["特定健診実施率"], ["54.0%以上"]]]
    top = 80 if paged else 200
    above = headed(first, "（１）窓口", "・案内を行う。", top=80)
    below = headed(second, "（１）健診", "・受診を勧める。", top=top)
    table = set_table(rows, edges=(84.0, 250.0, 400.0), top=top + 70)
    whole = [set_page(1, [table], [TITLE, *above, *below])]
    pages = [set_page(1, [], [TITLE, *above]), set_page(2, [table], below)] if paged else whole
    placed = {p.text.text: p.section for p in parse_layouts(pages, name="plan.pdf").paragraphs}
    assert placed["・案内を行う。"] == first
    assert (placed["・受診を勧める。"], placed["54.0%以上"]) == (second, second)
