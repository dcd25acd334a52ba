"""The cheapest reading of a sentence: each element gets the part that costs least together with its neighbours.

A weighted automaton over the elements. Its rules are ``costs.toml``: a role's cost is the sum of all rules whose words
hold of the element and of the reading so far (``p:name``: the last part read is a name). Readings that have come to the
same state are told apart by cost alone, and of each state the two cheapest are kept, so that the second-best reading of
the whole is known and the work grows with the sentence's length only.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from normalizers.aims.features import Featured
from normalizers.aims.patterns import pattern
from parsers.model.data_file import read_data

ROLES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "group", "name_after", "case", "in_case", "means", "topic", "predicate"),
    "quantity": ("value", "in_name", "baseline", "in_case", "whole", "statistic", "of_age"),
    "time": ("deadline", "past_time", "own_year", "time_in_name"),
    "reference": ("reference", "past_label", "ref_in_name", "ref_in_case"),
    "label": ("label",),
    "verb": ("verb",),
    "quantifier": ("quantifier",),
    "before": ("quantifier",),
    "bracket": ("bracket",),
}
_DIRECTION = pattern("name_words.direction")
CLOSE_MARGIN = 0.2
"""A second-best reading that is dearer by less than this is as good as the best."""

_FORBIDDEN = 90.0
_KEPT_PER_STATE = 2
_WIDEST = 24
# These leave the state as it is: what stands beside a name or value does not part it from what follows.
_TRANSPARENT = ("label", "quantifier", "bracket", "deadline", "past_time", "own_year", "past_label")
_NAMING = ("name", "in_name", "time_in_name", "ref_in_name", "name_after")


class _State(NamedTuple):
    last: str
    named: bool
    grouped: bool
    aims: bool


_Trail = tuple[str, Any] | None
"""The last role of a reading so far and the trail before it: shared by the readings that go on from it."""

_Path = tuple[float, int, _Trail, _State]
"""Cost, place among the others by its roles, roles and state of a reading so far. Equally dear readings are told apart
by their roles, so by nothing of chance."""

_DEAR, _ROLES_SO_FAR = itemgetter(0, 1, 2), itemgetter(1, 2)
"""Of a reading carried on by a role: cost and roles; roles only."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The roles of a sentence's elements, what they cost, and the next best roles with their cost."""

    roles: tuple[str, ...]
    cost: float
    second: tuple[str, ...] | None
    second_cost: float | None

    @property
    def margin(self) -> float | None:
        """How much dearer the second best is."""
        return None if self.second_cost is None else self.second_cost - self.cost

    @property
    def is_close(self) -> bool:
        """Whether the second best is as good as the best."""
        return self.margin is not None and self.margin < CLOSE_MARGIN


class _Rule(BaseModel):
    """What a role costs more or less where all of ``when`` hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: str
    cost: float
    when: list[str] = []


class _Costs(BaseModel):
    """The file: the rules, and what a whole reading without an aim costs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: list[_Rule]
    reading: dict[str, float]


@functools.cache
def _table() -> _Costs:
    return read_data("normalizers.aims", "costs.toml", _Costs)


_Rules = tuple[tuple[frozenset[str], frozenset[str], float], ...]
"""Rules of a role as (what must hold, what must not, cost)."""


@functools.cache
def _rules() -> Mapping[str, tuple[tuple[frozenset[str], frozenset[str], frozenset[str], float], ...]]:
    """The rules of each role as (what must hold of the element and of the reading, what must not of either, cost)."""
    rules: dict[str, list[tuple[frozenset[str], frozenset[str], frozenset[str], float]]] = {}
    for rule in _table().rule:
        words = rule.when
        needed = frozenset(word for word in words if not word.startswith("not:"))
        barred = frozenset(word.removeprefix("not:") for word in words if word.startswith("not:"))
        of_reading = frozenset(filter(_is_of_the_reading, needed))
        rules.setdefault(rule.role, []).append((needed - of_reading, of_reading, barred, rule.cost))
    return {role: tuple(own) for role, own in rules.items()}


def cheapest(elements: Sequence[Featured], *, named: bool) -> Reading:
    """The cheapest reading of a sentence's elements; ``named`` tells that an indicator is known from before."""
    paths: list[_Path] = [(0.0, 0, None, _State("start", named, False, False))]
    for element in elements:
        extended: dict[_State, list[tuple[float, int, str, _Trail, _State]]] = {}
        kind, features = element.element.kind, element.features
        for path_cost, order, trail, before in paths:
            for role, cost, state in _steps(before, kind, features):
                extended.setdefault(state, []).append((path_cost + cost, order, role, trail, state))
        kept: list[tuple[float, int, str, _Trail, _State]] = []
        for own in extended.values():
            kept += own if len(own) <= _KEPT_PER_STATE else sorted(own, key=_DEAR)[:_KEPT_PER_STATE]
        kept.sort(key=_DEAR)
        by_roles = enumerate(sorted(kept[:_WIDEST], key=_ROLES_SO_FAR))
        paths = [(cost, order, (role, trail), state) for order, (cost, _, role, trail, state) in by_roles]
    names = [element.element.text for element in elements if element.element.kind == "name"]
    directed = bool(names) and _DIRECTION.search(names[-1]) is not None and len(names) > 1
    no_aim = _table().reading["no_aim_but_direction" if directed else "no_aim"]
    told = any(element.element.kind in ("quantity", "reference") for element in elements)
    ended = sorted(
        (cost + (no_aim if told and not state.aims else 0.0), order, trail) for cost, order, trail, state in paths
    )
    best_cost, best = ended[0][0], _roles(ended[0][2])
    essence = _essence(best)
    for cost, _, trail in ended[1:]:
        other = _roles(trail)
        if _essence(other) != essence:
            return Reading(best, round(best_cost, 3), other, round(cost, 3))
    return Reading(best, round(best_cost, 3), None, None)


def _roles(trail: _Trail) -> tuple[str, ...]:
    roles: list[str] = []
    while trail is not None:
        role, trail = trail
        roles.append(role)
    return tuple(reversed(roles))


@functools.lru_cache(maxsize=65536)
def _steps(state: _State, kind: str, features: frozenset[str]) -> tuple[tuple[str, float, _State], ...]:
    """The roles that an element may have in a state, each with its cost and the state that follows."""
    said = {f"p:{state.last}", "named" if state.named else "not_named"}
    if state.grouped:
        said.add("group_open")
    found = []
    for role, rules in _open_rules(kind, features):
        cost = sum([cost for needed, barred, cost in rules if needed <= said and barred.isdisjoint(said)])
        if cost < _FORBIDDEN:
            found.append((role, cost, _after(state, role, features)))
    return tuple(found)


@functools.lru_cache(maxsize=16384)
def _open_rules(kind: str, features: frozenset[str]) -> tuple[tuple[str, _Rules], ...]:
    """The roles that an element may have, each with the rules that hold or not by what was read before it.

    Words that no reading says of itself are settled by the element's own features.
    """
    return tuple(
        (
            role,
            tuple(
                [
                    (of_reading, barred, cost)
                    for needed, of_reading, barred, cost in _rules().get(role, ())
                    if needed <= features and barred.isdisjoint(features)
                ]
            ),
        )
        for role in ROLES[kind]
    )


def _is_of_the_reading(word: str) -> bool:
    """Whether a rule's word speaks of the reading so far, not of the element."""
    return word.startswith("p:") or word in ("named", "not_named", "group_open")


def _after(state: _State, role: str, features: frozenset[str]) -> _State:
    if role in _TRANSPARENT:
        return state
    aims = state.aims or role == "value" or (role == "reference" and "nothing_compared" not in features)
    named = state.named or role in _NAMING
    grouped = role in ("group", "of_age") or (state.grouped and role in ("value", "baseline", "verb", "reference"))
    return _State(role, named, grouped, aims)


def _essence(roles: Sequence[str]) -> tuple[str, ...]:
    """The roles without differences that give the same rows."""
    same = {"own_year": "deadline", "topic": "name", "means": "name"}
    return tuple(same.get(role, role) for role in roles)
