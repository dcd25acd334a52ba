"""What can be found: one entry a measure of a plan, with its headings and the names of the aims it states."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from normalizers.vocabulary import catalogue
from pipeline.store.views import connect

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
        coalesce(a.codes, []) AS codes
    FROM measures AS m
    JOIN thread_items AS i USING (measure_id)
    LEFT JOIN (
        SELECT measure_id, list(DISTINCT indicator_code ORDER BY indicator_code) AS codes
        FROM targets
        WHERE indicator_code IS NOT NULL
        GROUP BY measure_id
    ) AS a ON a.measure_id = m.measure_id
    WHERE i.linked <> 'repeated'
    ORDER BY i.fiscal_year DESC, i.branch_code, m.document_id, m.ordinal
"""


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


def read_entries(output: Path) -> tuple[Entry, ...]:
    """All entries of the tables under ``output``, the newest year first."""
    with connect(output) as connection:
        rows = connection.sql(ENTRIES).to_arrow_table().to_pylist()
    return tuple(Entry(**{**row, "codes": tuple(row["codes"])}) for row in rows)


def names_of(code: str) -> tuple[str, ...]:
    """All that the catalogue knows the indicator by: whoever asks in the words of another year finds it."""
    entry = catalogue().get(code)
    return (entry.name_ja, *entry.wordings) if entry else ()
