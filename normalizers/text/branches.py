"""The association's branches and its headquarters, from the table ``branches.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HEADQUARTERS = "00"


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch: two-digit code, the name plans print, its reading, its English name."""

    code: str
    name: str
    reading: str
    english: str


@cache
def branches() -> tuple[Branch, ...]:
    """All branches and headquarters, in the order of their codes."""
    table = tomllib.loads(files("normalizers.text").joinpath("branches.toml").read_text(encoding="utf-8"))
    return tuple(Branch(row["code"], row["name"], row["reading"], row["english"]) for row in table["branch"])


@cache
def branch_names() -> dict[str, str]:
    """The names by code, as plans print them, headquarters included."""
    return {branch.code: branch.name for branch in branches()}


def names_branch(text: str) -> str | None:
    """The name of the branch that a cell names and nothing else (長野, 長野支部), None where it names none."""
    plain = "".join(text.split()).removesuffix("支部")
    return plain if plain in branch_names().values() else None
