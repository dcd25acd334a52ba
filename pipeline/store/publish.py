"""Makes a finished state of all tables and its account the present one.

The state is built apart, from links to the files that stay and to the staged ones, under names that nobody has opened;
it is flushed to the disk and becomes the present one by a single renaming, its account with it. A run killed at any
moment, and a power failure, leave the state before or this one, whole.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.store.columns import TABLES
from pipeline.store.disk import flush, link, write_whole
from pipeline.store.layout import DECISIONS, loaded_file, quarantined_file
from pipeline.store.manifest import Manifest, ManifestError, manifest_text, read_manifest, write_manifest
from pipeline.store.parquet_file import DocumentFiles
from pipeline.store.state_folders import STATES, StateFolder, current_state, prepare, state_name, sweep
from pipeline.store.visible import recover, refuse_foreign_files, show

KEPT_WORK = {"stage"}
"""What a stopped run leaves in the work folder for the next one; everything else there is removed."""


def publish(
    output: Path,
    work: Path,
    loaded: Mapping[str, tuple[int | None, DocumentFiles]],
    quarantined: Mapping[str, DocumentFiles],
    manifest: Manifest,
) -> StateFolder:
    """Makes ``loaded`` (document id → fiscal year, files) and ``quarantined`` all that ``output`` holds.

    ``manifest`` is the account of that; its sequence number becomes the state's. Raises OSError where the disk is full
    or not writable, ForeignFilesError where files of somebody else's are in the way; the state before then still is
    the present one.
    """
    following = work / "next"
    shutil.rmtree(following, ignore_errors=True)
    prepare(following)
    place_loaded(following, loaded)
    (following / "quarantine").mkdir()
    for document_id, files in quarantined.items():
        for name, file in files.items():
            _place(file, quarantined_file(following, name, document_id))
    state = StateFolder(output / STATES / state_name(manifest.sequence), manifest.sequence)
    account = manifest_text(manifest)
    write_whole(following / state.account.name, account.encode())
    everything = [*(files for _, files in loaded.values()), *quarantined.values()]
    flush(*(file for files in everything for file in files.values() if file.is_relative_to(work)))
    flush(*(folder for folder in following.rglob("*") if folder.is_dir()), following)
    state.path.parent.mkdir(exist_ok=True)
    following.rename(state.path)
    flush(state.path.parent, work)
    show(output, work, state)
    write_manifest(output, manifest, account)
    sweep(output, work)
    return state


def make_ready(output: Path, work: Path) -> None:
    """Removes what a stopped run left behind in ``work``, and marks ``output`` as one of this program.

    Raises ForeignFilesError where the output holds files of somebody else's.
    """
    recover(output, work)
    refuse_foreign_files(output)
    for left in work.iterdir():
        if left.is_dir() and left.name not in KEPT_WORK:
            shutil.rmtree(left, ignore_errors=True)
    (output / STATES).mkdir(exist_ok=True)


def show_present(output: Path, work: Path) -> None:
    """Makes the present state visible, where a run did not live to, and its account part of the runs."""
    state = current_state(output)
    if state is not None:
        show(output, work, state)
        _note_run(output, state)


def decisions_seen(output: Path) -> dict[str, Any]:
    """Size and hash of the file of people's decisions, which only ever grows; empty where there is none."""
    try:
        data = (output / DECISIONS).read_bytes()
    except OSError:
        return {}
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _note_run(output: Path, state: StateFolder) -> None:
    """Puts the account of the present state among the runs, where its run did not live to."""
    try:
        account = read_manifest(state.account)
    except ManifestError:
        return
    if not (output / "runs" / f"{account.run_id}.json").exists():
        write_manifest(output, account)


def record(output: Path, state: StateFolder, manifest: Manifest) -> None:
    """Keeps the account of a run that changed nothing with the state that it found."""
    account = manifest_text(manifest)
    write_whole(state.account, account.encode())
    write_manifest(output, manifest, account)


def place_loaded(root: Path, loaded: Mapping[str, tuple[int | None, DocumentFiles]]) -> None:
    """Links the files of ``loaded`` (document id → fiscal year, files) to their places under ``root``."""
    for name in TABLES:
        (root / "tables" / name).mkdir(parents=True)
    for document_id, (year, files) in loaded.items():
        for name in TABLES:
            _place(files[name], loaded_file(root, name, year, document_id))


def _place(source: Path, target: Path) -> None:
    try:
        link(source, target)
    except FileNotFoundError:
        target.parent.mkdir(exist_ok=True)
        link(source, target)
