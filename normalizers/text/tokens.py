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
    from sudachipy import Tokenizer

# Sudachi takes at most 49,149 bytes a call; a character has up to four.
LONGEST_TEXT = 12_000
"""More than this is not tokenised."""


class Token(NamedTuple):
    """One word: as printed, where it begins, its part of speech (名詞-普通名詞-一般) and its normalised form."""

    text: str
    idx: int
    tag_: str
    norm_: str

    @property
    def is_space(self) -> bool:
        """Whether the word is nothing but blanks."""
        return self.text.isspace()


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
def read_words(text: str) -> tuple[Token, ...]:
    """The words of a normalised text (of at most the first 12,000 characters).

    Kept, because plans say the same things again and again, and one text is read for several questions. They are the
    words of spaCy's document, which is not made: its parts of speech and readings cost five times what Sudachi does,
    and nobody asks for them.
    """
    from spacy.lang.ja import DetailedToken, get_dtokens_and_spaces

    readable = _readable(text[:LONGEST_TEXT])
    found: list[DetailedToken] = []
    for morpheme in _sudachi().tokenize(readable):
        surface, speech = morpheme.surface(), morpheme.part_of_speech()
        blank = surface.isspace() and speech[0] == "空白"
        if surface and not (blank and found and found[-1].tag == "空白" and found[-1].surface.isspace()):
            tag = "-".join([part for part in speech[:4] if part != "*"])
            found.append(DetailedToken(surface, tag, "", "", morpheme.normalized_form(), None, None))
    words: list[Token] = []
    at = 0
    for word, space in zip(*get_dtokens_and_spaces(found, readable), strict=True):  # type: ignore[no-untyped-call]
        words.append(Token(word.surface, at, word.tag, word.norm or word.surface.lower()))
        at += len(word.surface) + space
    return tuple(words)


@functools.cache
def _sudachi() -> Tokenizer:
    from spacy.lang.ja import JapaneseTokenizer

    tokenizer = language().tokenizer
    assert isinstance(tokenizer, JapaneseTokenizer)
    sudachi: Tokenizer = tokenizer.tokenizer
    return sudachi


def _readable(text: str) -> str:
    """Sudachi refuses lone surrogates; the replacement keeps every offset."""
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


class _Node:
    """A place in the tree of phrases: the names of those that end here, and where each next word leads."""

    __slots__ = ("following", "names")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.following: dict[str, _Node] = {}


class Phrases:
    """Finds phrases given as plain text by the normalised forms of their words, however inflected or spelled.

    ``まで引き上げる`` finds ``まで引きあげ`` too, because Sudachi gives both the same normal forms. Words are cut as
    their surroundings ask for (まで alone is read as ま and で), so phrases are read after the text ``before``.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]], before: str) -> None:
        self._root = _Node()
        skipped = len(read_words(before))
        for name, wordings in phrases.items():
            for wording in wordings:
                node = self._root
                for word in read_words(before + wording)[skipped:]:
                    node = node.following.setdefault(word.norm_, _Node())
                if name not in node.names:
                    node.names.append(name)

    def find(self, words: Sequence[Token]) -> dict[int, list[PhraseMatch]]:
        """All matches by the index of their first word, the longest first."""
        found: dict[int, list[PhraseMatch]] = {}
        for first, word in enumerate(words):
            node = self._root.following.get(word.norm_)
            last = first + 1
            matches: list[PhraseMatch] = []
            while node is not None:
                matches += [PhraseMatch(name, first, last) for name in node.names]
                node = node.following.get(words[last].norm_) if last < len(words) else None
                last += 1
            if matches:
                matches.sort(key=lambda match: (-match.last, match.name))
                found[first] = matches
        return found
