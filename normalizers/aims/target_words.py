"""Words that mark a line as a target, or say that it is none (``target_words.toml``)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from normalizers.model.reasons import Reason
from normalizers.model.records import TargetKind
from normalizers.text.fiscal_years import ERA_WORDS
from parsers.model.data_file import read_data


class PrefixWord(BaseModel):
    """A word that makes the line it heads a target of a kind."""

    model_config = ConfigDict(frozen=True)

    word: str
    kind: TargetKind


class _Prefixes(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: TargetKind
    words: list[str]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: list[str]


class _NotSet(_Words):
    crossed_out: list[str]


class _Pointing(BaseModel):
    model_config = ConfigDict(extra="forbid")

    lists: list[str]
    tables: list[str]
    manners: list[str]
    ends: list[str]
    qualifiers: list[str]


class _Table(BaseModel):
    """The file: words at the head of a line by kind, statements that set no target, pointers."""

    model_config = ConfigDict(extra="forbid")

    prefix: list[_Prefixes]
    not_set: _NotSet
    figures_beside: _Words
    pointing: _Pointing


@functools.cache
def _table() -> _Table:
    return read_data("normalizers.aims", "target_words.toml", _Table)


@functools.cache
def prefix_words() -> tuple[PrefixWord, ...]:
    """Words at the head of a line, the longest first."""
    words = [PrefixWord(word=word, kind=entry.kind) for entry in _table().prefix for word in entry.words]
    return tuple(sorted(words, key=lambda prefix: -len(prefix.word)))


@functools.cache
def not_set_words() -> frozenset[str]:
    """Statements that say that there is no target, and what a cell without one is crossed out with."""
    return frozenset((*_table().not_set.words, *_table().not_set.crossed_out))


def none_set(statement: str) -> Reason:
    """Why a statement of these words sets no target: it says so, or it is crossed out, which may say less."""
    return Reason("crossed_out" if statement.strip(" 。()") in _table().not_set.crossed_out else "not_set")


def announces_figures(text: str) -> bool:
    """Whether a row's name (normalised) only says that planned figures stand beside it: 実施計画, 【計画値】."""
    return "".join(text.split()).strip("■□◆◇●○・[]()【】<>《》〈〉:") in _table().figures_beside.words


def points_elsewhere(text: str) -> bool:
    """Whether what a label of targets says (normalised) is only where they stand: 次の表のとおりとする, 別紙参照."""
    return _pointer().fullmatch(_closed(text)) is not None


def announced_kind(text: str) -> TargetKind | None:
    """The kind of the targets that the last sentence of a text (normalised) announces: 目標は次のとおりです。

    Only of those that stand in the lines that follow, not of those in a table.
    """
    announced = _announcement().fullmatch(_closed(text).rstrip("。:").rpartition("。")[2])
    if announced is None:
        return None
    return next(prefix.kind for prefix in prefix_words() if prefix.word == announced.group("word"))


def _closed(text: str) -> str:
    return "".join(text.split())


@functools.cache
def _pointer() -> re.Pattern[str]:
    """A place, and how it is pointed at."""
    words = _table().pointing
    lists, tables = _any_of(words.lists), _any_of(words.tables)
    return re.compile(rf"(?:{lists}{_way()}|(?:{lists}の?)?{tables}[0-9]*(?:{_way()})?)。?")


@functools.cache
def _announcement() -> re.Pattern[str]:
    """A word for targets, and that they stand in the lines that follow."""
    words = _table().pointing
    label, qualifier = _any_of(prefix.word for prefix in prefix_words()), _any_of(words.qualifiers)
    before = rf"(?:(?:{ERA_WORDS})?[0-9元]{{1,4}}年度の?|{qualifier}の?){{0,3}}?"
    said = rf"(?:は|を|として|としては|については)、?{_any_of(words.lists)}{_way()}"
    return re.compile(rf"{before}(?P<word>{label}){said}")


def _way() -> str:
    words = _table().pointing
    return rf"(?:[のにを]?{_any_of(words.manners)}(?:に|、)?{_any_of(words.ends)}?|を{_any_of(words.ends)})"


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
