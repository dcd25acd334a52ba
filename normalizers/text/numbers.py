"""Numbers and quantities in normalised text, in every spelling that plans use.

Read from the surface, because a tokeniser's normal forms turn 95.0 into 95 and ① into 1. Enclosed numbers, superscripts
and the numerals inside words (一般, 一者応札) are no numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.text.units import Unit, unit_at

_KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "壱": 1,
    "弐": 2,
    "参": 3,
}
_SMALL_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "拾": 10}
_LARGE_MULTIPLIERS = {"万": 10**4, "億": 10**8, "兆": 10**12}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}

# Letter-spaced digits (6 3 . 5, 1 0 0) are one number where a spaced point or a third digit shows that they are.
_SPACED = r"[0-9](?: [0-9])* ?\. ?[0-9](?: [0-9])*(?! ?[0-9])|[0-9](?: [0-9]){2,}(?! ?[0-9.])"
_GROUPED = r"[0-9]{1,3}(?:(?: ?, ?|、)[0-9]{3})+(?![0-9])(?: ?\. ?[0-9]+)?"
_ARABIC = rf"{_SPACED}|{_GROUPED}|[0-9]+(?: ?\. ?[0-9]+)?"
_COMPOUND_PART = rf"(?:{_ARABIC})(?: ?[千百十])?(?: ?[万億兆])?"
_SIGN = r"(?:[-+▲△±−] ?)?"
_KANJI_NUMERALS = "〇一二三四五六七八九十百千壱弐参拾零"
_KANJI = rf"[{_KANJI_NUMERALS}]+(?:[万億兆][{_KANJI_NUMERALS}]*)*(?:[.・][〇一二三四五六七八九]+)?"
_NUMBER = re.compile(
    rf"(?P<sign>{_SIGN})(?P<arabic>{_COMPOUND_PART}(?:(?<=[千万億兆]) ?{_COMPOUND_PART})*)|(?P<kanji>{_KANJI})|"
    r"(?P<fraction>[½¼¾])|(?P<zero>ゼロ(?![ァ-ヶー・から]))"
)
_DIGIT_APART = re.compile(r"[0-9] $")
_APPROXIMATE = re.compile(r"(?:約|およそ|概ね|おおむね|おおよそ|ほぼ)[ 、]?$")
_APPROXIMATE_AFTER = re.compile(r" ?(?:程度|前後|余り?|強|弱)")
_PER_PERIOD = re.compile(r" ?/ ?(?:日|週|月|年度?|回|人|件)")
_RANGE_MARK = re.compile(r" ?(?:~|から|-) ?")
# What may stand before a kanji numeral that is a word of its own; 第三者 is no quantity, 年二回 is.
_NOT_BEFORE_KANJI = re.compile(r"(?![年月週日毎約計全各概間])[\u4e00-\u9fff]")
_WORDS_WITH_KANJI_NUMERALS = re.compile(
    r"一人ひとり|一人一人|一部|一方|一般|一者|一本化|一体|一層|一元|一定|一環|一次|二次|三次|一番|一種|三者間|一つ一つ|一助|一同|十分|百貨|千葉|八千代|一社応札|四半期|一日も早|二重|三重|五感"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at ``start:end`` of a normalised text; ``number_end`` is where the number itself ends.

    ``value`` is in the unit of ``unit`` (8割 is 80 percent). ``upper`` is the upper end of a range (10~15回).
    ``signed`` tells that a sign is printed: + or ▲ make a number a difference. ``note`` lists ``approximate`` (約),
    ``plus_minus`` (±), ``digit_before`` (another digit stands before it, a blank apart: one number or two).
    """

    start: int
    end: int
    number_end: int
    value: float
    unit: Unit | None
    upper: float | None = None
    signed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def unit_code(self) -> str | None:
        return self.unit.code if self.unit else None


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of a normalised text with its unit, from left to right, ranges as one quantity."""
    quantities: list[Quantity] = []
    offset = 0
    while (found := _NUMBER.search(text, offset)) is not None:
        quantity = _quantity(text, found)
        if quantity is None:
            offset = found.end()
            continue
        quantities.append(quantity)
        offset = quantity.end
    return tuple(quantities)


def read_number(text: str) -> float | None:
    """The value of a text that is one number in any spelling, without a unit; None where it is anything else."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return _value(found)


def _quantity(text: str, found: re.Match[str]) -> Quantity | None:
    if found.group("kanji") and not _is_kanji_quantity(text, found):
        return None
    start = found.start()
    if found.group("arabic") and start and text[start - 1].isascii() and text[start - 1].isalnum():
        # HbA1c, R6, 2B: a digit within a word.
        return None
    sign = (found.group("sign") or "").strip()
    if sign == "-" and start and (text[start - 1].isalnum() or text[start - 1] in ")%"):
        # 1-2 and A-1 number things; a minus stands free.
        start, sign = start + len(found.group("sign")), ""
    value = _value(found)
    if sign in ("-", "▲", "△", "−"):
        value = -abs(value)
    elif not sign:
        value = abs(value)
    number_end = found.end()
    unit, end = unit_at(text, number_end) or (None, number_end)
    period = _PER_PERIOD.match(text, end) if unit else None
    end = period.end() if period else end
    upper = None
    mark = _RANGE_MARK.match(text, end)
    other = (
        _NUMBER.match(text, mark.end()) if mark and mark.group().strip() == "~" and not found.group("kanji") else None
    )
    if other is not None and other.group("arabic"):
        other_unit, other_end = unit_at(text, other.end()) or (None, other.end())
        if unit is None or other_unit is None or unit.code == other_unit.code:
            upper, unit, number_end, end = _value(other), other_unit or unit, other.end(), other_end
    scale = unit.scale if unit else 1.0
    approximate = _APPROXIMATE.search(text[max(0, start - 6) : start]) or _APPROXIMATE_AFTER.match(text, end)
    notes = (("approximate",) if approximate else ()) + (("plus_minus",) if sign == "±" else ())
    if found.group("arabic") and _DIGIT_APART.search(text, max(0, start - 2), start):
        notes += ("digit_before",)
    if unit and unit.word == "割":
        tenth = re.match(r"([0-9])分(?![間析野担])", text[end : end + 3])
        if tenth:
            value, end = value + int(tenth.group(1)) / 10, end + tenth.end()
    return Quantity(
        start,
        end,
        number_end,
        _clean(value * scale),
        unit,
        None if upper is None else _clean(upper * scale),
        bool(sign) and sign != "±",
        notes,
    )


def _is_kanji_quantity(text: str, found: re.Match[str]) -> bool:
    """A kanji numeral counts only before a unit and not within a word (二週間, 三部位; not 一般, 第三者)."""
    unit = unit_at(text, found.end())
    if unit is None or _NOT_BEFORE_KANJI.match(text[: found.start()][-1:]):
        return False
    return not any(
        word.start() < found.end() and found.start() < word.end()
        for word in _WORDS_WITH_KANJI_NUMERALS.finditer(text, max(0, found.start() - 3), found.end() + 4)
    )


def _value(found: re.Match[str]) -> float:
    if found.group("zero"):
        return 0.0
    if found.group("fraction"):
        return _FRACTIONS[found.group("fraction")]
    digits = found.group("arabic") or found.group("kanji")
    value = _compound(digits.replace(" ", "").replace(",", "").replace("、", ""))
    return -value if found.group("arabic") and (found.group("sign") or "").strip() in ("-", "▲", "△", "−") else value


def _compound(digits: str) -> float:
    """108万6千, 4,000万, 二千三百, 〇・五: parts added up, each with its multipliers."""
    total = 0.0
    group = 0.0
    for number, small, large in re.findall(
        r"([0-9]+(?:\.[0-9]+)?|[〇一二三四五六七八九零壱弐参]+(?:[.・][〇一二三四五六七八九]+)?)?([十百千拾]?)([万億兆]?)",
        digits,
    ):
        if not (number or small or large):
            continue
        part = _plain(number) if number else (1.0 if small else 0.0)
        group += part * _SMALL_MULTIPLIERS.get(small, 1)
        if large:
            total += (group or 1.0) * _LARGE_MULTIPLIERS[large]
            group = 0.0
    return _clean(total + group)


def _plain(number: str) -> float:
    if number[0] not in _KANJI_DIGITS:
        return float(number)
    whole, _, part = number.replace("・", ".").partition(".")
    value = "".join(str(_KANJI_DIGITS[digit]) for digit in whole)
    return float(value + "." + "".join(str(_KANJI_DIGITS[digit]) for digit in part) if part else value)


def _clean(value: float) -> float:
    """Without the noise of binary arithmetic (8.5割 × 10): plans print at most a few decimals."""
    return round(value, 6)
