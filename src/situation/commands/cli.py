"""The command line: `situation`, its commands by name, and where each lies. A command is loaded when it is asked for."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

import click

from situation.commands.endings import STOPPED, end_cleanly, ending_code
from situation.testimony.disk.advice import unwritten_output

__all__ = ["COMMANDS", "main"]

COMMANDS: Final = {
    "battle": "One engagement, to compare the rules with theory and published battles.",
    "beliefs": "Every question under every belief, and the share of cells whose value changes.",
    "brief": "One to two pages about a run, to be sent as they are: Markdown, HTML, PDF or JSON.",
    "calibrate": "Narrow a scenario's numbers by what the record says up to a day.",
    "changes": "What is known differently at a later time, and because of which claims.",
    "check": "Every problem in records and scenarios, with its file and line.",
    "claims": "Every claim: who says what, where, and how it is graded.",
    "compare": "Two scenarios on the same luck: paired differences, and where their stories part.",
    "dashboard": "The page of a run folder, made anew from its tables; and pictures of it.",
    "disputes": "What the sources disagree on, and what the state contradicts.",
    "engine": "Whether compiled kernels are available and ready, and to compile them ahead of time.",
    "import": "Turn event files of UCDP, ACLED or your own into claims.",
    "join": "Join the parts of a run that several machines have simulated.",
    "new": "Begin a situation of your own in a commented folder, or copy an example.",
    "plugins": "Doctrines and formats of event files: the project's own, and those of installed packages.",
    "replay": "The documented sequence as a timeline, and its page.",
    "run": "Many stories of one scenario: its questions with odds, intervals and words.",
    "schema": "The form of a scenario's file as JSON Schema, for editors.",
    "score": "A run against what a later record says, beside forecasts without a model.",
    "seal": "Record a run's digests before the outcome is known, to be scored later.",
    "serve": "The runs in a browser, with a form that starts scenarios and compares them.",
    "sources": "Which reports the answers depend on: the questions with each source left out.",
    "state": "Who held what, and with what, at a time.",
    "sweep": "Which numbers of a scenario move its answers, and which do not.",
    "totals": "How many were killed, wounded or taken prisoner, with low, best and high.",
    "verify": "The program against results known exactly: what, expected, got, tolerance.",
    "why": "Why a cell has its value: the rule that decided, and the claims for and against.",
}
"""What each command does, in a line."""
_FILES: Final = {"import": "imports"}
"""Where a command lies whose name is a word of Python; any other lies in the file of its name."""
_WORDS_FOR_HELP: Final = 2
"""Words of a call for a command's help: its name, and `--help`."""
_RARELY: Final = (100_000, 20, 20)
"""After how many new objects, and rounds of that, circles of objects are looked for: a record holds millions, and few circles."""


class _ClosedOutput(io.TextIOBase):
    """An output that the caller has closed."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def writable(self) -> bool:
        """It is asked to be written to."""
        return True

    def write(self, text: str) -> int:
        """Refuse what is written.

        Raises:
            OSError: always.
        """
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


class _CommandGroup(click.Group):
    """Commands of which each is loaded when it is asked for, and whose output any terminal, pipe or file can take."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command; what the encoding of its output lacks is written as an escape.

        An output that the caller has closed (`>&-`) is one that cannot be written, as other programs have it.
        """
        if sys.stdout is None:
            os.open(os.devnull, os.O_RDONLY)  # else the next file that is opened would stand for the output
            sys.stdout = _ClosedOutput()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        gc.set_threshold(*_RARELY)
        try:
            return super().main(*arguments, **options)
        except BrokenPipeError:
            raise
        except OSError as error:  # of click's own output, such as a help text
            click.echo(unwritten_output(error), err=True)
            raise SystemExit(1) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Load the command, and run it; where it is ended before it can say so itself, say it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stopped:
            click.echo(STOPPED, err=True)
            raise SystemExit(ending_code(stopped)) from None

    def command(self, name: str, **options: Any) -> Callable[[Callable[..., Any]], click.Command]:  # type: ignore[override]
        """Add a command of the table."""
        return super().command(name, short_help=COMMANDS[name], **options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        if cmd_name in COMMANDS:
            import_module(f"situation.commands.{_FILES.get(cmd_name, cmd_name)}")
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A command by its name; where its help alone is asked for, one that has no more than that."""
        if len(args) == _WORDS_FOR_HELP and args[0] in COMMANDS and args[1] in ctx.help_option_names:
            from situation.commands.kept_help import HelpOnly

            return args[0], HelpOnly(args[0]), args[1:]
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(cls=_CommandGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="situation", message="situation %(version)s")
def main() -> None:
    """Who held what, when? Who says so, and who disagrees? What was known on the day?

    Times are dates (2017-11-03: that day's end, local time) or minutes (2017-11-03T14:00, with Z for UTC). SITUATION is
    a folder, or a name under scenarios/; it may be left out where only one exists.
    """
    end_cleanly()
