"""Where the old and the new text of a change differ, and what of it the page underlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from normalizers.characters import normalize

Stretch = list[str | bool]
"""A piece of text, whether it differs from the other side, whether the page underlines it."""

BRIDGE = 1  # equal stretches up to this many characters between two differences read as part of the difference


def stretches(
    text: str | None, other: str | None, underlines: Iterable[Mapping[str, int]], verbatim: str | None
) -> list[Stretch]:
    """``text`` (normalised) cut where it begins or ends to differ from ``other`` or to be underlined.

    ``underlines`` are offsets into ``verbatim``, the text as printed. A text whose other side is missing differs as a
    whole.
    """
    if not text:
        return []
    differs = _differing(text, other) if other else [True] * len(text)
    underlined = _underlined(text, underlines, verbatim)
    pieces = groupby(range(len(text)), key=lambda i: (differs[i], underlined[i]))
    return [["".join(text[i] for i in run), *marks] for marks, run in pieces]


def _differing(text: str, other: str) -> list[bool]:
    flags = [True] * len(text)
    for start, _, size in SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks():
        if size > BRIDGE or start == 0 or start + size == len(text):
            flags[start : start + size] = [False] * size
    return flags


def _underlined(text: str, underlines: Iterable[Mapping[str, int]], verbatim: str | None) -> Sequence[bool]:
    flags = [False] * len(text)
    if verbatim is None:
        return flags
    spans = [(span["start"], span["end"]) for span in underlines]
    normalized = normalize(verbatim)
    if not spans or normalized.text != text:
        return flags
    return [any(start <= offset < end for start, end in spans) for offset in normalized.offsets]
