"""``branch-plans explain``: how a phrase is read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from pipeline.answers.lines_ahead import LinesAhead
from pipeline.messages import Messages
from pipeline.usage_errors import ArgumentsError

if TYPE_CHECKING:
    from pipeline.workers.phrase_readings import Phrase

MOST_AT_ONCE = 5000
"""Lines that are held at a time: a few seconds' work for the workers, and a megabyte."""


@click.command("explain", short_help="Show how a phrase is read.")
@click.argument("text", required=False)
@click.option("--jsonl", is_flag=True, help="Read JSON lines from standard input and write one JSON line for each.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that share many lines; by default one a core.")
@click.pass_context
def command(ctx: click.Context, text: str | None, jsonl: bool, workers: int | None) -> None:
    """Shows step by step how TEXT, a line of a plan, is read: words, numbers, and the fields of each aim.

    With --jsonl, lines {"text", "marked", "fiscal_year"} come in and {"text", "targets", "findings"} go out, in order.

    \b
    Examples:
      branch-plans explain "■ KPI：② 現金給付等の申請に係る郵送化率を９５．０％以上とする"
      branch-plans explain --jsonl < phrases.jsonl > readings.jsonl
    """
    messages: Messages = ctx.obj
    if jsonl == (text is not None):
        raise ArgumentsError(messages.text("text_or_jsonl"))
    if text is not None:
        from normalizers.explain import explain

        click.echo(explain(text))
        return
    for line in _answers(sys.stdin, messages, workers or os.cpu_count() or 1):
        click.echo(line)


def _answers(lines: Iterable[str], messages: Messages, workers: int) -> Iterator[str]:
    """The reading of each line, as soon as it can be had: whoever waits for one before he asks the next gets it.

    Where many lines wait, workers share them once what they need is loaded; till then they are read here.
    """
    from pipeline.inputs.configuration import load_configuration
    from pipeline.workers import phrase_readings as reading

    ahead = LinesAhead(lines)
    number = 0
    begun = False
    while block := ahead.take(MOST_AT_ONCE if begun else reading.WORTH_SHARING):
        phrases, fault = _phrases(block, number, messages)
        number += len(block)
        if begun and len(phrases) >= reading.WORTH_SHARING:
            yield from reading.shared_readings(phrases, workers, load_configuration().limits)
        else:
            if workers > 1 and len(phrases) >= reading.WORTH_SHARING:
                reading.begin_sharing()
                begun = True
            yield from map(reading.reading_line, phrases)
        if fault is not None:
            raise fault


def _phrases(block: Sequence[str], before: int, messages: Messages) -> tuple[list[Phrase], ArgumentsError | None]:
    """The phrases of the lines in ``block``, empty ones left out, up to the first that is none, and what is wrong
    with that; ``before`` is the number of lines before them.
    """
    from pipeline.workers.phrase_readings import Phrase

    found: list[Phrase] = []
    for number, line in enumerate(block, start=before + 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
        except json.JSONDecodeError as error:
            fault = ArgumentsError(messages.text("line_no_json", number=number, error=error))
            fault.__cause__ = error
            return found, fault
        text, marked, year = (
            (asked.get(key) for key in ("text", "marked", "fiscal_year")) if isinstance(asked, dict) else (None,) * 3
        )
        if not isinstance(text, str) or not isinstance(year, int | None):
            return found, ArgumentsError(messages.text("line_needs_text", number=number))
        found.append(Phrase(text, bool(marked), year))
    return found, None
