"""The association's branches and its headquarters, from the table ``branches.toml``."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict, field_validator

from parsers.model.data_file import read_data, stand_once

HEADQUARTERS = "00"


class Branch(BaseModel):
    """One branch: two-digit code, the name plans print, its reading, its English name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    name: str
    reading: str
    english: str


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    branch: tuple[Branch, ...]

    @field_validator("branch")
    @classmethod
    def _codes_and_names_stand_once(cls, rows: tuple[Branch, ...]) -> tuple[Branch, ...]:
        stand_once((row.code for row in rows), "code")
        stand_once((row.name for row in rows), "name")
        return rows


@cache
def branches() -> tuple[Branch, ...]:
    """All branches and headquarters, in the order of their codes."""
    return read_data("normalizers.text", "branches.toml", _Table).branch


@cache
def branch_names() -> dict[str, str]:
    """The names by code, as plans print them, headquarters included."""
    return {branch.code: branch.name for branch in branches()}


def names_branch(text: str) -> str | None:
    """The name of the branch that a cell names and nothing else (長野, 長野支部), None where it names none."""
    plain = "".join(text.split()).removesuffix("支部")
    return plain if plain in branch_names().values() else None
