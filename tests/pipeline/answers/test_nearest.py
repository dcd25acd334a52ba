"""Names that are not there are answered with the one that was meant."""

from __future__ import annotations

import pytest

from pipeline.answers.nearest import nearest


@pytest.mark.parametrize(
    ("name", "expected"), [("岡出", ["岡山"]), ("brnach_name", ["branch_name"]), ("KPI", ["kpi"]), ("北海", ["北海道"])]
)
def test_the_nearest_name_is_found(name: str, expected: list[str]) -> None:
    assert nearest(name, ["岡山", "branch_name", "kpi", "北海道"]) == expected


def test_names_that_are_equally_near_are_all_named() -> None:
    assert nearest("岡川", ["石川", "岡山", "東京"]) == ["石川", "岡山"]


def test_nothing_near_is_nothing_said() -> None:
    assert nearest("zzzz", ["岡山"]) == []
