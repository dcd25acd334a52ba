"""``branch-plans search``: full text over all measures and targets."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("search", short_help="Search measures, targets and notes of all years.")
@click.argument("words", nargs=-1, required=True)
@click.option("--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Results.")
@click.option("--branch", "branches", multiple=True, help="Only this branch, by name or code; 本部 for the nation.")
@click.option("--year", "years", type=int, multiple=True, help="Only this fiscal year.")
@click.option("--kind", "kinds", multiple=True, help="Only headings, actions, targets, figures or notes.")
@click.option("--heading", help="Only under headings that hold this text.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most hits to show.")
@click.option("--json", "wants_json", is_flag=True, help="As JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    output: Path,
    branches: tuple[str, ...],
    years: tuple[int, ...],
    kinds: tuple[str, ...],
    heading: str | None,
    limit: int,
    wants_json: bool,
) -> None:
    """Finds WORDS (plain text, other forms and synonyms too) in what `ingest` loaded, the best hits first.

    \b
    Examples:
      branch-plans search 後発医薬品 広報 --year 2024
      branch-plans search 受診勧奨 --branch 岡山 --kind action
    """
    from pipeline.answers.find import as_json, as_lines, read_filters
    from pipeline.search.search import search

    filters = read_filters(output, branches, years, kinds, heading)
    answer = search(output, " ".join(words), filters, limit=limit)
    if wants_json:
        click.echo(as_json(answer))
        return
    mark = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("«", "»")
    for line in as_lines(answer.hits, mark):
        click.echo(line)
    kind = "search_partly" if answer.partly else "search_total"
    click.echo(ctx.obj.text(kind, total=answer.total, shown=len(answer.hits)), err=True)
