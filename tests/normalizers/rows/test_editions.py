"""The year that a column speaks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalizers.rows.editions import edition_title
from tests.normalizers.plan_text import paragraph


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("旧", 2023),
        ("現行", 2023),
        ("改正前", 2023),
        ("変更前", 2024),
        ("（修正前）", 2024),
        ("当初計画", 2024),
        ("変更前（令和5年度）", 2023),
        ("令和4年度計画", 2022),
    ],
)
def test_an_old_column_is_last_years_unless_the_plan_was_changed_within_the_year(title: str, year: int) -> None:
    old = replace(paragraph("・研修", edition="old"), column_title=title)
    assert edition_title(old, 2024).fiscal_year == year
