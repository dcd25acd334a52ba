"""Words that mark a line as a target, or say that it is none (``target_words.toml``)."""

from __future__ import annotations

import functools

from pydantic import BaseModel, ConfigDict

from normalizers.model.records import TargetKind
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


class _Table(BaseModel):
    """The file: words at the head of a line by kind, statements that set no target."""

    model_config = ConfigDict(extra="forbid")

    prefix: list[_Prefixes]
    not_set: _Words


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
    """Statements that say that there is no target."""
    return frozenset(_table().not_set.words)
