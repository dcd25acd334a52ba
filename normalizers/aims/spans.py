"""Stretches of a sentence that numbers and fixed words make up: quantities, times, references to results, labels."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from normalizers.aims import references, times
from normalizers.aims.counters import with_counters
from normalizers.aims.fixed_span import FixedSpan, LabelKind
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import pattern
from normalizers.text.fiscal_years import YearMention, read_years
from normalizers.text.numbers import Quantity, read_quantities

__all__ = ["UNIT_CAPTION", "FixedSpan", "fixed_spans"]

UNIT_CAPTION = pattern("spans.unit_caption")
"""単位:千円 within a line."""

_OPENING = pattern("spans.opening")
"""Where a span may begin that begins with no year and no quantity: asking there only costs a third."""

_AFTER_A_LABEL = pattern("spans.after_label")
_NO_LABEL = pattern("spans.no_label")
_SPAN_OF_TIME = pattern("spans.span_of_time")
_FROM = pattern("spans.from_figure")
_COMPARED = pattern("spans.compared")
_IN_NAME = pattern("spans.in_name")
_PAIR, _LATER_OF_PAIR = pattern("spans.pair"), pattern("spans.later_of_pair")
_YEARS_AGO = pattern("spans.years_ago")
_AIMED_RANK = pattern("spans.aimed_rank")
_EACH = pattern("spans.each")
_LED, _BEHIND_YEAR = pattern("spans.led"), pattern("spans.behind_year")
_LAST_YEAR = pattern("spans.last_year")
_COMPARED_YEAR, _ENDS_COMPARISON = pattern("spans.compared_year"), pattern("spans.ends_comparison")
_BEFORE_A_LABEL, _BEFORE_OTHER = pattern("spans.before_label"), pattern("spans.before_other")
_BESIDE_FIGURES = pattern("periods.beside_figures")
_LABEL_KINDS: tuple[LabelKind, ...] = ("aim", "past", "other")


@dataclass(frozen=True, slots=True)
class _Line:
    """A text with the years and quantities in it by their start, and where the page shows blanks."""

    text: str
    gaps: Set[int]
    years: Mapping[int, YearMention]
    quantities: Mapping[int, Quantity]


def fixed_spans(text: str, gaps: Set[int]) -> tuple[FixedSpan, ...]:
    """All fixed spans of a skeleton's text, from left to right, none within another."""
    years = {year.start: year for year in read_years(text)}
    quantities = with_counters(text, read_quantities(text))
    line = _Line(text, gaps, years, {quantity.start: quantity for quantity in quantities})
    found: list[FixedSpan] = []
    reached = 0
    for at in sorted({opened.start() for opened in _OPENING.finditer(text)} | set(years) | set(line.quantities)):
        if at < reached:
            continue
        span = _span_at(line, at)
        if span is not None and span.end > at:
            found.append(span)
            reached = span.end
            # A label ends a word as a blank does: 目標年間18,000人; before one a time does: 次年度計画6回.
            ends = span.kind == "label" or (span.kind == "time" and _labels()["aim"].match(text, reached))
            line = replace(line, gaps=line.gaps | {reached}) if ends else line
        elif at in years:
            # The number of a year within a name (令和6年版) is no quantity.
            reached = years[at].end
    return tuple(found)


def _span_at(line: _Line, at: int) -> FixedSpan | None:
    caption = UNIT_CAPTION.match(line.text, at)
    if caption is not None and read_quantities("1" + caption["unit"])[0].unit is not None:
        return FixedSpan("period", at, caption.end())
    quantity = line.quantities.get(at)
    if quantity is not None and _IN_NAME.match(line.text, quantity.end):
        # 1人当たりの提案: how a name counts.
        return None
    compared = _COMPARED_YEAR.match(line.text, at)
    if compared is not None and (year := line.years.get(compared.end())) is not None:
        # 対R5 ▲800万円
        behind = _ENDS_COMPARISON.match(line.text, year.end)
        end = behind.end() if behind is not None else year.end
        return FixedSpan("reference", at, end, year=year.year, fiscal=year.fiscal, compared=True)
    ago = _YEARS_AGO.match(line.text, at)
    if ago is not None:
        return FixedSpan("label", at, ago.end(), label="past")
    among = _BESIDE_FIGURES.match(line.text, at)
    if among is not None:
        return FixedSpan("period", at, among.end())
    return (
        _one_of_a_pair(line, at)
        or times.event_at(line.text, at, line.years)
        or _label(line, at)
        or references.reference_at(line.text, at, line.years)
        or (times.period_at(line.text, at, line.quantities, line.gaps) if _EACH.match(line.text, at) else None)
        or times.time_at(line.text, at, line.years, line.gaps)
        or times.period_at(line.text, at, line.quantities, line.gaps)
        or (FixedSpan("quantity", at, quantity.end, quantity=quantity) if quantity is not None else None)
    )


@functools.cache
def _labels() -> Mapping[LabelKind, re.Pattern[str]]:
    return {kind: pattern(f"labels.{kind}") for kind in _LABEL_KINDS}


def _one_of_a_pair(line: _Line, at: int) -> FixedSpan | None:
    """見直し前12日→見直し後8日, 前期80件→今期100件: what was and what is to be, each with its figure."""
    before = line.text[at - 1] if at else ""
    if before and at not in line.gaps and before.isalnum():
        return None
    pair = _PAIR.match(line.text, at)
    if pair is not None:
        return FixedSpan("label", at, pair.end("before"), label="past")
    later = _LATER_OF_PAIR.match(line.text, at)
    if later is None or not any(one["event"] == later["event"] for one in _PAIR.finditer(line.text, 0)):
        return None
    return FixedSpan("label", at, later.end("after"), label="aim")


def _label(line: _Line, at: int) -> FixedSpan | None:
    """目標 45.0%, R5実績:12.4%, 基準値11.3%, 2025年度目標:40.0%."""
    start = _after_year(line, at)
    matches = [
        (found.end(), begin, kind)
        for kind, words in _labels().items()
        for begin in sorted({start, at})
        if (found := words.match(line.text, begin)) is not None
    ]
    if not matches:
        return None
    end, _, kind = max(matches, key=lambda match: (match[0], -match[1]))
    if not _stands_as_label(line, at, end, kind, line.text[start:end]):
        return None
    year = line.years.get(at)
    return FixedSpan(
        "label",
        at,
        end,
        year=year.year if year else None,
        label=kind,
        last_year=_LAST_YEAR.match(line.text, at, end) is not None,
        fiscal=year is not None and year.fiscal,
    )


def _after_year(line: _Line, at: int) -> int:
    """Where a label's own word begins, behind the year that it may have (R5 実績, 前年度の実績)."""
    year = line.years.get(at)
    if year is None:
        led = _LED.match(line.text, at)
        return led.end() if led else at
    found = _BEHIND_YEAR.match(line.text, year.end)
    return found.end() if found else year.end


def _counts_in_a_period(line: _Line, at: int) -> bool:
    """目標年間18,000人: whether a figure and the period in which it is counted stand right behind a label."""
    return times.period_at(line.text, at, line.quantities, {at}) is not None


def _stands_as_label(line: _Line, at: int, end: int, kind: LabelKind, word: str) -> bool:
    text, before = line.text, line.text[at - 1] if at else ""
    runs_up = before.isalnum() or before in "ー々"
    bound = not before or at in line.gaps or not runs_up or _BEFORE_A_LABEL.match(before) is not None
    if word in lexicon()["labels"]["stages"] and not text[end : end + 2].lstrip(" :")[:1].isdigit():
        return False
    if not bound and (word in lexicon()["labels"]["everyday"] or before.isdigit()):
        return False
    if kind == "past" and word not in lexicon()["labels"]["present"] and _SPAN_OF_TIME.match(text, end):
        # 直近1年間に受診歴のない者
        return False
    if kind == "past" and bound and _FROM.match(text, end) and not _LAST_YEAR.match(text, at):
        # 現行の45機関から50機関に
        return True
    if kind == "other" and _AIMED_RANK.match(text, end):
        # 全国10位以内 is wanted, 全国7位 only told.
        return False
    if kind == "other" and (not bound or _BEFORE_OTHER.match(before)):
        return False
    if _NO_LABEL.match(text, end) or (kind == "past" and _COMPARED.match(text, end)):
        return False
    dated = kind != "other" and (end in line.years or (bound and _counts_in_a_period(line, end)))
    return _AFTER_A_LABEL.match(text, end) is not None or end in line.gaps or end in line.quantities or dated
