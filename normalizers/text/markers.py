"""The marks that items begin with (○, 1-1., (1), ①, ア., ・, ※, 【…】): the table ``markers.toml`` and its reader."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict

from normalizers.text.patterns import pattern
from normalizers.text.units import unit_at
from parsers.model.data_file import read_data

_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
_IROHA = "イロハニホヘトチリ"
_KANJI = "〇一二三四五六七八九"
_ROMAN = {"I": 1, "V": 5, "X": 10}


class _Row(BaseModel):
    """One ``[[marker]]`` of the table."""

    model_config = ConfigDict(extra="forbid")

    kind: str
    pattern: str
    counts: str | None = None
    rank: int
    splits: bool
    label: bool = False
    bullet: bool = False
    note: bool = False
    inline: bool = False
    mentionable: bool = False


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")

    enclosed: str
    marker: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class MarkerKind:
    """One row of the table; what its fields mean is said at the table's head."""

    name: str
    pattern: re.Pattern[str]
    counts: str | None
    rank: int
    splits: bool
    label: bool
    bullet: bool
    note: bool
    inline: bool
    mentionable: bool


# What fonts draw for vertical writing (︵一︶) and radicals that stand for the numerals, as their ordinary characters.
_ALIKE = {
    code: plain
    for code in (*range(0xFE10, 0xFE1A), *range(0xFE30, 0xFE49), *range(0x2F00, 0x2FD6))
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1
}
# Presentation forms have halfwidth equivalents in NFKC; marks of Japanese text are full width.
_ALIKE |= {0xFE35: "（", 0xFE36: "）", 0xFE13: "：", 0xFE10: "，"}


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the beginning of an item.

    ``text`` is the mark as printed, ``start`` and ``end`` are its offsets in the text; ``number`` is what it counts
    (① → 1, イ → 2, iv) → 4), None where it does not count.
    """

    kind: MarkerKind
    text: str
    number: int | None
    start: int
    end: int


_CUT_DECIMAL = pattern("markers.cut_decimal")


# 12 会場, 2 回以上: a number and its unit, a blank between them.
_UNIT_APART = re.compile(r"[0-9]{1,2}[ \u3000]")
_BOUND_BEHIND = pattern("markers.bound_behind")


def _is_figure_apart(seen: str, start: int) -> bool:
    """Whether all of a text from ``start`` is one figure with a blank within it, which is no mark and a name."""
    number = _UNIT_APART.match(seen, start)
    unit = unit_at(seen, number.end()) if number is not None else None
    if number is not None and unit is not None:
        return _BOUND_BEHIND.fullmatch(seen, number.end() + unit[1]) is not None
    return _CUT_DECIMAL.fullmatch(seen, start) is not None


@lru_cache(maxsize=8192)
def read_marker(text: str, at: int = 0) -> Marker | None:
    """The mark that ``text`` has at offset ``at``, after white space; None where it has none."""
    start = at
    while start < len(text) and text[start].isspace():
        start += 1
    if start == len(text):
        return None
    seen = _plain_forms(text)
    if _any_mark().match(seen, start) is None or _is_figure_apart(seen, start):
        return None
    for kind in marker_kinds():
        found = kind.pattern.match(seen, start)
        if found is not None and found.end() > start:
            digits = next((group for group in found.groups() if group), None)
            printed = text[start : found.end()].rstrip()
            return Marker(kind, printed, _number(digits, kind.counts), start, found.end())
    return None


@cache
def _any_mark() -> re.Pattern[str]:
    """Any of the marks: asked first, because most text has none."""
    unnamed = (re.sub(r"\(\?P<\w+>", "(?:", kind.pattern.pattern) for kind in marker_kinds())
    return re.compile("|".join(unnamed))


@lru_cache(maxsize=64)
def _plain_forms(text: str) -> str:
    """The text with forms that only look otherwise in their plain form; kept: a text is asked at many places."""
    return text if text.isascii() else text.translate(_ALIKE)


@lru_cache(maxsize=8192)
def read_marks(text: str, at: int = 0) -> tuple[Marker, ...]:
    """The marks that stand before an item's words, from offset ``at``: ■ ① …, ・(1) …

    Bullets may stand before and behind one mark that counts. Labels (【KPI】) and note marks (※1) say something of
    their own and end the row.
    """
    marks: list[Marker] = []
    counted = False
    while (mark := read_marker(text, at)) is not None:
        if mark.kind.label or not (mark.kind.bullet or (mark.kind.counts and not mark.kind.note and not counted)):
            break
        counted = counted or not mark.kind.bullet
        marks.append(mark)
        at = mark.end
    return tuple(marks)


def items_within(text: str, item_ends: tuple[str, ...]) -> tuple[Marker, ...]:
    """The marks that begin further items within one text (…とする ② …), counting on by one in one kind of mark.

    A mark counts where the text begins, behind a blank, a full stop or colon, behind one of ``item_ends``, and, for an
    enclosed number, anywhere.
    """
    found: list[Marker] = []
    for place in _beginnings(item_ends).finditer(text):
        at = place.start()
        mark = read_marker(text, at)
        if mark is None or not mark.kind.inline or mark.number is None or (found and at < found[-1].end):
            continue
        if not found or (mark.kind.name == found[-1].kind.name and mark.number == (found[-1].number or 0) + 1):
            found.append(mark)
    return tuple(found)


@cache
def marker_kinds() -> tuple[MarkerKind, ...]:
    """The table's rows, in the order in which they are tried."""
    return tuple(
        MarkerKind(
            row.kind,
            re.compile(row.pattern.replace("{enclosed}", enclosed_numbers())),
            row.counts,
            row.rank,
            row.splits,
            row.label,
            row.bullet,
            row.note,
            row.inline,
            row.mentionable,
        )
        for row in _table().marker
    )


@cache
def enclosed_numbers() -> str:
    """The numbers in circles (①, ❷), as ranges for the class of a regular expression."""
    return _table().enclosed


@cache
def is_bullet(character: str) -> bool:
    """Whether a single character opens an item without counting: ○ ■ ・."""
    return any(kind.bullet and kind.pattern.fullmatch(character) for kind in marker_kinds())


_BLOCKS_OF_ENCLOSED = (range(0x2460, 0x3400), range(0x1F100, 0x1F300))
"""Where Unicode has numbers and letters in rings and brackets."""


@cache
def _beginnings(item_ends: tuple[str, ...]) -> re.Pattern[str]:
    """Where an item may begin: at the text's beginning, behind a blank, a stop or one of ``item_ends``, and at an
    enclosed number.
    """
    ends = "".join(rf"|(?<={re.escape(end)})" for end in item_ends)
    enclosed = "".join(chr(code) for block in _BLOCKS_OF_ENCLOSED for code in block if _is_enclosed(chr(code)))
    return re.compile(rf"(?:^|(?<=[\s。:：]){ends})(?=\S)|(?=[{enclosed}])")


def _is_enclosed(character: str) -> bool:
    return not character.isdecimal() and unicodedata.decomposition(character).startswith(("<circle>", "<compat> 0028"))


@cache
def _table() -> _Table:
    return read_data("normalizers.text", "markers.toml", _Table)


def _number(written: str | None, counts: str | None) -> int | None:
    if not written or counts is None:
        return None
    plain = unicodedata.normalize("NFKC", written)
    digits = plain.strip("()")
    if digits.isdecimal():
        return int(digits)
    if counts in ("enclosed", "digits") and len(written) == 1 and unicodedata.numeric(written, 0.0) > 0:
        return int(unicodedata.numeric(written))
    if counts == "katakana":
        return _KATAKANA.find(plain) + 1 or None
    if counts == "iroha":
        return _IROHA.find(digits) + 1 or None
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
