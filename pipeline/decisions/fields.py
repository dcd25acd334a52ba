"""The fields that a person may correct, and whether a value is one that the table could hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Self

from pydantic import BaseModel, ConfigDict, RootModel, model_validator

from normalizers.vocabulary import branches, catalogue, unit_codes
from parsers.model.data_file import read_data, stand_once
from pipeline.store.columns import TABLES
from pipeline.store.table import Column, range_in_words

LONGEST_TEXT = 4000
"""Characters; a whole page of a plan has some 2,000."""


class Correctable(BaseModel):
    """The correctable fields of one table: those that hold values, and those that point to a line of the outline."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    values: tuple[str, ...]
    places: tuple[str, ...]


class _Table(RootModel[dict[str, Correctable]]):
    @model_validator(mode="after")
    def _are_columns(self) -> Self:
        for table, own in self.root.items():
            if table not in TABLES:
                raise ValueError(f"there is no table {table}")
            stand_once((*own.values, *own.places), f"field of {table}")
            columns = {column.name for column in TABLES[table].columns}
            if unknown := sorted({*own.values, *own.places} - columns):
                raise ValueError(f"{table} has no column {unknown[0]}")
        return self


@cache
def correctable() -> Mapping[str, Correctable]:
    """The correctable fields by table."""
    return read_data("pipeline.decisions", "fields.toml", _Table).root


def choices(table: str, field: str) -> tuple[str, ...]:
    """The values to choose from where the contract allows only certain ones; empty where any may stand."""
    if field == "indicator_code":
        return tuple(catalogue())
    if field == "unit":
        return unit_codes()
    if field == "branch_code":
        return tuple(branch.code for branch in branches())
    return TABLES[table].column(field).allowed


def fault(table: str, field: str, value: object) -> str | None:
    """Why ``value`` cannot stand in ``field`` of ``table``; None where it can."""
    own = correctable().get(table)
    if own is None or field not in (*own.values, *own.places):
        return f"{table}.{field} cannot be corrected"
    if field in own.places:
        return None if value is None or _is_place(value) else f"{field} is no line: give its page and text"
    column = TABLES[table].column(field)
    if value is None:
        return None if column.nullable else f"{field} may not be empty"
    allowed = choices(table, field)
    if allowed and value not in allowed:
        return f"{field} is one of {', '.join(allowed)}"
    return _fault_of_type(column, value)


def _is_place(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("page"), int) and isinstance(value.get("text"), str)


def _fault_of_type(column: Column, value: object) -> str | None:
    match column.type:
        case "string":
            fits = isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT
        case "boolean":
            fits = isinstance(value, bool)
        case "integer":
            fits = isinstance(value, int) and not isinstance(value, bool) and _within(column, value)
        case "number":
            fits = isinstance(value, (int, float)) and not isinstance(value, bool) and _within(column, value)
        case "strings":
            fits = isinstance(value, list) and all(isinstance(v, str) and len(v) <= LONGEST_TEXT for v in value)
        case _:
            fits = False
    bounds = range_in_words(column.minimum, column.maximum)
    return None if fits else f"{column.name} is no {column.type}" + (f" ({bounds})" if bounds else "")


def _within(column: Column, value: float) -> bool:
    if not math.isfinite(value):
        return False
    low = column.minimum is None or value >= column.minimum
    return low and (column.maximum is None or value <= column.maximum)
