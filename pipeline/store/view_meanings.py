"""What the views and their columns mean, as ``views.toml`` declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from parsers.model.data_file import read_data, stand_once


@dataclass(frozen=True, slots=True)
class ViewMeaning:
    """What a view holds one row of, and what each of its columns means."""

    row: str
    columns: Mapping[str, str]


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    row: str
    columns: tuple[str, ...]
    meanings: dict[str, str] = {}


class _Views(BaseModel):
    """The file, explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, str]
    views: dict[str, _View]

    def meaning(self, view: _View, column: str) -> str:
        return view.meanings.get(column) or self.columns[column]

    @model_validator(mode="after")
    def _every_column_has_a_meaning(self) -> Self:
        for name, view in self.views.items():
            stand_once(view.columns, f"column of {name}")
            if left := (set(view.columns) - view.meanings.keys() - self.columns.keys()) | (
                view.meanings.keys() - set(view.columns)
            ):
                raise ValueError(f"column {min(left)} of {name} stands without a meaning, or a meaning without it")
        return self


@cache
def view_meanings() -> Mapping[str, ViewMeaning]:
    """By view: its row and columns as ``views.toml`` declares them; shared columns are declared there once."""
    declared = read_data("pipeline.store", "views.toml", _Views)
    return {
        name: ViewMeaning(view.row, {column: declared.meaning(view, column) for column in view.columns})
        for name, view in declared.views.items()
    }
