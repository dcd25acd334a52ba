"""What the account of a run says of each document: its entry, and the file that explains a quarantine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalizers.vocabulary import normalize
from pipeline.checks.entry_words import error_of
from pipeline.inputs.discovery import InputFile
from pipeline.inputs.input_bytes import InputGoneError
from pipeline.run.candidate import Candidate
from pipeline.run.decision import Decision
from pipeline.store.columns import TABLES
from pipeline.store.document_result import DocumentResult
from pipeline.store.manifest import Entry, sha256_of
from pipeline.store.parquet_file import DocumentFiles, read
from pipeline.store.states import State
from pipeline.store.table_rows import FindingRow
from pipeline.workers.worker_pool import Outcome, WorkerFailedError

if TYPE_CHECKING:
    from pipeline.run.known_documents import KnownDocuments


def read_entry(file: InputFile, result: DocumentResult, fingerprint: str) -> Entry:
    """The entry of a document that was read."""
    identity = result.identity
    return Entry(
        source_file=file.source_file,
        state=State.LOADED,
        sha256=result.sha256,
        document_id=result.document_id,
        branch_code=identity.branch_code,
        branch_name=identity.branch_name,
        fiscal_year=identity.fiscal_year,
        title=normalize(identity.title).text,
        kind=identity.kind,
        is_draft=identity.is_draft,
        dated=identity.dated,
        page_count=result.page_count,
        text_layer=result.text_layer,
        fingerprint=file.read_under(fingerprint),
        decided=tuple(decision.id for decision in file.decided.decisions),
        path=str(file.path.absolute()),
    )


def unread_entry(outcome: Outcome, fingerprint: str) -> Entry:
    """The entry of a file from which nothing could be had; a worker's own failure is worth another try."""
    error = outcome.error
    reason = "" if error is None else f"{error.what} {error.remedy}".strip()
    return Entry(
        source_file=outcome.file.source_file,
        state=State.UNREADABLE,
        sha256=outcome.file.sha256,
        reason=reason,
        errors=() if error is None else (error.kept,),
        page=None if error is None else error.page,
        retry=isinstance(error, (WorkerFailedError, InputGoneError)),
        fingerprint=outcome.file.read_under(fingerprint),
        path=str(outcome.file.path.absolute()),
    )


def concluded(candidate: Candidate, decision: Decision, files: DocumentFiles) -> Entry:
    """The entry of a candidate after the decision: its state, why, and the hashes of its files."""
    document_id = candidate.document_id
    entry = candidate.entry
    if document_id in decision.superseded:
        other = decision.superseded[document_id]
        reason = f"a better version of the same plan is loaded: {other}"
        return replace(
            entry,
            state=State.SUPERSEDED,
            held=None,
            reason=reason,
            other=other,
            files={},
            rule=decision.rules[document_id],
        )
    # Files that stay where they are keep the hash that the ledger has for them.
    hashes = {
        name: entry.files[name] if name in entry.files and path == candidate.files[name] else sha256_of(path)
        for name, path in files.items()
        if name in TABLES
    }
    errors = [row for row in decision.findings[document_id] if row.is_error]
    if document_id in decision.loaded:
        accepted = entry.accepted
        if accepted and candidate.accepted_now:
            accepted = replace(
                accepted, checks=tuple(sorted({*accepted.checks, *(row.finding.check for row in errors)}))
            )
        return replace(
            entry,
            state=State.LOADED,
            held=State.LOADED,
            reason="",
            errors=tuple(error_of(error) for error in errors),
            page=None,
            other=None,
            accepted=accepted,
            files=hashes,
        )
    reason = "; ".join(f"{error.finding.check}: {error.message}" for error in errors)
    return replace(
        entry,
        state=State.QUARANTINED,
        held=State.QUARANTINED,
        reason=reason,
        errors=tuple(error_of(error) for error in errors),
        page=next((error.finding.page for error in errors if error.finding.page is not None), None),
        other=None,
        files=hashes,
    )


def account(entry: Entry, findings: Iterable[FindingRow], output: Path) -> dict[str, Any]:
    """What ``findings.json`` says: what the document is, why it is kept apart, and what to type next."""
    return {
        "document_id": entry.document_id,
        "source_file": entry.source_file,
        "sha256": entry.sha256,
        "title": entry.title,
        "findings": [
            {**asdict(row.finding), "severity": row.severity, "message": row.message, "scope": row.scope}
            for row in findings
        ],
        "read_again": f"branch-plans ingest RAW --output {output} --retry",
        "load_all_the_same": f"branch-plans ingest --output {output} --accept {entry.document_id} --reason WHY",
    }


def unknown_indicators(documents: Mapping[str, DocumentFiles], known: KnownDocuments) -> tuple[dict[str, Any], ...]:
    """The indicators that the catalogue does not know, over all loaded documents, the most frequent first."""
    found: dict[str, dict[str, Any]] = {}
    name = "unknown_indicators"
    stored = known.rows_of(name, documents)
    for document_id in sorted(documents):
        rows = stored.get(document_id)
        if rows is None:
            rows = read(documents[document_id][name], TABLES[name]).to_pylist()
        for row in rows:
            nearest = [[entry["code"], entry["name"], entry["score"]] for entry in row["nearest"]]
            kept = found.setdefault(row["wording"], {"wording": row["wording"], "nearest": nearest, "target_ids": []})
            kept["target_ids"].append(row["target_id"])
    return tuple(sorted(found.values(), key=lambda entry: (-len(entry["target_ids"]), entry["wording"])))
