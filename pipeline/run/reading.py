"""Reads the documents that a run has to read, those left out that a stopped run had read already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from parsers.model.errors import UnreadablePdfError
from pipeline.run.candidate import Candidate
from pipeline.run.context import IngestOptions, RunContext
from pipeline.run.outcome_entries import read_entry, unread_entry
from pipeline.run.planning import is_asked_for
from pipeline.run.progress import Progress
from pipeline.store.disk import write_whole
from pipeline.store.manifest import Entry
from pipeline.workers.worker_pool import InternalError, Outcome


@dataclass(frozen=True, slots=True)
class ReadDocuments:
    """``candidates`` by document id, and the entries of files from which nothing could be had."""

    candidates: Mapping[str, Candidate]
    unread: tuple[Entry, ...]


def read_documents(context: RunContext, progress: Progress) -> ReadDocuments:
    """Reads what the plan asks for; what people decided about the same bytes in earlier runs is carried over."""
    options, stage, account = context.options, context.stage, context.stock.account
    fingerprint = options.configuration.fingerprint
    earlier = {entry.sha256: entry for entry in (account.entries if account else ())}
    candidates: dict[str, Candidate] = {}
    unread: list[Entry] = []

    def add(candidate: Candidate) -> None:
        known = earlier.get(candidate.entry.sha256)
        entry = replace(
            candidate.entry,
            accepted=known.accepted if known else None,
            preferred=(known is not None and known.preferred) or is_preferred(candidate.entry, options),
        )
        candidates[candidate.document_id] = replace(candidate, entry=entry)

    before = stage.read_before(context.plan.to_read, fingerprint)
    for file in context.plan.to_read:
        if file.sha256 in before:
            entry, files = before[file.sha256]
            add(Candidate(replace(entry, path=str(file.path.absolute())), files))
            progress.done(0)
    rest = [file for file in context.plan.to_read if file.sha256 not in before]
    outcomes = options.parse_stage(
        rest,
        options.configuration.limits,
        lambda file: progress.begin(file.source_file),
        lambda file, of: progress.page(file.source_file, of),
    )
    for outcome in outcomes if rest else ():
        result = outcome.result
        if result is not None and result.document_id in candidates:
            unread.append(unread_entry(_of_one_name(outcome, candidates[result.document_id].entry), fingerprint))
        elif result is None:
            unread.append(_with_trace_kept(unread_entry(outcome, fingerprint), outcome, options.output))
        else:
            entry = read_entry(outcome.file, result, fingerprint)
            add(Candidate(entry, stage.put(result, entry, context.settings)))
        progress.done(result.page_count if result else 0, outcome.file.source_file)
    return ReadDocuments(candidates, tuple(unread))


def is_preferred(entry: Entry, options: IngestOptions) -> bool:
    """Whether this run was asked to load ``entry`` in the place of other versions."""
    return is_asked_for(entry, options.prefer)


def _of_one_name(outcome: Outcome, other: Entry) -> Outcome:
    error = UnreadablePdfError(
        "ids_alike", {"id": other.document_id, "other": other.source_file}, where=outcome.file.source_file
    )
    return Outcome(outcome.file, None, error)


def _with_trace_kept(entry: Entry, outcome: Outcome, output: Path) -> Entry:
    """Keeps where an internal error was raised among the runs, and says so in the reason."""
    if not isinstance(outcome.error, InternalError):
        return entry
    path = output / "runs" / f"trace-{outcome.file.sha256[:12]}.txt"
    write_whole(path, outcome.error.trace.encode("utf-8", "backslashreplace"))
    trace = InternalError("trace_kept", {"path": path})
    return replace(entry, reason=f"{entry.reason} {trace.what}", errors=(*entry.errors, trace.kept))
