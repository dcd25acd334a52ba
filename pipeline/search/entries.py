"""What can be found: one entry a measure of a plan, with its headings and the names of the aims it states."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self

import duckdb

from normalizers.vocabulary import catalogue

# What another document says of the same year again is found once.
ENTRIES = """
    SELECT
        m.measure_id,
        i.branch_code,
        i.branch_name,
        i.fiscal_year,
        m.kind,
        i.heading_path,
        m.text_normalized AS text,
        m.document_id,
        m.page,
        i.link,
        coalesce(a.codes, []) AS codes,
        m.ordinal
    FROM measures AS m
    JOIN thread_items AS i USING (measure_id)
    LEFT JOIN (
        SELECT measure_id, list(DISTINCT indicator_code ORDER BY indicator_code) AS codes
        FROM targets
        WHERE indicator_code IS NOT NULL
        GROUP BY measure_id
    ) AS a ON a.measure_id = m.measure_id
    WHERE i.linked <> 'repeated'
"""
_ORDER = "ORDER BY fiscal_year DESC, branch_code, document_id, ordinal"


@dataclass(frozen=True, slots=True)
class FoundMeasure:
    """One measure; ``link`` is its place in the report."""

    measure_id: str
    branch_code: str | None
    branch_name: str | None
    fiscal_year: int | None
    kind: str
    heading_path: str | None
    text: str
    document_id: str
    page: int
    link: str


@dataclass(frozen=True, slots=True)
class Entry(FoundMeasure):
    """A measure in the index. ``codes`` are the catalogue's codes of the aims that it states."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """All that can be found in the tables that ``connection`` sees."""

    connection: duckdb.DuckDBPyConnection

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection) -> Self:
        """The entries are gathered once for all that is asked of them."""
        connection.execute(f"CREATE OR REPLACE TEMP TABLE entries AS {ENTRIES}")
        return cls(connection)

    def marks(self, group: str) -> Mapping[str, str]:
        """By the value of the expression ``group``: a digest of the entries that have it."""
        # SQL of this project's own.
        asked = f"SELECT {group} AS name, count(*) || ' ' || sum(hash(e)) FROM entries AS e GROUP BY name"  # noqa: S608
        return dict(self.connection.execute(asked).fetchall())

    def where(self, group: str, values: Collection[str]) -> tuple[Entry, ...]:
        """The entries for which the expression ``group`` has one of ``values``, the newest year first."""
        asked = f"SELECT * EXCLUDE (ordinal) FROM entries WHERE list_contains($values, {group}) {_ORDER}"  # noqa: S608
        rows = self.connection.sql(asked, params={"values": sorted(values)}).to_arrow_table().to_pylist()
        return tuple(Entry(**{**row, "codes": tuple(row["codes"])}) for row in rows)

    def different(self, column: str) -> list[Any]:
        """The values that entries have in ``column``, sorted; what is empty left out."""
        asked = f"SELECT DISTINCT {column} FROM entries WHERE {column} IS NOT NULL ORDER BY 1"  # noqa: S608
        return [value for (value,) in self.connection.execute(asked).fetchall()]


def names_of(code: str) -> tuple[str, ...]:
    """All that the catalogue knows the indicator by: whoever asks in the words of another year finds it."""
    entry = catalogue().get(code)
    return (entry.name_ja, *entry.wordings) if entry else ()
