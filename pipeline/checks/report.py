"""What the checks of a run hand back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from parsers.model.finding import Finding


class DocumentFinding(NamedTuple):
    """A finding and the document it speaks of."""

    document_id: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The findings of a run's checks.

    ``findings`` speak of single documents, in order of document, check and page; their ``record_id`` is the key as it
    stands in the table. ``run_findings`` speak of the run as a whole (branches that are missing for a year).
    ``data_docs`` is the first page of the Data Docs, None where none were asked for.
    """

    findings: tuple[DocumentFinding, ...]
    run_findings: tuple[Finding, ...] = ()
    data_docs: Path | None = None
