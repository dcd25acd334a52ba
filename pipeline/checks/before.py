"""What is known of documents that an earlier run has checked under the same settings and that have not changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.checks.report import DocumentFinding
from pipeline.checks.rows import DocumentRows

if TYPE_CHECKING:
    import pandas as pd

COMPARING = frozenset({"branch_spread", "duplicate_plan", "last_year", "missing_indicator"})
"""Checks of one document that look at others too: they are made anew whenever any document changes."""


@dataclass(frozen=True, slots=True)
class CheckedBefore:
    """``documents`` are their rows of the table of that name, ``compared`` what others are compared with (their
    targets), ``findings`` all that the checks had found, ``counts`` their rows by table.
    """

    documents: pd.DataFrame | None = None
    compared: tuple[DocumentRows, ...] = ()
    findings: tuple[DocumentFinding, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[DocumentFinding, ...]:
        """The findings that depend on the document they speak of alone."""
        return tuple(found for found in self.findings if not _compares(found))


def _compares(found: DocumentFinding) -> bool:
    """Whether the finding may change though its document does not: all rows of ``documents`` are validated together."""
    finding = found.row.finding
    return finding.check in COMPARING or finding.values.get("table") == "documents"


NOTHING_BEFORE = CheckedBefore()
