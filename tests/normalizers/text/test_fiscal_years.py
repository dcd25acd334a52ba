"""Fiscal years in every spelling, misprints and years that never came included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import fiscal_year_name, read_fiscal_year, read_newest_year, read_years


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和3年度", 2021),
        ("令和３年度事業計画（案）", 2021),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("平成35年度", 2023),
        ("平成 29 年 度", 2017),
        ("平 成 29 年 度", 2017),
        ("平成二十九年度", 2017),
        ("令和六年度", 2024),
        ("H28", 2016),
        ("R6", 2024),
        ("Ｒ６年度", 2024),
        ("2024(令和6)年度", 2024),
        ("2024（令和６年）度", 2024),
        ("2024（令和6年度）", 2024),
        ("令和6(2024)年度", 2024),
        ("2023年度末", 2023),
        ("昭和63年度", 1988),
        ("令和7年3月末", 2024),
        ("令和7年4月", 2025),
        ("第3期、平成30年度から令和5年度まで", 2018),
        ("30.3％", None),
        ("2024件", None),
        ("HbA1c", None),
        ("前年度", None),
    ],
)
def test_the_fiscal_year_named(text: str, year: int | None) -> None:
    assert read_fiscal_year(normalize(text).text) == year


def test_two_spellings_that_disagree_are_marked() -> None:
    (mention,) = read_years("2024(令和5)年度")
    assert mention.year == 2024
    assert mention.contradictory


def test_a_range_of_years_names_both() -> None:
    assert [mention.year for mention in read_years("令和3年度から令和5年度まで")] == [2021, 2023]


@given(st.integers(min_value=1990, max_value=2060), st.sampled_from(["{}", "（{}）", "第6期{}計画", " {} "]))
def test_a_year_printed_with_its_era_is_read_back(year: int, frame: str) -> None:
    assert read_fiscal_year(normalize(frame.format(fiscal_year_name(year))).text) == year


@given(st.text(max_size=100))
def test_no_text_raises(text: str) -> None:
    for mention in read_years(text):
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和４年度～令和６年度 支部事業計画", 2024),
        ("平成29年度及び平成30年度事業計画", 2018),
        ("令和６年度・令和５年度 新旧対照表", 2024),
        ("令和６年度事業計画（令和７年度の見通しを含む）", 2024),
        ("修正箇所（平成30年度事業計画⇒令和元年度事業計画）", 2019),
        ("計画", None),
    ],
)
def test_of_years_in_a_row_the_newest(text: str, year: int | None) -> None:
    assert read_newest_year(normalize(text).text) == year
