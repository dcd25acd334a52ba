"""``branch-plans verify``: is everything on disk as it was written?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.exit_code import ExitCode
from pipeline.messages import visible

if TYPE_CHECKING:
    from pipeline.store.verify import Verification


@click.command("verify", short_help="Check that everything on disk is sound.")
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--json", "as_json", is_flag=True, help="Print counts and faults as JSON.")
@click.pass_context
def command(ctx: click.Context, output: Path, as_json: bool) -> None:
    """Reads every file of OUTPUT again: hashes, columns, keys, references, totals.

    Exits with 0 when all is sound, with 1 when anything is not (each fault is named).

    \b
    Example:
      branch-plans verify output
    """
    from pipeline.store.verify import verify_output

    found = verify_output(output)
    if as_json:
        import json
        from dataclasses import asdict

        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        ctx.exit(_code(found))
    for fault in found.faults:
        click.echo(visible(fault), err=True)
    counts = {"documents": found.documents, "files": found.files, "rows": found.rows, "faults": len(found.faults)}
    click.echo(ctx.obj.text("verified", **counts))
    ctx.exit(_code(found))


def _code(found: Verification) -> ExitCode:
    return ExitCode.SOME_NOT_LOADED if found.faults else ExitCode.DONE
