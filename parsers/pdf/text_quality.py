"""Whether a page's text layer says what the page shows, judged by its characters alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from pydantic import RootModel

from parsers.model.data_file import read_data

_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\u0000-\u0008\u000e-\u001f\U000f0000-\U0010ffff]")
_CID = re.compile(r"\(cid:\d+\)")
_FOREIGN = re.compile(
    "[^\\s\u0021-\u007e\u00a0-\u00b6\u00b7\u00d7\u00f7\u0391-\u03c9\u2000-\u2bff\u2e80-\u2fdf\u3000-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe00-\ufe4f\uff00-\uffef\U0001f100-\U0001f2ff\U00020000-\U0003ffff\ufffd\ue000-\uf8ff]"
)
_JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff\uff66-\uff9f]")
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_ASCII_MARKS = re.compile("[!-/:-@\\[-`{-~]")


@dataclass(frozen=True, slots=True)
class TextQualitySettings:
    """From which on a page's text layer cannot be trusted. Shares of the characters shown."""

    unusable_share: float = 0.02
    """Characters without a code that means something: (cid:123), U+FFFD, private use. Nearest: 0, nothing above."""
    foreign_share: float = 0.1
    """Characters of scripts that Japanese print does not use. Nearest: 0, nothing above."""
    rare_share: float = 0.3
    """Ideographs outside the first level of JIS X 0208, which hold names at most. Nearest: 0.00312, nothing above."""
    mark_share: float = 0.4
    """ASCII marks on a page without any Japanese character. Chosen."""
    enough: int = 30
    """Characters below which shares say nothing. Chosen."""


SETTINGS = TextQualitySettings()


def text_doubts(text: str) -> tuple[str, ...]:
    """Stable names of what is wrong with a page's text.

    ``cid``: a reader's ``(cid:123)`` stands for characters; ``unmapped``: code points that name no character;
    ``garbled``: scripts, rare ideographs or punctuation in shares that no Japanese plan has (a wrong ToUnicode map).
    """
    shown = sum(map(len, text.split()))
    if not shown:
        return ()
    doubts = []
    if sum(map(len, _CID.findall(text))) > SETTINGS.unusable_share * shown:
        doubts.append("cid")
    if len(_UNMAPPED.findall(text)) > SETTINGS.unusable_share * shown:
        doubts.append("unmapped")
    if shown >= SETTINGS.enough and _garbled(text, shown):
        doubts.append("garbled")
    return tuple(doubts)


def _garbled(text: str, shown: int) -> bool:
    if len(_FOREIGN.findall(text)) > SETTINGS.foreign_share * shown:
        return True
    ideographs = Counter(_IDEOGRAPH.findall(text))
    total = ideographs.total()
    if (
        total >= SETTINGS.enough
        and sum(n for char, n in ideographs.items() if not _common(char)) > SETTINGS.rare_share * total
    ):
        return True
    return not _JAPANESE.search(text) and len(_ASCII_MARKS.findall(text)) > SETTINGS.mark_share * shown


@cache
def _common(ideograph: str) -> bool:
    """Whether JIS X 0208 counts an ideograph among its first level, the everyday ones."""
    try:
        return 0x88 <= ideograph.encode("shift_jis")[0] <= 0x98
    except UnicodeEncodeError:
        return False


@cache
def symbol_font(font_name: str) -> dict[str, str] | None:
    """What a symbol font's code points show, None for a text font; ``font_name`` may carry a prefix or a style."""
    name = font_name.rpartition("+")[2].lower()
    for symbols, codes in _symbol_fonts().items():
        if name == symbols or name.startswith((symbols + "-", symbols + ",", symbols + "mt")):
            plain = {chr(int(code, 16)): shown for code, shown in codes.items()}
            return plain | {chr(0xF000 + ord(char)): shown for char, shown in plain.items()}
    return None


class _SymbolFonts(RootModel[dict[str, dict[str, str]]]):
    """Code point (hexadecimal) → the character that shows the same shape, by the font's name."""


@cache
def _symbol_fonts() -> dict[str, dict[str, str]]:
    return read_data("parsers.pdf", "symbol_fonts.toml", _SymbolFonts).root
