"""Fiscal years in every spelling: 令和3年度, R6, H28, 2024(令和6)年度 and its misprint 2024(令和6年)度, 平成35年度.

A Japanese fiscal year runs from April to March and is named by the western year in which it begins.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import pairwise

from normalizers.text.numbers import read_number
from normalizers.text.patterns import pattern, words

ERA_OFFSETS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "R": 2018,
    "H": 1988,
    "S": 1925,
    "令": 2018,
    "平": 1988,
    "昭": 1925,
}
"""The year before each era's first: 令和1 is 2019. Eras that ended run on in print (平成35年度 is 2023)."""

PLAN_ERAS = words("eras.names")
"""The eras in which plans were made, the present one first."""

ERA_WORDS = "|".join(PLAN_ERAS)
"""The same as alternatives within a regular expression."""

_PATTERN = pattern("years.mention")
_WITHOUT_ERA = pattern("years.without_era")
_LAST_OF_REIWA = 15
"""A greater number without an era is of 平成."""

_MONTH = pattern("years.month")
_IN_A_ROW = pattern("years.in_a_row")
_EARLIEST, _LATEST = 1950, 2100


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year named at ``start:end`` of a normalised text.

    ``year`` is the fiscal year; for a date (令和7年3月) the fiscal year in which the month lies. ``fiscal`` tells
    whether the page says 年度. ``contradictory`` marks two spellings that name different years (2024(令和5)年度).
    """

    year: int
    start: int
    end: int
    fiscal: bool
    contradictory: bool = False


@functools.lru_cache(maxsize=4096)
def read_years(text: str) -> tuple[YearMention, ...]:
    """Every year that a normalised text names, from left to right; bare R6 or H28 count, bare numbers do not."""
    found = [mention for each in _PATTERN.finditer(text) if (mention := _mention(text, each)) is not None]
    bare = [_without_era(each) for each in _WITHOUT_ERA.finditer(text)]
    return tuple(sorted([*found, *bare], key=lambda mention: mention.start))


def read_fiscal_year(text: str) -> int | None:
    """The first fiscal year (年度) that a normalised text names, else the first year of any kind, else None."""
    mentions = read_years(text)
    fiscal = [mention for mention in mentions if mention.fiscal]
    return (fiscal or list(mentions))[0].year if mentions else None


def read_newest_year(text: str) -> int | None:
    """As :func:`read_fiscal_year`, but of years that stand in a row (令和4年度~令和6年度) the newest."""
    year = read_fiscal_year(text)
    mentions = read_years(text)
    first = next((at for at, mention in enumerate(mentions) if mention.year == year), len(mentions))
    for one, other in pairwise(mentions[first:]):
        if _IN_A_ROW.fullmatch(text, one.end, other.start) is None:
            break
        year = max(year or other.year, other.year)
    return year


def fiscal_year_name(year: int) -> str:
    """A fiscal year as plans print it: 2024 → 令和6年度, 2019 → 令和元年度, 2016 → 平成28年度."""
    era = next((era for era in PLAN_ERAS if year > ERA_OFFSETS[era]), PLAN_ERAS[-1])
    number = "元" if year - ERA_OFFSETS[era] == 1 else str(year - ERA_OFFSETS[era])
    return f"{era}{number}年度"


def western_year(era: str, number: int) -> int:
    """The western year of a year of an era (令和, H); raises KeyError for an unknown era."""
    return ERA_OFFSETS[era] + number


def _mention(text: str, found: re.Match[str]) -> YearMention | None:
    parts = found.groupdict()
    western = parts["western"] or parts["second_western"] or parts["western_only"]
    era = parts["both_era"] or parts["first_era"] or parts["era"] or parts["letter"]
    number = parts["both_number"] or parts["first_number"] or parts["number"] or parts["short"]
    fiscal = parts["fiscal"] is not None
    bare = parts["only"] is not None and (parts["western_only"] or parts["letter"] is None)
    if bare and parts["closed"] is None and not (western and era):
        # 令和6 or 2024 without 年 is a year only in brackets or as a letter and number.
        return None
    years = [int(western)] if western else []
    if era and number:
        years.append(ERA_OFFSETS[era.replace(" ", "").upper()] + _year_number(number))
    if not years or not _EARLIEST <= years[0] <= _LATEST:
        return None
    year, end = years[0], found.end()
    month = _MONTH.match(text, end) if parts["calendar"] else None
    if month is not None and 1 <= int(month.group(1)) <= 12:
        end = month.end()
        year -= int(month.group(1)) < 4
    return YearMention(year, found.start(), end, fiscal, len(set(years)) > 1)


def _without_era(found: re.Match[str]) -> YearMention:
    number = int(found["number"])
    era = PLAN_ERAS[0] if number <= _LAST_OF_REIWA else PLAN_ERAS[1]
    return YearMention(western_year(era, number), found.start(), found.end(), fiscal=True)


def _year_number(number: str) -> int:
    if number == "元":
        return 1
    return int(read_number(number) or 0)


def year_of_number(number: int, document_year: int | None) -> int | None:
    """The year that a number without its era means (28年度): the one nearest to the document's."""
    if document_year is None:
        return None
    return min((western_year(era, number) for era in PLAN_ERAS), key=lambda year: abs(year - document_year))
