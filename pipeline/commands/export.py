"""``branch-plans export``: the tables as an Excel workbook."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export", short_help="Write the targets to an Excel workbook.")
@click.argument("output", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--year", type=int, help="Only this fiscal year.")
@click.pass_context
def command(ctx: click.Context, output: Path, file: Path, year: int | None) -> None:
    """Writes FILE (.xlsx) from the tables of OUTPUT: branches by indicators, all targets, changes, findings.

    \b
    Example:
      branch-plans export output kpi.xlsx --year 2024
    """
    from pipeline.answers.export import export_workbook

    export_workbook(output, file, year=year, language=ctx.obj.language)
    click.echo(ctx.obj.text("exported", file=file), err=True)
