"""What a run ends with: the decision over all documents, as files to publish and entries for the account."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.run.planning import Plan, gives_way, is_asked_for
from pipeline.store.columns import TABLES
from pipeline.store.layout import ACCOUNT
from pipeline.store.manifest import Entry, Manifest, sha256_of
from pipeline.store.parquet_file import DocumentFiles, read
from pipeline.store.state_folders import current_state
from pipeline.store.states import State
from pipeline.store.table_rows import finding_rows, json_reasons

if TYPE_CHECKING:
    from pipeline.checks.grades import Grade
    from pipeline.checks.report import CheckReport
    from pipeline.run.candidate import Candidate
    from pipeline.run.checking import CheckedTogether
    from pipeline.run.context import IngestOptions, RunContext
    from pipeline.run.decision import Decision
    from pipeline.run.reading import ReadDocuments
    from pipeline.run.staging import Stage


@dataclass(frozen=True, slots=True)
class Conclusion:
    """``documents`` are the entries of the inputs, ``kept`` those of what is held or lost besides; ``loaded`` (with
    fiscal years) and ``quarantined`` are the files to publish; ``before`` is the account of the run before.
    """

    documents: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    unknown_indicators: tuple[Mapping[str, Any], ...]
    before: Manifest | None
    loaded: Mapping[str, tuple[int | None, DocumentFiles]]
    quarantined: Mapping[str, DocumentFiles]
    checked_under: str = ""


def unchanged(plan: Plan, before: Manifest | None) -> Conclusion:
    """The conclusion of a run that found nothing to do."""
    unknown = before.unknown_indicators if before else ()
    under = before.checked_under if before else ""
    return Conclusion(_sorted(_unchanged(entry) for entry in plan.settled), plan.kept, unknown, before, {}, {}, under)


def conclude(context: RunContext, accepted: Mapping[str, Candidate], read: ReadDocuments) -> Conclusion:
    """Decides about all documents together: those read, those accepted, and those that the output holds."""
    from pipeline.run.decision import decide
    from pipeline.run.known_documents import known_documents
    from pipeline.run.outcome_entries import account, concluded, unknown_indicators

    plan, stock, stage = context.plan, context.stock, context.stage
    candidates = {**_stored_candidates(context), **accepted, **read.candidates}
    for d in accepted.keys() & read.candidates.keys():  # read anew by the same run
        again = read.candidates[d]
        candidates[d] = replace(
            again, entry=replace(again.entry, accepted=accepted[d].entry.accepted), accepted_now=True
        )
    candidates = _only_the_asked_for(candidates, context.options)
    known = known_documents(stock, context.options.output, context.options.configuration.fingerprint, candidates)

    def check(asked: CheckedTogether, chosen: Sequence[str]) -> CheckReport:
        return context.options.check_stage(asked, lambda: _prepare(context, [candidates[d] for d in chosen]))

    decision = decide(candidates, context.settings, stage.checks, context.decided, known, check)
    graded = {d: _finished_files(candidate, decision, stage, known.rows.get(d)) for d, candidate in candidates.items()}
    files = {d: finished for d, (finished, _) in graded.items()}
    final = {
        d: _with_grade(concluded(candidate, decision, files[d]), graded[d][1]) for d, candidate in candidates.items()
    }
    aside = [e for e in (*plan.settled, *plan.kept) if e.held is State.QUARANTINED and e.document_id not in final]
    now = [final[d] for d in (*read.candidates, *(str(e.document_id) for e in plan.settled)) if d in final]
    replaced = {str(e.document_id): other for e in plan.kept if e in aside and (other := gives_way(e, now))}
    apart = {str(e.document_id) for e in aside} - replaced.keys()
    for document_id in decision.quarantined:
        said = account(final[document_id], decision.findings[document_id], context.options.output)
        path = stage.put_account(document_id, said)
        files[document_id] = {**files[document_id], ACCOUNT: path}
        entry = final[document_id]
        final[document_id] = replace(entry, files={**entry.files, ACCOUNT: sha256_of(path)})
    settled = [_unchanged(final.get(str(e.document_id), e)) for e in plan.settled if e.document_id not in accepted]
    inputs = [*read.unread, *settled, *(final[d] for d in {**read.candidates, **accepted})]
    kept = [final.get(str(e.document_id), e) for e in plan.kept if _is_kept(e, accepted, final, apart)]
    kept += [_overwritten(e, replaced[d]) for e in plan.kept if (d := str(e.document_id)) in replaced]
    return Conclusion(
        documents=_sorted(inputs),
        kept=_sorted(kept),
        unknown_indicators=unknown_indicators({d: files[d] for d in decision.loaded}, known),
        before=stock.account,
        loaded={d: (final[d].fiscal_year, files[d]) for d in sorted(decision.loaded)},
        quarantined={d: files[d] for d in sorted(decision.quarantined)}
        | {d: stock.quarantined[d] for d in sorted(apart)},
        checked_under=context.options.configuration.fingerprint,
    )


def _prepare(context: RunContext, loaded: Iterable[Candidate]) -> None:
    """Makes what is made of all tables together, should all of ``loaded`` be loaded; once a run.

    It is a guess: what fails here is done again when the state is there, and then tells what is wrong.
    """
    import duckdb

    from pipeline.report.derived_files import prepare_derived

    if context.prepared.exists():
        return
    state = current_state(context.options.output)
    with contextlib.suppress(OSError, duckdb.Error):
        prepare_derived(
            context.prepared,
            {c.document_id: (c.entry.fiscal_year, c.files) for c in loaded},
            state.path if state else None,
        )


def _is_kept(entry: Entry, accepted: Mapping[str, Candidate], final: Mapping[str, Entry], apart: Iterable[str]) -> bool:
    document_id = str(entry.document_id)
    if document_id in accepted:
        return False
    return entry.held is None or document_id in final or document_id in apart


def _stored_candidates(context: RunContext) -> dict[str, Candidate]:
    from pipeline.run.candidate import Candidate
    from pipeline.run.reading import is_preferred

    plan, stock = context.plan, context.stock
    return {
        str(e.document_id): Candidate(
            replace(e, preferred=e.preferred or is_preferred(e, context.options)),
            stock.loaded[str(e.document_id)],
            replaced=e.document_id in plan.overwritten,
        )
        for e in (*plan.settled, *plan.kept)
        if e.held is State.LOADED
    }


def _overwritten(entry: Entry, other: Entry) -> Entry:
    """The entry of what a file held in quarantine before it held ``other``."""
    return replace(
        entry,
        state=State.SUPERSEDED,
        held=None,
        other=other.document_id,
        rule="overwritten",
        files={},
        errors=(),
        reason=f"its file now holds {other.document_id}",
    )


def _only_the_asked_for(candidates: Mapping[str, Candidate], options: IngestOptions) -> dict[str, Candidate]:
    """The candidates, of which those asked for in this run take the preference from other versions of their plans."""
    plans = {_plan_of(c.entry) for c in candidates.values() if is_asked_for(c.entry, options.prefer)}
    return {
        d: replace(c, entry=replace(c.entry, preferred=is_asked_for(c.entry, options.prefer)))
        if _plan_of(c.entry) in plans
        else c
        for d, c in candidates.items()
    }


def _plan_of(entry: Entry) -> tuple[str | None, int | None, str]:
    return entry.branch_code, entry.fiscal_year, entry.kind


def _finished_files(
    candidate: Candidate, decision: Decision, stage: Stage, known: Sequence[Mapping[str, Any]] | None
) -> tuple[DocumentFiles, Grade | None]:
    """The candidate's files with its finished findings and grade; what would not change stays as it is.

    ``known`` are the rows of findings that stand in its files: a grade follows from them and from what was read.
    """
    document_id = candidate.document_id
    if document_id not in decision.findings:
        return candidate.files, None
    unchanged = known is not None and finding_rows(document_id, decision.findings[document_id]) == known
    if unchanged and not candidate.accepted_now:
        return candidate.files, None
    from pipeline.checks.grades import Grade, grade_of

    files = candidate.files
    targets = read(files["targets"], TABLES["targets"]).select(["confidence", "page"]).to_pylist()
    grade = grade_of(decision.findings[document_id], targets)
    if document_id in decision.loaded and grade.name == "quarantined":  # accepted, and as doubtful as can be
        grade = Grade("doubtful", grade.reasons)
    (row,) = read(files["documents"], TABLES["documents"]).to_pylist()
    row |= {"grade": grade.name, "grade_reasons": json_reasons(grade.reasons)}
    finished = {
        "findings": stage.put_findings(document_id, decision.findings[document_id]),
        "documents": stage.put_document(document_id, row),
    }
    changed = {name: path for name, path in finished.items() if path.read_bytes() != files[name].read_bytes()}
    return {**files, **changed}, grade


def _with_grade(entry: Entry, grade: Grade | None) -> Entry:
    return replace(entry, grade=grade.name, grade_reasons=grade.reasons) if grade else entry


def _unchanged(entry: Entry) -> Entry:
    return replace(entry, state=State.UNCHANGED) if entry.held is State.LOADED else entry


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.source_file, entry.sha256 or "")))
