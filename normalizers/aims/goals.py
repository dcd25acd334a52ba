"""What a figure or a reference is to be: a level, a difference, a ratio, or kept as it is."""

from __future__ import annotations

import re
from dataclasses import replace

from normalizers.aims.differences import difference, is_difference, of_a_gap
from normalizers.aims.drafts import Draft
from normalizers.aims.goal import Goal, has, of_a_rate, printed
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import pattern, words
from normalizers.model.reasons import Reason
from normalizers.model.records import Comparator
from normalizers.text.numbers import Quantity

_DENIED: dict[Comparator, Comparator] = {"ge": "lt", "gt": "le", "le": "gt", "lt": "ge"}
"""What is wanted of a figure where it is not to be so (10日以上かけない: below ten)."""

_SCORES = pattern("goals.scores")
_TOWARDS = words("particles.towards")


def goal_of(draft: Draft) -> Goal:
    """The goal that a draft's figure, reference and verbs state together."""
    if draft.element is None or draft.element.quantity is None:
        return _reference_goal(draft)
    quantity = draft.element.quantity
    reasons = [Reason(note) for note in quantity.notes]
    if quantity.counter is not None:
        reasons.append(Reason("counter_not_listed", {"words": quantity.counter}))
    elif quantity.unit is None:
        reasons.append(Reason("no_unit"))
    # Denied behind a bound no verb of change makes a difference of it: 55%以上を下回らない.
    denied = draft.reference is None and has(draft, "not") and draft.element.comparator is not None
    if not denied and is_difference(draft, quantity):
        return difference(draft, quantity, reasons)
    if has(draft, "not") and has(draft, "lose") and printed(draft) is None:
        # 3日分を切らさない
        return replace(_level(draft, quantity, reasons), comparator="ge")
    if printed(draft) is not None and has(draft, "not", "zero") and not _of_nothing(draft):
        return _denied(draft, quantity, reasons)
    if has(draft, "not") and has(draft, "up", "down") and draft.element.comparator is None:
        # 20件を増やさない: no number to reach.
        return Goal("qualitative", reasons=(Reason("no_goal"),))
    if has(draft, "not") and draft.before_verb in lexicon()["names"]["not_even"] and quantity.value == 1:
        # 1件も出さず, 1件として認めない
        return Goal("absolute", "eq", 0.0, quantity.unit_code, reasons=tuple(reasons))
    if "verb.zero" in draft.verbs and quantity.value != 0:
        # 1件も発生させない is none; 10日を超える案件を発生させない is no number to reach.
        nothing = Goal("absolute", "eq", 0.0, quantity.unit_code, reasons=tuple(reasons))
        return nothing if draft.before_verb == "も" else Goal("qualitative", reasons=(Reason("no_goal"),))
    if has(draft, "not"):
        # 警戒ラインの15%に掛からせない: what is not to be done with it is not known.
        reasons.append(Reason("denied_verb"))
    return _level(draft, quantity, reasons)


def _level(draft: Draft, quantity: Quantity, reasons: list[Reason]) -> Goal:
    """A level to be reached, kept or not passed: 95.0%以上, 58.1%から61.7%に, 7日から10日."""
    comparator, baseline, lower = printed(draft), draft.result.value, None
    start = draft.ranged_from.quantity if draft.ranged_from is not None else None
    if start is not None and _moves(draft):
        baseline = start.value
        if comparator is None and start.value != quantity.value:
            comparator = "ge" if quantity.value > start.value else "le"
            reasons.append(Reason("comparator_from_way"))
    elif start is not None:
        lower, baseline = start.value, None
        comparator = comparator or "le"
        reasons.append(Reason("range", {"upper": quantity.value}))
    if comparator is None:
        comparator, why = _by_verb(draft)
        if comparator == "le" and quantity.value < 0 and of_a_gap(draft):
            # 全国平均との差を△1.0ポイントまで縮小する: from below.
            comparator = "ge"
        reasons += why
    value = quantity.value
    if quantity.upper is not None:
        # 15~20分: from the one to the other; 3~4回以上 leaves open which of them is the bound.
        reasons.append(Reason("range", {"upper": quantity.upper}))
        if comparator in (None, "eq", "le", "lt"):
            # 10~15分以内: the bound is that of the second.
            lower, value, comparator = value, quantity.upper, "lt" if comparator == "lt" else "le"
        else:
            reasons.append(Reason("bound_of_range"))
    if "rank_in_words" in quantity.notes and comparator in (None, "eq"):
        # 上位10位以内, 上位3位に入る, トップ10
        comparator = "le"
    if "open_end" in quantity.notes and comparator in (None, "eq"):
        comparator = "ge"
    unit = quantity.unit_code
    if "fraction" in quantity.notes and has(draft, "up", "down") and not (of_a_rate(draft) or baseline is not None):
        return _part_of_what_was(draft, quantity, comparator, reasons)
    if unit == "percentage_point" and draft.names and _SCORES.search(draft.names[-1]):
        unit = "points"
    return Goal(
        "absolute",
        comparator,
        value,
        unit,
        baseline,
        draft.result.year if baseline is not None else None,
        improves=comparator is None and "verb.better" in draft.verbs,
        lower=lower,
        reasons=tuple(reasons),
    )


def _denied(draft: Draft, quantity: Quantity, reasons: list[Reason]) -> Goal:
    """A bound behind which the verb is denied: the other way round (10日以上かけない), or kept (55%以上を崩さない)."""
    level = _level(draft, quantity, reasons)
    turned = _DENIED.get(level.comparator) if level.comparator is not None else None
    if turned is None:
        return level
    falls, rises = has(draft, "down", "lose"), has(draft, "up")
    if (falls and level.comparator in ("ge", "gt")) or (rises and level.comparator in ("le", "lt")):
        return level
    if any(reason.code in ("unknown_verb", "counted_after_number") for reason in draft.reasons):
        level = replace(level, reasons=(*level.reasons, Reason("denied_verb")))
    return replace(level, comparator=turned)


def _of_nothing(draft: Draft) -> bool:
    """10日を超える案件を発生させない: the bound says which cases there are to be none of."""
    counted = any(reason.code == "counted_after_number" for reason in draft.reasons)
    return counted and has(draft, "zero")


def _part_of_what_was(draft: Draft, quantity: Quantity, comparator: Comparator | None, reasons: list[Reason]) -> Goal:
    """紙による申請を3分の1に減らす: a part of what was, where the name is no share of anything."""
    reasons.append(Reason("ratio_to_year_before"))
    return Goal(
        "previous_year",
        comparator,
        quantity.value,
        quantity.unit_code,
        draft.result.value,
        draft.result.year,
        reasons=tuple(reasons),
    )


def _moves(draft: Draft) -> bool:
    """Whether the way from one figure to the other is a change, and not the ends of a range."""
    assert draft.element is not None
    assert draft.ranged_from is not None
    if has(draft, "keep") and not has(draft, "up", "down", "better"):
        return False
    if re.search("[→⇒➡➔]", draft.element.before) or draft.ranged_from.comparator is not None:
        return True
    return has(draft, "up", "down", "better", "reach") or draft.before_verb in _TOWARDS


def _reference_goal(draft: Draft) -> Goal:
    """A goal that a reference is by itself: 対前年度以上, 前年度実績を上回る, 令和4年度より減少."""
    assert draft.reference is not None
    assert draft.reference.span is not None
    span = draft.reference.span
    comparator = printed(draft)
    improves = False
    if comparator is None:
        if has(draft, "not"):
            # 前年度より増加させない
            comparator = "le" if has(draft, "up") else "ge" if has(draft, "down") else None
        elif has(draft, "keep"):
            comparator = "ge" if has(draft, "up", "better") else "le" if has(draft, "down") else "eq"
        elif has(draft, "up"):
            # 県平均まで高める: as much is enough.
            comparator = "ge" if draft.before_verb == "まで" else "gt"
        elif has(draft, "down"):
            comparator = "le" if draft.before_verb == "まで" else "lt"
        else:
            improves = has(draft, "better")
    year = span.year or draft.result.year
    if span.foreign and comparator is not None and draft.result.unit is not None:
        # 全国平均(22.4%)以上: the average is printed and is itself the mark.
        mark = draft.result
        return Goal("absolute", comparator, mark.value, mark.unit, reasons=(Reason("average_printed"),))
    if span.foreign or (comparator is None and not improves):
        return Goal("qualitative", None, None, None, draft.result.value, year, reasons=(Reason("reference_not_given"),))
    return Goal("previous_year", comparator, None, None, draft.result.value, year, improves)


def _by_verb(draft: Draft) -> tuple[Comparator | None, list[Reason]]:
    """What the verb says of a level: reached from below it is ge, from above le, set or kept eq."""
    if has(draft, "keep"):
        return "eq", []
    if has(draft, "up"):
        return "ge", [Reason("comparator_from_verb")]
    if has(draft, "down"):
        return "le", [Reason("comparator_from_verb")]
    if has(draft, "better") and not has(draft, "act"):
        return None, [Reason("comparator_from_indicator")]
    return ("eq" if has(draft, "make", "reach", "norm", "act", "zero") else None), []
