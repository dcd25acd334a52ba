"""``branch-plans review``: decide on doubts in a browser, or bring in decisions made elsewhere."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from pipeline.messages import Messages
from pipeline.usage_errors import ArgumentsError

PORT = 47471
"""The same each time, so that what a browser kept while the review was away is sent when it is back."""


MOST_UNREAD = 20
"""Lines of a file brought in that are named one by one; of a file that is none of decisions, all would be."""


@click.command("review", short_help="Decide on doubts in a browser.")
@click.argument("output", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--import", "bring", is_flag=True, help="Bring in the decisions of FILES (JSON lines) instead.")
@click.option("--lessons", is_flag=True, help="Print each correction as a case for tests (JSON lines) instead.")
@click.option("--by", help="Whose decisions they are; by default your name on this machine.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to serve at; by default 47471, or any that is free.")
@click.option("--sample", type=click.FloatRange(0, 100), default=2.0, show_default=True, help="Percent of sure rows.")
@click.option("--no-browser", is_flag=True, help="Print the address only.")
@click.pass_context
def command(
    ctx: click.Context,
    output: Path,
    files: tuple[Path, ...],
    bring: bool,
    lessons: bool,
    by: str | None,
    port: int | None,
    sample: float,
    no_browser: bool,
) -> None:
    """Serves the doubts of OUTPUT to a browser on this machine, what matters most first, until Ctrl-C.

    Decisions go to OUTPUT/review/decisions.jsonl and into the tables with the next ingest of the same PDFs.

    \b
    Examples:
      branch-plans review output
      branch-plans review output --import decisions-*.jsonl
      branch-plans review output --lessons > cases.jsonl
    """
    messages: Messages = ctx.obj
    if files and not bring:
        raise ArgumentsError(messages.text("files_for_import"))
    if bring:
        _bring_in(output, files, messages)
    elif lessons:
        from pipeline.review.lessons import lesson_lines

        for line in lesson_lines(output):
            click.echo(line)
    else:
        _serve(output, by or getpass.getuser(), port, sample / 100, messages, no_browser=no_browser)


def _serve(output: Path, by: str, port: int | None, share: float, messages: Messages, *, no_browser: bool) -> None:
    import webbrowser

    from pipeline.review.server import AddressError, serve

    def ready(address: str) -> None:
        click.echo(messages.text("review_ready", address=address), err=True)
        if not no_browser:
            webbrowser.open(address)

    if port is not None:
        serve(output, by=by, port=port, share=share, on_ready=ready)
        return
    try:
        serve(output, by=by, port=PORT, share=share, on_ready=ready)
    except AddressError:
        serve(output, by=by, port=0, share=share, on_ready=ready)


def _bring_in(output: Path, files: tuple[Path, ...], messages: Messages) -> None:
    from pipeline.decisions.journal import bring_in

    if not files:
        raise ArgumentsError(messages.text("import_needs_files"))
    for file in files:
        brought = bring_in(output, file)
        said = {"file": file, "new": brought.new, "known": brought.known}
        click.echo(messages.text("review_brought", **said), err=True)
        for line in brought.unread[:MOST_UNREAD]:
            click.echo(messages.text("review_unread", file=file, number=line.number, reason=line.reason), err=True)
        if len(brought.unread) > MOST_UNREAD:
            more = len(brought.unread) - MOST_UNREAD
            click.echo(messages.text("review_unread_more", file=file, more=more), err=True)
