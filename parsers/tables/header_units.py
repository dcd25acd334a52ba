"""The unit that a header, a caption or a bracket gives for the figures below it."""

from __future__ import annotations

from dataclasses import dataclass

from normalizers.text.characters import normalize
from normalizers.text.units import unit_at
from parsers.tables.patterns import pattern

_UNIT = pattern("headers.unit")
_SCALES = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "億": 1e8}
_SCALED = pattern("headers.scaled")


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """A unit that a header or caption gives: ``word`` as printed behind a number, ``scale`` by which it multiplies."""

    word: str
    scale: float = 1.0


def read_unit(text: str) -> HeaderUnit | None:
    """The unit of a caption or bracket, with or without 単位: before it (（単位：千円） multiplies by 1,000)."""
    plain = "".join(normalize(text).text.split())
    said = _UNIT.match(plain)
    found = _SCALED.fullmatch(plain[said.end() :] if said else plain)
    if found is None:
        return None
    for scale, word in ((_SCALES.get(found[1] or "", 1.0), found[2]), (1.0, found[0][said.end() if said else 0 :])):
        unit = unit_at(word, 0)
        if unit is not None and unit[1] == len(word):
            return HeaderUnit(word, scale)
    return None
