"""What the commands share: common arguments and options, and the report of errors."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from situation.commands.endings import INTERRUPTED, STOPPED, OutOfMemory, ending_code
from situation.commands.output import note_handling, print_problem
from situation.errors import Fault, InputError, SituationError
from situation.record.alternatives.views import VIEW_KINDS, viewed
from situation.record.answers.state import Lens
from situation.record.beliefs.policies import BELIEFS
from situation.record.loading import load
from situation.record.record import Record
from situation.runs.ensembles import Interrupted
from situation.runs.finding import find_situation
from situation.testimony.disk.advice import UNNAMED, advice_for, unwritten_output
from situation.testimony.problem_lines import problem_lines

__all__ = [
    "check_order",
    "cores",
    "known_options",
    "lens_options",
    "mark_handling",
    "names_situation",
    "open_record",
    "release_named",
    "release_option",
    "report_errors",
    "situation_argument",
    "symbols_option",
    "whole_record_option",
]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def cores() -> int:
    """The number of processes that may run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_record(name: str | None, without: tuple[str, ...] = ()) -> Record:
    """Load the record of a situation that is named on the command line, as of the release, and by the view, named there."""
    record = viewed(load(find_situation(name), without=without, release=release_named()), _view_named())
    mark_handling(record)
    return record


def _view_named() -> str:
    lens: Lens | None = click.get_current_context().meta.get(_LENS)
    return "" if lens is None else lens.view


def release_option(function: _Function) -> _Function:
    """The option of the release: what is under embargo then is left out of all that is made."""
    option = click.option(
        "--release",
        metavar="T",
        expose_value=False,
        callback=_keep_release,
        help="Leave out what is under embargo at this time; without it nothing is left out.",
    )
    return option(function)


def _keep_release(context: click.Context, _: click.Parameter, value: str | None) -> None:
    context.meta[_RELEASE] = value


def release_named() -> str | None:
    """The release that the command line names; None: it names none."""
    named: str | None = click.get_current_context().meta.get(_RELEASE)
    return named


def mark_handling(record: Record, lens: Lens | None = None) -> None:
    """Have what the command prints bear the mark of the claims of a record that are known under a lens."""
    meta = click.get_current_context().meta
    view = lens or meta.get(_LENS) or Lens()
    note_handling(record.marked(view.known_at, view.carried))


_RELEASE = f"{__name__}.release"
_LENS = f"{__name__}.lens"


def situation_argument(function: _Function) -> _Function:
    """The argument SITUATION, which may be left out where only one exists."""
    return click.argument("situation", required=False)(function)


def lens_options(function: _Function) -> _Function:
    """The options of the lens: what was known, whose word is taken, by whose claims, what is left out."""
    belief = click.option("--belief", metavar="B", default="graded", show_default=True, help=_BELIEF)
    return belief(known_options(function))


def known_options(function: _Function) -> _Function:
    """The options of the lens without the belief."""
    options = (
        click.option(
            "--known-at", metavar="T", help="Use only what was known by then; a bare date means that day's end."
        ),
        click.option("--view", metavar="V", default="", help=_VIEW),
        click.option(
            "--as-carried", is_flag=True, help="Count a claim as known once it was published, not once it was said."
        ),
        click.option("--without", multiple=True, metavar="PART", help="Leave out this part of the record: background."),
        release_option,
    )
    for option in reversed(options):
        function = option(function)

    @functools.wraps(function)
    def with_lens(known_at: str | None, view: str, as_carried: bool, belief: str = "graded", **arguments: Any) -> Any:
        lens = click.get_current_context().meta[_LENS] = Lens(known_at, belief, as_carried, view)
        return function(lens=lens, **arguments)

    return with_lens  # type: ignore[return-value]  # click reads the options off the wrapped function


def whole_record_option(function: _Function) -> _Function:
    """Refuse `--view` where stories are simulated: they go on from the whole record, and not from one side's claims."""

    def refuse(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            raise click.UsageError(
                f"--view: Stories go on from the whole record, not from the claims of '{value}' alone. Read the record so with "
                f"'situation replay --view {value}', or simulate them by each belief with 'situation run SCENARIO --beliefs all'."
            )

    option = click.option("--view", metavar="V", hidden=True, expose_value=False, callback=refuse)
    return option(function)


_VIEW = f"Use the claims of one side alone: {', '.join(VIEW_KINDS)}."
_BELIEF = f"Whom to believe where claims differ: {', '.join(BELIEFS)}."


def symbols_option(function: _Function) -> _Function:
    """The option for further symbols on the page's map."""
    help_text = "Give the map of the page a switch to these symbols. They need the extra 'symbols'."
    return click.option("--symbols", type=click.Choice(["app6"]), help=help_text)(function)


_OPTIONS = {"waiting": "--max-queue", "stories": "--max-runs", "minutes": "--max-minutes"}
"""The options of arguments that have another name in the library."""


def names_situation(name: str) -> bool:
    """Whether a name is that of a situation."""
    try:
        find_situation(name)
    except Fault:
        return False
    return True


def check_order(command: str, cell: str | None, situation: str | None) -> None:
    """Say so where the situation stands before the cell.

    Raises:
        Fault: the two change places.
    """
    if cell is None or situation is None or Path(situation).exists():
        return
    if names_situation(cell) and not names_situation(situation):
        raise Fault(
            f"'{situation}' is no situation: the cell comes first.",
            f"Write: situation {command} {situation} {cell}",
        )


def _with_option(error: SituationError) -> str:
    """The text of an error, after the option of the argument that is to blame, where the command has one.

    An error that names no argument and begins with a value is about the one thing on the command line that was that value.
    """
    names = (_OPTIONS.get(error.argument, ""), f"--{error.argument.replace('_', '-')}")
    options = [it for it in click.get_current_context().command.params if isinstance(it, click.Option)]
    known = {name for option in options for name in option.opts}
    to_blame = next((name for name in names if name in known), "")
    quoted = _QUOTED.match(str(error))
    if not error.argument and quoted is not None:
        context = click.get_current_context()
        given = [
            it
            for it in context.command.params
            if it.name and context.params.get(it.name) == quoted[1] and context.get_parameter_source(it.name) in _GIVEN
        ]
        to_blame = given[0].opts[0] if len(given) == 1 and isinstance(given[0], click.Option) else ""
    return f"{to_blame}: {error}" if to_blame else str(error)


_GIVEN = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)
_QUOTED = re.compile(r"'([^']*)' ")
"""The value with which a fault begins: `'soon' is no date.`"""


_NO_ROOM = ("failed to map segment", "error return without exception set", "without setting an exception")
"""What is said where a library is loaded and memory runs out in it."""
_NO_MEMORY = "There is not enough memory. End other programs, or ask for less, and give the same command again."


def _check_folder() -> None:
    """Refuse to work in a folder that has been removed: nothing can be found or made by its name there.

    Raises:
        SituationError: it has been.
    """
    try:
        os.getcwd()
    except FileNotFoundError:
        raise SituationError("The folder that this was called in is gone. Change to one that is there.") from None


def report_errors(function: _Function) -> _Function:
    """Report errors on standard error: wrong input with exit code 1, a wrong argument with 2."""

    @functools.wraps(function)
    def reporting(*args: Any, **options: Any) -> Any:
        try:
            _check_folder()
            return function(*args, **options)
        except InputError as error:
            for problem in problem_lines(error.problems):
                print_problem(problem)
            count = len(error.problems)
            print_problem(f"{count:,} problem{'s' if count > 1 else ''}; nothing was written.")
        except Fault as fault:
            print_problem(_with_option(fault))
            raise SystemExit(2) from None
        except Interrupted as stopped:
            print_problem(str(stopped))
            raise SystemExit(stopped.code or INTERRUPTED) from None
        except KeyboardInterrupt as stopped:
            print_problem(STOPPED)
            raise SystemExit(ending_code(stopped)) from None
        except MemoryError:
            print_problem(_NO_MEMORY)
            raise OutOfMemory from None
        except (ImportError, SystemError) as error:
            if not any(words in str(error) for words in _NO_ROOM):
                raise
            print_problem(_NO_MEMORY)  # a library that found no room for itself
            raise OutOfMemory from None
        except SituationError as error:
            print_problem(_with_option(error))
        except BrokenPipeError:
            raise
        except OSError as error:
            named = f"{error.filename}: " if error.filename is not None else ""
            output = not named and error.errno in UNNAMED  # whatever is written to a file has its name
            refused = f"{named}The system refuses: {error.strerror}. {advice_for(error)}"
            print_problem(unwritten_output(error) if output else refused)
        raise SystemExit(1)

    return reporting  # type: ignore[return-value]
