"""What a figure or a reference is to be: a level, a difference, a ratio, or kept as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from normalizers.aims.drafts import Draft
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import pattern, words
from normalizers.model.reasons import Reason
from normalizers.model.records import Basis, Comparator
from normalizers.text.numbers import Quantity

_FLIPPED: dict[Comparator, Comparator] = {"ge": "le", "le": "ge", "gt": "lt", "lt": "gt", "eq": "eq"}
_DENIED: dict[Comparator, Comparator] = {"ge": "lt", "gt": "le", "le": "gt", "lt": "ge"}
"""What is wanted of a figure where it is not to be so (10日以上かけない: below ten)."""

_BEFORE: dict[str, Comparator] = {"before.ge": "ge", "before.le": "le"}
_LIMIT = pattern("goals.limit")
_SCORES = pattern("goals.scores")
_TOWARDS = words("particles.towards")
_GAP, _ENDS_IN_GAP = pattern("goals.gap"), pattern("goals.ends_in_gap")
_RATE, _MULTIPLE = pattern("goals.rate"), pattern("goals.multiple")


@dataclass(frozen=True, slots=True)
class Goal:
    """A draft's figure read.

    ``improves`` tells that only 改善 says which way, ``lower`` is the other end of a range.
    """

    basis: Basis
    comparator: Comparator | None = None
    value: float | None = None
    unit: str | None = None
    baseline_value: float | None = None
    baseline_year: int | None = None
    improves: bool = False
    lower: float | None = None
    reasons: tuple[Reason, ...] = ()


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
    denied = draft.reference is None and _has(draft, "not") and draft.element.comparator is not None
    if not denied and _is_difference(draft, quantity):
        return _difference(draft, quantity, reasons)
    if _has(draft, "not") and _has(draft, "lose") and _printed(draft) is None:
        # 3日分を切らさない
        return replace(_level(draft, quantity, reasons), comparator="ge")
    if _printed(draft) is not None and _has(draft, "not", "zero") and not _of_nothing(draft):
        return _denied(draft, quantity, reasons)
    if _has(draft, "not") and _has(draft, "up", "down") and draft.element.comparator is None:
        # 20件を増やさない: no number to reach.
        return Goal("qualitative", reasons=(Reason("no_goal"),))
    if _has(draft, "not") and draft.before_verb in lexicon()["names"]["not_even"] and quantity.value == 1:
        # 1件も出さず, 1件として認めない
        return Goal("absolute", "eq", 0.0, quantity.unit_code, reasons=tuple(reasons))
    if "verb.zero" in draft.verbs and quantity.value != 0:
        # 1件も発生させない is none; 10日を超える案件を発生させない is no number to reach.
        nothing = Goal("absolute", "eq", 0.0, quantity.unit_code, reasons=tuple(reasons))
        return nothing if draft.before_verb == "も" else Goal("qualitative", reasons=(Reason("no_goal"),))
    if _has(draft, "not"):
        # 警戒ラインの15%に掛からせない: what is not to be done with it is not known.
        reasons.append(Reason("denied_verb"))
    return _level(draft, quantity, reasons)


def _level(draft: Draft, quantity: Quantity, reasons: list[Reason]) -> Goal:
    """A level to be reached, kept or not passed: 95.0%以上, 58.1%から61.7%に, 7日から10日."""
    comparator, baseline, lower = _printed(draft), draft.result.value, None
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
    if "fraction" in quantity.notes and _has(draft, "up", "down") and not (_of_a_rate(draft) or baseline is not None):
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
    falls, rises = _has(draft, "down", "lose"), _has(draft, "up")
    if (falls and level.comparator in ("ge", "gt")) or (rises and level.comparator in ("le", "lt")):
        return level
    if any(reason.code in ("unknown_verb", "counted_after_number") for reason in draft.reasons):
        level = replace(level, reasons=(*level.reasons, Reason("denied_verb")))
    return replace(level, comparator=turned)


def _of_nothing(draft: Draft) -> bool:
    """10日を超える案件を発生させない: the bound says which cases there are to be none of."""
    counted = any(reason.code == "counted_after_number" for reason in draft.reasons)
    return counted and _has(draft, "zero")


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


def _printed(draft: Draft) -> Comparator | None:
    element = draft.element if draft.element is not None else draft.reference
    if element is not None and element.comparator is not None:
        return element.comparator
    before = next((_BEFORE[part] for part in draft.parts if part in _BEFORE), None)
    # 違反率の上限を12%とする: at most.
    limit = _LIMIT.search(draft.names[-1]) if draft.names else None
    return before if before or limit is None else "le" if limit["limit"] == "上限" else "ge"


def _has(draft: Draft, *parts: str) -> bool:
    return any(f"verb.{part}" in draft.verbs for part in parts)


def _moves(draft: Draft) -> bool:
    """Whether the way from one figure to the other is a change, and not the ends of a range."""
    assert draft.element is not None
    assert draft.ranged_from is not None
    if _has(draft, "keep") and not _has(draft, "up", "down", "better"):
        return False
    if re.search("[→⇒➡➔]", draft.element.before) or draft.ranged_from.comparator is not None:
        return True
    return _has(draft, "up", "down", "better", "reach") or draft.before_verb in _TOWARDS


def _is_difference(draft: Draft, quantity: Quantity) -> bool:
    assert draft.element is not None
    reference = draft.reference
    # 案内板を18基更新: things are renewed, a measure is bettered.
    renews = quantity.counted and _has(draft, "act") and reference is None
    changes = _has(draft, "up", "down") or (_has(draft, "better") and not renews)
    if _is_step(draft, quantity) and changes:
        return True
    if quantity.signed and reference is None and not changes and _of_a_gap(draft):
        return False
    if quantity.signed or (quantity.unit_code == "multiple" and not _is_level_in_times(draft, changes=changes)):
        return True
    if reference is not None and reference.span is not None:
        if reference.span.foreign:
            return True
        reached = draft.before_verb in _TOWARDS and not draft.element.parts
        if reference.span.compared and reached and draft.result.value is not None and _of_a_rate(draft):
            # 現状(41.5%)から50%へ引き上げる
            return False
        if reference.span.compared or quantity.unit_code == "percentage_point":
            return draft.ranged_from is None
        if quantity.unit_code in ("percent", "multiple") and draft.element.before == "の" and not _of_a_rate(draft):
            return True
        if draft.direct and changes:
            return True
    if draft.ranged_from is not None or (draft.label and not (draft.direct and changes)):
        return False
    if quantity.unit_code == "percentage_point":
        # 地域差を5ポイント以内に縮小: held within so many.
        spread = bool(draft.names) and _GAP.search(draft.names[-1]) is not None
        held = draft.before_verb == "に" and (spread or draft.element.comparator is not None)
        return changes and not _bounds(draft) and not held
    return draft.direct and changes and not _bounds(draft)


def _is_step(draft: Draft, quantity: Quantity) -> bool:
    """57.2%から2.8ポイント引き上げ: by how much the rate before it is changed."""
    start = draft.ranged_from.quantity if draft.ranged_from is not None else None
    points = quantity.unit_code == "percentage_point" and draft.direct
    return points and start is not None and start.unit_code == "percent"


def _bounds(draft: Draft) -> bool:
    """5%より低く抑える: a level that is bounded, however it is held."""
    return draft.element is not None and draft.element.text.endswith("く")


def _of_a_rate(draft: Draft) -> bool:
    return bool(draft.names) and _RATE.search(draft.names[-1]) is not None


def _of_a_gap(draft: Draft) -> bool:
    """平均正答率(県との差)+2.0ポイント: what is measured is itself a difference, and its sign is part of the level."""
    return bool(draft.names) and _ENDS_IN_GAP.search(draft.names[-1]) is not None


def _is_level_in_times(draft: Draft, *, changes: bool) -> bool:
    """応募倍率3倍以上: what is measured is itself so many times another, and no year is compared."""
    if draft.reference is not None or (draft.direct and changes) or not draft.names:
        return False
    return _MULTIPLE.search(draft.names[-1]) is not None


def _difference(draft: Draft, quantity: Quantity, reasons: list[Reason]) -> Goal:
    """A wanted difference (2%以上削減 is at most -2) or ratio (前年度比98%以下)."""
    assert draft.element is not None
    reference = draft.reference
    comparator, value = _printed(draft), quantity.value
    if reference is not None and reference.span is not None and reference.span.foreign:
        return Goal("qualitative", comparator, reasons=(Reason("reference_not_given"),))
    ratio = (
        not quantity.signed
        and quantity.unit_code in ("percent", "multiple")
        and not (draft.direct and _has(draft, "up", "down", "better"))
    )
    if ratio and quantity.unit_code == "percent" and _has(draft, "up", "down", "better") and quantity.value < 50:
        ratio = False
    of_what_was = reference is not None and draft.element.before == "の"
    reached = draft.before_verb in (*_TOWARDS, "にまで")
    if not draft.element.parts and reached and ("fraction" in quantity.notes or of_what_was):
        # 前年の5分の1まで圧縮する, 前年度の2割にまで減らす: to a part of what was.
        ratio = True
        comparator = comparator or ("le" if _has(draft, "down") else "ge" if _has(draft, "up") else None)
    if ratio:
        reasons.append(Reason("ratio_to_year_before"))
    elif _has(draft, "down") and value > 0:
        comparator, value = (_FLIPPED[comparator] if comparator else None), -value
        reasons.append(Reason("wanted_decrease"))
    if quantity.value < 0 and draft.element.comparator == "le" and quantity.signed and "以内" in draft.element.text:
        comparator = "ge"
    if comparator is None and _has(draft, "make", "reach", "norm", "keep", "act"):
        comparator = "eq"
    if comparator is None and _has(draft, "do"):
        comparator = "ge" if value > 0 else "le"
    if reference is None:
        reasons.append(Reason("difference_without_reference"))
    year = reference.span.year if reference is not None and reference.span is not None else None
    lower = None
    if quantity.upper is not None:
        # 5~10%削減する: by no more than the one and no less than the other.
        lower, value = sorted((value, quantity.upper if value > 0 else -quantity.upper))
        reasons.append(Reason("range", {"upper": quantity.upper}))
        reasons += [Reason("bound_of_range")] if draft.element.comparator is not None else []
        comparator = "le"
    return Goal(
        "previous_year",
        comparator,
        value,
        quantity.unit_code,
        draft.result.value,
        year or (draft.result.year if draft.result.value is not None else None),
        lower=lower,
        reasons=tuple(reasons),
    )


def _reference_goal(draft: Draft) -> Goal:
    """A goal that a reference is by itself: 対前年度以上, 前年度実績を上回る, 令和4年度より減少."""
    assert draft.reference is not None
    assert draft.reference.span is not None
    span = draft.reference.span
    comparator = _printed(draft)
    improves = False
    if comparator is None:
        if _has(draft, "not"):
            # 前年度より増加させない
            comparator = "le" if _has(draft, "up") else "ge" if _has(draft, "down") else None
        elif _has(draft, "keep"):
            comparator = "ge" if _has(draft, "up", "better") else "le" if _has(draft, "down") else "eq"
        elif _has(draft, "up"):
            # 県平均まで高める: as much is enough.
            comparator = "ge" if draft.before_verb == "まで" else "gt"
        elif _has(draft, "down"):
            comparator = "le" if draft.before_verb == "まで" else "lt"
        else:
            improves = _has(draft, "better")
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
    if _has(draft, "keep"):
        return "eq", []
    if _has(draft, "up"):
        return "ge", [Reason("comparator_from_verb")]
    if _has(draft, "down"):
        return "le", [Reason("comparator_from_verb")]
    if _has(draft, "better") and not _has(draft, "act"):
        return None, [Reason("comparator_from_indicator")]
    return ("eq" if _has(draft, "make", "reach", "norm", "act", "zero") else None), []
