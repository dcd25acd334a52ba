"""What a worker hands back for one document."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.model.document import DocumentIdentity
from parsers.model.finding import Finding


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What was read in one document: its identity, its tables as Parquet files, and the doubts found on the way.

    ``tables`` holds every table but ``findings``, which only the parent can finish. ``text_layer`` is that of the
    documents table, ``line_marks`` what ``workers.line_marks`` makes of the page layouts, for the report's pictures.
    Everything in here can be pickled.
    """

    document_id: str
    sha256: str
    identity: DocumentIdentity
    page_count: int
    tables: dict[str, bytes]
    findings: tuple[Finding, ...]
    text_layer: str = "digital"
    line_marks: bytes = b""
