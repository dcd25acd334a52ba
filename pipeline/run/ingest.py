"""The main job: find PDFs, read what is new, check everything together, publish it, and keep account."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.inputs.configuration import Configuration
from pipeline.inputs.decided_files import AllDecided, read_decided, with_decided
from pipeline.inputs.discovery import Discovery, discover
from pipeline.run.planning import Held, Plan, plan_run
from pipeline.run.progress import Progress
from pipeline.run.quarantine import accept
from pipeline.store.columns import SCHEMA_VERSION
from pipeline.store.coverage import missing_branches
from pipeline.store.manifest import Entry, Manifest, new_run_id, newest_manifest, sha256_of, totals_of, write_manifest
from pipeline.store.output_lock import output_lock
from pipeline.store.publish import ACCOUNT, UNFINISHED, publish, recover, stored_loaded, stored_quarantined
from pipeline.store.states import State
from pipeline.version import __version__
from pipeline.workers.worker_pool import ParseStage

if TYPE_CHECKING:
    from pipeline.checks import CheckSettings
    from pipeline.run.decision import Candidate, Decision
    from pipeline.run.staging import Stage
    from pipeline.store.parquet_file import DocumentFiles

_LIBRARIES = (
    "pymupdf",
    "pdfplumber",
    "spacy",
    "sudachipy",
    "sudachidict-core",
    "great-expectations",
    "pandas",
    "pyarrow",
)

ShowProgress = Callable[[int], AbstractContextManager[Progress]]


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What to do: ``retry`` reads again what failed, ``rebuild`` reads everything again and forgets what is no input,
    ``accept`` are ids of quarantined documents to load all the same for ``reason``, ``prefer`` ids or source files of
    versions to load instead of those that the rule would choose. ``workers`` processes of this machine make the report
    (None: one a core); those that read documents are ``parse_stage``'s own.
    """

    raw: tuple[Path, ...]
    output: Path
    configuration: Configuration
    parse_stage: ParseStage
    retry: bool = False
    rebuild: bool = False
    accept: tuple[str, ...] = ()
    reason: str = ""
    prefer: tuple[str, ...] = ()
    page_pictures: bool = True
    workers: int | None = None


def ingest(options: IngestOptions, show_progress: ShowProgress) -> Manifest:
    """Brings ``options.output`` up to date with the inputs and returns the account of the run.

    Raises InputError where there is nothing to read, OutputBusyError and OutputUnwritableError where the output cannot
    be written, ManifestError where it belongs to another version, OSError where the disk fails on the way; in all these
    cases the output stays as it was.
    """
    started = datetime.now(UTC)
    found = discover(options.raw, options.output) if options.raw else Discovery((), ())
    decided = read_decided(options.output)
    discovery = with_decided(found, decided)
    with output_lock(options.output) as work:
        recover(options.output, work)
        unfinished = work / UNFINISHED
        finish_report = unfinished.exists()
        ledger = None if options.rebuild else newest_manifest(options.output)
        run = _Run(options, discovery, decided, ledger, work)
        ended = run.go(show_progress)
        manifest = Manifest(
            run_id=new_run_id(started),
            started=started.isoformat(timespec="milliseconds"),
            finished=datetime.now(UTC).isoformat(timespec="milliseconds"),
            pipeline_version=__version__,
            schema_version=SCHEMA_VERSION,
            fingerprint=options.configuration.fingerprint,
            versions={"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
            totals=totals_of(ended.documents),
            missing_branches=missing_branches((*ended.documents, *ended.kept)),
            documents=ended.documents,
            kept=ended.kept,
            unknown_indicators=ended.unknown_indicators,
        )
        write_manifest(options.output, manifest)
        if decided.wordings:
            from pipeline.decisions.words import put_wordings

            put_wordings(options.output, decided.wordings)
        if ended.changed or finish_report:
            from pipeline.report.build import build_report

            sources = {file.sha256: file.path for file in discovery.files}
            limits = options.configuration.limits
            with show_progress(0) as progress:
                progress.stage("reporting")
                build_report(
                    options.output,
                    sources=sources,
                    workers=options.workers,
                    limits=limits,
                    pictures=options.page_pictures,
                )
        unfinished.unlink(missing_ok=True)
    return manifest


@dataclass(frozen=True, slots=True)
class _Ended:
    documents: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    unknown_indicators: tuple[Mapping[str, Any], ...]
    changed: bool


class _Run:
    """One run's steps over what they share: options, inputs, ledger, and what OUT holds."""

    def __init__(
        self, options: IngestOptions, discovery: Discovery, decided: AllDecided, ledger: Manifest | None, work: Path
    ) -> None:
        self.options = options
        self.discovery = discovery
        self.decided = decided
        self.ledger = ledger
        self.work = work
        self.loaded = {} if options.rebuild else stored_loaded(options.output)
        self.quarantined = {} if options.rebuild else stored_quarantined(options.output)
        if (work / UNFINISHED).exists():
            self._forget_what_the_ledger_does_not_know()

    def go(self, show_progress: ShowProgress) -> _Ended:
        """Plans, and does what the plan asks for; where nothing has changed, nothing heavy is even imported."""
        options = self.options
        held = Held(frozenset(self.loaded), frozenset(self.quarantined))
        fingerprint = options.configuration.fingerprint
        plan = plan_run(self.discovery, self.ledger, held, fingerprint, retry=options.retry, prefer=options.prefer)
        if plan.consistent and not (plan.to_read or options.accept or options.prefer or options.rebuild):
            unknown = self.ledger.unknown_indicators if self.ledger else ()
            return _Ended(_sorted(_unchanged(e) for e in plan.settled), plan.kept, unknown, changed=False)
        accepted = accept(options.accept, options.reason, options.output, (*plan.settled, *plan.kept), self.quarantined)

        from pipeline.checks import load_settings, warm_up
        from pipeline.run.staging import Stage

        settings = load_settings(options.configuration.file)
        warm_up()
        stage = Stage(self.work / "stage")
        try:
            with show_progress(len(plan.to_read)) as progress:
                read, unread = self._read(plan, stage, settings, progress)
                return self._conclude(plan, accepted, read, unread, stage, settings, progress)
        finally:
            stage.clear()

    def _forget_what_the_ledger_does_not_know(self) -> None:
        """Leaves out documents that a run published without living to account for them: they are read again."""
        known = {entry.document_id: entry.files for entry in (self.ledger.entries if self.ledger else ()) if entry.held}
        for stored in (self.loaded, self.quarantined):
            for document_id, files in list(stored.items()):
                if any(sha256_of(files[name]) != sha256 for name, sha256 in known.get(document_id, {}).items()):
                    del stored[document_id]

    def _read(
        self, plan: Plan, stage: Stage, settings: CheckSettings, progress: Progress
    ) -> tuple[dict[str, Candidate], list[Entry]]:
        from pipeline.run.decision import Candidate
        from pipeline.run.outcome_entries import read_entry, unread_entry

        read: dict[str, Candidate] = {}
        unread: list[Entry] = []
        if not plan.to_read:
            return read, unread
        limits, fingerprint = self.options.configuration.limits, self.options.configuration.fingerprint
        earlier = {entry.sha256: entry for entry in (self.ledger.entries if self.ledger else ())}
        for outcome in self.options.parse_stage(plan.to_read, limits, lambda file: progress.begin(file.source_file)):
            result = outcome.result
            if result is None:
                unread.append(unread_entry(outcome, fingerprint))
            else:
                stage.put(result, settings)
                entry = read_entry(outcome.file, result, fingerprint, earlier.get(result.sha256))
                read[result.document_id] = Candidate(self._with_preference(entry), stage.files(result.document_id))
            progress.done(result.page_count if result else 0)
        return read, unread

    def _conclude(
        self,
        plan: Plan,
        accepted: Mapping[str, Candidate],
        read: Mapping[str, Candidate],
        unread: Iterable[Entry],
        stage: Stage,
        settings: CheckSettings,
        progress: Progress,
    ) -> _Ended:
        from pipeline.run.decision import decide
        from pipeline.run.outcome_entries import concluded, unknown_indicators

        progress.stage("checking")
        candidates = {**self._stored_candidates(plan), **accepted, **read}
        decision = decide(candidates, settings, self.options.output / "report" / "checks", self.decided)
        progress.stage("publishing")
        files = {d: _finished_files(candidate, decision, stage) for d, candidate in candidates.items()}
        final = {d: concluded(candidate, decision, files[d]) for d, candidate in candidates.items()}
        unknown = unknown_indicators({d: files[d] for d in decision.loaded})
        apart = {str(e.document_id) for e in (*plan.settled, *plan.kept) if self._stays_apart(e, final)}
        (self.work / UNFINISHED).touch()
        publish(
            self.options.output,
            self.work,
            {d: (final[d].fiscal_year, files[d]) for d in sorted(decision.loaded)},
            {d: self._with_account(final[d], files[d], decision, stage) for d in sorted(decision.quarantined)}
            | {d: self.quarantined[d] for d in sorted(apart)},
        )
        settled = [_unchanged(final.get(str(e.document_id), e)) for e in plan.settled if e.document_id not in accepted]
        inputs = [*unread, *settled, *(final[d] for d in (*read, *accepted))]
        kept = [
            final.get(str(e.document_id), e)
            for e in plan.kept
            if e.document_id not in accepted and (e.document_id in final or e.document_id in apart)
        ]
        return _Ended(_sorted(inputs), _sorted(kept), unknown, changed=True)

    def _stored_candidates(self, plan: Plan) -> dict[str, Candidate]:
        from pipeline.run.decision import Candidate

        here = {file.source_file for file in self.discovery.files}
        overwritten = {e.document_id for e in plan.kept if e.source_file in here}
        return {
            str(e.document_id): Candidate(
                self._with_preference(e), self.loaded[str(e.document_id)], replaced=e.document_id in overwritten
            )
            for e in (*plan.settled, *plan.kept)
            if e.held is State.LOADED
        }

    def _with_preference(self, entry: Entry) -> Entry:
        asked = not {entry.document_id, entry.source_file}.isdisjoint(self.options.prefer)
        return replace(entry, preferred=True) if asked else entry

    def _stays_apart(self, entry: Entry, final: Mapping[str, Entry]) -> bool:
        """Whether a quarantined document of an earlier run stays: not when its own file now holds another version."""
        if entry.held is not State.QUARANTINED or entry.document_id in final:
            return False
        return not any(
            other.source_file == entry.source_file and other.fiscal_year in (entry.fiscal_year, None)
            for other in final.values()
        )

    def _with_account(self, entry: Entry, files: DocumentFiles, decision: Decision, stage: Stage) -> DocumentFiles:
        from pipeline.run.outcome_entries import account

        document_id = str(entry.document_id)
        said = account(entry, decision.findings[document_id], self.options.output)
        return {**files, ACCOUNT: stage.put_account(document_id, said)}


def _finished_files(candidate: Candidate, decision: Decision, stage: Stage) -> DocumentFiles:
    """The candidate's files with its finished findings; stored findings that would not change stay as they are."""
    document_id = candidate.document_id
    if document_id not in decision.findings:
        return candidate.files
    before = candidate.files["findings"].read_bytes()
    findings = stage.put_findings(document_id, decision.findings[document_id])
    if findings.read_bytes() == before:
        return candidate.files
    return {**candidate.files, "findings": findings}


def _unchanged(entry: Entry) -> Entry:
    return replace(entry, state=State.UNCHANGED) if entry.held is State.LOADED else entry


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.source_file, entry.sha256 or "")))
