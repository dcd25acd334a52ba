"""One form for each character: widths, dashes, dots, radicals and spaces, traceable to the verbatim text.

Numbers are why Unicode's NFKC is not used: it turns ①88.8% into 188.8% and ½ into 1⁄2. Only what is listed here is
folded; enclosed numbers, Roman numerals, superscripts, fractions and variants of names (髙, 﨑) stay as they are.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from parsers.model.styled_text import Span

_DASHES = "-‐‑‒–—―−─━⁃﹘﹣－"
_WAVE_DASHES = "~〜～∼˜∿〰"
_MIDDLE_DOTS = "・･·•‧∙⋅"
_DOTS_AS_DECIMAL_MARK = re.compile(r"(?<=[0-9０-９])[·‧∙⋅](?=[0-9０-９])")
_FOLDED_RANGES = (
    (0xFF01, 0xFFEE),  # full- and half-width forms
    (0xFE10, 0xFE19),  # vertical forms of punctuation
    (0xFE30, 0xFE6B),  # vertical and small forms
)
_JAPANESE = re.compile("[\u3001-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NOTHING = "\u200b"
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A normalised text; ``offsets[i]`` is the index in ``verbatim`` of the character that ``text[i]`` comes from."""

    text: str
    offsets: Sequence[int]
    verbatim: str

    def verbatim_span(self, start: int, end: int) -> Span:
        """The verbatim stretch that the normalised characters ``start:end`` come from; empty where they are none."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.verbatim)
            return Span(at, at)
        limit = self.offsets[end] if end < len(self.offsets) else len(self.verbatim)
        stop = self.offsets[end - 1] + 1
        # ｶﾞ is two verbatim characters and one normalised one: its mark belongs to it.
        while stop < limit and unicodedata.combining(_folded(self.verbatim[stop])):
            stop += 1
        return Span(self.offsets[start], stop)


@functools.lru_cache(maxsize=8192)
def normalize(text: str) -> NormalizedText:
    """The normalised form that the data contract defines, with the way back to the verbatim characters.

    Never raises and never changes a word: code points that show nothing (controls, zero-width characters) are left out,
    lone surrogates become U+FFFD. Normalising a normalised text changes nothing.
    """
    if text.isascii() and text.isprintable() and "  " not in text and text.strip() == text:
        return NormalizedText(text, range(len(text)), text)
    folded = _DOTS_AS_DECIMAL_MARK.sub(".", text).translate(_FOLDING)
    if " " in folded or _NOTHING in folded:
        kept, offsets = _without_idle_spaces(folded)
    else:
        kept, offsets = folded, list(range(len(folded)))
    if not unicodedata.is_normalized("NFC", kept):
        kept, offsets = _composed(kept, offsets)
    return NormalizedText(kept, tuple(offsets), text)


def is_japanese(character: str) -> bool:
    """Whether a character is kana, a Chinese character or Japanese punctuation: spaces between two such are idle."""
    return _JAPANESE.match(character) is not None


def _without_idle_spaces(folded: str) -> tuple[str, list[int]]:
    kept: list[str] = []
    offsets: list[int] = []
    space: int | None = None
    for offset, character in enumerate(folded):
        if character == _NOTHING:
            continue
        if character == " ":
            space = offset if space is None else space
            continue
        if space is not None and kept and not (is_japanese(kept[-1]) and is_japanese(character)):
            kept.append(" ")
            offsets.append(space)
        space = None
        kept.append(character)
        offsets.append(offset)
    return "".join(kept), offsets


def _composed(text: str, offsets: Sequence[int]) -> tuple[str, list[int]]:
    """NFC, segment by segment, so that each composed character keeps the offset of its first part."""
    composed: list[str] = []
    kept: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and not _starts_segment(text[start:end], text[end]):
            continue
        segment = text[start:end]
        form = unicodedata.normalize("NFC", segment)
        composed.append(form)
        kept += offsets[start:end] if form == segment else _offsets_of_form(form, segment, offsets[start:end])
        start = end
    return "".join(composed), kept


def _offsets_of_form(form: str, segment: str, offsets: Sequence[int]) -> list[int]:
    """Where the characters of a composed ``segment`` come from: a mark that joined no letter keeps its own place."""
    own = 0
    while own < len(form) - 1 and form[-1 - own] == segment[-1 - own]:
        own += 1
    return [offsets[0]] * (len(form) - own) + list(offsets[len(offsets) - own :])


def _starts_segment(before: str, character: str) -> bool:
    if unicodedata.combining(character):
        return False
    # A starter can compose with what precedes it only as the second half of a pair (Hangul, some Indic vowels).
    pair = before[-1] + character
    return (
        character.isascii()
        or is_japanese(character)
        or unicodedata.normalize("NFC", pair)
        == unicodedata.normalize("NFC", before[-1]) + unicodedata.normalize("NFC", character)
    )


class _Folding(dict[int, str]):
    """A translation table that works each code point out when it is first met."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = form = _folded(chr(code_point))
        return form


_FOLDING = _Folding()


@functools.cache
def equivalent_unified_ideographs() -> dict[str, str]:
    """Unicode's property EquivalentUnifiedIdeograph: radical or stroke → the ideograph that looks the same."""
    table = files("normalizers.text").joinpath("equivalent_unified_ideographs.csv").read_text(encoding="utf-8")
    return {row["radical"]: row["ideograph"] for row in csv.DictReader(table.splitlines())}


def _folded(character: str) -> str:
    """The one character that stands for ``character``; a zero-width space where it shows nothing."""
    if character in _DASHES:
        return "-"
    if character in _WAVE_DASHES:
        return "~"
    if character in _MIDDLE_DOTS:
        return "・"
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return _REPLACEMENT
    if category in ("Cc", "Cf"):
        return _NOTHING
    ideograph = equivalent_unified_ideographs().get(character)
    if ideograph is not None:
        return ideograph
    if any(first <= ord(character) <= last for first, last in _FOLDED_RANGES):
        form = unicodedata.normalize("NFKC", character)
        return form if len(form) == 1 and not form.isspace() else character
    form = unicodedata.normalize("NFC", character)
    return form if len(form) == 1 else character
