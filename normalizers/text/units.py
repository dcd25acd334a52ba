"""Units of quantities: which word after a number means what."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, field_validator

from normalizers.text.tokens import read_words
from parsers.model.data_file import read_data, stand_once

_KANJI = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's code and the factor by which a number printed before this word is multiplied (8割 → 80 percent).

    ``counts`` tells that it counts things or people.
    """

    code: str
    word: str
    scale: float = 1.0
    counts: bool = False


class _Row(BaseModel):
    """One ``[[unit]]``; what its fields mean is said at the table's head."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    words: tuple[str, ...]
    scale: float = 1.0
    counts: bool = False
    followed_by: str | None = None


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: tuple[_Row, ...]

    @field_validator("unit")
    @classmethod
    def _words_stand_once(cls, rows: tuple[_Row, ...]) -> tuple[_Row, ...]:
        stand_once((word for row in rows for word in row.words), "word")
        return rows


@functools.cache
def _rows() -> tuple[_Row, ...]:
    return read_data("normalizers.text", "units.toml", _Table).unit


@functools.cache
def _units() -> dict[str, Unit]:
    return {word: Unit(row.code, word, row.scale, row.counts) for row in _rows() for word in row.words}


@functools.cache
def _bound_words() -> dict[str, _Row]:
    return {word: row for row in _rows() if row.followed_by for word in row.words}


def unit_codes() -> tuple[str, ...]:
    """Every unit's code, in the order of the table."""
    return tuple(dict.fromkeys(unit.code for unit in _units().values()))


_PER_UNIT = re.compile("(?<=[A-Za-z])/(?![RHS][0-9])[A-Za-z]")
"""Behind a word for a unit: it is the beginning of another (kg/m2, g/dL)."""


@functools.cache
def _unit_words() -> re.Pattern[str]:
    words = sorted(_units(), key=len, reverse=True)
    return re.compile(" ?(?:" + "|".join(map(_bound_word, words)) + ")")


def _bound_word(word: str) -> str:
    """A word as a regular expression, with what must stand behind it where it is a unit there only."""
    row = _bound_words().get(word)
    return re.escape(word) + (f"(?={row.followed_by})" if row is not None else "")


def unit_at(text: str, offset: int) -> tuple[Unit, int] | None:
    """The unit whose word stands at ``offset`` of a normalised text (a space may precede), and where it ends."""
    found = _unit_words().match(text, offset)
    if (
        found is None
        or _PER_UNIT.match(text, found.end())
        or (found.group().startswith(" ") and _goes_on_as_word(text, found.end()))
    ):
        return None
    return _units()[found.group().strip()], found.end()


def _goes_on_as_word(text: str, end: int) -> bool:
    """2,400 個別健診: whether what looks like a unit behind a blank is the beginning of another word."""
    if not _KANJI.match(text, end):
        return False
    return all(word.idx + len(word.text) != end for word in read_words(text))
