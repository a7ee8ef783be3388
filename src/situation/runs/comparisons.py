"""Comparisons of two scenarios on the same luck, in folders of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.twins import compare_twins, twin_of
from situation.errors import Fault
from situation.page.comparison_payload import comparison_page
from situation.record.record import Record
from situation.runs.ensembles import Bar, kept_ensemble, unseen
from situation.runs.finding import RUNS, open_scenario, scenario_of
from situation.runs.folder import PAGE, write_run
from situation.runs.identity import digest_of, scenario_as_run
from situation.runs.reading import Kept, is_run, open_run
from situation.runs.writing import listed
from situation.scenario import Scenario, load_scenario
from situation.scenario.plugins import outside_doctrines

__all__ = ["from_its_branch", "kept_comparison", "stand_in"]

OPTION = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def kept_comparison(
    first: str,
    second: str,
    runs: int,
    seed: int,
    workers: int,
    without: tuple[str, ...] = (),
    home: Path | None = None,
    folder: Path = RUNS,
    bar: Bar = unseen,
) -> dict[str, Any]:
    """Compare two scenarios or runs in a folder of their own, with their page; and tell what changes between them.

    Args:
        first, second: a scenario's file or name, or a run folder.
        runs, seed, workers: of the ensembles that are not there yet.
        without: parts of the record to leave out.
        home: the situation's folder; None: the one that the scenarios lie in.
        folder: where run folders are kept.
        bar: shows how far an ensemble is.

    Raises:
        Fault: they share no luck.
        SituationError: a run cannot be read, or its scenario is not here any more.
    """
    asked = {"runs": runs, "seed": seed, "workers": workers, "folder": folder, "bar": bar}
    one, other = _kept(first, second, without, home, asked)
    kept, record_draws = [one[0], other[0]], [one[1], other[1]]
    record = record_draws[0].record
    answer = compare_twins(kept[0].ensemble, kept[1].ensemble, (record_draws[0], record_draws[1]), record.ground)
    sides = [(it.ensemble, it.answers, scenario_as_run(told.scenario), it.manifest) for it, told in (one, other)]
    page = comparison_page(sides[0], sides[1], answer, record, (record_draws[0], record_draws[1]))
    found = _write(folder, kept[0], kept[1], answer, page)
    return {
        "comparison": str(found),
        "page": str(found / PAGE),
        "runs": [str(it.folder) for it in kept],
        **answer,
    }


def _kept(
    first: str, second: str, without: tuple[str, ...], home: Path | None, asked: dict[str, Any]
) -> tuple[tuple[Kept, RecordDraws], tuple[Kept, RecordDraws]]:
    """Both ensembles, each with what can tell its stories again."""

    def opened(name: str) -> tuple[Scenario, Record, Kept | None]:
        if is_run(Path(name)):
            kept = open_run(Path(name))
            return *scenario_of(kept, home), kept
        return *open_scenario(name, without, home), None

    plan, other, also = opened(second)
    base, record, done = opened(first)
    if record.digest != other.digest or record.parts != other.parts:
        raise Fault("The two are of different records, so their stories share no luck.", "Name two of one.")
    sizes = {(it.ensemble.about.runs, it.ensemble.about.seed) for it in (done, also) if it is not None}
    if len(sizes) == 1:
        asked["runs"], asked["seed"] = sizes.pop()
    if done is None:
        base = twin_of(from_its_branch(base, plan, record), plan)
        done = kept_ensemble(base, record, **asked)
    if also is None:
        also = kept_ensemble(plan, record, **asked)
    return (done, RecordDraws(base, record, asked["seed"])), (also, RecordDraws(plan, record, asked["seed"]))


def from_its_branch(base: Scenario, plan: Scenario, record: Record) -> Scenario:
    """The baseline of the second's branch: the scenario that it extends, where that leaves the record with it.

    Another day has other forces and plans under way, and a situation may write them down as a baseline of that day.
    """
    if plan.extends is None or (base.at, base.known_at) == (plan.at, plan.known_at) or base.id == plan.extends:
        return base
    parent = load_scenario(record.folder / f"{plan.extends}.yaml", record, outside_doctrines())
    return parent if (parent.at, parent.known_at) == (plan.at, plan.known_at) else base


def stand_in(asked: str, first: str, second: str) -> str:
    """That another scenario than the one asked for is compared, and why; empty where it is the same.

    Args:
        asked: the scenario that was named first.
        first: the one that is compared.
        second: the one that it is compared with.
    """
    if asked == first:
        return ""
    return f"{asked} leaves the record on another day, so {first}, which {second} extends, stands in for it."


def _write(folder: Path, first: Kept, second: Kept, answer: dict[str, Any], page: str) -> Path:
    """The comparison's folder: `runs/A-vs-B-DIGEST`."""
    identity: dict[str, Any] = {
        "kind": "comparison",
        "first": first.manifest["digest"],
        "second": second.manifest["digest"],
    }
    identity["digest"] = digest_of(identity)
    files = {"comparison.json": orjson.dumps(answer, option=OPTION), PAGE: page.encode()}
    files["manifest.json"] = orjson.dumps({**identity, "files": listed(files)}, option=OPTION | orjson.OPT_SORT_KEYS)
    name = f"{answer['first']}-vs-{answer['second']}-{identity['digest'][:12]}"
    return write_run(folder / name, files)
