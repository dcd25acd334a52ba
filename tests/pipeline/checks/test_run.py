"""All checks together: what reaches the findings, and the Data Docs beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.checks.check_list import check_list
from pipeline.checks.run import DOCUMENT_CHECKS, run_checks
from pipeline.checks.settings import CheckSettings


def named(report: Any) -> set[tuple[str, str, str]]:
    return {(found.document_id, found.row.severity, found.row.finding.check) for found in report.findings}


def test_a_sound_plan_has_no_findings(plan: Any, combine: Any, settings: CheckSettings) -> None:
    assert run_checks(combine(plan), settings).findings == ()


def test_findings_belong_to_the_document_that_breaks_the_rule(
    plan: Any, build: Any, combine: Any, settings: CheckSettings
) -> None:
    broken = build(branch="34", serial=1)
    broken.target("率", kind="wish")
    broken.target("率", measure_id="nowhere")
    broken.target("率", value=50.0, x1=10.0)
    borrowed = broken.target("率", heading_id=plan.heading["measure_id"])
    nameless = broken.measure("名無し")
    nameless["text"] = None
    broken.target("率", basis="absolute")
    report = run_checks(combine(plan, broken), settings)
    assert named(report) == {
        (broken.document_id, "error", "schema"),
        (broken.document_id, "error", "reference"),
        (broken.document_id, "warning", "value_range"),
        (broken.document_id, "warning", "absolute_value"),
    }
    records = {(f.row.finding.check, f.row.finding.record_id) for f in report.findings}
    assert ("reference", borrowed["target_id"]) in records
    assert ("schema", nameless["measure_id"]) in records


def test_values_out_of_order_are_named_with_what_they_should_not_be_above(
    build: Any, combine: Any, settings: CheckSettings
) -> None:
    broken = build(branch="34", serial=1)
    target = broken.target("率", value=50.0, x1=10.0, page=99)
    broken.target("率", value=51.0, x0=None, top=None, x1=None, bottom=None)
    found = [f.row for f in run_checks(combine(broken), settings).findings if f.row.finding.check == "value_range"]
    assert {row.finding.record_id for row in found} == {target["target_id"]}
    assert all("x1 is 10.0" in row.message and "page is 99" in row.message for row in found)


def test_a_missing_column_is_an_error_of_every_document_and_no_pass(
    plan: Any, build: Any, combine: Any, settings: CheckSettings
) -> None:
    frames = combine(plan, build(branch="34", serial=1))
    frames["cells"] = frames["cells"].drop(columns="role")
    errors = {f.document_id for f in run_checks(frames, settings).findings if f.row.severity == "error"}
    assert errors == set(frames["documents"]["document_id"])


def test_a_check_that_cannot_be_carried_out_is_an_error(plan: Any, combine: Any, settings: CheckSettings) -> None:
    plan.rows["targets"][0]["confidence"] = "high"
    findings = run_checks(combine(plan), settings).findings
    assert any(found.row.finding.check == "check_failed" and found.row.severity == "error" for found in findings)


def test_two_plans_of_a_branch_for_a_year_are_named_on_both(build: Any, combine: Any, settings: CheckSettings) -> None:
    twins = [build(serial=1), build(serial=2)]
    for twin in twins:
        twin.cell("健診")
    report = run_checks(combine(*twins), settings)
    said = {f.document_id: f.row.message for f in report.findings if f.row.finding.check == "duplicate_plan"}
    assert said.keys() == {twin.document_id for twin in twins}
    for twin, rival in (twins, reversed(twins)):
        assert rival.document_id in said[twin.document_id]
        assert twin.document_id not in said[twin.document_id]


def test_a_check_can_be_regraded_and_switched_off(plan: Any, combine: Any, settings: CheckSettings) -> None:
    plan.target("率", number=9)
    grades = {"off": [], "info": ["info"], "error": ["error"]}
    for grade, expected in grades.items():
        sections = {**settings.sections, "kpi_numbering": {"severity": grade}}
        findings = run_checks(combine(plan), CheckSettings(sections)).findings
        assert [found.row.severity for found in findings] == expected


def test_every_check_has_a_docstring_and_a_rule(settings: CheckSettings) -> None:
    for name, check in DOCUMENT_CHECKS.items():
        assert check.__doc__
        assert name in settings.sections


def test_the_list_of_checks_is_up_to_date() -> None:
    page = Path(__file__).parents[3] / "docs" / "check-list.md"
    assert page.read_text(encoding="utf-8") == check_list()


@pytest.fixture
def data_docs(plan: Any, combine: Any, settings: CheckSettings, tmp_path: Path) -> Path:
    plan.target("率", kind="<script>alert(1)</script>")
    report = run_checks(combine(plan), settings, data_docs=tmp_path / "docs")
    assert report.data_docs is not None
    return report.data_docs


def test_data_docs_link_every_table_and_nothing_outside(data_docs: Path) -> None:
    from html.parser import HTMLParser

    class Links(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found |= {value or "" for name, value in attrs if name in ("src", "href", "data", "action")}
            assert tag not in ("script", "link", "iframe", "object", "img")

    pages = sorted(data_docs.parent.glob("*.html"))
    for page in pages:
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        outside = {link for link in links.found if not link.startswith("#") and not (page.parent / link).is_file()}
        assert outside == set()
    assert {"targets.html", "cells.html"} <= {page.name for page in pages}


def test_data_docs_show_what_did_not_hold_and_run_none_of_it(data_docs: Path) -> None:
    page = (data_docs.parent / "targets.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page


def test_a_value_out_of_its_bounds_is_named_with_what_is_allowed(
    plan: Any, combine: Any, settings: CheckSettings
) -> None:
    wish = plan.target("率", kind="wish")
    far = plan.target("率", page=0)
    nameless = plan.measure("名無し")
    nameless["text"] = None
    nowhere = plan.target("率", heading_id="nowhere")
    said = {f.row.finding.record_id: f.row.message for f in run_checks(combine(plan), settings).findings}
    assert "kind is wish (allowed: kpi, " in said[wish["target_id"]]
    assert "page is 0 (allowed: 1 …)" in said[far["target_id"]]
    assert "text is " in said[nameless["measure_id"]]
    assert "heading_id in measures is missing (allowed: found)" in said[nowhere["target_id"]]


def test_a_number_that_is_text_is_an_error_and_named(plan: Any, combine: Any, settings: CheckSettings) -> None:
    frames = combine(plan)
    frames["pages"]["width"] = ["595", "595", "595"]
    messages = [f.row.message for f in run_checks(frames, settings).findings if f.row.severity == "error"]
    assert any("width is " in message for message in messages)


def test_lists_may_be_empty_but_not_missing(plan: Any, combine: Any, settings: CheckSettings) -> None:
    import pyarrow as pa

    frames = combine(plan)
    kind = pd.ArrowDtype(pa.list_(pa.string()))
    frames["pages"]["doubts"] = pd.Series([["garbled"], [], None], dtype=kind)
    [found] = [f for f in run_checks(frames, settings).findings if f.row.finding.check == "schema"]
    assert found.row.finding.page == 3
    assert "doubts is" in found.row.message
