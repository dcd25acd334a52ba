"""Checks documents together, those that have changed on their own too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.run.known_documents import KnownDocuments
from pipeline.store.parquet_file import DocumentFiles

if TYPE_CHECKING:
    from pipeline.checks.report import CheckReport
    from pipeline.checks.settings import CheckSettings

_CHECKED_AT_ONCE = 200
"""Documents whose rows are in memory together: about 150 MB, whatever the size of the archive."""


@dataclass(frozen=True, slots=True)
class CheckedTogether:
    """The documents of a run that are to be checked together: ``files`` of those that must be looked at, the ids of the
    ``others``, of which what is ``known`` is enough. ``data_docs`` is the folder for the Data Docs.
    """

    files: Sequence[DocumentFiles]
    others: Sequence[str]
    known: KnownDocuments
    settings: CheckSettings
    data_docs: Path


def checked(asked: CheckedTogether) -> CheckReport:
    """Checks what is ``asked`` for, those that are known only against the others."""
    # Not before: a process that has others check needs none of it.
    from pipeline.checks.run import check_batches
    from pipeline.run.frames import frames_of

    batches = (
        frames_of(asked.files[first : first + _CHECKED_AT_ONCE])
        for first in range(0, len(asked.files), _CHECKED_AT_ONCE)
    )
    before = asked.known.before(asked.others)
    return check_batches(batches, asked.settings, before=before, data_docs=asked.data_docs)
