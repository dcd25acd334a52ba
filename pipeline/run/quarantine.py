"""Loading a quarantined document on somebody's word."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.model.errors import BranchPlansError
from pipeline.store.columns import TABLES
from pipeline.store.manifest import Acceptance, Entry
from pipeline.store.states import State

if TYPE_CHECKING:
    from pipeline.run.candidate import Candidate
    from pipeline.store.parquet_file import DocumentFiles


class NotQuarantinedError(BranchPlansError):
    """A document that was to be accepted is not in quarantine."""


def accept(
    asked: Sequence[str],
    reason: str,
    output: Path,
    entries: Iterable[Entry],
    quarantined: Mapping[str, DocumentFiles],
) -> dict[str, Candidate]:
    """The documents that ``asked`` names, as candidates whose present errors are accepted.

    The acceptance covers whatever checks fail in the run that is given it, so that a kind of error that is new in a
    later run quarantines the document again. Raises NotQuarantinedError for an id that is not in quarantine.
    """
    if not asked:
        return {}
    from pipeline.run.candidate import Candidate
    from pipeline.store.parquet_file import read

    known = {str(entry.document_id): entry for entry in entries if entry.held is State.QUARANTINED}
    accepted = {}
    for document_id in asked:
        if document_id not in known:
            raise NotQuarantinedError("not_quarantined", {"id": document_id, "known": sorted(known)}, where=str(output))
        files = {name: path for name, path in quarantined[document_id].items() if name in TABLES}
        findings = read(files["findings"], TABLES["findings"]).to_pylist()
        acceptance = Acceptance(
            by=getpass.getuser(),
            reason=reason,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            checks=tuple(sorted({row["check"] for row in findings if row["severity"] == "error"})),
        )
        accepted[document_id] = Candidate(replace(known[document_id], accepted=acceptance), files, accepted_now=True)
    return accepted
