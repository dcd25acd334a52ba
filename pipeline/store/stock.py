"""What of an output's account is really there: every file is hashed before anything is built on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pipeline.store.columns import TABLES
from pipeline.store.layout import ACCOUNT, files_of
from pipeline.store.manifest import Entry, Manifest, newest_manifest, sha256_of
from pipeline.store.parquet_file import DocumentFiles
from pipeline.store.state_folders import current_state, state_folders
from pipeline.store.states import State


@dataclass(frozen=True, slots=True)
class Stock:
    """What is there of what the account speaks of, every file with the hash that the account has for it.

    ``damaged`` names for a document the tables that are whole nowhere; ``displaced`` are documents of which some file
    was found only in another place than the present state, so that this must be written anew.
    """

    account: Manifest | None
    loaded: Mapping[str, DocumentFiles]
    quarantined: Mapping[str, DocumentFiles]
    damaged: Mapping[str, tuple[str, ...]]
    displaced: frozenset[str]


EMPTY = Stock(None, {}, {}, {}, frozenset())


def take_stock(output: Path) -> Stock:
    """Hashes all that ``output`` holds and compares it with its account.

    A file that is damaged in the present state is looked for among the shown tables and in earlier states. Raises
    ManifestError as ``newest_manifest`` does.
    """
    account = newest_manifest(output)
    if account is None:
        return EMPTY
    state = current_state(output)
    earlier = [folder.path for folder in reversed(state_folders(output)) if folder != state]
    roots = [output, *earlier] if state is None else [state.path, output, *earlier]
    held = [entry for entry in account.entries if entry.held]
    with ThreadPoolExecutor() as threads:  # hashing is outside the lock that lets one thread of Python run at a time
        found = list(threads.map(lambda entry: whole_files(roots, entry), held))
    by_state: dict[State, dict[str, DocumentFiles]] = {State.LOADED: {}, State.QUARANTINED: {}}
    damaged: dict[str, tuple[str, ...]] = {}
    displaced = set()
    for entry, files in zip(held, found, strict=True):
        document_id = str(entry.document_id)
        if lacking := tuple(name for name in _expected(entry) if name not in files):
            damaged[document_id] = lacking
            continue
        assert entry.held is not None
        by_state[entry.held][document_id] = files
        if state is None or files != files_of(state.path, entry):
            displaced.add(document_id)
    return Stock(account, by_state[State.LOADED], by_state[State.QUARANTINED], damaged, frozenset(displaced))


def _expected(entry: Entry) -> Iterable[str]:
    return [*TABLES, ACCOUNT] if entry.held is State.QUARANTINED else TABLES


def whole_files(roots: Sequence[Path], entry: Entry) -> DocumentFiles:
    """The files of ``entry`` that are what its hashes say, each under the first of ``roots`` where it is."""
    whole = {}
    for name, sha256 in entry.files.items():
        for root in roots:
            path = files_of(root, entry)[name]
            if is_whole(path, sha256):
                whole[name] = path
                break
    return whole


def is_whole(path: Path, sha256: str) -> bool:
    """Whether ``path`` can be read and its bytes have that hash."""
    try:
        return sha256_of(path) == sha256
    except OSError:
        return False
