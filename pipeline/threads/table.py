"""The threads of an output folder as a Parquet file beside its tables."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from normalizers.vocabulary import HEADQUARTERS
from pipeline.store.derived import THREADS, derived_file, is_current, is_whole_derived, put_derived, source_files
from pipeline.store.thread_links import THREAD_LINKS
from pipeline.store.views import connect
from pipeline.threads.build import follow_branch, read_editions
from pipeline.threads.items import Edition, FollowedRow, Item, Representative
from pipeline.threads.topics import topics_of

READ = {
    "documents": ("document_id", "branch_code", "fiscal_year", "kind", "is_draft"),
    "measures": (
        "measure_id", "document_id", "ordinal", "edition", "fiscal_year", "section", "parent_id", "kind",
        "text_normalized",
    ),
    "targets": ("measure_id", "indicator_code", "population"),
}  # fmt: skip


_CODES = "SELECT DISTINCT branch_code FROM documents WHERE branch_code IS NOT NULL"
_OF_BRANCHES = """
    SELECT measure_id FROM measures JOIN documents USING (document_id)
    WHERE list_contains($codes, CASE WHEN edition = 'reference' THEN $headquarters ELSE branch_code END)
"""
"""The measures that speak for branches; documents of any branch may speak for headquarters."""

_AT_ONCE = 8
"""Branches whose rows are in memory together: a sixth of all, as each time all measures are looked through."""

_KEPT = """
    SELECT
        l.*, CASE WHEN m.edition = 'reference' THEN $headquarters ELSE d.branch_code END AS speaks_for,
        m.kind, m.text_normalized AS text,
        row_number() OVER thread = 1 AS stands_for_it, min(place) OVER thread AS first_place
    FROM earlier AS l
    JOIN measures AS m USING (measure_id)
    JOIN documents AS d USING (document_id)
    WHERE NOT list_contains($changed, speaks_for)
    WINDOW thread AS (
        PARTITION BY thread_id
        ORDER BY coalesce(m.fiscal_year, d.fiscal_year - CAST(m.edition = 'old' AS INTEGER)) DESC,
            linked <> 'repeated' DESC, place
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
    ORDER BY place
"""
_STANDING = """
    SELECT speaks_for, thread_id, measure_id, kind, text, list(DISTINCT aim) FILTER (aim IS NOT NULL) AS aims
    FROM kept
    LEFT JOIN (
        SELECT measure_id, indicator_code || '/' || coalesce(population, '') AS aim
        FROM targets
        WHERE indicator_code <> ''
    ) USING (measure_id)
    WHERE stands_for_it
    GROUP BY speaks_for, thread_id, measure_id, kind, text, first_place
    ORDER BY first_place
"""


def refresh_threads(output: Path, earlier: Path | None = None, tables: duckdb.DuckDBPyConnection | None = None) -> bool:
    """Makes the threads of the tables under ``output`` anew where they are not of these tables; says whether it did.

    ``earlier`` is the folder of the state before, of which the threads of unchanged branches are kept; ``tables`` a
    connection that has the tables already. Raises OSError where they cannot be written.
    """
    if is_current(output, THREADS):
        return False
    with nullcontext(tables) if tables is not None else connect(output) as connection:
        changed = _changed_branches(output, earlier) if earlier and is_whole_derived(earlier, THREADS) else None
        if earlier is None or changed is None:
            found = thread_table(connection)
        else:
            found = _found_after(connection, earlier, sorted(code for code in changed if code))
    buffer = io.BytesIO()
    pq.write_table(found, buffer)
    put_derived(output, THREADS, buffer.getvalue())
    return True


def thread_table(
    connection: duckdb.DuckDBPyConnection,
    kept: Mapping[str, pa.Table] | None = None,
    standing: Mapping[str, Sequence[Representative]] | None = None,
) -> pa.Table:
    """The threads of all measures in the tables that ``connection`` sees, in the order of branches, years and pages.

    A few branches at a time, so that never the rows of all of them are in memory. ``kept`` are the rows of branches
    in which nothing has changed, ``standing`` what stands for their threads.
    """
    kept, standing = dict(kept or {}), dict(standing or {})
    documents = _read(connection, "documents", READ["documents"])
    codes = {code for (code,) in connection.execute(_CODES).fetchall()} | {HEADQUARTERS} | kept.keys()
    # The nation's plan first: its measures give the topics their names.
    order = sorted(codes, key=lambda code: (code != HEADQUARTERS, code))
    anew = [code for code in order if code not in kept]
    for first in range(0, len(anew), _AT_ONCE):
        for code, editions in _editions(connection, documents, anew[first : first + _AT_ONCE]).items():
            branch = follow_branch(editions)
            kept[code], standing[code] = _table(branch.rows), branch.standing
    topics = topics_of([one for code in order for one in standing.get(code, ())])
    return pa.concat_tables(
        [THREAD_LINKS.empty_table(), *(_with_topics(kept[code], topics) for code in order if code in kept)]
    )


def _editions(
    connection: duckdb.DuckDBPyConnection, documents: list[dict[str, Any]], codes: Sequence[str]
) -> Mapping[str, list[Edition]]:
    """What documents say of the branches ``codes``."""
    asked = {"codes": codes, "headquarters": HEADQUARTERS}
    connection.execute(f"CREATE OR REPLACE TEMP TABLE picked AS {_OF_BRANCHES}", asked)
    picked = "SEMI JOIN picked USING (measure_id)"
    measures = _read(connection, "measures", READ["measures"], picked)
    targets = _read(connection, "targets", READ["targets"], picked)
    connection.execute("DROP TABLE temp.picked")
    found: dict[str, list[Edition]] = defaultdict(list)
    for edition in read_editions(documents, measures, targets):
        found[edition.branch_code].append(edition)
    return found


def _found_after(connection: duckdb.DuckDBPyConnection, earlier: Path, changed: list[str]) -> pa.Table:
    """The threads where those of ``earlier`` hold for all branches but ``changed``."""
    before = pq.read_table(derived_file(earlier, THREADS), schema=THREAD_LINKS)
    connection.register("earlier", before.append_column("place", pa.array(range(before.num_rows), pa.int64())))
    asked = {"changed": changed, "headquarters": HEADQUARTERS}
    connection.execute(f"CREATE TEMP TABLE kept AS {_KEPT}", asked)
    standing: dict[str, list[Representative]] = defaultdict(list)
    for code, thread_id, measure_id, kind, text, aims in connection.execute(_STANDING).fetchall():
        item = Item(measure_id, kind, text, section=None, heading=None, ordinal=0, aims=frozenset(aims or ()))
        standing[code].append(Representative(thread_id, item))
    names = ", ".join(THREAD_LINKS.names)
    rows = connection.sql(f"SELECT {names}, speaks_for FROM kept ORDER BY place").to_arrow_table()  # noqa: S608 - own
    connection.execute("DROP TABLE temp.kept")
    connection.unregister("earlier")
    kept = {code: rows.filter(pc.field("speaks_for") == code).select(THREAD_LINKS.names) for code in standing}
    return thread_table(connection, kept, standing)


def _with_topics(rows: pa.Table, topics: Mapping[str, tuple[str, float]]) -> pa.Table:
    """The ``rows`` of a branch, each with the topic that its thread has among those of all branches."""
    of_rows = [topics[thread_id] for thread_id in rows["thread_id"].to_pylist()]
    told = {"topic_id": [topic for topic, _ in of_rows], "topic_similarity": [likeness for _, likeness in of_rows]}
    return pa.table({name: told.get(name, rows[name]) for name in THREAD_LINKS.names}, schema=THREAD_LINKS)


def _table(rows: Sequence[FollowedRow]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(FollowedRow._fields)
    told = dict(zip(FollowedRow._fields, map(list, columns), strict=True))
    return pa.table(
        {field.name: pa.array(told.get(field.name, [None] * len(rows)), field.type) for field in THREAD_LINKS}
    )


def _read(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Iterable[str], picked: str = ""
) -> list[dict[str, Any]]:
    # Every name is this module's own.
    rows: list[dict[str, Any]] = (
        connection.sql(f"SELECT {', '.join(columns)} FROM {name} {picked}").to_arrow_table().to_pylist()  # noqa: S608
    )
    return rows


def _changed_branches(output: Path, earlier: Path) -> frozenset[str | None]:
    """The branches of documents that are not in both states with the same files, headquarters where they speak for it
    too.
    """
    states = [{file.name: file for file in source_files(root, THREADS)} for root in (output, earlier)]
    branches: dict[str, set[str | None]] = {}
    changed = set()
    for state, other in (states, states[::-1]):
        for name, file in state.items():
            if name in other and other[name].same == file.same:
                continue
            if file.table != "documents":
                changed.add(file.document_id)
            elif (mine := _told(file.path)) != (_told(other[name].path) if name in other else None):
                changed.add(file.document_id)
                branches.setdefault(file.document_id, set()).add(mine["branch_code"])
    for state in states:
        for file in state.values():
            if file.table == "documents" and file.document_id in changed and file.document_id not in branches:
                branches[file.document_id] = {_told(file.path)["branch_code"]}
    for state in states:
        for file in state.values():
            if file.table == "measures" and file.document_id in changed and _speaks_for_headquarters(file.path):
                branches.setdefault(file.document_id, set()).add(HEADQUARTERS)
    return frozenset(code for document_id in changed for code in branches.get(document_id, ()))


def _speaks_for_headquarters(file: str) -> bool:
    editions = pq.read_table(file, columns=["edition"], partitioning=None)["edition"]
    return "reference" in editions.unique().to_pylist()


def _told(file: str) -> dict[str, Any]:
    """What the threads depend on in a document's own row."""
    (row,) = pq.read_table(file, columns=list(READ["documents"]), partitioning=None).to_pylist()
    told: dict[str, Any] = row
    return told
