"""What a fault left of an output: whether all tables are whole, of one state, and what is held."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

Tree = Mapping[str, str]
"""Files of the tables and the quarantine, each with its hash."""


def tree_of(output: Path) -> Tree:
    """Every file of the tables and the quarantine."""
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("tables", "quarantine")
        for path in sorted((output / part).rglob("*"))
        if path.is_file()
    }


def held_by(output: Path) -> set[str]:
    """The source files of all that ``output`` accounts for; the versions of one plan are one."""
    from pipeline.store.manifest import newest_manifest

    manifest = newest_manifest(output)
    return {entry.source_file for entry in (manifest.entries if manifest else ()) if entry.held}


def look_at(output: Path, expected: Sequence[Tree], *, finished: bool, swift: bool = False) -> tuple[str, list[str]]:
    """Names what a run left, and gives as faults what none may leave.

    ``finished``: it said that all was done; ``swift``: it draws no report.
    """
    tree = tree_of(output)
    state = "a complete state" if tree in expected else ("nothing yet" if not tree else "between two states")
    faults = _torn(output, tree, expected)
    if state == "between two states":
        halves = [{k: v for k, v in e.items() if k.startswith("tables/")} for e in expected]
        tables = {k: v for k, v in tree.items() if k.startswith("tables/")}
        if finished or (tables and tables not in halves):
            faults.append("the tables are of no state")
    sound, told = verified(output, report=not swift)
    if finished and not sound:
        faults.append(f"the run said that all was done, and verify says {told[:1]}")
    if not sound and not told:
        faults.append("verify fails and does not say why")
    return f"{state}, {'sound' if sound else 'unfinished, and verify says so'}", faults


def _torn(output: Path, tree: Tree, expected: Sequence[Tree]) -> list[str]:
    """Unreadable files, and documents with some tables but not all."""
    from pipeline.store.columns import TABLES
    from pipeline.store.parquet_file import TableFileError, read

    faults = []
    documents: dict[str, set[str]] = {}
    for name in tree:
        path = output / name
        if path.suffix != ".parquet":
            continue
        loaded = name.startswith("tables/")
        of_table, document = (name.split("/")[1], path.stem) if loaded else (path.stem, f"{path.parent.name} apart")
        documents.setdefault(document, set()).add(of_table)
        if any(tree[name] == e.get(name) for e in expected):
            continue
        try:
            read(path, TABLES[of_table])
        except TableFileError as error:
            faults.append(str(error))
    faults += [f"{document} has {len(has)} tables" for document, has in documents.items() if has != set(TABLES)]
    return faults


def verified(output: Path, *, report: bool = True) -> tuple[bool, list[str]]:
    """Whether ``verify`` finds the output sound, and what it says otherwise; without ``report`` that is passed over."""
    from pipeline.store.status import NoOutputError
    from pipeline.store.verify import verify_output

    try:
        faults = [fault for fault in verify_output(output).faults if report or fault.code != "report"]
    except NoOutputError as nothing:
        return False, [str(nothing)]
    return not faults, [str(fault) for fault in faults]
