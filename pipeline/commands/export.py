"""``branch-plans export``: the tables as an Excel workbook, a DuckDB database or CSV files."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export", short_help="Write an Excel workbook, a database or CSV files.")
@click.argument("output", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=int, help="Only this fiscal year.")
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@click.pass_context
def command(ctx: click.Context, output: Path, file: Path, year: int | None, force: bool) -> None:
    """Writes FILE from the tables of OUTPUT.

    \b
    .xlsx     branches by indicators, all targets, history, threads, changes, findings, sheets for confirmation
    decisions.xlsx  what people decided in review, for the minutes
    .duckdb   one database with all tables and views and their meanings
    a folder  a CSV file for each table and view, and a codebook

    \b
    Examples:
      branch-plans export output kpi.xlsx --year 2024
      branch-plans export output plans.duckdb
      branch-plans export output csv/
    """
    from pipeline.answers.export import export
    from pipeline.answers.export_error import ExportError

    if not force and (file.is_file() or (file.is_dir() and any(file.iterdir()))):
        raise ExportError("export_exists", where=str(file))
    export(output, file, year=year, language=ctx.obj.language)
    click.echo(ctx.obj.text("exported", file=file), err=True)
