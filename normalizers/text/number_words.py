"""Numbers that are no plain numerals: in words (半数, 三分の二, トップ10), or with a slip of the pen (60,5%, 6O%)."""

from __future__ import annotations

import re
from typing import NamedTuple

from normalizers.text.numerals import read_number, without_noise
from normalizers.text.patterns import pattern
from normalizers.text.units import Unit, unit_at

_FRACTION = pattern("number_words.fraction")
_HALF = pattern("number_words.half")
_HALF_A_YEAR = pattern("number_words.half_a_year")
_ALL = pattern("number_words.all")
_TIMES = pattern("number_words.multiple")
_BEFORE_TIMES = pattern("number_words.before_multiple")
_TOP = pattern("number_words.top")
_SLIP = pattern("number_words.slip")
_THOUSANDS_POINT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_COUNTS = pattern("number_words.counts")
_DECIMAL_COMMA = pattern("number_words.decimal_comma")
_PLAIN_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LETTERS = str.maketrans("OoIl○〇一二三四五六七八九", "001100123456789")
_PERCENT, _RANK, _MONTHS = Unit("percent", "%"), Unit("rank", "位"), Unit("months", "か月")


class NumberInWords(NamedTuple):
    """Such a number: where it and its unit end, its value in the unit, and what kind it is of.

    ``note`` is ``fraction``, ``multiple_in_words`` (倍増: a difference of 100 percent), ``rank_in_words`` or ``mended``
    (a slip of the pen, read as what was meant).
    """

    number_end: int
    end: int
    value: float
    unit: Unit
    note: str


def read_number_in_words(text: str, at: int) -> NumberInWords | None:
    """The number in words or with a slip that begins at ``at`` of a normalised text; None where there is none."""
    if at and text[at - 1].isascii() and text[at - 1].isalnum():
        return None
    return _share(text, at) or _half_a_year(text, at) or _times(text, at) or _rank(text, at) or _slip(text, at)


def _share(text: str, at: int) -> NumberInWords | None:
    half = _HALF.match(text, at)
    if half is not None:
        return NumberInWords(half.end(), half.end(), 50.0, _PERCENT, "fraction")
    everything = _ALL.match(text, at)
    if everything is not None:
        return NumberInWords(everything.end(), everything.end(), 100.0, _PERCENT, "fraction")
    fraction = _FRACTION.match(text, at)
    if fraction is None:
        return None
    first, second = (read_number(part) for part in fraction.groups() if part)
    whole, part = (second, first) if "/" in fraction.group() else (first, second)
    if not whole or not part or part > whole:
        return None
    value = without_noise(100 * part / whole)
    return NumberInWords(fraction.end(), fraction.end(), value, _PERCENT, "fraction")


def _half_a_year(text: str, at: int) -> NumberInWords | None:
    """半年以下に縮める: six months, where they are a length that is bounded."""
    found = _HALF_A_YEAR.match(text, at)
    return None if found is None else NumberInWords(found.end(), found.end(), 6.0, _MONTHS, "")


def _times(text: str, at: int) -> NumberInWords | None:
    found = _TIMES.match(text, at)
    if found is None or (at and (text[at - 1].isdigit() or _BEFORE_TIMES.match(text, at - 1))):
        return None
    change = 100.0 if found["double"] else -50.0
    return NumberInWords(found.end(), found.end(), change, _PERCENT, "multiple_in_words")


def _rank(text: str, at: int) -> NumberInWords | None:
    top = _TOP.match(text, at)
    return NumberInWords(top.end(), top.end(), float(top.group(1)), _RANK, "rank_in_words") if top else None


def _slip(text: str, at: int) -> NumberInWords | None:
    slip = _SLIP.match(text, at)
    unit = unit_at(text, slip.end()) if slip is not None else None
    if slip is None or unit is None:
        return None
    digits = slip.group().translate(_LETTERS)
    if _THOUSANDS_POINT.fullmatch(digits) and _COUNTS.match(text, slip.end()):
        digits = digits.replace(".", "")
    decimal = re.sub("[,、。・]", ".", digits) if _DECIMAL_COMMA.fullmatch(digits) else re.sub("[,、 ]", "", digits)
    if not _PLAIN_DECIMAL.fullmatch(decimal):
        return None
    return NumberInWords(slip.end(), unit[1], without_noise(float(decimal) * unit[0].scale), unit[0], "mended")
