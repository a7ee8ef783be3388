"""An ensemble against what a later record says: places, captures and their order, clashes, the dead, strengths, questions.

Only what the later record says is scored: where it is silent nothing is taken for granted, and the silence is told. What
it gives as an interval is scored as one. Beside the model stand forecasts that need none, and differences are told with
how far they may be luck. Observation ends with the stories or with the record's window, whichever is first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from situation.dates import DAY, Minute
from situation.ensemble.design import block_of, sample_evenly
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.score.courses import Courses, ScoredTime, courses_of
from situation.ensemble.score.items import KINDS, Item, items_in_silence, items_of
from situation.ensemble.score.men import MOST_RETOLD_FOR_STRENGTHS, strength_items, strength_reports
from situation.ensemble.score.naive import NAIVE, TREND_DAYS, naive_courses
from situation.ensemble.score.observed import observe
from situation.ensemble.score.past import Past, reachable
from situation.ensemble.score.question_tests import question_items
from situation.ensemble.score.skill import means, rank_histogram, skill_of
from situation.errors import Fault
from situation.log.state import occupant
from situation.record.record import Record

__all__ = ["FORECASTS", "score_ensemble"]

FORECASTS = ("model", *NAIVE)
_SCORES = ("brier", "log", "crps", "interval", "ignorance", "low", "high")


def score_ensemble(
    ensemble: Ensemble,
    past: Past,
    later: Record,
    record_draws: RecordDraws | None = None,
    since: Minute | None = None,
) -> dict[str, Any]:
    """Score an ensemble.

    Args:
        past: what was known at its branch.
        record_draws: simulates its stories again; None: they cannot be, and strengths are not scored.
        later: the record that knows what happened; all of its knowledge is used, by the belief `graded`.
        since: what the record says of a time that begins by then is left out; None: what begins by the branch.

    Returns: plain values with stable keys.

    Raises:
        Fault: the later record shares no place with the stories; or `since` is not between the branch and the end.
    """
    ground, own = later.ground, past.record.ground
    shared = _shared(own, ground)
    at, end = past.at, min(ensemble.about.end, ground.window.latest)
    if since is not None and not at <= since < end:
        text = ground.clock.text
        raise Fault(
            f"{text(since)} is not between the branch, {text(at)}, and the end of what can be scored, {text(end)}.",
            "Name the branch's day or one between them.",
            argument="from",
        )
    time = ScoredTime(at, at if since is None else since, end)
    start: dict[str, str | None] = {place: occupant(past.known.cells, place) for place in shared}
    model = courses_of(ensemble, start)
    moved = {place for _, place, minute, _ in ensemble.holders if minute > at}
    in_reach = {*reachable(past.known, own), *moved} & shared
    places = [place for place in own.places if place in in_reach]
    observed = observe(later, start, past.known, time)
    forecasts = [model, *naive_courses(past, end)] if end > at and model.members else []
    items = items_of(observed, start, frozenset(places), ground, time)
    answered, silent, settled = question_items(
        ensemble.about.questions, observed, start, ground, time, ensemble.about.end
    )
    chosen = sample_evenly(np.flatnonzero(ensemble.ok), MOST_RETOLD_FOR_STRENGTHS)
    rates = {NAIVE[1]: past.rates(TREND_DAYS), NAIVE[2]: past.rates(None)}
    estimates = [] if record_draws is None else strength_reports(later, time.since, end)
    men = [] if record_draws is None else strength_items(estimates, chosen, record_draws, later, rates)
    kinds: dict[str, list[Item]] = {kind: [] for kind in KINDS}
    for item in (*items, *answered, *men):
        kinds[item.kind].append(item)
    then = later.state(max(at, ground.window.earliest)) if at <= ground.window.latest else None
    spoken = {item.unit for item in kinds["control"]}
    answer: dict[str, Any] = {
        "scenario": ensemble.about.scenario,
        "from": ground.clock.text(at),
        "since": ground.clock.text(time.since),
        "to": ground.clock.text(max(at, end)),
        "days": sum(time.since < day <= end for day in ensemble.about.days),
        "runs": int(ensemble.ok.sum()),
        "contestable": places,
        "reported": [place for place in places if place in spoken],
        "silent": [place for place in places if place not in spoken],
        "silent_questions": silent,
        "settled_questions": settled,
        "left_out": {
            "before_the_branch": observed.before,
            "contradicted": observed.contradicted,
            "dead_without_a_number": [
                {"actor": dead.actor, "month": dead.month} for dead in observed.dead if dead.says_nothing
            ],
        },
        "wrong_at_branch": [place for place in places if then and occupant(then.cells, place) != start[place]],
        "retold": len(chosen) if men else 0,
        "silence": {
            it.name: _in_silence(it, [place for place in places if place not in spoken], time) for it in forecasts
        },
        "vintage": _vintage(past, later),
    }
    passed = {it.place for it in observed.passages}
    quiet_places = [place for place in answer["silent"] if place not in passed]
    pairs = {pair for it in forecasts for pair in it.clashes} - {clash.pair for clash in observed.clashes}
    quiet = items_in_silence(quiet_places, sorted(pairs), start, ground, time)
    skill: list[dict[str, Any]] = []
    ranks: dict[str, Any] = {}
    for kind, mine in kinds.items():
        answer |= _of_kind(kind, mine, forecasts)
        if mine and forecasts:
            blocks = block_of(chosen if kind == "strengths" else np.flatnonzero(ensemble.ok))
            silent_ones = [item for item in quiet if item.kind == kind]
            skill += skill_of(kind, mine, silent_ones, forecasts[:4] if kind == "strengths" else forecasts, blocks)
            ranks[kind] = rank_histogram(mine, model)
    answer["control_by_place"] = _by_place(kinds["control"], forecasts)
    return answer | {"skill": skill, "ranks": {kind: it for kind, it in ranks.items() if it is not None}}


def _shared(own: Any, ground: Any) -> set[str]:
    """The places that the stories' map and the later record's share, by id; of two situations, at the same spot.

    Raises:
        Fault: there is none.
    """
    shared = {place for place in own.places if ground.is_place(place)}
    if own.situation != ground.situation:
        shared = {place for place in shared if own.places[place].at == ground.places[place].at}
    if not shared:
        raise Fault(
            f"The record is of '{ground.situation}', the stories are of '{own.situation}', and they share no place.",
            "Name a record of the same situation, or one whose map has the same places under the same ids.",
        )
    return shared


def _of_kind(kind: str, items: Sequence[Item], forecasts: Sequence[Courses]) -> dict[str, Any]:
    """The mean scores of each forecast on a kind of observation, and its observations one by one."""
    headline, unit, rows_key = KINDS[kind]
    rows = [dict(item.row) for item in items]
    table: dict[str, dict[str, Any]] = {name: {headline: None} for name in FORECASTS}
    for courses in forecasts:
        values = [item.values(courses) for item in items]
        scores = [item.score(it) if len(it) else {} for item, it in zip(items, values, strict=True)]
        names = [name for name in _SCORES if any(name in score for score in scores)] or [headline]
        mean_scores = {name: means(items, scores, name) for name in names}
        table[courses.name] = {name: None if value is None else round(value, 6) for name, value in mean_scores.items()}
        for row, score in zip(rows, scores, strict=True):
            row[courses.name] = round(score[headline], 6) if score else None
    if unit:
        table = {name: {**row, "unit": unit} for name, row in table.items()}
    return {kind: table, rows_key: rows}


def _by_place(items: Sequence[Item], forecasts: Sequence[Courses]) -> list[dict[str, Any]]:
    """The mean Brier score of each forecast by place."""
    rows = []
    for place in dict.fromkeys(item.unit for item in items):
        mine = [item for item in items if item.unit == place]
        scores = {it.name: means(mine, [item.score(item.values(it)) for item in mine], "brier") for it in forecasts}
        rows.append({"place": place} | {name: None if it is None else round(it, 6) for name, it in scores.items()})
    return rows


def _in_silence(courses: Courses, silent: Sequence[str], time: ScoredTime) -> dict[str, float]:
    """Of how many places of which the record says nothing a forecast has a change of hands, on average."""
    return {"changed": round(sum(float((courses.changes_within(place, time) > 0).mean()) for place in silent), 3)}


def _vintage(past: Past, later: Record) -> dict[str, Any]:
    """What was known when: of the record that the stories go on from, and of the one that they are held against."""
    clock, testimony = later.ground.clock, later.testimony
    moments = [testimony.known_from(claim) for claim in testimony.claims.values()]
    after = sum(moment > past.known_at for moment in moments)
    return {
        "branch_known_at": past.record.ground.clock.text(past.known_at),
        "hindsight_days": round(max(0.0, (past.known_at - past.at) / DAY), 3),
        "branch_record": past.record.digest,
        "later_record": later.digest,
        "later_claims": len(moments),
        "later_claims_since": after,
        "later_known_up_to": clock.text(max(moments)) if moments else None,
        "same_record": past.record.digest == later.digest,
    }
