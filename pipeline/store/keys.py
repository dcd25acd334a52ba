"""Keys and references of a document's rows: each key stands once, each reference names a row of the same document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pipeline.store.columns import TABLES
from pipeline.store.mend import Fault
from pipeline.store.parquet_file import TableFileError, read
from pipeline.store.views import connect, quoted_name


def keys_in_files(document_id: str, files: Mapping[str, Path]) -> tuple[int, list[Fault]]:
    """How many rows ``files`` hold, by table, and what is wrong with them as tables, with their keys and references."""
    columns: dict[str, dict[str, list[str | None]]] = {}
    faults = []
    for name, path in files.items():
        table = TABLES[name]
        # What the other columns hold is what the run wrote: the hash says so.
        try:
            rows = read(path, table, [table.key, *table.references])
        except TableFileError as error:
            faults.append(Fault("table", {"document": document_id, "what": error.kept}))
        else:
            columns[name] = {column: rows[column].to_pylist() for column in rows.column_names}
    keys = {name: set(rows[TABLES[name].key]) for name, rows in columns.items()}
    for name, rows in columns.items():
        if len(keys[name]) != len(rows[TABLES[name].key]):
            faults.append(_repeated(document_id, name))
        for column, target in TABLES[name].references.items():
            if target in keys and (unknown := set(rows[column]) - keys[target] - {None}):
                faults.append(_unknown(document_id, name, column, len(unknown)))
    return sum(len(rows[TABLES[name].key]) for name, rows in columns.items()), faults


def keys_in_database(root: Path, documents: Collection[str]) -> tuple[int, list[Fault]]:
    """The same of loaded ``documents`` of the state at ``root``, asked of its database and not of every file."""
    rows = 0
    found: list[Fault] = []
    with connect(root) as connection:
        for name, table in TABLES.items():
            key = quoted_name(table.key)
            # Names of tables and columns are the project's own.
            counts = f"document_id, count(*), count(DISTINCT {key})"
            asked = f"SELECT {counts} FROM {name} GROUP BY document_id"  # noqa: S608 - own
            for document_id, count, keys in connection.execute(asked).fetchall():
                if document_id in documents:
                    rows += count
                    found += [_repeated(document_id, name)] if keys != count else []
        for name, column, target in _references():
            key, told = quoted_name(TABLES[target].key), quoted_name(column)
            asked = (
                f"SELECT r.document_id, count(DISTINCT r.{told}) FROM {name} AS r "  # noqa: S608 - own
                f"ANTI JOIN {target} AS t ON t.{key} = r.{told} AND t.document_id = r.document_id "
                f"WHERE r.{told} IS NOT NULL GROUP BY r.document_id"
            )
            for document_id, unknown in connection.execute(asked).fetchall():
                if document_id in documents:
                    found.append(_unknown(document_id, name, column, unknown))
    return rows, sorted(found, key=lambda fault: str(fault.values["document"]))


def _references() -> Iterator[tuple[str, str, str]]:
    for name, table in TABLES.items():
        for column, target in table.references.items():
            yield name, column, target


def _repeated(document_id: str, table: str) -> Fault:
    return Fault("key", {"document": document_id, "column": f"{table}.{TABLES[table].key}"})


def _unknown(document_id: str, table: str, column: str, count: int) -> Fault:
    target = TABLES[table].references[column]
    return Fault("reference", {"document": document_id, "column": f"{table}.{column}", "table": target, "count": count})
