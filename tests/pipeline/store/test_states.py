"""Which version of a plan is loaded."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from pipeline.store.states import Version, superseded_by

FINAL = Version("2024-33-plan-aaaaaaaa", "33", 2024, "plan", is_draft=False, dated="2024-04-01T00:00:00")
LATER = replace(FINAL, document_id="2024-33-plan-bbbbbbbb", dated="2024-05-01T00:00:00")
DRAFT = replace(FINAL, document_id="2024-33-plan-cccccccc", is_draft=True, dated="2024-06-01T00:00:00")


def test_a_draft_gives_way_to_the_final_plan_even_when_it_is_dated_later() -> None:
    assert superseded_by([DRAFT, FINAL]) == {DRAFT.document_id: FINAL.document_id}


def test_an_older_plan_gives_way_to_a_later_one() -> None:
    assert superseded_by([FINAL, LATER]) == {FINAL.document_id: LATER.document_id}


def test_order_of_the_files_does_not_matter() -> None:
    results = [superseded_by(order) for order in permutations([FINAL, LATER, DRAFT])]
    assert all(result == results[0] for result in results)
    assert set(results[0].values()) == {LATER.document_id}


def test_what_nothing_tells_apart_is_kept() -> None:
    assert superseded_by([replace(FINAL, dated=None), LATER]) == {}
    assert superseded_by([FINAL, replace(LATER, dated=FINAL.dated)]) == {}
    assert superseded_by([FINAL, replace(LATER, dated="2024-04-01T09:00:00")]) == {}


def test_what_calls_itself_a_later_version_is_better_than_what_is_dated_later() -> None:
    assert superseded_by([replace(FINAL, number=2), LATER]) == {LATER.document_id: FINAL.document_id}
    assert superseded_by([replace(FINAL, day="2024-03-02"), replace(LATER, day="2024-03-01")]) == {
        LATER.document_id: FINAL.document_id
    }


def test_a_scanned_copy_gives_way_to_the_digital_plan_even_when_it_is_dated_later() -> None:
    scan = replace(LATER, is_scanned=True, day="2024-05-01")
    assert superseded_by([FINAL, scan]) == {scan.document_id: FINAL.document_id}
    assert superseded_by([replace(FINAL, dated=None), scan]) == {scan.document_id: FINAL.document_id}
    assert superseded_by([FINAL, replace(scan, preferred=True)]) == {FINAL.document_id: scan.document_id}
    assert superseded_by([FINAL, replace(scan, number=2)]) == {FINAL.document_id: scan.document_id}
    assert superseded_by([DRAFT, scan]) == {DRAFT.document_id: scan.document_id}


def test_a_person_can_ask_for_another_version() -> None:
    assert superseded_by([replace(DRAFT, preferred=True), FINAL, LATER]) == {
        FINAL.document_id: DRAFT.document_id,
        LATER.document_id: DRAFT.document_id,
    }


def test_a_file_that_was_overwritten_gives_way_to_what_it_holds_now() -> None:
    assert superseded_by([replace(LATER, replaced=True), FINAL]) == {LATER.document_id: FINAL.document_id}


@pytest.mark.parametrize(
    "other",
    [
        replace(LATER, branch_code="34"),
        replace(LATER, fiscal_year=2023),
        replace(LATER, kind="comparison"),
        replace(LATER, branch_code=None),
    ],
)
def test_other_branches_years_and_kinds_are_other_plans(other: Version) -> None:
    assert superseded_by([FINAL, other]) == {}


@pytest.mark.parametrize("change", [{"kind": "other"}, {"branch_code": None}, {"fiscal_year": None}])
def test_documents_that_are_not_known_well_enough_are_never_versions(change: dict[str, str | None]) -> None:
    assert superseded_by([replace(FINAL, **change), replace(LATER, **change)]) == {}  # type: ignore[arg-type]
