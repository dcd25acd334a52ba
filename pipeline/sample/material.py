"""What the invented plans say and measure: the tables ``measures.toml`` and ``indicators.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator

from normalizers.model.records import Comparator, Population
from parsers.model.data_file import read_data, stand_once

_NO_END = 9999


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Indicator(_Strict):
    """One thing measured; what its fields mean is said at the file's head. Years are fiscal, both ends included."""

    name: str
    name_before_2024: str | None = None
    unit: str
    population: Population | None = None
    comparator: Comparator | None = None
    level: float = 0.0
    level_before_2024: float | None = None
    spread: float = 0.0
    growth: float = 0.0
    decimals: int = 0
    relative: Literal["always"] | int | None = None
    joint: str = "を"
    goal: str = ""
    mark: str = ""
    note: str | None = None
    deadline: str = ""
    since: int = Field(default=0, alias="from")
    until: int = _NO_END

    def name_in(self, year: int) -> str:
        """How plans of the fiscal ``year`` call it."""
        return (self.name_before_2024 or self.name) if year < 2024 else self.name

    def level_in(self, year: int) -> float:
        """The value around which branches scatter in the fiscal ``year``."""
        return self.level_before_2024 if year < 2024 and self.level_before_2024 is not None else self.level

    def is_relative(self, year: int) -> bool:
        """Whether the aim of the fiscal ``year`` is set against the year before."""
        return self.relative == "always" or (isinstance(self.relative, int) and year >= self.relative)


class Period(_Strict):
    """The names of the three sections from a fiscal year on."""

    since: int = Field(alias="from")
    names: tuple[str, str, str]


class Measure(_Strict):
    """One measure with its actions; what its fields mean is said at the file's head."""

    key: str
    section: Literal[1, 2, 3]
    heading: str
    heading_before_2024: str | None = None
    actions: tuple[str, ...]
    spreading: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    branch_aims: tuple[str, ...] = ()
    figures: str | None = None
    importance: str | None = None
    difficulty: str | None = None
    may_move: dict[int, str] = {}
    may_split: dict[int, tuple[str, str]] = {}
    until: int = _NO_END

    def heading_in(self, year: int) -> str:
        """How plans of the fiscal ``year`` head it."""
        return (self.heading_before_2024 or self.heading) if year < 2024 else self.heading


class Material(_Strict):
    """What the plans say: section names, the newest first, and measures in their order."""

    section: tuple[Period, ...]
    measure: tuple[Measure, ...]

    @field_validator("measure")
    @classmethod
    def _keys_stand_once(cls, rows: tuple[Measure, ...]) -> tuple[Measure, ...]:
        stand_once((row.key for row in rows), "key")
        return rows

    def section_names(self, year: int) -> tuple[str, str, str]:
        """The names of the sections in the fiscal ``year``; raises StopIteration before the first period."""
        return next(period.names for period in self.section if period.since <= year)


@cache
def material() -> Material:
    """Raises DataFileError where the table does not keep to its schema."""
    return read_data("pipeline.sample", "measures.toml", Material)


@cache
def indicators() -> Mapping[str, Indicator]:
    """By key. Raises DataFileError where the table does not keep to its schema."""
    return read_data("pipeline.sample", "indicators.toml", RootModel[dict[str, Indicator]]).root
