"""``branch-plans ingest``: PDFs to checked tables."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pipeline.messages import Messages, message_table
from pipeline.usage_errors import ArgumentsError


@click.command("ingest", short_help="Read PDFs into checked tables.")
@click.argument("raw", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Folder of results."
)
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read PDFs; by default one a core.")
@click.option("--scheduler", metavar="ADDRESS", help="Read on the workers of this Dask scheduler (tcp://host:8786).")
@click.option("--config", type=click.Path(path_type=Path), help="Limits and checks (TOML); see docs/configuration.md.")
@click.option("--retry", is_flag=True, help="Read again what was quarantined or unreadable, though it has not changed.")
@click.option("--rebuild", is_flag=True, help="Read everything again; what is not among the inputs is forgotten.")
@click.option("--prefer", multiple=True, metavar="ID|FILE", help="Load this version of a plan.")
@click.option("--accept", multiple=True, metavar="ID", help="Load this quarantined document (--reason).")
@click.option("--reason", default="", help="Why --accept is right; kept in the account of the run.")
@click.option("--no-page-pictures", is_flag=True, help="Leave the pictures of pages out of the report.")
@click.option("--strict", is_flag=True, help="Exit with 1 also where a loaded document needs review.")
@click.option("--json", "as_json", is_flag=True, help="Print the account of the run to stdout.")
@click.option("--quiet", "-q", is_flag=True, help="No progress; only what went wrong.")
@click.option("--verbose", "-v", is_flag=True, help="Name every document with its state.")
@click.pass_context
def command(
    ctx: click.Context,
    raw: tuple[Path, ...],
    output: Path,
    workers: int | None,
    scheduler: str | None,
    config: Path | None,
    retry: bool,
    rebuild: bool,
    prefer: tuple[str, ...],
    accept: tuple[str, ...],
    reason: str,
    no_page_pictures: bool,
    strict: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Reads PDFs (files, or folders with their sub-folders; by default raw/) into checked tables.

    Exits with 0 when every document was loaded, with 1 when at least one was quarantined or unreadable (each is named
    with the reason; with --strict also when a loaded one needs review), with 2 when nothing could be done at all. The
    PDFs are never written to.

    \b
    Examples:
      branch-plans ingest                               raw/ into output/
      branch-plans ingest plans/2024 --output checked
      branch-plans ingest --accept 2024-43-plan-1f2e3d4c --reason "scan checked by eye"
    """
    messages: Messages = ctx.obj
    if not quiet:  # before anything else is imported: whoever waits sees that something happens
        click.echo(messages.text("starting"), err=True)

    from pipeline.inputs.configuration import load_configuration
    from pipeline.report.texts import prefectures, texts
    from pipeline.run.check_stage import ChecksBeside
    from pipeline.run.context import IngestOptions
    from pipeline.run.ingest import ingest
    from pipeline.run.progress import shown_progress
    from pipeline.run.temporary import use_own_temporary_folder
    from pipeline.workers.dask_stage import DaskStage
    from pipeline.workers.worker_pool import WorkerPool

    if accept and not reason.strip():
        raise ArgumentsError(ctx.obj.text("accept_needs_reason"))
    if scheduler and workers:
        raise ArgumentsError(ctx.obj.text("workers_or_scheduler"))
    use_own_temporary_folder()
    for table in (message_table, texts, prefectures):
        table()  # what a wrong one is told by comes before the work, not after it
    options = IngestOptions(
        raw=raw or (() if accept else (Path("raw"),)),
        output=output,
        configuration=load_configuration(config),
        parse_stage=DaskStage(scheduler) if scheduler else WorkerPool(workers or os.cpu_count() or 1),
        retry=retry,
        rebuild=rebuild,
        accept=accept,
        reason=reason.strip(),
        prefer=prefer,
        page_pictures=not no_page_pictures,
        workers=workers,
        check_stage=ChecksBeside(),
    )
    manifest = ingest(options, lambda total: shown_progress(total, messages, quiet=quiet))

    # Not before: DuckDB comes with it, and workers begin the sooner.
    from pipeline.run.run_summary import exit_code, print_accepted, print_json, print_summary

    print_accepted(manifest, accept, messages)
    print_summary(manifest, output, messages, quiet=quiet, verbose=verbose)
    if as_json:
        print_json(manifest)
    ctx.exit(exit_code(manifest, strict=strict))
