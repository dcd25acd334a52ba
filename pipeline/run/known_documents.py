"""What an output knows of the documents that it holds and that a run need not check again.

Their findings, counts and what others are compared with come from the derived database of the state before; where that
is missing or damaged, from their Parquet files, at the cost of opening every one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.run.frames import pandas_frame
from pipeline.store.columns import TABLES
from pipeline.store.derived import DATABASE, is_current, is_whole_derived
from pipeline.store.parquet_file import DocumentFiles, read
from pipeline.store.state_folders import current_state
from pipeline.store.table import arrow_schema
from pipeline.store.table_rows import finding_from_row
from pipeline.store.views import connect

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.checks.before import CheckedBefore
    from pipeline.run.candidate import Candidate
    from pipeline.store.stock import Stock

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KnownDocuments:
    """``rows`` are the stored findings of each document that was checked under the present settings and has not changed
    since, ``counts`` their rows by table, ``files`` their Parquet files; ``state`` is the folder whose database holds
    them, None where there is none.
    """

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    files: Mapping[str, DocumentFiles] = field(default_factory=dict)
    state: Path | None = None

    def to_check(self, chosen: Sequence[str], candidates: Mapping[str, Candidate]) -> list[str]:
        """The documents of ``chosen`` that must be checked: new ones, and of every table that is empty in all of these
        a known one that has rows in it, so that each rule is put to some rows and the Data Docs tell of all.
        """
        new = [d for d in chosen if d not in self.rows]
        known = [d for d in chosen if d in self.rows]
        examples = set()
        for name in TABLES:
            if not any(pq.read_metadata(candidates[d].files[name]).num_rows for d in new):
                examples.update([d for d in known if self.counts[name].get(d)][:1])
        return sorted({*new, *examples})

    def only(self, documents: Collection[str]) -> KnownDocuments:
        """What is known of ``documents``, and nothing that only others need."""
        return KnownDocuments(
            {d: self.rows[d] for d in documents},
            {name: {d: of[d] for d in documents if d in of} for name, of in self.counts.items()},
            {} if self.state is not None else {d: self.files[d] for d in documents},
            self.state,
        )

    def before(self, documents: Collection[str]) -> CheckedBefore:
        """What the checks need to know of ``documents``, none of which they look at again."""
        from pipeline.checks.before import CheckedBefore
        from pipeline.checks.report import DocumentFinding
        from pipeline.checks.rows import COMPARED_COLUMNS, compared_documents

        if not documents:
            return CheckedBefore()
        rows = self._table("documents", documents)
        compared = self._table("targets", documents, COMPARED_COLUMNS).to_pylist()
        findings = tuple(
            DocumentFinding(document_id, finding_from_row(row))
            for document_id in documents
            for row in self.rows[document_id]
            if row["scope"] == "run"
        )
        counts = {name: sum(self.counts[name].get(d, 0) for d in documents) for name in TABLES}
        return CheckedBefore(pandas_frame(rows), compared_documents(rows.to_pylist(), compared), findings, counts)

    def rows_of(self, name: str, documents: Iterable[str]) -> Mapping[str, Sequence[Row]]:
        """The rows in the table ``name`` of those of ``documents`` that are known and need no file to be opened."""
        asked = [d for d in documents if d in self.rows] if self.state is not None else []
        found: dict[str, list[Row]] = {d: [] for d in asked}
        for row in self._table(name, asked).to_pylist() if asked else ():
            found[row["document_id"]].append(row)
        return found

    def _table(self, name: str, documents: Collection[str], columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of ``documents`` in the table ``name``, in the order of documents and then their own."""
        names = list(columns or arrow_schema(TABLES[name]).names)
        if self.state is None:
            parts = [read(self.files[d][name], TABLES[name]).select(names) for d in sorted(documents)]
            return pa.concat_tables([part.replace_schema_metadata(None) for part in parts])
        quoted = ", ".join(f'"{column}"' for column in names)
        with connect(self.state) as connection:
            connection.register("asked", pa.table({"document_id": sorted(documents)}))
            return connection.sql(
                f"SELECT {quoted} FROM {name} WHERE document_id IN (SELECT document_id FROM asked) "  # noqa: S608
                "ORDER BY document_id, rowid"
            ).to_arrow_table()


def known_documents(
    stock: Stock, output: Path, fingerprint: str, candidates: Mapping[str, Candidate]
) -> KnownDocuments:
    """What is known of those of ``candidates`` that are as the run before left them in ``output``, which holds
    ``stock``, under the same settings; ``fingerprint`` is that of this run's.
    """
    if stock.account is None or stock.account.checked_under != fingerprint:
        return KnownDocuments()
    files = {d: c.files for d, c in candidates.items() if c.files is stock.loaded.get(d)}
    state = current_state(output)
    folder = state.path if state is not None and not (stock.displaced or stock.damaged) else None
    if folder is not None and not (is_current(folder, DATABASE) and is_whole_derived(folder, DATABASE)):
        folder = None
    rows = {d: found for d, found in _findings(files, folder).items() if not any(map(_broke_down, found))}
    return KnownDocuments(rows, _row_counts(files, folder), {d: files[d] for d in rows}, folder)


def _row_counts(files: Mapping[str, DocumentFiles], state: Path | None) -> Mapping[str, Mapping[str, int]]:
    if state is None:
        return {name: {d: pq.read_metadata(own[name]).num_rows for d, own in files.items()} for name in TABLES}
    with connect(state) as connection:
        # Names of tables are the project's own.
        asked = {name: f"SELECT document_id, count(*) FROM {name} GROUP BY document_id" for name in TABLES}  # noqa: S608
        return {name: dict(connection.execute(sql).fetchall()) for name, sql in asked.items()}


def _findings(files: Mapping[str, DocumentFiles], state: Path | None) -> Mapping[str, list[Row]]:
    if state is None:
        return {d: read(own["findings"], TABLES["findings"]).to_pylist() for d, own in files.items()}
    with connect(state) as connection:
        rows: Iterable[Row] = connection.sql("SELECT * EXCLUDE (plan_year) FROM findings").to_arrow_table().to_pylist()
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["document_id"]].append(row)
    return {d: found[d] for d in files}


def _broke_down(row: Row) -> bool:
    """Whether a check of the run before could not be made: it is made again."""
    return bool(row["check"] == "check_failed" and row["scope"] == "run")
