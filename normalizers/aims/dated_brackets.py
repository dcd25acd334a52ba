"""Brackets that say a time beside what they say otherwise: (%・令和8年3月), (R11、R4比); and a year alone: (2029)."""

from __future__ import annotations

import re
from dataclasses import replace

from normalizers.aims.brackets import BracketSense, bracket_sense
from normalizers.aims.spans import fixed_spans
from normalizers.text.fiscal_years import read_fiscal_year

_PART = re.compile("[^、・,; ][^、・,;]*")
_BARE_YEAR = re.compile(" ?(?:FY ?)?(?P<year>(?:19|20)[0-9]{2}) ?")
_OF_WHOM = re.compile("[^0-9、。をはがに]{1,8}")
_WAY = re.compile("(?P<first>[^→⇒]+)[→⇒] ?(?P<last>[^→⇒]*[0-9][^→⇒]*)")
_WHOLE = ("name", "figures", "difference", "goal")
"""Senses of a bracket that may be those of several parts together."""


def sense_of(content: str, fiscal_year: int | None) -> BracketSense:
    """What a bracket says, a time beside it as the sense's ``time``; ``fiscal_year`` tells which years are past."""
    year = _BARE_YEAR.fullmatch(content)
    if year is not None:
        return BracketSense("time", year=int(year["year"]))
    sense = bracket_sense(content, fiscal_year)
    return (_of_two_parts(content, fiscal_year) or sense) if sense.kind in _WHOLE else sense


def _of_two_parts(content: str, fiscal_year: int | None) -> BracketSense | None:
    parts = list(_PART.finditer(content))
    if len(parts) != 2:
        return None
    senses = [bracket_sense(part.group(), fiscal_year) for part in parts]
    for (time, place), (other, part) in (zip(senses, parts, strict=True), zip(senses[::-1], parts[::-1], strict=True)):
        way = _WAY.fullmatch(place.group())
        if way is not None and other.kind == "unit":
            # (%、R5→R8): from when to when.
            year, last = read_fiscal_year(way["first"]), way.span("last")
            return replace(
                other, year=year, time=(place.start() + last[0], place.start() + last[1]), caption=part.group()
            )
        if time.kind != "time":
            continue
        if other.kind == "unit":
            return replace(other, year=time.year, time=place.span(), caption=part.group())
        if _OF_WHOM.fullmatch(part.group()) and time.year is not None:
            # (令和3年、男女計)
            return replace(time, start=place.start(), time=place.span())
        if _compares(part.group()):
            return BracketSense("difference", year=time.year, time=place.span())
    return None


def _compares(text: str) -> bool:
    """Whether a text only names what is compared with: R4比."""
    spans = fixed_spans(text, frozenset())
    return len(spans) == 1 and spans[0].kind == "reference" and spans[0].compared and spans[0].end == len(text)
