"""``OUT/tables`` and ``OUT/quarantine``: the present state for programs that only know paths.

Both are trees of links to the state's files, and each takes the place of the one before in a single exchange of two
folders. Should a run be killed between the two exchanges, the state itself is complete and the next run shows it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from parsers.model.errors import BranchPlansError
from pipeline.store.disk import flush, link_tree, take_place
from pipeline.store.file_places import places_of
from pipeline.store.manifest import ManifestError, read_manifest, sha256_of
from pipeline.store.state_folders import STATES, StateFolder, state_folders

SHOWN = ("tables", "quarantine")
"""The folders of OUT that show a state; a run replaces them as a whole."""

WRITTEN = (*SHOWN, "report")
"""The folders of OUT in which only this program may have files."""


class ForeignFilesError(BranchPlansError):
    """The output folder holds files that this program did not write, where it would replace them."""


def show(output: Path, work: Path, state: StateFolder) -> None:
    """Makes the present state visible under ``output``; does nothing where it is visible already.

    Raises ForeignFilesError where something would be lost by it, OSError where the disk fails.
    """
    refuse_foreign_files(output)
    for name in SHOWN:
        if _is_shown(state.path / name, output / name):
            continue
        following = work / "shown" / name
        shutil.rmtree(following, ignore_errors=True)
        link_tree(state.path / name, following)
        take_place(following, output / name)
    flush(output)
    shutil.rmtree(work / "shown", ignore_errors=True)


def recover(output: Path, work: Path) -> None:
    """Puts a folder back that a run moved aside and did not live to replace (where none can be exchanged)."""
    for name in SHOWN:
        aside = work / "shown" / f"{name}.old"
        if aside.is_dir() and not (output / name).exists():
            aside.rename(output / name)


def refuse_foreign_files(output: Path) -> None:
    """Raises ForeignFilesError where the folders that a run replaces hold anything that no run wrote there."""
    states = state_folders(output)
    if states:
        names = [*places_of(output, SHOWN)]
        for state in reversed(states):  # nearly always the present one has them all
            known = places_of(state.path, SHOWN) if names else {}
            names = [name for name in names if name not in known]
        foreign = [output / name for name in names]
        if foreign:  # something of ours that was moved is no loss
            ours = _known_hashes(output)
            foreign = [path for path in foreign if path.is_symlink() or sha256_of(path) not in ours]
    elif (output / STATES).is_dir() or any((output / "runs").glob("*.json")):
        foreign = [path for path in all_files(output, SHOWN) if not _looks_ours(path.relative_to(output))]
    else:
        foreign = list(all_files(output, WRITTEN))
    if foreign:
        names = [str(path.relative_to(output)) for path in sorted(foreign)[:3]]
        raise ForeignFilesError("foreign_files", {"files": names, "count": len(foreign)}, where=str(output))


def _known_hashes(output: Path) -> set[str]:
    known = set()
    for state in state_folders(output):
        try:
            known |= {sha256 for entry in read_manifest(state.account).entries for sha256 in entry.files.values()}
        except ManifestError:
            continue
    return known


def _looks_ours(path: Path) -> bool:
    parts = path.parts
    if parts[0] == "tables":
        return len(parts) == 4 and parts[2].startswith("plan_year=") and path.suffix == ".parquet"
    return len(parts) == 3 and (path.suffix == ".parquet" or path.name == "findings.json")


def all_files(root: Path, folders: Iterable[str]) -> list[Path]:
    """Every file (and link) under ``folders`` of ``root``."""
    return [path for name in folders for path in (root / name).rglob("*") if path.is_symlink() or not path.is_dir()]


def _is_shown(present: Path, shown: Path) -> bool:
    if not shown.is_dir():
        return False
    here, there = _looks(present), _looks(shown)
    if here.keys() != there.keys():
        return False
    # Where there are no links, equal bytes are as good.
    return all(
        here[name] == there[name]
        or (here[name][1] == there[name][1] and (present / name).read_bytes() == (shown / name).read_bytes())
        for name in here
    )


def _looks(folder: Path, within: str = "") -> dict[str, tuple[int, int]]:
    """Place on the disk and size of all that is in ``folder``, by name; zeros for a folder."""
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{within}{entry.name}"
            if entry.is_dir():
                found[name] = (0, 0)
                found |= _looks(Path(entry.path), f"{name}/")
            else:
                stat = entry.stat(follow_symlinks=False)
                found[name] = (stat.st_ino, stat.st_size)
    return found
