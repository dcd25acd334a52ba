"""What README and docs say is so: links lead somewhere, examples give what stands beneath them."""

from __future__ import annotations

import doctest
import io
import re
from pathlib import Path

import pytest

from pipeline.answers.query import run_query
from pipeline.cli import COMMANDS
from tests.pipeline.invented_output import invented_documents

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]

_LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")
_QUESTION = re.compile(r"```sql\n(?P<sql>.*?)\n```\s+```text\n(?P<answer>.*?)\n```", re.DOTALL)
_COMMAND = re.compile(r"(?:^ {4}|`|\| )branch-plans (?:--lang \w+ )?([a-z]+)(?=[ `\n])", re.MULTILINE)


def questions() -> list[tuple[str, str]]:
    return [(found["sql"], found["answer"]) for found in _QUESTION.finditer(README.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_documentation_exist(page: Path) -> None:
    assert set(_COMMAND.findall(page.read_text(encoding="utf-8"))) <= set(COMMANDS)


def test_every_page_can_be_found_from_the_readme() -> None:
    named = README.read_text(encoding="utf-8")
    assert [page.name for page in PAGES[2:] if f"docs/{page.name}" not in named] == []


def test_examples_in_python_give_what_they_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for document in invented_documents():
        document.write(tmp_path / "output")
    monkeypatch.chdir(tmp_path)
    results = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert results.attempted > 0
    assert results.failed == 0


def test_the_readme_asks_five_questions() -> None:
    assert len(questions()) == 5


@pytest.mark.slow
@pytest.mark.xdist_group("corpus")
@pytest.mark.parametrize(("sql", "answer"), questions(), ids=range(1, len(questions()) + 1))
def test_the_readme_gives_the_answers_of_the_sample_corpus(sql: str, answer: str, corpus: tuple[Path, Path]) -> None:
    told = io.BytesIO()
    run_query(corpus[1], sql, "table", told)
    assert told.getvalue().decode().rstrip() == answer
