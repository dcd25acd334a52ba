"""Results wait here, as the files they will be, until everything about a run is decided."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.store.columns import TABLES
from pipeline.store.document_result import DocumentResult
from pipeline.store.parquet_file import DocumentFiles, encode
from pipeline.store.table_rows import FindingRow, finding_rows

if TYPE_CHECKING:
    from pipeline.checks import CheckSettings


class Stage:
    """A folder of staged documents: ``<document_id>/<table>.parquet``, emptied when a run begins and ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clear()
        folder.mkdir(parents=True)

    def put(self, result: DocumentResult, settings: CheckSettings) -> None:
        """Stages one document; its own findings get the severity that ``settings`` give them, or are left out."""
        folder = self.folder / result.document_id
        folder.mkdir(exist_ok=True)
        for table, data in result.tables.items():
            (folder / f"{table}.parquet").write_bytes(data)
        from pipeline.checks.grading import graded

        rows = (graded(finding, settings, "document") for finding in result.findings)
        self.put_findings(result.document_id, [row for row in rows if row is not None])

    def put_findings(self, document_id: str, findings: Iterable[FindingRow]) -> Path:
        """Stages the finished findings of one document, whether its other tables are staged here or stored already."""
        path = self.folder / document_id / "findings.parquet"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(encode(TABLES["findings"], finding_rows(document_id, findings)))
        return path

    def put_account(self, document_id: str, account: Mapping[str, Any]) -> Path:
        """Stages the account of a document that is to be quarantined."""
        path = self.folder / document_id / "findings.json"
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(account, ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
        return path

    def files(self, document_id: str) -> DocumentFiles:
        """The staged files of one document."""
        return {path.stem: path for path in sorted((self.folder / document_id).glob("*.parquet"))}

    def clear(self) -> None:
        """Removes everything staged."""
        shutil.rmtree(self.folder, ignore_errors=True)
