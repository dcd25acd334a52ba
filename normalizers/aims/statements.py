"""From a statement to its readings: sentence by sentence, goal by goal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from normalizers.aims.clause_parts import (
    Stretch,
    bracketed_results,
    cut_deadlines,
    cut_printed_result,
    cut_scope,
    named_before,
    result_in,
    trimmed_end,
)
from normalizers.aims.grammar import Goal, named_after_reference, read_goals
from normalizers.aims.patterns import not_set_words
from normalizers.indicators.catalogue import population_of
from normalizers.model.reasons import Reason
from normalizers.model.records import Basis, Comparator, Population
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import QUOTATION, Bracket, Skeleton, read_skeleton
from normalizers.text.tokens import read_words

_TOWARDS = re.compile(r"という(?:目標|水準)|(?:の|を)?(?:目標|達成)に向け")
_PEOPLE = ("被保険者", "被扶養者", "加入者")
_ACTS = re.compile(r"(?:する|行う|図る|努める|取り組む|進める|目指す|めざす)(?:こと)?$")
_COMPARES = re.compile(r"[0-9０-９]|前年|昨年|平均|過去|以上|以下|未満|向上|増|減|改善|上回|下回")
_LAST_YEAR = re.compile(r"(?<!前々)(?:前|昨)年度?(?!から)")
_SHARE = re.compile(r"^(?:うち|内)、? ?")
_BRACKET_ENDS = " 。をにとする"
_COUNTED_END = re.compile(r"(?:を|に)[^を]*$|。|$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One aim as its sentence states it; places are (start, end) in the statement's normalised text.

    ``indicator_named`` tells that the sentence itself names the indicator; ``improves`` that only 改善 compares,
    ``closes`` that nothing follows the goals of its sentence.
    """

    basis: Basis
    indicator: str | None = None
    indicator_named: bool = False
    population: Population | None = None
    comparator: Comparator | None = None
    value: float | None = None
    unit: str | None = None
    number: Stretch | None = None
    baseline_value: float | None = None
    baseline_year: int | None = None
    condition: Stretch | None = None
    deadline: Stretch | None = None
    note_marks: tuple[str, ...] = ()
    pattern: str = ""
    reasons: tuple[Reason, ...] = ()
    start: int = 0
    end: int = 0
    improves: bool = False
    closes: bool = False


def read_statement(
    text: str, *, marked: bool, previous_indicator: str | None, fiscal_year: int | None
) -> tuple[Reading, ...]:
    """The aims that a normalised statement (without prefix and number) states, sentence by sentence.

    ``marked`` tells that the page calls it a target: then a sentence without a goal that can be read is given as
    ``qualitative``. ``previous_indicator`` serves a sentence that names none.
    """
    readings: list[Reading] = []
    silent: list[Reading] = []
    indicator = previous_indicator
    for start, end in sentences(text):
        own = list(_sentence_readings(text[start:end], indicator, fiscal_year, marked=marked))
        if own:
            readings += [moved_reading(reading, start, start, end) for reading in own]
            indicator = own[-1].indicator
        elif marked:
            silent.append(moved_reading(_qualitative(text[start:end]), start, start, end))
            indicator = indicator or silent[-1].indicator
    # A sentence that states no goal beside others is an explanation, unless all the others are exceptions to it.
    if silent and all(reading.condition is not None for reading in readings):
        readings = sorted([silent[0], *readings], key=lambda reading: reading.start)
    return tuple(readings)


def sentences(text: str) -> Iterator[Stretch]:
    """The sentences of a normalised text, as offsets, full stops included; a full stop in brackets ends none."""
    skeleton = read_skeleton(text)
    start = 0
    for character, (_, end) in zip(skeleton.text, skeleton.spans, strict=True):
        if character == "。":
            if text[start:end].strip(" 。"):
                yield start, end
            start = end
    if text[start:].strip(" 。"):
        yield start, len(text)


def moved_reading(reading: Reading, by: int, start: int, end: int) -> Reading:
    """The reading with its places moved by ``by``, as one of the sentence ``start:end``."""

    def moved(stretch: Stretch | None) -> Stretch | None:
        return None if stretch is None else (stretch[0] + by, stretch[1] + by)

    return replace(
        reading,
        number=moved(reading.number),
        condition=moved(reading.condition),
        deadline=moved(reading.deadline),
        start=start,
        end=end,
    )


def _sentence_readings(
    sentence: str, previous: str | None, fiscal_year: int | None, *, marked: bool = False
) -> Iterator[Reading]:
    skeleton = read_skeleton(sentence)
    if not skeleton.text.strip(" 。" + QUOTATION) and skeleton.brackets:
        bracket = skeleton.brackets[0]
        for reading in _sentence_readings(bracket.content, previous, fiscal_year, marked=marked):
            yield moved_reading(reading, bracket.start + 1, 0, len(sentence))
        return
    whole = skeleton
    scope, skeleton = cut_scope(skeleton)
    result, skeleton = cut_printed_result(skeleton)
    deadlines, skeleton = cut_deadlines(skeleton, fiscal_year)
    goals = read_goals(skeleton.text)
    results = bracketed_results(skeleton, fiscal_year)
    if marked and not goals and (opened := _with_aim_bracket_opened(whole, results)) is not None:
        yield from _sentence_readings(opened, previous, fiscal_year)
        return
    reached = 0
    indicator = previous
    grouped = False
    for index, goal in enumerate(goals):
        named = named_before(
            skeleton,
            reached,
            goal.start,
            first=index == 0,
            several=len(goals) > 1,
            after_group=index > 0 and goals[index - 1].unit == goal.unit and grouped,
            same_unit=index > 0 and goals[index - 1].unit == goal.unit,
            left_out=(*results, *(_population_brackets(skeleton) if len(goals) > 1 else ())),
        )
        own, reasons = named.indicator, (*goal.reasons, *named.reasons)
        grouped = named.group is not None
        if own is None and named.group is None and goal.pattern == "reference":
            after = named_after_reference(skeleton.text, goal.start)
            own = skeleton.words_of(*after) if after is not None and after[1] <= goal.end else None
        if goal.attributive:
            own = _counted_after(skeleton, goal)
            reasons = (*reasons, Reason("counted_after_number"))
        indicator = own or indicator
        before, reached = reached, goal.end
        population = population_of(named.group or "") or _bracketed_population(skeleton, before, goal.start)
        group = (
            _group_stretch(skeleton, named.group, goal)
            if named.group and population is None and goal.unit != "rank"
            else None
        )
        baseline = _baseline(skeleton, goal, results, result, fiscal_year)
        yield Reading(
            goal.basis,
            indicator=indicator,
            indicator_named=own is not None,
            population=population,
            comparator=goal.comparator,
            value=goal.value,
            unit=goal.unit,
            number=None if goal.number is None else skeleton.whole_span(*goal.number),
            baseline_value=baseline[0],
            baseline_year=baseline[1],
            condition=named.condition or group or scope,
            deadline=_deadline_of(deadlines, before, goal.end),
            note_marks=skeleton.note_marks,
            pattern=goal.pattern,
            reasons=(*reasons, *(() if own or index else (Reason("indicator_taken_over"),))),
            improves=goal.improves,
            closes=not skeleton.text[goals[-1].end :].strip(" 。"),
        )
    yield from _bracketed_exceptions(skeleton, goals, indicator, fiscal_year)


def _bracketed_exceptions(
    skeleton: Skeleton, goals: tuple[Goal, ...], indicator: str | None, fiscal_year: int | None
) -> Iterator[Reading]:
    """An exception in brackets after its aim: 80%以上とする(80%以上の支部については対前年度以上とする)."""
    for bracket in skeleton.brackets:
        share = _SHARE.match(bracket.content)
        if goals and share is not None:
            for reading in _sentence_readings(bracket.content[share.end() :], None, fiscal_year):
                if reading.value is not None and reading.indicator is not None:
                    closing = reading.comparator or goals[-1].comparator
                    yield moved_reading(replace(reading, comparator=closing), bracket.start + 1 + share.end(), 0, 0)
        if goals and "支部" in bracket.content and bracket.at >= goals[0].start:
            for reading in _sentence_readings(bracket.content, indicator, fiscal_year):
                if reading.condition is not None:
                    yield moved_reading(reading, bracket.start + 1, 0, 0)


def _with_aim_bracket_opened(skeleton: Skeleton, results: tuple[Bracket, ...]) -> str | None:
    """回収率(対前年度以上): a sentence whose aim only its last bracket states, with blanks in the bracket's place."""
    for bracket in skeleton.brackets[::-1]:
        names = skeleton.text[: bracket.at].strip()
        if bracket.quotes or bracket in results or not names or skeleton.text[bracket.at :].strip(_BRACKET_ENDS):
            continue
        goals = read_goals(read_skeleton(bracket.content).text)
        if any(goal.comparator for goal in goals) or (goals and population_of(bracket.content) is not None):
            return f"{skeleton.whole[: bracket.start]} {bracket.content} {skeleton.whole[bracket.end :]}"
    return None


def _deadline_of(deadlines: tuple[tuple[int, Stretch], ...], start: int, end: int) -> Stretch | None:
    """The time that stands with a goal; a sentence's only one holds for all its goals."""
    if len(deadlines) == 1:
        return deadlines[0][1]
    return next((stretch for at, stretch in deadlines if start <= at <= end), None)


def _population_brackets(skeleton: Skeleton) -> tuple[Bracket, ...]:
    return tuple(bracket for bracket in skeleton.brackets if bracket.content in _PEOPLE)


def _bracketed_population(skeleton: Skeleton, start: int, end: int) -> Population | None:
    """健診実施率(被保険者)60.3%以上(被扶養者)28.3%以上: whom the bracket before a goal names."""
    named = [bracket.content for bracket in _population_brackets(skeleton) if start <= bracket.at <= end]
    return population_of(named[-1]) if named else None


def _group_stretch(skeleton: Skeleton, group: str, goal: Goal) -> Stretch | None:
    at = skeleton.text.rfind(group, 0, goal.start)
    return None if at < 0 else skeleton.whole_span(at, at + len(group))


def _counted_after(skeleton: Skeleton, goal: Goal) -> str | None:
    """年2回以上の研修を開催する: what is counted stands after the number."""
    rest = skeleton.text[goal.end :]
    stop = _COUNTED_END.search(rest)
    end = goal.end + (stop.start() if stop else len(rest))
    return skeleton.words_of(goal.end, end) or None


def _baseline(
    skeleton: Skeleton,
    goal: Goal,
    results: tuple[Bracket, ...],
    result: tuple[float | None, int | None],
    fiscal_year: int | None,
) -> tuple[float | None, int | None]:
    """A printed past result and its fiscal year; that of 前年度実績 is the one before the plan's own."""
    if goal.baseline_value is not None:
        told = _LAST_YEAR.search(skeleton.text[goal.start : goal.end])
        return goal.baseline_value, goal.baseline_year or _year_before(fiscal_year, told is not None)
    for bracket in results:
        value, year = result_in(bracket, skeleton)
        told = _LAST_YEAR.search(skeleton.text[max(0, bracket.at - 8) : bracket.at] + bracket.content)
        return value, year or goal.baseline_year or _year_before(fiscal_year, told is not None)
    return result if result[0] is not None else (None, goal.baseline_year)


def _year_before(fiscal_year: int | None, told: bool) -> int | None:
    return fiscal_year - 1 if told and fiscal_year is not None else None


def _qualitative(sentence: str) -> Reading:
    """A sentence without a goal that can be read: what it is about, and nothing guessed."""
    skeleton = read_skeleton(sentence)
    if sentence.strip(" 。") in not_set_words():
        return Reading("not_set", pattern="not_set", reasons=(Reason("not_set"),))
    condition, skeleton = cut_scope(skeleton)
    text = skeleton.text.rstrip(" 。")
    by_nature = _ACTS.search(text) is not None and not (_COMPARES.search(sentence) or read_quantities(sentence))
    end = trimmed_end(text, 0, _subject_end(text))
    return Reading(
        "qualitative",
        indicator=skeleton.words_of(0, end) or None,
        indicator_named=True,
        condition=condition,
        note_marks=skeleton.note_marks,
        pattern="activity" if by_nature else "qualitative",
        reasons=(Reason("no_number_by_nature"),) if by_nature else (Reason("no_goal"),),
    )


def _subject_end(text: str) -> int:
    """Where what a sentence speaks of ends: before its predicate, or before a figure it only works towards."""
    towards = _TOWARDS.search(text)
    if towards is not None:
        figures = [quantity for quantity in read_quantities(text[: towards.start()]) if quantity.end == towards.start()]
        if figures:
            return figures[0].start
    words = read_words(text)
    for index in range(len(words) - 1, 0, -1):
        word, before = words[index], words[index - 1]
        adverbial = before.tag_.startswith(("形状詞", "副詞", "接尾辞-形状詞")) or before.text in (
            "的",
            "ごと",
            "等",
            "共",
        )
        if word.tag_.startswith("助詞") and (word.text in ("を", "が") or (word.text == "に" and not adverbial)):
            return word.idx
    return len(text)
