"""What a table is: its columns by name, type and meaning, and the Arrow schema that follows from them.

Types are named by what they mean, not by a library's classes, so that reading a declaration imports nothing heavy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

ColumnType = Literal[
    "string", "integer", "number", "boolean", "strings", "spans", "color_spans", "candidates", "reasons"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``allowed`` lists the values of a closed vocabulary, ``minimum`` and ``maximum`` bound a number."""

    name: str
    type: ColumnType
    meaning: str
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: ``key`` names the column that identifies a row, ``references`` maps columns to the table they name."""

    name: str
    row: str
    key: str
    columns: tuple[Column, ...]
    references: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """The column called ``name``; raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def range_in_words(low: float | None, high: float | None) -> str:
    """Bounds as ``1 … 12``, with nothing where there is none."""
    return " … ".join("" if bound is None else f"{bound:g}" for bound in (low, high)).strip()


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of ``table`` as it is stored, without the partition column ``plan_year``."""
    import pyarrow as pa

    offsets = [pa.field("start", pa.int32(), nullable=False), pa.field("end", pa.int32(), nullable=False)]
    types: dict[ColumnType, pa.DataType] = {
        "string": pa.string(),
        "integer": pa.int32(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "strings": pa.list_(pa.field("element", pa.string(), nullable=False)),
        "spans": pa.list_(pa.field("element", pa.struct(offsets), nullable=False)),
        "color_spans": pa.list_(
            pa.field("element", pa.struct([*offsets, pa.field("color", pa.string(), nullable=False)]), nullable=False)
        ),
        "candidates": pa.list_(
            pa.struct([pa.field("code", pa.string()), pa.field("name", pa.string()), pa.field("score", pa.float64())])
        ),
        "reasons": pa.list_(
            pa.struct(
                [
                    pa.field("code", pa.string(), nullable=False),
                    pa.field("field", pa.string()),
                    pa.field("values", pa.string(), nullable=False),
                ]
            )
        ),
    }
    return pa.schema([pa.field(c.name, types[c.type], nullable=c.nullable) for c in table.columns])
