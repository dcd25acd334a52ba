"""The end of a run on the terminal: what was not loaded and why, totals, absent branches, where the results are."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from normalizers.vocabulary import branch_names
from pipeline.exit_code import ExitCode
from pipeline.messages import Messages
from pipeline.report.review_progress import read_progress
from pipeline.store.coverage import BRANCH_COUNT
from pipeline.store.manifest import Entry, Manifest
from pipeline.store.states import FAILED, State


def exit_code(manifest: Manifest) -> ExitCode:
    """Whether every input of the run is loaded, and nothing is lost that was."""
    failed = any(entry.state in FAILED for entry in (*manifest.documents, *manifest.lost))
    return ExitCode.SOME_NOT_LOADED if failed else ExitCode.DONE


def print_summary(manifest: Manifest, output: Path, messages: Messages, *, quiet: bool, verbose: bool) -> None:
    """Prints to stderr; documents that were not loaded are named even when ``quiet``."""
    print_notices(manifest, messages)
    for entry in manifest.documents:
        if entry.state in FAILED or (not quiet and (verbose or entry.state is State.SUPERSEDED)):
            click.echo(_line(entry, messages), err=True)
    if quiet:
        return
    states = ", ".join(f"{count} {messages.text(state)}" for state, count in manifest.totals.items() if count)
    click.echo(messages.text("totals", total=sum(manifest.totals.values()), states=states or "0"), err=True)
    for year, codes in manifest.missing_branches.items():
        if len(codes) > BRANCH_COUNT // 2:
            click.echo(messages.text("missing_most", year=year, count=len(codes)), err=True)
        elif codes:
            names = ", ".join(branch_names()[code] for code in codes)
            click.echo(messages.text("missing", year=year, count=len(codes), names=names), err=True)
    review = read_progress(output)
    click.echo(messages.text("review_counts", **review.totals, waiting=review.waiting), err=True)
    places = messages.text("places", tables=output / "tables", report=output / "report" / "index.html")
    click.echo(places, err=True)


def print_notices(manifest: Manifest, messages: Messages) -> None:
    """Prints what the run found damaged in the output, and what became of it."""
    for notice in manifest.notices:
        values = {name: value for name, value in notice.items() if name != "code"}
        click.echo(messages.text(f"fault_{notice['code']}", **values), err=True)
    for entry in manifest.lost:
        click.echo(_line(entry, messages), err=True)


def print_json(manifest: Manifest) -> None:
    """Prints the account of the run to stdout."""
    click.echo(json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def _line(entry: Entry, messages: Messages) -> str:
    state = messages.text(entry.state)
    place = entry.source_file + (f", page {entry.page}" if entry.page else "")
    return messages.text("not_loaded", state=state, file=place, reason=entry.reason).removesuffix(": ")
