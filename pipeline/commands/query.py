"""``branch-plans query``: SQL over the tables."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import click

from pipeline.usage_errors import ArgumentsError

if TYPE_CHECKING:
    from pipeline.answers.query import QueryFormat


@click.command("query", short_help="Ask the tables a question in SQL.")
@click.argument("sql", required=False)
@click.option("--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Results.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet", "markdown"]),
    default="table",
    show_default=True,
    help="Form of the answer, on stdout.",
)
@click.option("--file", "source", type=click.File("r", encoding="utf-8-sig"), help="Read SQL from it; - is stdin.")
@click.option("--param", "parameters", multiple=True, metavar="NAME=VALUE", help="What stands for $NAME in SQL.")
@click.pass_context
def command(
    ctx: click.Context, sql: str | None, output: Path, form: str, source: TextIO | None, parameters: tuple[str, ...]
) -> None:
    """Answers SQL (DuckDB's) from the tables and views of an output folder; without SQL, lists them with their meaning.

    \b
    Examples:
      branch-plans query "SELECT branch_name, value FROM kpi ORDER BY value DESC LIMIT 5"
      branch-plans query --file lowered.sql --param year=2024 --format markdown
    """
    from pipeline.answers.query import describe, read_parameters, run_query

    if sql is not None and source is not None:
        raise ArgumentsError(ctx.obj.text("sql_or_file"))
    if sql == "-":
        sql = sys.stdin.read()
    elif source is not None:
        sql = source.read()
    if sql is None:
        click.echo(describe(output))
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    run_query(
        output, sql, cast("QueryFormat", form), sys.stdout.buffer, width=width, parameters=read_parameters(parameters)
    )
