"""The page ``docs/data-dictionary.md``, made from the declaration of the tables.

``python -m pipeline.store.data_dictionary`` prints it; a test fails when the page in the repository differs.
"""

from __future__ import annotations

from pipeline.store.columns import SCHEMA_VERSION, TABLES
from pipeline.store.table import Column, ColumnType, Table
from pipeline.store.view_meanings import ViewMeaning, view_meanings

_TYPES: dict[ColumnType, str] = {
    "string": "string",
    "integer": "int32",
    "number": "float64",
    "boolean": "bool",
    "strings": "list of string",
    "spans": "list of {start, end}",
    "color_spans": "list of {start, end, color}",
    "candidates": "list of {code, name, score}",
    "reasons": "list of {code, field, values}",
}

_INTRODUCTION = f"""# Data dictionary

Made from `pipeline/store/columns.py` by `python -m pipeline.store.data_dictionary`; schema version {SCHEMA_VERSION}.

Every table is a folder `tables/<table>/plan_year=<YYYY>/` with one Parquet file a loaded document, also where the
document has no row in it. `plan_year`, the document's own fiscal year, is a Hive partition column and not stored in the
files; it is 0 where the document names no year. Rows stand in reading order. Lengths are PDF points, origin at the
page's top left, y downwards. Offsets count code points. Strings are NFC. The schema version and the version of
branch-plans stand in each file's metadata.
"""

_VIEWS = """# Views

Views over these tables, from `pipeline/store/views.toml`: what `branch-plans query` answers from beside the tables, and
what an exported DuckDB file holds. `kpi_matrix` has a column more for each indicator of the catalogue that a loaded
plan speaks of (with its population where there are several): its value, in the catalogue's unit.
"""


def data_dictionary() -> str:
    """The whole page as Markdown."""
    tables = (_section(table) for table in TABLES.values())
    views = (_view_section(name, view) for name, view in view_meanings().items())
    return "\n".join([_INTRODUCTION, *tables, _VIEWS, *views])


def _view_section(name: str, view: ViewMeaning) -> str:
    lines = [f"## {name} (view): one row {view.row}", "", "| column | meaning |", "| --- | --- |"]
    lines += [f"| `{column}` | {meaning} |" for column, meaning in view.columns.items()]
    return "\n".join(lines) + "\n"


def _section(table: Table) -> str:
    lines = [f"## {table.name}: one row {table.row}", "", "| column | type | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{c.name}` | {_TYPES[c.type]} | {_meaning(table, c)} |" for c in table.columns]
    return "\n".join(lines) + "\n"


def _meaning(table: Table, column: Column) -> str:
    parts = [column.meaning]
    if column.name == table.key:
        parts.append("Key.")
    elif column.name in table.references:
        parts.append(f"Refers to `{table.references[column.name]}`.")
    if column.allowed:
        parts.append("One of " + ", ".join(f"`{value}`" for value in column.allowed) + ".")
    if column.nullable:
        parts.append("May be null.")
    return " ".join(parts)


if __name__ == "__main__":
    print(data_dictionary(), end="")
