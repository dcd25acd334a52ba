"""The words that headers are made of: the table ``header_words.toml``, held to its schema when it is first read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from normalizers.text.characters import normalize
from parsers.model.document import BoundWord, PopulationWord

HeaderRole = Literal[
    "section",
    "measure",
    "content",
    "group",
    "indicator",
    "target",
    "actual",
    "quantity",
    "number",
    "note",
    "schedule",
    "unit",
    "comparator",
]
HeaderEdition = Literal["new", "old"]
HeaderScope = Literal["reference", "branch"]

_VALUES: Mapping[str, tuple[object, ...]] = {
    "role": get_args(HeaderRole),
    "edition": get_args(HeaderEdition),
    "scope": get_args(HeaderScope),
    "population": get_args(PopulationWord),
    "comparator": get_args(BoundWord),
    "year": (-2, -1, 0, 1, 2),
}
_FLAGS = ("weak", "planned", "open", "prefix", "last", "period", "whole_year")


@dataclass(frozen=True, slots=True)
class HeaderWord:
    """One row of the table; see there for what each field says."""

    role: HeaderRole | None = None
    weak: bool = False
    planned: bool = False
    open: bool = False
    prefix: bool = False
    edition: HeaderEdition | None = None
    scope: HeaderScope | None = None
    year: int | None = None
    last: bool = False
    population: PopulationWord | None = None
    comparator: BoundWord | None = None
    period: bool = False
    whole_year: bool = False


class HeaderTableError(ValueError):
    """The table of header words does not keep to its schema."""


def word_at(text: str, offset: int) -> tuple[str, HeaderWord] | None:
    """The longest header word that stands at ``offset`` of a normalised text without blanks."""
    words = _by_first_letter().get(text[offset : offset + 1], ())
    return next(((word, row) for word, row in words if text.startswith(word, offset)), None)


@cache
def _by_first_letter() -> dict[str, tuple[tuple[str, HeaderWord], ...]]:
    table = tomllib.loads(files("parsers.tables").joinpath("header_words.toml").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[str, HeaderWord]]] = {}
    for word, row in header_words(table).items():
        found.setdefault(word[0], []).append((word, row))
    return {letter: tuple(sorted(words, key=lambda pair: -len(pair[0]))) for letter, words in found.items()}


def header_words(table: Mapping[str, object]) -> dict[str, HeaderWord]:
    """The words of a parsed table. Raises HeaderTableError where it breaks the schema or gives a word twice."""
    rows = table.get("word")
    if set(table) != {"word"} or not isinstance(rows, list):
        raise HeaderTableError("the table holds rows [[word]] only")
    known: dict[str, HeaderWord] = {}
    for row in rows:
        fields = dict(row)
        words = fields.pop("words", None)
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise HeaderTableError(f"words must be a list of strings: {row}")
        for field, value in fields.items():
            if field in _FLAGS and not isinstance(value, bool):
                raise HeaderTableError(f"{field} must be true or false: {words}")
            if field not in _FLAGS and value not in _VALUES.get(field, ()):
                raise HeaderTableError(f"{field} = {value!r} is not allowed: {words}")
        for word in words:
            plain = "".join(normalize(word).text.split())
            if plain in known:
                raise HeaderTableError(f"{word} is given twice")
            known[plain] = HeaderWord(**fields)
    return known
