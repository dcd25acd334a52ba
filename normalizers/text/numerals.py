"""Numerals in every spelling: 95.0, 1,234, 108万6千, 二千三百, 〇・五, ゼロ, letter-spaced digits."""

from __future__ import annotations

import re

from normalizers.text.patterns import expression

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
_SPACED = (
    r"[0-9](?: ?[0-9]){0,2} ?, ?[0-9] [0-9] [0-9](?! ?[0-9])|"
    r"[0-9](?: [0-9])* ?\. ?[0-9](?: [0-9])*(?! ?[0-9])|[0-9](?: [0-9]){2,}(?! ?[0-9.])"
)
_GROUPED = r"[0-9]{1,3}(?:(?: ?, ?|、)[0-9]{3})+(?![0-9])(?: ?\. ?[0-9]+)?"
_ARABIC = rf"{_SPACED}|{_GROUPED}|[0-9]+(?: ?\. ?[0-9]+)?"
_COMPOUND_PART = rf"(?:{_ARABIC})(?: ?[千百十])?(?: ?[万億兆])?"
_SIGN = r"(?:[-+▲△±−] ?)?"
_KANJI = expression("numerals.in_kanji")
NUMBER = re.compile(
    rf"(?P<sign>{_SIGN})(?P<arabic>{_COMPOUND_PART}(?:(?<=[千万億兆]) ?{_COMPOUND_PART})*)|(?P<kanji>{_KANJI})|"
    r"(?P<fraction>[½¼¾])|(?P<zero>ゼロ(?![ァ-ヶー・から]))"
)
NEGATIVE_SIGNS = ("-", "▲", "△", "−")


def read_number(text: str) -> float | None:
    """The value of a text that is one number in any spelling, without a unit; None where it is anything else."""
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return number_value(found)


def number_value(found: re.Match[str]) -> float:
    """The value of a match of ``NUMBER``."""
    if found.group("zero"):
        return 0.0
    if found.group("fraction"):
        return _FRACTIONS[found.group("fraction")]
    digits = found.group("arabic") or found.group("kanji")
    value = _compound(digits.replace(" ", "").replace(",", "").replace("、", ""))
    return -value if found.group("arabic") and (found.group("sign") or "").strip() in NEGATIVE_SIGNS else value


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
    return without_noise(total + group)


def _plain(number: str) -> float:
    if number[0] not in _KANJI_DIGITS:
        return float(number)
    whole, _, part = number.replace("・", ".").partition(".")
    value = "".join(str(_KANJI_DIGITS[digit]) for digit in whole)
    return float(value + "." + "".join(str(_KANJI_DIGITS[digit]) for digit in part) if part else value)


def without_noise(value: float) -> float:
    """Without the noise of binary arithmetic (8.5割 × 10): plans print at most a few decimals."""
    return round(value, 6)
