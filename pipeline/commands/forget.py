"""``branch-plans forget``: take documents out of an output."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.messages import Messages


@click.command("forget", short_help="Take documents out of the tables.")
@click.argument("output", type=click.Path(path_type=Path))
@click.argument("documents", nargs=-1, required=True)
@click.option("--config", type=click.Path(path_type=Path), help="Limits and checks (TOML) of the ingest.")
@click.pass_context
def command(ctx: click.Context, output: Path, documents: tuple[str, ...], config: Path | None) -> None:
    """Takes DOCUMENTS (ids or source files, as status lists them) out of OUTPUT. The PDFs are left alone.

    The account keeps who did it and when; what people decided about the documents is kept too. A PDF that is still
    among the inputs of a later ingest is read again.

    \b
    Example:
      branch-plans forget output 2024-33-plan-1f2e3d4c
    """
    from os import cpu_count

    from pipeline.inputs.configuration import load_configuration
    from pipeline.run.check_stage import ChecksBeside
    from pipeline.run.context import IngestOptions
    from pipeline.run.ingest import ingest
    from pipeline.run.progress import shown_progress
    from pipeline.run.temporary import use_own_temporary_folder
    from pipeline.store.status import last_manifest
    from pipeline.workers.worker_pool import WorkerPool

    messages: Messages = ctx.obj
    last_manifest(output)  # refuses a folder that holds no results
    use_own_temporary_folder()
    options = IngestOptions(
        (),
        output,
        load_configuration(config),
        WorkerPool(cpu_count() or 1),
        forget=documents,
        page_pictures=False,
        check_stage=ChecksBeside(),
    )
    manifest = ingest(options, lambda total: shown_progress(total, messages, quiet=True))
    for gone in manifest.forgotten:
        if {gone["document_id"], gone["source_file"]} & set(documents):
            click.echo(messages.text("forgotten", document=gone["document_id"], file=gone["source_file"]), err=True)
