"""The words of ``lexicon.toml``, as they stand and ready to be found by their normalised forms (phrases)."""

from __future__ import annotations

import functools
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
