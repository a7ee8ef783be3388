"""An ensemble as the page's payload, and its page: the record up to the branch, and after it shares, bands and odds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from situation.dates import DAY
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.rule_words import rule_table
from situation.page.build import build_page
from situation.page.courses import clash_courses, fate_courses, given_courses, takings_by_day
from situation.page.downloads import ensemble_downloads
from situation.page.judgements import story_judgements
from situation.page.payload import replay_payload, those_together
from situation.page.readings import CUSTOM, READINGS, reading_payload
from situation.page.shares import control_shares, expected_changes, strength_bands
from situation.page.story_reading import example_readings
from situation.page.tour import tour_rows, written_tour
from situation.record.answers.state import Lens
from situation.record.record import Record
from situation.scenario.branch import without_claims
from situation.scenario.story_numbers import number_in_words

__all__ = ["dispute_words", "documented_payload", "ensemble_page", "ensemble_payload", "stories_payload"]

_OPENING_DAY = 30
"""The page opens on this day after the branch, or on the last where the stories are shorter."""


def ensemble_page(
    ensemble: Ensemble,
    answers: Mapping[str, Any],
    as_run: Mapping[str, Any],
    record: Record,
    identity: Mapping[str, Any],
    record_draws: RecordDraws | None = None,
    also: int | None = None,
) -> str:
    """The page of an ensemble as HTML text. The first arguments are those of `ensemble_payload`.

    Args:
        record_draws: retells its stories; None: no single story is shown.
        also: the number of a story to show among them.
    """
    stories = [] if record_draws is None else example_readings(ensemble, record_draws, also)
    return build_page(ensemble_payload(ensemble, answers, as_run, record, identity, stories))


def ensemble_payload(
    ensemble: Ensemble,
    answers: Mapping[str, Any],
    as_run: Mapping[str, Any],
    record: Record,
    identity: Mapping[str, Any],
    stories: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Everything that the page of an ensemble shows, as plain values.

    Args:
        ensemble: its runs.
        answers: what `ensemble.results.results` gives for them.
        as_run: the scenario as `scenario.json` of its run folder holds it.
        record: the record that the scenario branches from.
        identity: what the run is: digest and versions.
        stories: some of its stories, as `story_reading.example_readings` gives them.
    """
    payload = documented_payload(ensemble, as_run, record, identity)
    reading, known = payload.pop("documented"), payload.pop("known")
    summary = stories_payload(ensemble, answers, as_run, record) | {"digest": identity["digest"]}
    readings = [
        {**reading, "id": "scenario", "label": "Stories", "hint": summary["title"], "stories": "scenario"},
        *known,
        *stories,
    ]
    return {
        **payload,
        "kind": "ensemble",
        "judgements": story_judgements(
            answers, ensemble.about.questions, record.ground, as_run["forces"], as_run["numbers"]
        ),
        "actors": [*payload["actors"], *those_together(readings, (summary,), payload["actors"], record.ground)],
        "readings": readings,
        "ensembles": {"scenario": summary},
        "downloads": [*payload["downloads"], *ensemble_downloads("", answers, summary, ensemble.about)],
    }


def documented_payload(
    ensemble: Ensemble, as_run: Mapping[str, Any], record: Record, identity: Mapping[str, Any]
) -> dict[str, Any]:
    """The payload of the record, its window extended to the end of the stories.

    `documented` is the reading that the stories continue from the branch; `known` are the record's own readings, to its
    end, as in a replay.
    """
    about = ensemble.about
    left = without_claims(record, tuple(as_run["without"]))
    lens = Lens(about.known_at, str(as_run["branch"]["belief"]), False)
    payload = replay_payload(left, about.at, lens, identity, readings=[])
    payload.pop("tour", None)
    hint = "The record up to the branch, then the stories"
    reading = reading_payload(left, about.at, lens, CUSTOM, "Stories", hint, lens.belief)
    named = {name for entry in reading["entries"] for name in (*entry["claims"], *entry["against"])}
    end = record.minute(None)
    whole = replay_payload(record, end, Lens(), identity, readings=[])
    before = {
        claim["id"]: claim for claim in payload["claims"] if claim["known"] <= about.known_at or claim["id"] in named
    }
    return {
        **payload,
        **tour_rows(written_tour(as_run), left, (payload["window"][0], about.end)),
        "documented": reading,
        "rules": rule_table(),
        "known": [reading_payload(record, end, Lens(), *row) for row in READINGS],
        "recorded_to": min(whole["window"][1], about.end),
        "identity": {**payload["identity"], "versions": dict(sorted(identity["versions"].items()))},
        "window": [payload["window"][0], about.end],
        "claims": [before.get(claim["id"], {**claim, "later": True}) for claim in whole["claims"]],
        "branch": about.at,
        "start": min(about.end, about.at + _OPENING_DAY * DAY),
    }


def stories_payload(
    ensemble: Ensemble,
    answers: Mapping[str, Any],
    as_run: Mapping[str, Any],
    record: Record,
    also: Iterable[str] = (),
    twin: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The outcome of one scenario's stories, as `contract.EnsembleShape` has it.

    Args:
        ensemble, answers, as_run, record: as those of `ensemble_payload`.
        also: further drawn numbers that the page mentions.
        twin: the scenario as run beside which this one is shown, which may draw some of them in its place.
    """
    about = ensemble.about
    words = dispute_words(ensemble, as_run, record)
    named = {weight["number"] for answer in answers["questions"] for weight in answer.get("weights", ())}
    return {
        "id": about.scenario,
        "title": about.title,
        "about": str(as_run["about"]).strip(),
        "assumes": about.assumes,
        "seed": about.seed,
        "runs": about.runs,
        "failed": len(answers["failed"]),
        "days": list(about.days),
        "shares": control_shares(ensemble),
        "bands": strength_bands(ensemble),
        "forces": _strengths_at_branch(as_run, record),
        "takings": takings_by_day(ensemble),
        "clashes": clash_courses(ensemble),
        "fates": fate_courses(ensemble),
        "given": given_courses(ensemble, as_run, record.ground),
        "expected": expected_changes(ensemble),
        "questions": [
            _question(answer, about.questions[answer["question"]], record, words) for answer in answers["questions"]
        ],
        "numbers": {name: _number(name, as_run, twin, record) for name in sorted({*named, *also, *as_run["numbers"]})},
        "matters": [str(row["number"]) for row in answers["assumptions"]],
    }


def dispute_words(ensemble: Ensemble, as_run: Mapping[str, Any], record: Record) -> dict[str, str]:
    """From a disputed question of the record, as known at the branch, to its words."""
    left = without_claims(record, tuple(as_run["without"]))
    return {
        dispute.question: dispute.heading(record.ground) for dispute in left.disputes(ensemble.about.known_at).disputes
    }


def _question(
    answer: Mapping[str, Any], question: Mapping[str, Any], record: Record, words: Mapping[str, str]
) -> dict[str, Any]:
    """An answer as the results have it, with the place that it is about, and its disputes in words."""
    place = str(question.get("place") or "")
    disputes = [
        {**dispute, "text": words.get(dispute["question"], dispute["question"])}
        for dispute in answer.get("disputes", ())
    ]
    row = {**answer, "id": answer["question"], "place": place if place in record.ground.places else None}
    return {**row, "disputes": disputes}


def _number(name: str, as_run: Mapping[str, Any], twin: Mapping[str, Any] | None, record: Record) -> dict[str, Any]:
    """A drawn number or force in words, with its range, unit, source and reason, from the scenario that draws it."""
    force = name.partition(" at ")[0]
    if twin is not None and name not in as_run["numbers"] and force not in as_run["forces"]:
        as_run = twin
    numbers, forces = as_run["numbers"], as_run["forces"]
    row = numbers[name] if name in numbers else forces[force]
    origin = {key: row.get(key) for key in ("unit", "source", "reason")}
    return {
        **_points(row),
        **origin,
        "force": name not in numbers,
        "words": number_in_words(name, forces, record.ground, row.get("unit") or ""),
    }


def _points(row: Mapping[str, Any]) -> dict[str, Any]:
    """Low, best and high of a scenario's number; a single value is all three."""
    return {name: row.get(name, row.get("value")) for name in ("low", "best", "high")}


def _strengths_at_branch(as_run: Mapping[str, Any], record: Record) -> dict[str, dict[str, float]]:
    """The men of each root actor at the branch, low, best and high: the scenario's total, or the sum of its forces."""
    strengths: dict[str, dict[str, float]] = {}
    for force in as_run["forces"].values():
        rows = strengths.setdefault(record.ground.root(force["actor"]), {"low": 0.0, "best": 0.0, "high": 0.0})
        times = len(force["at"]) if isinstance(force["at"], list) else 1
        for name, men in _points(force).items():
            rows[name] += times * float(men)
    for actor, total in as_run["totals"].items():
        strengths[record.ground.root(actor)] = {name: float(men) for name, men in _points(total).items()}
    return {actor: strengths[actor] for actor in sorted(strengths)}
