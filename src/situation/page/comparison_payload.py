"""Two ensembles on the same luck as the page's payload, and their page: scenario, baseline and difference as readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from situation.ensemble.answer_words import by_difference, no_difference_in_words
from situation.ensemble.divergence import Parting
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.twins import comparison_of
from situation.page.build import build_page
from situation.page.courses import clash_differences
from situation.page.downloads import comparison_downloads, ensemble_downloads
from situation.page.ensemble_payload import dispute_words, documented_payload, stories_payload
from situation.page.judgements import Judgement, comparison_judgements
from situation.page.payload import those_together
from situation.page.shares import difference_bands, difference_beyond_luck
from situation.page.story_reading import twin_readings
from situation.record.record import Record

__all__ = ["ComparedRun", "comparison_page", "comparison_payload", "difference_handling", "whole_difference"]

ComparedRun = tuple[Ensemble, Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]
"""An ensemble, its results, its scenario as it was run, and its identity."""


def comparison_page(
    baseline: ComparedRun,
    scenario: ComparedRun,
    difference: Mapping[str, Any],
    record: Record,
    digest: str,
    record_draws: tuple[RecordDraws, RecordDraws] | None = None,
) -> str:
    """The page of a scenario beside its baseline as HTML text. The first arguments are those of `comparison_payload`.

    Args:
        record_draws: simulate again the stories of the baseline and of the scenario; None: no single story is shown.
    """
    stories = [] if record_draws is None else twin_readings(baseline[0], scenario[0], record_draws)
    return build_page(comparison_payload(baseline, scenario, difference, record, digest, stories))


def comparison_payload(
    baseline: ComparedRun,
    scenario: ComparedRun,
    difference: Mapping[str, Any],
    record: Record,
    digest: str,
    stories: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Everything that the page of a comparison shows, as plain values.

    Args:
        baseline: the ensemble that the other is compared with.
        scenario: the ensemble of the scenario: the same branch, seed and number of runs.
        difference: the paired differences of the two, the baseline first, as `comparison.json` holds them.
        record: the record that both branch from.
        digest: that of the comparison.
        stories: some of their stories, as `story_reading.twin_readings` gives them.
    """
    payload = documented_payload(scenario[0], scenario[2], record, scenario[3])
    documented, known = payload.pop("documented"), payload.pop("known")
    moving = {weight["number"] for row in difference["questions"] for weight in row["weights"]}
    ensembles = {
        "scenario": stories_payload(*scenario[:3], record, moving, baseline[2]) | {"digest": scenario[3]["digest"]},
        "baseline": stories_payload(*baseline[:3], record) | {"digest": baseline[3]["digest"]},
    }
    readings = (
        ("scenario", "Scenario", ensembles["scenario"]["title"]),
        ("baseline", "Baseline", ensembles["baseline"]["title"]),
        ("difference", "Difference", "What the scenario changes against the baseline, on the same luck"),
    )
    words = dispute_words(scenario[0], scenario[2], record)
    shown = (documented, *known, *stories)
    return {
        **payload,
        "kind": "comparison",
        "judgements": _judged_difference(baseline, scenario, difference, record),
        "actors": [*payload["actors"], *those_together(shown, ensembles.values(), payload["actors"], record.ground)],
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
        "ensembles": ensembles,
        "identity": {**payload["identity"], "digest": digest},
        "comparison": {
            "pairs": difference["pairs"],
            "parted": difference["parted"],
            **_in_order(difference),
            "questions": {row["question"]: _question_difference(row, words) for row in difference["questions"]},
            "beyond": difference_beyond_luck(scenario[0], baseline[0]),
            "bands": difference_bands(scenario[0], baseline[0]),
            "clashes": clash_differences(scenario[0], baseline[0]),
        },
        "downloads": [
            *payload["downloads"],
            *comparison_downloads(difference),
            *(
                file
                for name, side in (("scenario_", scenario), ("baseline_", baseline))
                for file in ensemble_downloads(name, side[1], ensembles[name.rstrip("_")], side[0].about)
            ),
        ],
    }


def whole_difference(
    baseline: ComparedRun,
    scenario: ComparedRun,
    record: Record,
    partings: Sequence[Parting],
) -> dict[str, Any]:
    """What `comparison.json` holds: the paired differences, the baseline first, how they are to be handled, and the judgements.

    Args:
        baseline, scenario, record: as for `comparison_page`.
        partings: where their pairs part, of all that do or of some.

    Raises:
        SituationError: they are not twins.
    """
    difference: dict[str, Any] = {**comparison_of(baseline[0], scenario[0], partings, record.ground)}
    handling = difference_handling(record)
    if handling is not None:
        difference["handling"] = handling
    titles = {"first": baseline[0].about.title, "second": scenario[0].about.title}
    return {**difference, "titles": titles, "judgements": _judged_difference(baseline, scenario, difference, record)}


def difference_handling(record: Record) -> dict[str, str | None] | None:
    """How a comparison of a record is to be handled; None where nothing is said of that."""
    handling = record.marked()
    return handling if handling["mark"] or handling["release"] else None


def _judged_difference(
    baseline: ComparedRun, scenario: ComparedRun, difference: Mapping[str, Any], record: Record
) -> list[Judgement]:
    """The key judgements of a comparison. The arguments are those of `comparison_payload`."""
    forces = {**baseline[2]["forces"], **scenario[2]["forces"]}
    numbers = {**baseline[2]["numbers"], **scenario[2]["numbers"]}
    answers = scenario[1]["questions"]
    return comparison_judgements(difference, scenario[0].about.questions, record.ground, forces, numbers, answers)


def _in_order(difference: Mapping[str, Any]) -> dict[str, Any]:
    """The questions by name, the largest difference first: those beyond luck, and the others with their count in words."""
    clear, luck = ([row["question"] for row in rows] for rows in by_difference(difference))
    return {"clear": clear, "luck": luck, "unchanged": no_difference_in_words(difference)}


def _question_difference(row: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """A question's paired difference as the comparison has it, with its disputes in words."""
    disputes = [{**dispute, "text": words.get(dispute["question"], dispute["question"])} for dispute in row["disputes"]]
    return {**row, "disputes": disputes}
