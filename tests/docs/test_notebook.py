"""The notebook of ten questions runs on the sample corpus of three years, and every question has an answer."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline.answers.notebook import Notebook, code_of, run_notebook, with_outputs
from pipeline.sample import write_corpus

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "questions.ipynb"


@pytest.fixture(scope="module")
def notebook() -> Notebook:
    loaded: Notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return loaded


def statements(notebook: Notebook) -> list[str]:
    """The SQL of each question."""
    calls = (
        node.args[0]
        for cell in notebook["cells"]
        for node in ast.walk(ast.parse(code_of(cell)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "query"
    )
    return [str(ast.literal_eval(call)) for call in calls]


def test_ten_questions_are_asked_each_in_one_statement_without_a_join(notebook: Notebook) -> None:
    asked = statements(notebook)
    assert len(asked) == 10
    for sql in asked:
        assert not re.search(r"\bjoin\b|;|\bwith\b|\(\s*select\b", sql, re.IGNORECASE), sql
        assert len(re.findall(r"\bfrom\b", sql, re.IGNORECASE)) == 1, sql


def test_every_stored_answer_has_rows(notebook: Notebook) -> None:
    questions = [cell for cell in notebook["cells"] if "output.query" in code_of(cell)]
    answers = ["".join(cell["outputs"][0]["data"]["text/plain"]) for cell in questions]
    assert [answer for answer in answers if "Empty" in answer or len(answer.splitlines()) < 2] == []


def test_a_notebook_runs_as_plain_python_and_keeps_its_answers() -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# 1 + 1"]},
        {"cell_type": "code", "metadata": {}, "source": ["x = 1\n", "x + 1"], "outputs": [], "execution_count": None},
        {"cell_type": "code", "metadata": {}, "source": ["y = x"], "outputs": [], "execution_count": None},
    ]
    book: Notebook = {"cells": cells, "nbformat": 4, "nbformat_minor": 4, "metadata": {}}
    results = run_notebook(book)
    assert results == [None, 2, None]
    done = with_outputs(book, results)["cells"]
    assert done[1]["outputs"][0]["data"] == {"text/plain": ["2"]}
    assert done[2]["outputs"] == []


@pytest.mark.slow
@pytest.mark.xdist_group("corpus")
def test_the_notebook_answers_on_the_corpus_of_three_years(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_corpus(tmp_path / "corpus", years=3)
    command = [sys.executable, "-m", "pipeline", "ingest", str(corpus.plans), "--output", "output", "--quiet"]
    command.append("--no-page-pictures")
    ended = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert ended.returncode == 1  # one plan does not say whose it is
    monkeypatch.chdir(tmp_path)
    frames = [result for result in run_notebook(notebook) if isinstance(result, pd.DataFrame)]
    assert [len(frame) > 0 for frame in frames] == [True] * 10
