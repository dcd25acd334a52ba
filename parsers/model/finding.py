"""What quality assurance should look at: one finding a doubt, from whichever stage had it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parsers.model.geometry import Box

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about a document.

    ``check`` is a stable name (``conservation``, ``kpi_numbering``); ``page`` counts from 1; ``box`` is in PDF points;
    ``record_table`` and ``record_id`` name the row in doubt (local id, without the document id), where there is one.
    An ``error`` quarantines the document.
    """

    severity: Severity
    check: str
    message: str
    page: int | None = None
    box: Box | None = None
    record_table: str | None = None
    record_id: str | None = None
