"""Stretches of a sentence that numbers and fixed words make up: quantities, times, references to results, labels."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from normalizers.aims import references, times
from normalizers.aims.counters import with_counters
from normalizers.aims.fixed_span import FixedSpan, LabelKind
from normalizers.aims.lexicon import alternatives, lexicon, pattern
from normalizers.text.fiscal_years import YearMention, read_years
from normalizers.text.numbers import Quantity, read_quantities

__all__ = ["UNIT_CAPTION", "FixedSpan", "fixed_spans"]

UNIT_CAPTION = re.compile(r"単位 ?[:は]? ?(?P<unit>[百千万億]{0,2}(?:[^ 0-9、。ぁ-ん/|()【】]{1,4}|か所))")
"""単位:千円 within a line."""

_AFTER_A_LABEL = re.compile(
    r"(?:値|率)?(?:[::=は ■◆●★…|]|が(?= ?[0-9約])| ?[0-9-]|(?:(?:年|月|週)間?|延べ|計|約)+ ?[0-9]|$)"
)
_NO_LABEL = re.compile(r"は(?![ 0-9約])|を|の達成")
_SPAN_OF_TIME = re.compile(r" ?[0-9]{1,2}(?:か?年|か月|週|日)間?(?:に|で|の|以内)")
_FROM = re.compile(r"の(?=[0-9][0-9,.]*[^0-9、。]{1,5}(?:から|より|→|を(?=[^。を]{0,16}[0-9])))")
_COMPARED = re.compile(r" ?(?:以上|以下|を上回|を下回|未満|より|から|比)")
_IN_NAME = re.compile("(?:[1一](?:人|日|週|月|か月|年|件|社|世帯))?(?:当たり|あたり)の(?![ 0-9])")
_YEARS_AGO = re.compile(r"[0-9]{1,2}年前(?:[はのに]|(?= ?[0-9]))(?= ?[0-9])")
_AIMED_RANK = re.compile("(?:の|で)?(?:上位)? ?[0-9]{1,3} ?位(?:以内|以上|へ|を)")
_EACH = re.compile("(?:四半期|半期|月|年|週)(?:ごと)?に")
_LED = re.compile(r"(?:前年度|昨年度|今年度|同)の?")
_LABEL_KINDS: tuple[LabelKind, ...] = ("aim", "past", "other")
_LAST_YEAR = re.compile("前年度|昨年度|同実績|前年|昨年")


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
    for at in sorted({opened.start() for opened in _opening().finditer(text)} | set(years) | set(line.quantities)):
        if at < reached:
            continue
        span = _span_at(line, at)
        if span is not None and span.end > at:
            found.append(span)
            reached = span.end
            # A label ends a word as a blank does: 目標年間18,000人.
            line = replace(line, gaps=line.gaps | {reached}) if span.kind == "label" else line
        elif at in years:
            # The number of a year within a name (令和6年版) is no quantity.
            reached = years[at].end
    return tuple(found)


@functools.cache
def _opening() -> re.Pattern[str]:
    """Where a span may begin that begins with no year and no quantity: asking there only costs a third."""
    labels = "|".join(alternatives("labels", kind) for kind in _LABEL_KINDS)
    return re.compile(
        f"(?={labels}|対|{_LED.pattern}|{references.opening()}|{times.opening()}|単位|{pattern('ranked_among')})"
    )


def _span_at(line: _Line, at: int) -> FixedSpan | None:
    caption = UNIT_CAPTION.match(line.text, at)
    if caption is not None and read_quantities("1" + caption["unit"])[0].unit is not None:
        return FixedSpan("period", at, caption.end())
    quantity = line.quantities.get(at)
    if quantity is not None and _IN_NAME.match(line.text, quantity.end):
        # 1人当たりの提案: how a name counts.
        return None
    if line.text.startswith("対", at) and at + 1 in line.years:
        # 対R5 ▲800万円
        year = line.years[at + 1]
        end = year.end + len("比" if line.text.startswith("比", year.end) else "")
        return FixedSpan("reference", at, end, year=year.year, fiscal=year.fiscal, compared=True)
    ago = _YEARS_AGO.match(line.text, at)
    if ago is not None:
        return FixedSpan("label", at, ago.end(), label="past")
    among = _beside_figures().match(line.text, at)
    if among is not None:
        return FixedSpan("period", at, among.end())
    return (
        _label(line, at)
        or references.reference_at(line.text, at, line.years)
        or (times.period_at(line.text, at, line.quantities, line.gaps) if _EACH.match(line.text, at) else None)
        or times.time_at(line.text, at, line.years, line.gaps)
        or times.period_at(line.text, at, line.quantities, line.gaps)
        or (FixedSpan("quantity", at, quantity.end, quantity=quantity) if quantity is not None else None)
    )


@functools.cache
def _beside_figures() -> re.Pattern[str]:
    """Of how many a rank is one, over how many years an average is taken."""
    return re.compile(f"{pattern('ranked_among')}|{pattern('averaged')}")


@functools.cache
def _labels() -> Mapping[LabelKind, re.Pattern[str]]:
    return {kind: re.compile(alternatives("labels", kind)) for kind in _LABEL_KINDS}


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
    found = re.compile("末?の? ?").match(line.text, year.end)
    return found.end() if found else year.end


def _counts_in_a_period(line: _Line, at: int) -> bool:
    """目標年間18,000人: whether a figure and the period in which it is counted stand right behind a label."""
    return times.period_at(line.text, at, line.quantities, {at}) is not None


def _stands_as_label(line: _Line, at: int, end: int, kind: LabelKind, word: str) -> bool:
    text, before = line.text, line.text[at - 1] if at else ""
    bound = not before or at in line.gaps or not (before.isalnum() or before in "ー々") or before in "をはがのに"
    if not bound and (word in lexicon()["labels"]["everyday"] or before.isdigit()):
        return False
    if kind == "past" and _SPAN_OF_TIME.match(text, end):
        # 直近1年間に受診歴のない者
        return False
    if kind == "past" and bound and _FROM.match(text, end) and not _LAST_YEAR.match(text, at):
        # 現行の45機関から50機関に
        return True
    if kind == "other" and _AIMED_RANK.match(text, end):
        # 全国10位以内 is wanted, 全国7位 only told.
        return False
    if kind == "other" and (not bound or (before and before in "のをがに")):
        return False
    if _NO_LABEL.match(text, end) or (kind == "past" and _COMPARED.match(text, end)):
        return False
    dated = kind != "other" and (end in line.years or (bound and _counts_in_a_period(line, end)))
    return _AFTER_A_LABEL.match(text, end) is not None or end in line.gaps or end in line.quantities or dated
