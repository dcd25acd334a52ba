"""What a clause says beside its goal: condition, deadline, printed baseline, and the indicator cut free of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.fiscal_years import read_fiscal_year
from normalizers.numbers import read_quantities
from normalizers.skeleton import Bracket, Skeleton
from normalizers.target_patterns import leading_words, trailing_words
from normalizers.tokens import read_words

Stretch = tuple[int, int]
"""(start, end) in the normalised statement."""

_YEAR = r"(?:(?:令和|平成|R|H)?[0-9元]{1,4}(?:[(][^)]*[)])?年度?|今年度|本年度|当年度|各年度|年度|毎年度|計画期間|最終年度|翌年度|期)"
_MONTH_OR_PERIOD = r"(?:翌?[0-9]{1,2}月(?:[0-9]{1,2}日)?|第[0-9]四半期|四半期|上半期|下半期|上期|下期|前半|後半)"
_TIME_PARTICLE = r"(?:までに|まで|中に|内に|において|には|時点で|時点の|で|に|の|、)"
_DEADLINE = re.compile(
    rf"(?:^|(?<=[をはがにで、て ]))(?P<time>[各毎]?(?:{_YEAR}? ?{_MONTH_OR_PERIOD}|{_YEAR})(?:の?(?:末日|末|終了|当初))?(?:時点|現在)?{_TIME_PARTICLE})"
)
_FIRM_TIME = re.compile(r"末|時点|現在|まで|中に|内に|月|四半期|半期|上期|下期|において|年度に$")
_OWN_YEAR = re.compile(r"[0-9元](?:[)])?年度の$")
_SCOPE = re.compile(
    r"(?:^|(?<=[をはがに、]))(?P<scope>[^、。をは]{0,20}(?:全|各|すべての|全ての|当|他の)支部(?:において|では|で|については|は|について|とも))、?"
)
_EXCEPTION = re.compile(
    r"(?P<condition>(?:ただし|但し|なお)、?[^。]*?(?:については|につきましては|に限っては|においては|の場合は|場合は|の場合|場合には|では|は))、?"
)
_CASE = re.compile(r"(?P<condition>(?:[^、。]*支部(?:については|においては|は|では)|[^、。]*の場合(?:は|には)?))、?")
_GROUP = re.compile(r"(?P<condition>[^、。を]+?(?:については|においては|は))、?$")
_RESULT = re.compile(r"実績|現状|前年|見込|直近|基準値|現在")
_PRINTED_RESULT = re.compile(
    r"[、,/・ ]*(?:(?:令和|平成|R|H)?[0-9元]{1,4}年度末?|前年度末?|昨年度|直近)?の?(?:実績値?|現状値?|結果)(?:は|:|=| )* ?(?=[0-9])"
)
_AIM_LABEL = re.compile(r"(?:(?:令和|平成|R|H)?[0-9元]{1,4}年度)?の?(?:目標値?|KPI|計画値?)[:は ]*$")
_MEANS = re.compile(r"(?:により|によって|ことで|通じて|通じ|ため|ためて|向けて|はじめ)$")
_GLUED_GROUP = re.compile(r"(?:率|数|割合|額) ?(?P<group>[^率数割合額をはがの、]{2,8})$")
_MEASURES = re.compile(r"(?:率|数|割合|額|件|日数|時間|度|比)$")
_SIGN_BEFORE = " 、,:・=≧≥>≦≤<"


@dataclass(frozen=True, slots=True)
class Named:
    """What stands before a goal: an indicator, a group or case it holds for, either None where the page leaves it out."""

    indicator: str | None
    group: str | None = None
    condition: Stretch | None = None
    reasons: tuple[str, ...] = ()


def cut_scope(skeleton: Skeleton) -> tuple[Stretch | None, Skeleton]:
    """The scope that a sentence states for all its aims (全支部において), and the skeleton without it."""
    found = _SCOPE.search(skeleton.text)
    if found is None or _EXCEPTION.match(skeleton.text):
        return None, skeleton
    return skeleton.whole_span(*found.span("scope")), skeleton.without(*found.span())


def cut_deadline(skeleton: Skeleton, fiscal_year: int | None) -> tuple[Stretch | None, Skeleton]:
    """The time by which or at which the aim holds, and the skeleton without it.

    The plan's own year before an indicator (令和6年度の実施率) is no deadline and is only cut.
    """
    for found in _DEADLINE.finditer(skeleton.text):
        time = found.group("time")
        if found.start() == 0 and _OWN_YEAR.search(time) and not re.match("実績|結果|平均", skeleton.text[found.end() :]):
            own = fiscal_year is None or read_fiscal_year(time) == fiscal_year
            return None if own else skeleton.whole_span(*found.span("time")), skeleton.without(*found.span())
        if not _FIRM_TIME.search(time) or time in ("期に", "期の", "期で", "期、"):
            continue
        if time.endswith(("の", "、")) and found.start() and skeleton.text[found.start() - 1] in "がて":
            continue
        end = found.end() + (skeleton.text[found.end() : found.end() + 1] == "、")
        return skeleton.whole_span(*found.span("time")), skeleton.without(found.start(), end)
    return None, skeleton


def cut_printed_result(skeleton: Skeleton) -> tuple[tuple[float | None, int | None], Skeleton]:
    """A past result printed beside the aim (令和5年度実績:65.1%) as (value, year), and the skeleton without it."""
    found = _PRINTED_RESULT.search(skeleton.text)
    if found is None:
        return (None, None), skeleton
    quantity = next((q for q in read_quantities(skeleton.text) if q.start == found.end()), None)
    if quantity is None or re.match(r" ?(?:以上|以下|未満|超|から|より|を|の)", skeleton.text[quantity.end :]):
        return (None, None), skeleton
    return (quantity.value, read_fiscal_year(found.group())), skeleton.without(found.start(), quantity.end)


def bracketed_results(skeleton: Skeleton, fiscal_year: int | None) -> tuple[Bracket, ...]:
    """Brackets that hold a past result: 前年度実績(87.2%)以上, (令和5年度実績:58.1%), (令和5年度:58.1%) in a later plan."""
    return tuple(
        bracket for bracket in skeleton.brackets if not bracket.quotes and _holds_result(bracket, skeleton, fiscal_year)
    )


def _holds_result(bracket: Bracket, skeleton: Skeleton, fiscal_year: int | None) -> bool:
    content = bracket.content.rstrip(" 。")
    quantities = [quantity for quantity in read_quantities(content) if quantity.unit is not None]
    if not quantities or quantities[-1].end != len(content):
        return False
    if _RESULT.search(content) or _RESULT.search(skeleton.text[max(0, bracket.at - 6) : bracket.at]):
        return True
    year = read_fiscal_year(content)
    return year is not None and fiscal_year is not None and year < fiscal_year


def result_in(bracket: Bracket, skeleton: Skeleton) -> tuple[float | None, int | None]:
    """The value of a bracketed result and the fiscal year it is of, where one is named there or just before."""
    quantities = [quantity for quantity in read_quantities(bracket.content) if quantity.unit is not None]
    before = skeleton.text[max(0, bracket.at - 12) : bracket.at]
    return quantities[-1].value, read_fiscal_year(bracket.content) or read_fiscal_year(before)


def named_before(
    skeleton: Skeleton, start: int, end: int, *, first: bool, several: bool, same_unit: bool, left_out: tuple[Bracket, ...]
) -> Named:
    """Indicator, group and condition in the skeleton's ``start:end``, which a goal follows.

    ``first`` tells that no aim precedes in the sentence, ``several`` that it has more than one, ``same_unit`` that the
    goal before has the same unit. ``left_out`` are brackets that are no part of a name.
    """
    text = skeleton.text
    condition: Stretch | None = None
    start += len(text[start:end]) - len(text[start:end].lstrip(" 、"))
    if not _EXCEPTION.match(text, start, end):
        start = _skip_leading(text, start, end)
    found = _EXCEPTION.match(text, start, end) or _CASE.match(text, start, end)
    if found is not None:
        condition = skeleton.whole_span(*found.span("condition"))
        start = _skip_leading(text, found.end(), end)
    elif not first and (found := _GROUP.match(text, start, end)) is not None and not _MEASURES.search(_subject(found)):
        if not _is_noun(_subject(found)) or len(_subject(found)) > 8:
            return Named(None, None, skeleton.whole_span(*found.span("condition")))
    end = _skip_trailing(text, start, end)
    if end <= start:
        return Named(None, None, condition)
    start, reasons = _after_means(text, start, end)
    glued = _GLUED_GROUP.search(text, start, end) if several else None
    if glued is not None and _is_noun(glued.group("group")):
        return Named(skeleton.words_of(start, glued.start("group"), left_out), glued.group("group"), condition, reasons)
    split = re.search(r"(?:を|は|について、?|:)(?P<group>[^をは、:]{1,12})$", text[start:end])
    if split is not None and _is_noun(split.group("group")) and not _MEASURES.search(split.group("group")):
        head_end = _skip_trailing(text, start, start + split.start())
        if head_end > start:
            group = split.group("group").strip()
            named_group = None if group.endswith(("当たり", "あたり")) else group
            return Named(skeleton.words_of(start, head_end, left_out), named_group, condition, reasons)
    words = skeleton.words_of(start, end, left_out)
    if several and same_unit and not first and len(words) <= 10 and _is_noun(text[start:end]) and not _MEASURES.search(words):
        return Named(None, words, condition, reasons)
    return Named(words or None, None, condition, reasons)


def trimmed_end(text: str, start: int, end: int) -> int:
    """Where the indicator in ``start:end`` ends once particles and words of counting after it are left out."""
    return _skip_trailing(text, start, end)


def _subject(found: re.Match[str]) -> str:
    return re.sub(r"(?:については|においては|は)$", "", found.group("condition"))


def _skip_leading(text: str, start: int, end: int) -> int:
    while True:
        while start < end and text[start] in " 、,・/。:":
            start += 1
        word = next((word for word in leading_words() if text.startswith(word + "、", start, end)), None)
        if word is None:
            return start
        start += len(word)


def _skip_trailing(text: str, start: int, end: int) -> int:
    while True:
        while end > start and text[end - 1] in _SIGN_BEFORE:
            end -= 1
        label = _AIM_LABEL.search(text, start, end)
        if label is not None and label.end() > label.start():
            end = label.start()
            continue
        word = next((word for word in trailing_words() if text.endswith(word, start, end)), None)
        if word is not None and _may_trim(text, start, end - len(word), word):
            end -= len(word)
            continue
        words = read_words(text[max(start, end - 12) : end])
        if len(words) and words[-1].tag_.startswith("助詞") and words[-1].text in ("を", "は", "が", "も", "に", "で", "の", "へ", "と"):
            end -= len(words[-1])
            continue
        return end


def _may_trim(text: str, start: int, end: int, word: str) -> bool:
    """年, 月, 計 and the like are trimmed only where they stand free of the noun before them."""
    if len(word) > 2 or word[0] in "をの":
        return True
    return end == start or text[end - 1] in "をはがに、 :・でも" or (word == "年間" and text[end - 1] in "数率額")


def _after_means(text: str, start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Past a clause that tells the means (勧奨を強化し、実施率を): the indicator is what the main clause speaks of."""
    comma = text.rfind("、", start, end)
    while comma > start:
        before = text[start:comma]
        words = read_words(before[-20:])
        inflection = words[-1].morph.get("Inflection") if len(words) else []
        if _MEANS.search(before) or (words[-1].tag_.startswith("動詞") and any("連用形" in form for form in inflection)):
            return comma + 1, ("the means told before the indicator are left out",)
        comma = text.rfind("、", start, comma)
    return start, ()


def _is_noun(text: str) -> bool:
    return all(word.tag_.startswith(("名詞", "接頭", "接尾")) or word.is_space for word in read_words(text.strip()))
