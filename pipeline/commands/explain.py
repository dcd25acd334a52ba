"""``branch-plans explain``: how a phrase is read."""

from __future__ import annotations

import click


@click.command("explain", short_help="Show how a phrase is read.")
@click.argument("text")
def command(text: str) -> None:
    """Shows step by step how TEXT, a line of a plan, is read: words, numbers, and the fields of each aim.

    \b
    Example:
      branch-plans explain "■ KPI：② 現金給付等の申請に係る郵送化率を９５．０％以上とする"
    """
    from normalizers.explain import explain

    click.echo(explain(text))
