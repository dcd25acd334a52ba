"""Runs into an output on which people have decided: applied, kept over rebuilding and renaming, and paid for once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline.answers.export import export
from pipeline.answers.output import Output
from pipeline.decisions.decision import Decision, new_decision
from pipeline.decisions.journal import append
from pipeline.decisions.standing import decisions_file
from pipeline.report.review_progress import read_progress
from pipeline.store.verify import verify_output
from tests.pipeline.invented_plans import BOX, entry_of, run, states, tree, write_plan

pytestmark = pytest.mark.usefixtures("unvalidated")


def on(plan: Path, action: Any, **said: Any) -> Decision:
    return new_decision("Aoki", action, hashlib.sha256(plan.read_bytes()).hexdigest(), **said)


def correction(plan: Path, value: float = 61.2) -> Decision:
    place = {"table": "targets", "page": 1, "text": "郵送化率を95.0%以上とする", **BOX._asdict()}
    return on(plan, "correct", field="value", before=95.0, after=value, **place)


def values(output: Path) -> list[float]:
    return list(Output(output).targets["value"])


def test_a_decision_is_applied_by_the_next_run_and_costs_its_document_alone(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    plan = write_plan(raw / "33.pdf", "33", 2024)
    write_plan(raw / "43.pdf", "43", 2024)
    run(raw, output)
    append(output, [correction(plan)])
    _, seen = run(raw, output)
    assert seen == ["33.pdf"]
    targets = Output(output).targets
    assert list(targets["value"]) == [61.2, 95.0]
    assert list(targets["reviewed"]) == ["corrected", "no"]
    assert list(targets["corrected_by"].fillna("")) == ["Aoki", ""]
    assert run(raw, output)[1] == []


def test_rebuilding_and_renaming_lose_nothing_and_give_the_same_bytes(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    plan = write_plan(raw / "33.pdf", "33", 2024)
    run(raw, output)
    append(output, [correction(plan)])
    run(raw, output)
    before = tree(output / "tables")
    kept = decisions_file(output).read_bytes()
    run(raw, output, rebuild=True)
    assert tree(output / "tables") == before
    assert decisions_file(output).read_bytes() == kept
    plan.rename(raw / "okayama.pdf")
    run(raw, output)
    assert values(output) == [61.2]
    run(raw, output, fingerprint="of a later version")
    assert values(output) == [61.2]


def test_what_is_undone_is_as_it_was(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    plan = write_plan(raw / "33.pdf", "33", 2024)
    run(raw, output)
    before = tree(output / "tables")
    wrong = correction(plan)
    append(output, [wrong])
    run(raw, output)
    append(output, [on(plan, "undo", undoes=wrong.id)])
    run(raw, output)
    assert tree(output / "tables") == before


def test_a_document_goes_where_people_say_it_belongs(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    plan = write_plan(raw / "x.pdf", "43", 2024)
    run(raw, output)
    append(output, [on(plan, "identify", field="branch_code", after="33")])
    manifest, _ = run(raw, output)
    assert entry_of(manifest, "x.pdf").branch_name == "岡山"
    assert list(Output(output).documents["branch_code"]) == ["33"]
    assert list(Output(output).targets["branch_code"]) == ["33"]


def test_an_error_that_a_person_dismissed_keeps_nothing_out(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    plan = write_plan(raw / "33.pdf", "33", 2024, error="no_measures")
    assert states(run(raw, output)[0]) == {"33.pdf": "quarantined"}
    dismissal = on(plan, "dismiss", field="no_measures")
    append(output, [dismissal])
    assert states(run(raw, output)[0]) == {"33.pdf": "loaded"}
    findings = Output(output).findings
    assert set(findings[findings["check"] == "no_measures"]["dismissed_by"]) == {"Aoki"}
    append(output, [on(plan, "undo", undoes=dismissal.id)])
    assert states(run(raw, output)[0]) == {"33.pdf": "quarantined"}


def test_a_decision_on_text_that_is_gone_is_a_finding(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    plan = write_plan(raw / "33.pdf", "33", 2024)
    place = {"table": "targets", "page": 1, "text": "もうない", **BOX._asdict()}
    append(output, [on(plan, "reject", **place)])
    run(raw, output)
    assert "stale_decision" in set(Output(output).findings["check"])
    assert values(output) == [95.0]


def test_words_given_a_meaning_are_used_by_the_next_run(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    plan = write_plan(raw / "33.pdf", "33", 2024)
    write_plan(raw / "43.pdf", "43", 2024)
    run(raw, output)
    append(output, [on(plan, "wording", text="郵送化率", after="postal_application_rate")])
    run(raw, output)
    assert set(Output(output).targets["indicator_code"]) == {"postal_application_rate"}
    assert "郵送化率" in (output / "review" / "wordings.toml").read_text(encoding="utf-8")


def test_how_far_the_review_is_and_the_minutes(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    plan = write_plan(raw / "33.pdf", "33", 2024)
    run(raw, output)
    append(output, [correction(plan)])
    waiting = read_progress(output)
    assert (waiting.totals["reviewed"], waiting.waiting) == (0, 1)
    append(output, [on(plan, "reject", table="targets", page=1, text="もうない", **BOX._asdict())])
    run(raw, output)
    progress = read_progress(output)
    assert [(b.branch_code, b.reviewed, b.stale) for b in progress.branches] == [("33", 1, 1)]
    assert progress.waiting == 0
    front = (output / "report" / "index.html").read_text(encoding="utf-8")
    assert 'id="review-table"' in front
    export(output, tmp_path / "decisions.xlsx")
    sheet = load_workbook(tmp_path / "decisions.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[2], row[9], row[10], row[12]) for row in rows] == [
        ("Aoki", "修正", 95, 61.2, "有効"), ("Aoki", "対象外", None, None, "有効"),
    ]  # fmt: skip


def test_a_rebuilt_output_is_sound(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    plan = write_plan(raw / "33.pdf", "33", 2024)
    run(raw, output)
    append(output, [correction(plan)])
    run(raw, output)
    run(raw, output, rebuild=True)
    assert verify_output(output).faults == ()
