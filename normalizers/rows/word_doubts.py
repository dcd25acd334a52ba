"""What in a row's words speaks against its reading: edges, numbers and clauses in a name, words that no field holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict

from normalizers.aims.aim import Aim
from normalizers.aims.name_words import lists, measures
from normalizers.model.reasons import Reason
from normalizers.model.records import Target
from normalizers.rows.patterns import pattern, words
from normalizers.text.numbers import read_quantities
from parsers.model.data_file import read_data

SURE_MATCH = 0.95
"""A score of the catalogue from which on a name is one that it knows, whatever numbers and clauses it holds."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    pattern: re.Pattern[str]
    known: list[re.Pattern[str]] = []
    units: list[str] = []
    other_units: list[str] = []
    bare: bool = False

    def concerns(self, row: Target | Aim) -> bool:
        """Whether the row's unit is one that the entry speaks of; one without units speaks of every row.

        A ``bare`` entry speaks of rows whose number has no unit; none of something needs none.
        Units are asked of levels only: anything may change by some per cent, and a planned share goes by its count.
        """
        if self.bare:
            return bool(row.value) and any(reason.code == "no_unit" for reason in _reasons_of(row))
        if not self.units and not self.other_units:
            return True
        if row.unit is None or row.basis != "absolute" or row.kind == "plan_figure":
            return False
        return row.unit in self.units if self.units else row.unit not in self.other_units

    def found(self, text: str) -> bool:
        for known in self.known:
            text = known.sub("", text)
        return self.pattern.search(text) is not None


class _Table(BaseModel):
    """The file: rows by the field that they look at."""

    model_config = ConfigDict(extra="forbid")

    indicator: list[_Row]
    statement: list[_Row]
    worded: list[_Row]
    figure: list[_Row]
    no_baseline: list[_Row]
    condition: list[_Row]


_PRINTED = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_BOUND = pattern("words_of_rows.bound")
_OF_A_NAME = pattern("words_of_rows.of_name")
_BRACKETS = re.compile(r"[(【<\[〔][^()【】<>\[\]〔〕]*[)】>\]〕]")
_ENOUGH_TWINS = 40
"""Rows of one name in a statement, among which one's twin is looked for."""

_BEGINNING = 2
"""Characters of a name by which it is known to stand in its statement."""

_CARRIED_ON = pattern("words_of_rows.carried_on")
_ENDS_MEASURING = pattern("words_of_rows.ends_measuring")
_BLANK = pattern("words_of_rows.blank")
_NOTE = re.compile("[(]?※ ?[0-9]*[)]?")
_BEFORE_A_VALUE = words("words_of_rows.before_value")
_OWN_UNITS = frozenset({"percent", "percentage_point"})
_OF_EDGES = frozenset({"odd_edge", "open_bracket", "label_in_name"})
_NAMES_AN_ACTION = frozenset({"clause_in_name"})


@cache
def _table() -> _Table:
    return read_data("normalizers.rows", "doubt_words.toml", _Table)


def word_doubts(row: Target | Aim, statement: str) -> Iterator[Reason]:
    """The doubts about one row; ``statement`` is its normalised text.

    What is planned for an action (…を送付(目標:200事業所)) and what has no number may be named by a clause.
    """
    score = catalogue_score(row)
    reasons = _reasons_of(row)
    if any(reason.code in ("unread", "too_long") for reason in reasons):
        return
    codes = {reason.code for reason in reasons}
    action = row.kind == "branch_target" or row.basis in ("qualitative", "not_set") or "counted_after_number" in codes
    for entry in _table().indicator if row.indicator else ():
        known = score >= SURE_MATCH and entry.code not in _OF_EDGES
        if known or (action and entry.code in _NAMES_AN_ACTION) or not entry.concerns(row):
            continue
        if entry.found(row.indicator or ""):
            yield Reason(entry.code)
    if row.indicator and "distributed" not in codes and not action and not _printed_whole(row.indicator, statement):
        yield Reason("pieced_name" if score >= SURE_MATCH or _goes_on(row.indicator, statement) else "joined_name")
    if score < SURE_MATCH and row.indicator and _holds_odd_number(row.indicator, row.unit):
        yield Reason("number_in_name")
    if row.value is not None:
        told = _statement_doubts(statement, row.kind == "plan_figure", row.baseline_value is None)
        yield from (Reason(code) for code in told)
        name = (row.indicator or "").replace("との", "")
        if "shared_words" in told and score < SURE_MATCH and lists(name) and not measures(name):
            # 委嘱者と宣言事業所をそれぞれ1割増やす
            yield Reason("two_names")
    if _comparator_is_far(row, statement):
        yield Reason("comparator_far")
    yield from _found(_table().condition, row.condition or "")
    yield from _found(_table().worded, statement if row.basis == "qualitative" else "")


def _found(entries: Sequence[_Row], text: str) -> Iterator[Reason]:
    """The doubts that entries raise about a text, none about an empty one."""
    return (Reason(entry.code) for entry in entries if text and entry.found(text))


@lru_cache(maxsize=256)
def _statement_doubts(statement: str, is_figure: bool, without_result: bool) -> tuple[str, ...]:
    """The doubts that a statement raises about all its rows; kept for the rows of one statement."""
    entries = [*_table().statement]
    entries += _table().figure if is_figure else []
    entries += _table().no_baseline if without_result else []
    return tuple(entry.code for entry in entries if entry.found(statement))


@lru_cache(maxsize=256)
def _plain_forms(text: str) -> tuple[str, str]:
    """A text without blanks, with and without its brackets."""
    return _BLANK.sub("", text), _BLANK.sub("", _BRACKETS.sub("", text))


@lru_cache(maxsize=256)
def _printed_numbers(statement: str) -> tuple[re.Match[str], ...]:
    return tuple(_PRINTED.finditer(statement))


def _printed_whole(name: str, statement: str) -> bool:
    """Whether a name stands in its statement as it is, brackets and blanks left aside, or is told elsewhere."""
    if name[:_BEGINNING] not in statement:
        return True
    return any(part in text for part, text in zip(_plain_forms(name), _plain_forms(statement), strict=True))


def _goes_on(name: str, statement: str) -> bool:
    """Whether a name of pieces is one that its last piece only carries on: 特定保健指導 … 実施見込者数.

    In 件数初回面談率 a measure follows a measure, and in 本年12月2日の申請の受付 a time stands before the name.
    """
    plain, printed = _BLANK.sub("", _BRACKETS.sub("", name)), _plain_forms(statement)[1]
    length = next((at for at in range(len(plain), 0, -1) if plain[:at] in printed), 0)
    return _CARRIED_ON.fullmatch(plain, length) is not None and _ENDS_MEASURING.search(plain[:length]) is None


def _holds_odd_number(name: str, unit: str | None) -> bool:
    """Whether a number in a name may be a value of its own: it does not say which of the things named are meant.

    施術箇所3部位以上の申請, 24時間電話相談 and 36協定 hold a number that describes the noun behind it. One in the unit
    of the row's own value, or without such a noun, may be what is aimed at.
    """
    name = _NOTE.sub("", name)
    for quantity in read_quantities(name):
        bound = _OF_A_NAME.match(name, quantity.end)
        led = name[max(0, quantity.start - 1) : quantity.start] in _BEFORE_A_VALUE
        if bound is None or (led and not bound["bound"]):
            return True
        of_people = bound["bound"] and bound["people"]
        if quantity.unit_code == unit and unit is not None and not of_people and quantity.unit_code in _OWN_UNITS:
            return True
    return False


def _comparator_is_far(row: Target | Aim, statement: str) -> bool:
    """Whether a bound does not stand behind its own number, in a statement of several: it may be another's."""
    if row.comparator not in ("ge", "le", "gt", "lt") or row.value is None or row.basis != "absolute":
        return False
    numbers = _printed_numbers(statement)
    own = [
        at
        for at, found in enumerate(numbers)
        if found.group().replace(",", "") == f"{row.value:g}" or _as_number(found.group()) == row.value
    ]
    if len(numbers) < 2 or not own:
        return False
    ends = [numbers[at + 1].start() if at + 1 < len(numbers) else len(statement) for at in own]
    behind = (statement[numbers[at].end() : end] for at, end in zip(own, ends, strict=True))
    return not any(_BOUND.search(text) for text in behind)


def _as_number(printed: str) -> float:
    return float(printed.replace(",", ""))


def _reasons_of(row: Target | Aim) -> tuple[Reason, ...]:
    return row.confidence_reasons if isinstance(row, Target) else row.reasons


def catalogue_score(row: Target | Aim) -> float:
    """How near the catalogue's entry is to the row's indicator, 0..1; 0 where it knows none."""
    return next((float(r.values["score"]) for r in _reasons_of(row) if r.code == "catalogue_score"), 0.0)


def are_twins(rows: Sequence[Target | Aim]) -> list[bool]:
    """For each row of one statement, whether another differs from it in nothing but the value."""
    alike: dict[tuple[object, ...], list[Target | Aim]] = defaultdict(list)
    keys = [(row.indicator, row.population, row.condition, row.deadline, row.basis) for row in rows]
    for key, row in zip(keys, rows, strict=True):
        if row.value is not None and len(alike[key]) < _ENOUGH_TWINS:
            alike[key].append(row)
    return [any(_is_twin(row, other) for other in alike[key]) for key, row in zip(keys, rows, strict=True)]


def _value(row: Target | Aim) -> float:
    return 0.0 if row.value is None else row.value


def _is_twin(row: Target | Aim, other: Target | Aim) -> bool:
    """Whether two rows of one name differ in value; a number of people and its rate are in order."""
    lower, upper = (row, other) if row.comparator in ("ge", "gt") else (other, row)
    if lower.comparator in ("ge", "gt") and upper.comparator in ("le", "lt") and _value(lower) < _value(upper):
        # 7日から10日, 0.30%以上0.35%未満: the ends of a range.
        return False
    return row.value != other.value and (row.unit == other.unit or None in (row.unit, other.unit))
