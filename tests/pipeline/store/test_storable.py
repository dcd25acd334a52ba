"""Numbers that no column can hold."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pymupdf
import pytest

from parsers.parse import ParseOptions
from pipeline.store.columns import TABLES
from pipeline.store.parquet_file import encode
from pipeline.store.storable import DOUBTED, storable_rows
from pipeline.workers.document_job import process
from tests.pipeline.invented_output import full_row


@pytest.mark.parametrize(
    ("column", "value", "is_kept"),
    [
        ("value", 95.0, True),
        ("value", math.inf, False),
        ("value", -math.inf, False),
        ("value", math.nan, False),
        ("baseline_value", math.inf, False),
        ("number", 2**31 - 1, True),
        ("number", 2**31, False),
        ("number", 10**30, False),
    ],
)
def test_what_a_column_cannot_hold_is_left_out_and_said(column: str, value: Any, is_kept: bool) -> None:
    row = full_row(TABLES["targets"], {column: value, "confidence": 0.9, "statement_normalized": "率を9%以上とする"})
    rows, findings = storable_rows({"targets": [row]})
    assert rows["targets"][0][column] == (value if is_kept else None)
    assert rows["targets"][0]["confidence"] == (0.9 if is_kept else DOUBTED)
    assert [finding.values["columns"] for finding in findings] == ([] if is_kept else [[column]])
    encode(TABLES["targets"], rows["targets"])


@pytest.mark.parametrize("digits", ["9" * 320, "1" + "0" * 400, "9" * 330 + ".5"])
def test_a_number_of_hundreds_of_digits_is_kept_as_text(digits: str) -> None:
    lines = (
        "令和6年度 岡山支部事業計画",
        "（1）基盤的保険者機能関係",
        "○ 健診",
        f"■ KPI：郵送化率を{digits}%以上とする",
    )
    with pymupdf.open() as plan:
        page = plan.new_page(width=3000)
        for number, line in enumerate(lines):
            page.insert_text((40, 100 + 30 * number), line, fontname="japan", fontsize=8)
        result = process(plan.tobytes(), "a.pdf", ParseOptions())
    tables = {name: pq.read_table(pa.BufferReader(data)) for name, data in result.tables.items()}
    assert digits[:300] in "".join(tables["measures"]["text"].to_pylist())
    values = [value for name in ("targets", "numbers") for value in tables[name]["value"].to_pylist()]
    assert all(value is None or math.isfinite(value) for value in values)
    assert any(finding.check in ("number_too_large", "unread_number", "unread_target") for finding in result.findings)
