"""Where the old and the new text of a change differ, and what of it the page underlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from normalizers.vocabulary import differences, normalize

Stretch = list[str | bool]
"""A piece of text, whether it differs from the other side, whether the page underlines it."""

NUMBER = re.compile(r"\d[\d,.]*")


def stretches(
    text: str | None, other: str | None, underlines: Iterable[Mapping[str, int]], verbatim: str | None
) -> list[Stretch]:
    """``text`` (normalised) cut where it begins or ends to differ from ``other`` or to be underlined.

    ``underlines`` are offsets into ``verbatim``, the text as printed. A text whose other side is missing differs as a
    whole, and so does a number of which one digit differs.
    """
    if not text:
        return []
    differs = _differing(text, other) if other else [True] * len(text)
    underlined = _underlined(text, underlines, verbatim)
    pieces = groupby(range(len(text)), key=lambda i: (differs[i], underlined[i]))
    return [["".join(text[i] for i in run), *marks] for marks, run in pieces]


def _differing(text: str, other: str) -> list[bool]:
    flags = [False] * len(text)
    for start, end in differences(text, other)[0]:
        flags[start:end] = [True] * (end - start)
    for number in NUMBER.finditer(text):
        if any(flags[number.start() : number.end()]):
            flags[number.start() : number.end()] = [True] * (number.end() - number.start())
    return flags


def _underlined(text: str, underlines: Iterable[Mapping[str, int]], verbatim: str | None) -> Sequence[bool]:
    flags = [False] * len(text)
    spans = [(span["start"], span["end"]) for span in underlines]
    if verbatim is None or not spans:
        return flags
    normalized = normalize(verbatim)
    at = normalized.text.find(text)
    if at < 0:
        return flags
    return [any(start <= offset < end for start, end in spans) for offset in normalized.offsets[at : at + len(text)]]
