"""The whole way of decisions: a corpus is ingested, decided on, rebuilt and grown by a year.

Every decision is then found in tables, views, report and workbook.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pipeline.answers.output import Output
from pipeline.cli import branch_plans
from pipeline.decisions.decision import Decision, new_decision
from pipeline.decisions.journal import append
from pipeline.decisions.row_places import record_place, target_places
from pipeline.review.material import ReviewedDocument, Row, read_material
from pipeline.sample.corpus import write_corpus

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("review")]
KINDS_A_PLAN = 10
"""Records of each kind that are decided on."""


@dataclass(frozen=True)
class Decided:
    """What was decided on one record, and how it was read."""

    decision: Decision
    row: Row


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six plans of this year and, in a folder apart, the same branches' plans of the year before."""
    folder = tmp_path_factory.mktemp("corpus")
    plans = write_corpus(folder / "all", years=2).plans
    chosen = ("02", "09", "13", "23", "33", "40")
    for path in sorted(plans.rglob("*.pdf")):
        if path.name.startswith(chosen):
            year = "before" if path.parent != plans else "now"
            (folder / year).mkdir(exist_ok=True)
            shutil.copy(path, folder / year / path.name)
    return folder


def ingest(*arguments: object) -> None:
    result = CliRunner().invoke(
        branch_plans, ["ingest", *map(str, arguments), "--workers", "2"], catch_exceptions=False
    )
    assert result.exit_code in (0, 1), result.output


def documents_of(output: Path) -> list[ReviewedDocument]:
    return list(read_material(output).documents.values())


def on(document: ReviewedDocument, action: Any, **said: Any) -> Decision:
    return new_decision("Aoki", action, document.sha256, **said)


def choose(output: Path) -> dict[str, list[Decided]]:
    """Ten of every kind, over all documents."""
    chosen: dict[str, list[Decided]] = {"correct": [], "confirm": [], "reject": [], "measure": [], "add": []}
    taken: set[str] = set()
    for document in documents_of(output):
        places = target_places(document.targets)
        for row in document.targets:
            place = places[row["target_id"]].said()
            lacking = next(
                (kind for kind in ("correct", "confirm", "reject") if len(chosen[kind]) < KINDS_A_PLAN), None
            )
            if lacking is None or row["value"] is None or row["measure_id"] in taken:
                continue
            taken.add(row["measure_id"])
            said: dict[str, Any] = {
                "correct": {"field": "value", "before": row["value"], "after": row["value"] + 1},
                "confirm": {"before": {"value": row["value"], "unit": row["unit"]}},
                "reject": {},
            }[lacking]
            chosen[lacking].append(Decided(on(document, lacking, **place, **said), row))
        for line in document.measures:
            if line["kind"] != "action" or line["measure_id"] in taken:
                continue
            if len(chosen["measure"]) < KINDS_A_PLAN:
                place = record_place("measures", line).said()
                change = on(document, "correct", **place, field="kind", after="note")
                chosen["measure"].append(Decided(change, line))
            elif len(chosen["add"]) < KINDS_A_PLAN:
                after = {"statement": line["text"], "indicator": "加えた指標", "value": 5, "unit": "times"}
                place = {**record_place("measures", line).said(), "table": "targets"}
                chosen["add"].append(Decided(on(document, "add", **place, after=after), line))
            taken.add(line["measure_id"])
    return chosen


@dataclass(frozen=True)
class Story:
    output: Path
    chosen: dict[str, list[Decided]]
    folder: Path


@pytest.fixture(scope="module")
def story(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    output = tmp_path_factory.mktemp("story") / "out"
    ingest(raw / "now", "--output", output)
    chosen = choose(output)
    assert {kind: len(found) for kind, found in chosen.items()} == dict.fromkeys(chosen, KINDS_A_PLAN)
    document = documents_of(output)[0]
    more = [on(document, "identify", field="is_draft", after=not document.document["is_draft"])]
    append(output, [decided.decision for found in chosen.values() for decided in found] + more)
    ingest(raw / "now", "--output", output)
    ingest(raw / "now", "--output", output, "--rebuild")
    ingest(raw / "before", "--output", output)
    return Story(output, chosen, raw)


def rows_at(output: Path, row: Row) -> list[Row]:
    frame = Output(output).targets
    here = frame[(frame["document_id"] == row["document_id"]) & (frame["measure_id"] == row["measure_id"])]
    return [dict(found) for found in here.to_dict("records")]


def test_tables_hold_every_decision(story: Story) -> None:
    for decided in story.chosen["correct"]:
        [found] = [r for r in rows_at(story.output, decided.row) if r["target_id"] == decided.row["target_id"]]
        assert found["value"] == decided.row["value"] + 1
        assert (found["reviewed"], found["corrected_by"], found["confidence"]) == ("corrected", "Aoki", 1.0)
        assert json.loads(found["read_value"])["value"] == decided.row["value"]
    for decided in story.chosen["confirm"]:
        [found] = [r for r in rows_at(story.output, decided.row) if r["target_id"] == decided.row["target_id"]]
        assert (found["value"], found["reviewed"]) == (decided.row["value"], "confirmed")
    for decided in story.chosen["reject"]:
        assert decided.row["target_id"] not in {row["target_id"] for row in rows_at(story.output, decided.row)}
    for decided in story.chosen["add"]:
        assert "加えた指標" in {row["indicator"] for row in rows_at(story.output, decided.row)}
    measures = Output(story.output).measures.set_index("measure_id")
    for decided in story.chosen["measure"]:
        assert measures.loc[decided.row["measure_id"], "kind"] == "note"


def test_nothing_went_stale_and_everything_is_sound(story: Story) -> None:
    findings = Output(story.output).findings
    assert not {"stale_decision", "contradicting_decisions"} & set(findings["check"])
    runner = CliRunner()
    verified = runner.invoke(branch_plans, ["verify", str(story.output)])
    assert verified.exit_code == 0, verified.output
    status = json.loads(runner.invoke(branch_plans, ["status", str(story.output), "--json"]).stdout)
    assert status["review"]["waiting"] == 0
    assert sum(branch["reviewed"] for branch in status["review"]["branches"]) == 3 * KINDS_A_PLAN


def test_views_report_and_workbook_show_them(story: Story, tmp_path: Path) -> None:
    changed = {decided.row["target_id"] for decided in story.chosen["correct"]}
    kpi = Output(story.output).kpi
    assert set(kpi[kpi["target_id"].isin(changed)]["reviewed"]) <= {"corrected"}
    decided = story.chosen["correct"][0]
    script = story.output / "report" / "documents" / f"{decided.row['document_id']}.js"
    data = json.loads(script.read_text(encoding="utf-8").partition("=")[2].rstrip(";\n"))
    shown = next(row for row in data["targets"] if row["id"] == decided.row["target_id"])
    assert (shown["value"], shown["read"]["value"], shown["reviewed"]) == (
        decided.row["value"] + 1, decided.row["value"], "corrected",
    )  # fmt: skip
    runner = CliRunner()
    for name in ("plans.xlsx", "decisions.xlsx"):
        assert runner.invoke(branch_plans, ["export", str(story.output), str(tmp_path / name)]).exit_code == 0
    minutes = load_workbook(tmp_path / "decisions.xlsx").active
    assert minutes is not None
    assert minutes.max_row == 1 + 5 * KINDS_A_PLAN + 1


def test_lessons_tell_each_correction(story: Story) -> None:
    told = CliRunner().invoke(branch_plans, ["review", str(story.output), "--lessons"]).stdout.splitlines()
    lessons = [json.loads(line) for line in told]
    assert len(lessons) >= 2 * KINDS_A_PLAN
    assert all({"phrase", "rows", "read"} <= lesson.keys() for lesson in lessons)
