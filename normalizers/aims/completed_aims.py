"""From the reading of an aim to the aim: its places on the page, its indicator's code, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.aim_reading import AimReading
from normalizers.aims.captions import in_unit_of_name
from normalizers.aims.patterns import pattern
from normalizers.indicators.catalogue import IndicatorMatch, match_indicator, population_by_definition, population_of
from normalizers.model.reasons import Reason, reason_rules
from normalizers.model.records import Comparator, TargetKind
from normalizers.text.characters import NormalizedText
from normalizers.text.fiscal_years import read_fiscal_year, year_of_number
from parsers.model.styled_text import Span

_YEAR_IN_BRACKET = pattern("doubts.year_in_bracket")
_STRICTLY_BETTER: tuple[Comparator, Comparator] = ("gt", "lt")
_AT_LEAST_AS_GOOD: tuple[Comparator, Comparator] = ("ge", "le")
"""The comparators of an aim that only says "better", where higher and where lower is better."""

_SAME_WORDS = 0.95
"""From this score on an entry's people are meant though its unit is another (実施分 8,640人 of a share)."""

UNREAD = 0.05
"""The confidence in what could not be read at all."""

_CLEAN, _CLEAN_WITHOUT_NUMBER, _QUALITATIVE = 0.97, 0.9, 0.4
"""What a reading without any doubt is worth: one with a number, an activity that has none by its nature, one whose
number could not be told. Measured on the phrase book; each reason leaves its own part of it (reasons.toml)."""


def bare_aim(kind: TargetKind, number: int | None, statement: Span, reading: AimReading) -> Aim:
    """The aim as read, without what catalogue and surroundings add."""
    return Aim(
        kind=kind,
        number=number,
        statement=statement,
        indicator=reading.indicator or None,
        indicator_code=None,
        population=reading.population,
        basis=reading.basis,
        comparator=reading.comparator,
        value=reading.value,
        unit=reading.unit,
        baseline_value=reading.baseline_value,
        baseline_year=reading.baseline_year,
        condition=None,
        deadline=None,
        value_span=None,
        note_marks=reading.note_marks,
        pattern=reading.pattern,
        confidence=1.0 if reading.pattern == "not_set" else 0.9,
        reasons=(Reason("read_as", {"pattern": reading.pattern}), *reading.reasons),
    )


def completed_aim(
    normalized: NormalizedText,
    start: int,
    reading: AimReading,
    kind: TargetKind,
    number: int | None,
    statement: Span,
    context: TargetContext,
) -> Aim:
    """The reading with what the catalogue and the surroundings add, and its places in the verbatim text.

    ``start`` is where the statement that was read begins in the normalised text.
    """
    figure = reading.number
    if figure is not None:
        reading = in_unit_of_name(reading, normalized.text[start + figure[1] :])
    population = (
        reading.population
        or (population_of(reading.indicator) if reading.indicator else None)
        or context.group_population
    )
    match = match_indicator(reading.indicator, population) if reading.indicator else None
    if match is None and population is None and reading.indicator:
        population = population_by_definition(reading.indicator)
    other_unit = _other_unit(match, reading)
    if match is not None:
        same = other_unit is None or match.score >= _SAME_WORDS
        population = population or (match.indicator.population if same else None)
        if reading.comparator is None and reading.improves and match.indicator.direction is not None:
            higher, lower = _STRICTLY_BETTER if reading.basis == "previous_year" else _AT_LEAST_AS_GOOD
            reading = replace(reading, comparator=lower if match.indicator.direction == "lower" else higher)
    aim = bare_aim(kind, number, statement, reading)
    if reading.basis == "previous_year" and reading.baseline_value is None and _to_come(reading, context):
        aim = replace(aim, reasons=(*aim.reasons, Reason("reference_to_come")))
    if figure is not None and _is_of_earlier_year(normalized.text[: start + figure[0]], context):
        aim = replace(aim, reasons=(*aim.reasons, Reason("label_of_earlier_year")))
    reasons = (*aim.reasons, *_catalogue_reasons(match, reading), *((other_unit,) if other_unit else ()))
    return replace(
        aim,
        population=population,
        indicator_code=match.indicator.code if match and other_unit is None else None,
        value_span=None if figure is None else normalized.verbatim_span(start + figure[0], start + figure[1]),
        condition=_verbatim(normalized, start, reading.condition),
        deadline=_verbatim(normalized, start, reading.deadline),
        reasons=reasons,
        confidence=_confidence(reasons, reading),
    )


def _to_come(reading: AimReading, context: TargetContext) -> bool:
    """令和6年度から毎年…: whether the year that an aim is compared with is the plan's own or a later one."""
    year, own = reading.baseline_year, context.fiscal_year
    return year is not None and own is not None and year >= own


def _is_of_earlier_year(before: str, context: TargetContext) -> bool:
    """Whether the words before a figure in brackets are a year before the plan's: 回収率(令和5年度 88.0%以上)."""
    led = _YEAR_IN_BRACKET.search(before)
    if led is None or context.fiscal_year is None:
        return False
    number = led["number"]
    year = year_of_number(int(number), context.fiscal_year) if number else read_fiscal_year(led["year"])
    return year is not None and year < context.fiscal_year


def _other_unit(match: IndicatorMatch | None, reading: AimReading) -> Reason | None:
    """A number of people is no rate, however alike the names: such a row gets no code."""
    if match is None or not reading.indicator_named or reading.value is None or reading.basis != "absolute":
        return None
    if reading.unit in match.indicator.units:
        return None
    return Reason("other_unit", {"unit": match.indicator.unit})


def _verbatim(normalized: NormalizedText, start: int, stretch: tuple[int, int] | None) -> str | None:
    if stretch is None:
        return None
    span = normalized.verbatim_span(start + stretch[0], start + stretch[1])
    return normalized.verbatim[span.start : span.end].strip("、 　") or None


def _catalogue_reasons(match: IndicatorMatch | None, reading: AimReading) -> Iterator[Reason]:
    if reading.indicator is None:
        if not reading.pattern.startswith("inline"):
            yield Reason("no_indicator")
        return
    if match is None:
        yield Reason("unknown_indicator")
        return
    yield Reason("catalogue_score", {"score": round(match.score, 4)})
    if reading.value is not None and reading.basis == "absolute":
        plausible = match.indicator.plausible
        if plausible and not plausible[0] <= reading.value <= plausible[1]:
            yield Reason("implausible")


def _confidence(reasons: tuple[Reason, ...], reading: AimReading) -> float:
    """What is left of certainty after each reason: a readable goal of a known indicator keeps nearly all."""
    confidence = _CLEAN_WITHOUT_NUMBER if reading.pattern == "activity" else _CLEAN
    if reading.basis == "qualitative" and reading.pattern != "activity":
        confidence = _QUALITATIVE
    for reason in reasons:
        confidence *= reason_rules()[reason.code].weight
    return round(max(UNREAD, confidence), 3)
