"""The files of a calibration's folder: the posterior as a scenario, the stories accepted and all of them, what it answers."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from situation.ensemble.calibrate.targets import TARGET_KINDS, Target
from situation.ensemble.calibrate.waves import Matched
from situation.runs.data_package import with_package
from situation.runs.identity import scenario_as_run
from situation.runs.manifest import json_bytes
from situation.runs.parquet import csv_of, parquet
from situation.scenario import Scenario

__all__ = ["CALIBRATION", "POSTERIOR", "calibration_files"]

CALIBRATION, POSTERIOR = "calibration.json", "posterior.yaml"
_TABLES = ("accepted", "experiments")
_PLACES = ("wave", "point", "replicate", "accepted")


def calibration_files(
    scenario: Scenario, targets: Sequence[Target], matched: Matched, answer: Mapping[str, Any], posterior: str | None
) -> dict[str, bytes]:
    """Every file of the folder but its manifest, by name; `posterior` is the scenario's text, None where there is none."""
    rows = _rows(targets, matched)
    files = {
        **({"scenario.yaml": scenario.text.encode()} if scenario.text else {}),
        "scenario.json": json_bytes(scenario_as_run(scenario), in_order=False),
        CALIBRATION: json_bytes(answer),
    }
    for name, some in zip(_TABLES, ([row for row in rows if row["accepted"]], rows), strict=True):
        table = _table(some, targets, matched)
        files[f"{name}.parquet"] = table
        files[f"{name}.csv"] = b"".join(csv_of(io.BytesIO(table)))
    tables = {
        f"{name}.parquet": (row, _described(targets, matched))
        for name, row in zip(_TABLES, ("a row a story that is accepted", "a row a story, wave by wave"), strict=True)
    }
    files = with_package(files, scenario.id, scenario.title, tables)
    return files if posterior is None else {**files, POSTERIOR: posterior.encode()}


def _described(targets: Sequence[Target], matched: Matched) -> dict[str, tuple[str, str]]:
    """Every column of the tables: its unit, and what it holds."""
    return {
        "wave": ("", "the wave of points, from 1"),
        "point": ("", "the point of the wave, from 0"),
        "replicate": ("", "which of the stories of a point: the same luck at every point"),
        "accepted": ("", "1: the story is a draw of the posterior; 0: it is not"),
        "distance": ("", "from the record, over all that is compared; null: its point is ruled out, or it failed"),
        "implausibility": ("", "of its point: the largest over all that is compared; beyond 3 it is ruled out"),
        **{
            f"number:{name}": (prior.unit, f"the value of {name} at the point")
            for name, prior in matched.priors.items()
        },
        **{_column(it): (TARGET_KINDS[it.kind].unit, f"what the story says of it: {it.what}") for it in targets},
    }


def _rows(targets: Sequence[Target], matched: Matched) -> list[dict[str, Any]]:
    """A row a story, wave by wave; one at a point that is ruled out, or that failed, has no distance."""
    places = zip(matched.wave.tolist(), matched.point.tolist(), matched.story.tolist(), strict=True)
    near = dict(zip(places, zip(matched.distance.tolist(), matched.accepted.tolist(), strict=True), strict=True))
    rows = []
    for number, wave in enumerate(matched.waves):
        implausible = wave.implausible.max(axis=1).tolist()
        for point, at_point in enumerate(wave.values.tolist()):
            for story, values in enumerate(at_point):
                distance, accepted = near.get((number, point, story), (None, False))
                row: dict[str, Any] = {
                    "wave": number + 1,
                    "point": point,
                    "replicate": story,
                    "accepted": int(accepted),
                }
                row |= {"distance": distance, "implausibility": implausible[point]}
                row |= {f"number:{name}": value for name, value in wave.points.at(point).items()}
                row |= {_column(target): value for target, value in zip(targets, values, strict=True)}
                rows.append(row)
    return rows


def _column(target: Target) -> str:
    return f"{target.kind}:{target.what}"


def _table(rows: Sequence[Mapping[str, Any]], targets: Sequence[Target], matched: Matched) -> bytes:
    import pyarrow as pa

    names = [*_PLACES, "distance", "implausibility", *(f"number:{name}" for name in matched.priors)]
    names += [_column(target) for target in targets]
    types = {name: pa.int64() if name in _PLACES else pa.float64() for name in names}
    return parquet({name: [row[name] for row in rows] for name in names}, types)
