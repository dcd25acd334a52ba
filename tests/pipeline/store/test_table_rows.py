"""What was parsed, as rows of the tables."""

from __future__ import annotations

from normalizers.model.records import Records
from parsers.model.document import DocumentIdentity, PageSummary, ParsedDocument
from pipeline.store.table_rows import rows_of


def test_a_title_is_stored_normalised() -> None:
    title = "令和６年度 栃⽊⽀部事業計画（案）"
    identity = DocumentIdentity("09", "栃木", 2024, title, "plan", True, "")
    parsed = ParsedDocument(identity, (PageSummary(1, 595.0, 842.0, "digital", 40, 0, 0),), (), (), (), ())
    (row,) = rows_of("2024-09-plan-00000000", "a.pdf", "0" * 64, parsed, Records((), (), (), (), ()))["documents"]
    assert row["title"] == "令和6年度栃木支部事業計画(案)"
