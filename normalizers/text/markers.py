"""The mark a line begins with (○, 1-1., (1), ①, ア., ・, ※, 【…】), read by the table ``markers.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
_KANJI = "〇一二三四五六七八九"
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class MarkerKind:
    """One row of the table; what its fields mean is said at the table's head."""

    name: str
    pattern: re.Pattern[str]
    counts: str | None
    rank: int
    splits: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the beginning of a text.

    ``text`` is the mark as printed, ``start`` and ``end`` are its offsets in the verbatim text; ``number`` is what it
    counts (① → 1, イ → 2, iv) → 4), None where it does not count.
    """

    kind: MarkerKind
    text: str
    number: int | None
    start: int
    end: int


@lru_cache(maxsize=8192)
def read_marker(text: str) -> Marker | None:
    """The mark that the verbatim ``text`` begins with, after white space; None where it begins with none."""
    start = len(text) - len(text.lstrip())
    if start == len(text):
        return None
    for kind in marker_kinds():
        found = kind.pattern.match(text, start)
        if found is not None and found.end() > start:
            digits = next((group for group in found.groups() if group), None)
            return Marker(kind, found.group().rstrip(), _number(digits, kind.counts), start, found.end())
    return None


@cache
def marker_kinds() -> tuple[MarkerKind, ...]:
    """The table's rows, in the order in which they are tried."""
    table = tomllib.loads(files("normalizers.text").joinpath("markers.toml").read_text(encoding="utf-8"))
    return tuple(
        MarkerKind(row["kind"], re.compile(row["pattern"]), row.get("counts"), row["rank"], row["splits"])
        for row in table["marker"]
    )


def _number(written: str | None, counts: str | None) -> int | None:
    if not written or counts is None:
        return None
    plain = unicodedata.normalize("NFKC", written)
    digits = plain.strip("()")
    if digits.isdecimal():
        return int(digits)
    if counts in ("circled", "digits") and len(written) == 1 and unicodedata.numeric(written, 0.0) > 0:
        return int(unicodedata.numeric(written))
    if counts == "katakana":
        return _KATAKANA.find(plain) + 1 or None
    if counts == "letters" and len(digits) == 1:
        return ord(digits.lower()) - ord("a") + 1
    if all(character in _ROMAN for character in plain.upper()):
        return _roman(plain.upper())
    return _kanji(digits)


def _roman(text: str) -> int:
    values = [_ROMAN[character] for character in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _kanji(text: str) -> int | None:
    if not text or any(character not in _KANJI + "十" for character in text):
        return None
    tens, ten, units = text.rpartition("十")
    return (_KANJI.find(tens or "一") * 10 if ten else 0) + (_KANJI.find(units) if units else 0)
