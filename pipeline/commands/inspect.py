"""``branch-plans inspect``: how a page is read."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("inspect", short_help="Show how a PDF's pages are read.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--page", type=click.IntRange(min=1), multiple=True, help="Only this page, from 1; may be repeated.")
@click.option("--png", type=click.Path(path_type=Path, file_okay=False), help="Also draw the pages into this folder.")
def command(file: Path, page: tuple[int, ...], png: Path | None) -> None:
    """Shows what was seen on the pages of FILE: rulings, underlines, cells with roles and spans, paragraphs, furniture.

    \b
    Examples:
      branch-plans inspect plan.pdf --page 3
      branch-plans inspect plan.pdf --png pictures
    """
    from pipeline.answers.inspection import inspect_file

    for text in inspect_file(file, frozenset(page), png):
        click.echo(text)
