"""The help of the commands in Japanese."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import click

from parsers.model.data_file import read_data

_HEADINGS = {"Options": "オプション", "Commands": "コマンド", "Arguments": "引数"}


class JapaneseFormatter(click.HelpFormatter):
    """Writes usage and headings in Japanese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "使い方: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class JapaneseContext(click.Context):
    """Its help is in Japanese."""

    formatter_class = JapaneseFormatter


def in_japanese(command: click.Command, name: str) -> click.Command:
    """A copy of ``command`` with the help that the table has for ``name``."""
    texts = _texts()[name]
    translated = copy.copy(command)
    translated.help = texts["help"]
    translated.short_help = texts.get("short")
    translated.context_class = JapaneseContext
    translated.options_metavar = "[オプション]"
    if isinstance(translated, click.Group):
        translated.subcommand_metavar = "コマンド [引数]..."
    translated.params = [_translated(parameter, texts.get("options", {})) for parameter in command.params]
    translated.add_help_option = False
    translated.params.append(
        click.Option(
            ["-h", "--help"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            help="この説明を表示して終わります。",
            callback=_show_help,
        )
    )
    return translated


def _translated(parameter: click.Parameter, texts: dict[str, str]) -> click.Parameter:
    translated = copy.copy(parameter)
    if isinstance(translated, click.Option):
        translated.help = texts[str(translated.name)]
        if translated.show_default:
            translated.show_default = False
            translated.help += f"［既定: {parameter.default}］"
    return translated


def _show_help(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


@cache
def _texts() -> dict[str, Any]:
    # pydantic takes a tenth of a second to import; help in English does without it.
    from pydantic import BaseModel, ConfigDict, RootModel

    class Help(BaseModel):
        """The help of one command, in full and in short, and of its options."""

        model_config = ConfigDict(extra="forbid")

        help: str
        short: str | None = None
        options: dict[str, str] = {}

    table = read_data("pipeline", "help_ja.toml", RootModel[dict[str, Help]]).root
    return {name: texts.model_dump(exclude_none=True) for name, texts in table.items()}
