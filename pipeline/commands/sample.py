"""``branch-plans sample``: a demonstration corpus."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("sample", short_help="Write a demonstration corpus of 47 plans.")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--year", type=click.IntRange(2018, 2030), default=2024, show_default=True, help="Fiscal year.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number gives other plans.")
@click.option(
    "--years",
    type=click.IntRange(1, 10),
    default=1,
    show_default=True,
    help="How many years, this the newest; from 3 on with all that makes years differ.",
)
@click.pass_context
def command(ctx: click.Context, directory: Path, year: int, seed: int, years: int) -> None:
    """Writes 47 invented plans, one a branch, to DIRECTORY/plans and what they say to DIRECTORY/truth.

    \b
    Example:
      branch-plans sample sample-corpus
      branch-plans sample three-years --years 3
      branch-plans ingest sample-corpus --output output
    """
    from pipeline.sample import write_corpus

    written = write_corpus(directory, year=year, seed=seed, years=years)
    counts = {"documents": written.documents, "pages": written.pages, "plans": written.plans, "truth": written.truth}
    click.echo(ctx.obj.text("sample_written", **counts), err=True)
