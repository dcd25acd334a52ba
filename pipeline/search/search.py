"""Answers a search: measures, aims and notes of all years by their words, the best first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalizers.vocabulary import normalize, read_plan_words
from parsers.model.errors import BranchPlansError
from pipeline.search.entries import FoundMeasure
from pipeline.search.index import token
from pipeline.store.derived import SEARCH, derived_file, is_current
from pipeline.store.state_folders import pin

MOST_WORDS = 50
"""More words than these make no question; what stands behind them is left out."""

_LONGEST = 2_000  # characters of a question that are read
# A word in the text says more than one in the catalogue's names of its aim, and that more than one in a heading.
_WEIGHTS = (1.0, 0.6, 0.35)


class SearchError(BranchPlansError):
    """There is nothing to search in or for."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the entries found must be; None and empty for all. ``heading`` is part of a heading above them."""

    branch_codes: Sequence[str] = ()
    years: Sequence[int] = ()
    kinds: Sequence[str] = ()
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Hit(FoundMeasure):
    """One entry found, with the half-open stretches of ``text`` that were asked for."""

    marked: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The first ``hits`` of ``total``; ``partly`` where none holds all words and so any of them was enough."""

    hits: tuple[Hit, ...]
    total: int
    partly: bool


def search(output: Path, words: str, filters: Filters | None = None, *, limit: int = 20) -> Answer:
    """What of ``output`` holds the ``words`` (plain text, no operators), also as other forms or synonyms of them.

    Raises SearchError where the index is missing or older than the tables, or ``words`` says nothing.
    """
    pinned = pin(output)
    if not is_current(pinned.root, SEARCH):
        raise SearchError("no_index", where=str(output))
    terms = terms_of(words)
    if not terms:
        raise SearchError("no_word", where="search")
    connection = sqlite3.connect(f"{derived_file(pinned.root, SEARCH).resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        for joint in (" AND ", " OR "):
            question = joint.join(f'"{token(term)}"' for term in terms)
            found = _asked(connection, question, filters or Filters(), limit)
            if found[1]:
                break
    finally:
        connection.close()
    rows, total = found
    wanted = frozenset(terms)
    hits = tuple(Hit(**dict(row), marked=_marked(row["text"], wanted)) for row in rows)
    return Answer(hits, total, partly=joint == " OR " and total > 0 and len(terms) > 1)


def terms_of(words: str) -> tuple[str, ...]:
    """The words that are looked for, each once."""
    normal = normalize(words[:_LONGEST]).text
    return tuple(dict.fromkeys(word.term for word in read_plan_words(normal) if token(word.term)))[:MOST_WORDS]


def _asked(
    connection: sqlite3.Connection, question: str, filters: Filters, limit: int
) -> tuple[list[sqlite3.Row], int]:
    conditions = ["words MATCH ?"]
    values: list[object] = [question]
    for column, wanted in (
        ("branch_code", filters.branch_codes), ("fiscal_year", filters.years), ("kind", filters.kinds)
    ):  # fmt: skip
        if wanted:
            conditions.append(f"e.{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    if filters.heading:
        conditions.append("instr(e.heading_path, ?) > 0")
        values.append(normalize(filters.heading).text)
    # Column names are this module's own; every value is a parameter. Without filters the index alone tells what is
    # best, and only that is looked up: common words are in half of all entries.
    filtered = " JOIN entries AS e ON e.id = words.rowid" if len(conditions) > 1 else ""
    among = f"FROM words{filtered} WHERE {' AND '.join(conditions)}"
    total: int = connection.execute(f"SELECT count(*) {among}", values).fetchone()[0]
    best = f"SELECT words.rowid AS id, bm25(words, ?, ?, ?) AS score {among} ORDER BY score, words.rowid LIMIT ?"
    rows = connection.execute(
        "SELECT e.measure_id, e.branch_code, e.branch_name, e.fiscal_year, e.kind, e.heading_path, e.text, "  # noqa: S608
        f"e.document_id, e.page, e.link FROM ({best}) AS best JOIN entries AS e USING (id) ORDER BY best.score, e.id",
        (*_WEIGHTS, *values, limit),
    ).fetchall()
    return rows, total


def _marked(text: str, wanted: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where the words asked for stand in ``text``; stretches that touch are one."""
    spans: list[tuple[int, int]] = []
    for word in read_plan_words(text):
        if word.term in wanted:
            if spans and spans[-1][1] == word.start:
                spans[-1] = (spans[-1][0], word.end)
            else:
                spans.append((word.start, word.end))
    return tuple(spans)
