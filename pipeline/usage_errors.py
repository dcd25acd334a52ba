"""What is wrong with the arguments of a command, in one line of the language chosen."""

from __future__ import annotations

from typing import Any

import click

from pipeline.japanese_help import in_japanese
from pipeline.messages import Messages, visible


class ArgumentsError(click.UsageError):
    """Arguments that do not go together; its message is in the language chosen already."""


def usage_error_line(error: click.ClickException, messages: Messages) -> str:
    """The command, what is wrong, and its usage, told by the kind of the error and not by click's words."""
    what = " ".join(_what(error, messages).split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return f"branch-plans: {visible(what)}"
    command = context.command
    if messages.language == "ja" and isinstance(command, click.Group):
        command = in_japanese(command, "branch-plans")
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    return messages.text("usage_line", command=context.command_path, what=what, usage=usage)


def _what(error: click.ClickException, messages: Messages) -> str:
    match error:
        case ArgumentsError():
            return error.message
        case click.NoSuchOption():
            return _unknown("usage_no_option", error.option_name, error.possibilities, messages)
        case click.NoSuchCommand():
            return _unknown("usage_no_command", error.command_name, error.possibilities, messages)
        case click.MissingParameter():
            return messages.text("usage_missing", name=_name(error))
        case click.BadParameter():
            return messages.text("usage_bad_value", name=_name(error), wanted=_wanted(error, messages))
        case click.BadOptionUsage():
            key = "usage_no_value_wanted" if _is_flag(error) else "usage_value_wanted"
            return messages.text(key, name=error.option_name)
    if type(error) is click.UsageError and error.ctx is not None:  # click has no kinds of their own for these
        is_group = isinstance(error.ctx.command, click.Group)
        return messages.text("usage_no_command_given" if is_group else "usage_too_many")
    return messages.text("usage_other", words=error.format_message())


def _unknown(key: str, name: str, near: Any, messages: Messages) -> str:
    meant = messages.text("usage_meant", names=" ".join(near)) if near else ""
    return messages.text(key, name=name) + meant


def _name(error: click.BadParameter) -> str:
    if error.param is not None and error.ctx is not None:
        return error.param.get_error_hint(error.ctx)
    hint = error.param_hint or ""
    return hint if isinstance(hint, str) else " ".join(hint)


def _wanted(error: click.BadParameter, messages: Messages) -> str:
    """What a value must be, by the type of its parameter."""
    kind = error.param.type if error.param is not None else None
    match kind:
        case click.Choice():
            return messages.text("usage_choice", choices=" ".join(map(str, kind.choices)))
        case click.IntRange() | click.FloatRange():
            bounds = {"least": kind.min, "most": kind.max}
            which = "_".join(name for name, bound in bounds.items() if bound is not None)
            return messages.text(f"usage_{'whole' if isinstance(kind, click.IntRange) else 'number'}_{which}", **bounds)
        case click.types.IntParamType():
            return messages.text("usage_whole")
        case click.File():
            return messages.text("usage_text")
        case click.Path():
            return messages.text("usage_file" if kind.file_okay else "usage_folder")
    return messages.text("usage_words", words=error.message)


def _is_flag(error: click.BadOptionUsage) -> bool:
    options = error.ctx.command.params if error.ctx is not None else []
    return any(isinstance(p, click.Option) and p.is_flag and error.option_name in p.opts for p in options)
