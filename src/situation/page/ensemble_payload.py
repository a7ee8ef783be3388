"""An ensemble as the page's payload: the record up to the branch, and after it shares, bands and odds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from situation.clock import DAY
from situation.ensemble.ensemble import Ensemble
from situation.log.number_words import number_in_words
from situation.log.record_words import cell_in_words
from situation.page.courses import clash_courses, fate_courses, given_courses, takings_by_day
from situation.page.payload import replay_payload
from situation.page.readings import READINGS, reading_payload
from situation.page.shares import control_shares, expected_changes, strength_bands
from situation.page.stories_files import ensemble_downloads
from situation.record.answers import Lens
from situation.record.record import Record
from situation.scenario.branch import without_claims

__all__ = ["dispute_words", "documented_payload", "ensemble_payload", "stories_payload"]

FIRST_LOOK = 30
"""The page opens on this day after the branch, or on the last where the stories are shorter."""


def ensemble_payload(
    found: Ensemble,
    answers: Mapping[str, Any],
    as_run: Mapping[str, Any],
    record: Record,
    identity: Mapping[str, Any],
    stories: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Everything that the page of an ensemble shows, as plain values.

    Args:
        found: the runs.
        answers: what `ensemble.results.results` gives for them.
        as_run: the scenario as `archive.scenario_as_run` tells it.
        record: the record that the scenario branches from.
        identity: what the run is: digest and versions.
        stories: some of its stories, as `story_reading.example_readings` gives them.
    """
    payload = documented_payload(found, as_run, record, identity)
    reading, known = payload.pop("documented"), payload.pop("known")
    told = stories_payload(found, answers, as_run, record) | {"digest": identity["digest"]}
    return {
        **payload,
        "kind": "ensemble",
        "readings": [
            {**reading, "id": "scenario", "label": "Stories", "hint": told["title"], "stories": "scenario"},
            *known,
            *stories,
        ],
        "ensembles": {"scenario": told},
        "downloads": [*payload["downloads"], *ensemble_downloads("", answers, told, found.about)],
    }


def documented_payload(
    found: Ensemble, as_run: Mapping[str, Any], record: Record, identity: Mapping[str, Any]
) -> dict[str, Any]:
    """The record, and how long the stories go on after it.

    `documented` is the reading that the stories leave at the branch; `known` are the record's own readings, which go on
    to its end, as in a replay.
    """
    about = found.about
    left = without_claims(record, tuple(as_run["without"]))
    lens = Lens(about.known_at, str(as_run["branch"]["belief"]), False)
    payload = replay_payload(left, about.at, lens, identity, readings=[])
    hint = "The record up to the branch, then the stories"
    reading = reading_payload(left, about.at, lens, "asked", "Stories", hint, lens.belief)
    named = {name for entry in reading["entries"] for name in (*entry["claims"], *entry["against"])}
    end = record.minute(None)
    whole = replay_payload(record, end, Lens(), identity, readings=[])
    before = {it["id"]: it for it in payload["claims"] if it["known"] <= about.known_at or it["id"] in named}
    return {
        **payload,
        "documented": reading,
        "known": [reading_payload(record, end, Lens(), *told) for told in READINGS],
        "recorded_to": min(whole["window"][1], about.end),
        "identity": {**payload["identity"], "versions": dict(sorted(identity["versions"].items()))},
        "window": [payload["window"][0], about.end],
        "claims": [before.get(it["id"], {**it, "later": True}) for it in whole["claims"]],
        "branch": about.at,
        "start": min(about.end, about.at + FIRST_LOOK * DAY),
    }


def stories_payload(
    found: Ensemble,
    answers: Mapping[str, Any],
    as_run: Mapping[str, Any],
    record: Record,
    also: Iterable[str] = (),
) -> dict[str, Any]:
    """What the stories of one scenario come to. `also` names drawn numbers that something else on the page speaks of."""
    about = found.about
    words = dispute_words(found, as_run, record)
    named = {weight["number"] for answer in answers["questions"] for weight in answer.get("weights", ())}
    return {
        "id": about.scenario,
        "title": about.title,
        "about": str(as_run.get("about", "")).strip(),
        "assumes": about.assumes,
        "seed": about.seed,
        "runs": about.runs,
        "failed": len(answers["failed"]),
        "days": list(about.days),
        "shares": control_shares(found),
        "bands": strength_bands(found),
        "forces": _at_the_branch(as_run, record),
        "takings": takings_by_day(found),
        "clashes": clash_courses(found),
        "fates": fate_courses(found),
        "given": given_courses(found, as_run, record.ground),
        "expected": expected_changes(found),
        "questions": [_question(it, about.questions[it["question"]], record, words) for it in answers["questions"]],
        "numbers": {name: _number(name, as_run, record) for name in sorted({*named, *also, *as_run["numbers"]})},
        "matters": [str(row["number"]) for row in answers["assumptions"]],
    }


def dispute_words(found: Ensemble, as_run: Mapping[str, Any], record: Record) -> dict[str, str]:
    """From a disputed question of the record, as known at the branch, to its words."""
    left = without_claims(record, tuple(as_run["without"]))
    return {it.question: cell_in_words(it.cell, record.ground) for it in left.disputes(found.about.known_at).disputes}


def _question(
    answer: Mapping[str, Any], asked: Mapping[str, Any], record: Record, words: Mapping[str, str]
) -> dict[str, Any]:
    """An answer as it stands in the results, with the place that it is about, and its disputes in words."""
    place = str(asked.get("place") or "")
    disputes = [{**it, "text": words.get(it["question"], it["question"])} for it in answer.get("disputes", ())]
    told = {**answer, "id": answer["question"], "place": place if place in record.ground.places else None}
    return {**told, "disputes": disputes}


def _number(name: str, as_run: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """A drawn number in words, with its range, unit, source and reason; a force's, where the name is one."""
    numbers, forces = as_run["numbers"], as_run["forces"]
    row = numbers.get(name) or forces.get(name.partition(" at ")[0]) or {}
    told = {key: row.get(key) for key in ("unit", "source", "reason")}
    return {**_points(row), **told, "force": name not in numbers, "words": number_in_words(name, forces, record.ground)}


def _points(row: Mapping[str, Any]) -> dict[str, Any]:
    """The low, best and high of a number of a scenario: of one that is said, that."""
    return {name: row.get(name, row.get("value")) for name in ("low", "best", "high")}


def _at_the_branch(as_run: Mapping[str, Any], record: Record) -> dict[str, dict[str, float]]:
    """The men of each root actor at the branch, low, best and high, as the scenario has them: its total, or its forces."""
    told: dict[str, dict[str, float]] = {}
    for force in as_run["forces"].values():
        rows = told.setdefault(record.ground.root(force["actor"]), {"low": 0.0, "best": 0.0, "high": 0.0})
        times = len(force["at"]) if isinstance(force["at"], list) else 1
        for name, men in _points(force).items():
            rows[name] += times * float(men)
    for actor, total in as_run["totals"].items():
        told[record.ground.root(actor)] = {name: float(men) for name, men in _points(total).items()}
    return {actor: told[actor] for actor in sorted(told)}
