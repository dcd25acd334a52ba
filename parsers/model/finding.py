"""What quality assurance should look at: one finding a doubt, from whichever stage had it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from parsers.model.geometry import Box

Severity = Literal["error", "warning", "info"]
Values = Mapping[str, Any]
"""What fills a sentence, by name: strings, numbers, truth values, None, and lists or mappings of these (JSON)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about a document: a code with values. How grave it is and how it is worded stands in a table.

    ``check`` is a stable name (``conservation``, ``kpi_numbering``) with an entry in ``pipeline/checks/rules``;
    ``values`` fill its sentence; ``variant`` chooses among its sentences where it has several. ``page`` counts from 1;
    ``box`` is in PDF points; ``record_table`` and ``record_id`` name the row in doubt (local id, without the
    document's id), where there is one.
    """

    check: str
    values: Values = field(default_factory=dict, hash=False)
    page: int | None = None
    box: Box | None = None
    record_table: str | None = None
    record_id: str | None = None
    variant: str = ""
