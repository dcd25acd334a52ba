"""Words of a text, by Sudachi through spaCy: surface and Sudachi's normalised form.

spaCy takes seconds to import and its tokeniser some hundred milliseconds to load, so both happen once a process and
only when the first word is asked for. Numbers are never read from here: normal forms turn 95.0 into 95.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Sudachi takes at most 49,149 bytes a call; a character has up to four.
LONGEST_TEXT = 12_000
"""More than this is not tokenised."""


class PhraseMatch(NamedTuple):
    """Where a phrase of the given name stands in a text: words ``first:last`` (half-open)."""

    name: str
    first: int
    last: int


@functools.cache
def language() -> Language:
    """spaCy's blank Japanese pipeline: Sudachi's shortest units, NORM holding the normalised form."""
    import spacy

    return spacy.blank("ja")


@functools.lru_cache(maxsize=4096)
def read_words(text: str) -> Doc:
    """The words of a normalised text (of at most the first 12,000 characters).

    Kept, because plans say the same things again and again, and one text is read for several questions.
    """
    return language()(_readable(text[:LONGEST_TEXT]))


def _readable(text: str) -> str:
    """Sudachi refuses lone surrogates; the replacement keeps every offset."""
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


class Phrases:
    """Finds phrases given as plain text by the normalised forms of their words, however inflected or spelled.

    ``まで引き上げる`` finds ``まで引きあげ`` too, because Sudachi gives both the same normal forms. Words are cut as
    their surroundings ask for (まで alone is read as ま and で), so phrases are read after the text ``before``.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]], before: str) -> None:
        from spacy.matcher import PhraseMatcher

        self._matcher = PhraseMatcher(language().vocab, attr="NORM")
        skipped = len(language()(before))
        for name, wordings in phrases.items():
            self._matcher.add(name, [language()(before + wording)[skipped:].as_doc() for wording in wordings])

    def find(self, words: Doc) -> dict[int, list[PhraseMatch]]:
        """All matches by the index of their first word, the longest first."""
        found: dict[int, list[PhraseMatch]] = {}
        for key, first, last in self._matcher(words):
            found.setdefault(first, []).append(PhraseMatch(words.vocab.strings[key], first, last))
        for matches in found.values():
            matches.sort(key=lambda match: (-match.last, match.name))
        return found
