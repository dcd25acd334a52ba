"""The sample corpus as a newcomer gets it: complete, varied, repeatable, and true to its own truth."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from pipeline.sample import CorpusSummary, write_corpus
from pipeline.sample.content import make_plan
from pipeline.sample.corpus import SamplePlan, make_document, offices_of
from pipeline.sample.offices import offices
from tests.pipeline.corpus_comparison import folded

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> CorpusSummary:
    return write_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def documents(corpus: CorpusSummary) -> Rows:
    return _lines(corpus.truth / "documents.jsonl")


@pytest.fixture(scope="module")
def page_texts(corpus: CorpusSummary, documents: Rows) -> dict[str, list[str]]:
    """The text layer of each page, by source file."""
    texts: dict[str, list[str]] = {}
    for document in documents:
        with pymupdf.open(corpus.plans / document["source_file"]) as pdf:
            texts[document["source_file"]] = [page.get_text() for page in pdf]
    return texts


def test_every_branch_has_one_plan(documents: Rows) -> None:
    assert [document["branch_code"] for document in documents] == [f"{number:02d}" for number in range(1, 48)]
    assert {document["fiscal_year"] for document in documents} == {2024}


def test_layouts_are_many_and_spread(documents: Rows) -> None:
    layouts = Counter(document["layout"] for document in documents)
    assert len(layouts) >= 8
    assert min(layouts.values()) >= 2


def test_plans_have_six_to_twenty_pages(page_texts: dict[str, list[str]], documents: Rows) -> None:
    for document in documents:
        assert len(page_texts[document["source_file"]]) == document["page_count"], document["source_file"]
        assert 6 <= document["page_count"] <= 20, document["source_file"]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(corpus: CorpusSummary) -> None:
    for office in offices()[21:27]:
        written = (corpus.plans / office.file_name(2024)).read_bytes()
        assert make_document(office, 2024, 1).pdf == written
        assert make_document(office, 2024, 2).pdf != written


def test_only_scanned_plans_are_images_without_text(
    corpus: CorpusSummary, page_texts: dict[str, list[str]], documents: Rows
) -> None:
    scanned = [document["source_file"] for document in documents if document["scanned"]]
    assert 1 <= len(scanned) <= 2
    for name, texts in page_texts.items():
        assert ("".join(texts).strip() == "") == (name in scanned), name
    with pymupdf.open(corpus.plans / scanned[0]) as pdf:
        assert all(page.get_images() for page in pdf)


def test_what_the_truth_says_is_printed_on_the_page_it_names(
    corpus: CorpusSummary, page_texts: dict[str, list[str]], documents: Rows
) -> None:
    for document in documents:
        if document["scanned"]:
            continue
        printed = [Counter(folded(text)) for text in page_texts[document["source_file"]]]
        for row in _truth(corpus, document, "measures"):
            beginning = Counter(folded(row["text"])[:6])
            assert not beginning - printed[row["page"] - 1], (document["source_file"], row)


def test_every_statement_stands_in_a_measure_of_its_edition(corpus: CorpusSummary, documents: Rows) -> None:
    for document in documents:
        texts = defaultdict(list)
        for measure in _truth(corpus, document, "measures"):
            texts[measure["edition"]].append(measure["text"])
        for target in _truth(corpus, document, "targets"):
            assert any(target["statement"] in text for text in texts[target["edition"]]), target


def test_head_counts_make_the_printed_rates_except_where_a_slip_was_planted(
    corpus: CorpusSummary, documents: Rows
) -> None:
    contradicted = set()
    for document in documents:
        base = 0.0
        figures = [row for row in _truth(corpus, document, "targets") if row["kind"] == "plan_figure"]
        for row, following in zip(figures, [*figures[1:], None], strict=True):
            if row["indicator"].endswith("対象者数"):
                base = row["value"]
            elif row["unit"] == "percent":
                assert following is not None
                if round(100 * following["value"] / base, 1) != row["value"]:
                    contradicted.add(document["source_file"])
    planted = {document["source_file"] for document in documents if "wrong_count" in document["slips"]}
    assert contradicted == planted != set()


def test_kpi_numbers_run_on_except_where_a_slip_was_planted(corpus: CorpusSummary, documents: Rows) -> None:
    broken = set()
    for document in documents:
        numbers = defaultdict(list)
        for row in _truth(corpus, document, "targets"):
            if row["number"] is not None:
                numbers[row["edition"], row["heading"]].append(row["number"])
        if any(list(dict.fromkeys(block)) != list(range(1, len(set(block)) + 1)) for block in numbers.values()):
            broken.add(document["source_file"])
    planted = {document["source_file"] for document in documents if "skipped_number" in document["slips"]}
    assert broken == planted != set()


def test_the_old_columns_say_what_last_years_plan_said(corpus: CorpusSummary, documents: Rows) -> None:
    values = ("indicator", "population", "basis", "comparator", "value", "unit", "statement", "heading", "number")
    comparisons = [document for document in documents if document["kind"] == "comparison"]
    for document in comparisons[::3]:
        office = offices()[int(document["branch_code"]) - 1]
        last_year = [json.loads(line) for line in make_document(office, 2023, 1).targets.splitlines()]
        old = [row for row in _truth(corpus, document, "targets") if row["edition"] == "old"]
        new = [row for row in last_year if row["edition"] == "new"]
        assert [[row[name] for name in values] for row in old] == [[row[name] for name in values] for row in new]


@pytest.mark.slow
def test_the_year_before_comes_into_a_folder_of_its_own(tmp_path: Path) -> None:
    summary = write_corpus(tmp_path, year=2023, seed=3, years=2)
    assert summary.documents == 94
    assert len(list((summary.plans / "2022").glob("*.pdf"))) == 47
    years = Counter(document["fiscal_year"] for document in _lines(summary.truth / "documents.jsonl"))
    assert years == {2023: 47, 2022: 47}


def test_moves_are_labelled_on_both_sides(corpus: CorpusSummary, documents: Rows) -> None:
    labels = Counter()
    for document in documents:
        sides = defaultdict(set)
        for row in _truth(corpus, document, "measures"):
            if row["kind"] == "annotation":
                sides[row["edition"]].add(row["text"].replace("から移動", "").replace("移動", ""))
        assert sides["new"] == sides["old"]
        labels.update(sides["new"])
    assert sum(labels.values()) >= 5


def test_some_text_layers_hold_radicals_and_some_full_width_digits(page_texts: dict[str, list[str]]) -> None:
    whole = ["".join(texts) for texts in page_texts.values()]
    assert sum("⼈" in text and "⻑" in text for text in whole) >= 3
    assert sum("％" in text and "０" in text for text in whole) >= 3


def _truth(corpus: CorpusSummary, document: dict[str, Any], table: str) -> Rows:
    beside = (corpus.truth / document["source_file"]).with_suffix("")
    return _lines(beside.with_name(f"{beside.name}.{table}.jsonl"))


def _lines(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_corpus_of_three_years_has_what_makes_years_differ(tmp_path: Path) -> None:
    chosen = {"00", "02", "08", "10", "48"}
    made = {
        (office.branch_code, year): make_document(office, year, 1, drifting=True, slips=slips)
        for year in (2023, 2024)
        for office, slips in offices_of(newest=year == 2024, whole=True)
        if office.branch_code in chosen
    }
    identities = {key: document.identity for key, document in made.items()}
    assert identities["00", 2024]["title"] == "令和6年度 全国健康保険協会 事業計画"
    assert identities["10", 2024]["layout"] == "matrix_table"
    assert identities["48", 2024]["branch_code"] is None
    assert ("48", 2023) not in made  # one such plan is enough
    reference = [json.loads(line) for line in made["08", 2024].measures.splitlines()]
    assert {row["edition"] for row in reference} == {"single", "reference"}
    before = {row["indicator"]: row["value"] for row in _targets(made["02", 2023]) if row["edition"] == "new"}
    old = {row["indicator"]: row["value"] for row in _targets(made["02", 2024]) if row["edition"] == "old"}
    wrong = [name for name, value in old.items() if name in before and before[name] != value]
    assert len(wrong) == 1
    assert old[wrong[0]] == before[wrong[0]] - 1


def test_a_measure_is_cut_in_two_and_another_spreads_over_the_years() -> None:
    plans = {
        (office.branch_code, year): make_plan(office.branch_code, office.branch_name, year, 1, drifting=True)
        for office in offices()
        for year in (2022, 2023, 2024)
    }
    actions = {
        key: {action.key for measure in plan.measures for action in measure.actions} for key, plan in plans.items()
    }
    for year in (2023, 2024):
        assert any("/" in key for office in offices() for key in actions[office.branch_code, year])
    spread = [
        sum("severe-3" in actions[office.branch_code, year] for office in offices()) for year in (2022, 2023, 2024)
    ]
    assert spread[0] <= 1
    assert spread[0] < spread[1] < spread[2]


def _targets(document: SamplePlan) -> Rows:
    return [json.loads(line) for line in document.targets.splitlines()]
