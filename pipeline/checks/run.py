"""All checks of a run, in order: structure first, then the domain's own, document by document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from normalizers.vocabulary import catalogue
from parsers.model.finding import Finding
from pipeline.checks import editions, figures, indicators, numbering, sense, whole_document
from pipeline.checks.before import COMPARING, NOTHING_BEFORE, CheckedBefore
from pipeline.checks.branch_values import values_by_branch
from pipeline.checks.context import DomainCheck, RunContext, plans_by_branch
from pipeline.checks.grading import graded
from pipeline.checks.report import CheckReport, DocumentFinding
from pipeline.checks.rows import DocumentRows, Frames, documents_of
from pipeline.checks.settings import CheckSettings
from pipeline.checks.structure_checks import StructureChecks, failures

DOCUMENT_CHECKS: dict[str, DomainCheck] = {
    "identity": whole_document.document_is_a_plan,
    "no_measures": whole_document.document_has_measures,
    "duplicate_plan": whole_document.plan_is_the_only_one,
    "lost_text": whole_document.text_is_conserved,
    "unreadable_text": whole_document.text_is_readable,
    "doubtful_text": whole_document.pages_have_no_doubts,
    "recognised_text": whole_document.pages_read_by_recognition,
    "rate_and_count": figures.rate_matches_count,
    "parts_and_whole": figures.parts_give_whole,
    "breakdown": figures.breakdown_within_whole,
    "kpi_and_plan_figure": figures.kpi_matches_plan_figure,
    "kpi_numbering": numbering.kpi_numbers_run,
    "comparator_direction": indicators.comparator_fits_direction,
    "indicator_unit": indicators.unit_fits_indicator,
    "plausible_value": indicators.value_is_plausible,
    "branch_spread": indicators.value_is_near_other_branches,
    "last_year": editions.old_edition_is_last_year,
    "marking": editions.marks_match_differences,
    "no_indicator": sense.targets_have_indicators,
    "two_values": sense.indicators_have_one_value,
    "missing_indicator": sense.common_indicators_are_there,
    "plan_without_kpi": sense.plan_has_targets,
    "empty_heading": sense.headings_have_measures,
    "comparison_marks": sense.comparison_is_marked,
    "dropped_target": numbering.targets_are_read,
    "low_confidence": numbering.readings_are_sure,
}
"""The checks of single documents by name; every name has an entry in ``pipeline/checks/rules``."""


def run_checks(frames: Frames, settings: CheckSettings, *, data_docs: Path | None = None) -> CheckReport:
    """Checks documents together that are all in ``frames``; see ``check_batches``."""
    return check_batches([frames], settings, data_docs=data_docs)


def check_batches(
    batches: Iterable[Frames],
    settings: CheckSettings,
    *,
    before: CheckedBefore = NOTHING_BEFORE,
    data_docs: Path | None = None,
) -> CheckReport:
    """Checks all documents of a run together.

    Each of ``batches`` maps table names to pandas frames with the columns of pipeline.store.columns, the rows of some
    documents in one frame a table; ``documents`` must be there with its ``document_id``. What a batch holds is given
    up before the next is asked for, but for what documents are compared by. Documents ``before`` are compared with
    these and each other; the rest of what was found in them stands. ``data_docs`` is a folder to write the Data Docs
    to. A check that fails is itself a finding (``check_failed``) of every document it was to guard; records that break
    rules raise nothing.
    """
    findings = list(before.standing)
    compared = list(before.compared)
    structure = StructureChecks(settings, before)
    alone = _context((), settings)  # a check that looks at others and is not said to finds none
    for frames in batches:
        findings += structure.check(frames)
        try:
            documents = documents_of(frames)
        except Exception as error:  # noqa: BLE001  (whatever is wrong with the records, it must not pass as checked)
            findings += failures(_ids(frames), "domain_checks", error, settings)
            continue
        for document in documents:
            findings += _document_findings(document, alone, DOCUMENT_CHECKS.keys() - COMPARING)
        compared += [replace(document, measures=(), changes=(), pages=()) for document in documents]
    compared.sort(key=lambda document: document.document_id)
    try:
        context = _context(tuple(compared), settings)
    except Exception as error:  # noqa: BLE001  (as above)
        findings += failures(tuple(document.document_id for document in compared), "domain_checks", error, settings)
    else:
        for document in compared:
            findings += _document_findings(document, context, COMPARING)
    findings += structure.conclude(data_docs)
    index = data_docs / "index.html" if data_docs is not None else None
    return CheckReport(tuple(sorted(findings, key=_order)), index)


def _ids(frames: Frames) -> tuple[str, ...]:
    return tuple(frames["documents"]["document_id"].tolist())


def _context(documents: tuple[DocumentRows, ...], settings: CheckSettings) -> RunContext:
    plans = plans_by_branch(documents)
    return RunContext(settings, catalogue(), plans, values_by_branch(plans))


def _document_findings(
    document: DocumentRows, context: RunContext, names: Collection[str]
) -> Iterator[DocumentFinding]:
    for name, check in DOCUMENT_CHECKS.items():
        if name not in names:
            continue
        try:
            found = [Finding(name, *doubt) for doubt in check(document, context)]
            named = [row for finding in found if (row := graded(finding, context.settings, "run"))]
        except Exception as error:  # noqa: BLE001  (a check that breaks down must not pass as a success)
            yield from failures((document.document_id,), name, error, context.settings)
        else:
            yield from (DocumentFinding(document.document_id, row) for row in named)


def _order(found: DocumentFinding) -> tuple[str, str, int, str, str]:
    finding = found.row.finding
    return (found.document_id, finding.check, finding.page or 0, finding.record_id or "", found.row.message)
