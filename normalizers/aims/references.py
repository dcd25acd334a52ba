"""References to results, averages and goals that an aim is compared with: 前年度実績, 過去3年度の平均値."""

from __future__ import annotations

from collections.abc import Mapping

from normalizers.aims.fixed_span import FixedSpan
from normalizers.aims.patterns import pattern, words
from normalizers.text.fiscal_years import YearMention

_REFERENCE = pattern("references.reference")
_AFTER_YEAR = pattern("references.end")
_GOAL_FOLLOWS = pattern("references.goal_follows")
_MULTIPLE_FOLLOWS = pattern("references.multiple_follows")
_YEAR_FOLLOWS = pattern("references.year_follows")
_OTHER_WORD = pattern("references.other_word")
_BEFORE_OTHER = pattern("references.before_other")
_TELLS_A_RESULT = pattern("references.tells_a_result")
_LAST_YEAR = pattern("references.last_year")
_PLAIN = words("references.plain")


def reference_at(text: str, at: int, years: Mapping[int, YearMention]) -> FixedSpan | None:
    """The reference that begins at ``at`` of a skeleton's text; None where there is none."""
    year = years.get(at)
    if year is not None:
        return _of_year(text, year)
    if at and _BEFORE_OTHER.match(text, at - 1):
        return None
    found = _REFERENCE.match(text, at)
    if found is None or _OTHER_WORD.match(text, found.end()):
        return None
    word, goal_follows = found.group(), _GOAL_FOLLOWS.match(text, found.end()) is not None
    if word in _PLAIN and not goal_follows:
        return None
    return FixedSpan(
        "reference",
        at,
        found.end(),
        compared=bool(found["compared"]),
        foreign=found["foreign"] is not None,
        told_result=_TELLS_A_RESULT.search(word) is not None,
        last_year=_LAST_YEAR.match(word) is not None,
    )


def _of_year(text: str, year: YearMention) -> FixedSpan | None:
    """令和4年度実績以上, R5年度の1.2倍, 令和3年度比: a year that is compared with, and no time of its own."""
    found = _AFTER_YEAR.match(text, year.end)
    if found is None or (found["compared"] == "から" and _YEAR_FOLLOWS.match(text, found.end())):
        return None
    told = _TELLS_A_RESULT.search(found["carry"]) is not None
    goal_follows = _GOAL_FOLLOWS.match(text, found.end()) is not None
    compares = found["compared"] or ((told or year.fiscal) and goal_follows)
    if not compares and not _MULTIPLE_FOLLOWS.match(text, found.end()):
        return None
    return FixedSpan(
        "reference",
        year.start,
        found.end(),
        year=year.year,
        fiscal=year.fiscal,
        compared=bool(found["compared"]),
        told_result=told,
    )
