"""What the checks of a run hand back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.store.table_rows import FindingRow


class DocumentFinding(NamedTuple):
    """A graded finding and the document it speaks of."""

    document_id: str
    row: FindingRow


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The findings of a run's checks.

    ``findings`` speak of single documents, in order of document, check and page; their ``record_id`` is the key as it
    stands in the table. ``data_docs`` is the first page of the Data Docs, None where none were asked for.
    """

    findings: tuple[DocumentFinding, ...]
    data_docs: Path | None = None
