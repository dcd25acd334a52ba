"""Documents that an output is to hold no longer: out of the tables, kept in the account."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parsers.model.errors import BranchPlansError
from pipeline.run.planning import Plan
from pipeline.store.manifest import Entry


class NotHeldError(BranchPlansError):
    """A document that was to be forgotten is not held."""


def without(plan: Plan, asked: Sequence[str], output: Path) -> tuple[Plan, tuple[dict[str, Any], ...]]:
    """``plan`` without the documents that ``asked`` names (ids, or source files), and what the account says of them.

    A version that one of them had superseded is chosen anew when it is next an input. What people decided about their
    files is kept, and holds should they be read again. Raises NotHeldError for a name that no held document has.
    """
    if not asked:
        return plan, ()
    entries = [entry for entry in (*plan.settled, *plan.kept) if entry.document_id and (entry.held or entry.retry)]
    gone: dict[str, Entry] = {}
    for name in asked:
        found = {str(e.document_id): e for e in entries if name in (e.document_id, e.source_file)}
        if not found:
            raise NotHeldError("no_such_document", {"name": name}, where=str(output))
        gone |= found
    now = datetime.now(UTC).isoformat(timespec="seconds")
    said = tuple(
        {
            "document_id": document_id,
            "source_file": entry.source_file,
            "sha256": entry.sha256,
            "held": entry.held,
            "by": getpass.getuser(),
            "at": now,
        }
        for document_id, entry in gone.items()
    )

    def left(entries: Sequence[Entry]) -> tuple[Entry, ...]:
        return tuple(entry for entry in entries if entry.document_id not in gone and entry.other not in gone)

    hashes = {entry.sha256 for entry in gone.values()}
    to_read = tuple(file for file in plan.to_read if file.sha256 not in hashes)
    return replace(plan, to_read=to_read, settled=left(plan.settled), kept=left(plan.kept)), said
