"""The command line ``branch-plans``: finds the command, and turns every error into one clear message."""

from __future__ import annotations

import atexit
import contextlib
import importlib
import os
import sys
from typing import Any

import click

from parsers.model.errors import BranchPlansError
from pipeline.exit_code import ExitCode
from pipeline.japanese_help import JapaneseFormatter, in_japanese
from pipeline.messages import Language, Messages, preferred_language, visible
from pipeline.run.progress import ToldInterruption
from pipeline.usage_errors import usage_error_line
from pipeline.version import __version__

COMMANDS = (
    "ingest",
    "sample",
    "inspect",
    "explain",
    "status",
    "verify",
    "query",
    "search",
    "export",
    "review",
    "identify",
    "forget",
)
"""Each is the function ``command`` of the module of that name in ``pipeline.commands``."""


class SystemRefusedError(BranchPlansError):
    """The operating system refused something that no part of the program foresaw."""


class _Commands(click.Group):
    """Imports a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"pipeline.commands.{cmd_name}").command
        return in_japanese(command, cmd_name) if _language(ctx) == "ja" else command

    def get_help(self, ctx: click.Context) -> str:
        if _language(ctx) == "en":
            return super().get_help(ctx)
        ctx.formatter_class = JapaneseFormatter
        return click.Group.get_help(in_japanese(self, "branch-plans"), ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; an error of this project's own or of the system is told in the language chosen."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if (
                error.ctx is None
                and ctx.invoked_subcommand
                and (asked := self.get_command(ctx, ctx.invoked_subcommand))
            ):
                error.ctx = asked.context_class(asked, parent=ctx, info_name=ctx.invoked_subcommand)
            raise
        except BranchPlansError as error:
            click.echo(f"branch-plans: {visible(error.text(_language(ctx)))}", err=True)
            ctx.exit(ExitCode.COULD_NOT_RUN)
        except BrokenPipeError:
            raise
        except OSError as error:
            refused = SystemRefusedError("system_refused", {"error": error}, where=str(error.filename or ""))
            click.echo(f"branch-plans: {visible(refused.text(_language(ctx)))}", err=True)
            ctx.exit(ExitCode.COULD_NOT_RUN)
        except KeyboardInterrupt as interruption:
            if not isinstance(interruption, ToldInterruption):
                click.echo(Messages(_language(ctx)).text("interrupted_otherwise"), err=True)
            raise ToldInterruption from interruption


def _language(ctx: click.Context) -> Language:
    asked = ctx.find_root().params.get("lang") or preferred_language()
    return "ja" if asked == "ja" else "en"


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="branch-plans")
@click.option(
    "--lang",
    type=click.Choice(["en", "ja"]),
    is_eager=True,
    help="Language of messages; by default that of the locale. Stands before the command.",
)
@click.pass_context
def branch_plans(ctx: click.Context, lang: str | None) -> None:  # noqa: ARG001 - read from the context
    """Turns the yearly business plans (PDF) of 協会けんぽ's branches into checked tables.

    \b
    Examples:
      branch-plans sample sample-corpus                 47 plans to try it on
      branch-plans ingest sample-corpus --output output
      branch-plans status output
    """
    ctx.obj = Messages(_language(ctx))


def run() -> int:
    """Runs the command line; gives the exit code."""
    stdout = sys.stdout
    try:
        code = branch_plans.main(prog_name="branch-plans", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            error.show()
        else:
            language = _language(context) if context is not None else preferred_language()
            click.echo(usage_error_line(error, Messages(language)), err=True)
        code = ExitCode.COULD_NOT_RUN
    except (click.Abort, KeyboardInterrupt) as interruption:
        # click gives its own error for Ctrl-C.
        if not isinstance(interruption.__cause__ or interruption, ToldInterruption):
            click.echo(Messages(preferred_language()).text("interrupted_otherwise"), err=True)
        code = ExitCode.INTERRUPTED
    except (BrokenPipeError, SystemExit) as ending:
        # click makes an exit of its own of a pipe that was closed while a command wrote, and mutes stdout.
        if isinstance(ending, SystemExit) and sys.stdout is stdout:
            raise
        # Whoever read the answer (head, less) has seen enough; nothing must be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.DONE
    return code if isinstance(code, int) else ExitCode.DONE


def main() -> None:
    """The program ``branch-plans``: runs the command line and ends the process with its exit code.

    Ends with ``os._exit``: tearing down the modules of the checks' libraries would take half a second.
    """
    code: int = ExitCode.COULD_NOT_RUN  # for an error nobody foresaw, which Python's own 1 would not tell from others

    def end() -> None:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)

    # Registered before all others and so called after them.
    atexit.register(end)
    code = run()
    sys.exit(code)
