"""Where a document's files lie under a root: OUT itself, or one of its states."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.store.manifest import Entry
from pipeline.store.parquet_file import DocumentFiles
from pipeline.store.states import State

ACCOUNT = "account"
"""Under this name a quarantined document's files hold its ``findings.json``."""

DECISIONS = Path("review") / "decisions.jsonl"
"""Where under OUT people's decisions are kept."""


def loaded_file(root: Path, table: str, year: int | None, document_id: str) -> Path:
    """The file of one table of a loaded document."""
    return root / loaded_name(table, year, document_id)


def loaded_name(table: str, year: int | None, document_id: str) -> str:
    """The name of that file under its root."""
    return f"tables/{table}/plan_year={year or 0:04d}/{document_id}.parquet"


def quarantined_file(root: Path, table: str, document_id: str) -> Path:
    """The file of one table (or of the ``ACCOUNT``) of a quarantined document."""
    return root / _quarantined_name(table, document_id)


def _quarantined_name(table: str, document_id: str) -> str:
    return f"quarantine/{document_id}/{'findings.json' if table == ACCOUNT else f'{table}.parquet'}"


def files_of(root: Path, entry: Entry) -> DocumentFiles:
    """Where the files that ``entry`` accounts for lie under ``root``, by table; none where nothing of it is held."""
    return {table: root / name for table, name in names_of(entry).items()}


def names_of(entry: Entry) -> Mapping[str, str]:
    """The names of those files under whatever root, by table."""
    document_id = str(entry.document_id)
    if entry.held is State.LOADED:
        return {table: loaded_name(table, entry.fiscal_year, document_id) for table in entry.files}
    if entry.held is State.QUARANTINED:
        return {table: _quarantined_name(table, document_id) for table in entry.files}
    return {}
