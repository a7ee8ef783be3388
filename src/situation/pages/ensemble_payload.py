"""An ensemble as the page's payload: the record up to the branch, and after it shares, bands and odds."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import orjson

from situation.answers import Lens
from situation.clock import DAY
from situation.ensemble.columns import Ensemble
from situation.pages.payload import replay_payload
from situation.pages.readings import reading_payload
from situation.pages.shares import control_shares, expected_changes, strength_bands
from situation.pages.story_reading import story_reading
from situation.record import Record
from situation.scenario.branching import leaving_out
from situation.story import Story
from situation.wording import cell_in_words

__all__ = ["documented_payload", "ensemble_payload", "stories_payload"]

FIRST_LOOK = 30
"""The page opens on this day after the branch, or on the last where the stories are shorter."""


def ensemble_payload(
    found: Ensemble,
    answers: Mapping[str, Any],
    as_run: Mapping[str, Any],
    record: Record,
    identity: Mapping[str, Any],
    story: tuple[int, Story] | None = None,
) -> dict[str, Any]:
    """Everything that the page of an ensemble shows, as plain values.

    Args:
        found: the runs.
        answers: what `ensemble.results.results` gives for them.
        as_run: the scenario as `archive.scenario_as_run` tells it.
        record: the record that the scenario branches from.
        identity: what the run is: digest and versions.
        story: a run's number and its story, to be shown as a reading of its own.
    """
    payload = documented_payload(found, as_run, record, identity)
    reading = payload.pop("documented")
    told = stories_payload(found, answers, as_run, record)
    readings = [{**reading, "id": "scenario", "label": "Stories", "hint": told["title"], "stories": "scenario"}]
    if story is not None:
        readings.append(story_reading(story[1], record, story[0], found.about.runs))
    return {
        **payload,
        "kind": "ensemble",
        "readings": readings,
        "ensembles": {"scenario": told},
        "downloads": [*payload["downloads"], *_downloads("", answers, told)],
    }


def documented_payload(
    found: Ensemble, as_run: Mapping[str, Any], record: Record, identity: Mapping[str, Any]
) -> dict[str, Any]:
    """The record as it is believed at the branch, and how long the stories go on; its one reading is `documented`."""
    about = found.about
    left = leaving_out(record, tuple(as_run["without"]))
    lens = Lens(about.known_at, str(as_run["branch"]["belief"]), False)
    payload = replay_payload(left, about.at, lens, identity, readings=[])
    hint = "The record up to the branch, then the stories"
    reading = reading_payload(left, about.at, lens, "asked", "Stories", hint, lens.belief)
    named = {name for entry in reading["entries"] for name in (*entry["claims"], *entry["against"])}
    return {
        **payload,
        "documented": reading,
        "identity": {**payload["identity"], "versions": dict(sorted(identity["versions"].items()))},
        "window": [payload["window"][0], about.end],
        "claims": [it for it in payload["claims"] if it["known"] <= about.known_at or it["id"] in named],
        "branch": about.at,
        "start": min(about.end, about.at + FIRST_LOOK * DAY),
    }


def stories_payload(
    found: Ensemble, answers: Mapping[str, Any], as_run: Mapping[str, Any], record: Record
) -> dict[str, Any]:
    """What the stories of one scenario come to."""
    about = found.about
    left = leaving_out(record, tuple(as_run["without"]))
    words = {it.question: cell_in_words(it.cell, record.ground) for it in left.disputes(about.known_at).disputes}
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
        "expected": expected_changes(found),
        "questions": [_question(it, about.questions[it["question"]], record, words) for it in answers["questions"]],
        "numbers": {name: _number(name, as_run) for name in sorted({*named, *as_run["numbers"]})},
        "matters": [str(row["number"]) for row in answers["assumptions"]],
    }


def _question(
    answer: Mapping[str, Any], asked: Mapping[str, Any], record: Record, words: Mapping[str, str]
) -> dict[str, Any]:
    """An answer as it stands in the results, with the place that it is about, and its disputes in words."""
    place = str(asked.get("place") or "")
    disputes = [{**it, "text": words.get(it["question"], it["question"])} for it in answer.get("disputes", ())]
    told = {**answer, "id": answer["question"], "place": place if place in record.ground.places else None}
    return {**told, "disputes": disputes}


def _number(name: str, as_run: Mapping[str, Any]) -> dict[str, Any]:
    """A drawn number with its range, unit, source and reason; a force's, where the name is one."""
    numbers, forces = as_run["numbers"], as_run["forces"]
    row = numbers.get(name) or forces.get(name.partition(" at ")[0]) or {}
    told = {key: row.get(key) for key in ("low", "best", "high", "unit", "source", "reason")}
    return {**told, "force": name not in numbers}


def _downloads(prefix: str, answers: Mapping[str, Any], told: Mapping[str, Any]) -> list[dict[str, str]]:
    rows = io.StringIO()
    table = csv.writer(rows, lineterminator="\n")
    table.writerow(("place", "day", "holder", "share"))
    for place, shares in told["shares"].items():
        for day, *parts in shares["rows"]:
            table.writerows(
                (place, day, holder or "", part) for holder, part in zip(shares["holders"], parts, strict=True)
            )
    text = orjson.dumps(answers, option=orjson.OPT_INDENT_2).decode()
    return [
        {"name": f"{prefix}questions.json", "type": "application/json", "text": text},
        {"name": f"{prefix}control_shares.csv", "type": "text/csv", "text": rows.getvalue()},
    ]
