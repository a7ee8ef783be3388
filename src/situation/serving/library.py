"""The scenarios that can be started: those of the situation, and those that were changed here by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from attrs import define, field, frozen

from situation.errors import InputError, SituationError
from situation.keeping.finding import changed_folder
from situation.loading import PARTS, load
from situation.plugins import outside_doctrines
from situation.record import Record
from situation.scenario import Scenario, load_scenario
from situation.scenario.library import scenario_files
from situation.serving.setting import Setting

__all__ = ["Found", "Library"]


@frozen
class Found:
    """A scenario's file: what it holds, or why that cannot be read."""

    name: str
    file: Path
    changed: bool
    scenario: Scenario | None
    problem: str = ""

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

    def keep(self, name: str, text: str) -> Path:
        """Put a changed scenario among the others, whole.

        Raises:
            SituationError: it cannot be written.
        """
        file = self.folder / f"{name}.yaml"
        partial = file.with_suffix(".partial")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(text, encoding="utf-8")
            partial.replace(file)
        except OSError as error:
            raise SituationError(f"{file}: The scenario cannot be written: {error.strerror}. Make room.") from error
        return file

    def _record(self, stamp: str, without: tuple[str, ...]) -> Record:
        kept = self._records.get(without)
        if kept is None or kept[0] != stamp:
            kept = (stamp, load(self.setting.situation, without=without))
            self._records[without] = kept
        return kept[1]

    def _scenario(self, file: Path, changed: bool, situation: str, record: Record) -> Found:
        stamp = f"{situation} {_digest([file])}"
        kept = self._found.get(file)
        if kept is None or kept[0] != stamp:
            try:
                found = Found(file.stem, file, changed, load_scenario(file, record, outside_doctrines()))
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
