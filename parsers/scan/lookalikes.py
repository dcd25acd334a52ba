"""Characters that a recogniser confuses, told apart by their neighbours and their size."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from statistics import median
from typing import Any, NamedTuple

# A comma hangs this part of a character's height below its digits, a point does not.
_HANGS = 0.06


class _KanaPair(NamedTuple):
    """A large kana and its small form, which is lower than ``below`` of the line's kanji."""

    large: str
    small: str
    below: float


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
        char = chars[index]
        before = chars[index - 1] if index else ""
        after = chars[index + 1] if index + 1 < len(chars) else ""
        if before.isdecimal() and after.isdecimal():
            char = table["digits"].get(char, char)
            if char == "." and inks[index][1] > max(inks[index - 1][1], inks[index + 1][1]) + _HANGS * usual:
                char = ","
        elif char in table["katakana"] and _among_katakana(before, after, table["katakana"]):
            char = table["katakana"][char]
        elif char in table["hiragana"] and "ぁ" <= before <= "ん" and not _katakana(after):
            char = table["hiragana"][char]
        chars[index] = _by_height(char, heights[index] / usual if usual else 1.0)
    return _with_known_words("".join(chars))


def _with_known_words(text: str) -> str:
    for read, stands in _words():
        text = read.sub(stands, text)
    return text


def read_alone(char: str) -> str:
    """What ``char`` stands for where a recogniser passed over it in its line and made this of it by itself."""
    alone: dict[str, str] = _table()["alone"]
    return alone.get(char, char)


def _among_katakana(before: str, after: str, doubtful: Mapping[str, str]) -> bool:
    """Whether the neighbours are katakana; a kanji before speaks against it (第二クール), a doubtful one does not."""
    if _katakana(before):
        return True
    return _katakana(after) and (not before or not ("一" <= before <= "鿿") or before in doubtful)


def _katakana(char: str) -> bool:
    return bool(char) and ("ァ" <= char <= "ヺ" or char == "ー")


def _by_height(char: str, height: float) -> str:
    for kana in _kana_pairs():
        if char == kana.large and height < kana.below:
            return kana.small
    return char


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("parsers.scan").joinpath("ocr_lookalikes.toml").read_text(encoding="utf-8"))


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["read"]), row["stands"]) for row in _table()["word"])


@cache
def _kana_pairs() -> tuple[_KanaPair, ...]:
    return tuple(_KanaPair(large, pair["small"], pair["below"]) for large, pair in _table()["small"].items())
