"""Plans a run: which inputs must be read, and the entries of the ledger that all others keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from parsers.model.errors import BranchPlansError
from pipeline.inputs.discovery import Discovery, InputFile
from pipeline.store.manifest import Entry, Manifest
from pipeline.store.states import State
from pipeline.store.stock import is_whole


class NoVersionError(BranchPlansError):
    """A version that was asked for is neither among the inputs nor held."""


class LostError(BranchPlansError):
    """A document's stored files were damaged and its PDF is gone: a state of it, never raised."""


@dataclass(frozen=True, slots=True)
class Held:
    """The documents in OUT by id: those in the tables and those in quarantine whose files are all undamaged.

    ``damaged`` maps every other document to the names of its tables that are missing or damaged.
    """

    loaded: frozenset[str]
    quarantined: frozenset[str]
    damaged: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does with each input and with each document of earlier runs.

    ``to_read`` are the inputs to parse, ``settled`` the entries of all other inputs. ``kept`` are the entries of
    documents that are in OUT but no input of this run, lost ones (damaged, without a PDF) among them. ``overwritten``
    are the ids of documents whose file now holds other bytes. ``consistent``: OUT holds what its ledger says.
    """

    to_read: tuple[InputFile, ...]
    settled: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    overwritten: frozenset[str]
    consistent: bool


def plan_run(
    discovery: Discovery, ledger: Manifest | None, held: Held, fingerprint: str, *, retry: bool, prefer: Sequence[str]
) -> Plan:
    """Decides for each input whether its bytes, name, configuration and place in OUT are those of an earlier run.

    What failed for good (``unreadable``, ``quarantined``) is not read again either, unless ``retry``; it keeps its
    state and its reason. A superseded file is read again whenever anything is, when it is in ``prefer``, or when it
    has its earlier bytes back in place of those that superseded it, because the choice is then made anew. A document
    whose stored files are damaged is read again from its PDF, also where that is no input of this run.
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
            errors=(problem.error.kept,),
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
            settled.append(replace(entry, path=str(file.path.absolute()), gone=False))
    kept = [_as_kept(entry) for entry in entries if entry.held and entry.sha256 and entry.sha256 not in first]
    overwritten = {entry.document_id: entry.source_file for entry in kept if _is_overwritten(entry, first.values())}
    lost = [entry for entry in _lost(ledger, held) if entry.sha256 not in first]
    found = {entry.sha256: there for entry in lost if (there := document_file(entry))}
    to_read += found.values()
    kept += [entry for entry in lost if entry.sha256 not in found]
    wanted = [
        file
        for file in superseded
        if file.source_file in overwritten.values() or is_asked_for(_at(known[file.sha256], file), prefer)
    ]
    if to_read or wanted:
        to_read += superseded
    else:
        settled += [known[file.sha256] for file in superseded]
    return Plan(
        tuple(to_read), tuple(settled), tuple(kept), frozenset(map(str, overwritten)), consistent=not held.damaged
    )


def with_gone(plan: Plan, raw: Iterable[Path]) -> Plan:
    """The plan that tells which of the documents kept had their file under ``raw`` and have it no more."""
    folders = [path.absolute() for path in raw]

    def looked_at(entry: Entry) -> Entry:
        if entry.held is None or entry.path is None:
            return entry
        path = Path(entry.path)
        was_there = any(folder == path or folder in path.parents for folder in folders)
        return replace(entry, gone=_is_gone(path)) if was_there else entry

    return replace(plan, kept=tuple(map(looked_at, plan.kept)))


def _is_gone(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # nobody can tell
        return False
    return False


def is_asked_for(entry: Entry, asked: Iterable[str]) -> bool:
    """Whether ``asked`` names the entry by its id, its source file, or the place of its file."""
    names = {entry.document_id, entry.source_file}
    return any(name in names or entry.path == str(Path(name).absolute()) for name in asked)


def refuse_unknown(asked: Iterable[str], files: Iterable[InputFile], entries: Iterable[Entry], output: Path) -> None:
    """Raises NoVersionError where one of ``asked`` names none of the files and entries."""
    entries = [*(Entry(f.source_file, State.LOADED, path=str(f.path.absolute())) for f in files), *entries]
    for name in asked:
        if not any(is_asked_for(entry, [name]) for entry in entries):
            raise NoVersionError("no_such_version", {"name": name}, where=str(output))


def gives_way(entry: Entry, others: Iterable[Entry]) -> Entry | None:
    """That of ``others`` which the file of ``entry``, a quarantined document of an earlier run, holds now.

    A document of another fiscal year does not count: a folder may be filled anew every year under the same names.
    """
    if entry.held is not State.QUARANTINED:
        return None
    return next(
        (
            other
            for other in others
            if other.document_id != entry.document_id
            and is_same_file(entry, other.source_file, other.path)
            and (None in (years := (entry.fiscal_year, other.fiscal_year)) or years[0] == years[1])
        ),
        None,
    )


def _is_overwritten(entry: Entry, files: Iterable[InputFile]) -> bool:
    return any(is_same_file(entry, file.source_file, str(file.path.absolute())) for file in files)


def is_same_file(entry: Entry, source_file: str, path: str | None) -> bool:
    """Whether the file ``source_file``, now at ``path``, is the one that ``entry`` was read from.

    Files of one name in two folders are two, as long as the earlier one is where it was.
    """
    if entry.source_file != source_file:
        return False
    return entry.path is None or entry.path == path or not Path(entry.path).exists()


def document_file(entry: Entry) -> InputFile | None:
    """The PDF of ``entry`` where it was read before, None where it is not there any more or was changed."""
    path = Path(entry.path) if entry.path else None
    if path is None or entry.sha256 is None or not path.is_file() or not is_whole(path, entry.sha256):
        return None
    return InputFile(path, entry.source_file, entry.sha256, path.stat().st_size)


def _lost(ledger: Manifest | None, held: Held) -> list[Entry]:
    """The documents of the ledger whose files are damaged now, and those that it names as lost already."""
    if ledger is None:
        return []
    damaged = [entry for entry in ledger.entries if entry.held and entry.document_id in held.damaged]
    return [
        *(_as_lost(entry, held.damaged[str(entry.document_id)]) for entry in damaged),
        *ledger.lost,
    ]


def _as_lost(entry: Entry, tables: Sequence[str]) -> Entry:
    lost = LostError("was_lost", {"tables": tables, "path": entry.path or entry.source_file})
    return replace(
        entry,
        state=State.UNREADABLE,
        held=None,
        fingerprint="",
        retry=True,
        reason=f"{lost.what} {lost.remedy}",
        errors=(lost.kept,),
        files={},
    )


def _reconciled(entry: Entry, held: Held) -> Entry:
    """``entry`` without its claim on records that are not where it says."""
    there = held.loaded if entry.held is State.LOADED else held.quarantined
    return entry if entry.held is None or entry.document_id in there else replace(entry, held=None, fingerprint="")


def _still_holds(entry: Entry, file: InputFile, fingerprint: str, *, retry: bool) -> bool:
    if entry.fingerprint != file.read_under(fingerprint) or entry.source_file != file.source_file:
        return False
    return not (entry.retry or (retry and (entry.state is State.UNREADABLE or entry.held is State.QUARANTINED)))


def _at(entry: Entry, file: InputFile) -> Entry:
    return replace(entry, path=str(file.path.absolute()))


def _as_kept(entry: Entry) -> Entry:
    return replace(entry, state=entry.held or entry.state)
