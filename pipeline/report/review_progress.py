"""How far the review of an output folder is: by branch and year, from its tables and its decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.inputs.decided_files import read_decided
from pipeline.report.inventory import stored_files
from pipeline.store.manifest import newest_manifest
from pipeline.store.state_folders import pin
from pipeline.store.stored_rows import StoredRows

DOUBTFUL = 0.8
"""Confidence of a target below which it asks for a person."""

_TARGETS = ("target_id", "confidence", "reviewed")
_FINDINGS = ("check", "severity", "record_id", "dismissed_by")


@dataclass(frozen=True, slots=True)
class BranchProgress:
    """One branch's plans of one year: rows that people decided on, doubts still open, decisions gone stale."""

    fiscal_year: int | None
    branch_code: str | None
    branch_name: str | None
    reviewed: int
    open: int
    stale: int


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """All branches, the newest year first; ``waiting`` decisions are in no table yet, ``unread`` lines say nothing."""

    branches: tuple[BranchProgress, ...]
    waiting: int
    unread: int

    @property
    def totals(self) -> dict[str, int]:
        """Reviewed, open and stale over all branches."""
        return {name: sum(getattr(branch, name) for branch in self.branches) for name in ("reviewed", "open", "stale")}


def read_progress(output: Path) -> ReviewProgress:
    """The progress of ``output``; raises ManifestError and DecisionsError where its files are damaged."""
    counts: dict[tuple[int | None, str | None, str | None], Counter[str]] = {}
    pinned = pin(output)
    with StoredRows(pinned.root) as stored:
        for _, key, files in stored_files(pinned.root):
            if not {"targets", "findings"} <= files.keys():
                continue
            [document] = stored.of(key, files, "documents", ("fiscal_year", "branch_code", "branch_name"))
            place = (document["fiscal_year"], document["branch_code"], document["branch_name"])
            own = count_rows(stored.of(key, files, "targets", _TARGETS), stored.of(key, files, "findings", _FINDINGS))
            counts.setdefault(place, Counter()).update(own)
    decided = read_decided(output)
    manifest = newest_manifest(pinned.root)
    applied = {key for entry in (manifest.entries if manifest else ()) if entry.held for key in entry.decided}
    decisions = [decision.id for own in decided.by_document.values() for decision in own]
    branches = [BranchProgress(*place, own["reviewed"], own["open"], own["stale"]) for place, own in counts.items()]
    branches.sort(key=lambda branch: (-(branch.fiscal_year or 0), branch.branch_code or ""))
    return ReviewProgress(tuple(branches), sum(key not in applied for key in decisions), len(decided.unread))


def is_open(finding: Mapping[str, Any]) -> bool:
    """Whether a finding waits for a person."""
    return finding["severity"] in ("error", "warning") and finding["dismissed_by"] is None


def count_rows(targets: Iterable[Mapping[str, Any]], findings: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """How many records of one document are reviewed, open and stale; a record with several doubts is open once."""
    targets = list(targets)
    waiting = [finding for finding in findings if is_open(finding)]
    asked = {finding["record_id"] or f"{finding['check']}/{at}" for at, finding in enumerate(waiting)}
    asked |= {row["target_id"] for row in targets if row["confidence"] < DOUBTFUL and row["reviewed"] == "no"}
    return Counter(
        reviewed=sum(row["reviewed"] != "no" for row in targets),
        open=len(asked),
        stale=sum(finding["check"] == "stale_decision" for finding in waiting),
    )
