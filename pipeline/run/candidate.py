"""A document about which a run decides."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.store.manifest import Entry
from pipeline.store.parquet_file import DocumentFiles


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be loaded: its entry, its Parquet files (findings of its own included).

    ``replaced`` tells that its file now holds other bytes, ``accepted_now`` that somebody asked to load it whatever
    this run finds.
    """

    entry: Entry
    files: DocumentFiles
    replaced: bool = False
    accepted_now: bool = False

    @property
    def document_id(self) -> str:
        return str(self.entry.document_id)
