"""Finds what is damaged besides the documents' own files, and puts right what can be put right from a second copy."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.store.derived import damaged_derived
from pipeline.store.disk import write_whole
from pipeline.store.file_places import Place, places_of
from pipeline.store.layout import DECISIONS, names_of
from pipeline.store.manifest import DamagedManifestError, Manifest, ManifestError, read_manifest, run_files
from pipeline.store.state_folders import StateFolder, current_state, state_folders
from pipeline.store.stock import is_whole
from pipeline.store.visible import SHOWN

SET_ASIDE = ".damaged"
"""Put behind the name of a run's account that nothing can mend."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written: ``code`` names its message, ``values`` fill it."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


def mend(output: Path, work: Path) -> list[Fault]:
    """Mends accounts from their second copies, sets damaged ones aside, removes earlier states that are damaged.

    Gives all that it found, also what it mended.
    """
    found = list(_mend_accounts(output))
    state = current_state(output)
    if state is not None:
        with contextlib.suppress(ManifestError):  # of another version
            found += decision_faults(output, read_manifest(state.account))
        for path in damaged_derived(state.path):  # made anew from the tables
            path.unlink()
    return found + remove_damaged_states(output, work)


def remove_damaged_states(output: Path, work: Path) -> list[Fault]:
    """Removes earlier states with damaged files that the present one does not share."""
    found = []
    shared = present_places(output)
    for state in state_folders(output)[:-1]:
        if list(state_faults(state, shared)):
            found.append(Fault("earlier_state", {"path": str(state.path)}))
            gone = work / f"gone-{state.path.name}"
            state.path.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
    return found


def _mend_accounts(output: Path) -> Iterator[Fault]:
    state = current_state(output)
    if state is not None:
        try:
            read_manifest(state.account)
        except DamagedManifestError:
            copy = _newest_whole_run(output, state.sequence)
            if copy is None:
                raise
            yield Fault("account", {"path": str(state.account)})
            write_whole(state.account, copy.read_bytes())
        except ManifestError:
            return  # of another version, which the run will say
    for path in _touched(run_files(output), state):
        try:
            read_manifest(path)
        except DamagedManifestError:
            yield Fault("run", {"path": str(path)})
            copy = _account_with_state(output, path.stem)
            if copy is not None:
                write_whole(path, copy.read_bytes())
            else:
                path.rename(path.with_name(path.name + SET_ASIDE))
        except ManifestError:
            continue


def _account_with_state(output: Path, run_id: str) -> Path | None:
    """The account of a run that is kept with its state."""
    for folder in state_folders(output):
        with contextlib.suppress(ManifestError):
            if read_manifest(folder.account).run_id == run_id:
                return folder.account
    return None


def _touched(runs: Sequence[Path], state: StateFolder | None) -> list[Path]:
    """The accounts that have changed since the last run, which looked at those before it; ``verify`` reads all."""
    if state is None or not runs:
        return list(runs)
    last = min(state.account.stat().st_mtime_ns, runs[-1].stat().st_mtime_ns)
    return [path for path in runs if path.stat().st_mtime_ns >= last]


def _newest_whole_run(output: Path, sequence: int) -> Path | None:
    for path in reversed(run_files(output)):
        try:
            if read_manifest(path).sequence >= sequence:
                return path
        except ManifestError:
            continue
    return None


def present_places(output: Path) -> dict[str, Place]:
    """The places of the present state's files, by their names; none where there is no state."""
    present = current_state(output)
    return places_of(present.path, SHOWN) if present else {}


def state_faults(state: StateFolder, shared: Mapping[str, Place], *, hash_all: bool = False) -> Iterator[Fault]:
    """What of an earlier state is not as its account says; files that it has in common with those at the places
    ``shared`` are left out. ``hash_all`` is that of ``damaged_derived``.
    """
    try:
        account = read_manifest(state.account)
    except DamagedManifestError:
        yield Fault("account", {"path": str(state.account)})
        return
    except ManifestError:
        return
    here = places_of(state.path, SHOWN)
    for entry in account.entries:
        for table, name in names_of(entry).items():
            is_shared = name in here and shared.get(name) == here[name]
            if not is_shared and not is_whole(path := state.path / name, entry.files[table]):
                yield Fault("file", {"path": str(path)})
    yield from (Fault("file", {"path": str(path)}) for path in damaged_derived(state.path, hash_all=hash_all))


def chain_faults(output: Path) -> Iterator[Fault]:
    """Accounts of runs that are damaged, and those that do not follow on the one before them."""
    before: Manifest | None = None
    for path in run_files(output):
        try:
            manifest = read_manifest(path)
        except DamagedManifestError:
            yield Fault("run", {"path": str(path)})
            before = None
            continue
        except ManifestError:
            before = None
            continue
        follows = before is None or manifest.previous == before.seal
        gap = before is not None and manifest.sequence != before.sequence + 1
        if not follows and not (gap and _was_set_aside(output, before, manifest)):
            yield Fault("chain", {"path": str(path)})
        before = manifest


def decision_faults(output: Path, manifest: Manifest) -> Iterator[Fault]:
    """Whether the decisions that ``manifest`` saw are still there as it saw them; later ones stand behind them."""
    seen = manifest.decisions
    if not seen:
        return
    path = output / DECISIONS
    try:
        data = path.read_bytes()[: seen["bytes"]]
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != seen["sha256"]:
        yield Fault("decisions", {"path": str(path), "run": manifest.run_id})


def _was_set_aside(output: Path, before: Manifest | None, after: Manifest) -> bool:
    numbers = {int(path.name.partition("-")[0]) for path in (output / "runs").glob(f"[0-9]*-*{SET_ASIDE}")}
    return before is not None and all(number in numbers for number in range(before.sequence + 1, after.sequence))
