"""The scenarios that can be started: those of the situation, and those changed by hand in the served edition."""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from attrs import define, field, frozen

from situation.errors import Fault, InputError, SituationError
from situation.record.loading import PARTS, load, scenario_files
from situation.record.record import Record
from situation.runs.finding import changed_folder
from situation.runs.identity import scenario_as_run
from situation.scenario import Scenario, load_scenario
from situation.scenario.plugins import outside_doctrines
from situation.serving.forms.number_rows import FormNumber, form_numbers
from situation.serving.settings import Settings
from situation.serving.shelf import ListedRun, questions_digest, stamp_of
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.places import put_file, remove
from situation.testimony.problem_lines import problem_lines

__all__ = ["Library", "ListedScenario", "situation_stamp"]

_OF_SITUATION = re.compile(r".*\.yaml|.*\.jsonl|NOTICE|ground\.json", re.DOTALL)
"""Files of a situation beside its imports."""
_FORMS_REMEMBERED = 64
"""Scenarios whose numbers are remembered once their forms were shown."""
_SCENARIO_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")
"""Valid names of a scenario's file, since run folders are named after it."""
_ODD_NAME = "The file's name holds more than letters, digits, '.', '-' and '_' of ASCII. Rename it."


@frozen
class ListedScenario:
    """A scenario's file: its scenario, or why it cannot be read.

    `text_digest`, `questions_digest`: of the file, and of its branch and questions, as its runs have them.
    """

    name: str
    file: Path
    changed: bool
    scenario: Scenario | None
    problem: str = ""
    text_digest: str = ""
    questions_digest: str = ""

    @property
    def text(self) -> str:
        """The text of its file, without what is under embargo at the server's release; empty where it is no scenario."""
        return "" if self.scenario is None else self.scenario.text

    @property
    def title(self) -> str:
        """The scenario's title; the name of its file where it cannot be read."""
        return self.scenario.title if self.scenario is not None else self.name


@define
class Library:
    """The situation's folder and that of its changed scenarios, read again whenever a file of them has changed (`stamp_of`)."""

    settings: Settings
    _records: dict[tuple[str, ...], tuple[str, Record]] = field(factory=dict)
    _listed: dict[Path, tuple[str, ListedScenario]] = field(factory=dict)
    _numbers: dict[str, tuple[Scenario, Mapping[str, FormNumber]]] = field(factory=dict)

    def record(self, without: tuple[str, ...] = ()) -> Record:
        """The situation's record.

        Raises:
            InputError: every problem of its files.
        """
        return self._record(self._stamp(), without)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the record that can be left out."""
        return tuple(part for part in PARTS[1:] if part in self.record().parts)

    @property
    def folder(self) -> Path:
        """Where this situation's changed scenarios are kept."""
        return changed_folder(self.settings.runs, self.record().ground.situation)

    def scenarios(self) -> dict[str, ListedScenario]:
        """Every scenario by its name: first the situation's, then the changed ones."""
        stamp = self._stamp()
        record = self._record(stamp, ())
        files = [(file, False) for file in sorted(scenario_files(self.settings.situation), key=_name)]
        files += [(file, True) for file in self._changed()]
        scenarios: dict[str, ListedScenario] = {}
        for file, changed in files:
            if file.stem not in scenarios:
                scenarios[file.stem] = self._scenario(file, changed, stamp, record)
        return scenarios

    def _changed(self) -> list[Path]:
        """The files of changed scenarios, by name; a link among them may lead anywhere."""
        return sorted((file for file in self.folder.glob("*.yaml") if not file.is_symlink()), key=_name)

    def numbers(self, scenario: Scenario) -> Mapping[str, FormNumber]:
        """The numbers of a scenario that can be changed, by their keys, in the order of the form."""
        known = self._numbers.get(scenario.id)
        if known is None or known[0] is not scenario:
            if len(self._numbers) >= _FORMS_REMEMBERED:
                self._numbers.clear()
            known = (scenario, form_numbers(scenario, self.record().ground))
            self._numbers[scenario.id] = known
        return known[1]

    def twins(self, runs: Iterable[ListedRun]) -> frozenset[str]:
        """The names of the runs that a comparison made as a baseline of its own.

        Such a run is of a scenario that is here, but with the branch or the questions of another.
        """
        known = {
            name: (listed.text_digest, listed.questions_digest)
            for name, listed in self.scenarios().items()
            if listed.text_digest
        }
        pairs = [(run, known.get(run.scenario, ("", ""))) for run in runs]
        return frozenset(
            run.name
            for run, (text, asks) in pairs
            if run.text_digest and run.text_digest == text and run.questions_digest != asks
        )

    def file(self, name: str) -> Path:
        """Where a changed scenario is kept."""
        return self.folder / f"{name}.yaml"

    def keep(self, name: str, text: str, needed: Collection[Path] = ()) -> str:
        """Store a changed scenario. Where there are too many, the oldest without a run folder is removed.

        Args:
            name, text: of the scenario.
            needed: files that must stay.

        Returns:
            The name of the removed scenario; empty where none was.

        Raises:
            Fault: there are too many, and none may be removed.
            SituationError: it cannot be written.
        """
        file = self.file(name)
        gone = None if file.is_file() else self._oldest_unused(needed)
        try:
            put_file(file, text.encode())
            if gone is not None:
                remove(gone)
        except OSError as error:
            fact = f"{file}: The scenario cannot be written: {error.strerror}."
            raise SituationError(f"{fact} {advice_for(error)}") from error
        return gone.stem if gone is not None else ""

    def _oldest_unused(self, needed: Collection[Path]) -> Path | None:
        """The changed scenario to remove before another is stored; None where there is room."""
        most, files = self.settings.limits.changed, self._changed()
        if len(files) < most:
            return None
        for file in sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name)):
            run = any(self.settings.runs.glob(f"{glob.escape(file.stem)}-*/manifest.json"))
            if not run and file not in needed:
                return file
        raise Fault(f"{most:,} changed scenarios are kept, each with its run.", f"Remove some from {self.folder}.")

    def _record(self, stamp: str, without: tuple[str, ...]) -> Record:
        stamped = self._records.get(without)
        if stamped is None or stamped[0] != stamp:
            stamped = (stamp, load(self.settings.situation, without=without, release=self.settings.release))
            self._records[without] = stamped
        return stamped[1]

    def _scenario(self, file: Path, changed: bool, situation: str, record: Record) -> ListedScenario:
        if not _SCENARIO_NAME.fullmatch(file.stem):
            return ListedScenario(file.stem, file, changed, None, _ODD_NAME)
        stamp = f"{situation} {stamp_of(file)}"
        stamped = self._listed.get(file)
        if stamped is None or stamped[0] != stamp:
            try:
                scenario = load_scenario(file, record, outside_doctrines())
                text = hashlib.sha256(scenario.text.encode()).hexdigest()
                listed = ListedScenario(
                    file.stem, file, changed, scenario, "", text, questions_digest(scenario_as_run(scenario))
                )
            except InputError as error:
                listed = ListedScenario(file.stem, file, changed, None, "\n".join(problem_lines(error.problems)))
            stamped = (stamp, listed)
            self._listed[file] = stamped
        return stamped[1]

    def _stamp(self) -> str:
        return situation_stamp(self.settings.situation)


def situation_stamp(here: Path) -> str:
    """A text that is another once a file of a situation has changed; `here`: its folder."""
    with os.scandir(here) as entries:
        beside = sorted(entry.name for entry in entries if _OF_SITUATION.fullmatch(entry.name))
    files = [*(here / name for name in beside), *sorted(here.glob("imports/*"))]
    return str([(str(file), stamp_of(file)) for file in files])


def _name(file: Path) -> str:
    return file.stem
