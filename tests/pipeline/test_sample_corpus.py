"""The whole way, once: the sample corpus is written, ingested by the command itself, and compared with its truth."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from normalizers.model.reasons import reason_rules
from pipeline.checks.rules import stored_text
from pipeline.sample.corpus import make_document, offices_of
from tests.pipeline.corpus_comparison import Comparison, compare_with_truth, read_output

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("corpus")]


@pytest.fixture(scope="module")
def comparison(corpus: tuple[Path, Path]) -> Comparison:
    folder, output = corpus
    return compare_with_truth(folder / "truth", read_output(output))


def slips(folder: Path) -> dict[str, list[str]]:
    lines = (folder / "truth" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["source_file"]: row["slips"] for row in map(json.loads, lines) if row["slips"]}


def test_every_branch_is_loaded_once(corpus: tuple[Path, Path]) -> None:
    documents = pd.read_parquet(corpus[1] / "tables" / "documents")
    assert sorted(documents["branch_code"]) == [f"{code:02d}" for code in range(1, 48)]
    assert set(documents["plan_year"]) == {2024}
    assert Counter(documents["text_layer"])["ocr"] == 1


def test_targets_and_measures_are_what_the_plans_were_made_to_say(comparison: Comparison) -> None:
    assert not comparison.differences, comparison.listed()


def test_a_plan_that_is_one_table_and_headquarters_plan_are_read_as_they_were_made(tmp_path: Path) -> None:
    plans, truth = tmp_path / "plans", tmp_path / "truth"
    plans.mkdir()
    truth.mkdir()
    identities = []
    for office, slips_of_plan in offices_of(newest=True, whole=True):
        if office.branch_code in ("00", "10"):
            made = make_document(office, 2024, 2, drifting=True, slips=slips_of_plan)
            (plans / made.source_file).write_bytes(made.pdf)
            beside = truth / Path(made.source_file).stem
            beside.with_name(f"{beside.name}.targets.jsonl").write_text(made.targets, encoding="utf-8")
            beside.with_name(f"{beside.name}.measures.jsonl").write_text(made.measures, encoding="utf-8")
            identities.append(json.dumps(made.identity, ensure_ascii=False))
    (truth / "documents.jsonl").write_text("\n".join(identities), encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "ingest", str(plans), "--output", str(tmp_path / "out"), "--quiet"]
    subprocess.run(command, check=True)
    found = compare_with_truth(truth, read_output(tmp_path / "out"))
    assert found.made["targets"] > 0
    assert not found.differences, found.listed()


def test_findings_name_the_planted_slips_and_no_other_figures(corpus: tuple[Path, Path]) -> None:
    folder, output = corpus
    findings = pd.read_parquet(output / "tables" / "findings")
    documents = pd.read_parquet(output / "tables" / "documents").set_index("document_id")["source_file"]
    figures = findings[findings["check"].isin(["rate_and_count", "kpi_numbering", "parts_and_whole", "breakdown"])]
    named = {(documents[row.document_id], row.check) for row in figures.itertuples()}
    wanted = slips(folder)
    assert len(wanted) == 2
    assert {file for file, _ in named} == set(wanted)
    assert {check for _, check in named} == {"rate_and_count", "kpi_numbering"}


def test_every_finding_and_reason_is_worded_in_both_languages(corpus: tuple[Path, Path]) -> None:
    findings = pd.read_parquet(corpus[1] / "tables" / "findings").to_dict("records")
    texts = [stored_text(finding, language) for finding in findings for language in ("en", "ja")]
    assert [text for text in texts if "{" in text] == []
    assert [finding["message"] for finding in findings] == texts[::2]
    reasons = pd.read_parquet(corpus[1] / "tables" / "targets")["confidence_reasons"].explode().dropna()
    assert {reason["code"] for reason in reasons} <= reason_rules().keys()


def test_duckdb_reads_each_table_as_pandas_does(corpus: tuple[Path, Path]) -> None:
    tables = corpus[1] / "tables"
    for table in ("documents", "cells", "measures", "targets", "changes", "findings"):
        query = f"SELECT count(*) FROM read_parquet('{tables / table}/*/*.parquet', hive_partitioning = true)"
        ((rows,),) = duckdb.sql(query).fetchall()
        assert rows == len(pd.read_parquet(tables / table)) > 0
