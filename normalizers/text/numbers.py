"""Numbers and quantities in normalised text, in every spelling that plans use.

Read from the surface, because a tokeniser's normal forms turn 95.0 into 95 and ① into 1. Enclosed numbers, superscripts
and the numerals inside words (一般, 一者応札) are no numbers.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from normalizers.text.number_words import read_number_in_words
from normalizers.text.numerals import NEGATIVE_SIGNS, NUMBER, number_value, read_number, without_noise
from normalizers.text.patterns import pattern
from normalizers.text.units import Unit, unit_at

__all__ = ["Quantity", "read_number", "read_quantities"]

_MAY_BEGIN = pattern("numbers.may_begin")
_LETTERS_BEFORE = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2,}$")
_SIGN_WORD = pattern("numbers.sign_words")
_NEIGHBOURS = pattern("numbers.neighbours")
_TOLERANCE = pattern("numbers.tolerance")
_VAGUE_AFTER = pattern("numbers.vague_after")
_ABOVE = {"": 0.0, "前半": 0.0, "半ば": 0.5, "後半": 0.5}
_TENTHS = pattern("numbers.tenths")
_DIGIT_APART = pattern("numbers.digit_apart")
_APPROXIMATE = pattern("numbers.approximate")
_APPROXIMATE_AFTER = pattern("numbers.approximate_after")
_PER_PERIOD = pattern("numbers.per_period")
# 140/90mmHg names two limits at once: one figure, whose first number counts.
_PRESSURE = re.compile(r" ?/ ?(?P<low>[0-9]{2,3}) ?(?:mmHg|㎜Hg|mmhg)")
_OF_ALL = re.compile(r" ?/ ?(?P<whole>[0-9][0-9,]*)(?![0-9.])")
_MULTIPLIER = pattern("numbers.multiplier")
_RANGE_MARK = pattern("numbers.range_mark")
_NOT_BEFORE_KANJI = pattern("numbers.not_before_kanji")
_LONG_KANJI = pattern("numbers.long_kanji")
_WORDS_WITH_KANJI_NUMERALS = pattern("numbers.words_with_kanji_numerals")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at ``start:end`` of a normalised text; ``number_end`` is where the number itself ends.

    ``value`` is in the unit of ``unit`` (8割 is 80 percent). ``upper`` is the upper end of a range (10~15回).
    ``signed`` tells that a sign is printed: + or ▲ make a number a difference. ``note`` lists ``approximate`` (約),
    ``plus_minus`` (±), ``digit_before`` (another digit stands before it, a blank apart: one number or two),
    ``open_end`` (60%台), ``fraction`` (三分の二), ``rank_in_words`` (トップ10), ``mended`` (a slip of the pen: 60,5%).
    ``counter`` is the printed word by which it counts, where no unit of the table is.
    """

    start: int
    end: int
    number_end: int
    value: float
    unit: Unit | None
    upper: float | None = None
    signed: bool = False
    notes: tuple[str, ...] = ()
    counter: str | None = None

    @property
    def has_unit(self) -> bool:
        """Whether a unit or a counter stands behind the number."""
        return self.unit is not None or self.counter is not None

    @property
    def counted(self) -> bool:
        """Whether the number counts things or people."""
        return self.counter is not None or (self.unit is not None and self.unit.counts)

    @property
    def unit_code(self) -> str | None:
        return self.unit.code if self.unit else None


@functools.lru_cache(maxsize=4096)
def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of a normalised text with its unit, from left to right, ranges as one quantity."""
    quantities: list[Quantity] = []
    offset = 0
    while (begin := _MAY_BEGIN.search(text, offset)) is not None:
        at = begin.start()
        worded = read_number_in_words(text, at)
        if worded is not None:
            note = (worded.note,) if worded.note else ()
            changes = worded.note == "multiple_in_words"
            value, end = worded.value, worded.end
            quantities.append(Quantity(at, end, worded.number_end, value, worded.unit, signed=changes, notes=note))
            offset = worded.end
            continue
        found = NUMBER.match(text, at)
        quantity = _quantity(text, found) if found is not None else None
        if quantity is not None:
            quantities.append(quantity)
        offset = quantity.end if quantity is not None else found.end() if found is not None else at + 1
    return tuple(quantities)


def _quantity(text: str, found: re.Match[str]) -> Quantity | None:
    start = found.start()
    if found.group("kanji") and not _is_kanji_quantity(text, found):
        return None
    in_word = found.group("arabic") and start and text[start - 1].isascii() and text[start - 1].isalnum()
    if in_word and (_LETTERS_BEFORE.search(text, 0, start) is None or unit_at(text, found.end()) is None):
        # HbA1c, R6, 2B: a digit within a word; but SNS36回 counts.
        return None
    sign = (found.group("sign") or "").strip()
    if sign == "-" and start and (text[start - 1].isalnum() or text[start - 1] in ")%") and text[start - 1] != "比":
        # 1-2 and A-1 number things; a minus stands free.
        start, sign = start + len(found.group("sign")), ""
    value = abs(number_value(found))
    unit, end = unit_at(text, found.end()) or (None, found.end())
    if unit is None and text[start - 1 : start] == "¥":
        unit = Unit("yen", "¥")
    period = _PER_PERIOD.match(text, end) if unit else None
    quantity = Quantity(
        start,
        period.end() if period else end,
        found.end(),
        -value if sign in NEGATIVE_SIGNS else value,
        unit,
        signed=bool(sign) and sign != "±",
        notes=("plus_minus",) if sign == "±" else (),
    )
    if not found.group("kanji"):
        quantity = _with_upper_end(text, quantity)
    quantity = _with_what_surrounds(text, quantity, digits=found.group("arabic") is not None)
    scale = quantity.unit.scale if quantity.unit else 1.0
    return replace(
        quantity,
        value=without_noise(quantity.value * scale),
        upper=None if quantity.upper is None else without_noise(quantity.upper * scale),
    )


def _with_upper_end(text: str, quantity: Quantity) -> Quantity:
    """10~15回, 50名~80名, 4、5件: the other end of a range."""
    if quantity.unit is None:
        pair = _NEIGHBOURS.match(text, quantity.start)
        shared = unit_at(text, pair.end()) if pair is not None and int(pair[2]) == quantity.value + 1 else None
        if pair is not None and shared is not None:
            return replace(quantity, upper=float(pair[2]), number_end=pair.end(), unit=shared[0], end=shared[1])
    pressure = _PRESSURE.match(text, quantity.end)
    if pressure is not None and quantity.unit is None:
        return replace(quantity, number_end=pressure.end("low"), end=pressure.end())
    whole = _OF_ALL.match(text, quantity.end) if quantity.unit is None else None
    if whole is not None and read_number(whole["whole"]) == quantity.value:
        # 43/43, 47/47支部: all of them.
        unit, end = unit_at(text, whole.end()) or (None, whole.end())
        return replace(quantity, number_end=whole.end(), unit=unit, end=end)
    mark = _RANGE_MARK.match(text, quantity.end)
    other = NUMBER.match(text, mark.end()) if mark is not None else None
    if other is None or not other.group("arabic"):
        return quantity
    unit, end = unit_at(text, other.end()) or (None, other.end())
    if quantity.unit is not None and unit is not None and quantity.unit.code != unit.code:
        return quantity
    upper, scale = number_value(other), 1.0
    multiplied = _MULTIPLIER.search(other.group()) if quantity.unit is None else None
    if multiplied is not None and not _MULTIPLIER.search(text[quantity.start : quantity.number_end]):
        # 280~300億円: what multiplies the one multiplies the other.
        scale = read_number("1" + multiplied.group()) or 1.0
    lower = without_noise(quantity.value * scale)
    return replace(quantity, value=lower, upper=upper, unit=unit or quantity.unit, number_end=other.end(), end=end)


def _with_what_surrounds(text: str, quantity: Quantity, *, digits: bool) -> Quantity:
    """What stands around a number and changes or blurs it: 約, 程度, ±5%, マイナス, 80%台後半, 6割2分, 九割五分."""
    start, end, value, notes = quantity.start, quantity.end, quantity.value, quantity.notes
    if _APPROXIMATE.search(text[max(0, start - 6) : start]) or _APPROXIMATE_AFTER.match(text, end):
        notes = ("approximate", *notes)
    if digits and _DIGIT_APART.search(text[max(0, start - 6) : start]):
        notes = (*notes, "digit_before")
    tenths = _TENTHS.match(text, end) if quantity.unit and quantity.unit.word == "割" else None
    if tenths is not None:
        parts = (read_number(part) or 0.0 for part in tenths.groups("0"))
        value, end = value + sum(part / 10**place for place, part in enumerate(parts, start=1)), tenths.end()
    tolerance = _TOLERANCE.match(text, end)
    if tolerance is not None:
        end, notes = tolerance.end(), (*notes, "plus_minus")
    signed = quantity.signed
    sign = _SIGN_WORD.search(text, max(0, start - 6), start)
    if sign is not None:
        start, signed = sign.start(), True
        value = -abs(value) if sign.group().strip() == "マイナス" else value
    vague = _VAGUE_AFTER.match(text, end) if quantity.unit else None
    if vague is not None:
        end = vague.end()
        if vague.group().startswith("台"):
            notes = (*notes, "open_end")
            value += _ABOVE[vague.group("part") or ""] * 10 ** (len(str(int(value))) - 1 if value >= 1 else 0)
        elif "approximate" not in notes:
            notes = (*notes, "approximate")
    return replace(quantity, start=start, end=end, value=value, signed=signed, notes=notes)


def _is_kanji_quantity(text: str, found: re.Match[str]) -> bool:
    """A kanji numeral counts only before a unit and not within a word (二週間, 三部位; not 一般, 第三者)."""
    unit = unit_at(text, found.end())
    if unit is None:
        return False
    if _NOT_BEFORE_KANJI.match(text[: found.start()][-1:]) and not _LONG_KANJI.fullmatch(found.group("kanji")):
        return False
    return not any(
        word.start() < found.end() and found.start() < word.end()
        for word in _WORDS_WITH_KANJI_NUMERALS.finditer(text, max(0, found.start() - 3), found.end() + 4)
    )
