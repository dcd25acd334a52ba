"""The words of ``number_words.toml``: what tells a date, a reference, a statistic or an aim from the text around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from parsers.model.data_file import read_data

_NUMBER = r"(?P<number>(?<![0-9])[0-9][0-9,]*(?:\.[0-9]+)?)"
"""From its first digit on: a run of thousands of digits is then looked at once, not from each of them."""


class _Around(BaseModel):
    """What stands before and after a number of one role."""

    model_config = ConfigDict(extra="forbid")

    before: str
    after: str


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: str


class _Counted(BaseModel):
    model_config = ConfigDict(extra="forbid")

    units: list[str]


class _Activity(_Counted):
    words: str


class _Table(BaseModel):
    """The file: patterns by role."""

    model_config = ConfigDict(extra="forbid")

    reference: list[_Around]
    date: list[_Around]
    condition: list[_Around]
    elsewhere: _Words
    statistic: _Words
    aiming: _Words
    planned: _Words
    counted: _Counted
    activity: _Activity
    label: _Words
    bound: _Words


@cache
def _table() -> _Table:
    return read_data("normalizers.rows", "number_words.toml", _Table)


PlaceRole = Literal["reference", "date", "condition"]


@cache
def _patterns(role: PlaceRole) -> tuple[re.Pattern[str], ...]:
    rows: list[_Around] = getattr(_table(), role)
    return tuple(re.compile(f"(?:{row.before}){_NUMBER}(?:{row.after})") for row in rows)


def numbers_around(text: str, role: PlaceRole) -> Iterator[tuple[int, int]]:
    """Where a normalised text has numbers whose neighbours give them ``role``: the whole expression's offsets."""
    for pattern in _patterns(role):
        for found in pattern.finditer(text):
            yield found.span()


@lru_cache(maxsize=1024)
def tells(sentence: str) -> bool:
    """Whether a normalised sentence tells what is or was, without a word of aiming, or somebody else's goal."""
    if _elsewhere().search(sentence):
        return True
    return _statistic().search(sentence) is not None and not aims(sentence)


@lru_cache(maxsize=1024)
def aims(sentence: str) -> bool:
    """Whether a normalised sentence has a word of aiming."""
    return _aiming().search(sentence) is not None


def is_counted(unit: str | None) -> bool:
    """Whether targets are set in a unit: rates and counts."""
    return unit in _table().counted.units


def is_label(text: str) -> bool:
    """Whether a normalised line is a label of aims, begins with one before its first aim, or ends with one."""
    return _label().search(text) is not None


def ends_in_a_bound(text: str) -> bool:
    """Whether a normalised line ends with a bounded figure or a comparison with the year before."""
    return _bound().search(text) is not None


def aims_at(unit: str | None, sentence: str) -> bool:
    """Whether a normalised sentence aims at a number in ``unit``; for days and times plain words of aiming only.

    So does one that ends with how many there are to be in a bracket: 事業所を訪問する(年間240社)。
    """
    if unit in _table().activity.units:
        return _activity().search(sentence) is not None
    return is_counted(unit) and (aims(sentence) or _planned().search(sentence) is not None)


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(_table().planned.words)


@cache
def _activity() -> re.Pattern[str]:
    return re.compile(_table().activity.words)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(_table().label.words)


@cache
def _bound() -> re.Pattern[str]:
    return re.compile(_table().bound.words)


@cache
def _statistic() -> re.Pattern[str]:
    return re.compile(_table().statistic.words)


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(_table().elsewhere.words)


@cache
def _aiming() -> re.Pattern[str]:
    return re.compile(_table().aiming.words)
