"""Reads everything that an output folder holds again and says what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.store.columns import TABLES
from pipeline.store.manifest import Entry, sha256_of
from pipeline.store.output_lock import WORK_FOLDER
from pipeline.store.parquet_file import DocumentFiles, TableFileError, read
from pipeline.store.publish import UNFINISHED, stored_loaded, stored_quarantined
from pipeline.store.states import State
from pipeline.store.status import last_manifest

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Verification:
    """How much was read, and every fault found, as one sentence each."""

    documents: int
    files: int
    rows: int
    faults: tuple[str, ...]


def verify_output(output: Path) -> Verification:
    """Checks every file's hash, columns, keys and references, and that folders and ledger name the same documents.

    Raises NoOutputError and ManifestError as ``last_manifest`` does.
    """
    manifest = last_manifest(output)
    stored = {State.LOADED: stored_loaded(output), State.QUARANTINED: stored_quarantined(output)}
    faults = []
    if (output / WORK_FOLDER / UNFINISHED).exists():
        faults.append(
            f"{output}: a run is publishing just now, or was stopped while it did; where none is at work, run "
            "`branch-plans ingest` on the same PDFs again to put right what follows"
        )
    documents = files = rows = 0
    for entry in manifest.entries:
        if entry.held is None:
            continue
        documents += 1
        document_id = str(entry.document_id)
        place = stored[entry.held].pop(document_id, None)
        if place is None:
            faults.append(f"{document_id}: is {entry.held}, but not all of its files are there")
            continue
        files += len(entry.files)
        read_rows, found = _verify_document(entry, place)
        rows += read_rows
        faults += [f"{document_id}: {fault}" for fault in found]
    for state, left in stored.items():
        faults += [f"{document_id}: lies with what is {state}, but no run accounts for it" for document_id in left]
    faults += _stray_files(output)
    if sum(manifest.totals.values()) != len(manifest.documents):
        faults.append(f"the totals of run {manifest.run_id} do not add up to its {len(manifest.documents)} inputs")
    return Verification(documents, files, rows, tuple(faults))


def _verify_document(entry: Entry, files: DocumentFiles) -> tuple[int, list[str]]:
    faults = []
    tables: dict[str, pa.Table] = {}
    for name, sha256 in entry.files.items():
        if sha256_of(files[name]) != sha256:
            faults.append(f"{files[name]} is not the file that was written")
        try:
            tables[name] = read(files[name], TABLES[name])
        except TableFileError as error:
            faults.append(str(error))
    faults += _key_faults(tables)
    return sum(table.num_rows for table in tables.values()), faults


def _key_faults(tables: dict[str, pa.Table]) -> Iterator[str]:
    keys = {name: set(table[TABLES[name].key].to_pylist()) for name, table in tables.items()}
    for name, table in tables.items():
        if len(keys[name]) != table.num_rows:
            yield f"{name}.{TABLES[name].key} is not unique"
        for column, target in TABLES[name].references.items():
            if target in keys:
                unknown = set(table[column].to_pylist()) - keys[target] - {None}
                if unknown:
                    yield f"{name}.{column} names {len(unknown)} rows that {target} does not have"


def _stray_files(output: Path) -> Iterator[str]:
    for path in sorted((output / "tables").rglob("*")):
        known = path.is_dir() or (path.suffix == ".parquet" and path.parts[-3] in TABLES)
        if not known:
            yield f"{path}: is no file of this program"
