"""The end of a run on the terminal: what was not loaded and why, totals, absent branches, where the results are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from normalizers.vocabulary import branch_names
from pipeline.checks.entry_words import reason_of
from pipeline.exit_code import ExitCode
from pipeline.messages import Messages
from pipeline.report.review_progress import read_progress
from pipeline.store.coverage import BRANCH_COUNT
from pipeline.store.json_text import json_text
from pipeline.store.manifest import Entry, Manifest
from pipeline.store.states import FAILED, State

NEED_REVIEW = ("quarantined", "doubtful", "review")
"""Grades of loaded documents that ask for a person, the gravest first; the first is that of a document accepted."""

GRADES_NAMED = 10
"""Most documents that the end of a run names, of those that need review and of those that are new."""


def exit_code(manifest: Manifest, *, strict: bool = False) -> ExitCode:
    """Whether every input of the run is loaded, and nothing is lost that was; ``strict``: and none needs review."""
    failed = any(entry.state in FAILED for entry in (*manifest.documents, *manifest.lost))
    doubted = strict and any(entry.held is State.LOADED and entry.grade in NEED_REVIEW for entry in manifest.documents)
    return ExitCode.SOME_NOT_LOADED if failed or doubted else ExitCode.DONE


def print_summary(manifest: Manifest, output: Path, messages: Messages, *, quiet: bool, verbose: bool) -> None:
    """Prints to stderr; documents that were not loaded are named even when ``quiet``."""
    print_notices(manifest, messages)
    for entry in manifest.documents:
        if entry.state in FAILED or (not quiet and verbose and entry.state is not State.SUPERSEDED):
            click.echo(_line(entry, messages), err=True)
    if quiet:
        return
    most = None if verbose else GRADES_NAMED
    _print_some(_replaced(manifest, messages), most, messages)
    if not verbose:
        _print_some([_line(e, messages) for e in manifest.documents if e.state is State.DUPLICATE], most, messages)
    _print_some([gone_line(entry, output, messages) for entry in manifest.kept if entry.gone], most, messages)
    states = ", ".join(f"{count} {messages.text(state)}" for state, count in manifest.totals.items() if count)
    click.echo(messages.text("totals", total=sum(manifest.totals.values()), states=states or "0"), err=True)
    for year, codes in manifest.missing_branches.items():
        if len(codes) > BRANCH_COUNT // 2:
            click.echo(messages.text("missing_most", year=year, count=len(codes)), err=True)
        elif codes:
            names = ", ".join(branch_names()[code] for code in codes)
            click.echo(messages.text("missing", year=year, count=len(codes), names=names), err=True)
    _print_news(manifest, messages)
    _print_grades(manifest, messages)
    review = read_progress(output)
    click.echo(messages.text("review_counts", **review.totals, waiting=review.waiting), err=True)
    if review.unread:
        click.echo(messages.text("review_unread_lines", count=review.unread), err=True)
    places = messages.text("places", tables=output / "tables", report=output / "report" / "index.html")
    click.echo(places, err=True)
    held = Counter(entry.held for entry in manifest.entries)
    doubtful = any(entry.held is State.LOADED and entry.grade in NEED_REVIEW for entry in manifest.entries)
    unread = any(entry.state is State.UNREADABLE for entry in (*manifest.documents, *manifest.lost))
    following = (
        "next_accept"
        if held[State.QUARANTINED]
        else "next_unreadable"
        if unread
        else "next_review"
        if doubtful
        else "next_export"
        if held[State.LOADED]
        else "next_ingest"
    )
    click.echo(messages.text(following, output=output), err=True)


def _replaced(manifest: Manifest, messages: Messages) -> list[str]:
    by_id = {str(entry.document_id): entry for entry in manifest.entries}
    return [replaced_line(entry, by_id, messages) for entry in manifest.entries if entry.state is State.SUPERSEDED]


def _print_some(lines: Sequence[str], most: int | None, messages: Messages) -> None:
    for line in lines[:most]:
        click.echo(line, err=True)
    if most is not None and len(lines) > most:
        click.echo("  " + messages.text("more_documents", count=len(lines) - most), err=True)


def gone_line(entry: Entry, output: Path, messages: Messages) -> str:
    """That the file of a document that is still held is not where it was, and how to take the document out."""
    return messages.text(
        "gone", file=entry.source_file, state=messages.text(entry.state), output=output, id=entry.document_id
    )


def replaced_line(entry: Entry, by_id: Mapping[str, Entry], messages: Messages) -> str:
    """Which version took the place of a superseded one, by which rule, and how to prefer the other."""
    better = by_id.get(str(entry.other))
    other = better.source_file if better else str(entry.other)
    rule = f"replaced_{entry.rule or 'dated'}"
    return messages.text(rule, file=entry.source_file, other=other, id=entry.document_id, other_id=entry.other)


def print_accepted(manifest: Manifest, asked: Iterable[str], messages: Messages) -> None:
    """Names all that was accepted with the documents ``asked`` for, also what failed only when they were compared."""
    asked = set(asked)
    for entry in manifest.documents:
        if entry.document_id in asked and entry.held is State.LOADED:
            reason = reason_of(entry, messages.language)
            click.echo(messages.text("accepted", file=entry.source_file, reason=reason), err=True)


def _print_news(manifest: Manifest, messages: Messages) -> None:
    """Names what this run loaded that was not there before, a few of it where it is much."""
    new = [entry for entry in manifest.documents if entry.document_id in manifest.news]
    if not new or not manifest.previous:
        return
    names = [f"{entry.branch_name or entry.branch_code or '--'} {entry.fiscal_year or '????'}" for entry in new]
    more = f" + {len(names) - GRADES_NAMED}" if len(names) > GRADES_NAMED else ""
    click.echo(messages.text("new_since", names=", ".join(names[:GRADES_NAMED]) + more), err=True)


def _print_grades(manifest: Manifest, messages: Messages) -> None:
    """How many of the run's documents are clean, how many need review, and where: the worst ones with their reasons."""
    graded = [entry for entry in manifest.documents if entry.held is State.LOADED and entry.grade]
    doubted = [entry for entry in graded if entry.grade in NEED_REVIEW]
    if not graded:
        return
    counts = {"clean": sum(entry.grade == "clean" for entry in graded), "review": len(doubted)}
    click.echo(messages.text("grades", **counts), err=True)
    order = sorted(doubted, key=lambda entry: (NEED_REVIEW.index(str(entry.grade)), entry.source_file))
    for entry in order[:GRADES_NAMED]:
        click.echo("  " + grade_line(entry, messages), err=True)
    if len(order) > GRADES_NAMED:
        click.echo("  " + messages.text("more_grades", count=len(order) - GRADES_NAMED), err=True)


def grade_line(entry: Entry, messages: Messages) -> str:
    """A document's grade with its reasons: review: FILE: Target of low confidence: 3 (from page 2)."""
    from pipeline.checks.grades import grade_reason_text

    reasons = "; ".join(grade_reason_text(reason, messages.language) for reason in entry.grade_reasons)
    return messages.text(
        "grade_line", grade=messages.text(f"grade_{entry.grade}"), file=entry.source_file, reasons=reasons
    )


def print_notices(manifest: Manifest, messages: Messages) -> None:
    """Prints what the run found damaged in the output, and what became of it."""
    for notice in manifest.notices:
        values = {name: value for name, value in notice.items() if name != "code"}
        click.echo(messages.text(f"fault_{notice['code']}", **values), err=True)
    for entry in manifest.lost:
        click.echo(_line(entry, messages), err=True)


def print_json(manifest: Manifest) -> None:
    """Prints the account of the run to stdout."""
    click.echo(json_text(asdict(manifest), indent=1))


def _line(entry: Entry, messages: Messages) -> str:
    state = messages.text(entry.state)
    place = messages.text("on_page", file=entry.source_file, page=entry.page) if entry.page else entry.source_file
    return messages.text(
        "not_loaded", state=state, file=place, reason=reason_of(entry, messages.language)
    ).removesuffix(": ")
