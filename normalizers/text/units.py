"""Units of quantities: which word after a number means what."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's code and the factor by which a number printed before this word is multiplied (8割 → 80 percent)."""

    code: str
    word: str
    scale: float = 1.0


@functools.cache
def _entries() -> list[dict[str, Any]]:
    table = tomllib.loads(files("normalizers.text").joinpath("units.toml").read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = table["unit"]
    return entries


@functools.cache
def _units() -> dict[str, Unit]:
    return {word: Unit(entry["code"], word, entry.get("scale", 1.0)) for entry in _entries() for word in entry["words"]}


@functools.cache
def _bound_words() -> dict[str, str]:
    return {word: entry["followed_by"] for entry in _entries() if "followed_by" in entry for word in entry["words"]}


def unit_codes() -> tuple[str, ...]:
    """Every unit's code, in the order of the table."""
    return tuple(dict.fromkeys(unit.code for unit in _units().values()))


@functools.cache
def _unit_words() -> re.Pattern[str]:
    words = sorted(_units(), key=len, reverse=True)
    return re.compile(" ?(?:" + "|".join(f"({re.escape(word)}){_following(word)}" for word in words) + ")")


def _following(word: str) -> str:
    """What must stand behind a word that is a unit there only, as a regular expression."""
    pattern = _bound_words().get(word)
    return f"(?={pattern})" if pattern else ""


def unit_at(text: str, offset: int) -> tuple[Unit, int] | None:
    """The unit whose word stands at ``offset`` of a normalised text (a space may precede), and where it ends."""
    found = _unit_words().match(text, offset)
    return (_units()[found.group().strip()], found.end()) if found else None
