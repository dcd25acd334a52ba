"""Limits that say for whom the figure right behind them holds: 30人未満は50%以上、30人以上は70%以上."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from normalizers.aims.element import GAP, Element
from normalizers.aims.name_words import measures
from normalizers.aims.patterns import pattern, words
from normalizers.aims.surroundings import Around
from normalizers.text.counted_units import is_share_of_all

_EXCEPTION = pattern("stretches_of_words.exception")
_LIMITS = (*words("stretches_of_words.limits"), "について")
_SEVERAL = 2
"""So many limits, each with a share right behind it, make groups of one measure."""


def limits_the_next_figure(here: Around) -> bool:
    """Whether a limit is the size of those whose figure stands right behind it, and no aim.

    受診率は、10人未満は50%以上、…; ただし、従業員10人未満は50%; 宣言率:10人未満3%、10人以上30人未満8%.
    """
    following = here.ahead[0] if here.ahead else None
    if not _is_limit(here.element) or following is None or following.kind != "quantity":
        return False
    if _unit(following) == _unit(here.element) or _unit(here.element) == "percent":
        return False
    after = here.after(here.index).replace(GAP, "").strip("、 ")
    if after in _LIMITS:
        return _EXCEPTION.match(here.text) is not None or _is_of_a_measure(here)
    shares = any(element.kind == "name" and is_share_of_all(element.text) for element in here.behind)
    return after in ("", ":") and "、" not in here.after(here.index) and shares and _several(here.elements)


def _is_of_a_measure(here: Around) -> bool:
    """Whether a measure is named elsewhere, and not right before the limit as its own."""
    last = here.previous if here.previous is not None and not here.element.before else None
    glued = last is not None and last.kind == "name" and measures(last.text) and last is here.behind[0]
    others = [element for element in (*here.behind, *here.ahead) if element is not last]
    return not glued and any(element.kind == "name" and measures(element.text) for element in others)


def belongs_to_limit(element: Element, limit: Element, between: str) -> bool:
    """Whether an element before a limit is part of the same group: 1万人以上(5万人未満), 従業員(10人未満).

    ``between`` is what parts them. A measure apart from the limit is what the groups are of (宣言率:10人未満 3%).
    """
    if element.kind == "quantity":
        return _unit(element) == _unit(limit) and _is_limit(element)
    return not (set(":" + GAP).intersection(between) and measures(element.text))


def _several(elements: Sequence[Element]) -> bool:
    groups = [one for one, two in pairwise(elements) if _is_limit(one) and _unit(two) == "percent"]
    units = {_unit(one) for one in groups} - {"percent"}
    return len(units) == 1 and len(groups) >= _SEVERAL


def _is_limit(element: Element) -> bool:
    """Whether a figure has a bound (30人以上) or two ends (10~29人)."""
    ranged = element.quantity is not None and element.quantity.upper is not None
    return ranged or (element.quantity is not None and element.comparator is not None)


def _unit(element: Element) -> str | None:
    return element.quantity.unit_code if element.quantity is not None else None
