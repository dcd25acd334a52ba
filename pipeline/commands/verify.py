"""``branch-plans verify``: is everything on disk as it was written?"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.exit_code import ExitCode


@click.command("verify", short_help="Check that everything on disk is sound.")
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.pass_context
def command(ctx: click.Context, output: Path) -> None:
    """Reads every file of OUTPUT again: hashes, columns, keys, references, totals.

    Exits with 0 when all is sound, with 1 when anything is not (each fault is named).
    """
    from pipeline.verify import verify_output

    found = verify_output(output)
    for fault in found.faults:
        click.echo(fault, err=True)
    counts = {"documents": found.documents, "files": found.files, "rows": found.rows, "faults": len(found.faults)}
    click.echo(ctx.obj.text("verified", **counts))
    ctx.exit(ExitCode.SOME_NOT_LOADED if found.faults else ExitCode.DONE)
