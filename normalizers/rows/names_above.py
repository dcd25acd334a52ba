"""A name in one line and its figures in the lines below: KPI② 返納金債権の回収率 / 対前年度以上."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import read_aims, read_statement
from normalizers.aims.reading import StatementReading
from normalizers.indicators.catalogue import match_indicator
from normalizers.model.reasons import Reason
from normalizers.outline.figures_below import ALL_OF_A_GROUP, BLANK, joined, names_nothing
from normalizers.rows.patterns import pattern
from normalizers.rows.word_doubts import SURE_MATCH
from parsers.model.styled_text import Span

_MEASURED = pattern("names_above.measured")
_ANY_FIGURE = "100％"


def name_alone(name: str) -> str | None:
    """The indicator that a name in a line of its own gives, read to its end."""
    aims = read_aims(f"{name}{BLANK}{_ANY_FIGURE}", TargetContext(kind="kpi"))
    return aims[0].indicator if len(aims) == 1 else None


def figures_under(name: str, text: str, context: TargetContext) -> tuple[Aim, ...]:
    """The aims of the verbatim line ``text`` as they are under ``name``; empty where the name adds nothing to them."""
    own = read_aims(text, replace(context, previous_indicator=None))
    if not own or any(aim.basis == "qualitative" for aim in own):
        return ()
    if all(aim.indicator and ALL_OF_A_GROUP.fullmatch(aim.indicator) for aim in own):
        return _of_a_group(name, text, context, own)
    if names_nothing(own):
        return _read_together(name, text, context, own)
    if all(aim.indicator is not None for aim in own):
        return tuple(_measured(aim, name) for aim in own)
    return ()


def _read_together(name: str, text: str, context: TargetContext, own: Sequence[Aim]) -> tuple[Aim, ...]:
    """The aims of name and figures read as one statement, in their places in the figures' line."""
    begins = target_prefix(text).offset
    whole = joined(name, text)
    by = len(whole) - len(text)
    aims = read_aims(whole, context)
    if [(aim.basis, aim.value) for aim in aims] != [(aim.basis, aim.value) for aim in own]:
        return ()
    return tuple(
        replace(
            aim,
            statement=_from(_moved(aim.statement, by), begins),
            value_span=_moved(aim.value_span, by) if aim.value_span else None,
            notes=tuple(_moved(note, by) for note in aim.notes if note.start >= by),
        )
        for aim in aims
    )


def _of_a_group(name: str, text: str, context: TargetContext, own: Sequence[Aim]) -> tuple[Aim, ...]:
    """The aims of a line that says of whom all are to reach its figures (全職員が年３回以上); that is a condition."""
    named = read_aims(f"{name}{BLANK}{_ANY_FIGURE}", context)
    group = ALL_OF_A_GROUP.search(text)
    if len(named) != 1 or group is None:
        return ()
    return tuple(
        replace(
            aim,
            indicator=named[0].indicator,
            indicator_code=named[0].indicator_code,
            population=named[0].population,
            condition=aim.condition or group[0],
            reasons=named[0].reasons,
        )
        for aim in own
    )


def _moved(span: Span, by: int) -> Span:
    return Span(max(0, span.start - by), max(0, span.end - by))


def with_result(aim: Aim, name: str, text: str, result: str, context: TargetContext) -> Aim | None:
    """The aim of a verbatim line with the past result that the line below it tells; None where that tells none."""
    whole = joined(name, text) if name else text
    read = read_aims(f"{whole}{BLANK}{result}", context)
    same = len(read) == 1 and (read[0].basis, read[0].value) == (aim.basis, aim.value)
    if not same or aim.baseline_value is not None or read[0].baseline_value is None:
        return None
    return replace(aim, baseline_value=read[0].baseline_value, baseline_year=read[0].baseline_year)


def result_reading(text: str) -> StatementReading:
    """How a verbatim line is read that tells what was aimed at and reached before the aim above it."""
    return told_reading(read_statement(text, TargetContext(kind="kpi")))


def told_reading(read: StatementReading) -> StatementReading:
    """A reading of which the figures are results."""
    numbers = [
        replace(number, role="baseline", aim=None)
        if number.role in ("value", "upper_bound", "baseline", "unread")
        else number
        for number in read.numbers
    ]
    return replace(read, aims=(), numbers=tuple(numbers))


def _from(span: Span, start: int) -> Span:
    return Span(max(span.start, start), max(span.end, start))


def _measured(aim: Aim, name: str) -> Aim:
    """The aim; where its line names a thing and the name above says what is measured of it (実施率 / 特定健診 31.0%),
    its indicator is both.
    """
    if aim.indicator is None or aim.indicator_code is not None:
        return aim
    for noun in _MEASURED.findall(name):
        known = match_indicator(aim.indicator + noun, aim.population)
        if known is not None and known.score >= SURE_MATCH and aim.unit in known.indicator.units:
            others = (reason for reason in aim.reasons if reason.code not in ("unknown_indicator", "catalogue_score"))
            scored = (*others, Reason("catalogue_score", {"score": round(known.score, 4)}))
            return replace(aim, indicator=aim.indicator + noun, indicator_code=known.indicator.code, reasons=scored)
    return aim
