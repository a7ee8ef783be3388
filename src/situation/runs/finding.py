"""Finding situations and scenarios by name, and the scenario and record of a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from situation.ensemble.twins import twin_of
from situation.errors import Fault, SituationError, near_miss
from situation.record.loading import PARTS, load, scenario_files
from situation.record.record import Record
from situation.runs.identity import digest_of, scenario_as_run
from situation.runs.stored_run import StoredRun
from situation.scenario import Scenario, load_scenario
from situation.scenario.plugins import outside_doctrines
from situation.testimony.documents import read

__all__ = [
    "RUNS_FOLDER",
    "changed_folder",
    "find_scenario",
    "find_situation",
    "home_of",
    "home_of_run",
    "open_scenario",
    "scenario_of",
    "situation_folders",
]

RUNS_FOLDER = Path("runs")
_SCENARIOS = Path("scenarios")


def find_situation(name: str | None) -> Path:
    """The folder of a situation: a path, a name under `scenarios/`, or the only one there.

    Raises:
        Fault: there is none, or several.
    """
    folders = situation_folders()
    names = ", ".join(folder.name for folder in folders)
    if name is not None:
        for path in (Path(name), _SCENARIOS / name):
            if path.exists():
                return path
        advice = f"Name a folder; under scenarios/ there is: {names or 'none'}."
        raise Fault(f"{name}: There is no such situation.", advice)
    if len(folders) == 1:
        return folders[0]
    if not folders:
        raise Fault("scenarios/: No situation is here.", "Run this in the project's folder, or name a folder.")
    raise Fault("scenarios/: Several situations are here.", f"Name one of: {names}.")


def situation_folders() -> list[Path]:
    """The folders of all situations under `scenarios/`, by name."""
    return sorted(path.parent for path in _SCENARIOS.glob("*/map.yaml"))


def home_of(file: Path) -> Path:
    """The folder of a scenario's situation: that of its file, or the one that it names or extends, or the only one.

    Raises:
        Fault: it names none, and there is none or more than one to choose from.
    """
    if (file.parent / "map.yaml").is_file():
        return file.parent
    document, _ = read(file)
    content = document.value if document and isinstance(document.value, dict) else {}
    named, parent = content.get("situation"), content.get("extends")
    if not isinstance(named, str) and isinstance(parent, str):
        homes = [path.parent for path in _known_scenarios() if path.stem == parent]
        if len(homes) == 1:
            return homes[0]
    return find_situation(named if isinstance(named, str) else None)


def changed_folder(runs: Path, situation: str) -> Path:
    """The folder, beside the run folders, of a situation's scenarios that were changed by hand in the served edition."""
    return runs / "changed" / situation


def find_scenario(name: str) -> Path:
    """The file of a scenario: a path, or the name of one under `scenarios/`, alone or as SITUATION/SCENARIO.

    Raises:
        Fault: there is none, or several have the name.
    """
    path = Path(name)
    if path.is_file():
        return path
    known = _known_scenarios()
    stem = name.removesuffix(".yaml")
    matches = [file for file in known if stem in (file.stem, f"{file.parent.name}/{file.stem}")]
    if len(matches) == 1:
        return matches[0]
    if matches:
        ways = [f"{file.parent.name}/{file.stem}" for file in matches]
        raise Fault(f"{name}: Several situations have such a scenario.", f"Name one of: {', '.join(ways)}.")
    names = [file.stem for file in known]
    hint = near_miss(name, names) or f"Name a file, or one of: {', '.join(names) or 'none is here'}."
    raise Fault(f"{name}: There is no such scenario.", hint)


def _known_scenarios() -> list[Path]:
    """The files of all scenarios under `scenarios/`, by folder and name."""
    return [file for folder in sorted(_SCENARIOS.glob("*/")) for file in scenario_files(folder)]


def open_scenario(name: str, without: tuple[str, ...], home: Path | None = None) -> tuple[Scenario, Record]:
    """A scenario and the record that it branches from.

    Args:
        name: its file, or its name under `scenarios/`.
        without: parts of the record to leave out.
        home: the situation's folder; None: the one that the file lies in, or else the one that it names.
    """
    file = find_scenario(name)
    record = load(home or home_of(file), without=without)
    return load_scenario(file, record, outside_doctrines()), record


def home_of_run(run: Path, manifest: Mapping[str, Any]) -> Path:
    """The folder of a run's situation: under `scenarios/`, here, or beside the folder that holds the runs.

    Raises:
        Fault: it is in none of them.
    """
    name = str(manifest["situation"])
    for folder in (_SCENARIOS / name, Path(name), run.absolute().parent.parent / name):
        if (folder / "map.yaml").is_file():
            return folder
    raise Fault(f"{run}: Its situation, {name}, is not here.", f"Run this where {name}/ or {_SCENARIOS / name}/ lies.")


def scenario_of(stored: StoredRun, home: Path | None = None) -> tuple[Scenario, Record]:
    """The scenario and the record of a run, to tell its stories again.

    Args:
        stored: the run.
        home: the situation's folder; None: the one of its name.

    Raises:
        SituationError: they are not here any more, or have changed since.
    """
    manifest = stored.manifest
    home = home or home_of_run(stored.folder, manifest)
    name = f"{manifest['scenario']}.yaml"
    changed = changed_folder(stored.folder.parent, str(manifest["situation"])) / name
    left = tuple(part for part in PARTS[1:] if part not in manifest["parts"])
    record = load(home, without=left)
    twin = stored.folder / "compared-with.yaml"
    for file in (stored.folder / "scenario.yaml", home / name, changed):
        if manifest["record"] != record.digest or not file.is_file():
            continue
        scenario = load_scenario(file, record, outside_doctrines())
        if twin.is_file():
            scenario = twin_of(scenario, load_scenario(twin, record, outside_doctrines()))
        if manifest["as_run"] == digest_of(scenario_as_run(scenario)):
            return scenario, record
    raise SituationError(
        f"{stored.folder}: The record, or what its scenario extends, is not what it was. Run it again."
    )
