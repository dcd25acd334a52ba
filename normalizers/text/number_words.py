"""Numbers that are no plain numerals: in words (半数, 三分の二, トップ10), or with a slip of the pen (60,5%, 6O%)."""

from __future__ import annotations

import re
from typing import NamedTuple

from normalizers.text.numerals import KANJI_NUMERALS, read_number, without_noise
from normalizers.text.units import Unit, unit_at

_N = rf"[0-9]+|[{KANJI_NUMERALS}]+"
_FRACTION = re.compile(
    rf"(?:上位 ?)?(?:({_N})人に({_N})人|({_N})分の({_N})(?![0-9])"
    r"|([0-9]{1,2})/([0-9]{1,2})(?=以上|以下|未満|を|に|とす))"
)
_HALF = re.compile(
    r"過?半数(?=以上|以下|未満|を|と|に|が|で|の(?=[一-鿿])|$)|半分(?=以上|以下|に|と|から|へ|まで)|半数(?=から|へ|まで)"
)
_HALF_A_YEAR = re.compile(r"半年(?=以上|以下|未満|を(?:超|下回|上回)|$)")
_ALL = re.compile(
    r"(?<=[ はを、:])(?:全件|全数|全員|全て|すべて|100%すべて)(?=とする|にする|を目指|を目標|。?$)"
    # 120日以内に全件を終える
    r"|(?:(?<=以内に)|(?<=までに))(?:全件|全数|全員|全て|すべて)(?=を?[^0-9、。を]{1,8}[るうすく](?:こと)?。?$)"
)
_TIMES = re.compile(r"(?P<double>倍増|倍(?=に|へ|以上))|半減")
_TOP = re.compile(
    r"(?:トップ|ベスト|上位) ?([0-9]{1,3})(?![0-9]|分の)"
    r"(?:位|支部|市町村|都道府県|保険者|団体|か国)?(?:以内)?(?!%|割|件)"
)
# A comma, full stop or letter in the place of a decimal point or nought; an ordinary number is none.
_SLIPS = (
    r"[0-9]{1,3}[,、。・][0-9]{1,2}(?= ?(?:%|ポイント|倍))",
    r"0[,、。][0-9]{1,3}(?= ?(?:%|ポイント))",
    r"(?=[0-9OoIl〇○.,]*[0-9])(?=[0-9.,]*[OoIl〇○])[0-9OoIl][0-9OoIl〇○.,]*(?= ?(?:%|人|件|社|事業所|円|回|名|日))",
    # 1.250人: a point for the mark of thousands.
    r"[1-9][0-9]{0,2}\.[0-9]{3}(?= ?(?:人|名|件|社|事業所|円|回))",
    r"[0-9]{1,3}(?: [0-9]{3})+(?= ?(?:件|人|社|事業所|円|名|回|部))",
    r"[一二三四五六七八九]{1,3}(?:[,、][〇一二三四五六七八九]{3})+",
)
_SLIP = re.compile("|".join(_SLIPS))
_THOUSANDS_POINT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_COUNTS = re.compile(" ?(?:人|名|件|社|事業所|円|回)")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,3}[,、。・][0-9]{1,2}|0[,、。][0-9]{1,3}")
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
    if found is None or (at and (text[at - 1].isdigit() or text[at - 1] in "十百千万数何")):
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
