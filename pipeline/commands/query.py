"""``branch-plans query``: SQL over the tables."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from pipeline.answers.query import QueryFormat


@click.command("query", short_help="Ask the tables a question in SQL.")
@click.argument("sql", required=False)
@click.option("--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Results.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="Form of the answer, on stdout.",
)
def command(sql: str | None, output: Path, form: str) -> None:
    """Answers SQL (DuckDB's) from the tables and views of an output folder; without SQL, lists them with their meaning.

    \b
    Example:
      branch-plans query "SELECT branch_name, value FROM kpi ORDER BY value DESC LIMIT 5"
    """
    from pipeline.answers.query import describe, run_query

    if sql is None:
        click.echo(describe(output))
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    run_query(output, sql, cast("QueryFormat", form), sys.stdout.buffer, width=width)
