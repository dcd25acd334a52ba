"""The report's own words in Japanese and English, and the prefectures on its tile map: data files, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from normalizers.model.wording import Vocabularies, vocabularies
from parsers.model.data_file import read_data
from pipeline.checks.rules import rules

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Prefecture:
    """One square of the tile map: ``column`` counts from the west, ``row`` from the north, both from 1."""

    code: str
    column: int
    row: int
    ja: str
    en: str


class _Place(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    column: int
    row: int
    ja: str
    en: str


class _TileMap(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    prefectures: dict[str, _Place]


@cache
def texts() -> dict[str, dict[str, str]]:
    """Every text by its key: ``{"front.title": {"ja": …, "en": …}}``; units and checks have theirs elsewhere."""
    sections = read_data("pipeline.report", "texts.toml", Vocabularies).root
    own = {f"{section}.{key}": both.model_dump() for section, keys in sections.items() for key, both in keys.items()}
    units = {f"unit.{code}": words.model_dump() for code, words in vocabularies()["unit"].items()}
    return own | units | {f"check.{name}": rule.name.model_dump() for name, rule in rules().items()}


def text(key: str, language: Language) -> str:
    """The text of ``key``; the key itself where there is none, so that a new check's name still shows."""
    return texts()[key][language] if key in texts() else key.rpartition(".")[2]


@cache
def prefectures() -> tuple[Prefecture, ...]:
    """The 47 prefectures by code."""
    places = read_data("pipeline.report", "tile_map.toml", _TileMap).prefectures
    return tuple(Prefecture(code, **place.model_dump()) for code, place in sorted(places.items()))
