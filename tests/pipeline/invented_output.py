"""Invented documents, written through the declared schemas, for tests of all that reads an output folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store.columns import SCHEMA_VERSION, TABLES
from pipeline.store.manifest import Entry, Manifest, totals_of, write_manifest
from pipeline.store.table import Table, arrow_schema

Row = dict[str, Any]

EMPTY: Mapping[str, Any] = {
    "string": "",
    "integer": 1,
    "number": 0.0,
    "boolean": False,
    "strings": [],
    "spans": [],
    "color_spans": [],
    "candidates": [],
    "reasons": [],
}


def full_row(table: Table, given: Row) -> Row:
    """``given`` with every other column null, or empty where the column may not be null."""
    defaults = {c.name: None if c.nullable else c.allowed[0] if c.allowed else EMPTY[c.type] for c in table.columns}
    unknown = given.keys() - defaults.keys()
    assert not unknown, f"{table.name} has no columns {unknown}"
    return defaults | given


@dataclass
class InventedDocument:
    """One document's rows by table, made of what a test cares about."""

    year: int
    code: str
    name: str
    kind: str = "plan"
    title: str = ""
    source_file: str = ""
    quarantined: bool = False
    page_count: int = 2
    sha256: str = "0" * 64
    rows: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def document_id(self) -> str:
        return f"{self.year}-{self.code}-{self.kind}-{self.sha256[:8]}"

    def add(self, table: str, **given: Any) -> str:
        """Adds a row and returns its key."""
        own = self.rows.setdefault(table, [])
        key = TABLES[table].key
        if key != "document_id" and key not in given:
            given[key] = f"{self.document_id}-{table[0]}{len(own):04}"
        own.append(full_row(TABLES[table], {"document_id": self.document_id, **given}))
        return str(given[key])

    def target(self, indicator: str, code: str | None, value: float | None, unit: str | None, **given: Any) -> str:
        """Adds an aim with the measure that states it."""
        statement = given.pop("statement", f"{indicator}を{value}以上とする")
        box = {"x0": 60.0, "top": 100.0, "x1": 400.0, "bottom": 115.0, "page": given.pop("page", 1)}
        measure = self.add("measures", kind="target", text=statement, text_normalized=statement, marker="■", **box)
        values: Row = {
            "indicator": indicator,
            "indicator_code": code,
            "value": value,
            "unit": unit,
            "comparator": "ge",
            "basis": "absolute",
            "edition": "single",
            "fiscal_year": self.year,
            "branch_code": self.code,
            "section": "戦略的保険者機能の一層の発揮",
            "confidence": 0.95,
            "measure_id": measure,
            "statement": statement,
            "statement_normalized": statement,
        }
        return self.add("targets", **(values | box | given))

    def write(self, output: Path) -> None:
        """Writes the rows where an ingest would."""
        document = {
            "document_id": self.document_id,
            "source_file": self.source_file or f"{self.code}.pdf",
            "sha256": self.sha256,
            "branch_code": self.code,
            "branch_name": self.name,
            "fiscal_year": self.year,
            "title": self.title or f"{self.name}支部事業計画",
            "kind": self.kind,
            "page_count": self.page_count,
            "text_layer": "digital",
            "producer": "",
            "pipeline_version": "0",
        }
        rows = {"documents": [full_row(TABLES["documents"], document)], **self.rows}
        for name, table in TABLES.items():
            arrow = pa.Table.from_pylist(rows.get(name, []), schema=arrow_schema(table))
            path = (
                output / "quarantine" / self.document_id / f"{name}.parquet"
                if self.quarantined
                else output / "tables" / name / f"plan_year={self.year}" / f"{self.document_id}.parquet"
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(arrow, path)


def invented_manifest(entries: tuple[Entry, ...] = (), sequence: int = 1) -> Manifest:
    """The account of one run with ``entries`` as its inputs."""
    return Manifest(
        run_id=f"{sequence:06d}-20260401T000000Z",
        started="2026-04-01T00:00:00.000+00:00",
        finished="2026-04-01T00:00:01.000+00:00",
        pipeline_version="0.1.0",
        schema_version=SCHEMA_VERSION,
        fingerprint="",
        versions={},
        totals=totals_of(entries),
        missing_branches={},
        documents=entries,
        kept=(),
        sequence=sequence,
    )


def write_run(output: Path, entries: tuple[Entry, ...] = ()) -> None:
    """Writes the manifest of one run with ``entries`` as its inputs."""
    write_manifest(output, invented_manifest(entries))


def invented_documents() -> list[InventedDocument]:
    """Three branches in two years: values that rise and fall, one without a number, one branch missing, one doubt."""
    documents = []
    for code, name, rate, before in (
        ("33", "岡山", 60.3, 57.0),
        ("43", "熊本", 66.5, 65.1),
        ("13", "東京", 52.0, None),
    ):
        if before is not None:
            earlier = InventedDocument(2023, code, name, sha256=f"a{code}" + "0" * 61)
            earlier.target(
                "生活習慣病予防健診実施率", "checkup_rate", before, "percent", kind="kpi", population="insured"
            )
            documents.append(earlier)
        plan = InventedDocument(2024, code, name, sha256=f"b{code}" + "0" * 61)
        plan.target(
            "生活習慣病予防健診実施率", "checkup_rate", rate, "percent", kind="kpi", number=1, population="insured"
        )
        plan.target(
            "返納金債権の回収率", "recovery_rate", None, None, kind="kpi", number=2, basis="previous_year", page=2
        )
        documents.append(plan)
    documents[1].add(
        "findings",
        values="{}",
        severity="warning",
        check="kpi_numbering",
        message="番号が飛んでいます。",
        page=2,
        x0=60.0,
        top=100.0,
        x1=90.0,
        bottom=115.0,
    )
    return documents
