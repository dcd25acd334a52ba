"""Sentences with holes, filled with values in English or Japanese: findings and reasons take their words from here.

A hole is ``{name}`` or ``{name:form}``. Forms: ``number`` (172,500), ``share`` (0.034 → 3.4%), ``list`` (joined by
commas), ``excerpt`` (at most 80 characters), ``reasons`` (reasons one by one), the name of a vocabulary of
``words.toml`` (``unit``, ``comparator``, ``doubt`` …), or a format of Python's (``.2f``). A value that is not there
leaves its hole as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from string import Formatter
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, RootModel

from parsers.model.data_file import read_data

Language = Literal["en", "ja"]
EXCERPT = 80
"""Most characters of a quoted text in a sentence."""

_COMMA = {"en": ", ", "ja": "、"}


class Words(BaseModel):
    """The same words in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str
    ja: str

    def of(self, language: Language) -> str:
        return self.en if language == "en" else self.ja

    @property
    def holes(self) -> frozenset[str]:
        """The names of the English sentence's holes."""
        return holes(self.en)


class Vocabularies(RootModel[dict[str, dict[str, Words]]]):
    """A file of words in both languages, by group and code."""


@cache
def vocabularies() -> Mapping[str, Mapping[str, Words]]:
    """Words for codes (units, comparators, names of doubts), by vocabulary and code."""
    return read_data("normalizers.model", "words.toml", Vocabularies).root


def holes(sentence: str) -> frozenset[str]:
    """The names of a sentence's holes."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def filled(
    words: Words,
    values: Mapping[str, Any],
    language: Language,
    reason: Callable[[Mapping[str, Any], Language], str] = lambda reason, _language: str(reason["code"]),
) -> str:
    """The sentence in ``language`` with its holes filled; ``reason`` words one reason of a ``{…:reasons}`` hole."""
    said: list[str] = []
    for text, name, form, _ in Formatter().parse(words.of(language)):
        said.append(text)
        if name is not None:
            said.append(_worded(values[name], form or "", language, reason) if name in values else f"{{{name}}}")
    return "".join(said)


def word(vocabulary: str, code: str | None, language: Language) -> str:
    """The word for a code; the code itself where the vocabulary does not have it."""
    found = vocabularies()[vocabulary].get(code or "none")
    return found.of(language) if found else str(code)


def _worded(value: Any, form: str, language: Language, reason: Callable[[Mapping[str, Any], Language], str]) -> str:
    if form == "reasons":
        return _joined((reason(one, language) for one in value), language)
    if isinstance(value, (list, tuple)):
        return _joined((_worded(one, "" if form == "list" else form, language, reason) for one in value), language)
    if form == "number":
        return "–" if value is None else f"{value:,.10g}"
    if form == "share":
        return f"{value:.1%}"
    if form == "excerpt":
        text = "–" if value is None else str(value)
        return text if len(text) <= EXCERPT else text[:EXCERPT] + "…"
    if form in vocabularies():
        return word(form, value, language)
    return format(value, form)


def _joined(parts: Iterable[str], language: Language) -> str:
    return _COMMA[language].join(parts)
