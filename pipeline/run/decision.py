"""Which documents are loaded, quarantined or superseded: versions are chosen, then everything is checked together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.decisions.dismissals import dismissed_by
from pipeline.inputs.decided_files import AllDecided
from pipeline.inputs.version_marks import read_version_marks
from pipeline.store.columns import TABLES
from pipeline.store.manifest import Entry
from pipeline.store.parquet_file import DocumentFiles, read
from pipeline.store.states import Rule, Version, rule_between, superseded_by
from pipeline.store.table_rows import FindingRow, finding_from_row

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from pipeline.checks import CheckReport, CheckSettings


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be loaded: its entry, its Parquet files (findings of its own included).

    ``replaced`` tells that its file now holds other bytes, ``accepted_now`` that somebody asked to load it whatever
    this run finds.
    """

    entry: Entry
    files: DocumentFiles
    replaced: bool = False
    accepted_now: bool = False

    @property
    def document_id(self) -> str:
        return str(self.entry.document_id)


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
    candidates: Mapping[str, Candidate], settings: CheckSettings, data_docs: Path, decided: AllDecided
) -> Decision:
    """Chooses among versions and checks the chosen ones together.

    A document with an error of its own, or one that the checks give it, is quarantined unless an acceptance covers
    that error; it then takes no part in the comparison with others. Where a version fails that had superseded another
    one, the choice is made anew without it. Findings that people dismissed, as ``decided`` says, do not count.
    """
    own = {document_id: _own_findings(candidate, decided) for document_id, candidate in candidates.items()}
    failed = {d for d, findings in own.items() if _uncovered_errors(candidates[d], findings)}
    findings = {d: own[d] for d in failed}
    report: CheckReport | None = None
    while True:
        better = superseded_by(_version(c) for d, c in candidates.items() if d not in failed)
        chosen = [d for d in sorted(candidates) if d not in failed and d not in better]
        by_document = {d: list(own[d]) for d in chosen}
        if chosen:
            report = _check(chosen, candidates, settings, data_docs)
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


def _check(
    chosen: list[str], candidates: Mapping[str, Candidate], settings: CheckSettings, data_docs: Path
) -> CheckReport:
    from pipeline.checks import run_checks

    return run_checks(frames_of([candidates[d].files for d in chosen]), settings, data_docs=data_docs)


def frames_of(documents: Iterable[DocumentFiles]) -> dict[str, pd.DataFrame]:
    """All tables of the documents as pandas frames, findings of earlier comparisons left out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    documents = list(documents)
    frames = {}
    # Arrow reads outside the lock that lets one thread of Python run at a time.
    with ThreadPoolExecutor() as threads:
        for name, table in TABLES.items():
            stored = threads.map(read, [files[name] for files in documents], repeat(table))
            rows = pa.concat_tables([part.replace_schema_metadata(None) for part in stored])
            if name == "findings":
                rows = rows.filter(pc.equal(rows["scope"], "document"))
            frames[name] = rows.to_pandas(types_mapper=_type_of_lists)
    return frames


def _type_of_lists(arrow_type: pa.DataType) -> pd.ArrowDtype | None:
    """Columns of lists stay Arrow's: as Python objects they would cost more than all other columns together."""
    import pandas as pd
    import pyarrow as pa

    return pd.ArrowDtype(arrow_type) if pa.types.is_nested(arrow_type) else None


def _own_findings(candidate: Candidate, decided: AllDecided) -> tuple[FindingRow, ...]:
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
