"""Finding situations and scenarios by name, and the scenario and record of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

from situation.ensemble.twins import twin_of
from situation.errors import Fault, InputError, Problem, SituationError, near_miss
from situation.log.value_words import count_in_words
from situation.record.loading import PARTS, load, scenario_files
from situation.record.record import Record
from situation.runs.folder import leads_out
from situation.runs.identity import digest_of, scenario_as_run
from situation.runs.manifest import is_run, read_manifest
from situation.scenario import Scenario, load_scenario
from situation.scenario.branch import under_belief
from situation.scenario.plugins import outside_doctrines
from situation.testimony.disk.reading import what_lies_at, why_none
from situation.testimony.documents import read
from situation.testimony.ids import check_folder_id
from situation.testimony.mapkeys import is_situation

__all__ = [
    "RUNS_FOLDER",
    "SITUATIONS_FOLDER",
    "changed_folder",
    "find_run",
    "find_run_or",
    "find_scenario",
    "find_situation",
    "home_of",
    "home_of_run",
    "open_scenario",
    "packaged_situations",
    "scenario_of",
    "situation_folders",
]

RUNS_FOLDER = Path("runs")
SITUATIONS_FOLDER = Path("scenarios")


def find_situation(name: str | None) -> Path:
    """The folder of a situation: a path, a name under `scenarios/` or of an example; without a name, the only one there.

    Raises:
        Fault: there is none, or several.
    """
    folders = situation_folders()
    names = ", ".join(folder.name for folder in folders)
    if name is not None:
        for path in (Path(name), SITUATIONS_FOLDER / name):
            if what_lies_at(path):
                return path
        if name in packaged_situations():
            return packaged_situations()[name]
        near = near_miss(name, [*(folder.name for folder in folders), *packaged_situations()])
        advice = f"Name a folder; under scenarios/ there is: {names or 'none'}. Examples: {', '.join(packaged_situations())}."
        raise Fault(f"{name}: There is no such situation.", f"{near} {advice}".lstrip())
    if len(folders) == 1:
        return folders[0]
    if not folders:
        examples = ", ".join(packaged_situations())
        advice = f"Make one with 'situation new NAME', or name a folder or an example: {examples}."
        raise Fault("scenarios/: No situation is here.", advice)
    raise Fault("scenarios/: Several situations are here.", f"Name one of: {names}.")


def situation_folders() -> list[Path]:
    """The folders of all situations under `scenarios/`, by name."""
    return _situations_in(SITUATIONS_FOLDER)


def packaged_situations() -> dict[str, Path]:
    """The situations that come with the package, by name; where it is installed in place, those of the project."""
    package = Path(str(files("situation")))
    inside = package / "examples"
    home = inside if inside.is_dir() else package.parents[1] / "scenarios"
    return {folder.name: folder for folder in _situations_in(home)}


def _situations_in(home: Path) -> list[Path]:
    there = home.iterdir() if home.is_dir() else ()  # `glob` would pass over what may not be looked into
    return sorted(folder for folder in there if is_situation(folder) and not folder.name.startswith("."))


def home_of(file: Path) -> Path:
    """The folder of a scenario's situation: that of its file, or the one that it names or extends, or the only one.

    Raises:
        Fault: it names none, and there is none or more than one to choose from.
        InputError: what it names can be no situation.
    """
    if is_situation(file.parent):
        return file.parent
    document, _ = read(file)
    content = document.value if document and isinstance(document.value, dict) else {}
    named, parent = content.get("situation"), content.get("extends")
    if document is not None and isinstance(named, str):
        try:
            check_folder_id(named)
        except Fault as fault:
            raise InputError([Problem(document.where(("situation",)), fault.fact, fault.advice)]) from None
    if not isinstance(named, str) and isinstance(parent, str):
        for known in (_scenarios_here(), _scenarios_of_examples()):
            homes = [path.parent for path in known if path.stem == parent]
            if len(homes) == 1:
                return homes[0]
            if homes:
                break
    return find_situation(named if isinstance(named, str) else None)


def changed_folder(runs: Path, situation: str) -> Path:
    """The folder, beside the run folders, of a situation's scenarios that were changed by hand in the served edition."""
    return runs / "changed" / situation


def find_scenario(name: str) -> Path:
    """The file of a scenario: a path, or the name of one under `scenarios/` or of an example, alone or as SITUATION/SCENARIO.

    Raises:
        Fault: there is none, or several have the name.
    """
    path = Path(name)
    if path.is_file():
        return path
    here, stem = _scenarios_here(), name.removesuffix(".yaml")
    matches = _named(stem, here) or _named(stem, _scenarios_of_examples())
    if len(matches) == 1:
        return matches[0]
    if matches:
        ways = [f"{file.parent.name}/{file.stem}" for file in matches]
        raise Fault(f"{name}: Several situations have such a scenario.", f"Name one of: {', '.join(ways)}.")
    names = [*dict.fromkeys(file.stem for file in here or _scenarios_of_examples())]
    hint = near_miss(name, names) or f"Name a file, or one of: {', '.join(names) or 'none is here'}."
    fact = why_none(path, "a scenario's file") or "There is no such scenario."
    raise Fault(f"{name}: {fact}", hint)


def _scenarios_here() -> list[Path]:
    """The files of all scenarios under `scenarios/`, by folder and name."""
    return [file for folder in sorted(SITUATIONS_FOLDER.glob("*/")) for file in scenario_files(folder)]


def _scenarios_of_examples() -> list[Path]:
    """The files of the scenarios of all examples whose situation is not under `scenarios/`."""
    here = {folder.name for folder in situation_folders()}
    return [
        file for name, folder in packaged_situations().items() if name not in here for file in scenario_files(folder)
    ]


def _named(name: str, files_of_scenarios: Iterable[Path]) -> list[Path]:
    return [file for file in files_of_scenarios if name in (file.stem, f"{file.parent.name}/{file.stem}")]


def open_scenario(
    name: str, without: tuple[str, ...], home: Path | None = None, release: str | None = None
) -> tuple[Scenario, Record]:
    """A scenario and the record that it branches from.

    Args:
        name: its file, or its name under `scenarios/`.
        without: parts of the record to leave out.
        home: the situation's folder; None: the one that the file lies in, or else the one that it names.
        release: when what is made of it is shown; None: nothing is left out.
    """
    file = find_scenario(name)
    record = load(home or home_of(file), without=without, release=release)
    return load_scenario(file, record, outside_doctrines()), record


def find_run(name: str, runs: Path = RUNS_FOLDER) -> Path:
    """A run folder: a path, whose last name may be shortened; or among `runs` the folder of a name, the only run of a
    scenario, or the only name that begins so.

    Raises:
        Fault: there is none, or there are several.
    """
    path = Path(name)
    beside = [] if len(path.parts) == 1 else [it for it in _runs_in(path.parent) if it.name.startswith(path.name)]
    if what_lies_at(path) or (len(path.parts) != 1 and not beside):
        return path
    matches = beside or _runs_named(name, runs)
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise Fault(f"{name}: Several runs match.", f"Name one of: {', '.join(map(_run_in_words, matches))}.")
    raise Fault(
        f"{name}: There is no such run.",
        near_miss(name, [folder.name for folder in _runs_in(runs)])
        or f"Name a run folder, or one under {runs}/ by its scenario or by the beginning of its name.",
    )


def find_run_or(name: str, other: Callable[[str], object], runs: Path = RUNS_FOLDER) -> Path | None:
    """A run folder as `find_run` has it, if the name names nothing else; None: it names something else.

    Args:
        name: what was given.
        other: finds the other thing that it may name, and raises a fault where there is none.

    Raises:
        Fault: it is neither, or there are several such runs.
    """
    if is_run(Path(name)):
        return Path(name)
    try:
        other(name)
    except Fault as fault:
        if not _runs_named(name, runs):
            near = near_miss(name, [folder.name for folder in _runs_in(runs)])
            raise Fault(
                f"{fault.fact.removesuffix('.')}, and no run of this name.", f"{near} {fault.advice}".strip()
            ) from None
        return find_run(name, runs)
    return None


def _runs_in(runs: Path) -> list[Path]:
    there = runs.iterdir() if runs.is_dir() else ()  # `glob` would pass over what may not be looked into
    return [folder for folder in sorted(there) if is_run(folder) and not leads_out(folder)]


def _runs_named(name: str, runs: Path) -> list[Path]:
    """The runs that a name may mean: the one of that name, else those of that scenario, else those whose names begin so."""
    folders = _runs_in(runs)
    return (
        [folder for folder in folders if folder.name == name]
        or [folder for folder in folders if _scenario_named(folder) == name]
        or [folder for folder in folders if name and folder.name.startswith(name)]
    )


def _scenario_named(run: Path) -> str:
    """The scenario of a run; empty where it has none, or its manifest cannot be read."""
    with suppress(SituationError):
        return str(read_manifest(run).get("scenario", ""))
    return ""


def _run_in_words(run: Path) -> str:
    """A run's folder, and what sets it apart from others of its scenario: `baseline-0123456789ab (400 stories, seed 7)`."""
    with suppress(SituationError):
        manifest = read_manifest(run)
        if manifest.get("kind") == "ensemble":
            return f"{run.name} ({count_in_words(manifest['runs'], 'story')}, seed {manifest['seed']})"
    return run.name


def home_of_run(run: Path, manifest: Mapping[str, Any]) -> Path:
    """The folder of a run's situation: under `scenarios/`, here, beside the folder that holds the runs, or an example.

    Raises:
        Fault: it is in none of them.
    """
    name = str(manifest["situation"])
    around = run.absolute().parent.parent
    beside = (SITUATIONS_FOLDER / name, Path(name), around / SITUATIONS_FOLDER / name, around / name)
    for folder in (*beside, *(packaged_situations()[one] for one in packaged_situations() if one == name)):
        if is_situation(folder):
            return folder
    advice = f"Run this where {name}/ or {SITUATIONS_FOLDER / name}/ lies."
    raise Fault(f"{run}: Its situation, {name}, is not here.", advice)


def scenario_of(folder: Path, manifest: Mapping[str, Any], home: Path | None = None) -> tuple[Scenario, Record]:
    """The scenario and the record of a run, to simulate its stories again.

    Args:
        folder: that of the run, or of a part of one.
        manifest: its manifest.
        home: the situation's folder; None: the one of its name.

    Raises:
        SituationError: they are not here any more, or have changed since.
    """
    home = home or home_of_run(folder, manifest)
    name = f"{manifest['scenario']}.yaml"
    changed = changed_folder(folder.parent, str(manifest["situation"])) / name
    left = tuple(part for part in PARTS[1:] if part not in manifest["parts"])
    record = load(home, without=left, release=manifest.get("release"))
    twin = folder / "compared-with.yaml"
    own = [folder / "scenario.yaml"] if "scenario.yaml" in manifest["files"] else []
    for file in (*own, home / name, *(() if changed.is_symlink() else (changed,))):
        if manifest["record"] != record.digest or not file.is_file():
            continue
        scenario = load_scenario(file, record, outside_doctrines())
        if twin.name in manifest["files"]:
            scenario = twin_of(scenario, load_scenario(twin, record, outside_doctrines()))
        if "account" in manifest:
            scenario = under_belief(scenario, str(manifest["account"]))
        if manifest["as_run"] == digest_of(scenario_as_run(scenario)):
            return scenario, record
    raise SituationError(f"{folder}: The record, or what its scenario extends, is not what it was. Run it again.")
