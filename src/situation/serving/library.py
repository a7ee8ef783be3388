"""The scenarios that can be started: those of the situation, and those that were changed here by hand."""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from attrs import define, field, frozen

from situation.errors import Fault, InputError, SituationError
from situation.record.loading import PARTS, load, scenario_files
from situation.record.record import Record
from situation.runs.finding import changed_folder
from situation.runs.identity import scenario_as_run
from situation.scenario import Scenario, load_scenario
from situation.scenario.plugins import outside_doctrines
from situation.serving.settings import Setting
from situation.serving.shelf import Shown, asks_of

__all__ = ["Found", "Library"]

STEM = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")
"""What the file of a scenario may be called, for its run folders are named after it."""
ODD = "The file's name holds more than letters, digits, '.', '-' and '_' of ASCII. Rename it."


@frozen
class Found:
    """A scenario's file: what it holds, or why that cannot be read.

    `text`, `asks`: digests of the file, and of its branch and questions, as a run of it bears them.
    """

    name: str
    file: Path
    changed: bool
    scenario: Scenario | None
    problem: str = ""
    text: str = ""
    asks: str = ""

    @property
    def title(self) -> str:
        """What the scenario is called; its file's name where it cannot be read."""
        return self.scenario.title if self.scenario is not None else self.name


@define
class Library:
    """The situation's folder and that of its changed scenarios, read again whenever a file of them has changed."""

    setting: Setting
    _records: dict[tuple[str, ...], tuple[str, Record]] = field(factory=dict)
    _found: dict[Path, tuple[str, Found]] = field(factory=dict)

    def record(self, without: tuple[str, ...] = ()) -> Record:
        """The situation's record.

        Raises:
            InputError: every problem of its files.
        """
        return self._record(self._stamp(), without)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the record that are here and can be left out."""
        return tuple(part for part in PARTS[1:] if part in self.record().parts)

    @property
    def folder(self) -> Path:
        """Where this situation's changed scenarios are kept."""
        return changed_folder(self.setting.runs, self.record().ground.situation)

    def scenarios(self) -> dict[str, Found]:
        """Every scenario by its name: first the situation's, then the changed ones."""
        stamp = self._stamp()
        record = self._record(stamp, ())
        files = [(file, False) for file in sorted(scenario_files(self.setting.situation), key=_name)]
        files += [(file, True) for file in sorted(self.folder.glob("*.yaml"), key=_name)]
        found: dict[str, Found] = {}
        for file, changed in files:
            if file.stem not in found:
                found[file.stem] = self._scenario(file, changed, stamp, record)
        return found

    def twins(self, runs: Iterable[Shown]) -> frozenset[str]:
        """The names of those runs that a comparison has told, to hold another against them.

        Such a run is of a scenario that is here, but from the branch, or with the questions, of another.
        """
        known = {name: (found.text, found.asks) for name, found in self.scenarios().items() if found.text}
        told = [(run, known.get(run.scenario, ("", ""))) for run in runs]
        return frozenset(run.name for run, (text, asks) in told if run.text and run.text == text and run.asks != asks)

    def file(self, name: str) -> Path:
        """Where a changed scenario is kept."""
        return self.folder / f"{name}.yaml"

    def keep(self, name: str, text: str, needed: Collection[Path] = ()) -> str:
        """Put a changed scenario among the others, whole.

        Where there are too many, the oldest goes that has no run folder.

        Args:
            name, text: of the scenario.
            needed: files that may not go.

        Returns:
            The name of the one that went; empty where none did.

        Raises:
            Fault: there are too many, and none may go.
            SituationError: it cannot be written.
        """
        file = self.file(name)
        gone = None if file.is_file() else self._too_many(needed)
        partial = file.with_suffix(".partial")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(text, encoding="utf-8")
            partial.replace(file)
            if gone is not None:
                gone.unlink(missing_ok=True)
        except OSError as error:
            raise SituationError(f"{file}: The scenario cannot be written: {error.strerror}. Make room.") from error
        return gone.stem if gone is not None else ""

    def _too_many(self, needed: Collection[Path]) -> Path | None:
        """The changed scenario that has to go before another is kept."""
        most, kept = self.setting.limits.changed, list(self.folder.glob("*.yaml"))
        if len(kept) < most:
            return None
        for file in sorted(kept, key=lambda file: (file.stat().st_mtime_ns, file.name)):
            run = any(self.setting.runs.glob(f"{glob.escape(file.stem)}-*/manifest.json"))
            if not run and file not in needed:
                return file
        raise Fault(f"{most:,} changed scenarios are kept, each with its run.", f"Remove some from {self.folder}.")

    def _record(self, stamp: str, without: tuple[str, ...]) -> Record:
        kept = self._records.get(without)
        if kept is None or kept[0] != stamp:
            kept = (stamp, load(self.setting.situation, without=without))
            self._records[without] = kept
        return kept[1]

    def _scenario(self, file: Path, changed: bool, situation: str, record: Record) -> Found:
        if not STEM.fullmatch(file.stem):
            return Found(file.stem, file, changed, None, ODD)
        stamp = f"{situation} {_digest([file])}"
        kept = self._found.get(file)
        if kept is None or kept[0] != stamp:
            try:
                scenario = load_scenario(file, record, outside_doctrines())
                text = hashlib.sha256(scenario.text.encode()).hexdigest()
                found = Found(file.stem, file, changed, scenario, "", text, asks_of(scenario_as_run(scenario)))
            except InputError as error:
                found = Found(file.stem, file, changed, None, "\n".join(map(str, error.problems)))
            kept = (stamp, found)
            self._found[file] = kept
        return kept[1]

    def _stamp(self) -> str:
        here = self.setting.situation
        return _digest(sorted([*here.glob("*.yaml"), *here.glob("*.jsonl")]))


def _name(file: Path) -> str:
    return file.stem


def _digest(files: Iterable[Path]) -> str:
    """A hash of what some files hold; of one that has just gone, of its name."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file}\0".encode() + (file.read_bytes() if file.is_file() else b"") + b"\0")
    return digest.hexdigest()
