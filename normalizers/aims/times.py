"""Times by which or at which an aim holds, and the periods in which something is counted."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Set

from normalizers.aims.fixed_span import FixedSpan
from normalizers.aims.lexicon import alternatives, pattern
from normalizers.text.fiscal_years import ERA_OFFSETS, ERA_WORDS, YearMention
from normalizers.text.numbers import Quantity

_YEAR = rf"(?:{ERA_WORDS}|R|H)?[0-9元]{{1,4}}"
_YEAR_RANGE = re.compile(
    rf"{_YEAR}(?:年度?)? ?[~-] ?{_YEAR}年度?"
    # R3~5平均
    rf"|(?:{ERA_WORDS}|R|H)[0-9元]{{1,2}} ?[~-] ?(?:{ERA_WORDS}|R|H)?[0-9元]{{1,2}}(?=の?平均)"
    # 令和5年度から令和8年度にかけて
    rf"|{_YEAR}年度?から{_YEAR}年度?末?(?:にかけて|までの?(?:間に?|期間に?)?(?=[0-9、]|[^0-9]{{1,3}}か?年))"
)
_TERM_OF_PLAN = re.compile(
    "(?:(?:第[0-9一二三四五六]{1,2}[期次])?[一-鿿ァ-ヺー]{0,12}(?:計画|中期目標|計画期間|プラン|ビジョン|戦略)の?|第[0-9一二三四五六]{1,2}期の)?(?:初|中間|最終|目標|基準)年度?(?:である|となる|に当たる|にあたる|の|、)|(?:計画|期間)の(?:折り返し|中間点|終わり)(?:である|となる|に当たる|にあたる)"
)
_LENGTH = re.compile(
    # 入学から卒業までの3年間に
    r"[一-鿿]{2,8}から[一-鿿]{2,8}までの[0-9一二三]{1,3}(?:年間|か月間|日間)(?:に|で)?、?|"
    # 開設後3か月以内に利用率を50%
    r"(?<=後)[0-9]{1,3}(?:年|か月|週間|営業日|日)以内に(?=[^0-9、。をはがたる]{1,16}(?:率|割合|数)[をは][0-9約])|"
    r"[0-9一二三]{1,4}(?:年|か月|週間|営業日|日)以内に(?=(?:全体の|約)?[0-9]|全[件員数て]|すべて|過?半数)|(?<![^、。\s])[0-9一二三]{1,2}年以内に、?|[0-9一二三]{1,4}年目(?:は|に|には|で|までに)?|[0-9]{1,2}月?[~-][0-9]{1,2}月期?(?:に|で|は|まで(?:に)?)?|毎月[0-9]{1,2}日(?:まで(?:に)?)?|[0-9]{1,4}年連続で|[0-9]{1,4}年後(?:に|には|まで|の)?|半年(?:間?で|以内に)|(?:今後|向こう|むこう)?[0-9]{1,4}(?:か?年間?|か月間?|週間)で|"
    r"20XX年度?(?:末)?(?:までに|まで|に)?|"
    # R6.11末まで, H30.3.31時点
    rf"(?:{ERA_WORDS}|R|H)[0-9元]{{1,2}}[./](?:1[0-2]|0?[1-9])(?:[./](?:[12][0-9]|3[01]|0?[1-9]))?"
    r"(?:末?(?:までに|まで|時点で|時点|現在)|末|$|(?=[:( →〓]))"
)
_POINTED_MONTH = re.compile(rf"(?P<era>{ERA_WORDS}|R|H)(?P<year>[0-9元]{{1,2}})[./](?P<month>[0-9]{{1,2}})")
_FIRST_MONTH = 4
"""Of a fiscal year."""

_DAY = re.compile(r"(?:[12][0-9]|3[01]|[1-9])日")
_FIRM = re.compile(
    r"末|時点|現在|まで|中に|内に|前半|後半|前期|後期|月|四半期|半期|上期|下期|において|平均|終了|第[0-9一二三四五六]+期で"
)
_OF_SOMETHING = re.compile(r"版|改定|以前|生まれ|年始|調整")
# These are a time only with an edge or one of the particles behind them; 年 alone is a period or part of a word.
_PLAIN = ("年", "期", "年度", "毎年", "各年度", "毎年度")
_TELLING_PARTICLES = ("までに", "中に", "内に", "において")
_BEFORE_A_TIME = "をはがにでも、のて率数額合"
_FROM = "から"
_YEARLY = re.compile("[毎各]?年度?$")


@functools.cache
def _moment() -> str:
    edge, particle = pattern("edge"), pattern("particle")
    return rf"[ の]?(?P<moment>{pattern('month')}|{pattern('part')})?(?P<edge>{edge})(?P<particle>{particle})"


@functools.cache
def _relative() -> re.Pattern[str]:
    return re.compile(rf"(?P<relative>{pattern('relative')})?{_moment()}")


@functools.cache
def _after_year() -> re.Pattern[str]:
    return re.compile(_moment())


@functools.cache
def _named() -> re.Pattern[str]:
    return re.compile(alternatives("names", "times"))


@functools.cache
def opening() -> str:
    """What a time without a year, or a range of years, begins with, as a regular expression."""
    moment = rf"[ の]?(?:{pattern('month')}|{pattern('part')})"
    plain = "|".join(each.pattern for each in (_LENGTH, _YEAR_RANGE))
    return rf"{_TERM_OF_PLAN.pattern}|{pattern('relative')}|{moment}|{plain}|{pattern('period')}"


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
    found = _after_year().match(text, begin)
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


def _leading_to_year(text: str, at: int, years: Mapping[int, YearMention]) -> int:
    """Where the year begins that a term before it is (中間年度である令和8年度); ``at`` if none is."""
    led = _TERM_OF_PLAN.match(text, at)
    return led.end() if led is not None and led.end() in years else at


def _after_named_year(text: str, at: int, years: Mapping[int, YearMention]) -> tuple[int, YearMention | None]:
    """Where a year, a range of years or a date at ``at`` ends; ``at`` itself where there is none."""
    year = years.get(at)
    free = not at or not text[at - 1].isalnum() or text[at - 1] in _BEFORE_A_TIME
    ranged = _YEAR_RANGE.match(text, at) if free else None
    if ranged is not None and re.search(f"年|{ERA_WORDS}|R|H", ranged.group()):
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
        and text[at - 1] not in _BEFORE_A_TIME
        and not text.endswith(_FROM, 0, at)
    ):
        return None
    found = _relative().match(text, at)
    if found is None or not (found["moment"] or found["relative"]):
        return None
    if found["edge"] == "平均" and _YEARLY.match(found["relative"] or ""):
        # 毎年度平均で: how it is reckoned.
        return FixedSpan("period", at, found.start("particle"))
    bare = not found["edge"]
    if found["relative"] in _PLAIN and bare and not found["moment"] and found["particle"] not in _TELLING_PARTICLES:
        return None
    halves = found["moment"] in ("前期", "後期") and found["particle"] not in ("に", "は", "までに", "まで")
    if halves and bare and not found["relative"]:
        return None
    end = _without_particle(text, found)
    if _OF_SOMETHING.match(text, end):
        # 年末年始, 年末調整
        return None
    if found["moment"] is not None and found["moment"].endswith("月"):
        end = _to_other_end(text, found, end)
    firm = _FIRM.search(text, at, end) is not None or _named().search(text, at, end) is not None
    return FixedSpan("time", at, end, firm=firm)


_OTHER_END = re.compile(
    rf"(?:から|~|-|、|・|と|及び)(?:(?:{ERA_WORDS}|R|H)?[0-9元]{{1,4}}年)?(?:1[0-2]|[1-9])月"
    r"(?:(?:[12][0-9]|3[01]|[1-9])日|末|中)?(?:まで)?(?:の間)?(?:に|で|は)?"
)


def _to_other_end(text: str, found: re.Match[str] | None, end: int) -> int:
    """令和7年1月から3月に, 7月、10月の: where a stretch of months or the last of several ends."""
    while found is not None and (other := _OTHER_END.match(text, end)) is not None:
        end = other.end()
    return end


def _without_particle(text: str, found: re.Match[str] | None) -> int:
    """Where a time ends: before a comma, and before の where a result follows (令和4年度の実績)."""
    assert found is not None
    particle, end = found["particle"], found.end()
    if particle == "、" or (particle in ("の", "は", "に", "で") and re.match("実績|版", text[end : end + 2])):
        return end - 1
    return end


@functools.cache
def _period() -> re.Pattern[str]:
    return re.compile(rf"{pattern('period')} ?")


@functools.cache
def _acts() -> re.Pattern[str]:
    """配信(月2回), 開催(年6回), 目標月20件: an action or a label that ends where a period may begin."""
    labels = "|".join(alternatives("labels", kind) for kind in ("aim", "past"))
    return re.compile(rf"(?:{alternatives('words', 'verb', 'act')}|{labels})$")


@functools.cache
def _after_a_name() -> re.Pattern[str]:
    return re.compile(pattern("period_after_name"))


_COUNTED_IN_PERIODS = frozenset({"times", "cases", "people", "offices", "companies", "places"})
"""Units of what is done or reached so often in a year or month."""

_ENDS_OF_VERBS = ("た", "る")
_LONGEST_ACT = 8
"""Characters of the longest word of doing."""

_LEADING_UP = re.compile("(?:約|概ね|計|延べ|各|最低|平均|必ず|少なくとも|年間|年|月| )*")


def period_at(text: str, at: int, quantities: Mapping[int, Quantity], gaps: Set[int]) -> FixedSpan | None:
    """The period of a count that a number follows: 年4回, 月平均20時間, 各回30社."""
    before = text[at - 1] if at else ""
    if before in _ENDS_OF_VERBS and text.startswith("年", at):
        # 新規指定のあった年度は70件
        return None
    in_word = before.isalnum() and not "ぁ" <= before <= "ん" and before not in "率数額"
    in_word = in_word and _acts().search(text, max(0, at - _LONGEST_ACT), at) is None
    found = _period().match(text, at)
    leads = _LEADING_UP.match(text, found.end()) if found is not None else None
    quantity = quantities.get(leads.end()) if leads is not None else None
    if found is None or quantity is None:
        return None
    if in_word and at not in gaps:
        # 出前講座年30回: no blank parts the name from the period, but nothing else can count so.
        counts = quantity.unit is not None and quantity.unit.code in _COUNTED_IN_PERIODS
        return FixedSpan("period", at, found.end()) if counts and _after_a_name().match(text, at) else None
    return FixedSpan("period", at, found.end())
