"""Counters that the table of units lacks (25報, 3艇, 120MW): a dictionary knows them, so the number is theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import pattern, words
from normalizers.text.numbers import Quantity, read_quantities
from normalizers.text.tokens import Token, read_words

_MAY_COUNT = pattern("counted_actions.may_count")
_COUNTERS = words("speech.counters")
_PER = pattern("counted_actions.per")
_SUFFIX = "接尾辞-名詞的"
"""Counts something where no further part of a word stands behind it (25報, but not 3師会)."""

_PARTS_OF_WORDS = words("speech.parts_of_words")


def with_counters(text: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities of a normalised text; one without a unit takes the counter behind it."""
    for quantity in quantities:
        counted = quantity.unit is None and quantity.end == quantity.number_end
        word = _counter_at(text, quantity.end) if counted and _MAY_COUNT.match(text, quantity.end) else None
        if word is None:
            yield quantity
            continue
        per = _PER.match(text, word.idx + len(word.text))
        end = per.end() if per else word.idx + len(word.text)
        yield replace(quantity, end=end, counter=text[word.idx : end])


def quantities_in_units(text: str) -> tuple[Quantity, ...]:
    """The quantities of a normalised text that have a unit or a counter."""
    return tuple(quantity for quantity in with_counters(text, read_quantities(text)) if quantity.has_unit)


def _counter_at(text: str, offset: int) -> Token | None:
    words = read_words(text)
    at = next((at for at, word in enumerate(words) if word.idx >= offset and not word.is_space), None)
    if at is None or words[at].idx > offset + 1 or words[at].text in lexicon()["names"]["numbering"]:
        return None
    word, behind = words[at], words[at + 1] if at + 1 < len(words) else None
    goes_on = behind is not None and behind.idx == word.idx + len(word.text) and behind.tag_.startswith(_PARTS_OF_WORDS)
    return word if word.tag_.startswith((*_COUNTERS, _SUFFIX)) and not goes_on else None
