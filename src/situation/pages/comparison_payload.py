"""Two ensembles on the same luck as the page's payload: scenario, baseline and difference, each a reading of one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from situation.ensemble.columns import Ensemble
from situation.pages.ensemble_payload import documented_payload, stories_payload
from situation.pages.shares import difference_bands
from situation.record import Record

__all__ = ["Side", "comparison_payload"]

Side = tuple[Ensemble, Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]
"""An ensemble, its results, its scenario as it was run, and its identity."""


def comparison_payload(baseline: Side, scenario: Side, difference: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """Everything that the page of a comparison shows, as plain values.

    Args:
        baseline: the ensemble against which the other is held.
        scenario: the ensemble of the scenario: the same branch, seed and number of runs.
        difference: what `comparison.compared` gives for the two, the baseline first.
        record: the record that both branch from.
    """
    payload = documented_payload(scenario[0], scenario[2], record, scenario[3])
    documented = payload.pop("documented")
    told = {
        "scenario": stories_payload(*scenario[:3], record),
        "baseline": stories_payload(*baseline[:3], record),
    }
    readings = (
        ("scenario", "Scenario", told["scenario"]["title"]),
        ("baseline", "Baseline", told["baseline"]["title"]),
        ("difference", "Difference", "What the scenario changes against the baseline, on the same luck"),
    )
    text = orjson.dumps(difference, option=orjson.OPT_INDENT_2).decode()
    return {
        **payload,
        "kind": "comparison",
        "readings": [
            {**documented, "id": name, "label": label, "hint": hint, "stories": name} for name, label, hint in readings
        ],
        "ensembles": told,
        "comparison": {
            "pairs": difference["pairs"],
            "parted": difference["parted"],
            "questions": {row["question"]: row for row in difference["questions"]},
            "bands": difference_bands(scenario[0], baseline[0]),
        },
        "downloads": [
            *payload["downloads"],
            {"name": "comparison.json", "type": "application/json", "text": text},
        ],
    }
