"""The main job: find PDFs, read what is new, check everything together, publish it, and keep account."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.inputs.decided_files import AllDecided, read_decided, with_decided
from pipeline.inputs.discovery import Discovery, discover
from pipeline.run.conclusion import Conclusion, conclude, unchanged
from pipeline.run.context import IngestOptions, RunContext
from pipeline.run.early_start import begin_where_likely, load_libraries
from pipeline.run.forgetting import without
from pipeline.run.planning import Held, Plan, gives_way, plan_run, refuse_unknown, with_gone
from pipeline.run.progress import Progress
from pipeline.run.quarantine import accept
from pipeline.run.reading import read_documents
from pipeline.store.columns import SCHEMA_VERSION
from pipeline.store.coverage import missing_branches
from pipeline.store.manifest import (
    Manifest,
    ManifestError,
    new_run_id,
    newest_manifest,
    next_sequence,
    totals_of,
)
from pipeline.store.mend import Fault, mend, remove_damaged_states
from pipeline.store.output_lock import output_lock
from pipeline.store.publish import decisions_seen, make_ready, publish, record, show_present
from pipeline.store.report_files import is_up_to_date
from pipeline.store.state_folders import current_state
from pipeline.store.states import State
from pipeline.store.stock import EMPTY, Stock, take_stock
from pipeline.version import __version__
from pipeline.workers.line_marks import LINE_MARKS

if TYPE_CHECKING:
    from pipeline.run.staging import Stage

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


PREPARED = "prepared"
"""The folder in the work folder for what is made of all tables before their findings are known."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the account says besides: what was found damaged, and what somebody asked to forget."""

    notices: tuple[Fault, ...]
    forgotten: tuple[Mapping[str, Any], ...]


ShowProgress = Callable[[int], AbstractContextManager[Progress]]


def ingest(options: IngestOptions, show_progress: ShowProgress) -> Manifest:
    """Brings ``options.output`` up to date with the inputs and returns the account of the run.

    Raises InputError where there is nothing to read, OutputBusyError and OutputUnwritableError where the output cannot
    be written, ForeignFilesError where it holds files of somebody else's, ManifestError where it belongs to another
    version, OSError where the disk fails on the way; in all these cases the output stays as it was.
    """
    started = datetime.now(UTC)
    found = discover(options.raw, options.output, options.configuration.limits.file_mb) if options.raw else _NOTHING
    decided = read_decided(options.output)
    discovery = with_decided(found, decided)
    try:
        return _ingest(options, discovery, decided, started, show_progress)
    finally:
        options.check_stage.end()


_NOTHING = Discovery((), ())


def _ingest(
    options: IngestOptions, discovery: Discovery, decided: AllDecided, started: datetime, show_progress: ShowProgress
) -> Manifest:
    with output_lock(options.output) as work:
        make_ready(options.output, work)
        begin_where_likely(options, discovery)
        notices = [] if options.rebuild else mend(options.output, work)
        stock = EMPTY if options.rebuild else take_stock(options.output)
        if not (stock.displaced or stock.damaged):
            show_present(options.output, work)
        plan, forgotten = without(_plan(options, discovery, decided, stock), options.forget, options.output)
        changes = not _nothing_to_do(options, plan, stock)
        if not changes:
            manifest = _manifest(options, unchanged(plan, stock.account), _Told(tuple(notices), ()), started)
            state = current_state(options.output)
            assert state is not None  # else nothing could be unchanged
            record(options.output, state, manifest)
        else:
            told = _Told((*notices, *_damage(stock)), forgotten)
            manifest = _change(options, plan, stock, decided, told, work, started, show_progress)
            if stock.damaged or stock.displaced:
                remove_damaged_states(options.output, work)
        if decided.wordings:
            from pipeline.decisions.words import put_wordings

            put_wordings(options.output, decided.wordings)
        if not is_up_to_date(options.output):
            from pipeline.report.build import build_report

            sources = {file.sha256: file.path for file in discovery.files}
            with show_progress(0) as progress:
                progress.stage("reporting")
                build_report(
                    options.output,
                    sources=sources,
                    workers=options.workers,
                    limits=options.configuration.limits,
                    pictures=options.page_pictures,
                    new_checks=changes,
                    prepared=work / PREPARED,
                    line_marks=work / LINE_MARKS,
                )
            for used in (PREPARED, LINE_MARKS):
                shutil.rmtree(work / used, ignore_errors=True)
    return manifest


def _plan(options: IngestOptions, discovery: Discovery, decided: AllDecided, stock: Stock) -> Plan:
    fingerprint = options.configuration.fingerprint
    held = Held(frozenset(stock.loaded), frozenset(stock.quarantined), stock.damaged)
    plan = plan_run(discovery, stock.account, held, fingerprint, retry=options.retry, prefer=options.prefer)
    refuse_unknown(options.prefer, discovery.files, (*plan.settled, *plan.kept), options.output)
    plan = with_gone(plan, options.raw)
    if not options.raw and stock.account is not None:
        # Without inputs, what is known of the last ones stands.
        last = tuple(entry for entry in stock.account.documents if not entry.held)
        plan = replace(plan, settled=(*plan.settled, *last))
    return replace(plan, to_read=tuple(replace(file, decided=decided.on(file.sha256)) for file in plan.to_read))


def _nothing_to_do(options: IngestOptions, plan: Plan, stock: Stock) -> bool:
    asked = options.accept or options.prefer or options.rebuild or options.forget
    overtaken = any(gives_way(entry, plan.settled) for entry in plan.kept)
    return plan.consistent and not (plan.to_read or asked or overtaken or stock.displaced or stock.account is None)


def _change(
    options: IngestOptions,
    plan: Plan,
    stock: Stock,
    decided: AllDecided,
    told: _Told,
    work: Path,
    started: datetime,
    show_progress: ShowProgress,
) -> Manifest:
    """Reads, checks and publishes. What was read stays staged until it is published, should this be stopped."""
    accepted = accept(options.accept, options.reason, options.output, (*plan.settled, *plan.kept), stock.quarantined)

    with show_progress(len(plan.to_read)) as progress:
        import pyarrow as pa

        from pipeline.checks.settings import load_settings
        from pipeline.run.staging import Stage

        settings = load_settings(options.configuration.file)
        load_libraries(options)
        context = RunContext(options, plan, stock, decided, Stage(work / "stage"), settings, work / PREPARED)
        read = read_documents(context, progress)
        progress.stage("checking")
        conclusion = conclude(context, accepted, read)
        options.check_stage.end()  # its memory is free for what is made next
        progress.stage("publishing")
        manifest = _manifest(options, conclusion, told, started)
        publish(options.output, work, conclusion.loaded, conclusion.quarantined, manifest)
    _keep_checks(context.stage, options.output)
    context.stage.hand_on_line_marks(work / LINE_MARKS)
    context.stage.clear()
    pa.default_memory_pool().release_unused()  # of the checks' frames; what is made next needs memory of its own
    return manifest


def _damage(stock: Stock) -> list[Fault]:
    mended = [Fault("mended", {"document": document_id}) for document_id in sorted(stock.displaced)]
    damaged = [
        Fault("damaged", {"document": document_id, "tables": ", ".join(tables)})
        for document_id, tables in sorted(stock.damaged.items())
    ]
    return [*mended, *damaged]


def _manifest(options: IngestOptions, conclusion: Conclusion, told: _Told, started: datetime) -> Manifest:
    sequence = next_sequence(options.output)
    before = conclusion.before
    return Manifest(
        run_id=new_run_id(sequence, started),
        started=started.isoformat(timespec="milliseconds"),
        finished=datetime.now(UTC).isoformat(timespec="milliseconds"),
        pipeline_version=__version__,
        schema_version=SCHEMA_VERSION,
        fingerprint=options.configuration.fingerprint,
        versions={"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        totals=totals_of(conclusion.documents),
        missing_branches=missing_branches((*conclusion.documents, *conclusion.kept)),
        documents=conclusion.documents,
        kept=conclusion.kept,
        unknown_indicators=conclusion.unknown_indicators,
        sequence=sequence,
        previous=before.seal if before else _seal_of_last(options.output),
        decisions=decisions_seen(options.output),
        checked_under=conclusion.checked_under,
        forgotten=(*(before.forgotten if before else ()), *told.forgotten),
        notices=tuple({"code": notice.code, **notice.values} for notice in told.notices),
        news=tuple(_news(conclusion)),
    )


def _news(conclusion: Conclusion) -> Iterator[str]:
    """The ids of what is loaded now and was not before, also not under another name."""
    before = {
        entry.sha256 for entry in (conclusion.before.entries if conclusion.before else ()) if entry.held is State.LOADED
    }
    for entry in conclusion.documents:
        if entry.state is State.LOADED and entry.sha256 not in before:
            yield str(entry.document_id)


def _seal_of_last(output: Path) -> str:
    """The seal of the run before one that starts anew, empty where there was none that can be read."""
    try:
        last = newest_manifest(output)
    except ManifestError:
        return ""
    return last.seal if last else ""


def _keep_checks(stage: Stage, output: Path) -> None:
    from pipeline.store.disk import take_place

    if stage.checks.is_dir():
        (output / "report").mkdir(exist_ok=True)
        take_place(stage.checks, output / "report" / "checks")
