"""The account of a run, one JSON file a run; the newest one is also the ledger of all that OUT holds.

Each account is sealed by a hash of its own text and names the seal of the run before, so that no edit goes unseen.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from parsers.model.errors import BranchPlansError
from pipeline.store.columns import SCHEMA_VERSION
from pipeline.store.disk import write_whole
from pipeline.store.json_text import json_text
from pipeline.store.state_folders import ACCOUNT_FILE, current_state, state_folders
from pipeline.store.states import State

_SEAL = "seal"


class ManifestError(BranchPlansError):
    """A manifest is damaged, or was written for another version of the tables."""


class DamagedManifestError(ManifestError):
    """A manifest is not what a run wrote."""


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
    its tables (and ``account`` of what is quarantined) to the SHA-256 of its file. ``other`` names the document that it
    duplicates or that supersedes it, by ``rule``. ``decided`` are the ids of the people's decisions that its records
    hold. ``retry`` marks a failure that another try may not meet. ``fingerprint`` is the configuration it was read
    with, ``path`` the place of the PDF on the machine that read it, ``gone`` tells that it was looked for there and
    is no more. ``grade`` and its reasons are those of the documents table.
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
    rule: str = ""
    preferred: bool = False
    retry: bool = False
    fingerprint: str = ""
    accepted: Acceptance | None = None
    path: str | None = None
    gone: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    decided: tuple[str, ...] = ()
    grade: str | None = None
    grade_reasons: tuple[Mapping[str, Any], ...] = ()
    errors: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """One run. ``documents`` are its inputs, ``kept`` what OUT holds besides from earlier runs, and what it held but
    has lost. ``notices`` tell what was found damaged; ``decisions`` how many bytes of people's decisions there were,
    and their hash. ``sequence`` counts the runs of an output; ``previous`` is the seal of the run before, ``seal`` its
    own (of a manifest that was read). ``checked_under`` is the configuration under which the checks of what OUT holds
    were made: a run that changes nothing keeps it. ``news`` are the ids of what it loaded and was not loaded before.
    """

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
    sequence: int = 0
    previous: str = ""
    forgotten: tuple[Mapping[str, Any], ...] = ()
    notices: tuple[Mapping[str, Any], ...] = ()
    decisions: Mapping[str, Any] = field(default_factory=dict)
    checked_under: str = ""
    news: tuple[str, ...] = ()
    seal: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that is known after the run: inputs and documents kept."""
        return self.documents + self.kept

    @property
    def lost(self) -> tuple[Entry, ...]:
        """Documents that OUT held and of which neither the stored files nor the PDF can be had any more."""
        return tuple(entry for entry in self.kept if entry.held is None and entry.state is State.UNREADABLE)


def new_run_id(sequence: int, started: datetime) -> str:
    """An id that sorts by the order of the runs, also where the clock was set back between them."""
    return f"{sequence:06d}-{started:%Y%m%dT%H%M%SZ}"


def totals_of(entries: Iterable[Entry]) -> dict[str, int]:
    """How many entries are in each state, every state named."""
    states = [entry.state for entry in entries]
    return {state.value: states.count(state) for state in State}


def sha256_of(file: Path) -> str:
    """The hash by which a manifest knows the bytes of ``file``."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def manifest_text(manifest: Manifest) -> str:
    """The manifest as it is stored: JSON with a seal, the SHA-256 of all the rest."""
    data = json.loads(json.dumps(asdict(manifest)))
    del data[_SEAL]
    return _text({**data, _SEAL: seal_of(data)})


def write_manifest(output: Path, manifest: Manifest, text: str | None = None) -> Path:
    """Writes ``OUT/runs/<run_id>.json`` so that it is there whole or not at all; ``text`` is its text, where known."""
    target = output / "runs" / f"{manifest.run_id}.json"
    write_whole(target, (text or manifest_text(manifest)).encode())
    return target


def run_files(output: Path) -> list[Path]:
    """The accounts of all runs, in the order of the runs."""
    return sorted((output / "runs").glob("[!.]*.json"), key=lambda path: (_number(path), path.name))


def newest_manifest(output: Path) -> Manifest | None:
    """The account of what ``output`` (or the folder of one of its states) holds, None where no run has finished there.

    It stands twice, with the present state and among the runs; where one is damaged the other is taken. Raises
    ManifestError where both are, or where it belongs to tables of another schema version.
    """
    if (output / ACCOUNT_FILE).is_file():  # a state's own folder
        return read_manifest(output / ACCOUNT_FILE)
    state = current_state(output)
    runs = run_files(output)
    if state is None:
        return read_manifest(runs[-1]) if runs else None
    try:
        return read_manifest(state.account)
    except DamagedManifestError:
        for path in reversed(runs):
            with contextlib.suppress(DamagedManifestError):
                manifest = read_manifest(path)
                if manifest.sequence >= state.sequence:
                    return manifest
        raise


def next_sequence(output: Path) -> int:
    """The number of the next run, higher than any that ``output`` has seen, whatever is damaged."""
    states = [state.sequence for state in state_folders(output)]
    return max([0, *states, *map(_number, run_files(output))]) + 1


def read_manifest(path: Path) -> Manifest:
    """The manifest at ``path``; unknown keys are ignored.

    Raises DamagedManifestError where its text is not what was sealed, ManifestError where it is of another version.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    return _manifest_of(text, path)


@lru_cache(maxsize=4)
def _manifest_of(text: str, path: Path) -> Manifest:
    """What the account ``text`` says; a run asks for the same ones several times, and each has an entry a document."""
    data, seal = _sealed(text, path)
    found = data.get("schema_version")
    if found != SCHEMA_VERSION:
        raise ManifestError("account_of_other_schema", {"found": found, "own": SCHEMA_VERSION}, where=str(path))
    try:
        known = _known(Manifest, data)
        known["documents"] = tuple(entry_from(entry) for entry in known["documents"])
        known["kept"] = tuple(entry_from(entry) for entry in known["kept"])
        return Manifest(**known, seal=seal)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, error) from error


def _sealed(text: str, path: Path) -> tuple[dict[str, Any], str]:
    try:
        whole = json.loads(text)
        data = {name: value for name, value in whole.items() if name != _SEAL}
    except (ValueError, AttributeError, RecursionError) as error:
        raise _damaged(path, error) from error
    seal = whole.get(_SEAL)
    # Accounts of earlier versions of this program had no seal.
    is_sealed = _SEAL in whole or data.get("schema_version") == SCHEMA_VERSION
    if is_sealed and (seal != seal_of(data) or not _is_text_of(text, whole)):
        raise _damaged(path, "its text is not what the run wrote")
    return data, str(seal)


def _is_text_of(text: str, data: Mapping[str, Any]) -> bool:
    """Whether ``text`` is how ``data`` is stored, or was by versions that indented all of it."""
    return text == _text(data) or text == json_text(data, indent=1) + "\n"


def _text(data: Mapping[str, Any]) -> str:
    """``data`` as JSON with a line for each of its values, and for each document."""
    lines = []
    for name, value in data.items():
        if isinstance(value, list) and value:
            told = "[\n  " + ",\n  ".join(map(json_text, value)) + "\n ]"
        else:
            told = json_text(value)
        lines.append(f" {json_text(name)}: {told}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def seal_of(data: Mapping[str, Any]) -> str:
    """SHA-256 of an account or list as canonical JSON, in hex."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _damaged(path: Path, error: object) -> DamagedManifestError:
    return DamagedManifestError("account_unreadable", {"error": error}, where=str(path))


def _number(path: Path) -> int:
    number = path.name.partition("-")[0]
    return int(number) if number.isdigit() else 0


def entry_from(data: dict[str, Any]) -> Entry:
    """The entry that ``dataclasses.asdict`` made ``data`` of; raises ValueError, KeyError or TypeError for others."""
    known = _known(Entry, data)
    accepted = known.get("accepted")
    if accepted is not None:
        known["accepted"] = Acceptance(**{**_known(Acceptance, accepted), "checks": tuple(accepted["checks"])})
    known["decided"] = tuple(known.get("decided", ()))
    known["grade_reasons"] = tuple(known.get("grade_reasons", ()))
    known["errors"] = tuple(known.get("errors", ()))
    known["state"] = State(known["state"])
    known["held"] = State(known["held"]) if known.get("held") else None
    return Entry(**known)


def _known(kind: type[Entry | Manifest | Acceptance], data: dict[str, Any]) -> dict[str, Any]:
    names = {f.name for f in fields(kind)}
    return {name: value for name, value in data.items() if name in names}
