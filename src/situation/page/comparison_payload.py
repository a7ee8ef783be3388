"""Two ensembles on the same luck as the page's payload: scenario, baseline and difference, each a reading of one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from situation.ensemble.ensemble import Ensemble
from situation.page.courses import clash_differences
from situation.page.ensemble_payload import dispute_words, documented_payload, stories_payload
from situation.page.shares import difference_bands
from situation.page.stories_files import comparison_downloads, ensemble_downloads
from situation.record.record import Record

__all__ = ["Side", "comparison_payload"]

Side = tuple[Ensemble, Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]
"""An ensemble, its results, its scenario as it was run, and its identity."""


def comparison_payload(
    baseline: Side,
    scenario: Side,
    difference: Mapping[str, Any],
    record: Record,
    stories: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Everything that the page of a comparison shows, as plain values.

    Args:
        baseline: the ensemble against which the other is held.
        scenario: the ensemble of the scenario: the same branch, seed and number of runs.
        difference: what `comparison.compared` gives for the two, the baseline first.
        record: the record that both branch from.
        stories: some of their stories, as `story_reading.twin_readings` gives them.
    """
    payload = documented_payload(scenario[0], scenario[2], record, scenario[3])
    documented, known = payload.pop("documented"), payload.pop("known")
    moving = {weight["number"] for row in difference["questions"] for weight in row["weights"]}
    told = {
        "scenario": stories_payload(*scenario[:3], record, moving) | {"digest": scenario[3]["digest"]},
        "baseline": stories_payload(*baseline[:3], record) | {"digest": baseline[3]["digest"]},
    }
    readings = (
        ("scenario", "Scenario", told["scenario"]["title"]),
        ("baseline", "Baseline", told["baseline"]["title"]),
        ("difference", "Difference", "What the scenario changes against the baseline, on the same luck"),
    )
    words = dispute_words(scenario[0], scenario[2], record)
    return {
        **payload,
        "kind": "comparison",
        "readings": [
            *(
                {
                    **(documented if name == "scenario" else {"same": "scenario"}),
                    "id": name,
                    "label": label,
                    "hint": hint,
                    "stories": name,
                }
                for name, label, hint in readings
            ),
            *known,
            *stories,
        ],
        "ensembles": told,
        "comparison": {
            "pairs": difference["pairs"],
            "parted": difference["parted"],
            "questions": {row["question"]: _apart(row, words) for row in difference["questions"]},
            "bands": difference_bands(scenario[0], baseline[0]),
            "clashes": clash_differences(scenario[0], baseline[0]),
        },
        "downloads": [
            *payload["downloads"],
            *comparison_downloads(difference),
            *(
                file
                for name, side in (("scenario_", scenario), ("baseline_", baseline))
                for file in ensemble_downloads(name, side[1], told[name.rstrip("_")], side[0].about)
            ),
        ],
    }


def _apart(row: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """A paired difference as it stands in the comparison, its disputes in words."""
    disputes = [{**it, "text": words.get(it["question"], it["question"])} for it in row["disputes"]]
    return {**row, "disputes": disputes}
