"""The structural checks of a run: tables batch by batch, ``documents`` at the end for all documents together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.model.finding import Finding
from pipeline.checks.before import CheckedBefore
from pipeline.checks.grading import graded
from pipeline.checks.report import DocumentFinding
from pipeline.checks.rows import Frames
from pipeline.checks.settings import CheckSettings
from pipeline.store.columns import TABLES

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
    from great_expectations.datasource.fluent import PandasDatasource

_TOGETHER = "documents"
"""The table whose rows of all documents are validated together: there is one plan a branch and year."""


class StructureChecks:
    """Validates batches as they come and keeps what the Data Docs tell of them; ``before`` is what needs no validation.

    A validation that breaks down is a finding of every document it was to guard, and no Data Docs are written.
    """

    def __init__(self, settings: CheckSettings, before: CheckedBefore) -> None:
        self._settings = settings
        self._before = before
        self._documents: list[pd.DataFrame] = [] if before.documents is None else [before.documents]
        self._results: dict[str, list[ExpectationSuiteValidationResult]] = {}
        self._source: PandasDatasource | None = None
        self._broke_down = False

    def check(self, frames: Frames) -> list[DocumentFinding]:
        """What does not hold in the tables of ``frames``; those of ``documents`` are kept for the end."""
        self._documents.append(frames[_TOGETHER])
        return self._checked(frames, [name for name in TABLES if name != _TOGETHER])

    def conclude(self, data_docs: Path | None) -> list[DocumentFinding]:
        """What does not hold in the rows of all documents; writes the Data Docs of everything to ``data_docs``."""
        import pandas as pd

        documents = pd.concat(self._documents, ignore_index=True).sort_values("document_id", ignore_index=True)
        found = self._checked({_TOGETHER: documents}, [_TOGETHER])
        if data_docs is not None and not self._broke_down:
            from pipeline.checks.expectations.data_docs import write_data_docs
            from pipeline.checks.expectations.merging import merged

            standing, counts = self._before.standing, self._before.counts
            results = {
                name: merged(name, self._results[name], counts.get(name, 0) if name != _TOGETHER else 0, standing)
                for name in TABLES
                if name in self._results
            }
            write_data_docs(results, data_docs)
        return found

    def _checked(self, frames: Frames, names: list[str]) -> list[DocumentFinding]:
        try:
            from pipeline.checks.expectations.validation import findings_of, new_source, validate

            self._source = self._source or new_source()
            results = validate(self._source, frames, names, len(self._results.get(names[0], ())))
            found = list(findings_of(results, frames, self._settings))
        except Exception as error:  # noqa: BLE001  (a validation that breaks down must not pass as a success)
            self._broke_down = True
            documents = tuple(frames[_TOGETHER]["document_id"].tolist())
            return list(failures(documents, "validation", error, self._settings))
        for name, result in results.items():
            self._results.setdefault(name, []).append(result)
        return found


def failures(
    documents: tuple[str, ...], what: str, error: Exception, settings: CheckSettings
) -> Iterator[DocumentFinding]:
    """Findings that the check ``what`` broke down with ``error``, one for each of ``documents``."""
    said = {"what": what, "error": f"{type(error).__name__}: {error}"}
    row = graded(Finding("check_failed", said, variant="check"), settings, "run")
    if row is not None:
        yield from (DocumentFinding(document_id, row) for document_id in documents)
