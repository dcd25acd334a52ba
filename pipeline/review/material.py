"""All that a review is made of: the documents of an output folder with their rows, and what was decided on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.report.inventory import read_rows, stored_files
from pipeline.store.manifest import newest_manifest
from pipeline.store.state_folders import Pin, pin

Row = dict[str, Any]


@dataclass(frozen=True)
class ReviewedDocument:
    """One stored document; the large tables are read when they are asked for.

    ``applied`` are the ids of the decisions that its tables already hold.
    """

    document: Row
    state: str
    files: Mapping[str, Path]
    targets: tuple[Row, ...]
    findings: tuple[Row, ...]
    applied: frozenset[str] = frozenset()

    @property
    def document_id(self) -> str:
        return str(self.document["document_id"])

    @property
    def sha256(self) -> str:
        return str(self.document["sha256"])

    @cached_property
    def measures(self) -> tuple[Row, ...]:
        return tuple(read_rows(self.files, "measures"))

    @cached_property
    def changes(self) -> tuple[Row, ...]:
        return tuple(read_rows(self.files, "changes"))

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        rows: dict[str, Row] = {row["target_id"]: row for row in self.targets}
        rows |= {row["measure_id"]: row for row in self.measures}
        return rows | {row["change_id"]: row for row in self.changes}


@dataclass(frozen=True)
class Material:
    """Everything of one state of an output folder, by document id; ``run_id`` names the state."""

    run_id: str
    documents: Mapping[str, ReviewedDocument]
    pinned: Pin | None = None
    """Keeps the documents' files on the disk."""

    @cached_property
    def values(self) -> Mapping[tuple[str, str | None, str | None], tuple[Row, ...]]:
        """Rows with a value by indicator (code, else words), population and unit, each with its branch's name."""
        found: dict[tuple[str, str | None, str | None], list[Row]] = defaultdict(list)
        for document in self.documents.values():
            if document.state != "loaded":
                continue
            for row in document.targets:
                if row["value"] is not None and row["edition"] != "reference" and row["basis"] == "absolute":
                    found[value_key(row)].append({**row, "branch_name": document.document["branch_name"]})
        return {key: tuple(rows) for key, rows in found.items()}


def value_key(row: Row) -> tuple[str, str | None, str | None]:
    """Rows of one key speak of the same thing in the same unit."""
    return (row["indicator_code"] or row["indicator"] or "", row["population"], row["unit"])


def read_material(output: Path) -> Material:
    """What ``output`` holds; raises ManifestError where its account is damaged."""
    pinned = pin(output)
    manifest = newest_manifest(pinned.root)
    entries = manifest.entries if manifest else ()
    applied = {entry.document_id: frozenset(entry.decided) for entry in entries if entry.held}
    documents = {}
    for state, document_id, files in stored_files(pinned.root):
        [document] = read_rows(files, "documents")
        documents[document_id] = ReviewedDocument(
            document=document,
            state=state,
            files=files,
            targets=tuple(read_rows(files, "targets")),
            findings=tuple(read_rows(files, "findings")),
            applied=applied.get(document_id, frozenset()),
        )
    return Material(manifest.run_id if manifest else "", documents, pinned)
