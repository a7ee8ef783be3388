"""Comparisons of two scenarios on the same luck, in folders of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from situation.ensemble.chunks import Chunks
from situation.ensemble.pairs import tell_pairs
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.twins import require_twins, twin_of
from situation.ensemble.workers import missing_from, tell_missing
from situation.errors import Fault
from situation.page.comparison_payload import ComparedRun, comparison_page, difference_handling, whole_difference
from situation.record.record import Record
from situation.runs.data_package import with_package
from situation.runs.embargo import bearing_release, check_release
from situation.runs.ensembles import (
    ProgressBar,
    check_size,
    chunks_of,
    no_progress_bar,
    run_of_stories,
    stored_ensemble,
    with_page,
)
from situation.runs.finding import RUNS_FOLDER, find_run_or, find_scenario, home_of, open_scenario, scenario_of
from situation.runs.folder import Note, check_own, no_note, set_aside_unmarked
from situation.runs.identity import comparison_identity, folder_name, scenario_as_run
from situation.runs.making import note_kept, remove_kept
from situation.runs.manifest import PAGE, json_bytes, with_manifest
from situation.runs.partings import (
    PARTING_COLUMNS,
    PARTINGS,
    comparison_folder,
    parting_table,
    partings_of,
    store_of_partings,
)
from situation.runs.replacing import check_replaceable
from situation.runs.stored_run import StoredRun, open_run
from situation.runs.writing import write_run
from situation.scenario import Scenario, load_scenario
from situation.scenario.plugins import outside_doctrines
from situation.testimony.disk.places import led_to

__all__ = ["baseline_at_branch", "stand_in_note", "stored_comparison"]


@frozen
class _Size:
    """The size of ensembles that are not there yet, where they are kept, and what shows their progress."""

    runs: int
    seed: int
    workers: int
    folder: Path
    bar: ProgressBar
    note: Note
    paged: bool

    def store(self, scenario: Scenario, record: Record) -> StoredRun:
        """The run of a scenario: read where it is there, else simulated."""
        options: dict[str, Any] = {"folder": self.folder, "bar": self.bar, "note": self.note, "paged": self.paged}
        return stored_ensemble(scenario, record, self.seed, self.runs, self.workers, **options)

    def store_both(self, base: Scenario, plan: Scenario, record: Record) -> tuple[StoredRun, StoredRun, bool]:
        """The runs of two scenarios; where neither is there, both stories of a pair are simulated together.

        Returns: both, and whether that was so.
        """
        first, second = (chunks_of(it, record, self.seed, self.runs, self.folder, self.note) for it in (base, plan))
        if first is None or second is None or first.digest == second.digest:
            return self.store(base, record), self.store(plan, record), False
        stores = (first, second, self._partings(first.digest, second.digest, record))

        def together(_: Chunks, kept: int) -> None:
            note_kept(self.folder / folder_name(plan.id, second.digest), second, self.note)
            with self.bar(f"{base.id} and {plan.id}", self.runs) as finished:
                finished(self.runs - sum(stop - start for start, stop in missing_from(stores)))
                tell_pairs((base, plan), record, self.seed, stores, self.workers, finished)

        def alone(chunks: Chunks, kept: int) -> None:
            tell_missing(plan, record, self.seed, chunks, self.workers)

        size = (record, self.seed, self.runs)
        one = run_of_stories(base, *size, together, None, self.folder, self.note, self.paged)
        other = run_of_stories(plan, *size, alone, None, self.folder, self.note, self.paged, says_kept=False)
        return one, other, True

    def _partings(self, first: str, second: str, record: Record) -> Chunks:
        digest = comparison_identity(first, second, difference_handling(record))["digest"]
        return store_of_partings(self.folder, self.runs, str(digest))


def stored_comparison(
    first: str,
    second: str,
    runs: int,
    seed: int,
    workers: int,
    without: tuple[str, ...] = (),
    home: Path | None = None,
    folder: Path = RUNS_FOLDER,
    bar: ProgressBar = no_progress_bar,
    release: str | None = None,
    note: Note = no_note,
    out: Path | None = None,
    pages: bool = False,
) -> dict[str, Any]:
    """Compare two scenarios or runs, and write the comparison with its page to a folder of its own.

    Args:
        first, second: a scenario's file or name; or a run folder, or the beginning of its name.
        runs, seed, workers: of the ensembles that are not there yet.
        without: parts of the record to leave out.
        home: the situation's folder; None: the one in which the scenarios lie.
        folder: where run folders are kept.
        bar: shows the progress of an ensemble.
        release: when what is made of it is shown: of scenarios that are simulated now, what is under embargo then is left out.
            None: nothing is.
        note: is told of what was found broken or unfinished, and what was done about it.
        out: the comparison's folder; None: one in `folder`, named after both.
        pages: whether the two runs have pages, too.

    Returns:
        The paths of the comparison, its page and both runs, and what changes between them.

    Raises:
        Fault: they share no luck, or a run holds what is under embargo at the release.
        SituationError: a run cannot be read, or its scenario is not here any more.
    """
    check_size(seed, workers, runs)
    if out is not None:
        check_replaceable(led_to(out), {"kind": "comparison", "digest": ""})
    size = _Size(runs, seed, workers, folder, bar, note, pages)
    *pair, simulated_now = _both_runs(first, second, without, home, release, size)
    (baseline, base_draws), (other, other_draws) = pair
    draws = base_draws, other_draws
    record = base_draws.record
    require_twins(baseline.ensemble, other.ensemble)
    compared = _compared(*pair[0]), _compared(*pair[1])
    digests = (str(baseline.manifest["digest"]), str(other.manifest["digest"]))
    identity = comparison_identity(*digests, difference_handling(record))
    names = (baseline.ensemble.about.scenario, other.ensemble.about.scenario)
    place = out or comparison_folder(folder, *names, identity["digest"])
    if out is None:
        check_own(place)
    store = store_of_partings(folder, baseline.ensemble.about.runs, identity["digest"])
    partings = partings_of((baseline, other), draws, place, store, workers, bar, note, simulated_now)
    answer = whole_difference(*compared, record, partings)
    files = {
        "comparison.json": json_bytes(answer),
        PARTINGS: parting_table(partings),
        PAGE: comparison_page(*compared, answer, record, str(identity["digest"]), draws).encode(),
    }
    if out is None:
        set_aside_unmarked(place, note)
    tables = {PARTINGS: ("a row for each pair of stories that parts", PARTING_COLUMNS)}
    title = " and ".join(it.ensemble.about.title for it in (baseline, other))
    files = with_package(files, "-vs-".join(names), title, tables)
    path = write_run(place, with_manifest(files, identity), note)
    remove_kept(store, note)
    return {
        "comparison": str(path),
        "page": str(path / PAGE),
        "runs": [str(baseline.folder), str(other.folder)],
        **answer,
        **({} if release is None else {"handling": bearing_release(record, release).marked()}),
    }


def _compared(stored: StoredRun, draws: RecordDraws) -> ComparedRun:
    return stored.ensemble, stored.answers, scenario_as_run(draws.scenario), stored.manifest


def _both_runs(
    first: str, second: str, without: tuple[str, ...], home: Path | None, release: str | None, size: _Size
) -> tuple[tuple[StoredRun, RecordDraws], tuple[StoredRun, RecordDraws], bool]:
    """Both ensembles, each with what retells its stories; and whether both were told now."""

    def opened(name: str, read_before: Record | None = None) -> tuple[Scenario, Record, StoredRun | None]:
        run = find_run_or(name, find_scenario, size.folder)
        if run is not None:
            stored = open_run(run)
            check_release(stored.folder, stored.manifest, release)
            return *scenario_of(stored.folder, stored.manifest, home), stored
        file = find_scenario(name)
        if read_before is not None and (home or home_of(file)).resolve() == read_before.folder.resolve():
            return load_scenario(file, read_before, outside_doctrines()), read_before, None
        return *open_scenario(name, without, home, release), None

    plan, other, plan_run = opened(second)
    base, record, base_run = opened(first, None if plan_run is not None else other)
    if record.digest != other.digest or record.parts != other.parts:
        raise Fault("The two are of different records, so their stories share no luck.", "Name two of one.")
    sizes = {(run.ensemble.about.runs, run.ensemble.about.seed) for run in (base_run, plan_run) if run is not None}
    if len(sizes) == 1:
        runs, seed = sizes.pop()
        size = evolve(size, runs=runs, seed=seed)
    if base_run is None:
        base = twin_of(baseline_at_branch(base, plan, record), plan)
    simulated_now = False
    if base_run is None and plan_run is None:
        base_run, plan_run, simulated_now = size.store_both(base, plan, record)
    base_run = base_run or size.store(base, record)
    plan_run = plan_run or size.store(plan, record)
    if size.paged:
        base_run, plan_run = (
            with_page(it, scenario, record, size.note) for it, scenario in ((base_run, base), (plan_run, plan))
        )
    return (
        (base_run, RecordDraws(base, record, size.seed)),
        (plan_run, RecordDraws(plan, record, size.seed)),
        simulated_now,
    )


def baseline_at_branch(base: Scenario, plan: Scenario, record: Record) -> Scenario:
    """The baseline for a plan: the scenario that the plan extends, where only that one has the plan's branch.

    Forces and plans under way differ from day to day, and a situation may have a baseline of its own for another day.
    """
    if plan.extends is None or (base.at, base.known_at) == (plan.at, plan.known_at) or base.id == plan.extends:
        return base
    parent = load_scenario(record.folder / f"{plan.extends}.yaml", record, outside_doctrines())
    return parent if (parent.at, parent.known_at) == (plan.at, plan.known_at) else base


def stand_in_note(named: str, first: str, second: str) -> str:
    """A note that another scenario than the one named is compared, and why; empty where it is the same.

    Args:
        named: the scenario that was named first.
        first: the one that is compared.
        second: the one with which it is compared.
    """
    if named == first:
        return ""
    return f"{named} leaves the record on another day, so {first}, which {second} extends, stands in for it."
