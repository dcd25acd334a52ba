"""The account of a run, one JSON file a run; the newest one is also the ledger of all that OUT holds."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from parsers.model.errors import BranchPlansError
from pipeline.store.columns import SCHEMA_VERSION
from pipeline.store.states import State


class ManifestError(BranchPlansError):
    """A manifest is damaged, or was written for another version of the tables."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody's decision to load a document although checks failed. ``checks`` are the failures it covers."""

    by: str
    reason: str
    at: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One input file, or one document that OUT holds from an earlier run.

    ``held`` says where its records are: ``loaded`` (in the tables), ``quarantined``, or None. ``files`` maps each of
    its tables to the SHA-256 of its Parquet file. ``other`` names the document that it duplicates or that supersedes
    it. ``decided`` are the ids of the people's decisions that its records hold. ``retry`` marks a failure that another
    try may not meet. ``fingerprint`` is the configuration it was read with.
    """

    source_file: str
    state: State
    sha256: str | None = None
    reason: str = ""
    page: int | None = None
    document_id: str | None = None
    branch_code: str | None = None
    branch_name: str | None = None
    fiscal_year: int | None = None
    title: str = ""
    kind: str = "other"
    is_draft: bool = False
    dated: str | None = None
    page_count: int = 0
    text_layer: str = "digital"
    held: State | None = None
    other: str | None = None
    preferred: bool = False
    retry: bool = False
    fingerprint: str = ""
    accepted: Acceptance | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """One run. ``documents`` are its inputs, ``kept`` what OUT holds besides from earlier runs."""

    run_id: str
    started: str
    finished: str
    pipeline_version: str
    schema_version: str
    fingerprint: str
    versions: Mapping[str, str]
    totals: Mapping[str, int]
    missing_branches: Mapping[str, list[str]]
    documents: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    unknown_indicators: tuple[Mapping[str, Any], ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that is known after the run: inputs and documents kept."""
        return self.documents + self.kept


def new_run_id(started: datetime) -> str:
    """An id that sorts by time and that two processes never share."""
    return f"{started:%Y%m%dT%H%M%S}{started.microsecond // 1000:03d}Z-{os.getpid()}"


def totals_of(entries: Iterable[Entry]) -> dict[str, int]:
    """How many entries are in each state, every state named."""
    states = [entry.state for entry in entries]
    return {state.value: states.count(state) for state in State}


def sha256_of(file: Path) -> str:
    """The hash by which a manifest knows the bytes of ``file``."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def write_manifest(output: Path, manifest: Manifest) -> Path:
    """Writes ``OUT/runs/<run_id>.json`` so that it is there whole or not at all."""
    folder = output / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{manifest.run_id}.json"
    staged = folder / f".{manifest.run_id}.json"
    with staged.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    staged.replace(target)
    return target


def newest_manifest(output: Path) -> Manifest | None:
    """The account of the last complete run, None where there was none.

    Raises ManifestError where it is damaged or belongs to tables of another schema version.
    """
    runs = sorted((output / "runs").glob("[!.]*.json"))
    return read_manifest(runs[-1]) if runs else None


def read_manifest(path: Path) -> Manifest:
    """The manifest at ``path``; unknown keys are ignored. Raises ManifestError as ``newest_manifest`` does."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = data.get("schema_version")
        if found != SCHEMA_VERSION:
            raise ManifestError(
                f"the tables were written with schema version {found}, this program writes {SCHEMA_VERSION}.",
                where=str(path),
                remedy="Run `branch-plans ingest --rebuild` on all PDFs to write them anew.",
            )
        data = _known(Manifest, data)
        data["documents"] = tuple(_entry(entry) for entry in data["documents"])
        data["kept"] = tuple(_entry(entry) for entry in data["kept"])
        return Manifest(**data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(
            f"cannot be read: {error}.",
            where=str(path),
            remedy="Run `branch-plans ingest --rebuild` on all PDFs to write everything anew.",
        ) from error


def _entry(data: dict[str, Any]) -> Entry:
    known = _known(Entry, data)
    accepted = known.get("accepted")
    if accepted is not None:
        known["accepted"] = Acceptance(**{**_known(Acceptance, accepted), "checks": tuple(accepted["checks"])})
    known["decided"] = tuple(known.get("decided", ()))
    known["state"] = State(known["state"])
    known["held"] = State(known["held"]) if known.get("held") else None
    return Entry(**known)


def _known(kind: type[Entry | Manifest | Acceptance], data: dict[str, Any]) -> dict[str, Any]:
    names = {f.name for f in fields(kind)}
    return {name: value for name, value in data.items() if name in names}
