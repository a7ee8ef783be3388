"""What the commands share: how a situation is named, through what it is seen, and how errors are told."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click
import orjson
from rich.console import Console

from situation.errors import Fault, InputError, SituationError
from situation.record.answers import Lens
from situation.record.loading import load
from situation.record.record import Record
from situation.runs.ensembles import Stopped
from situation.runs.finding import find_situation

__all__ = [
    "console",
    "lens_options",
    "open_record",
    "situation_argument",
    "symbols_option",
    "tell_errors",
    "tell_json",
]

F = TypeVar("F", bound=Callable[..., Any])


def console() -> Console:
    """The terminal: 100 columns where nobody looks, so that output to a file does not depend on a window."""
    found = Console(highlight=False, soft_wrap=False, markup=False)
    if not found.is_terminal:
        found = Console(highlight=False, markup=False, width=max(100, min(found.width, 160)))
    return found


def open_record(name: str | None, without: tuple[str, ...]) -> Record:
    """Load the record of a situation that is named on the command line."""
    return load(find_situation(name), without=without)


def situation_argument(function: F) -> F:
    """The argument SITUATION, which may be left out where only one exists."""
    return click.argument("situation", required=False)(function)


def lens_options(function: F) -> F:
    """The options that say through what the record is seen."""
    options = (
        click.option("--known-at", metavar="T", help="By when it was known; a bare date means that day's end."),
        click.option("--belief", metavar="B", default="graded", show_default=True, help=_BELIEF),
        click.option(
            "--as-carried", is_flag=True, help="Know claims from their publication, not from when they were said."
        ),
        click.option("--without", multiple=True, metavar="PART", help="Leave a part of the record out: background."),
    )
    for option in reversed(options):
        function = option(function)

    @functools.wraps(function)
    def seen(known_at: str | None, belief: str, as_carried: bool, **given: Any) -> Any:
        return function(lens=Lens(known_at, belief, as_carried), **given)

    return seen  # type: ignore[return-value]  # click reads the options off the wrapped function


_BELIEF = "Whose word is taken: graded, first-report, latest or two-origins."


def symbols_option(function: F) -> F:
    """The option that gives the page's map further symbols beside its own shapes."""
    told = "Give the map of the page a switch to these symbols. They need the extra 'symbols'."
    return click.option("--symbols", type=click.Choice(["app6"]), help=told)(function)


def tell_errors(function: F) -> F:
    """Turn wrong input into its problems on standard error and exit code 1; a wrong word on the command line, into 2."""

    @functools.wraps(function)
    def told(*args: Any, **given: Any) -> Any:
        try:
            return function(*args, **given)
        except InputError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            count = len(error.problems)
            click.echo(f"{count} problem{'s' if count > 1 else ''}; nothing was written.", err=True)
        except Fault as fault:
            click.echo(str(fault), err=True)
            raise SystemExit(2) from None
        except Stopped as stopped:
            click.echo(str(stopped), err=True)
            raise SystemExit(130) from None
        except SituationError as error:
            click.echo(str(error), err=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            click.echo(f"The answer cannot be written: {error.strerror}. Write it elsewhere.", err=True)
        raise SystemExit(1)

    return told  # type: ignore[return-value]


def tell_json(answer: Any) -> None:
    """Print an answer as JSON, with its keys in their documented order."""
    click.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
