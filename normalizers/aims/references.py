"""References to results, averages and goals that an aim is compared with: 前年度実績, 過去3年度の平均値."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from normalizers.aims.fixed_span import FixedSpan
from normalizers.aims.lexicon import pattern
from normalizers.text.fiscal_years import ERA_WORDS, YearMention

_GOAL_FOLLOWS = re.compile(r" ?(?:以上|以下|未満|超|を上回|を下回|を超え|並み|並|同)")
_MULTIPLE_FOLLOWS = re.compile(r"の ?[0-9.]+ ?倍")
_YEAR_FOLLOWS = re.compile(rf" ?(?:{ERA_WORDS}|R|20|[0-9]{{1,2}}月)")
_OTHER_WORD = re.compile(r"(?:分|納|所得|同様|の?[12]つ)")
_TELLS_A_RESULT = re.compile("実績|結果|水準|値|平均|最高")
# Words that are a reference only where a goal follows at once.
_PLAIN = ("現在", "過去", "直近", "平均", "平均値", "現行", "従前", "従来", "全国", "前期")


@functools.cache
def _end() -> str:
    again = f"(?:(?:と|又は|または|及び|、|か|の|実績)*(?:{pattern('result')}|{pattern('foreign')}){pattern('carry')})*"
    compared = f"(?P<compared>{pattern('compared')}{pattern('same')})?"
    return f"(?P<carry>{pattern('carry')}){again}{pattern('either')}?{compared}"


@functools.cache
def _reference() -> re.Pattern[str]:
    return re.compile(f"(?:(?P<result>{pattern('result')})|(?P<foreign>{pattern('foreign')})){_end()}")


@functools.cache
def _after_year() -> re.Pattern[str]:
    return re.compile(_end())


@functools.cache
def opening() -> str:
    """What a reference without a year begins with, as a regular expression."""
    return f"{pattern('result')}|{pattern('foreign')}"


def reference_at(text: str, at: int, years: Mapping[int, YearMention]) -> FixedSpan | None:
    """The reference that begins at ``at`` of a skeleton's text; None where there is none."""
    year = years.get(at)
    if year is not None:
        return _of_year(text, year)
    if at and text[at - 1] in "前々対":
        return None
    found = _reference().match(text, at)
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
        last_year=re.match("対?[前昨]年", word) is not None,
    )


def _of_year(text: str, year: YearMention) -> FixedSpan | None:
    """令和4年度実績以上, R5年度の1.2倍, 令和3年度比: a year that is compared with, and no time of its own."""
    found = _after_year().match(text, year.end)
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
