"""Which documents are loaded, quarantined or superseded: versions are chosen, then everything is checked together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.decisions.dismissals import dismissed_by
from pipeline.inputs.decided_files import AllDecided
from pipeline.inputs.version_marks import read_version_marks
from pipeline.run.candidate import Candidate
from pipeline.run.checking import CheckedTogether
from pipeline.store.columns import TABLES
from pipeline.store.parquet_file import read
from pipeline.store.states import Rule, Version, rule_between, superseded_by
from pipeline.store.table_rows import FindingRow, finding_from_row

if TYPE_CHECKING:
    from pipeline.checks.report import CheckReport
    from pipeline.checks.settings import CheckSettings
    from pipeline.run.known_documents import KnownDocuments

Check = Callable[[CheckedTogether, Sequence[str]], "CheckReport"]
"""Checks what is asked for; the ids are those of all documents that will be loaded if nothing is found in them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``loaded`` and ``quarantined`` document ids; ``superseded`` maps a document to the better one, ``rules`` to the
    rule that chose it; ``findings`` are all of a document's, its own first; ``report`` is the last one of the checks,
    None where nothing was left to check.
    """

    loaded: frozenset[str]
    quarantined: frozenset[str]
    superseded: Mapping[str, str]
    findings: Mapping[str, tuple[FindingRow, ...]]
    report: CheckReport | None = field(repr=False)
    rules: Mapping[str, Rule] = field(default_factory=dict)


def decide(
    candidates: Mapping[str, Candidate],
    settings: CheckSettings,
    data_docs: Path,
    decided: AllDecided,
    known: KnownDocuments,
    check: Check,
) -> Decision:
    """Chooses among versions and checks the chosen ones together, those that are ``known`` only against each other.

    A document with an error of its own, or one that the checks give it, is quarantined unless an acceptance covers
    that error; it then takes no part in the comparison with others. Where a version fails that had superseded another
    one, the choice is made anew without it. Findings that people dismissed, as ``decided`` says, do not count.
    """
    own = {document_id: _own_findings(candidate, decided, known) for document_id, candidate in candidates.items()}
    failed = {d for d, findings in own.items() if _uncovered_errors(candidates[d], findings)}
    findings = {d: own[d] for d in failed}
    report: CheckReport | None = None
    while True:
        better = superseded_by(_version(c) for d, c in candidates.items() if d not in failed)
        chosen = [d for d in sorted(candidates) if d not in failed and d not in better]
        by_document = {d: list(own[d]) for d in chosen}
        if chosen:
            report = check(_together(chosen, candidates, settings, data_docs, known), chosen)
            for document_id, row in report.findings:
                by_document[document_id].append(_as_decided(row, candidates[document_id], decided))
        failing = {d for d in chosen if _uncovered_errors(candidates[d], by_document[d])}
        findings |= {d: tuple(by_document[d]) for d in failing}
        failed |= failing
        if failing.isdisjoint(better.values()):
            loaded = frozenset(chosen) - failed
            findings |= {d: tuple(by_document[d]) for d in loaded}
            rules = {d: rule_between(_version(candidates[d]), _version(candidates[b])) for d, b in better.items()}
            return Decision(loaded, frozenset(failed), better, findings, report, rules)


def _together(
    chosen: list[str],
    candidates: Mapping[str, Candidate],
    settings: CheckSettings,
    data_docs: Path,
    known: KnownDocuments,
) -> CheckedTogether:
    looked_at = known.to_check(chosen, candidates)
    others = sorted({*chosen} - {*looked_at})
    files = [candidates[document_id].files for document_id in looked_at]
    return CheckedTogether(files, others, known.only(others), settings, data_docs)


def _own_findings(candidate: Candidate, decided: AllDecided, known: KnownDocuments) -> tuple[FindingRow, ...]:
    rows = known.rows.get(candidate.document_id)
    if rows is None:
        rows = read(candidate.files["findings"], TABLES["findings"]).to_pylist()
    found = (finding_from_row(row) for row in rows if row["scope"] == "document")
    return tuple(_as_decided(row, candidate, decided) for row in found)


def _as_decided(row: FindingRow, candidate: Candidate, decided: AllDecided) -> FindingRow:
    decisions = decided.by_document.get(str(candidate.entry.sha256), ())
    return replace(row, dismissed_by=dismissed_by(row, decisions))


def _uncovered_errors(candidate: Candidate, findings: Iterable[FindingRow]) -> list[FindingRow]:
    if candidate.accepted_now:
        return []
    accepted = candidate.entry.accepted
    covered = accepted.checks if accepted else ()
    return [row for row in findings if row.is_error and row.finding.check not in covered]


def _version(candidate: Candidate) -> Version:
    entry = candidate.entry
    marks = read_version_marks(entry.title, PurePosixPath(entry.source_file).stem)
    return Version(
        document_id=candidate.document_id,
        branch_code=entry.branch_code,
        fiscal_year=entry.fiscal_year,
        kind=entry.kind,
        is_draft=entry.is_draft,
        is_scanned=entry.text_layer == "ocr",
        number=marks.number,
        day=marks.day,
        dated=entry.dated,
        replaced=candidate.replaced,
        preferred=entry.preferred,
    )
