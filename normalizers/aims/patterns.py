"""The wordings of aims (``target_patterns.toml``), ready to be found among a text's words."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from normalizers.model.records import Comparator, TargetKind
from normalizers.text.tokens import Phrases

_AFTER_A_NUMBER = "率を10%"
_AFTER_A_PARTICLE = "率を"

COMPARATORS: Mapping[str, Comparator] = {"ge": "ge", "le": "le", "gt": "gt", "lt": "lt"}


@dataclass(frozen=True, slots=True)
class PrefixWord:
    """A word that makes the line it heads a target of a kind."""

    word: str
    kind: TargetKind


@functools.cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("normalizers.aims").joinpath("target_patterns.toml").read_text(encoding="utf-8"))


@functools.cache
def alternation(section: str, *keys: str) -> str:
    """The words of a section's lists as one regular expression group, the longest first."""
    words = [word for key in keys for word in _table()[section][key]]
    return "(?:" + "|".join(re.escape(word) for word in _longest_first(words)) + ")"


@functools.cache
def prefix_words() -> tuple[PrefixWord, ...]:
    """Words at the head of a line, the longest first."""
    words = [PrefixWord(word, entry["kind"]) for entry in _table()["prefix"] for word in entry["words"]]
    return tuple(sorted(words, key=lambda prefix: -len(prefix.word)))


@functools.cache
def inline_words() -> tuple[str, ...]:
    """Words that begin a target in brackets, the longest first."""
    return _longest_first(_table()["inline"]["words"])


@functools.cache
def not_set_words() -> frozenset[str]:
    """Statements that say that there is no target."""
    return frozenset(_table()["not_set"]["words"])


@functools.cache
def quotation_words() -> tuple[str, ...]:
    """Signs that a sentence states no aim of its own."""
    return tuple(_table()["quotation"]["words"])


@functools.cache
def trailing_words() -> tuple[str, ...]:
    """What stands between an indicator and its goal and belongs to neither, the longest first."""
    return _longest_first(_table()["trim"]["trailing"])


@functools.cache
def leading_words() -> tuple[str, ...]:
    """Connectives before an indicator, with the comma that they need, the longest first."""
    return _longest_first([*(word + "、" for word in _table()["trim"]["leading"]), *_table()["trim"]["linking"]])


@functools.cache
def tail_phrases() -> Phrases:
    """What may follow a number or a reference: comparators (``comparator.ge``) and tail words (``tail.up``)."""
    groups = {f"comparator.{name}": words for name, words in _table()["comparator"].items()}
    groups |= {f"tail.{name}": words for name, words in _table()["tail"].items()}
    return Phrases(groups, _AFTER_A_NUMBER)


@functools.cache
def reference_phrases() -> Phrases:
    """What a reference to a result is made of: ``previous_year``, ``other``, ``carry``, ``comparison``."""
    groups: Mapping[str, Sequence[str]] = _table()["reference"]
    return Phrases(groups, _AFTER_A_PARTICLE)


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
