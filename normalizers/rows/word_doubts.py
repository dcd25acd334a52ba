"""What in a row's words speaks against its reading: edges, numbers and clauses in a name, words that no field holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from normalizers.aims.aim import Aim
from normalizers.model.reasons import Reason
from normalizers.model.records import Target
from parsers.model.data_file import read_data

SURE_MATCH = 0.95
"""A score of the catalogue from which on a name is one that it knows, whatever numbers and clauses it holds."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    pattern: str
    known: list[str] = []

    def found(self, text: str) -> bool:
        for known in self.known:
            text = re.sub(known, "", text)
        return re.search(self.pattern, text) is not None


class _Table(BaseModel):
    """The file: rows by the field that they look at."""

    model_config = ConfigDict(extra="forbid")

    indicator: list[_Row]
    statement: list[_Row]
    figure: list[_Row]
    condition: list[_Row]


_OF_EDGES = frozenset({"odd_edge", "open_bracket"})
_NAMES_AN_ACTION = frozenset({"clause_in_name"})


@cache
def _table() -> _Table:
    return read_data("normalizers.rows", "doubt_words.toml", _Table)


def word_doubts(row: Target | Aim, statement: str) -> Iterator[Reason]:
    """The doubts about one row; ``statement`` is its normalised text.

    What is planned for an action (…を送付(目標:200事業所)) and what has no number may be named by a clause.
    """
    score = catalogue_score(row)
    reasons = row.confidence_reasons if isinstance(row, Target) else row.reasons
    if any(reason.code in ("unread", "too_long") for reason in reasons):
        return
    action = row.kind == "branch_target" or row.basis in ("qualitative", "not_set")
    for entry in _table().indicator if row.indicator else ():
        known = score >= SURE_MATCH and entry.code not in _OF_EDGES
        if not known and not (action and entry.code in _NAMES_AN_ACTION) and entry.found(row.indicator or ""):
            yield Reason(entry.code)
    entries = [*_table().statement, *(_table().figure if row.kind == "plan_figure" else ())]
    yield from (Reason(entry.code) for entry in entries if row.value is not None and entry.found(statement))
    for entry in _table().condition if row.condition else ():
        if entry.found(row.condition or ""):
            yield Reason(entry.code)


def catalogue_score(row: Target | Aim) -> float:
    """How near the catalogue's entry is to the row's indicator, 0..1; 0 where it knows none."""
    reasons = row.confidence_reasons if isinstance(row, Target) else row.reasons
    return next((float(r.values["score"]) for r in reasons if r.code == "catalogue_score"), 0.0)


def are_twins(rows: Sequence[Target | Aim]) -> list[bool]:
    """For each row of one statement, whether another differs from it in nothing but the value."""
    values: dict[tuple[object, ...], set[float]] = defaultdict(set)
    keys = [(row.indicator, row.population, row.condition, row.deadline, row.basis) for row in rows]
    for key, row in zip(keys, rows, strict=True):
        if row.value is not None and row.basis == "absolute":
            values[key].add(row.value)
    return [len(values[key]) > 1 for key in keys]
