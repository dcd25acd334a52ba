"""The table of indicators (``indicators.toml``): what its rows hold."""

from __future__ import annotations

import functools
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator

from normalizers.model.records import Population
from parsers.model.data_file import read_data, stand_once

Direction = Literal["higher", "lower"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_Sentence = Annotated[str, StringConstraints(min_length=10)]


class CatalogueEntry(_Strict):
    """One ``[[indicator]]``; what its fields mean is said at the file's head."""

    code: str
    name_ja: str
    name_en: str
    definition_ja: _Sentence
    definition_en: _Sentence
    unit: str
    population: Population | None = None
    direction: Direction | None = None
    plausible: tuple[float, float] | None = None
    national: dict[int, float | str] = {}
    numerator: str | None = None
    denominator: str | None = None
    wordings: tuple[str, ...]


class _Ignored(_Strict):
    words: tuple[str, ...]
    weak: tuple[str, ...]
    bare: tuple[str, ...]
    brackets: re.Pattern[str]


class CatalogueTable(_Strict):
    """The file as a whole."""

    spellings: dict[str, str]
    concepts: dict[str, tuple[str, ...]]
    exclusive: dict[str, tuple[str, ...]]
    denying: tuple[str, ...]
    measurable: tuple[str, ...]
    ignored: _Ignored
    population: dict[str, re.Pattern[str]]
    indicator: tuple[CatalogueEntry, ...]

    @field_validator("indicator")
    @classmethod
    def _codes_stand_once(cls, entries: tuple[CatalogueEntry, ...]) -> tuple[CatalogueEntry, ...]:
        stand_once((entry.code for entry in entries), "code")
        return entries


@functools.cache
def catalogue_table() -> CatalogueTable:
    """The file, read once."""
    return read_data("normalizers.indicators", "indicators.toml", CatalogueTable)
