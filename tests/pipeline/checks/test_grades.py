"""A document's grade: clean, single places to look at, in doubt as a whole, or out."""

from __future__ import annotations

from typing import Any

from parsers.model.finding import Finding
from pipeline.checks.grades import grade_of, grade_reason_text
from pipeline.checks.grading import graded
from pipeline.checks.settings import load_settings
from pipeline.store.table_rows import FindingRow

SURE = [{"confidence": 0.98, "page": page} for page in range(1, 9)]


def found(check: str, page: int = 1, **more: Any) -> FindingRow:
    row = graded(Finding(check, {}, page, **more), load_settings(), "run")
    assert row is not None
    return row


def test_a_document_without_warnings_and_doubts_is_clean() -> None:
    assert grade_of([], SURE).name == "clean"
    assert grade_of([found("recognised_text")], SURE).name == "clean"


def test_single_doubts_ask_for_a_look_and_many_or_a_page_in_doubt_for_more() -> None:
    one = [*SURE, {"confidence": 0.5, "page": 3}]
    assert grade_of([], one).name == "review"
    assert grade_of([found("unread_number", variant="line")], SURE).name == "review"
    assert grade_of([found("unread_ink")], SURE).name == "doubtful"
    assert grade_of([], [*SURE, *[{"confidence": 0.5, "page": 3}] * 5]).name == "doubtful"


def test_an_error_quarantines_and_comes_first() -> None:
    grade = grade_of([found("unread_target"), found("unread_target"), found("no_measures")], SURE)
    assert grade.name == "quarantined"
    assert [reason["code"] for reason in grade.reasons] == ["no_measures", "unread_target"]


def test_the_three_weightiest_reasons_are_named_with_counts_and_pages() -> None:
    findings = [found("unread_target", 4), found("unread_target", 5), found("kpi_numbering", 2, variant="gap")]
    findings += [found("unread_ink", 7), found("two_values", 6)]
    grade = grade_of(findings, [*SURE, {"confidence": 0.1, "page": 3}])
    assert [reason["code"] for reason in grade.reasons][:2] == ["unread_ink", "unread_target"]
    assert len(grade.reasons) == 3
    assert grade_reason_text(grade.reasons[1], "en") == "Target that could not be read: 2 (from page 4)"
    assert grade_reason_text(grade.reasons[1], "ja") == "読み取れない目標 2件（4ページから）"
