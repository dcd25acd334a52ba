"""The index: SQLite's FTS5 over words that Sudachi has cut and normalised."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pipeline.search.entries import Entry, names_of, read_entries
from pipeline.store.derived import SEARCH, is_current, put_derived
from pipeline.store.plan_words import plan_words

# FTS5's tokenizer `ascii` cuts at every ASCII character but letters and digits: the others of a word get a stand-in.
_TOKENIZER = "ascii"
_STAND_IN = "\ue000"
_CUTTING = re.compile(r"[\x00-/:-@\[-`{-\x7f]")

SCHEMA = f"""
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY, measure_id TEXT, branch_code TEXT, branch_name TEXT, fiscal_year INTEGER, kind TEXT,
        heading_path TEXT, text TEXT, document_id TEXT, page INTEGER, link TEXT
    );
    CREATE VIRTUAL TABLE words USING fts5 (
        text, aims, heading, content='', tokenize='{_TOKENIZER}', detail='column'
    );
"""


def refresh_index(output: Path) -> bool:
    """Makes the index of the tables under ``output`` anew where it is not of these tables; says whether it did.

    The threads must be there. Raises OSError where it cannot be written.
    """
    if is_current(output, SEARCH):
        return False
    put_derived(output, SEARCH, build_index(read_entries(output)))
    return True


def build_index(entries: Iterable[Entry]) -> bytes:
    """The index of ``entries`` as the bytes of an SQLite file; the same entries give the same answers."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / SEARCH
        connection = sqlite3.connect(file)
        connection.executescript(SCHEMA)
        for number, entry in enumerate(entries, start=1):
            connection.execute(
                "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number, entry.measure_id, entry.branch_code, entry.branch_name, entry.fiscal_year, entry.kind,
                    entry.heading_path, entry.text, entry.document_id, entry.page, entry.link,
                ),
            )  # fmt: skip
            connection.execute(
                "INSERT INTO words (rowid, text, aims, heading) VALUES (?, ?, ?, ?)",
                (number, tokens(entry.text), _aim_tokens(entry.codes), tokens(entry.heading_path or "")),
            )
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.commit()
        connection.close()
        return file.read_bytes()


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
