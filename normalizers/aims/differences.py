"""Figures that are a wanted difference or a ratio, not a level: 20%減らす, 前年度比98%以下."""

from __future__ import annotations

from normalizers.aims.drafts import Draft
from normalizers.aims.goal import Goal, has, of_a_rate, printed
from normalizers.aims.patterns import pattern, words
from normalizers.model.reasons import Reason
from normalizers.model.records import Comparator
from normalizers.text.numbers import Quantity

_FLIPPED: dict[Comparator, Comparator] = {"ge": "le", "le": "ge", "gt": "lt", "lt": "gt", "eq": "eq"}
_TOWARDS = words("particles.towards")
_GAP, _ENDS_IN_GAP = pattern("goals.gap"), pattern("goals.ends_in_gap")
_MULTIPLE = pattern("goals.multiple")


def is_difference(draft: Draft, quantity: Quantity) -> bool:
    assert draft.element is not None
    reference = draft.reference
    # 案内板を18基更新: things are renewed, a measure is bettered.
    renews = quantity.counted and has(draft, "act") and reference is None
    changes = has(draft, "up", "down") or (has(draft, "better") and not renews)
    if _is_step(draft, quantity) and changes:
        return True
    if quantity.signed and reference is None and of_a_gap(draft) and (not changes or draft.before_verb in _TOWARDS):
        return False
    if quantity.signed or (quantity.unit_code == "multiple" and not _is_level_in_times(draft, changes=changes)):
        return True
    if reference is not None and reference.span is not None:
        if reference.span.foreign:
            return True
        reached = draft.before_verb in _TOWARDS and not draft.element.parts
        if reference.span.compared and reached and draft.result.value is not None and of_a_rate(draft):
            # 現状(41.5%)から50%へ引き上げる
            return False
        if reference.span.compared or quantity.unit_code == "percentage_point":
            return draft.ranged_from is None
        if quantity.unit_code in ("percent", "multiple") and draft.element.before == "の" and not of_a_rate(draft):
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


def of_a_gap(draft: Draft) -> bool:
    """平均正答率(県との差)+2.0ポイント: what is measured is itself a difference, and its sign is part of the level."""
    return bool(draft.names) and _ENDS_IN_GAP.search(draft.names[-1]) is not None


def _is_level_in_times(draft: Draft, *, changes: bool) -> bool:
    """応募倍率3倍以上: what is measured is itself so many times another, and no year is compared."""
    if draft.reference is not None or (draft.direct and changes) or not draft.names:
        return False
    return _MULTIPLE.search(draft.names[-1]) is not None


def difference(draft: Draft, quantity: Quantity, reasons: list[Reason]) -> Goal:
    """A wanted difference (2%以上削減 is at most -2) or ratio (前年度比98%以下)."""
    assert draft.element is not None
    reference = draft.reference
    comparator, value = printed(draft), quantity.value
    if reference is not None and reference.span is not None and reference.span.foreign:
        return Goal("qualitative", comparator, reasons=(Reason("reference_not_given"),))
    ratio = (
        not quantity.signed
        and quantity.unit_code in ("percent", "multiple")
        and not (draft.direct and has(draft, "up", "down", "better"))
    )
    if ratio and quantity.unit_code == "percent" and has(draft, "up", "down", "better") and quantity.value < 50:
        ratio = False
    of_what_was = reference is not None and draft.element.before == "の"
    reached = draft.before_verb in (*_TOWARDS, "にまで")
    if not draft.element.parts and reached and ("fraction" in quantity.notes or of_what_was):
        # 前年の5分の1まで圧縮する, 前年度の2割にまで減らす: to a part of what was.
        ratio = True
        comparator = comparator or ("le" if has(draft, "down") else "ge" if has(draft, "up") else None)
    if ratio:
        reasons.append(Reason("ratio_to_year_before"))
    elif has(draft, "down") and value > 0:
        comparator, value = (_FLIPPED[comparator] if comparator else None), -value
        reasons.append(Reason("wanted_decrease"))
    if quantity.value < 0 and draft.element.comparator == "le" and quantity.signed and "以内" in draft.element.text:
        comparator = "ge"
    if comparator is None and has(draft, "make", "reach", "norm", "keep", "act"):
        comparator = "eq"
    if comparator is None and has(draft, "do"):
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
