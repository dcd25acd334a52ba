"""Keeps numbers out of the tables that a column cannot hold: infinite ones, and whole ones that are too large."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from parsers.model.finding import Finding
from parsers.model.geometry import Box
from pipeline.store.columns import TABLES
from pipeline.store.table import Column

LARGEST_WHOLE = 2**31 - 1
"""Of a column of whole numbers (Arrow's int32)."""

DOUBTED = 0.05
"""The confidence that is left to a target whose number cannot be held."""

Row = dict[str, Any]


def storable_rows(rows: Mapping[str, Sequence[Row]]) -> tuple[dict[str, list[Row]], tuple[Finding, ...]]:
    """``rows`` by table, what a column cannot hold left out, with a finding for each such number.

    The text that shows its digits is kept. A number of a column that may not be empty stays, for the encoding to
    refuse.
    """
    kept: dict[str, list[Row]] = {}
    findings = []
    for name, found in rows.items():
        table = TABLES[name]
        numeric = [column for column in table.columns if column.type in ("number", "integer") and column.nullable]
        kept[name] = []
        for row in found:
            lacking = [column.name for column in numeric if not _fits(column, row[column.name])]
            if lacking:
                findings.append(_finding(name, row, lacking))
                row = {**row, **dict.fromkeys(lacking)}  # noqa: PLW2901 - the row goes on without them
                if "confidence" in row:
                    row["confidence"] = min(row["confidence"], DOUBTED)
            kept[name].append(row)
    return kept, tuple(findings)


def _fits(column: Column, value: float | None) -> bool:
    if value is None:
        return True
    if column.type == "integer":
        return abs(value) <= LARGEST_WHOLE
    return math.isfinite(value)


def _finding(table: str, row: Row, columns: list[str]) -> Finding:
    box = Box(row["x0"], row["top"], row["x1"], row["bottom"]) if row.get("x0") is not None else None
    return Finding(
        "number_too_large",
        {"columns": columns, "text": row.get("statement_normalized") or row.get("text") or ""},
        row.get("page"),
        box,
        table,
        row[TABLES[table].key],
    )
