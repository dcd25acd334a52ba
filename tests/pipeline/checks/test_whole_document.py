"""Is it a branch plan, is its text there and readable; is every branch there."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.checks import whole_document as checks


def test_a_sound_plan_raises_no_doubt(plan: Any, doubts_of: Any) -> None:
    for check in (
        checks.document_is_a_plan,
        checks.document_has_measures,
        checks.text_is_conserved,
        checks.text_is_readable,
        checks.pages_have_no_doubts,
        checks.pages_read_by_recognition,
    ):
        assert doubts_of(check, plan) == []


def test_without_a_year_a_document_is_no_plan(plan: Any, doubts_of: Any) -> None:
    plan.rows["documents"][0]["fiscal_year"] = None
    assert len(doubts_of(checks.document_is_a_plan, plan)) == 1


@pytest.mark.parametrize("column", ["branch_code", "fiscal_year"])
def test_a_plan_without_a_branch_or_a_year_is_none(plan: Any, doubts_of: Any, column: str) -> None:
    assert doubts_of(checks.document_is_a_plan, plan) == []
    plan.rows["documents"][0][column] = None
    assert len(doubts_of(checks.document_is_a_plan, plan)) == 1


@pytest.mark.parametrize(("lost", "distrusted"), [(0, False), (15, False), (45, True)])
def test_many_lost_characters_make_a_document_untrustworthy(
    plan: Any, doubts_of: Any, lost: int, distrusted: bool
) -> None:
    plan.rows["pages"][1]["lost_characters"] = lost
    doubts = doubts_of(checks.text_is_conserved, plan)
    assert [doubt.page for doubt in doubts] == [2] * distrusted


def test_doubts_about_the_text_layer_count_where_recognition_did_not_replace_it(
    plan: Any, doubts_of: Any, said: Any
) -> None:
    pages = plan.rows["pages"]
    pages[0]["doubts"] = ["garbled"]
    assert [doubt.page for doubt in doubts_of(checks.pages_have_no_doubts, plan)] == [1]
    assert doubts_of(checks.text_is_readable, plan) == []
    pages[1]["doubts"] = ["garbled"]
    assert len(doubts_of(checks.text_is_readable, plan)) == 1
    for page in pages:
        page["text_layer"] = "ocr"
    assert doubts_of(checks.text_is_readable, plan) == []
    (message,) = said(checks.pages_read_by_recognition, plan)
    assert "3 of 3" in message
