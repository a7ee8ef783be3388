"""Calibrations in their folders: read where they are there, else simulated and written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from situation.chance.vectors import Floats
from situation.dates import Minute
from situation.ensemble.calibrate.answer import calibration_answer
from situation.ensemble.calibrate.posterior import posterior_text
from situation.ensemble.calibrate.targets import Target, holders_at_branch, simulated_values, targets_of, without_places
from situation.ensemble.calibrate.waves import MOST_NUMBERS, Setting, calibrate
from situation.ensemble.calibrate.window import record_up_to, scenario_up_to, window_end
from situation.ensemble.chunks import Chunks
from situation.ensemble.sweep.points import Points, tell_points
from situation.ensemble.sweep.ranged_numbers import swept_numbers
from situation.ensemble.workers import EngineFor, any_engine
from situation.errors import Fault
from situation.record.record import Record
from situation.rules import Prior
from situation.runs.calibration_files import CALIBRATION, calibration_files
from situation.runs.ensembles import ProgressBar, check_size, no_progress_bar, stories_kept
from situation.runs.finding import RUNS_FOLDER
from situation.runs.folder import PARTIAL, Note, leads_out, no_note, place_of, set_aside, sound_manifest
from situation.runs.identity import calibration_identity, folder_name
from situation.runs.making import remove_kept
from situation.runs.manifest import BrokenRun, check_listed, is_run, read_manifest, with_manifest
from situation.runs.replacing import check_target
from situation.runs.run_shapes import CALIBRATED, read_json
from situation.runs.writing import write_run
from situation.scenario import Scenario

__all__ = ["StoredCalibration", "stored_calibration"]

_CALIBRATIONS_FOLDER = RUNS_FOLDER / "calibrations"
_KEPT = ("holders", "fates")
"""What is kept of a story."""


@frozen
class StoredCalibration:
    """A calibration in its folder, and what it answers."""

    folder: Path
    answer: Mapping[str, Any]


@frozen
class _Teller:
    """Tells the stories of the waves; each wave's are kept on the disk, so that a stopped calibration goes on there."""

    scenario: Scenario
    record: Record
    targets: tuple[Target, ...]
    setting: Setting
    workers: int
    home: Path
    digest: str
    bar: ProgressBar
    note: Note
    engine: EngineFor

    def chunks(self, wave: int, points: int) -> Chunks:
        """Where the stories of a wave are kept."""
        return Chunks(
            self.home / f"{self.digest}-{wave + 1}", points * self.setting.stories, f"{self.digest}-{wave + 1}"
        )

    def __call__(self, wave: int, points: Points) -> Floats:
        """What the stories of a wave say of the targets."""
        chunks = self.chunks(wave, len(points))
        kept = chunks.kept()
        self.note(
            f"Wave {wave + 1}: {len(points):,} points of {self.setting.stories} stories: {chunks.count:,} stories."
        )
        engine = self.engine(chunks.count - kept)
        with stories_kept(chunks), self.bar(self.scenario.id, chunks.count) as finished, engine:
            finished(kept)
            tell_points(
                self.scenario,
                self.record,
                points,
                self.setting.seed,
                chunks,
                self.workers,
                finished,
                _KEPT,
                own_luck=True,
            )
        start = holders_at_branch(self.scenario, self.record)
        return simulated_values(self.targets, chunks.read(), len(points), self.scenario.at, start)


def stored_calibration(
    scenario: Scenario,
    record: Record,
    until: str,
    names: tuple[str, ...] = (),
    setting: Setting | None = None,
    workers: int = 1,
    out: Path | None = None,
    folder: Path = _CALIBRATIONS_FOLDER,
    bar: ProgressBar = no_progress_bar,
    note: Note = no_note,
    engine: EngineFor = any_engine,
) -> StoredCalibration:
    """The calibration of a scenario in its folder: read where it is there, else simulated and written.

    Args:
        scenario, record: what is calibrated, to what.
        until: the end of the window; what the record says of later times does not enter.
        names: the numbers to calibrate; none: all that have a range, where these are a handful.
        setting: how it is done; None: as `Setting` has it.
        workers: the number of processes; no result depends on it.
        out: the folder; None: one in `folder`, named after the scenario and the digest.
        bar: shows the progress of a wave.
        note: is told of what each wave costs before it begins, and of what was found broken.
        engine: simulates the stories; no result depends on it.

    Raises:
        Fault: the window is not after the branch and within the stories, there is no such number, they are too many, a
            setting is out of range, or the record says nothing of the window that stories can be compared with.
        Interrupted: it was stopped; what was simulated is kept.
        SituationError: the folder cannot be written, or holds something else.
    """
    setting = setting or Setting()
    check_size(setting.seed, workers)
    end = window_end(scenario, record, until)
    priors = _chosen(scenario, names)
    setting.check(len(priors))
    identity = calibration_identity(scenario, record, record.ground.clock.text(end), list(priors), setting)
    digest = str(identity["digest"])
    target, place = place_of(out, folder, folder_name(f"{scenario.id}-calibrated", digest), note, identity)
    check_target(place)
    answer = _read(place, digest, note)
    if answer is not None:
        _remove_waves(place.parent / PARTIAL, digest, note)
    else:
        cut, short = record_up_to(scenario, record, end), scenario_up_to(scenario, end)
        answer = _make((scenario, short, cut), end, priors, setting, (place, identity, workers, engine), bar, note)
    return StoredCalibration(target, answer)


def _chosen(scenario: Scenario, names: tuple[str, ...]) -> dict[str, Prior]:
    priors = swept_numbers(scenario, names)
    if not names and len(priors) > MOST_NUMBERS:
        fact = f"{len(priors)} numbers have a range, and one window does not tell so many apart."
        advice = "Name some of them; 'situation sweep SCENARIO' tells which move its answers."
        raise Fault(fact, advice, argument="numbers")
    return priors


def _read(place: Path, digest: str, note: Note) -> Mapping[str, Any] | None:
    """What a calibration answers that is there and whole; None where it is not."""
    try:
        if is_run(place) and read_manifest(place)["digest"] == digest:
            manifest = sound_manifest(place)
            check_listed(place, manifest)
            answer: Mapping[str, Any] = read_json(place / CALIBRATION, CALIBRATED)
            return answer
    except BrokenRun as broken:
        set_aside(place, f"{broken.file}: {broken.fact}", note)
    return None


def _make(
    cut: tuple[Scenario, Scenario, Record],
    end: Minute,
    priors: Mapping[str, Prior],
    setting: Setting,
    how: tuple[Path, dict[str, Any], int, EngineFor],
    bar: ProgressBar,
    note: Note,
) -> Mapping[str, Any]:
    (scenario, short, record), (place, identity, workers, engine) = cut, how
    every = targets_of(short, record, end)
    if not every:
        fact = (
            f"Up to {record.ground.clock.text(end)} the record tells of no change that stories could be held against."
        )
        raise Fault(fact, "Name a later day.", argument="until")
    targets = without_places(every, setting.leave_out)
    if not targets:
        raise Fault("All that could be compared is left out.", "Leave out fewer places.", argument="leave-out")
    digest = str(identity["digest"])
    teller = _Teller(short, record, targets, setting, workers, place.parent / PARTIAL, digest, bar, note, engine)
    matched = calibrate(targets, priors, setting, teller)
    answer = calibration_answer(scenario, record, end, targets, matched, setting)
    window = f"calibrated to the record of {record.ground.situation} from {answer['from']} until {answer['until']}"
    posterior = posterior_text(scenario, record, answer["numbers"], window) if matched.has_posterior else None
    files = calibration_files(scenario, targets, matched, answer, posterior)
    write_run(place, with_manifest(files, identity), note)
    _remove_waves(place.parent / PARTIAL, digest, note)
    return answer


def _remove_waves(home: Path, digest: str, note: Note) -> None:
    """Remove the stories of every wave of a calibration that is written, also those that a killed call has left."""
    for folder in () if leads_out(home) else sorted(home.glob(f"{digest}-*")):
        remove_kept(Chunks(folder, 0), note)
