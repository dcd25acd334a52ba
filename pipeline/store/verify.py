"""Reads everything that an output folder holds again and says what is not as it should be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.store.columns import TABLES
from pipeline.store.derived import damaged_derived
from pipeline.store.file_places import places_of
from pipeline.store.layout import files_of, names_of
from pipeline.store.manifest import DamagedManifestError, Entry, Manifest, read_manifest
from pipeline.store.mend import Fault, chain_faults, decision_faults, state_faults
from pipeline.store.parquet_file import DocumentFiles, TableFileError, rows_in
from pipeline.store.report_files import damaged_files, foreign_files, read_list
from pipeline.store.state_folders import StateFolder, pin, state_folders
from pipeline.store.status import last_manifest
from pipeline.store.stock import is_whole
from pipeline.store.visible import SHOWN

if TYPE_CHECKING:
    import pyarrow as pa


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
    faults: list[Fault] = []
    documents = files = rows = 0
    for entry in manifest.entries:
        if entry.held is None:
            continue
        documents += 1
        files += len(entry.files)
        read_rows, found = _verify_document(entry, files_of(pinned.root, entry))
        rows += read_rows
        faults += found
    faults += _lost(manifest)
    faults += chain_faults(output)
    faults += decision_faults(output, manifest)
    faults += [Fault("file", {"path": str(path)}) for path in damaged_derived(pinned.root, hash_all=True)]
    if sum(manifest.totals.values()) != len(manifest.documents):
        faults.append(Fault("totals", {"run": manifest.run_id, "inputs": len(manifest.documents)}))
    if pinned.state is None:
        faults += _strays(output, manifest)
    else:
        faults += _state_strays(pinned.state, manifest)
        faults += _shown_faults(output, pinned.state, manifest)
        faults += _report_faults(output, pinned.state)
        for earlier in state_folders(output):
            if earlier.sequence < pinned.state.sequence:
                faults += state_faults(output, earlier, hash_all=True)
    return Verification(documents, files, rows, tuple(faults))


def _verify_document(entry: Entry, files: DocumentFiles) -> tuple[int, list[Fault]]:
    import pyarrow as pa

    faults = []
    tables: dict[str, pa.Table] = {}
    for name, path in files.items():
        data = _bytes_of(path)
        if not path.is_file():
            faults.append(Fault("gone", {"document": entry.document_id, "path": str(path)}))
        elif data is None or hashlib.sha256(data).hexdigest() != entry.files[name]:
            faults.append(Fault("file", {"path": str(path)}))
        elif name in TABLES:
            # What the other columns hold is what the run wrote: the hash says so.
            asked = [TABLES[name].key, *TABLES[name].references]
            try:
                tables[name] = rows_in(pa.py_buffer(data), TABLES[name], path, asked)
            except TableFileError as error:
                faults.append(Fault("table", {"document": entry.document_id, "what": error.kept}))
    faults += _key_faults(str(entry.document_id), tables)
    return sum(table.num_rows for table in tables.values()), faults


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _key_faults(document_id: str, tables: Mapping[str, pa.Table]) -> Iterator[Fault]:
    keys = {name: set(table[TABLES[name].key].to_pylist()) for name, table in tables.items()}
    for name, table in tables.items():
        if len(keys[name]) != table.num_rows:
            yield Fault("key", {"document": document_id, "column": f"{name}.{TABLES[name].key}"})
        for column, target in TABLES[name].references.items():
            if target in keys:
                unknown = set(table[column].to_pylist()) - keys[target] - {None}
                if unknown:
                    values = {"document": document_id, "column": f"{name}.{column}", "table": target}
                    yield Fault("reference", {**values, "count": len(unknown)})


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
