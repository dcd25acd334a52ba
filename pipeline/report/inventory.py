"""What an output folder holds: its documents with state and counts, and the newest run's account of its inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyarrow.parquet as pq

from pipeline.checks.entry_words import reason_of
from pipeline.inputs.decided_files import read_decided
from pipeline.store.columns import TABLES
from pipeline.store.manifest import Entry, Manifest, newest_manifest
from pipeline.store.state_folders import pin
from pipeline.store.stored_rows import StoredRows

if TYPE_CHECKING:
    from pipeline.decisions.decision import Decision

Row = dict[str, Any]
MapState = Literal["quarantined", "warnings", "loaded"]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document whose records are on disk, loaded or quarantined.

    ``files`` are its Parquet files by table, ``hashes`` what the run's account has for them.
    ``applied`` are the people's decisions that its records hold.
    """

    document: Row
    state: Literal["loaded", "quarantined"]
    files: Mapping[str, Path]
    hashes: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    reason_ja: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    severities: Mapping[str, int] = field(default_factory=dict)
    applied: tuple[Decision, ...] = ()

    @property
    def document_id(self) -> str:
        return str(self.document["document_id"])

    @property
    def map_state(self) -> MapState:
        """The state as the tile map colours it: loaded documents with warnings are told apart."""
        if self.state == "quarantined":
            return "quarantined"
        return "warnings" if self.severities.get("warning", 0) else "loaded"


@dataclass(frozen=True, slots=True)
class Inventory:
    """All stored documents, the newest year first, by branch, what they left to look at, and the newest run's manifest.

    ``manifest`` is None where no run is recorded.
    """

    documents: tuple[StoredDocument, ...]
    findings: tuple[Row, ...]
    unknown_indicators: tuple[Row, ...]
    manifest: Manifest | None

    @property
    def years(self) -> list[int]:
        """The fiscal years that any document speaks for, newest first."""
        return sorted({d.document["fiscal_year"] for d in self.documents if d.document["fiscal_year"]}, reverse=True)


def take_inventory(output: Path) -> Inventory:
    """Reads the small tables of every document under ``output``; the large ones only for their number of rows."""
    pinned = pin(output)
    manifest = newest_manifest(pinned.root)
    held = {entry.document_id: entry for entry in manifest.entries if entry.held} if manifest else {}
    decided = read_decided(output).by_document
    findings: list[Row] = []
    unknown: list[Row] = []
    documents = []
    names = {name: [column.name for column in table.columns] for name, table in TABLES.items()}
    with StoredRows(pinned.root) as stored:
        for state, document_id, paths in stored_files(pinned.root):
            rows = stored.of(document_id, paths, "documents", names["documents"])
            own = stored.of(document_id, paths, "findings", names["findings"])
            findings += [row for row in own if row["dismissed_by"] is None]
            unknown += stored.of(document_id, paths, "unknown_indicators", names["unknown_indicators"])
            documents.append(
                StoredDocument(
                    document=rows[0],
                    state=state,
                    files=paths,
                    hashes=held[document_id].files if document_id in held else {},
                    reason=held[document_id].reason if document_id in held else "",
                    reason_ja=reason_of(held[document_id], "ja") if document_id in held else "",
                    applied=_applied(decided.get(rows[0]["sha256"], ()), held.get(document_id)),
                    counts={name: stored.count(document_id, paths, name) for name in paths},
                    severities=Counter(row["severity"] for row in own if row["dismissed_by"] is None),
                )
            )
    documents.sort(key=lambda d: (-(d.document["fiscal_year"] or 0), d.document["branch_code"] or "", d.document_id))
    return Inventory(tuple(documents), tuple(findings), tuple(unknown), manifest)


def _applied(decisions: Iterable[Decision], entry: Entry | None) -> tuple[Decision, ...]:
    return () if entry is None else tuple(decision for decision in decisions if decision.id in entry.decided)


def stored_files(output: Path) -> Iterator[tuple[Literal["loaded", "quarantined"], str, dict[str, Path]]]:
    """The Parquet files of each stored document, by table; documents without a row of their own are left out."""
    for path in sorted((output / "tables" / "documents").glob("plan_year=*/*.parquet")):
        beside = {name: output / "tables" / name / path.parent.name / path.name for name in TABLES}
        yield "loaded", path.stem, {name: place for name, place in beside.items() if place.is_file()}
    for path in sorted((output / "quarantine").glob("*/documents.parquet")):
        beside = {name: path.parent / f"{name}.parquet" for name in TABLES}
        yield "quarantined", path.parent.name, {name: place for name, place in beside.items() if place.is_file()}


def read_rows(paths: Mapping[str, Path], table: str) -> list[Row]:
    """One document's rows of ``table``; none where it has no file."""
    rows: list[Row] = pq.ParquetFile(paths[table]).read().to_pylist() if table in paths else []
    return rows
