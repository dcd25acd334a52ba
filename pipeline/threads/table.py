"""The threads of an output folder as a Parquet file beside its tables."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
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
from pipeline.threads.build import FoundThreads, find_threads
from pipeline.threads.items import Item, Representative, ThreadRow

READ = {
    "documents": ("document_id", "branch_code", "fiscal_year", "kind", "is_draft"),
    "measures": (
        "measure_id", "document_id", "ordinal", "edition", "fiscal_year", "section", "parent_id", "kind",
        "text_normalized",
    ),
    "targets": ("measure_id", "indicator_code", "population"),
}  # fmt: skip


_PICKED = """
    SELECT measure_id FROM measures JOIN documents USING (document_id)
    WHERE list_contains($changed, branch_code) OR edition = 'reference'
"""
"""The measures of branches that are followed anew; documents of any branch may speak for headquarters."""

_KEPT = """
    SELECT
        l.*, d.branch_code, m.kind, m.text_normalized AS text,
        row_number() OVER thread = 1 AS stands_for_it, min(place) OVER thread AS first_place
    FROM earlier AS l
    JOIN measures AS m USING (measure_id)
    JOIN documents AS d USING (document_id)
    WHERE NOT list_contains($changed, d.branch_code) AND m.edition <> 'reference'
    WINDOW thread AS (
        PARTITION BY thread_id
        ORDER BY coalesce(m.fiscal_year, d.fiscal_year - CAST(m.edition = 'old' AS INTEGER)) DESC,
            linked <> 'repeated' DESC, place
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
    ORDER BY place
"""
_STANDING = """
    SELECT branch_code, thread_id, measure_id, kind, text, list(DISTINCT aim) FILTER (aim IS NOT NULL) AS aims
    FROM kept
    LEFT JOIN (
        SELECT measure_id, indicator_code || '/' || coalesce(population, '') AS aim
        FROM targets
        WHERE indicator_code <> ''
    ) USING (measure_id)
    WHERE stands_for_it
    GROUP BY branch_code, thread_id, measure_id, kind, text, first_place
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
            found = _found(connection)
        else:
            found = _found_after(connection, earlier, sorted({HEADQUARTERS, *(code for code in changed if code)}))
    buffer = io.BytesIO()
    pq.write_table(found, buffer)
    put_derived(output, THREADS, buffer.getvalue())
    return True


def _found(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = {name: _read(connection, name, columns) for name, columns in READ.items()}
    return _table(find_threads(rows["documents"], rows["measures"], rows["targets"]).all_rows)


def _found_after(connection: duckdb.DuckDBPyConnection, earlier: Path, changed: list[str]) -> pa.Table:
    """The threads where those of ``earlier`` hold for all branches but ``changed``."""
    before = pq.read_table(derived_file(earlier, THREADS), schema=THREAD_LINKS)
    connection.register("earlier", before.append_column("place", pa.array(range(before.num_rows), pa.int64())))
    connection.execute(f"CREATE TEMP TABLE kept AS {_KEPT}", {"changed": changed})
    connection.execute(f"CREATE TEMP TABLE picked AS {_PICKED}", {"changed": changed})
    standing: dict[str, list[Representative]] = defaultdict(list)
    for code, thread_id, measure_id, kind, text, aims in connection.execute(_STANDING).fetchall():
        item = Item(measure_id, kind, text, section=None, heading=None, ordinal=0, aims=frozenset(aims or ()))
        standing[code].append(Representative(thread_id, item))
    picked = "SEMI JOIN picked USING (measure_id)"
    found = find_threads(
        _read(connection, "documents", READ["documents"]),
        _read(connection, "measures", READ["measures"], picked),
        _read(connection, "targets", READ["targets"], picked),
        standing,
    )
    names = ", ".join(THREAD_LINKS.names)
    kept = connection.sql(f"SELECT {names}, branch_code FROM kept ORDER BY place").to_arrow_table()  # noqa: S608 - own
    connection.execute("DROP TABLE temp.kept")
    connection.execute("DROP TABLE temp.picked")
    connection.unregister("earlier")
    parts = [
        _table(found.rows[code])
        if code in found.rows
        else _with_topics(kept.filter(pc.field("branch_code") == code), found)
        for code in found.order
    ]
    return pa.concat_tables([THREAD_LINKS.empty_table(), *parts])


def _with_topics(rows: pa.Table, found: FoundThreads) -> pa.Table:
    """The ``rows`` of a branch that was not followed anew, each with the topic that its thread has now."""
    topics = [found.topics[thread_id] for thread_id in rows["thread_id"].to_pylist()]
    told = {"topic_id": [topic for topic, _ in topics], "topic_similarity": [likeness for _, likeness in topics]}
    return pa.table({name: told.get(name, rows[name]) for name in THREAD_LINKS.names}, schema=THREAD_LINKS)


def _table(rows: Iterable[ThreadRow]) -> pa.Table:
    rows = list(rows)
    columns = {field.name: [getattr(row, field.name) for row in rows] for field in THREAD_LINKS}
    return pa.table(columns, schema=THREAD_LINKS)


def _read(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Iterable[str], picked: str = ""
) -> list[dict[str, Any]]:
    # Every name is this module's own.
    rows: list[dict[str, Any]] = (
        connection.sql(f"SELECT {', '.join(columns)} FROM {name} {picked}").to_arrow_table().to_pylist()  # noqa: S608
    )
    return rows


def _changed_branches(output: Path, earlier: Path) -> frozenset[str | None]:
    """The branches of documents that are not in both states with the same files."""
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
    return frozenset(code for document_id in changed for code in branches.get(document_id, ()))


def _told(file: str) -> dict[str, Any]:
    """What the threads depend on in a document's own row."""
    (row,) = pq.read_table(file, columns=list(READ["documents"]), partitioning=None).to_pylist()
    told: dict[str, Any] = row
    return told
