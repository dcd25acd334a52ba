"""``branch-plans identify``: say of which branch and year a plan is."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from pipeline.messages import Messages
from pipeline.usage_errors import ArgumentsError


@click.command("identify", short_help="Say of which branch and year a plan is.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--branch", help="Code (33) or name (岡山) of the branch; 00 for headquarters.")
@click.option("--year", type=click.IntRange(1990, 2100), help="Fiscal year (2024).")
@click.option(
    "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Folder of results."
)
@click.option("--by", help="Who says so; by default your name on this machine.")
@click.pass_context
def command(ctx: click.Context, file: Path, branch: str | None, year: int | None, output: Path, by: str | None) -> None:
    """Decides of which branch and fiscal year the plan in FILE is, where it does not say so itself.

    The decision is kept with those of review and holds for the same bytes, whatever the file is called. It goes into
    the tables with the next ingest.

    \b
    Example:
      branch-plans identify scan0012.pdf --branch 33 --year 2024
    """
    from normalizers.vocabulary import branch_names
    from pipeline.decisions.decision import new_decision
    from pipeline.decisions.journal import append
    from pipeline.store.manifest import newest_manifest, sha256_of

    messages: Messages = ctx.obj
    if branch is None and year is None:
        raise ArgumentsError(ctx.obj.text("branch_or_year"))
    names = branch_names()
    code = None if branch is None else next((c for c, name in names.items() if branch in (c, name)), branch)
    if code is not None and code != "00" and code not in names:
        raise ArgumentsError(ctx.obj.text("no_branch", branch=branch))
    sha256 = sha256_of(file)
    manifest = newest_manifest(output)
    known = next((entry for entry in (manifest.entries if manifest else ()) if entry.sha256 == sha256), None)
    said = {"branch_code": code, "fiscal_year": year}
    before = {"branch_code": known.branch_code, "fiscal_year": known.fiscal_year} if known else {}
    append(
        output,
        [
            new_decision(
                by or getpass.getuser(),
                "identify",
                sha256,
                table="documents",
                field=field,
                before=before.get(field),
                after=value,
            )
            for field, value in said.items()
            if value is not None
        ],
    )
    click.echo(messages.text("identified", file=file, output=output), err=True)
