"""The readers that are attacked, and their law: an answer, or what is wrong and what to do, and never a traceback."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.dates import DAY
from situation.errors import InputError, Problem, harmless
from situation.record.loading import Survey, survey
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.file import read_scenario
from situation.story.stage import stage_of
from situation.story.story import tell
from tests.attack.subjects import Files, Subject

__all__ = ["LAWS", "LONGEST_SECONDS", "BrokenLaw", "bounded", "check_problem", "read_by_all"]

LONGEST_SECONDS = 60
"""The longest of a core that a reader may take for one small folder: a loop without end is noticed by this."""
_TOLD = 1 / 5
"""Of how many plans that are accepted a story is told: it costs ten times what reading the plan does."""
_WAITED = 20
"""How many times as long it may wait, on a machine with other work: waiting without end is noticed by this."""
LAWS = (
    "ends in an answer, or with exit code 1 or 2 and what is wrong",
    "each problem names its file, a fact, and what to do",
    "no control character and no mark of direction is printed raw",
    f"takes no more than {LONGEST_SECONDS} seconds of a core",
    "what an import writes passes the check",
)


class BrokenLaw(AssertionError):
    """A reader broke a law."""


def _law(holds: object, told: str) -> None:
    if not holds:
        raise BrokenLaw(told)


@contextmanager
def bounded(what: str) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise BrokenLaw(f"{what} took more than {LONGEST_SECONDS} seconds")

    clocks = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
    before = {number: signal.signal(number, stop) for number in clocks}
    signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS * _WAITED)
    try:
        yield
    finally:
        for number, clock in clocks.items():
            signal.setitimer(clock, 0)
            signal.signal(number, before[number])


def command(*words: str) -> Result:
    """A command in this process, by the law."""
    shown = f"situation {' '.join(words)}"
    with bounded(shown):
        result = CliRunner().invoke(main, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise BrokenLaw(f"{shown}: a traceback") from result.exception
    _law(result.exit_code in (0, 1, 2), f"{shown}: exit code {result.exit_code}")
    _law(harmless(result.output) == result.output, f"{shown}: prints a harmful character: {result.output!r:.2000}")
    _law(result.exit_code == 0 or result.output.strip(), f"{shown}: fails without a word")
    return result


_SENTENCE = re.compile(r"\S.*[.?!]", re.DOTALL)


def check_problem(problem: Problem) -> None:
    """A problem by the law."""
    text = str(problem)
    _law("\n" not in text and harmless(text) == text and len(text) < 2000, f"no line of a terminal: {text!r:.3000}")
    _law(problem.at.file and _SENTENCE.fullmatch(problem.fact), f"no fact at a place: {text!r}")
    _law(_SENTENCE.fullmatch(problem.advice), f"not said what to do: {text!r}")


def _problems(result: Result) -> list[Problem]:
    """What `check --json` found, each by the law."""
    found = []
    for answer in json.loads(result.stdout)["situations"]:
        for row in (*answer["problems"], *answer["warnings"]):
            found.append(_row(row))
            check_problem(found[-1])
    return found


def _row(row: Mapping[str, Any]) -> Problem:
    from situation.errors import Where

    return Problem(Where(row["file"], row["line"], row["col"]), row["fact"], row["advice"])


_ANSWERS: Final[tuple[tuple[str, ...], ...]] = (
    ("state",),
    ("disputes", "--all"),
    ("beliefs", "--all"),
    ("totals", "--by", "actor,place,month"),
    ("totals", "--of", "wounded"),
    ("claims",),
    ("changes", "--known-from", "2020-03-12"),
    ("changes", "--known-from", "1974-05-01"),
    ("state", "--belief", "latest", "--as-carried"),
    ("state", "--belief", "conservative", "--known-at", "2020-03-13"),
    ("disputes", "--known-at", "1974-05-01"),
    ("check", "--release", "2020-03-20"),
)


def _situation(folder: Path, subject: Subject, rng: Random) -> str:
    """A folder by `check`; where it is sound, by two commands that answer, by `why` of some cell, and by a story of its plan."""
    checked = command("check", str(folder), "--json")
    if checked.exit_code == 2:
        return "refused"
    problems = _problems(checked)
    if rng.random() < 0.1:
        command("check", str(folder))
    if checked.exit_code:
        return "refused"
    for words in rng.sample(_ANSWERS, 2):
        command(words[0], str(folder), *words[1:], *rng.choice(((), ("--json",))) if words[0] != "check" else ())
    seen = survey(folder)
    if seen.record is not None:
        cells = sorted({change.cell for change in seen.record.history()})
        if cells:
            command("why", rng.choice(cells), str(folder), *rng.choice(((), ("--json",))))
        for plan in sorted(folder.glob("plan*.yaml")):
            _plan(plan, seen, rng)
    return "warned" if problems else "accepted"


def _plan(path: Path, seen: Survey, rng: Random) -> str:
    """A scenario, and where it is sound the first days of one of its stories."""
    with bounded(str(path)):
        scenario, problems = read_scenario(path, seen)
        for problem in problems:
            check_problem(problem)
        if scenario is None or seen.record is None:
            return "refused"
        if rng.random() < _TOLD:
            _story(scenario, seen.record, rng.randrange(1000))
    return "accepted"


def _story(scenario: Scenario, record: Record, seed: int) -> None:
    tell(stage_of(scenario, record), seed, until=min(scenario.end, scenario.at + 12 * DAY))


@cache
def _home(folder: Path) -> Survey:
    return survey(folder)


def _scenarios(folder: Path, subject: Subject, rng: Random) -> str:
    """Plans beside a situation that stays as it is: those that were mutated, and those that extend them."""
    assert subject.home is not None
    ends = set()
    for path in sorted(folder.glob("*.yaml")):
        if path.read_bytes() != subject.files.get(path.name):
            ends.add(_plan(path, _home(subject.home), rng))
    return min(ends, default="accepted", key=("refused", "accepted").index)


_IMPORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "ucdp.csv": ("ucdp",),
    "acled.csv": ("acled",),
    "rows.csv": ("csv",),
}


def _import(folder: Path, subject: Subject, rng: Random) -> str:
    """Event files into a new situation, which then passes the check."""
    name = next(name for name in _IMPORTS if name in subject.files)
    words = ["import", *_IMPORTS[name], str(folder / name), "--new", "made", "--into", str(folder / "made")]
    words += ["--map", str(folder / "mapping.yaml")] if name == "rows.csv" else []
    made = command(*words, *rng.choice(((), ("--skip-bad",), ("--skip-bad", "--join"))), "--json")
    if made.exit_code:
        return "refused"
    told = command("check", str(folder / "made"), "--json")
    _law(told.exit_code == 0, f"what was imported is refused: {told.output}")
    _problems(told)
    command("state", str(folder / "made"))
    return "warned" if json.loads(made.stdout)["rejected"] else "accepted"


_READERS: Final[Mapping[str, Callable[[Path, Subject, Random], str]]] = {
    "situation": _situation,
    "scenario": _scenarios,
    "import": _import,
}


def read_by_all(files: Files, subject: Subject, folder: Path, rng: Random) -> str:
    """Write files to a folder and have every reader of their kind read them.

    Args:
        files: the content of each.
        subject: what they were before they were mutated.
        folder: an empty folder.
        rng: draws which commands are tried on a sound folder.

    Returns:
        `refused`, `accepted`, or `warned`: accepted with a warning or with rows left out.

    Raises:
        BrokenLaw: one of `LAWS` does not hold.
        Exception: whatever a reader raised: a traceback.
    """
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    try:
        return _READERS[subject.kind](folder, subject, rng)
    except InputError as error:
        for problem in error.problems:
            check_problem(problem)
        return "refused"
