"""Results wait here, as the files they will be, until everything about a run is decided.

What was read outlives a run that is stopped: the next one finds it and does not read those documents again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.inputs.discovery import InputFile
from pipeline.store.columns import TABLES
from pipeline.store.disk import write_whole
from pipeline.store.document_result import DocumentResult
from pipeline.store.json_text import json_text
from pipeline.store.manifest import Entry, entry_from, sha256_of
from pipeline.store.parquet_file import DocumentFiles, encode
from pipeline.store.stock import is_whole
from pipeline.store.table_rows import FindingRow, finding_rows
from pipeline.workers.line_marks import LINE_MARKS

if TYPE_CHECKING:
    from pipeline.checks.settings import CheckSettings

_ENTRY = "entry.json"
_LINE_MARKS = f"{LINE_MARKS}.json"


class Stage:
    """Two folders: ``read/<document_id>/`` with what was read, kept until a run has published it, and ``finished/``
    with what the comparison of documents adds, made anew by every run.
    """

    def __init__(self, folder: Path) -> None:
        self._read = folder / "read"
        self._finished = folder / "finished"
        shutil.rmtree(self._finished, ignore_errors=True)
        self._finished.mkdir(parents=True)
        self._read.mkdir(exist_ok=True)

    def put(self, result: DocumentResult, entry: Entry, settings: CheckSettings) -> DocumentFiles:
        """Stages one document; its own findings get the severity that ``settings`` give them, or are left out."""
        from pipeline.checks.grading import graded

        folder = self._read / result.document_id
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        rows = (graded(finding, settings, "document") for finding in result.findings)
        own = [row for row in rows if row is not None]
        tables = {**result.tables, "findings": encode(TABLES["findings"], finding_rows(result.document_id, own))}
        for table, data in tables.items():
            (folder / f"{table}.parquet").write_bytes(data)
        (folder / _LINE_MARKS).write_bytes(result.line_marks)
        files = _tables_in(folder)
        hashes = {name: sha256_of(path) for name, path in files.items()}
        # Last, and whole or not at all: a folder without it is half a document.
        write_whole(folder / _ENTRY, json_text(asdict(replace(entry, files=hashes))).encode())
        return files

    def read_before(self, files: Iterable[InputFile], fingerprint: str) -> Mapping[str, tuple[Entry, DocumentFiles]]:
        """What a stopped run had read of ``files`` under the same configuration, by the SHA-256 of the PDF."""
        staged = {}
        for path in self._read.glob(f"*/{_ENTRY}"):
            try:
                entry = entry_from(json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
            staged[entry.sha256] = entry, _tables_in(path.parent)
        found = {}
        for file in files:
            if file.sha256 in staged:
                entry, tables = staged[file.sha256]
                same = (entry.source_file, entry.fingerprint) == (file.source_file, file.read_under(fingerprint))
                if same and all(name in tables and is_whole(tables[name], entry.files[name]) for name in TABLES):
                    found[file.sha256] = replace(entry, files={}), tables
        return found

    def put_findings(self, document_id: str, findings: Iterable[FindingRow]) -> Path:
        """Stages the finished findings of one document, whether its other tables are staged here or stored already."""
        path = self._finished / document_id / "findings.parquet"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(encode(TABLES["findings"], finding_rows(document_id, findings)))
        return path

    def put_document(self, document_id: str, row: Mapping[str, Any]) -> Path:
        """Stages the finished row of ``documents``, with its grade."""
        path = self._finished / document_id / "documents.parquet"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(encode(TABLES["documents"], [dict(row)]))
        return path

    def put_account(self, document_id: str, account: Mapping[str, Any]) -> Path:
        """Stages the account of a document that is to be quarantined."""
        path = self._finished / document_id / "findings.json"
        path.parent.mkdir(exist_ok=True)
        text = json_text(account, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
        return path

    @property
    def checks(self) -> Path:
        """The folder for the pages of the checks."""
        return self._finished / "checks"

    def hand_on_line_marks(self, folder: Path) -> None:
        """Moves the line marks of the documents read to ``folder``, by document id, for those who draw their pages."""
        folder.mkdir(exist_ok=True)
        for marks in self._read.glob(f"*/{_LINE_MARKS}"):
            marks.replace(folder / f"{marks.parent.name}.json")

    def clear(self) -> None:
        """Removes everything staged."""
        shutil.rmtree(self._read, ignore_errors=True)
        shutil.rmtree(self._finished, ignore_errors=True)


def _tables_in(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.parquet"))}
