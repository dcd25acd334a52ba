"""What is made of all tables together: for a state, and beforehand for the one that is likely to come."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.search.index import refresh_index
from pipeline.store.database import OUTCOME, amend_database, refresh_database
from pipeline.store.derived import (
    DATABASE,
    PROVISIONAL,
    SEARCH,
    THREADS,
    WORDS,
    derived_file,
    is_current,
    listed_once,
    put_derived_file,
    source_files,
)
from pipeline.store.parquet_file import DocumentFiles
from pipeline.store.plan_words import keep_words, recall_words
from pipeline.store.publish import place_loaded
from pipeline.threads.table import refresh_threads


def prepare_derived(folder: Path, loaded: Mapping[str, tuple[int | None, DocumentFiles]], earlier: Path | None) -> None:
    """Makes in the new ``folder`` what is made of all tables, should ``loaded`` (document id → fiscal year, files) be
    what a run loads, while their findings are still looked for. ``earlier`` is the folder of the present state.

    Raises OSError and duckdb.Error where that cannot be done.
    """
    folder.mkdir()
    (folder / PROVISIONAL).touch()
    place_loaded(folder, loaded)
    refresh_derived(folder, earlier)


def refresh_derived(root: Path, earlier: Path | None, prepared: Path | None = None) -> None:
    """Makes anew what is derived from all tables together, as far as it is not of those of ``root``.

    What was ``prepared`` for a state with the same tables but other findings is taken over; else it is made from what
    there is of the state ``earlier``.
    """
    with listed_once(root, earlier, prepared):
        if prepared is not None and not is_current(root, DATABASE) and _is_foreseen(root, prepared):
            for name in (THREADS, SEARCH, WORDS):
                put_derived_file(root, name, derived_file(prepared, name))
            if amend_database(root, prepared, earlier):
                return
        recall_words(root, earlier)
        refresh_database(root, earlier, lambda tables: refresh_threads(root, earlier, tables))
        refresh_index(root, earlier)
        keep_words(root)


def _is_foreseen(root: Path, prepared: Path) -> bool:
    """Whether ``prepared`` has everything, made of files of ``root``, those aside that hang on the checks."""
    if not all(is_current(prepared, name) for name in (THREADS, SEARCH, WORDS, DATABASE)):
        return False
    foreseen, present = (
        {file.name: None if file.table in OUTCOME else file.same for file in source_files(folder, DATABASE)}
        for folder in (prepared, root)
    )
    return foreseen == present
