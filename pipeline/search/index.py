"""The index: SQLite's FTS5 over words that Sudachi has cut and normalised."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections import Counter
from functools import lru_cache
from pathlib import Path

from pipeline.search.entries import Entries, Entry, names_of
from pipeline.store.derived import (
    SEARCH,
    derived_file,
    is_current,
    is_whole_derived,
    put_derived_file,
    staged_file,
)
from pipeline.store.plan_words import plan_words
from pipeline.store.views import connect

# FTS5's tokenizer `ascii` cuts at every ASCII character but letters and digits: the others of a word get a stand-in.
_TOKENIZER = "ascii"
_STAND_IN = "\ue000"
_BRANCH = "coalesce(branch_code, '')"
_LAST_YEAR = 9999
_CUTTING = re.compile(r"[\x00-/:-@\[-`{-\x7f]")

SCHEMA = f"""
    CREATE TABLE marks (branch_code TEXT PRIMARY KEY, mark TEXT);
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY, measure_id TEXT, branch_code TEXT, branch_name TEXT, fiscal_year INTEGER, kind TEXT,
        heading_path TEXT, text TEXT, document_id TEXT, page INTEGER, link TEXT, aims TEXT
    );
    CREATE VIRTUAL TABLE words USING fts5 (
        text, aims, heading, content='', tokenize='{_TOKENIZER}', detail='column'
    );
"""


def refresh_index(output: Path, earlier: Path | None = None) -> bool:
    """Makes the index of the tables under ``output`` anew where it is not of these tables; says whether it did.

    ``earlier`` is the folder of the state before: of its index only the branches are written anew whose entries have
    changed. The threads must be there. Raises OSError where it cannot be written.
    """
    if is_current(output, SEARCH):
        return False
    staged = staged_file(output, SEARCH)
    if earlier is not None and is_whole_derived(earlier, SEARCH):
        shutil.copyfile(derived_file(earlier, SEARCH), staged)
    with connect(output) as connection:
        write_index(staged, Entries.of(connection))
    put_derived_file(output, SEARCH, staged)
    return True


def write_index(file: Path, entries: Entries) -> None:
    """Brings the index ``file`` (made where missing) up to ``entries``; the same entries give the same answers."""
    is_new = not file.exists()
    index = sqlite3.connect(file)
    try:
        # It is put in place when it is finished: nothing else protects a torn one.
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")
        if is_new:
            index.executescript(SCHEMA)
        known = dict(index.execute("SELECT branch_code, mark FROM marks").fetchall())
        marks = entries.marks(_BRANCH)
        changed = {code for code in known.keys() | marks.keys() if known.get(code) != marks.get(code)}
        for code in sorted(changed & known.keys()):
            _take_out(index, code)
        numbers: Counter[int] = Counter()
        for entry in entries.where(_BRANCH, changed & marks.keys()):
            place = _place(entry)
            _put_in(index, place + numbers[place], entry)
            numbers[place] += 1
        index.executemany("INSERT INTO marks VALUES (?, ?)", ((code, marks[code]) for code in changed & marks.keys()))
        if is_new:
            index.execute("INSERT INTO words (words) VALUES ('optimize')")
        index.commit()
    finally:
        index.close()


def _place(entry: Entry) -> int:
    """The number before which no entry of its branch and year stands: numbers are in the order of answers as good as
    each other, the newest year first.
    """
    branch = entry.branch_code or ""
    return (_LAST_YEAR - (entry.fiscal_year or 0)) * 10**10 + (int(branch) if branch.isdigit() else 99) * 10**7


def _put_in(index: sqlite3.Connection, number: int, entry: Entry) -> None:
    aims = _aim_tokens(entry.codes)
    index.execute(
        "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number, entry.measure_id, entry.branch_code, entry.branch_name, entry.fiscal_year, entry.kind,
            entry.heading_path, entry.text, entry.document_id, entry.page, entry.link, aims,
        ),
    )  # fmt: skip
    index.execute(
        "INSERT INTO words (rowid, text, aims, heading) VALUES (?, ?, ?, ?)",
        (number, tokens(entry.text), aims, tokens(entry.heading_path or "")),
    )


def _take_out(index: sqlite3.Connection, code: str) -> None:
    """Removes the entries of a branch; a table without content must be told what it was to forget."""
    asked = "SELECT id, text, aims, heading_path FROM entries WHERE coalesce(branch_code, '') = ?"
    for number, text, aims, heading in index.execute(asked, (code,)).fetchall():
        index.execute(
            "INSERT INTO words (words, rowid, text, aims, heading) VALUES ('delete', ?, ?, ?, ?)",
            (number, tokens(text), aims, tokens(heading or "")),
        )
    index.execute("DELETE FROM entries WHERE coalesce(branch_code, '') = ?", (code,))
    index.execute("DELETE FROM marks WHERE branch_code = ?", (code,))


@lru_cache(maxsize=16_384)
def tokens(text: str) -> str:
    """The words of a text as the index holds them, with a space between."""
    return " ".join(token(word.term) for word in plan_words(text))


def token(term: str) -> str:
    """One word as the index holds it: nothing in it that FTS5 would cut at or take for a sign of its own."""
    return _CUTTING.sub(_STAND_IN, term.lower())


@lru_cache(maxsize=1024)
def _aim_tokens(codes: tuple[str, ...]) -> str:
    found = dict.fromkeys(word for code in codes for name in names_of(code) for word in tokens(name).split())
    return " ".join(found)
