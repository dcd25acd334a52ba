"""Which branch sets its plan how: read from the offices' file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from pydantic import BaseModel, ConfigDict, field_validator

from normalizers.vocabulary import fiscal_year_name
from parsers.model.data_file import read_data, stand_once
from pipeline.sample.layouts import COMPARISONS
from pipeline.sample.style import Style


@dataclass(frozen=True, slots=True)
class Office:
    """One branch and its habits. ``slips`` are the planted mistakes of its plan (names of findings to be had)."""

    branch_code: str
    branch_name: str
    style: Style
    slips: tuple[str, ...]
    own_file_name: str | None

    def file_name(self, year: int) -> str:
        """33_岡山_令和6年度事業計画.pdf, or what this office calls its file."""
        if self.own_file_name:
            return self.own_file_name
        kind = "_新旧対照表" if self.style.layout in COMPARISONS else ""
        return f"{self.branch_code}_{self.branch_name}_{fiscal_year_name(year)}事業計画{kind}.pdf"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Other(_Strict):
    """An office that is none of the 47 branches."""

    code: str
    name: str
    slips: tuple[str, ...]
    file_name: str | None = None
    style: Style


class _Table(_Strict):
    """The file, explained there; branches by their codes."""

    branches: tuple[str, ...]
    file_names: dict[str, str]
    slips_of_years: dict[str, tuple[str, ...]]
    layouts_of_years: dict[str, str]
    other: tuple[_Other, ...]
    slips: dict[str, str]
    office: dict[str, Style]
    habits: tuple[Style, ...]

    @field_validator("branches")
    @classmethod
    def _names_stand_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        stand_once(names, "branch")
        return names


@cache
def other_offices() -> tuple[Office, ...]:
    """Headquarters, and an office whose plan does not say whose it is: both only in a corpus of several years."""
    return tuple(Office(own.code, own.name, own.style, own.slips, own.file_name) for own in _table().other)


def slips_of_years() -> dict[str, tuple[str, ...]]:
    """By branch code, the mistakes that are planted in a corpus of several years, beside those of its office."""
    found: dict[str, tuple[str, ...]] = {}
    for slip, codes in _table().slips_of_years.items():
        for code in codes:
            found[code] = (*found.get(code, ()), slip)
    return found


def set_for_years(office: Office) -> Office:
    """The office as it sets its plans in a corpus of several years."""
    layout = _table().layouts_of_years.get(office.branch_code)
    return office if layout is None else replace(office, style=replace(office.style, layout=layout))


@cache
def _table() -> _Table:
    return read_data("pipeline.sample", "offices.toml", _Table)


@cache
def offices() -> tuple[Office, ...]:
    """All 47, in the order of their codes."""
    data = _table()
    turn = 0
    found: list[Office] = []
    for number, name in enumerate(data.branches, start=1):
        code = f"{number:02d}"
        own = data.office.get(code)
        if own is None:
            own = data.habits[turn % len(data.habits)]
            turn += 1
        slips = tuple(slip for slip, at in data.slips.items() if at == code)
        found.append(Office(code, name, own, slips, data.file_names.get(code)))
    return tuple(found)
