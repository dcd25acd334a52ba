"""What the command line says of its own accord, in English or Japanese."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["en", "ja"]


@dataclass(frozen=True, slots=True)
class Messages:
    """The texts of one language, by key."""

    language: Language

    def text(self, key: str, **values: object) -> str:
        """The message ``key`` with ``values`` filled in; raises KeyError for an unknown key."""
        return _table()[key][self.language].format(**values)


def preferred_language() -> Language:
    """Japanese where the locale's messages are Japanese, English elsewhere."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ja" if value.startswith("ja") else "en"
    return "en"


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("pipeline.data") / "messages.toml").read_text(encoding="utf-8"))
