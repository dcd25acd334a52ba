"""What is checked in parts, now or by an earlier run, is found and told as if it had been checked at once."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.checks.before import CheckedBefore
from pipeline.checks.report import CheckReport, DocumentFinding
from pipeline.checks.rows import compared_documents
from pipeline.checks.run import check_batches
from pipeline.checks.settings import CheckSettings

RATE = {"indicator": "生活習慣病予防健診実施率", "indicator_code": "insured_checkup_rate", "population": "insured"}


@pytest.fixture
def plans(build: Callable[..., Any]) -> list[Any]:
    """Twelve branches' plans of one year, two with faults of their own, and one branch's of the year before."""
    found = []
    for number in range(12):
        plan = build(f"{number + 1:02}", 2021)
        plan.cell("健診")
        plan.target("健診実施率を60%以上とする", value=60.0 + number / 10, number=1, **RATE)
        plan.target("健診の質を高める", number=2)
        found.append(plan)
    found[3].target("率", kind="nonsense")
    found[7].rows["pages"][0]["lost_characters"] = 400
    found[5].target("健診実施率を60%以上とする", value=55.0, edition="old", **RATE)
    last = build("06", 2020)
    last.target("健診実施率を56%以上とする", value=56.0, number=1, **RATE)
    return [*found, last]


def known(plans: Sequence[Any], findings: Sequence[DocumentFinding], combine: Callable[..., Any]) -> CheckedBefore:
    ids = {plan.document_id for plan in plans}
    frames = combine(*plans)
    return CheckedBefore(
        documents=frames["documents"],
        compared=compared_documents(
            [row for plan in plans for row in plan.rows["documents"]],
            [row for plan in plans for row in plan.rows["targets"]],
        ),
        findings=tuple(found for found in findings if found.document_id in ids),
        counts={name: len(frame) for name, frame in frames.items()},
    )


def told(report: CheckReport) -> list[tuple[str, str, str, str | None]]:
    return [(f.document_id, f.row.finding.check, f.row.message, f.row.finding.record_id) for f in report.findings]


def shares_told(page: Path) -> list[str]:
    """Which share of the rows each expectation did not hold for, as the page of a table says."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", page.read_text(encoding="utf-8")))
    return re.findall(r"[\d.≈]+% (?:unexpected|not null)", text)


def test_batches_find_what_one_finds(plans: list[Any], combine: Callable[..., Any], settings: CheckSettings) -> None:
    at_once = check_batches([combine(*plans)], settings)
    assert {found.row.finding.check for found in at_once.findings} >= {"schema", "lost_text", "last_year"}
    in_parts = check_batches([combine(*plans[:5]), combine(*plans[5:6]), combine(*plans[6:])], settings)
    assert told(in_parts) == told(at_once)


def test_known_documents_are_only_compared(
    plans: list[Any], combine: Callable[..., Any], settings: CheckSettings
) -> None:
    """One branch's value leaves the others' range: only comparing tells, for it and for those that are known."""
    first = check_batches([combine(*plans)], settings)
    changed = plans[5]
    changed.rows["targets"][0]["value"] = 6.0
    changed.rows["targets"][-1]["value"] = 56.0
    at_once = check_batches([combine(*plans)], settings)
    others = [plan for plan in plans if plan is not changed]
    after = check_batches([combine(changed)], settings, before=known(others, first.findings, combine))
    assert told(after) == told(at_once)
    assert {check for _, check, *_ in told(after)} >= {"branch_spread", "schema", "lost_text"}
    assert "last_year" not in {check for _, check, *_ in told(after)}


def test_a_second_plan_of_a_known_branch_is_found_for_both(
    plans: list[Any], build: Callable[..., Any], combine: Callable[..., Any], settings: CheckSettings
) -> None:
    first = check_batches([combine(*plans)], settings)
    twin = build("03", 2021, serial=7)
    after = check_batches([combine(twin)], settings, before=known(plans, first.findings, combine))
    doubled = {document for document, check, *_ in told(after) if check == "duplicate_plan"}
    assert doubled == {twin.document_id, plans[2].document_id}


def test_the_data_docs_tell_of_known_documents_too(
    plans: list[Any], combine: Callable[..., Any], settings: CheckSettings, tmp_path: Path
) -> None:
    first = check_batches([combine(*plans)], settings, data_docs=tmp_path / "first")
    rest = known(plans[1:], first.findings, combine)
    check_batches([combine(plans[0])], settings, before=rest, data_docs=tmp_path / "after")
    for name in ("targets", "pages", "documents"):
        pages = [tmp_path / folder / f"{name}.html" for folder in ("first", "after")]
        assert shares_told(pages[1]) == shares_told(pages[0]) != []
    assert any(not share.startswith("0%") for share in shares_told(tmp_path / "after" / "targets.html"))
    index = [(tmp_path / folder / "index.html").read_text(encoding="utf-8") for folder in ("first", "after")]
    assert index[0] == index[1]
