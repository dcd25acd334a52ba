"""Characters that a recogniser confuses, told apart by their neighbours and their size."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from pydantic import BaseModel, ConfigDict

from parsers.model.data_file import read_data


@dataclass(frozen=True, slots=True)
class LookalikeSettings:
    """Characters that a recogniser confuses, told apart by their ink."""

    hangs: float = 0.06
    """Part of a character's height that a comma hangs below its digits; a point does not. Nearest: 0, nothing above."""


SETTINGS = LookalikeSettings()


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Small(_Row):
    """The small form of a large kana, which is lower than ``below`` of the line's kanji."""

    small: str
    below: float


class _Word(_Row):
    """A word as it is read where print is faint, and what ``stands`` there, as many characters."""

    read: re.Pattern[str]
    stands: str


class _Table(_Row):
    """The file's tables, explained at their heads."""

    katakana: dict[str, str]
    hiragana: dict[str, str]
    small: dict[str, _Small]
    digits: dict[str, str]
    kanji: dict[str, str]
    forms: dict[str, str]
    alone: dict[str, str]
    word: tuple[_Word, ...]


def settled(text: str, inks: Sequence[tuple[float, float]]) -> str:
    """``text`` with every doubtful character replaced by what its neighbours and its ink say; same length.

    ``inks`` are the top and bottom of each character's ink, in any unit, downwards. デ一夕 is データ, 41.890 with
    a point that hangs below its digits is 41,890, フオロー with a low オ is フォロー.
    """
    table = _table()
    chars = list(text)
    heights = [bottom - top for top, bottom in inks]
    usual = median(sorted(heights)[len(heights) // 2 :]) if heights else 0.0
    for index in range(len(chars)):
        char = table.forms.get(chars[index], chars[index])
        before = chars[index - 1] if index else ""
        after = chars[index + 1] if index + 1 < len(chars) else ""
        if before.isdecimal() and after.isdecimal():
            char = table.digits.get(char, char)
            if char == "." and inks[index][1] > max(inks[index - 1][1], inks[index + 1][1]) + SETTINGS.hangs * usual:
                char = ","
        elif char in table.katakana and _among_katakana(before, after, table.katakana):
            char = table.katakana[char]
        elif char in table.hiragana and "ぁ" <= before <= "ん" and not _katakana(after):
            char = table.hiragana[char]
        elif char in table.kanji and _kanji(before) and _kanji(after):
            char = table.kanji[char]
        chars[index] = _by_height(char, heights[index] / usual if usual else 1.0)
    return _with_known_words("".join(chars))


def _with_known_words(text: str) -> str:
    for word in _table().word:
        text = word.read.sub(word.stands, text)
    return text


def read_alone(char: str) -> str:
    """What ``char`` stands for where a recogniser passed over it in its line and made this of it by itself."""
    return _table().alone.get(char, char)


def _among_katakana(before: str, after: str, doubtful: Mapping[str, str]) -> bool:
    """Whether the neighbours are katakana; a kanji before speaks against it (第二クール), a doubtful one does not."""
    if _katakana(before):
        return True
    return _katakana(after) and (not _kanji(before) or before in doubtful)


def _kanji(char: str) -> bool:
    return "一" <= char <= "鿿"


def _katakana(char: str) -> bool:
    return bool(char) and ("ァ" <= char <= "ヺ" or char == "ー")


def _by_height(char: str, height: float) -> str:
    kana = _table().small.get(char)
    return kana.small if kana is not None and height < kana.below else char


@cache
def _table() -> _Table:
    return read_data("parsers.scan", "ocr_lookalikes.toml", _Table)
