"""The words that headers are made of: the table ``header_words.toml``, held to its schema when it is first read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from normalizers.text.branches import branch_names
from normalizers.text.characters import normalize
from parsers.model.data_file import read_data, stand_once
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
    "aside",
    "schedule",
    "unit",
    "comparator",
]
HeaderEdition = Literal["new", "old"]
HeaderScope = Literal["reference", "aside", "branch"]


class HeaderWord(BaseModel):
    """One row of the table; see there for what each field says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Annotated[tuple[str, ...], Field(min_length=1)] = ("",)
    role: HeaderRole | None = None
    weak: bool = False
    planned: bool = False
    open: bool = False
    prefix: bool = False
    edition: HeaderEdition | None = None
    scope: HeaderScope | None = None
    year: int | None = Field(default=None, ge=-2, le=2)
    last: bool = False
    population: PopulationWord | None = None
    comparator: BoundWord | None = None
    period: bool = False
    whole_year: bool = False
    grade: bool = False
    name: bool = False
    adds: bool = False
    begins: bool = False

    @property
    def joins(self) -> bool:
        """Whether the words say nothing themselves."""
        said = (self.role, self.edition, self.scope, self.year, self.population, self.comparator)
        return not (self.last or self.period or self.whole_year or self.grade) and all(value is None for value in said)


class HeaderTable(BaseModel):
    """The file: rows of words, no word in two of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    word: tuple[HeaderWord, ...]

    @model_validator(mode="after")
    def _words_stand_once(self) -> HeaderTable:
        stand_once((word for row in self.word for word in row.words), "word")
        return self


def word_at(text: str, offset: int) -> tuple[str, HeaderWord] | None:
    """The longest header word that stands at ``offset`` of a normalised text without blanks.

    Raises DataFileError where the table does not keep to its schema.
    """
    words = _by_first_letter().get(text[offset : offset + 1], ())
    return next(((word, row) for word, row in words if text.startswith(word, offset)), None)


def holds_edition_word(text: str) -> bool:
    """Whether a normalised text without blanks holds a word for an edition; what else it says is not asked."""
    return _edition_words().search(text) is not None


@cache
def _edition_words() -> re.Pattern[str]:
    words = {word for listed in _by_first_letter().values() for word, row in listed if row.edition is not None}
    return re.compile("|".join(map(re.escape, sorted(words))))


def text_beside_aims(words: Sequence[HeaderWord | None]) -> HeaderWord | None:
    """The word for text where another joins it with one for aims (実施内容・KPI) or results; None where there is none.

    None among the ``words`` stands for unknown text.
    """
    telling = [word for word in words if word is None or word.role is not None or word.adds]
    for before, word, after in zip(telling, telling[1:], telling[2:], strict=False):
        if word is None or not word.adds or before is None or after is None:
            continue
        text = next((one for one in (before, after) if one.role == "content" and not one.planned), None)
        if text is not None and "actual" in (before.role, after.role):
            # 実績と課題 tells of a year that is over.
            return text.model_copy(update={"role": "aside", "weak": False})
        if text is not None and {before.role, after.role} & {"indicator", "target"}:
            return text.model_copy(update={"weak": False})
    return None


@cache
def _by_first_letter() -> dict[str, tuple[tuple[str, HeaderWord], ...]]:
    found: dict[str, list[tuple[str, HeaderWord]]] = {}
    # 山形支部目標 speaks of the branch as 支部目標 does.
    named = HeaderWord(words=tuple(f"{name}支部" for name in branch_names().values()), scope="branch")
    for row in (*read_data("parsers.tables", "header_words.toml", HeaderTable).word, named):
        for written in row.words:
            word = "".join(normalize(written).text.split())
            found.setdefault(word[0], []).append((word, row))
    return {letter: tuple(sorted(words, key=lambda pair: -len(pair[0]))) for letter, words in found.items()}
