"""The words of ``lexicon.toml``, ready to be found: by normalised words (phrases) or by regular expressions."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from normalizers.text.tokens import Phrases
from parsers.model.data_file import read_data

_AFTER_A_NUMBER = "率を10%"


class _Lexicon(BaseModel):
    """The file: phrases by group and part, and lists of words by topic."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, dict[str, list[str]]]
    labels: dict[str, list[str]]
    names: dict[str, list[str]]
    mood: dict[str, list[str]]
    brackets: dict[str, list[str]]


@functools.cache
def lexicon() -> Mapping[str, Any]:
    """The data file as it stands."""
    return read_data("normalizers.aims", "lexicon.toml", _Lexicon).model_dump()


@functools.cache
def phrases() -> Phrases:
    """All phrases of ``[words]`` under the names ``group.part`` (verb.up, comparator.ge)."""
    groups: dict[str, Sequence[str]] = {
        f"{group}.{part}": words for group, parts in lexicon()["words"].items() for part, words in parts.items()
    }
    return Phrases(groups, _AFTER_A_NUMBER)


@functools.cache
def alternatives(*path: str) -> str:
    """The words of a list as one regular expression group, the longest first."""
    words: Any = lexicon()
    for key in path:
        words = words[key]
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@functools.cache
def wordings(*path: str) -> str:
    """A list's regular expressions as one group, in their order."""
    words: Any = lexicon()
    for key in path:
        words = words[key]
    return "(?:" + "|".join(words) + ")"


@functools.cache
def any_of(*path: str) -> re.Pattern[str]:
    """Finds the words of a list."""
    return re.compile(alternatives(*path))


_LISTED = re.compile("[^・、]{2,}(?:(?:[・、]|及び|と)[^・、]{2,})+")


def lists(text: str) -> bool:
    """Whether a text names several things side by side: 特定健診・がん検診."""
    return _LISTED.fullmatch(text) is not None


def names_all(text: str) -> bool:
    """Whether a text names all of several places or people: 各支部, 全ての部署."""
    return _all_of().fullmatch(text) is not None


@functools.cache
def _all_of() -> re.Pattern[str]:
    return re.compile(f"(?:各|全|すべての|全ての){alternatives('names', 'members')}")


@functools.cache
def ends_with(*path: str) -> re.Pattern[str]:
    """Finds the words of a list at the end of a text."""
    return re.compile(alternatives(*path) + "$")
