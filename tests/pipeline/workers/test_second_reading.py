"""Values in doubt are read a second time, from the same bytes, by another reader."""

from __future__ import annotations

from dataclasses import replace

import pymupdf
import pytest

from normalizers.model.records import Records
from normalizers.normalize import normalize_document
from parsers.model.document import ParsedDocument
from parsers.parse import parse_document
from pipeline.workers.second_reading import SURE, pages_to_read, read_values_again


def plan(rate: str) -> bytes:
    """A plan of one page in prose whose KPI names ``rate``."""
    document = pymupdf.open()
    page = document.new_page()
    lines = ["令和6年度 山口支部事業計画", "1. 基盤的保険者機能の盤石化", "(1) サービスの向上"]
    for number, line in enumerate([*lines, f"■ KPI：① 申請書の郵送化率を{rate}%以上とする"]):
        page.insert_text((60, 80 + 24 * number), line, fontname="japan", fontsize=12)
    return bytes(document.tobytes())


@pytest.fixture(scope="module")
def read() -> tuple[ParsedDocument, Records]:
    parsed = parse_document(plan("95.0"), "plan.pdf")
    return parsed, normalize_document(parsed)


def in_doubt(records: Records) -> Records:
    return replace(records, targets=tuple(replace(target, confidence=0.6) for target in records.targets))


def test_a_value_that_the_second_reader_reads_otherwise_is_flagged(read: tuple[ParsedDocument, Records]) -> None:
    parsed, records = read
    again = read_values_again(plan("59.0"), parsed, in_doubt(records))
    (finding,) = [f for f in again.findings if f.check == "second_reader"]
    (target,) = again.targets
    assert finding.record_id == target.target_id
    assert finding.page == 1
    assert finding.box == target.box
    assert finding.values == {"first": ["95percent"], "second": ["59percent"], "value": 95.0}
    assert target.value == 95.0
    assert target.confidence < SURE


def test_readers_that_agree_are_evidence_and_change_no_value(read: tuple[ParsedDocument, Records]) -> None:
    parsed, records = read
    again = read_values_again(plan("95.0"), parsed, in_doubt(records))
    assert again.findings == records.findings
    assert [target.value for target in again.targets] == [95.0]
    assert "second_reader_agrees" in {reason.code for reason in again.targets[0].confidence_reasons}


def test_a_page_with_values_is_read_again_though_nobody_doubts_it(read: tuple[ParsedDocument, Records]) -> None:
    parsed, records = read
    assert pages_to_read(plan("95.0"), parsed, records) == {1}
    assert [f.check for f in read_values_again(plan("59.0"), parsed, records).findings] == ["second_reader"]


def test_a_page_read_from_its_picture_has_nothing_to_read_again(read: tuple[ParsedDocument, Records]) -> None:
    parsed, records = read
    pictures = replace(parsed, pages=tuple(replace(page, text_layer="ocr") for page in parsed.pages))
    assert pages_to_read(plan("95.0"), pictures, in_doubt(records)) == set()
