"""Keys that stand twice and references to nothing are found, in the Parquet files and in the derived database alike."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.store.columns import TABLES
from pipeline.store.database import refresh_database
from pipeline.store.keys import keys_in_database, keys_in_files
from pipeline.store.mend import Fault
from pipeline.store.parquet_file import encode
from pipeline.threads.table import refresh_threads
from tests.pipeline.invented_output import InventedDocument


def plan(code: str, sha256: str) -> InventedDocument:
    document = InventedDocument(2024, code, "岡山", sha256=sha256)
    for value in (60.0, 61.0):
        document.target("生活習慣病予防健診実施率", "insured_checkup_rate", value, "percent", kind="kpi")
    return document


def files_under(root: Path, document: InventedDocument) -> dict[str, Path]:
    return {
        name: root / "tables" / name / f"plan_year={document.year}" / f"{document.document_id}.parquet"
        for name in TABLES
    }


def put(root: Path, document: InventedDocument) -> None:
    """Writes the document as a run does, with the schema's number in each file."""
    document.write(root)
    for name, path in files_under(root, document).items():
        path.write_bytes(encode(TABLES[name], pq.read_table(path, partitioning=None).to_pylist()))


@pytest.fixture
def sound() -> InventedDocument:
    return plan("33", "a" * 64)


@pytest.fixture
def broken() -> InventedDocument:
    """An aim of a measure that is another document's, one whose heading is nowhere, and a measure that stands twice."""
    document = plan("34", "b" * 64)
    first, second = document.rows["targets"]
    first["measure_id"] = f"{plan('33', 'a' * 64).document_id}-m0000"
    second["heading_id"] = "nowhere"
    document.rows["measures"][1]["measure_id"] = document.rows["measures"][0]["measure_id"]
    second["measure_id"] = document.rows["measures"][0]["measure_id"]
    return document


def test_what_is_wrong_is_named_and_the_rest_is_not(
    tmp_path: Path, sound: InventedDocument, broken: InventedDocument
) -> None:
    for document in (sound, broken):
        put(tmp_path, document)
    refresh_threads(tmp_path)
    assert refresh_database(tmp_path)
    expected = [
        Fault("key", {"document": broken.document_id, "column": "measures.measure_id"}),
        Fault(
            "reference",
            {"document": broken.document_id, "column": "targets.measure_id", "table": "measures", "count": 1},
        ),
        Fault(
            "reference",
            {"document": broken.document_id, "column": "targets.heading_id", "table": "measures", "count": 1},
        ),
    ]
    assert keys_in_files(sound.document_id, files_under(tmp_path, sound)) == (5, [])
    assert keys_in_files(broken.document_id, files_under(tmp_path, broken)) == (5, expected)
    assert keys_in_database(tmp_path, {sound.document_id, broken.document_id}) == (10, expected)
    assert keys_in_database(tmp_path, {sound.document_id}) == (5, [])


def test_a_file_that_is_no_table_is_a_fault(tmp_path: Path, sound: InventedDocument) -> None:
    put(tmp_path, sound)
    files = files_under(tmp_path, sound)
    files["numbers"].write_bytes(b"no table")
    rows, faults = keys_in_files(sound.document_id, files)
    assert (rows, [fault.code for fault in faults]) == (5, ["table"])
