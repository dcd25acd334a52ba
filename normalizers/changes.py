"""What the new edition adds to, removes from, words otherwise than, and moves within the old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.records import Change, Measure
from parsers.document import ParsedDocument
from parsers.finding import Finding


@dataclass(frozen=True, slots=True)
class FoundChanges:
    """The differences of a document's two editions and what is doubtful about them."""

    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


def find_changes(parsed: ParsedDocument, measures: Sequence[Measure], by_color: bool) -> FoundChanges:
    """The differences between the editions ``new`` and ``old``; none where the document has only one."""
    return FoundChanges()
