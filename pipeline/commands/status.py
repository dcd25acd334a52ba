"""``branch-plans status``: what is loaded, quarantined and missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.messages import Messages
from pipeline.store.json_text import json_text

if TYPE_CHECKING:
    from pipeline.store.status import Status


@click.command("status", short_help="Show what is loaded, quarantined, missing.")
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def command(ctx: click.Context, output: Path, as_json: bool) -> None:
    """Shows what OUTPUT holds, by year and branch, from the account of its last run.

    \b
    Example:
      branch-plans status output
    """
    from normalizers.vocabulary import branch_names
    from pipeline.checks.entry_words import reason_of
    from pipeline.checks.grades import grade_reason_text
    from pipeline.messages import visible
    from pipeline.report.review_progress import read_progress
    from pipeline.store.status import status_of

    status = status_of(output)
    review = read_progress(output)
    if as_json:
        from dataclasses import asdict

        click.echo(json_text({**asdict(status), "review": asdict(review)}, indent=1))
        return
    text = ctx.obj.text
    click.echo(text("last_run", finished=status.finished, version=status.pipeline_version))
    for year in status.years:
        count = {"loaded": len(year.loaded), "quarantined": len(year.quarantined), "missing": len(year.missing)}
        click.echo(text("year_counts", year=year.fiscal_year or "????", **count))
        for entry in (*year.loaded, *year.quarantined):
            name = f"{entry.branch_code or '--'} {entry.branch_name or ''}"
            grade = text(f"grade_{entry.grade}") if entry.grade else text(str(entry.held))
            click.echo(f"  {grade}  {name}  {text(str(entry.held))}  {entry.document_id}  {visible(entry.source_file)}")
            if entry.grade_reasons:
                reasons = "; ".join(grade_reason_text(reason, ctx.obj.language) for reason in entry.grade_reasons)
                click.echo(f"      {reasons}")
            if entry.errors or entry.reason:
                click.echo(f"      {visible(reason_of(entry, ctx.obj.language))}")
            if entry.accepted:
                click.echo("      " + text("accepted_by", by=entry.accepted.by, reason=entry.accepted.reason))
        if year.missing:
            click.echo("  " + text("missing_codes", names=" ".join(branch_names()[code] for code in year.missing)))
    _print_set_aside(status, output, ctx.obj)
    for branch in review.branches:
        if branch.reviewed or branch.open or branch.stale:
            place = f"{branch.fiscal_year or '????'} {branch.branch_code or '--'} {branch.branch_name or ''}".rstrip()
            counts = {"reviewed": branch.reviewed, "open": branch.open, "stale": branch.stale}
            click.echo("  " + text("review_of_branch", place=place, **counts))
    click.echo(text("review_counts", **review.totals, waiting=review.waiting))
    if review.unread:
        click.echo(text("review_unread_lines", count=review.unread))


def _print_set_aside(status: Status, output: Path, messages: Messages) -> None:
    """Names what the last run could not read, what it found twice, what was lost, what better versions replaced, and
    what is held though its file is gone.
    """
    from pipeline.checks.entry_words import reason_of
    from pipeline.run.run_summary import gone_line, replaced_line

    text = messages.text
    for state, entries in (
        ("unreadable", status.unreadable),
        ("duplicate", status.duplicates),
        ("lost", status.lost),
    ):
        for entry in entries:
            click.echo(
                text(
                    "not_loaded", state=text(state), file=entry.source_file, reason=reason_of(entry, messages.language)
                )
            )
    held = {str(e.document_id): e for year in status.years for e in (*year.loaded, *year.quarantined)}
    for entry in status.superseded:
        click.echo(replaced_line(entry, held, messages))
    for entry in status.gone:
        click.echo(gone_line(entry, output, messages))
