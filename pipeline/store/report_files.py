"""The list of a report's files with their hashes, by which it is known whether the report is whole and of which state.

``OUT/report/.files.json`` is written when the report is finished: a report that a stopped run left half done, or one of
an earlier state, has a list that does not fit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.store.derived import damaged_derived, is_of_this_edition
from pipeline.store.disk import write_whole
from pipeline.store.manifest import seal_of, sha256_of
from pipeline.store.state_folders import StateFolder, current_state

LIST = ".files.json"


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """``sequence`` is that of the state the report shows; ``files`` maps each file (relative) to hash, size and time of
    its last change (nanoseconds).
    """

    sequence: int
    files: Mapping[str, tuple[str, int, int]]


def list_report(output: Path, state: StateFolder, foreign: frozenset[str] = frozenset()) -> None:
    """Writes the list of all files that the report has now, ``foreign`` ones left out."""
    report = output / "report"
    before = read_list(output)
    files: dict[str, tuple[str, int, int]] = {}
    for name, path in _present(report).items():
        if name not in foreign:
            stat = path.stat()
            known = before.files.get(name) if before else None
            unchanged = known is not None and known[1:] == (stat.st_size, stat.st_mtime_ns)
            files[name] = (
                known[0] if known and unchanged else sha256_of(path),
                stat.st_size,
                stat.st_mtime_ns,
            )
    data = {"sequence": state.sequence, "files": files}
    text = json.dumps({**data, "seal": seal_of(data)}, ensure_ascii=False, sort_keys=True)
    write_whole(report / LIST, text.encode())


def read_list(output: Path) -> ReportFiles | None:
    """The list as it was written; None where there is none or it is damaged."""
    try:
        text = (output / "report" / LIST).read_text(encoding="utf-8")
        data: dict[str, Any] = json.loads(text)
        seal = data.pop("seal")
        if seal != seal_of(data) or text != json.dumps({**data, "seal": seal}, ensure_ascii=False, sort_keys=True):
            return None
        files = {name: (str(sha256), int(size), int(time)) for name, (sha256, size, time) in data["files"].items()}
        return ReportFiles(int(data["sequence"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def damaged_files(output: Path, listed: ReportFiles, *, hash_all: bool) -> list[str]:
    """The listed files that are gone or other than they were; unless ``hash_all`` only files whose size or time of
    change differ are hashed.
    """
    damaged = []
    for name, (sha256, size, changed) in listed.files.items():
        path = output / "report" / name
        try:
            stat = path.stat()
            same = (stat.st_size, stat.st_mtime_ns) == (size, changed)
            if (hash_all or not same) and sha256_of(path) != sha256:
                damaged.append(name)
        except OSError:
            damaged.append(name)
    return damaged


def is_up_to_date(output: Path) -> bool:
    """Whether the report is finished, whole, and shows the present state, and what is derived from that is whole and of
    this edition of the program.
    """
    listed, state = read_list(output), current_state(output)
    if listed is None or state is None or listed.sequence != state.sequence:
        return False
    return (
        not damaged_files(output, listed, hash_all=False)
        and not damaged_derived(state.path)
        and is_of_this_edition(state.path)
    )


def foreign_files(output: Path, listed: ReportFiles) -> frozenset[str]:
    """The files that lie in the report's folder and are none of it."""
    return frozenset(_present(output / "report")) - frozenset(listed.files)


def _present(report: Path) -> dict[str, Path]:
    files = (path for path in report.rglob("*") if path.is_symlink() or not path.is_dir())
    found = {path.relative_to(report).as_posix(): path for path in files if path.is_file()}
    found.pop(LIST, None)
    return found
