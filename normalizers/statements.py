"""From a statement to its readings: indicator, goal, condition, deadline, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from normalizers.fiscal_years import read_fiscal_year
from normalizers.indicators import population_of
from normalizers.numbers import read_quantities
from normalizers.records import Basis, Comparator, Population
from normalizers.skeleton import Skeleton, read_skeleton
from normalizers.target_grammar import Goal, read_goals
from normalizers.target_patterns import leading_words, not_set_words, trailing_words
from normalizers.tokens import read_words

_YEAR = r"(?:(?:令和|平成|R|H)?[0-9元]{1,4}(?:[(][^)]*[)])?年度?|今年度|本年度|当年度|各年度|年度|毎年度|計画期間|最終年度|翌年度|期)"
_TIME = rf"(?:{_YEAR}? ?(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?|第[0-9]四半期|上半期|下半期|上期|下期|前半|後半)|{_YEAR})"
_DEADLINE = re.compile(
    rf"(?:^|(?<=[をはがにで、て ]))(?P<time>{_TIME}(?:の?(?:末日|末|終了|当初))?(?:時点)?(?:までに|まで|中に|内に|において|には|時点で|時点の|で|に|の|、))"
)
_FIRM_DEADLINE = re.compile(r"末|時点|まで|中に|内に|月|四半期|期|において|年度に")
_SCOPE = re.compile(r"(?:^|(?<=[をはがに、]))(?P<scope>[^、。をは]{0,20}(?:全|各|すべての|全ての|当|他の)支部(?:において|では|で|については|は|について|とも))、?")
_EXCEPTION = re.compile(r"^(?P<condition>(?:ただし|但し|なお)、?[^。]*?(?:については|につきましては|に限っては|においては|の場合は|場合は|の場合|場合には|では|は))、?")
_GROUP_CASE = re.compile(r"^(?P<condition>[^、。]*支部(?:については|においては|は|では))、?")
_QUALITATIVE_END = re.compile(r"(?:を|に|が|の)[^をがの]*$")
_BASELINE = re.compile(r"実績|現状|前年|見込|直近|基準値|現在")
_TOWARDS = re.compile(r"という(?:目標|水準)|(?:の|を)?(?:目標|達成)に向け")


@dataclass(frozen=True, slots=True)
class Reading:
    """One aim as its sentence states it; places are (start, end) in the statement's normalised text.

    ``indicator_named`` tells that the sentence itself names the indicator; ``improves`` that only 改善 compares.
    """

    basis: Basis
    indicator: str | None = None
    indicator_named: bool = False
    population: Population | None = None
    comparator: Comparator | None = None
    value: float | None = None
    unit: str | None = None
    number: tuple[int, int] | None = None
    baseline_value: float | None = None
    baseline_year: int | None = None
    condition: tuple[int, int] | str | None = None
    deadline: tuple[int, int] | str | None = None
    note_marks: tuple[str, ...] = ()
    pattern: str = ""
    reasons: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    improves: bool = False


def read_statement(
    text: str, *, marked: bool, previous_indicator: str | None, fiscal_year: int | None
) -> tuple[Reading, ...]:
    """The aims that a normalised statement (without prefix and number) states, sentence by sentence.

    ``marked`` tells that the page calls it a target: then a sentence without a goal that can be read is given as
    ``qualitative``. ``previous_indicator`` serves a sentence that names none.
    """
    readings: list[Reading] = []
    silent: list[Reading] = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        own = list(_sentence_readings(sentence, readings[-1].indicator if readings else (silent[-1].indicator if silent else previous_indicator), fiscal_year))
        if not own and marked:
            silent.append(_shifted(_qualitative(sentence), start, end))
            continue
        readings += [_shifted(reading, start, end) for reading in own]
    if silent and (not readings or all(reading.condition is not None for reading in readings)):
        readings = sorted([*silent[:1], *readings], key=lambda reading: reading.start)
    return tuple(readings)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    skeleton = read_skeleton(text)
    start = 0
    for index, character in enumerate(skeleton.text):
        if character in "。":
            end = skeleton.offsets[index] + 1
            if text[start:end].strip(" 。"):
                yield start, end
            start = end
    if text[start:].strip(" 。"):
        yield start, len(text)


def _shifted(reading: Reading, start: int, end: int) -> Reading:
    def moved(stretch: tuple[int, int] | str | None) -> tuple[int, int] | str | None:
        return (stretch[0] + start, stretch[1] + start) if isinstance(stretch, tuple) else stretch

    number = None if reading.number is None else (reading.number[0] + start, reading.number[1] + start)
    return replace(
        reading, number=number, condition=moved(reading.condition), deadline=moved(reading.deadline), start=start, end=end
    )


def _sentence_readings(sentence: str, previous: str | None, fiscal_year: int | None) -> Iterator[Reading]:
    skeleton = read_skeleton(sentence)
    if not skeleton.text.strip(" 。") and skeleton.brackets:
        inner = skeleton.brackets[0]
        for reading in _sentence_readings(inner.content, previous, fiscal_year):
            yield _shifted(reading, inner.start + 1, inner.end - 1)
        return
    condition, skeleton = _condition(skeleton)
    deadline, skeleton = _deadline(skeleton, fiscal_year)
    goals = read_goals(skeleton.text, fiscal_year)
    reached = 0
    indicator: str | None = previous
    for index, goal in enumerate(goals):
        own, group = _named(skeleton, reached, goal, len(goals) > 1)
        named = own is not None and bool(own)
        if goal.attributive:
            own, goal = _counted(skeleton, goal)
            named = bool(own)
        indicator = own if named else (indicator if indicator is not None else None)
        reached = goal.end
        population = population_of(group) if group else None
        baseline_value, baseline_year = _printed_baseline(skeleton, goal)
        yield Reading(
            goal.basis,
            indicator=indicator,
            indicator_named=named,
            population=population,
            comparator=goal.comparator,
            value=goal.value,
            unit=goal.unit,
            number=None if goal.number is None else skeleton.whole_span(*goal.number),
            baseline_value=goal.baseline_value if goal.baseline_value is not None else baseline_value,
            baseline_year=goal.baseline_year or baseline_year,
            condition=condition if condition is not None or population is not None else group,
            deadline=deadline,
            note_marks=skeleton.note_marks,
            pattern=goal.pattern,
            reasons=(*goal.reasons, *(() if named or index else ("indicator taken over",))),
            improves=any(reason.startswith("better than before") for reason in goal.reasons),
        )


def _condition(skeleton: Skeleton) -> tuple[tuple[int, int] | None, Skeleton]:
    found = _EXCEPTION.match(skeleton.text) or _SCOPE.search(skeleton.text) or _GROUP_CASE.match(skeleton.text)
    if found is None:
        return None, skeleton
    group = "scope" if "scope" in found.groupdict() else "condition"
    if not found.group(group).startswith(("ただし", "但し")) and "支部" not in found.group(group):
        return None, skeleton
    stretch = skeleton.whole_span(*found.span(group))
    return stretch, skeleton.without(*found.span())


def _deadline(skeleton: Skeleton, fiscal_year: int | None) -> tuple[tuple[int, int] | None, Skeleton]:
    for found in _DEADLINE.finditer(skeleton.text):
        time = found.group("time")
        if not _FIRM_DEADLINE.search(time):
            if found.start() == 0 and time.endswith("年度の") and re.search("[0-9]", time):
                stretch = None if read_fiscal_year(time) == fiscal_year or fiscal_year is None else skeleton.whole_span(*found.span("time"))
                return stretch, skeleton.without(*found.span())
            continue
        if found.start() and re.match("期|年度に", time) and not re.search("末|まで|内|中", time):
            continue
        stretch = skeleton.whole_span(*found.span("time"))
        cut_end = found.end() + (skeleton.text[found.end() : found.end() + 1] == "、")
        return stretch, skeleton.without(found.start(), cut_end)
    return None, skeleton


def _named(skeleton: Skeleton, reached: int, goal: Goal, several: bool) -> tuple[str | None, str | None]:
    """The indicator before a goal and the group after it (喫煙率を|男性38.6%), either None where the page leaves it out."""
    start, end = reached, goal.start
    text = skeleton.text
    start = _skip_leading(text, start, end)
    end = _skip_trailing(text, start, end)
    if end <= start:
        return None, None
    split = re.search(r"(?:を|は|について、?|:)(?P<group>[^をは、:]{1,12})$", text[start:end])
    if split is not None and _is_noun(split.group("group")):
        head_end = _skip_trailing(text, start, start + split.start())
        return skeleton.words_of(start, head_end), split.group("group").strip()
    words = skeleton.words_of(start, end)
    if several and reached and _is_noun(text[start:end]) and len(words) <= 10 and not re.search("率|数|割合|額", words):
        return None, words
    return words, None


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
        while end > start and text[end - 1] in " 、,:・=":
            end -= 1
        word = next((word for word in trailing_words() if text.endswith(word, start, end)), None)
        if word is not None and end - len(word) >= start and _may_trim(text, start, end - len(word), word):
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
    return end == start or text[end - 1] in "をはがに、 :・でも"


def _is_noun(text: str) -> bool:
    return all(word.tag_.startswith(("名詞", "接頭", "接尾")) or word.is_space for word in read_words(text.strip()))


def _counted(skeleton: Skeleton, goal: Goal) -> tuple[str, Goal]:
    """年2回以上の研修を開催する: what is counted stands after the number."""
    rest = skeleton.text[goal.end :]
    stop = re.search(r"(?:を|に)[^を]*$|。|$", rest)
    end = goal.end + (stop.start() if stop else len(rest))
    return skeleton.words_of(goal.end, end), replace(goal, end=len(skeleton.text), reasons=(*goal.reasons, "what is counted stands after the number"))


def _printed_baseline(skeleton: Skeleton, goal: Goal) -> tuple[float | None, int | None]:
    """A past result in brackets: 前年度実績(87.2%)以上, (令和5年度実績:58.1%)."""
    for bracket in skeleton.brackets:
        before = skeleton.text[max(0, bracket.at - 12) : bracket.at]
        told = _BASELINE.search(bracket.content) or (goal.basis == "previous_year" and goal.start < bracket.at <= goal.end and _BASELINE.search(before))
        quantities = [quantity for quantity in read_quantities(bracket.content) if quantity.unit is not None]
        if told and quantities:
            return quantities[-1].value, read_fiscal_year(bracket.content) or read_fiscal_year(before)
    return None, None


def _qualitative(sentence: str) -> Reading:
    """A sentence without a goal that can be read: what it is about, and nothing guessed."""
    skeleton = read_skeleton(sentence)
    if sentence.strip(" 。") in not_set_words():
        return Reading("not_set", pattern="not_set", reasons=("no target is set",))
    condition, skeleton = _condition(skeleton)
    text = skeleton.text.rstrip(" 。")
    towards = _TOWARDS.search(text)
    quantities = read_quantities(text[: towards.start()]) if towards else ()
    if quantities and quantities[-1].end == towards.start():  # type: ignore[union-attr]
        end = quantities[-1].start
    else:
        found = _QUALITATIVE_END.search(text)
        end = found.start() if found and found.start() > 0 else len(text)
    end = _skip_trailing(text, 0, end)
    return Reading(
        "qualitative",
        indicator=skeleton.words_of(0, end) or None,
        condition=condition,
        note_marks=skeleton.note_marks,
        pattern="qualitative",
        reasons=("no goal that can be read",),
    )
