"""Units: the longest word wins, and every word has a code."""

from __future__ import annotations

import pytest

from normalizers.text.units import unit_at


@pytest.mark.parametrize(
    ("text", "code", "end"),
    [
        ("%ポイント増", "percentage_point", 5),
        ("%以上", "percent", 1),
        ("ポイント", "percentage_point", 4),
        ("事業所以上", "offices", 3),
        (" 社", "companies", 2),
        ("ヶ月以内", "months", 2),
        ("営業日", "days", 3),
        ("医療機関", "organizations", 4),
    ],
)
def test_the_unit_after_a_number(text: str, code: str, end: int) -> None:
    found = unit_at(text, 0)
    assert found is not None
    assert (found[0].code, found[1]) == (code, end)


def test_eight_tenths_are_eighty_percent() -> None:
    found = unit_at("割以上", 0)
    assert found is not None
    assert (found[0].code, found[0].scale) == ("percent", 10.0)


@pytest.mark.parametrize("text", ["", "の", "以上", "年度"])
def test_no_unit(text: str) -> None:
    assert unit_at(text, 0) is None
