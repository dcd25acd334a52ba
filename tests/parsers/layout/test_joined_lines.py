"""What stands between the lines of a wrapped text."""

from __future__ import annotations

import pytest

from parsers.layout.joined_lines import seam


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("Under 18", "years", " "),
        ("roads, bridges,", "rail links", " "),
        ("the offices (all", "of them)", " "),
        ("Net sales of the year", "2019", " "),
        ("in the amount of 1,", "200 euros", ""),
        ("long-", "term loans of banks", ""),
        ("受診率", "61.7%", ""),
        ("KPI", "1", ""),
        ("96.", "5%", ""),
        ("被保険者（40歳以上）は R", "6年度", ""),
    ],
)
def test_only_lines_of_latin_words_are_parted(before: str, after: str, between: str) -> None:
    assert seam(before, after) == between
