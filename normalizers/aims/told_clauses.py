"""Clauses before an aim that set none (…は58.3%にとどまったことから、勧奨を強化し、): set aside, their result kept."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalizers.aims.aim_reading import AimReading, Word
from normalizers.aims.brackets import bracket_sense
from normalizers.aims.drafts import Stretch
from normalizers.aims.name_words import measures
from normalizers.aims.patterns import pattern, wordings
from normalizers.aims.spans import fixed_spans
from normalizers.model.reasons import Reason
from normalizers.text.fiscal_years import read_fiscal_year
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import Skeleton

_TOPIC_PARTICLE = pattern("told_clauses.topic_particle")
_DATED = pattern("told_clauses.dated")
_LETTERS, _OF_TOPIC = pattern("told_clauses.letters"), pattern("told_clauses.of_topic")
_LONGEST_TOPIC = 24
"""Characters; a longer beginning is hardly what a sentence speaks of alone."""

_FILLING = pattern("told_clauses.filling")
_BOUND = pattern("told_clauses.bound")
_STATES = pattern("told_clauses.states")
_GOAL_WORKED_TOWARDS = pattern("told_clauses.goal_worked_towards")
_NOT_OWN = re.compile(f"(?:目標|計画|{wordings('brackets.others_figure')})[^0-9、]{{0,6}}$")
"""Before a figure that is a goal or somebody else's, and no result."""


@dataclass(frozen=True, slots=True)
class ToldResult:
    """A result that a clause tells, as places (start, end) in the statement's normalised text."""

    value: float
    unit: str | None
    year: int | None
    number: Stretch


@dataclass(frozen=True, slots=True)
class ToldClause:
    """A clause set aside: its place in the statement's normalised text, the results that it tells.

    ``of_topic`` tells that it speaks of the measure that the aim behind it is set for, ``bounds`` that a figure in it
    has a bound and so may be an aim after all.
    """

    place: Stretch
    results: tuple[ToldResult, ...]
    of_topic: bool
    bounds: bool


def set_aside(skeleton: Skeleton, fiscal_year: int | None) -> tuple[Skeleton, ToldClause | None]:
    """The sentence without the clauses before its aim that tell a reason or a state of affairs, and what they tell.

    The measure that they speak of stays (受診率は, 割合を、). ``fiscal_year`` is the plan's. A sentence whose rest
    could set no aim, or that has no such clause, is returned as it is.
    """
    text = skeleton.text
    goal = next((found for found in _GOAL_WORKED_TOWARDS.finditer(text) if _STATES.search(text, found.end())), None)
    if goal is not None and goal.start():
        # 使用割合80%という目標に向けて、年度末は81.2%以上とする: the measure is that of the goal.
        place = skeleton.whole_span(goal.start(), goal.end())
        return skeleton.without(goal.start(), goal.end()), ToldClause(place, (), of_topic=True, bounds=False)
    end = max(_ends(_told(), text), default=0)
    told = end > 0
    first, start = (_topic_of_told(text, end) if told else next(_topics(text, told=False), None)) or (0, 0)
    if start:
        end = _end_of_means(text, max(start, end))
    if start >= end:
        return skeleton, None
    place = skeleton.whole_span(start, end)
    results = tuple(_results(skeleton, start, end, fiscal_year)) if told else ()
    results = results or (tuple(_in_brackets(skeleton, start, end, fiscal_year)) if told else ())
    left = replace(skeleton, brackets=tuple(b for b in skeleton.brackets if not start <= b.at < end))
    left = left.without(start, end)
    dated = _DATED.match(text[first:start]) if told else None
    first += dated.end() if dated else 0
    bounds = _BOUND.search(text, start, end) is not None
    return left.without(0, first) if first else left, ToldClause(place, results, start > 0, bounds)


def with_results(aims: Sequence[AimReading], clause: ToldClause) -> list[AimReading]:
    """The aims with the result that the clause tells of their measure; a result that may be theirs is a doubt.

    So is a figure with a bound in the clause (60%以上とする方針であり、): it may be an aim of its own.
    """
    left = (Reason("number_left"),) if clause.bounds else ()
    found = [replace(aim, reasons=(*aim.reasons, *left)) for aim in aims] if left else list(aims)
    for at, aim in enumerate(found):
        if aim.baseline_value is not None or (aim.value is None and aim.basis == "qualitative"):
            continue
        own = [result for result in clause.results if result.unit == aim.unit or aim.unit is None]
        if not own:
            continue
        same = aim.indicator is None or (clause.of_topic and not _names_another(found[: at + 1]))
        result = _newest(own) if same else None
        if result is None:
            found[at] = replace(aim, reasons=(*aim.reasons, Reason("result_left_out")))
        else:
            found[at] = replace(aim, baseline_value=result.value, baseline_year=result.year)
        break
    return found


def words_of_clause(clause: ToldClause, aims: Sequence[AimReading]) -> Iterator[Word]:
    """The clause as one stretch that only tells, and the result in it that an aim took."""
    taken = {aim.baseline_value for aim in aims}
    yield from (Word(*result.number, "baseline") for result in clause.results if result.value in taken)
    yield Word(*clause.place, "told")


def _topic_of_told(text: str, end: int) -> Stretch | None:
    """What the clauses before ``end`` speak of, where the rest names nothing of its own that is measured."""
    if _names_its_own(text[end:]):
        return None
    topic = next(_topics(text[:end], told=True), None)
    return topic or (_first_words(text[:end]) if _names_nothing(text[end:]) else None)


def _topics(text: str, *, told: bool) -> Iterator[Stretch]:
    """Where the measure that a sentence begins with stands, its particle included; no comma stands in it.

    Before it a clause without figures may stand where a state of affairs is ``told``: 登用が進み、女性割合は18.2%….
    """
    first = 0
    for found in _TOPIC_PARTICLE.finditer(text):
        comma = text.rfind("、", 0, found.start()) + 1
        if comma > first:
            if not told or _STATES.search(text[first:comma]):
                return
            first = comma
        if measures(text[first : found.start()]):
            yield first, found.end()


def _first_words(text: str) -> Stretch | None:
    """What a sentence speaks of, whether it ends like a measure or not: 健診受診者は."""
    found = _TOPIC_PARTICLE.search(text)
    dated = _DATED.match(text)
    led = dated.end() if dated is not None else 0
    plain = found is not None and led < found.start() and not re.search("[0-9、]", text[led : found.start()])
    return (0, found.end()) if found is not None and plain and 1 < found.start() <= _LONGEST_TOPIC else None


def _names_nothing(rest: str) -> bool:
    """Whether nothing but times and particles stands before the first figure of a sentence's rest."""
    figures = [span for span in fixed_spans(rest, frozenset()) if span.kind in ("quantity", "reference")]
    if not figures:
        return False
    before = rest[: figures[0].start]
    for span in reversed(fixed_spans(before, frozenset())):
        before = before[: span.start] + before[span.end :]
    return _LETTERS.search(_FILLING.sub("", before)) is None


def _ends(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Where clauses end that leave a rest which may set an aim."""
    return (found.end() for found in pattern.finditer(text) if _STATES.search(text, found.end()))


def _end_of_means(text: str, start: int) -> int:
    """Where the clauses end that begin at ``start`` and say by which means, or what else is done."""
    end = start
    for reached in _ends(_means(), text):
        clause = text[end:reached]
        if reached <= end:
            continue
        figures = _STATES.search(clause) and not _only_means().search(clause)
        if figures or _names_its_own(text[reached:]):
            break
        end = reached
    return end


def _names_its_own(rest: str) -> bool:
    """Whether a sentence's rest names a measure of its own before its first figure."""
    figure = re.search("[0-9]", rest)
    before = rest[: figure.start() if figure else len(rest)]
    return any(measures(before[: found.start()]) for found in _OF_TOPIC.finditer(before))


def _results(skeleton: Skeleton, start: int, end: int, fiscal_year: int | None) -> Iterator[ToldResult]:
    text = skeleton.text[:end]
    years = list(_years(text, fiscal_year))
    behind = {bracket.at: read_fiscal_year(bracket.content) for bracket in skeleton.brackets}
    for quantity in read_quantities(text):
        own = quantity.start >= start and not _NOT_OWN.search(text[: quantity.start])
        if not own or quantity.unit is None or quantity.signed:
            continue
        before = next((year for at, year in reversed(years) if at <= quantity.start), None)
        number = skeleton.whole_span(quantity.start, quantity.number_end)
        yield ToldResult(quantity.value, quantity.unit_code, behind.get(quantity.end) or before, number)


def _in_brackets(skeleton: Skeleton, start: int, end: int, fiscal_year: int | None) -> Iterator[ToldResult]:
    """The results in the brackets of a clause that tells none otherwise: 増加傾向にある(令和5年度末4,210人)."""
    for bracket in skeleton.brackets:
        sense = (
            bracket_sense(bracket.content, fiscal_year) if start <= bracket.at < end and not bracket.quotes else None
        )
        if sense is None or sense.kind != "result":
            continue
        for quantity in read_quantities(bracket.content):
            if quantity.unit is not None and not quantity.signed:
                at = bracket.start + 1
                number = (at + quantity.start, at + quantity.number_end)
                yield ToldResult(quantity.value, quantity.unit_code, sense.year, number)


def _years(text: str, fiscal_year: int | None) -> Iterator[tuple[int, int]]:
    for span in fixed_spans(text, frozenset()):
        if span.year is not None:
            yield span.end, span.year
        elif span.last_year and fiscal_year is not None:
            yield span.end, fiscal_year - 1


def _newest(results: Sequence[ToldResult]) -> ToldResult | None:
    """The only result, or that of the newest of several years; none where they are told apart by something else."""
    if len(results) == 1:
        return results[0]
    years = {result.year for result in results}
    if None in years or len(years) < len(results):
        return None
    return max(results, key=lambda result: result.year or 0)


def _names_another(aims: Sequence[AimReading]) -> bool:
    """Whether aims before the last one are of other measures than it."""
    return any(aim.indicator != aims[-1].indicator for aim in aims[:-1])


@functools.cache
def _told() -> re.Pattern[str]:
    return re.compile(f"{wordings('mood.clauses')}、|{wordings('mood.told_sentences')}。")


@functools.cache
def _means() -> re.Pattern[str]:
    by, first = wordings("mood.by_means"), wordings("mood.doing_first")
    return re.compile(f"(?:{by}|{first})、|{by}(?=約?[0-9])")


@functools.cache
def _only_means() -> re.Pattern[str]:
    return re.compile(f"{wordings('mood.by_means')}、?$")
