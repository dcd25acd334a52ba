"""What the command line says of its own accord, in English or Japanese."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from parsers.model.data_file import read_data
from parsers.model.errors import BranchPlansError, told

if TYPE_CHECKING:
    from normalizers.model.wording import Words

Language = Literal["en", "ja"]

_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Messages:
    """The texts of one language, by key."""

    language: Language

    def text(self, key: str, **values: object) -> str:
        """The message ``key`` with ``values`` filled in, each made ``visible``; raises KeyError for an unknown key.

        Errors, and what is kept of them, are told in the language of the message.
        """
        said = message_table()[key].of(self.language)
        return said.format(**{name: visible(self._told(value)) for name, value in values.items()})

    def _told(self, value: object) -> str:
        if isinstance(value, BranchPlansError):
            return value.text(self.language)
        return told(value, self.language) if isinstance(value, Mapping) else str(value)


def visible(text: str) -> str:
    """``text`` with its control characters written out, so that no file's name can steer a terminal or fake a line."""
    return "".join(_written_out(c) if unicodedata.category(c) in _STEERING else c for c in text)


def _written_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def preferred_language() -> Language:
    """Japanese where the locale's messages are Japanese, English elsewhere."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ja" if value.startswith("ja") else "en"
    return "en"


@cache
def message_table() -> Mapping[str, Words]:
    """All messages by key; raises DataFileError where the table does not keep to its schema."""
    # pydantic takes a tenth of a second to import; --help and --version say nothing of this file.
    from pydantic import RootModel

    from normalizers.model.wording import Words

    return read_data("pipeline", "messages.toml", RootModel[dict[str, Words]]).root
