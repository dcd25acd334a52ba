"""Reads the aims that a paragraph states: one row each, with everything the statement says about it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.head_counts import HeadCountLine, open_group, read_head_counts
from normalizers.aims.inline_aims import inline_readings
from normalizers.aims.patterns import not_set_words, quotation_words
from normalizers.aims.prefix import TargetPrefix, read_prefix, target_prefix
from normalizers.aims.reading import NumberReading, StatementReading
from normalizers.aims.statements import Reading
from normalizers.aims.statements import read_statement as read_goals_of
from normalizers.indicators.catalogue import IndicatorMatch, match_indicator, nearest_indicators, population_of
from normalizers.model.reasons import Reason, reason_rules
from normalizers.model.records import NumberRole, Population, TargetKind
from normalizers.text.characters import NormalizedText, normalize
from normalizers.text.markers import items_within
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import read_skeleton
from normalizers.text.tokens import LONGEST_TEXT
from parsers.model.styled_text import Span

__all__ = [
    "Aim",
    "TargetContext",
    "TargetPrefix",
    "group_line",
    "is_figure_line",
    "nearest_indicators",
    "read_aims",
    "read_statement",
    "target_prefix",
]

# Without one of these a paragraph that nothing marks as a target states none; asking costs no tokenising.
_MAY_STATE_AN_AIM = re.compile(r"[0-9〇一二三四五六七八九十]|前年")
_INLINE_NOTE = re.compile(
    r"(?:(?<=[。 ])|(?<=する)|(?<=以上)|(?<=以下)) ?(?:[(]※ ?[0-9①-⑳]?[)]|※ ?[0-9①-⑳]?) ?"
    r"(?=[^をはがのにでともへ、。)以 ])"
)
_ITEM_ENDS = ("とする", "以上", "以下", "以内", "を目指す", "%")
"""Words that end an aim, so that a mark behind them begins the next one."""

_LONGEST_PLAIN_AIM = 120
_PLAIN_AIM = re.compile(r"とする|とし、|目指す|めざす|目標|達成|維持|引き?上げ|改善|確保|抑え|減ら|増や|超え|上回")


_UNREAD = 0.05
_PEOPLE = ("保険者", "扶養者", "加入者", "本人", "家族")
_GROUPS = ("被保険者", "被扶養者", "加入者", "加入者全体", "全加入者", "本人", "家族")
_NO_CONTEXT = TargetContext()


@dataclass(frozen=True, slots=True)
class _Part:
    """One numbered part of a paragraph, as offsets into its normalised text."""

    number: int | None
    start: int
    end: int


@functools.lru_cache(maxsize=4096)
def read_aims(text: str, context: TargetContext = _NO_CONTEXT) -> tuple[Aim, ...]:
    """The single aims that the verbatim paragraph ``text`` states, in reading order; empty when it states none.

    With a ``context.kind`` or a prefix of its own (■ KPI：) the paragraph is a target, and one that cannot be read is
    given with basis ``qualitative`` and a low confidence; without either, only plain statements of an aim count.
    Never raises, whatever the text. Of a marked paragraph of more than 12,000 characters the rest is one doubtful aim.
    """
    normalized = normalize(text)
    prefix = read_prefix(normalized)
    kind = prefix.kind or context.kind
    if kind is None and not _MAY_STATE_AN_AIM.search(normalized.text):
        return ()
    aims: list[Aim] = []
    for part in _parts(normalized.text[:LONGEST_TEXT], prefix):
        aims += _aims_of_part(normalized, part, kind, context)
    if kind is not None and len(normalized.text) > LONGEST_TEXT:
        rest = normalized.verbatim_span(LONGEST_TEXT, len(normalized.text))
        reading = Reading("qualitative", pattern="unread", reasons=(Reason("too_long"),))
        aims.append(replace(_aim(kind, None, rest, reading), confidence=_UNREAD))
    return tuple(aims)


def read_statement(text: str, context: TargetContext = _NO_CONTEXT) -> StatementReading:
    """How a verbatim paragraph is read: its aims as :func:`read_aims` gives them, and all words and numbers."""
    aims = read_aims(text, context)
    normalized = normalize(text[:LONGEST_TEXT])
    numbers: list[NumberReading] = []
    for quantity in read_quantities(normalized.text):
        span = normalized.verbatim_span(quantity.start, quantity.number_end)
        owner = next(
            (
                at
                for at, aim in enumerate(aims)
                if aim.value_span and aim.value_span.start <= span.start < aim.value_span.end
            ),
            None,
        )
        role: NumberRole = "unread" if owner is None else "value"
        numbers.append(NumberReading(span, role, quantity.value, quantity.unit_code, owner))
    return StatementReading(aims, (), tuple(numbers))


def is_figure_line(text: str) -> bool:
    """Whether a verbatim paragraph is a head-count line: planned figures, stated without a verb."""
    normalized = normalize(text)
    line = _head_count_line(normalized, read_prefix(normalized))
    return line is not None and line.planned


def group_line(text: str) -> Population | None:
    """The population that a head-count line names for itself and the lines under it (被保険者(40歳以上)(…)), if any."""
    if not any(people in text for people in _PEOPLE):
        return None
    normalized = normalize(text)
    prefix = read_prefix(normalized)
    if prefix.kind is not None:
        return None
    body = read_skeleton(open_group(normalized.text[prefix.normalized_offset :]))
    name = body.text.strip(" :。").removesuffix("分")
    return population_of(name) if name in _GROUPS else None


def _head_count_line(normalized: NormalizedText, prefix: TargetPrefix) -> HeadCountLine | None:
    body = normalized.text[prefix.normalized_offset :]
    return read_head_counts(body) if re.search(r"[0-9]", body) and len(body) <= 200 else None


def _parts(text: str, prefix: TargetPrefix) -> Iterator[_Part]:
    """A paragraph's numbered aims: ① … ② … in one paragraph are parts of their own."""
    start = prefix.normalized_offset
    body = text[start:]
    marks = [mark for mark in items_within(body, _ITEM_ENDS) if mark.start > 0]
    if (
        not marks
        or (prefix.number is not None and marks[0].number != prefix.number + 1)
        or (prefix.number is None and marks[0].number != 1)
    ):
        yield _Part(prefix.number, start, len(text))
        return
    if body[: marks[0].start].strip():
        yield _Part(prefix.number, start, start + marks[0].start)
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        yield _Part(mark.number, start + mark.end, start + following.start if following else len(text))


def _aims_of_part(
    normalized: NormalizedText, part: _Part, kind: TargetKind | None, context: TargetContext
) -> Iterator[Aim]:
    start, end, notes = _without_inline_note(normalized, *_trimmed(normalized.text, part.start, part.end))
    if end > start and normalized.text[end - 1] in ")】" and _closes_nothing(normalized.text[start:end]):
        # (KPI:…とする): the bracket was opened before the prefix.
        end -= 1
    for aim in _aims_of_body(normalized, start, end, part.number, kind, context):
        yield replace(aim, notes=notes) if notes else aim


def _without_inline_note(normalized: NormalizedText, start: int, end: int) -> tuple[int, int, tuple[Span, ...]]:
    """The statement without a note printed right behind it (…とする ※医科、DPC、歯科), and where that note stands."""
    found = _INLINE_NOTE.search(normalized.text, start + 1, end)
    if found is None:
        return start, end, ()
    note = normalized.verbatim_span(*_trimmed(normalized.text, found.start(), end))
    return *_trimmed(normalized.text, start, found.start()), (note,)


def _aims_of_body(
    normalized: NormalizedText,
    start: int,
    end: int,
    number: int | None,
    kind: TargetKind | None,
    context: TargetContext,
) -> Iterator[Aim]:
    body = normalized.text[start:end]
    if not body:
        return
    statement = normalized.verbatim_span(start, end)
    if body.strip(" 。()") in not_set_words() or (kind is not None and body in "-‐"):
        if kind is not None:
            yield _aim(kind, number, statement, Reading("not_set", pattern="not_set", reasons=(Reason("not_set"),)))
        return
    inline = list(inline_readings(body))
    if inline:
        for reading in inline:
            yield _finished(
                normalized,
                start,
                reading,
                kind if kind not in (None, "plan_figure") else "branch_target",
                number,
                statement,
                context,
            )
        return
    line = read_head_counts(body) if kind != "branch_target" or "(" in body else None
    if line is not None and len(line.counts) and (kind is None or kind == "plan_figure" or len(line.counts) > 1):
        if kind is not None or line.planned or context.group_population is not None or _known(line.name):
            for reading in _head_count_readings(line):
                yield _finished(normalized, start, reading, kind or "plan_figure", number, statement, context)
        return
    if kind is None and not _may_be_plain_aim(body):
        return
    readings = read_goals_of(
        body, marked=kind is not None, previous_indicator=context.previous_indicator, fiscal_year=context.fiscal_year
    )
    for reading in readings:
        if kind is None and not _is_plain_aim(reading):
            continue
        own_start, own_end = _trimmed(normalized.text, start + reading.start, start + reading.end)
        yield _finished(
            normalized,
            start,
            reading,
            kind or "plan_figure",
            number,
            normalized.verbatim_span(own_start, own_end),
            context,
        )


def _closes_nothing(body: str) -> bool:
    opening = {")": "(", "】": "【"}[body[-1]]
    return body.count(opening) < body.count(body[-1])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " 、":
        start += 1
    while end > start and text[end - 1] in " 、":
        end -= 1
    return start, end


def _known(indicator: str) -> bool:
    found = match_indicator(indicator, None)
    return found is not None


def _may_be_plain_aim(body: str) -> bool:
    quoted = any(word in body for word in quotation_words())
    return len(body) <= _LONGEST_PLAIN_AIM and not quoted and _PLAIN_AIM.search(body) is not None


def _is_plain_aim(reading: Reading) -> bool:
    """Unmarked prose states an aim only where a known indicator gets a number by a word of aiming."""
    return bool(
        reading.value is not None
        and reading.pattern in ("quantity", "from_to")
        and reading.indicator
        and (reading.indicator_named or reading.population is not None)
        and reading.closes
        and _known(reading.indicator)
    )


def _head_count_readings(line: HeadCountLine) -> Iterator[Reading]:
    group = population_of(line.name)
    for count in line.counts:
        yield Reading(
            "absolute",
            indicator=count.indicator,
            indicator_named=True,
            population=population_of(count.indicator) or group,
            value=count.quantity.value,
            unit=count.quantity.unit_code,
            number=(count.start, count.end),
            pattern="head_count",
        )


def _finished(
    normalized: NormalizedText,
    start: int,
    reading: Reading,
    kind: TargetKind,
    number: int | None,
    statement: Span,
    context: TargetContext,
) -> Aim:
    """The reading with what the catalogue and the surroundings add, and its places in the verbatim text."""
    population = (
        reading.population
        or (population_of(reading.indicator) if reading.indicator else None)
        or context.group_population
    )
    match = match_indicator(reading.indicator, population) if reading.indicator else None
    if match is not None:
        population = population or match.indicator.population
        if reading.comparator is None and reading.improves and match.indicator.direction is not None:
            comparators = ("gt", "lt") if reading.basis == "previous_year" else ("ge", "le")
            reading = replace(reading, comparator=comparators[match.indicator.direction == "lower"])  # type: ignore[arg-type]
    aim = _aim(kind, number, statement, reading)
    spans = {
        "value_span": None
        if reading.number is None
        else normalized.verbatim_span(start + reading.number[0], start + reading.number[1]),
        "condition": _verbatim(normalized, start, reading.condition),
        "deadline": _verbatim(normalized, start, reading.deadline),
    }
    reasons = (*aim.reasons, *_catalogue_reasons(match, reading))
    return replace(
        aim,
        population=population,
        indicator_code=match.indicator.code if match else None,
        reasons=reasons,
        confidence=_confidence(reasons, reading),
        **spans,  # type: ignore[arg-type]
    )


def _verbatim(normalized: NormalizedText, start: int, stretch: tuple[int, int] | None) -> str | None:
    if stretch is None:
        return None
    span = normalized.verbatim_span(start + stretch[0], start + stretch[1])
    return normalized.verbatim[span.start : span.end].strip("、 　") or None


def _aim(kind: TargetKind, number: int | None, statement: Span, reading: Reading) -> Aim:
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


def _catalogue_reasons(match: IndicatorMatch | None, reading: Reading) -> tuple[Reason, ...]:
    if reading.indicator is None:
        return (Reason("no_indicator"),)
    if match is None:
        return (Reason("unknown_indicator"),)
    reasons = [Reason("catalogue_score", {"score": round(match.score, 4)})]
    if reading.value is not None and reading.basis == "absolute":
        if reading.unit not in match.indicator.units:
            reasons.append(Reason("other_unit", {"unit": match.indicator.unit}))
        elif (
            match.indicator.plausible
            and not match.indicator.plausible[0] <= reading.value <= match.indicator.plausible[1]
        ):
            reasons.append(Reason("implausible"))
    return tuple(reasons)


def _confidence(reasons: tuple[Reason, ...], reading: Reading) -> float:
    """What is left of certainty after each reason: a readable goal of a known indicator keeps nearly all."""
    confidence = {"qualitative": 0.4}.get(reading.basis, 0.97) if reading.pattern != "activity" else 0.9
    for reason in reasons:
        confidence *= reason_rules()[reason.code].weight
    return round(max(0.05, confidence), 3)
