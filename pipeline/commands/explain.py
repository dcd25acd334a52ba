"""``branch-plans explain``: how a phrase is read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator

import click

from pipeline.messages import Messages
from pipeline.usage_errors import ArgumentsError


@click.command("explain", short_help="Show how a phrase is read.")
@click.argument("text", required=False)
@click.option("--jsonl", is_flag=True, help="Read JSON lines from standard input and write one JSON line for each.")
@click.pass_context
def command(ctx: click.Context, text: str | None, jsonl: bool) -> None:
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
    for line in _answers(sys.stdin, messages):
        click.echo(line)


def _answers(lines: Iterable[str], messages: Messages) -> Iterator[str]:
    from normalizers.explain import phrase_reading

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
        except json.JSONDecodeError as error:
            raise ArgumentsError(messages.text("line_no_json", number=number, error=error)) from error
        text, marked, year = (
            (asked.get(key) for key in ("text", "marked", "fiscal_year")) if isinstance(asked, dict) else (None,) * 3
        )
        if not isinstance(text, str) or not isinstance(year, int | None):
            raise ArgumentsError(messages.text("line_needs_text", number=number))
        reading = phrase_reading(text, marked=bool(marked), fiscal_year=year)
        try:
            yield json.dumps(reading, ensure_ascii=False, allow_nan=False)
        except ValueError:
            # JSON knows no infinity; a number of hundreds of digits has no value here.
            plain = json.loads(json.dumps(reading, ensure_ascii=False), parse_constant=lambda _: None)
            yield json.dumps(plain, ensure_ascii=False)
