"""The words by which texts of plans are compared and searched: Sudachi's normalised forms, synonyms as one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import NamedTuple

from normalizers.indicators.catalogue import concept_phrases
from normalizers.text.patterns import words
from normalizers.text.tokens import LONGEST_TEXT, read_words

_LEFT_OUT = words("speech.left_out")
_NUMERAL = "名詞-数詞"
# Concepts so wide that who asks for one of their words does not mean the others.
_WIDE = frozenset({"uptake", "acquisition", "rate", "count", "amount", "rank", "planned", "per_item", "content_check"})


_DICTIONARIES = ("spacy", "sudachipy", "sudachidict-core")


class PlanWord(NamedTuple):
    """One word: ``term`` by which it is compared, half-open offsets into the text, and whether it is a number.

    The term of words that the catalogue takes for one (ジェネリック医薬品, 後発品) is the name of what they mean, after
    a ``~``, so that it is no word of the language.
    """

    term: str
    start: int
    end: int
    is_number: bool


def read_plan_words(text: str) -> tuple[PlanWord, ...]:
    """The words of a normalised text that say something, in order; particles and marks are left out."""
    return tuple(word for start in range(0, len(text), LONGEST_TEXT) for word in _read(text, start))


def _read(text: str, offset: int) -> Iterator[PlanWord]:
    words = read_words(text[offset : offset + LONGEST_TEXT])
    concepts = {
        first: phrase
        for first, phrases in concept_phrases().find(words).items()
        for phrase in phrases[:1]
        if phrase.name not in _WIDE
    }
    at = 0
    while at < len(words):
        word = words[at]
        if at in concepts:
            last = words[concepts[at].last - 1]
            yield PlanWord(f"~{concepts[at].name}", offset + word.idx, offset + last.idx + len(last.text), False)
            at = concepts[at].last
            continue
        if not word.tag_.startswith(_LEFT_OUT):
            number = word.tag_.startswith(_NUMERAL)
            # Normal forms turn 95.0 into 95.
            term = word.text if number else word.norm_
            yield PlanWord(term.casefold(), offset + word.idx, offset + word.idx + len(word.text), number)
        at += 1


@cache
def words_edition() -> str:
    """Changes whenever the same text might be read as other words: with this code, the catalogue, the dictionaries."""
    digest = hashlib.sha256(" ".join(version(name) for name in _DICTIONARIES).encode())
    for room in ("indicators", "text"):
        for path in sorted((files("normalizers") / room).iterdir(), key=lambda path: path.name):
            if path.name.endswith((".py", ".toml")):
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
