"""Reads everything that an output folder holds again and says what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.store.columns import TABLES
from pipeline.store.derived import DATABASE, damaged_derived, derived_file, is_current
from pipeline.store.file_places import places_of
from pipeline.store.keys import keys_in_database, keys_in_files
from pipeline.store.layout import files_of, names_of
from pipeline.store.manifest import DamagedManifestError, Entry, Manifest, read_manifest
from pipeline.store.mend import Fault, chain_faults, decision_faults, present_places, state_faults
from pipeline.store.report_files import damaged_files, foreign_files, read_list
from pipeline.store.state_folders import StateFolder, pin, state_folders
from pipeline.store.states import State
from pipeline.store.status import last_manifest
from pipeline.store.stock import is_whole
from pipeline.store.visible import SHOWN


@dataclass(frozen=True, slots=True)
class Verification:
    """How much was read, and every fault found."""

    documents: int
    files: int
    rows: int
    faults: tuple[Fault, ...]


def verify_output(output: Path) -> Verification:
    """Checks every file's hash, columns, keys and references, and that folders and ledger name the same documents.

    Also the accounts of all runs, the states kept from before, what is shown under OUT, and the report. Raises
    NoOutputError and ManifestError as ``last_manifest`` does.
    """
    manifest = last_manifest(output)
    pinned = pin(output)
    damaged = damaged_derived(pinned.root, hash_all=True)
    has_database = is_current(pinned.root, DATABASE) and derived_file(pinned.root, DATABASE) not in damaged
    held = [entry for entry in manifest.entries if entry.held is not None]
    rows, faults = _check_documents(pinned.root, held, has_database=has_database)
    faults += _lost(manifest)
    faults += chain_faults(output)
    faults += decision_faults(output, manifest)
    faults += [Fault("file", {"path": str(path)}) for path in damaged]
    if sum(manifest.totals.values()) != len(manifest.documents):
        faults.append(Fault("totals", {"run": manifest.run_id, "inputs": len(manifest.documents)}))
    if pinned.state is None:
        faults += _strays(output, manifest)
    else:
        faults += _state_strays(pinned.state, manifest)
        faults += _shown_faults(output, pinned.state, manifest)
        faults += _report_faults(output, pinned.state)
        shared = present_places(output)
        for earlier in state_folders(output):
            if earlier.sequence < pinned.state.sequence:
                faults += state_faults(earlier, shared, hash_all=True)
    return Verification(len(held), sum(len(entry.files) for entry in held), rows, tuple(faults))


def _check_documents(root: Path, entries: Sequence[Entry], *, has_database: bool) -> tuple[int, list[Fault]]:
    """How many rows the documents have, and what is wrong with their files.

    Where the state ``has_database``, whole and of its tables, that is asked for the rows of files that are whole.
    """
    rows = 0
    faults: list[Fault] = []
    in_database: set[str] = set()
    for entry in entries:
        files = files_of(root, entry)
        broken = {name: path for name, path in files.items() if not is_whole(path, entry.files[name])}
        for path in broken.values():
            gone = Fault("gone", {"document": entry.document_id, "path": str(path)})
            faults.append(Fault("file", {"path": str(path)}) if path.is_file() else gone)
        if has_database and entry.held is State.LOADED and not broken:
            in_database.add(str(entry.document_id))
            continue
        whole = {name: path for name, path in files.items() if name in TABLES and name not in broken}
        own_rows, found = keys_in_files(str(entry.document_id), whole)
        rows += own_rows
        faults += found
    if in_database:
        own_rows, found = keys_in_database(root, in_database)
        rows += own_rows
        faults += found
    return rows, faults


def _lost(manifest: Manifest) -> Iterator[Fault]:
    for entry in manifest.lost:
        yield Fault("lost", {"document": entry.document_id, "path": entry.path or entry.source_file})


def _strays(root: Path, manifest: Manifest) -> Iterator[Fault]:
    known = {name for entry in manifest.entries for name in names_of(entry).values()}
    for name in sorted(places_of(root, SHOWN).keys() - known):
        yield Fault("stray", {"path": str(root / name)})


def _state_strays(state: StateFolder, manifest: Manifest) -> Iterator[Fault]:
    yield from _strays(state.path, manifest)
    try:
        read_manifest(state.account)
    except DamagedManifestError:
        yield Fault("account", {"path": str(state.account)})
    lock = state.path / "lock"
    if lock.exists() and lock.stat().st_size:
        yield Fault("file", {"path": str(lock)})


def _shown_faults(output: Path, state: StateFolder, manifest: Manifest) -> Iterator[Fault]:
    """What lies under OUT and is not what the present state has there."""
    expected = {name: entry.files[table] for entry in manifest.entries for table, name in names_of(entry).items()}
    shown, originals = places_of(output, SHOWN), places_of(state.path, SHOWN)
    for name, sha256 in sorted(expected.items()):
        if name in shown and shown[name] == originals.get(name):
            continue
        path = output / name
        if not path.exists():
            yield Fault("not_shown", {"path": str(path)})
        elif not is_whole(path, sha256):
            yield Fault("file", {"path": str(path)})
    for name in sorted(shown.keys() - expected.keys()):
        yield Fault("stray", {"path": str(output / name)})


def _report_faults(output: Path, state: StateFolder) -> Iterator[Fault]:
    listed = read_list(output)
    if listed is None or listed.sequence != state.sequence:
        yield Fault("report", {"path": str(output / "report")})
        return
    for name in damaged_files(output, listed, hash_all=True):
        yield Fault("file", {"path": str(output / "report" / name)})
    for name in sorted(foreign_files(output, listed)):
        yield Fault("stray", {"path": str(output / "report" / name)})
