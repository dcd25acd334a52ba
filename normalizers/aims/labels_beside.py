"""What the label, year or bracket beside a quantity says of it: an aim, a past result, something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from normalizers.aims.element import Element
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import pattern
from normalizers.aims.quantity_features import leads_away
from normalizers.aims.spans import FixedSpan, fixed_spans
from normalizers.aims.surroundings import AWAY, REACH, Around, separator_classes

_FIRST_ELEMENTS = 24
"""Among so many of a sentence's elements its figures are looked for: more years stand in no line."""

_PART_OF_A_YEAR = pattern("doubts.part_of_year")
_THIS_YEAR = pattern("doubts.this_year")
_NEXT_YEARS_AIM = pattern("doubts.next_years_aim")
_COMING = pattern("doubts.coming")
_RATE = pattern("goals.rate")
_FIRST_DAY = pattern("doubts.first_day")


class Hint(NamedTuple):
    """``label`` is ``aim``, ``past``, ``other`` or None; ``year`` the fiscal year that stands with the quantity."""

    label: str | None = None
    year: int | None = None


def hint_of(here: Around) -> Hint:
    """What stands beside a quantity says of it."""
    listed = _labels_in_bracket(here)
    if listed is not None:
        return listed
    before = _label_before(here)
    if before.label is not None:
        return before
    after = _bracket_after(here)
    return after if after != Hint() else before


def _labels_in_bracket(here: Around) -> Hint | None:
    """実施率 19.8 21.5 23.0(R5実績 R6目標 R7目標): labels in one bracket behind as many figures."""
    for at in range(here.index, min(len(here.senses), here.index + REACH)):
        sense = here.senses[at]
        if sense is None or sense.kind != "labels":
            continue
        figures = [element for element in here.elements[:at] if element.kind == "quantity"]
        labels = [span for span in fixed_spans(here.elements[at].text, frozenset()) if span.kind == "label"]
        if len(labels) == len(figures):
            own = labels[figures.index(here.element)]
            return Hint(own.label, own.year)
    return None


def _label_before(here: Around) -> Hint:
    year: int | None = None
    dated: int | None = None
    for at in range(here.index - 1, max(-1, here.index - 8), -1):
        element = here.elements[at]
        if element.kind == "label" and element.span is not None:
            return _of_label(here, element.span, year or dated)
        if element.kind == "time" and element.span is not None:
            year = element.span.year or year
            coming = _COMING.match(element.text) is not None and _of_a_part(here) is None
            if coming or (element.text.endswith("の") and at == here.index - 1 and leads_away(here)):
                # 第3期終了時の210件から第4期終了時に240件
                return Hint("aim" if coming else "past", year)
        elif element.kind == "bracket":
            sense = here.senses[at]
            if sense is not None and sense.kind == "label" and _labels_lead(here):
                past = year is not None and here.fiscal_year is not None and year < here.fiscal_year
                result = past and element.text.strip() in lexicon()["labels"]["reference"]
                return Hint("past" if result else sense.label, sense.year or year)
            if sense is None or (sense.kind != "time" and not _explains_a_time(here, at)):
                break
            # 基準年度(令和3年度)41.2%: the bracket says of which year the label is.
            dated = sense.year if dated is None and sense.kind == "time" else dated
            continue
        elif element.kind == "reference" and element.span is not None:
            told = _of_reference(here, at, element, element.span)
            if told is not None:
                return told
            break
        elif element.kind not in ("quantifier", "before") and not _dated_measure(here, at):
            break
        if "、" in separator_classes(element.before) and element.kind != "time":
            break
    return _of_time(here, year, dated)


def _explains_a_time(here: Around, at: int) -> bool:
    """令和8年度(中間評価)48%"""
    sense, before = here.senses[at], here.elements[at - 1] if at else None
    return sense is not None and sense.kind == "name" and before is not None and before.kind == "time"


def _of_time(here: Around, year: int | None, dated: int | None) -> Hint:
    """What the year before a figure, or one in a bracket (``dated``), says of it, no label standing there."""
    leads = year is None and times_lead(here)
    year = dated if leads else year
    if year is not None and here.fiscal_year is not None and year < here.fiscal_year:
        return Hint("past", year)
    if leads:
        return Hint("aim", year)
    if year is not None and year == here.fiscal_year and _is_of_its_first_day(here):
        return Hint("past", year)
    return Hint(_of_a_part(here), year)


def _is_of_its_first_day(here: Around) -> bool:
    """R6.4.1時点 81.2% R7.3.31時点 83.5%: whether a figure is of the day on which the plan's year begins, and another
    of the same unit follows.
    """
    time, own = here.previous, here.element.quantity
    if time is None or time.kind != "time" or _FIRST_DAY.search(time.text) is None or own is None:
        return False
    return any(e.quantity is not None and e.quantity.unit_code == own.unit_code for e in here.ahead)


def _of_a_part(here: Around) -> str | None:
    """R5実績 214円 R6上期 109円 R6目標 220円: what the figure of a part of the year is before the one aimed at.

    A result (``past``), or of no concern where another figure is the result.
    """
    time = here.previous
    if time is None or time.span is None or time.kind != "time" or here.element.comparator is not None:
        return None
    part = _PART_OF_A_YEAR.search(time.text.rstrip()) is not None
    this_year = _THIS_YEAR.match(time.text) is not None and _NEXT_YEARS_AIM.search(here.text, here.element.end)
    if not (part or this_year) or any(map(_is_aim, _labels(here, here.index, -1))):
        return None
    if not any(map(_is_aim, _labels(here, here.index, 1))):
        return None
    return "other" if any(label == "past" for label in _labels(here, here.index, -1)) else "past"


def _labels(here: Around, index: int, way: int) -> Iterator[str | None]:
    """The labels on one side of an element, printed or in brackets."""
    last = index + way * REACH
    for at in range(index + way, max(-1, last) if way < 0 else min(len(here.elements), last), way):
        element, sense = here.elements[at], here.senses[at]
        if element.kind == "label" and element.span is not None:
            yield element.span.label
        elif sense is not None and sense.kind == "label":
            yield sense.label


def _is_aim(label: str | None) -> bool:
    return label == "aim"


def _dated_measure(here: Around, at: int) -> bool:
    """令和5年度の実施率は24.0%であったことから、…: whether a name only parts the figure left behind from its year."""
    named = here.elements[at].kind == "name" and at == here.index - 1 and here.element.before.strip() == "は"
    return named and at > 0 and here.elements[at - 1].kind == "time" and leads_away(here)


def times_lead(here: Around) -> bool:
    """利用率(令和5年度)8.1%(令和6年度)15%: whether each of several figures stands behind its year in brackets."""
    figures = [at for at, element in enumerate(here.elements[:_FIRST_ELEMENTS]) if element.kind == "quantity"]
    leading = [here.senses[at - 1] if at else None for at in figures]
    return len(figures) > 1 and all(sense is not None and sense.kind == "time" and sense.year for sense in leading)


def _of_label(here: Around, span: FixedSpan, year: int | None) -> Hint:
    named = year or span.year
    earlier = named is not None and here.fiscal_year is not None and named < here.fiscal_year
    label = "other" if span.label == "aim" and earlier else span.label
    last = here.fiscal_year - 1 if span.last_year and here.fiscal_year else None
    return Hint(label, named or last)


def _of_reference(here: Around, at: int, element: Element, span: FixedSpan) -> Hint | None:
    """前年度実績59.1%から…: whether the figure behind a reference is the result itself, not a ratio to it."""
    quantity = here.element.quantity
    assert quantity is not None
    if element.comparator is not None or span.compared:
        return None
    if span.foreign:
        return Hint("other") if AWAY.search(here.after(here.index)) else None
    if quantity.signed or quantity.unit_code in ("percentage_point", "multiple"):
        return None
    last = here.fiscal_year - 1 if here.fiscal_year and span.last_year else None
    return Hint("past", span.year or last) if _is_result(here, at, span) else None


def _is_result(here: Around, at: int, span: FixedSpan) -> bool:
    assert here.element.quantity is not None
    if leads_away(here):
        return True
    if here.element.comparator is not None:
        # 回収率を前年度の95.2%以上 tells the result itself, 受診者数を前年度の103%以上 a ratio to it.
        rate = any(e.kind == "name" and _RATE.search(e.text) for e in here.elements[max(0, at - 8) : at])
        return here.element.quantity.unit_code == "percent" and (span.told_result or rate)
    following = here.next(here.index)
    return following is not None and here.elements[following].kind != "verb" and span.told_result


def _labels_lead(here: Around) -> bool:
    """参加率(目標)50%(実績)42%, 82%以上 (参考)前年度80.4%: whether labels in brackets stand before their figures."""
    figures = [at for at, element in enumerate(here.elements) if element.kind == "quantity"]
    labels = [at for at, sense in enumerate(here.senses) if sense is not None and sense.kind == "label"]
    if not figures or not labels:
        return False
    if labels[0] < figures[0]:
        return True
    led = next((at for at in figures if at > labels[-1]), None)
    # 80.3%(R4実績) ⇒ 90.0%(R11): the label is that of the figure before it.
    # 210社(実績)→R6 250社: so it is with a time before the next figure.
    return led is not None and AWAY.search(here.at(led).before()) is None


def _bracket_after(here: Around) -> Hint:
    at = here.index + 1
    sense = here.senses[at] if at < len(here.senses) else None
    if sense is None or _labels_lead(here) or times_lead(here):
        return Hint()
    if sense.kind == "label":
        return Hint(sense.label, sense.year)
    if sense.kind == "time" and sense.year is not None:
        past = here.fiscal_year is not None and sense.year < here.fiscal_year
        several = sum(element.kind == "quantity" for element in here.elements) > 1
        return Hint("past" if past else "aim" if several else None, sense.year)
    return Hint()
