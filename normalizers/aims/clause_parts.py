"""What a clause says beside its goal: condition, deadline, printed baseline, and the indicator cut free of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.aims.patterns import alternation, leading_words, trailing_words
from normalizers.model.reasons import Reason
from normalizers.text.fiscal_years import read_fiscal_year
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import Bracket, Skeleton
from normalizers.text.tokens import read_words

Stretch = tuple[int, int]
"""(start, end) in the normalised statement."""

_ERA = "(?:令和|平成|R|H)?"
_NAMED_YEAR = rf"{_ERA}(?:[0-9元]{{1,4}}(?:年度?)?~{_ERA})?[0-9元]{{1,4}}(?:[(][^)]*[)])?年度?"
_YEAR = rf"(?:{_NAMED_YEAR}|{alternation('time', 'years')})"
_PERIOD = rf"(?:翌?[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?|{alternation('time', 'periods')})"
_EDGE = rf"(?:の?{alternation('time', 'edges')})?(?:時点|現在)?"
_MOMENT = rf"[各毎]?(?:{_YEAR}? ?{_PERIOD}|{_YEAR}){_EDGE}"
_TIME = _MOMENT + alternation("time", "particles")
_TIME_ALONE = re.compile(rf"{_MOMENT}{alternation('time', 'particles')}?")
_DEADLINE = re.compile(rf"(?:^|(?<=[をはがにで、て ]))(?P<time>{_TIME})")
_FIRM_TIME = re.compile(alternation("time", "firm") + "|年度に$")
_VAGUE_TIMES = ("期に", "期の", "期で", "期、")
_OWN_YEAR = re.compile(r"[0-9元][)]?年度の$")
_ALL_BRANCHES = alternation("scope", "branches") + alternation("scope", "particles")
_SCOPE = re.compile(rf"(?:^|(?<=[をはがに、]))(?P<scope>[^、。をは]{{0,20}}{_ALL_BRANCHES})、?")
_EXCEPTION = re.compile(
    rf"(?P<condition>{alternation('scope', 'exceptions')}、?[^。]*?{alternation('scope', 'cases')})、?"
)
_CASE = re.compile(r"(?P<condition>[^、。]*(?:支部(?:については|においては|は|では)|の場合(?:は|には)?))、?")
_GROUP = re.compile(r"(?P<condition>[^、。を]+?(?P<particle>については|においては|は))、?$")
_RESULT = re.compile(alternation("result", "words"))
_RESULT_LABEL = rf"(?:{_NAMED_YEAR}末?|{alternation('result', 'times')})?の?{alternation('result', 'labels')}"
_PRINTED_RESULT = re.compile(rf"[、,/・ ]*{_RESULT_LABEL}(?:は|:|=| )* ?(?=[0-9])")
_FIGURE_GOES_ON = re.compile(r" ?(?:以上|以下|未満|超|から|より|を|の)")
_AIM_LABEL = re.compile(rf"(?:{_NAMED_YEAR})?の?{alternation('label', 'aims')}[:は ]*$")
_TRAILING_YEAR = re.compile(rf"(?:{_NAMED_YEAR}|前年度|昨年度)末?の?(?:実績|現状)?[の:は ]*$")
_MEANS = re.compile(alternation("means", "ends") + "$")
_MEASURES = re.compile(alternation("label", "measures") + "$")
_GLUED_GROUP = re.compile(r"(?:率|数|割合|額) ?(?P<group>[^率数割合額をはがの、]{2,8})$")
_SEPARATE_GROUP = re.compile(r"(?:を|は|について、?|:)(?P<group>[^をは、:]{1,12})$")
_PER_HEAD = ("当たり", "あたり")
_TIMES = re.compile(r" ?約?[0-9][0-9,~]* ?回")
_PER_PERIOD = re.compile(r"[年月週]間? ?$")
_SIGN_BEFORE = " 、,:・=≧≥>≦≤<"
_CHANGE = re.compile(r"前年|昨年|[増減比]$")
_PEOPLE = re.compile(alternation("scope", "people") + "(?:全体|分|計)?")
_LONGEST_GROUP = 10


@dataclass(frozen=True, slots=True)
class Named:
    """What stands before a goal: an indicator, a group or case it holds for; None where the page leaves it out."""

    indicator: str | None
    group: str | None = None
    condition: Stretch | None = None
    reasons: tuple[Reason, ...] = ()


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
        if (
            found.start() == 0
            and _OWN_YEAR.search(time)
            and not re.match("実績|結果|平均", skeleton.text[found.end() :])
        ):
            own = fiscal_year is None or read_fiscal_year(time) == fiscal_year
            return None if own else skeleton.whole_span(*found.span("time")), skeleton.without(*found.span())
        if not _FIRM_TIME.search(time) or time in _VAGUE_TIMES:
            continue
        if time.endswith(("の", "、")) and found.start() and skeleton.text[found.start() - 1] in "がて":
            continue
        end = found.end() + (skeleton.text[found.end() : found.end() + 1] == "、")
        return skeleton.whole_span(*found.span("time")), skeleton.without(found.start(), end)
    for bracket in skeleton.brackets:
        if not bracket.quotes and _TIME_ALONE.fullmatch(bracket.content) and _FIRM_TIME.search(bracket.content):
            return (bracket.start + 1, bracket.end - 1), skeleton
    return None, skeleton


def cut_deadlines(skeleton: Skeleton, fiscal_year: int | None) -> tuple[tuple[tuple[int, Stretch], ...], Skeleton]:
    """All times of a sentence, each with the place in the shortened skeleton where it stood."""
    found: list[tuple[int, Stretch]] = []
    while True:
        deadline, shorter = cut_deadline(skeleton, fiscal_year)
        if deadline is not None:
            found.append((sum(span[1] <= deadline[0] for span in shorter.spans), deadline))
        if shorter.text == skeleton.text:
            return tuple(found), shorter
        skeleton = shorter


def cut_printed_result(skeleton: Skeleton) -> tuple[tuple[float | None, int | None], Skeleton]:
    """A past result printed beside the aim (令和5年度実績:65.1%) as (value, year), and the skeleton without it."""
    found = _PRINTED_RESULT.search(skeleton.text)
    if found is None:
        return (None, None), skeleton
    quantity = next((q for q in read_quantities(skeleton.text) if q.start == found.end()), None)
    if quantity is None or _FIGURE_GOES_ON.match(skeleton.text, quantity.end):
        return (None, None), skeleton
    return (quantity.value, read_fiscal_year(found.group())), skeleton.without(found.start(), quantity.end)


def bracketed_results(skeleton: Skeleton, fiscal_year: int | None) -> tuple[Bracket, ...]:
    """Brackets that hold a past result: 前年度実績(87.2%)以上, (令和5年度実績:58.1%), a figure of an earlier year."""
    return tuple(
        bracket for bracket in skeleton.brackets if not bracket.quotes and _holds_result(bracket, skeleton, fiscal_year)
    )


def _holds_result(bracket: Bracket, skeleton: Skeleton, fiscal_year: int | None) -> bool:
    content = bracket.content.rstrip(" 。")
    quantities = [quantity for quantity in read_quantities(content) if quantity.unit is not None]
    if not quantities or quantities[-1].end != len(content) or quantities[-1].signed or "比" in content:
        return False
    if _RESULT.search(content) or _RESULT.search(skeleton.text[max(0, bracket.at - 6) : bracket.at]):
        return True
    year = read_fiscal_year(content) or read_fiscal_year(skeleton.text[max(0, bracket.at - 8) : bracket.at])
    return year is not None and fiscal_year is not None and year < fiscal_year


def result_in(bracket: Bracket, skeleton: Skeleton) -> tuple[float | None, int | None]:
    """The value of a bracketed result and the fiscal year it is of, where one is named there or just before."""
    quantities = [quantity for quantity in read_quantities(bracket.content) if quantity.unit is not None]
    before = skeleton.text[max(0, bracket.at - 12) : bracket.at]
    return quantities[-1].value, read_fiscal_year(bracket.content) or read_fiscal_year(before)


def named_before(
    skeleton: Skeleton,
    start: int,
    end: int,
    *,
    first: bool,
    several: bool,
    after_group: bool,
    same_unit: bool,
    left_out: tuple[Bracket, ...],
) -> Named:
    """Indicator, group and condition in the skeleton's ``start:end``, which a goal follows.

    ``first`` tells that no aim precedes in the sentence, ``several`` that it has more than one, ``same_unit`` that the
    goal before has the same unit, ``after_group`` that it names a group, too. ``left_out`` are
    brackets that are no part of a name.
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
    elif not first and (found := _GROUP.match(text, start, end)) is not None and _is_case(text, found):
        return Named(None, None, skeleton.whole_span(*found.span("condition")))
    end = _skip_trailing(text, start, end)
    if end <= start:
        return Named(None, None, condition)
    start, reasons = _after_means(text, start, end)
    glued = _GLUED_GROUP.search(text, start, end) if several else None
    if glued is not None and _is_noun(glued.group("group")):
        return Named(skeleton.words_of(start, glued.start("group"), left_out), glued.group("group"), condition, reasons)
    split = _SEPARATE_GROUP.search(text, start, end)
    if split is not None and _is_noun(split.group("group")) and not _MEASURES.search(split.group("group")):
        head_end = _skip_trailing(text, start, split.start())
        if head_end > start:
            group = split.group("group").strip()
            named_group = None if group.endswith(_PER_HEAD) or _CHANGE.search(group) else group
            return Named(skeleton.words_of(start, head_end, left_out), named_group, condition, reasons)
    words = skeleton.words_of(start, end, left_out)
    if (
        several
        and same_unit
        and not first
        and len(words) <= 10
        and (after_group or _PEOPLE.fullmatch(words))
        and _is_noun(text[start:end])
        and (not _MEASURES.search(words) or words.endswith("年度"))
    ):
        return Named(None, words, condition, reasons)
    return Named(words or None, None, condition, reasons)


def trimmed_end(text: str, start: int, end: int) -> int:
    """Where the indicator in ``start:end`` ends once particles and words of counting after it are left out."""
    return _skip_trailing(text, start, end)


def _is_case(text: str, found: re.Match[str]) -> bool:
    """Whether 被保険者50人以上の事業所については names a case: no measure, and more than a short group's name."""
    subject = text[found.start("condition") : found.start("particle")]
    return not _MEASURES.search(subject) and (not _is_noun(subject) or len(subject) > _LONGEST_GROUP)


def _skip_leading(text: str, start: int, end: int) -> int:
    while True:
        while start < end and text[start] in " 、,・/。:;":
            start += 1
        word = next((word for word in leading_words() if text.startswith(word, start, end)), None)
        if word is None:
            return start
        start += len(word)


def _skip_trailing(text: str, start: int, end: int) -> int:
    per_period = _PER_PERIOD.search(text, start, end) if _TIMES.match(text, end) else None
    end = per_period.start() if per_period is not None else end
    while True:
        while end > start and text[end - 1] in _SIGN_BEFORE:
            end -= 1
        label = _AIM_LABEL.search(text, start, end) or _TRAILING_YEAR.search(text, start, end)
        if label is not None and label.end() > label.start():
            end = label.start()
            continue
        word = next((word for word in trailing_words() if text.endswith(word, start, end)), None)
        if word is not None and _may_trim(text, start, end - len(word), word):
            end -= len(word)
            continue
        words = read_words(text[max(start, end - 12) : end])
        if (
            len(words)
            and words[-1].tag_.startswith("助詞")
            and words[-1].text in ("を", "は", "が", "も", "に", "で", "の", "へ", "と")
        ):
            end -= len(words[-1])
            continue
        return end


def _may_trim(text: str, start: int, end: int, word: str) -> bool:
    """年, 月, 計 and the like are trimmed only where they stand free of the noun before them."""
    if len(word) > 2 or word[0] in "をの":
        return True
    return end == start or text[end - 1] in "をはがに、 :・でも" or (word == "年間" and text[end - 1] in "数率額")


def _after_means(text: str, start: int, end: int) -> tuple[int, tuple[Reason, ...]]:
    """Past a clause that tells the means (勧奨を強化し、実施率を): the indicator is what the main clause speaks of."""
    comma = text.rfind("、", start, end)
    while comma > start:
        before = text[start:comma]
        words = read_words(before[-20:])
        inflection = words[-1].morph.get("Inflection", []) if len(words) else []
        if _MEANS.search(before) or (
            words[-1].tag_.startswith("動詞") and any("連用形" in form for form in inflection)
        ):
            return comma + 1, (Reason("means_left_out"),)
        comma = text.rfind("、", start, comma)
    return start, ()


def _is_noun(text: str) -> bool:
    return all(word.tag_.startswith(("名詞", "接頭", "接尾")) or word.is_space for word in read_words(text.strip()))
