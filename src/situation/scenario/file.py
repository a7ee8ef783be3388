"""A scenario's file, read strictly: what it extends laid under it, every part typed, every problem at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
from attrs import define, field

from situation.dates import Duration
from situation.errors import Fault, InputError, Problem, Where, near_miss, path_given
from situation.events import EVENTS, Event
from situation.record.loading import Survey, scenario_files, survey
from situation.record.record import Record
from situation.scenario.checks.given import GIVABLE
from situation.scenario.checks.scenario import OF_ANOTHER_SITUATION, check_scenario
from situation.scenario.orders import DOCTRINE_NAMES
from situation.scenario.parts import Branch, Condition, Conduct, Force, Given, Number, Plan, Scenario, Total
from situation.scenario.plugins import doctrines_with_source
from situation.scenario.problems import Problems, read_in_part
from situation.scenario.question import Fate, Fates, Question
from situation.scenario.written import text_as_written
from situation.testimony.codec import Codec
from situation.testimony.documents import Document, Path_, read
from situation.testimony.forms import Forms
from situation.testimony.ids import check_folder_id
from situation.testimony.mapkeys import is_situation
from situation.testimony.names import Names
from situation.testimony.strictness import no_keys, why_empty
from situation.testimony.tour import TourStop

__all__ = ["load_scenario", "read_scenario"]

TABLE_KEYS: Mapping[str, type] = {
    "given": Given,
    "actors": Conduct,
    "forces": Force,
    "totals": Total,
    "doctrines": Plan,
    "parameters": Number,
    "questions": Question,
}
"""Keys that hold a mapping by name; a scenario that extends another replaces or adds to it name by name."""
VALUE_KEYS: Mapping[str, Any] = {
    "scenario": str,
    "title": str,
    "about": str,
    "assumes": str,
    "situation": str,
    "extends": str,
    "branch": Branch,
    "horizon": Duration,
    "suggested_by": tuple[str, ...],
    "without": tuple[str, ...],
    "tour": tuple[TourStop, ...],
}
REQUIRED_KEYS = ("scenario", "title", "about", "situation", "branch", "horizon")
_FORMS = Forms(keys={Condition: {"equals": "is", "differs": "is_not"}}, own=(Event, Fates))


@define
class _ScenarioFile:
    """One scenario being read: its documents, the youngest first, and every problem so far.

    `faulty`: from a table to the names of its faulty entries; `mentioned`: every text in one; `partial`: what could be
    read of them, by table and name; `unread`: the paths to what could not be read.
    """

    codec: Codec
    documents: list[Document] = field(factory=list)
    problems: list[Problem] = field(factory=list)
    faulty: dict[str, frozenset[str]] = field(factory=dict)
    mentioned: set[str] = field(factory=set)
    partial: dict[str, dict[str, Any]] = field(factory=dict)
    unread: set[Path_] = field(factory=set)

    def home(self, *path: str | int) -> Document:
        """The youngest document that has something at a path."""
        for document in self.documents:
            here: Any = document.value
            for key in path:
                here = here.get(key) if isinstance(here, dict) else None
            if here is not None:
                return document
        return self.documents[0]

    def problem(self, path: Path_, fact: str, advice: str) -> None:
        """A problem at a path, in the document that it stands in."""
        home = self.home(*path[:2])
        if path not in home.odd:
            self.problems.append(Problem(home.where(path), fact, advice))

    def part(self, cls: Any, *path: str) -> Any:
        """The typed value at a path; None where there is none, or it is wrong."""
        document = self.home(*path)
        value: Any = document.value
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is None:
            return None
        if cls is str and isinstance(value, str) and (fault := why_empty(value)) is not None:
            self.problem(path, fault.fact, fault.advice)
            return None
        made, problems = self.codec.structure(document, path, value, cls)
        self.problems += problems
        if made is None and len(path) > 1:
            self.faulty[path[0]] = self.faulty.get(path[0], frozenset()) | {path[1]}
            self.mentioned.update(_texts(value))
            part = read_in_part(self.codec, document, path, cls, value, self.unread)
            if part is not None:
                self.partial.setdefault(path[0], {})[path[1]] = part
        return made

    def table(self, key: str) -> dict[str, Any]:
        """Every entry of a table by name, the oldest document's first; a name set to null is taken out."""
        names: dict[str, bool] = {}
        for document in reversed(self.documents):
            rows = document.value.get(key)
            if rows is None:
                continue
            if not isinstance(rows, dict):
                self.problems.append(
                    Problem(document.where((key,)), f"'{key}' is not a mapping.", "Write name: value under it.")
                )
                continue
            self._taken_out(document, key, names)
            names |= {name: row is not None for name, row in rows.items()}
        entries = {name: self.part(TABLE_KEYS[key], key, name) for name, present in names.items() if present}
        return {name: entry for name, entry in entries.items() if entry is not None}

    def _taken_out(self, document: Document, key: str, names: Mapping[str, bool]) -> None:
        """What a document takes out must be in the one under it; if that could not be read, nothing is reported."""
        if document.value.get("extends") is not None and len(self.documents) == 1:
            return
        for name, row in document.value[key].items():
            if row is None and name not in names and (key, name) not in document.odd:
                fact = f"There is no '{name}' under '{key}' to take out."
                advice = near_miss(name, names) or "Leave the line out."
                self.problems.append(Problem(document.where((key, name)), fact, advice))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a plain value."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(part)


def load_scenario(
    path: str | Path,
    record: Record | None = None,
    outside: Mapping[str, Callable[[Any], Any]] | None = None,
    name: str = "",
) -> Scenario:
    """Read a scenario, check it against its situation, and refuse it whole if anything in it is wrong.

    Args:
        path: the scenario's file; its situation is the folder that it lies in.
        record: the situation's record, where it has been loaded already.
        outside: doctrines from outside, by name: functions from a view to orders, each at the top of a module.
        name: how to call the file in problems; the path where left out.

    Raises:
        InputError: every problem of the file, and of the situation where it has any.
    """
    file = path_given(path, "path")
    seen = survey(file.parent) if record is None else Survey.of(record)
    scenario, problems = read_scenario(path, seen, outside, name)
    if scenario is None or seen.problems:
        raise InputError([*problems, *(seen.problems if Path(path).exists() else ())])
    return scenario


def read_scenario(
    path: str | Path, seen: Survey, outside: Mapping[str, Callable[[Any], Any]] | None = None, name: str = ""
) -> tuple[Scenario | None, list[Problem]]:
    """A scenario, and every problem of it as far as its situation could be read; with a problem there is no scenario.

    Args:
        seen: the situation. Of a faulty map only the names count, and of a faulty record nothing.
        path, outside, name: as `load_scenario` has them.
    """
    file = Path(path)
    shown = name or str(path)
    own = file.parent if is_situation(file.parent) else None
    document, problems = read(file, shown, own)
    if document is None or not isinstance(document.value, dict):
        fact, advice = no_keys(document and document.value), "Begin with lines such as 'scenario: NAME' and 'branch:'."
        return None, problems or [Problem(Where(shown), fact, advice)]
    if seen.names is None:
        return None, problems
    reading = _ScenarioFile(_codec(seen.names), [document], list(problems))
    _extended(reading, file, document, seen.home)
    outsiders = doctrines_with_source(outside or {})
    values, tables = _typed(reading)
    if seen.ground is None:
        return None, reading.problems
    checks = Problems(
        reading.problem, reading.faulty, frozenset(reading.mentioned), reading.partial, frozenset(reading.unread)
    )
    scenario = None
    try:
        names, written = {*DOCTRINE_NAMES, *outsiders}, document.value.get("parameters")
        scenario = check_scenario(checks, seen.ground, seen.record, names, values, tables, written)
    except Fault as fault:
        if fault.under == OF_ANOTHER_SITUATION:
            reading.problems.clear()
        reading.problem(fault.under, fault.fact, fault.advice)
    if scenario is None or reading.problems:
        return None, reading.problems
    named = {step for plan in scenario.doctrines.values() for step in (plan.doctrine, *(one.to for one in plan.switch))}
    used = {name: doctrine for name, doctrine in outsiders.items() if name in named}
    withheld = frozenset[str]() if seen.record is None else seen.record.withheld
    text = text_as_written(file, own, document.value, withheld)
    return attrs.evolve(scenario, file=shown, text=text, outside=used), []


def _codec(names: Names) -> Codec:
    codec = Codec(names, forms=_FORMS)
    codec.own = {Event: lambda value: _event(codec, value), Fates: lambda value: _fates(codec, value)}
    return codec


def _fates(codec: Codec, value: Any) -> Fates:
    """One fate, or a list of them."""
    kind: Any = list[Fate]
    return tuple(codec.plainly(value, kind)) if isinstance(value, list) else (codec.plainly(value, Fate),)  # type: ignore[arg-type]


def _event(codec: Codec, value: Any) -> Any:
    if not isinstance(value, dict) or "event" not in value:
        raise Fault("This is no event.", "Write {event: StanceChanged, ...}.")
    name, rest = value["event"], {key: given for key, given in value.items() if key != "event"}
    if not isinstance(name, str) or name not in EVENTS:
        known = [cls.__name__ for cls in GIVABLE]
        raise Fault(
            f"There is no event type '{name}'.", near_miss(str(name), known) or f"Use one of: {', '.join(known)}."
        )
    return codec.plainly(rest, EVENTS[name])


def _extended(reading: _ScenarioFile, file: Path, document: Document, home: Path | None) -> None:
    """Lay the scenario that this one extends under it: one level, and no cycle. It lies beside it, or in `home`."""
    parent = document.value.get("extends")
    if parent is None:
        return
    if not isinstance(parent, str):
        reading.problem(("extends",), "'extends' is not the name of a scenario.", "Write a name, such as baseline.")
        return
    if parent == file.stem:
        reading.problem(("extends",), f"'{parent}' extends itself: a cycle.", "Name another scenario, or none.")
        return
    try:
        check_folder_id(parent)
    except Fault as fault:
        reading.problem(("extends",), fault.fact, "Name a scenario of the same folder, without '.yaml'.")
        return
    beside, at_home = (folder / f"{parent}.yaml" for folder in (file.parent, home or file.parent))
    above = beside if beside.exists() else at_home
    if not above.exists():
        others = [other.stem for other in scenario_files(above.parent)]
        hint = near_miss(parent, others) or "Name a scenario of the same folder, without '.yaml'."
        reading.problem(("extends",), f"There is no scenario '{parent}'.", hint)
        return
    shown = f"{document.file.rpartition('/')[0]}/{above.name}".lstrip("/") if "/" in document.file else above.name
    shown = (f"/{shown}" if document.file.startswith("/") else shown) if above == beside else str(above)
    under, problems = read(above, shown, above.parent)
    reading.problems += problems
    if under is None or not isinstance(under.value, dict):
        return
    further = under.value.get("extends")
    if further == file.stem:
        reading.problem(("extends",), f"'{parent}' extends '{file.stem}' in turn: a cycle.", "Break it at one end.")
    elif further is not None:
        fact = f"'{parent}' itself extends '{further}', and one level is the most."
        reading.problem(("extends",), fact, f"Extend '{further}', and write out the difference.")
    else:
        reading.documents.append(under)


def _typed(reading: _ScenarioFile) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parts of a scenario: plain values by key, and tables by key and name."""
    known = [*VALUE_KEYS, *TABLE_KEYS]
    whole = len(reading.documents) > 1 or reading.documents[0].value.get("extends") is None
    for document in reading.documents:
        for key in document.value:
            if key not in known:
                hint = near_miss(key, known) or f"Its keys are: {', '.join(known)}."
                reading.problems.append(Problem(document.where((key,)), f"A scenario has no key '{key}'.", hint))
    for key in REQUIRED_KEYS if whole else ():
        if all(document.value.get(key) is None for document in reading.documents):
            reading.problems.append(
                Problem(reading.documents[0].where(), f"The key '{key}' is missing.", "A scenario needs it.")
            )
    return {key: reading.part(cls, key) for key, cls in VALUE_KEYS.items()}, {
        key: reading.table(key) for key in TABLE_KEYS
    }
