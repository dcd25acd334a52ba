"""``branch-plans verify``: is everything on disk as it was written?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.exit_code import ExitCode
from pipeline.messages import Messages
from pipeline.store.json_text import json_text

if TYPE_CHECKING:
    from pipeline.store.mend import Fault
    from pipeline.store.verify import Verification


@click.command("verify", short_help="Check that everything on disk is sound.")
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--repair", is_flag=True, help="Put right what can be; damaged documents are read again from their PDFs.")
@click.option("--json", "as_json", is_flag=True, help="Print counts and faults as JSON.")
@click.pass_context
def command(ctx: click.Context, output: Path, repair: bool, as_json: bool) -> None:
    """Reads every file of OUTPUT again: hashes, columns, keys, references, accounts, report.

    Exits with 0 when all is sound, with 1 when anything is not (each fault is named). What --repair cannot put right it
    leaves as it is and names.

    \b
    Examples:
      branch-plans verify output
      branch-plans verify output --repair
    """
    from pipeline.store.verify import verify_output

    messages: Messages = ctx.obj
    if repair:
        _repair(output, messages)
    found = verify_output(output)
    if as_json:
        _print_json(found, messages)
        ctx.exit(_code(found))
    for fault in found.faults:
        click.echo(_said(fault, messages), err=True)
    counts = {"documents": found.documents, "files": found.files, "rows": found.rows, "faults": len(found.faults)}
    click.echo(messages.text("verified", **counts))
    if found.faults:
        click.echo(messages.text("repair_left") if repair else messages.text("repair_next", output=output), err=True)
    ctx.exit(_code(found))


def _repair(output: Path, messages: Messages) -> None:
    from os import cpu_count

    from pipeline.inputs.configuration import load_configuration
    from pipeline.run.check_stage import ChecksBeside
    from pipeline.run.context import IngestOptions
    from pipeline.run.ingest import ingest
    from pipeline.run.progress import shown_progress
    from pipeline.run.run_summary import print_notices
    from pipeline.run.temporary import use_own_temporary_folder
    from pipeline.store.status import last_manifest
    from pipeline.workers.worker_pool import WorkerPool

    last_manifest(output)  # refuses a folder that holds no results, rather than making it one
    use_own_temporary_folder()
    options = IngestOptions(
        (), output, load_configuration(None), WorkerPool(cpu_count() or 1), check_stage=ChecksBeside()
    )
    manifest = ingest(options, lambda total: shown_progress(total, messages, quiet=True))
    print_notices(manifest, messages)


def _print_json(found: Verification, messages: Messages) -> None:
    from dataclasses import asdict

    faults = [{**asdict(fault), "message": _said(fault, messages)} for fault in found.faults]
    click.echo(json_text({**asdict(found), "faults": faults}, indent=1))


def _said(fault: Fault, messages: Messages) -> str:
    return messages.text(f"fault_{fault.code}", **fault.values)


def _code(found: Verification) -> ExitCode:
    return ExitCode.SOME_NOT_LOADED if found.faults else ExitCode.DONE
