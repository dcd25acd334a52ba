"""What a run has to do: which inputs must be read, and what is known of the others already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.inputs.discovery import Discovery, InputFile
from pipeline.store.manifest import Entry, Manifest
from pipeline.store.states import State


@dataclass(frozen=True, slots=True)
class Held:
    """Ids of the documents whose files are all there, in the tables and in quarantine."""

    loaded: frozenset[str]
    quarantined: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """``to_read`` are the inputs to parse, ``settled`` the entries of all other inputs, ``kept`` those of documents
    from earlier runs that are no input of this one. ``consistent`` tells that OUT holds what its ledger says.
    """

    to_read: tuple[InputFile, ...]
    settled: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    consistent: bool


def plan_run(
    discovery: Discovery, ledger: Manifest | None, held: Held, fingerprint: str, *, retry: bool, prefer: Sequence[str]
) -> Plan:
    """Decides for each input whether its bytes, name, configuration and place in OUT are those of an earlier run.

    What failed for good (``unreadable``, ``quarantined``) is not read again either, unless ``retry``; it keeps its
    state and its reason. A superseded file is read again whenever anything is, when it is in ``prefer``, or when it
    has its earlier bytes back in place of those that superseded it, because the choice is then made anew.
    """
    entries = [_reconciled(entry, held) for entry in (ledger.entries if ledger else ())]
    known = {entry.sha256: entry for entry in entries if entry.sha256 and entry.state is not State.DUPLICATE}
    first: dict[str, InputFile] = {}
    to_read: list[InputFile] = []
    superseded: list[InputFile] = []
    settled: list[Entry] = [
        Entry(
            problem.source_file,
            State.UNREADABLE,
            reason=f"{problem.error.what} {problem.error.remedy}".strip(),
            retry=True,
        )
        for problem in discovery.problems
    ]
    for file in discovery.files:
        entry = known.get(file.sha256)
        if file.sha256 in first:
            same = first[file.sha256].source_file
            settled.append(
                Entry(file.source_file, State.DUPLICATE, file.sha256, f"has the same bytes as {same}", other=same)
            )
            continue
        first[file.sha256] = file
        if entry is None or not _still_holds(entry, file, fingerprint, retry=retry):
            to_read.append(file)
        elif entry.state is State.SUPERSEDED:
            superseded.append(file)
        else:
            settled.append(entry)
    kept = tuple(_as_kept(entry) for entry in entries if entry.held and entry.sha256 and entry.sha256 not in first)
    overwritten = {entry.source_file for entry in kept}
    wanted = [
        file for file in superseded if file.source_file in overwritten or _asked_for(file, known[file.sha256], prefer)
    ]
    if to_read or wanted:
        to_read += superseded
    else:
        settled += [known[file.sha256] for file in superseded]
    return Plan(tuple(to_read), tuple(settled), kept, _is_consistent(entries, held))


def _reconciled(entry: Entry, held: Held) -> Entry:
    """``entry`` without its claim on records that are not where it says."""
    there = held.loaded if entry.held is State.LOADED else held.quarantined
    return entry if entry.held is None or entry.document_id in there else replace(entry, held=None, fingerprint="")


def _still_holds(entry: Entry, file: InputFile, fingerprint: str, *, retry: bool) -> bool:
    if entry.fingerprint != file.read_under(fingerprint) or entry.source_file != file.source_file:
        return False
    return not (entry.retry or (retry and (entry.state is State.UNREADABLE or entry.held is State.QUARANTINED)))


def _asked_for(file: InputFile, entry: Entry, prefer: Iterable[str]) -> bool:
    return not {file.source_file, entry.document_id}.isdisjoint(prefer)


def _as_kept(entry: Entry) -> Entry:
    return replace(entry, state=entry.held or entry.state)


def _is_consistent(entries: Sequence[Entry], held: Held) -> bool:
    claims = {state: {entry.document_id for entry in entries if entry.held is state} for state in State}
    return claims[State.LOADED] == held.loaded and claims[State.QUARANTINED] == held.quarantined
