"""Times by which or at which an aim holds, and the periods in which something is counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from normalizers.aims.fixed_span import FixedSpan
from normalizers.aims.patterns import pattern, words
from normalizers.text.fiscal_years import ERA_OFFSETS, YearMention
from normalizers.text.numbers import Quantity

_YEAR_RANGE = pattern("times.year_range")
_NAMES_YEAR = pattern("times.names_year")
_TERM_OF_PLAN = pattern("times.term_of_plan")
_LENGTH = pattern("times.length")
_EVENT = pattern("times.event")
_POINTED_MONTH = pattern("times.era_and_month")
_BARE_YEAR = pattern("times.bare_year")
_FIRST_MONTH = 4
"""Of a fiscal year."""

_DAY = pattern("times.day")
_RELATIVE = pattern("times.relative_moment")
_AFTER_YEAR = pattern("times.moment")
_OTHER_END = pattern("times.other_end")
_FIRM = pattern("times.firm")
_NAMED = pattern("names.times")
_OF_SOMETHING = pattern("times.of_something")
_PLAIN = words("times.plain")
_TELLING_PARTICLES = words("times.telling_particles")
_HALVES, _PARTICLES_OF_HALVES = words("times.halves"), words("times.particles_of_halves")
_MAY_STAND_BEFORE = pattern("times.before")
_RESULT_FOLLOWS = pattern("times.result_follows")
_FROM = "から"
_YEARLY = pattern("times.yearly")


def event_at(text: str, at: int, years: Mapping[int, YearMention]) -> FixedSpan | None:
    """The time of a named event that begins at ``at`` (令和8年度の中間見直しまでに); None where there is none."""
    event = _EVENT.match(text, at)
    if event is None:
        return None
    year = years[at].year if at in years else None
    return FixedSpan("time", at, at + len(event.group().rstrip("、")), year=year, firm=True)


def time_at(text: str, at: int, years: Mapping[int, YearMention], gaps: Set[int]) -> FixedSpan | None:
    """The time that begins at ``at`` of a skeleton's text (令和8年度末までに, 上半期); None where there is none.

    ``gaps`` are the offsets before which the page shows a blank.
    """
    length = _LENGTH.match(text, at)
    if length is not None:
        return FixedSpan("time", at, length.end(), year=_year_of_month(length.group()), firm=True)
    first = _leading_to_year(text, at, years)
    begin, year = _after_named_year(text, first, years)
    if begin == first:
        return _without_year(text, at, gaps)
    if text.startswith(("(", "〓"), begin):
        return None
    found = _AFTER_YEAR.match(text, begin)
    end = _without_particle(text, found)
    if _OF_SOMETHING.match(text, end):
        return None
    end = _to_other_end(text, found, end)
    firm = _FIRM.search(text, at, end) is not None
    return FixedSpan("time", at, end, year=year.year if year else None, fiscal=bool(year and year.fiscal), firm=firm)


def _year_of_month(text: str) -> int | None:
    """The fiscal year in which a month like R7.3 lies: 2024."""
    found = _POINTED_MONTH.match(text)
    if found is None:
        return None
    first = ERA_OFFSETS[found["era"]] + (1 if found["year"] == "元" else int(found["year"]))
    return first - 1 if int(found["month"]) < _FIRST_MONTH else first


def year_of_date(text: str) -> int | None:
    """The fiscal year of a short date or of an era's year without 年 (R6.3末: 2023, 令和5: 2023); None for none."""
    dated = _POINTED_MONTH.search(text)
    if dated is not None:
        return _year_of_month(dated.group())
    bare = _BARE_YEAR.match(text)
    return None if bare is None else ERA_OFFSETS[bare["era"]] + (1 if bare["year"] == "元" else int(bare["year"]))


def _leading_to_year(text: str, at: int, years: Mapping[int, YearMention]) -> int:
    """Where the year begins that a term before it is (中間年度である令和8年度); ``at`` if none is."""
    led = _TERM_OF_PLAN.match(text, at)
    return led.end() if led is not None and led.end() in years else at


def _after_named_year(text: str, at: int, years: Mapping[int, YearMention]) -> tuple[int, YearMention | None]:
    """Where a year, a range of years or a date at ``at`` ends; ``at`` itself where there is none."""
    year = years.get(at)
    free = not at or not text[at - 1].isalnum() or _MAY_STAND_BEFORE.match(text, at - 1)
    ranged = _YEAR_RANGE.match(text, at) if free else None
    if ranged is not None and _NAMES_YEAR.search(ranged.group()):
        # 令和5年度から令和8年度にかけて: by its last year.
        inner = [years[begins] for begins in years if at < begins < ranged.end()]
        return ranged.end(), max(inner, key=lambda mention: mention.start) if inner else year
    if year is None:
        return at, None
    day = _DAY.match(text, year.end) if text[year.end - 1] == "月" else None
    return day.end() if day else year.end, year


def _without_year(text: str, at: int, gaps: Set[int]) -> FixedSpan | None:
    if (
        at
        and at not in gaps
        and text[at - 1].isalnum()
        and not _MAY_STAND_BEFORE.match(text, at - 1)
        and not text.endswith(_FROM, 0, at)
    ):
        return None
    found = _RELATIVE.match(text, at)
    if found is None or not (found["moment"] or found["relative"]):
        return None
    if found["edge"] == "平均" and _YEARLY.match(found["relative"] or ""):
        # 毎年度平均で: how it is reckoned.
        return FixedSpan("period", at, found.start("particle"))
    bare = not found["edge"]
    if found["relative"] in _PLAIN and bare and not found["moment"] and found["particle"] not in _TELLING_PARTICLES:
        return None
    halves = found["moment"] in _HALVES and found["particle"] not in _PARTICLES_OF_HALVES
    if halves and bare and not found["relative"]:
        return None
    end = _without_particle(text, found)
    if _OF_SOMETHING.match(text, end):
        # 年末年始, 年末調整
        return None
    if found["moment"] is not None and found["moment"].endswith("月"):
        end = _to_other_end(text, found, end)
    firm = _FIRM.search(text, at, end) is not None or _NAMED.search(text, at, end) is not None
    return FixedSpan("time", at, end, firm=firm)


def _to_other_end(text: str, found: re.Match[str] | None, end: int) -> int:
    """令和7年1月から3月に, 7月、10月の: where a stretch of months or the last of several ends."""
    while found is not None and (other := _OTHER_END.match(text, end)) is not None:
        end = other.end()
    return end


def _without_particle(text: str, found: re.Match[str] | None) -> int:
    """Where a time ends: before a comma, and before の where a result follows (令和4年度の実績)."""
    assert found is not None
    particle, end = found["particle"], found.end()
    if particle == "、" or (particle in ("の", "は", "に", "で") and _RESULT_FOLLOWS.match(text, end)):
        return end - 1
    return end


_PERIOD = pattern("periods.before_count")
_AFTER_A_NAME = pattern("periods.after_name")
_LEADING_UP = pattern("periods.leading_up")
_ACTS = pattern("periods.acts")
_ENDS_OF_VERBS, _MEASURES = pattern("periods.ends_of_verbs"), pattern("periods.measures")
_OTHERS = pattern("periods.others")
_COUNTED_IN_PERIODS = frozenset({"times", "cases", "documents", "people", "offices", "companies", "places"})
"""Units of what is done or reached so often in a year or month."""

_LONGEST_ACT = 8
"""Characters of the longest word of doing."""


def period_at(text: str, at: int, quantities: Mapping[int, Quantity], gaps: Set[int]) -> FixedSpan | None:
    """The period of a count that a number follows: 年4回, 月平均20時間, 各回30社."""
    before = text[at - 1] if at else ""
    if _ENDS_OF_VERBS.match(before) and text.startswith("年", at):
        # 新規指定のあった年度は70件
        return None
    if _OTHERS.search(text, 0, at):
        return None
    letter = before.isascii() and before.isalpha()
    in_word = before.isalnum() and not letter and not "ぁ" <= before <= "ん" and not _MEASURES.match(before)
    in_word = in_word and _ACTS.search(text, max(0, at - _LONGEST_ACT), at) is None
    found = _PERIOD.match(text, at)
    leads = _LEADING_UP.match(text, found.end()) if found is not None else None
    quantity = quantities.get(leads.end()) if leads is not None else None
    if found is None or quantity is None:
        return None
    if in_word and at not in gaps:
        # 出前講座年30回: no blank parts the name from the period, but nothing else can count so.
        counts = quantity.unit is not None and quantity.unit.code in _COUNTED_IN_PERIODS
        return FixedSpan("period", at, found.end()) if counts and _AFTER_A_NAME.match(text, at) else None
    return FixedSpan("period", at, found.end())
