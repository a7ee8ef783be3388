"""What the commands share: how a situation is named, through what it is seen, and how errors are told."""

from __future__ import annotations

import functools
import glob
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import orjson
from rich.console import Console

from situation.answers import Lens
from situation.documents import read
from situation.errors import Fault, InputError, SituationError
from situation.loading import load
from situation.record import Record

__all__ = [
    "console",
    "find_situation",
    "home_of",
    "lens_options",
    "open_record",
    "situation_argument",
    "symbols_option",
    "tell_errors",
    "tell_json",
]

F = TypeVar("F", bound=Callable[..., Any])
SCENARIOS = Path("scenarios")


def console() -> Console:
    """The terminal: 100 columns where nobody looks, so that output to a file does not depend on a window."""
    found = Console(highlight=False, soft_wrap=False, markup=False)
    if not found.is_terminal:
        found = Console(highlight=False, markup=False, width=max(100, min(found.width, 160)))
    return found


def find_situation(name: str | None) -> Path:
    """The folder of a situation: a path, a name under `scenarios/`, or the only one there.

    Raises:
        Fault: there is none, or several.
    """
    if name is not None:
        for path in (Path(name), SCENARIOS / name):
            if path.exists():
                return path
        known = ", ".join(_situations()) or "none"
        raise Fault(f"{name}: There is no such situation.", f"Name a folder; under scenarios/ there is: {known}.")
    found = _situations()
    if len(found) == 1:
        return SCENARIOS / found[0]
    if not found:
        raise Fault("scenarios/: No situation is here.", "Run this in the project's folder, or name a folder.")
    raise Fault("scenarios/: Several situations are here.", f"Name one of: {', '.join(found)}.")


def _situations() -> list[str]:
    return sorted(path.parent.name for path in SCENARIOS.glob("*/map.yaml"))


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


def home_of(file: Path) -> Path:
    """The folder of a scenario's situation: its own; for a file elsewhere, the one that it names, or extends, or the only one.

    Raises:
        Fault: it names none, and there is none or more than one to choose from.
    """
    if (file.parent / "map.yaml").is_file():
        return file.parent
    document, _ = read(file)
    said = document.value if document and isinstance(document.value, dict) else {}
    named, parent = said.get("situation"), said.get("extends")
    if not isinstance(named, str) and isinstance(parent, str):
        homes = sorted(path.parent for path in SCENARIOS.glob(f"*/{glob.escape(parent)}.yaml"))
        if len(homes) == 1:
            return homes[0]
    return find_situation(named if isinstance(named, str) else None)
