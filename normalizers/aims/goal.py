"""A goal, and what of a draft tells it: the bound that is printed, the verbs, and whether a rate is measured."""

from __future__ import annotations

from dataclasses import dataclass

from normalizers.aims.drafts import Draft
from normalizers.aims.patterns import pattern
from normalizers.model.reasons import Reason
from normalizers.model.records import Basis, Comparator

_BEFORE: dict[str, Comparator] = {"before.ge": "ge", "before.le": "le"}
_LIMIT, _RATE = pattern("goals.limit"), pattern("goals.rate")


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


def printed(draft: Draft) -> Comparator | None:
    element = draft.element if draft.element is not None else draft.reference
    if element is not None and element.comparator is not None:
        return element.comparator
    before = next((_BEFORE[part] for part in draft.parts if part in _BEFORE), None)
    # 違反率の上限を12%とする: at most.
    limit = _LIMIT.search(draft.names[-1]) if draft.names else None
    return before if before or limit is None else "le" if limit["limit"] == "上限" else "ge"


def has(draft: Draft, *parts: str) -> bool:
    return any(f"verb.{part}" in draft.verbs for part in parts)


def of_a_rate(draft: Draft) -> bool:
    return bool(draft.names) and _RATE.search(draft.names[-1]) is not None
