"""Units of quantities: which word after a number means what."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's code and the factor by which a number printed before this word is multiplied (8割 → 80 percent)."""

    code: str
    word: str
    scale: float = 1.0


@functools.cache
def _units() -> dict[str, Unit]:
    table = tomllib.loads(files("normalizers.text").joinpath("units.toml").read_text(encoding="utf-8"))
    return {
        word: Unit(entry["code"], word, entry.get("scale", 1.0)) for entry in table["unit"] for word in entry["words"]
    }


def unit_codes() -> tuple[str, ...]:
    """Every unit's code, in the order of the table."""
    return tuple(dict.fromkeys(unit.code for unit in _units().values()))


@functools.cache
def _unit_words() -> re.Pattern[str]:
    return re.compile(" ?(" + "|".join(re.escape(word) for word in sorted(_units(), key=len, reverse=True)) + ")")


def unit_at(text: str, offset: int) -> tuple[Unit, int] | None:
    """The unit whose word stands at ``offset`` of a normalised text (a space may precede), and where it ends."""
    found = _unit_words().match(text, offset)
    return (_units()[found.group(1)], found.end()) if found else None
