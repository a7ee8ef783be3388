"""A run held against a later record: every score as worked out by hand, on the Tarn valley and what came after."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from situation.dates import DAY
from situation.ensemble.chunks import Chunks
from situation.ensemble.design import index_of, sample_evenly
from situation.ensemble.ensemble import About, Ensemble, ensemble_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.score import FORECASTS as NAMES
from situation.ensemble.score import Past, crps, score_ensemble
from situation.ensemble.score.courses import Courses, ScoredTime
from situation.ensemble.score.items import Item, of_amount
from situation.ensemble.score.men import MOST_RETOLD_FOR_STRENGTHS
from situation.ensemble.score.observed import observe
from situation.ensemble.score.skill import skill_of
from situation.ensemble.workers import tell_missing
from situation.errors import Fault
from situation.log.state import occupant
from situation.record.record import Record
from situation.scenario import Scenario
from situation.story.story import Story
from tests.unit.valley_stories import scenario_of, valley

RUNS, SEED = 24, 5
FORECASTS = list(NAMES[:4])
"""All but the last: before the branch the record has no stretch as long as the time scored."""
LATER_SOURCE = """\
  - id: chronicle
    outlet: The Chronicle
    published: 2020-03-31
    reliability: {grade: A, as_of: 2020-02-01, reason: "written with care"}
"""
LATER = """\
  - {id: T9-01, source: chronicle, says: The North took Dell., episode: dell-falls,
     happened: {earliest: 2020-03-18, latest: 2020-03-20, precision: day},
     asserts: {event: Captured, place: dell, by: [north], against: rebels,
       killed_of: {rebels: {unit: people, low: 20, high: 40}}}}
  - {id: T9-02, source: chronicle, says: Sixty rebels held out in the Dunes., happened: 2020-03-25,
     asserts: {event: StrengthAssessed, actor: rebels, place: dunes, number: {unit: fighters, best: 60}}}
  - {id: T9-03, source: chronicle, says: The North had 1500 to 2500 men in Dell., happened: 2020-03-28,
     asserts: {event: StrengthAssessed, actor: north, place: dell, number: {unit: troops, low: 1500, high: 2500}}}
  - {id: T9-04, source: chronicle, says: At least ten rebels hid in Arlen., happened: 2020-03-28,
     asserts: {event: StrengthAssessed, actor: rebels, place: arlen, number: {unit: fighters, low: 10}}}
  - {id: T9-05, source: chronicle, says: There were 900 rebels around Corve., happened: 2020-03-28,
     asserts: {event: StrengthAssessed, actor: rebels, place: corve, scope: vicinity, number: {unit: fighters, best: 900}}}
  - {id: T9-06, source: chronicle, says: The North held Arlen., happened: 2020-03-26,
     asserts: {statement: Holds, actor: north, area: arlen}}
  - {id: T9-07, source: chronicle, says: The rebels held Dell., happened: 2020-03-27,
     asserts: {statement: Holds, actor: rebels, area: dell}}
  - {id: T9-08, source: chronicle, says: North and South shot at each other near Corve., happened: 2020-03-22,
     asserts: {event: Attacked, place: corve, by: [north], against: south}}
"""
"""Of what came after 12 March: a capture within three days, with its dead; estimates, of which one has no upper bound and
one is of another area; a statement that counts, and one that the record itself contradicts; and a clash of two who were
no enemies."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path_factory.mktemp("valley")))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return later_record(tmp_path_factory.mktemp("later"), LATER)


def later_record(folder: Path, claims: str) -> Record:
    small = valley(folder)
    small.plant("sources.yaml", "speakers:\n", f"{LATER_SOURCE}speakers:\n")
    return small.add("record.yaml", claims).load()


@pytest.fixture(scope="module")
def ensemble(plan: tuple[Scenario, Record], tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    chunks = Chunks(tmp_path_factory.mktemp("chunks"), RUNS)
    tell_missing(*plan, SEED, chunks, 1)
    return ensemble_of(About.of(*plan, SEED, RUNS), chunks.read())


@pytest.fixture(scope="module")
def answer(plan: tuple[Scenario, Record], ensemble: Ensemble, later: Record) -> dict[str, Any]:
    return scored(plan, ensemble, later)


def scored(
    plan: tuple[Scenario, Record], ensemble: Ensemble, later: Record, retell: bool = True, since: str | None = None
) -> dict[str, Any]:
    scenario, record = plan
    past = Past(record, scenario.at, scenario.known_at, scenario.branch.belief)
    draws = RecordDraws(scenario, record, SEED) if retell else None
    return score_ensemble(ensemble, past, later, draws, None if since is None else record.minute(since))


def fair_crps(values: list[float], came: float) -> float:
    """By the definition of Gneiting & Raftery, with every pair of different members written out."""
    count = len(values)
    apart = sum(abs(one - other) for i, one in enumerate(values) for j, other in enumerate(values) if i != j)
    return sum(abs(value - came) for value in values) / count - apart / (2 * count * (count - 1))


def without(value: float, low: float, high: float, end: float) -> float:
    """A value with an interval taken out of the axis, cut off at the end."""
    value = min(value, end)
    return value if value <= low else low if value <= high else value - (high - low)


def test_the_crps_is_the_mean_distance_less_half_the_spread_of_all_pairs() -> None:
    rng = np.random.default_rng(3)
    for count in (2, 3, 17):
        values = np.round(rng.gamma(2.0, 5.0, count), 1)
        for came in (0.0, float(values[0]), 30.0):
            assert crps(values, came) == pytest.approx(fair_crps(values.tolist(), came), abs=1e-12)
    assert crps(np.array([4.0]), 7.0) == 3.0


def test_only_what_the_later_record_says_is_scored_and_its_silence_is_told(answer: dict[str, Any]) -> None:
    assert (answer["from"], answer["to"], answer["days"]) == ("2020-03-12T23:59+02:00", "2020-03-31T23:59+02:00", 19)
    quarters = ["corve-mill", "corve-dock"]  # in some story they change hands
    assert answer["contestable"] == ["arlen", "arlen-bridge", "corve", *quarters, "dell"]
    assert answer["reported"] == ["arlen", "dell"]
    assert answer["silent"] == ["arlen-bridge", "corve", *quarters]
    assert answer["left_out"] == {
        "before_the_branch": 0,
        "contradicted": 1,
        "dead_without_a_number": [{"actor": "north", "month": "2020-03"}, {"actor": "south", "month": "2020-03"}],
    }
    assert [(row["place"], row["holder"], row["said"]) for row in answer["control_by_sighting"]] == [
        ("dell", "north", False),
        ("arlen", "north", True),
    ]
    assert list(answer["silence"]) == FORECASTS
    assert answer["silence"]["nothing changes"] == {"changed": 0.0}


def test_from_a_later_day_only_what_the_record_says_of_the_time_after_it_is_scored(
    answer: dict[str, Any], plan: tuple[Scenario, Record], ensemble: Ensemble, later: Record
) -> None:
    late = scored(plan, ensemble, later, since="2020-03-21")  # Dell fell from the 18th to the 20th
    assert (late["from"], late["since"], late["days"]) == (answer["from"], "2020-03-21T23:59+02:00", 10)
    assert [row["place"] for row in late["control_by_sighting"]] == ["arlen"]
    assert [(row["place"], row["latest"]) for row in late["captures_by_place"]] == [("arlen", None)]  # not lost yet
    assert not late["changes_of_hands_by_place"] and not late["killed_by_side"]
    assert late["clashes_by_pair"] == answer["clashes_by_pair"]
    assert late["strengths_by_report"] == answer["strengths_by_report"]
    assert late["settled_questions"] and set(late["settled_questions"]) <= {
        row["question"] for row in (*answer["questions_by_name"], *answer["questions_of_time_by_name"])
    }
    assert "dell" in late["silent"] and "dell" not in answer["silent"]
    assert late["silence"]["nothing changes"] == {"changed": 0.0}
    for moves in ("2020-03-18", "2020-03-19"):  # within the interval, too, it is left out
        rows = scored(plan, ensemble, later, False, moves)["captures_by_place"]
        assert [row["place"] for row in rows] == ["arlen"]
    same = scored(plan, ensemble, later, since="2020-03-12")
    assert {**same, "ranks": None} == {**answer, "ranks": None}
    for day in ("2020-03-11", "2020-03-31", "2020-04-20"):
        with pytest.raises(Fault, match="is not between the branch"):
            scored(plan, ensemble, later, False, day)


def test_control_is_scored_when_the_record_speaks(
    answer: dict[str, Any], plan: tuple[Scenario, Record], ensemble: Ensemble
) -> None:
    """Of Dell at the end of the interval in which it fell, the evening of the 20th: day 8; of Arlen as the statement has it."""
    told = ensemble.held("dell", plan[0].at + 8 * DAY)
    shares = {who: told.count(who) / RUNS for who in set(told)}
    of_dell = sum((shares.get(who, 0.0) - (who == "north")) ** 2 for who in {*shares, "north"})
    of_dell -= sum(part * (1 - part) for part in shares.values()) / (RUNS - 1)
    by_place = {row["place"]: row for row in answer["control_by_place"]}
    assert by_place["dell"]["model"] == pytest.approx(of_dell, abs=2e-6)
    assert (by_place["dell"]["nothing changes"], by_place["arlen"]["nothing changes"]) == (2.0, 0.0)
    assert answer["control"]["model"]["brier"] == pytest.approx((of_dell + by_place["arlen"]["model"]) / 2, abs=2e-6)
    assert answer["control"]["nothing changes"]["log"] == pytest.approx(
        (math.log(0.5 / 201) + math.log(200.5 / 201)) / 2, abs=2e-6
    )


def test_a_date_within_an_interval_is_scored_as_an_interval_and_a_hold_as_not_yet(
    answer: dict[str, Any], plan: tuple[Scenario, Record], ensemble: Ensemble
) -> None:
    rows = {row["place"]: row for row in answer["captures_by_place"]}
    assert list(rows) == ["arlen", "dell"]
    low, high, end = rows["dell"]["earliest"], rows["dell"]["latest"], 19.0
    assert (low, high, rows["dell"]["by"], rows["arlen"]["latest"]) == (
        pytest.approx(5.0, abs=0.01),
        8.0,
        "north",
        None,
    )
    times = []
    for run in range(RUNS):
        mine = [(minute, who) for number, name, minute, who in ensemble.holders if (number, name) == (run, "dell")]
        lost = [(minute - plan[0].at) / DAY for minute, who in mine if who != "rebels"]
        times.append(without(min([*lost[:1], math.inf]), low, high, end))
    assert rows["dell"]["model"] == pytest.approx(fair_crps(times, low), abs=2e-3)
    assert rows["dell"]["nothing changes"] == pytest.approx(end - high, abs=1e-6)
    assert rows["arlen"]["nothing changes"] == 0.0


def test_clashes_deaths_and_changes_of_hands_are_told_with_every_forecast(answer: dict[str, Any]) -> None:
    (clash,) = answer["clashes_by_pair"]
    assert (clash["between"], clash["latest"]) == (["north", "south"], 10.0)
    assert clash["nothing changes"] == pytest.approx(9.0)
    (dead,) = answer["killed_by_side"]
    assert (dead["actor"], dead["month"], dead["low"], dead["high"]) == ("rebels", "2020-03", 20.0, 40.0)
    assert set(answer["killed"]["model"]) == {"crps", "interval", "ignorance", "unit"}
    (changes,) = answer["changes_of_hands_by_place"]
    assert (changes["place"], changes["at_least"], changes["nothing changes"]) == ("dell", 1, 1.0)


def test_a_question_is_answered_by_what_the_record_says_or_told_to_be_silent(answer: dict[str, Any]) -> None:
    (row,) = answer["questions_by_name"]
    assert (row["question"], row["came"], row["nothing changes"]) == ("dell", True, 2.0)
    assert answer["silent_questions"] == ["camp"]


def men_at(story: Story, row: Mapping[str, Any], minute: int) -> float:
    """Men of a row's actor at its place, which has no other place in it, read off the state force by force."""
    cells = story.state(minute).cells
    units = {"rebels": {"rebels"}, "north": {"north", "north-guard", "north-scouts"}}[row["actor"]]
    there = [
        force
        for force in cells["story.forces"]
        if cells[f"{force}.actor"] in units and cells.get(f"{force}.place") == row["place"]
    ]
    return float(sum(cells.get(f"{force}.number", 0) + cells.get(f"{force}.hidden", 0) for force in there))


def test_strengths_are_scored_between_the_bounds_that_an_estimate_gives(
    answer: dict[str, Any], plan: tuple[Scenario, Record], later: Record
) -> None:
    """A lower bound alone counts as one; the surroundings of a place are not the place."""
    scenario, record = plan
    rows = answer["strengths_by_report"]
    assert [(row["actor"], row["place"], row["low"], row["high"]) for row in rows] == [
        ("rebels", "dunes", 60.0, 60.0),
        ("north", "dell", 1500.0, 2500.0),
        ("rebels", "arlen", 10.0, None),
    ]
    assert answer["retold"] == RUNS
    record_draws = RecordDraws(scenario, record, SEED)
    for row in (row for row in rows if row["place"] != "arlen"):  # which has the bridge in it
        minute = later.ground.clock.moment(row["at"])
        high = math.inf if row["high"] is None else row["high"]
        men = [men_at(record_draws.tell(index_of(run)), row, minute) for run in range(RUNS)]
        known = [without(value, row["low"], high, math.inf) for value in men]
        assert row["model"] == pytest.approx(fair_crps(known, row["low"]), abs=1e-5)


def test_little_that_is_observed_shows_no_difference_and_none_is_claimed(answer: dict[str, Any]) -> None:
    assert answer["skill"]
    for row in answer["skill"]:
        assert (row["interval"], row["says"]) == (None, "no difference shown"), row
    assert {row["against"] for row in answer["skill"]} == set(FORECASTS[1:])
    bars = answer["ranks"]["captures"]["bars"]
    assert answer["ranks"]["captures"]["observations"] == 2
    assert sum(bars) == pytest.approx(2.0, abs=0.01)


def _item(unit: str, mine: list[float], other: list[float], came: float) -> Item:
    values = {"model": np.array(mine), "other": np.array(other)}
    return of_amount("captures", unit, {}, lambda courses: values[courses.name], (came, came), math.inf)


def test_a_difference_is_claimed_where_it_shows_with_silence_left_out_and_taken_for_peace() -> None:
    rng, block = np.random.default_rng(4), np.arange(80) // 8
    model, other = (Courses(name, 0, 80, {}, {}) for name in ("model", "other"))

    def near(came: float, by: float) -> list[float]:
        return list(came + by + rng.normal(0.0, 1.0, 80))

    good = [_item(f"place {number}", near(10.0, 0.0), near(10.0, 5.0), 10.0) for number in range(12)]
    bad = [_item(f"quiet {number}", near(10.0, 9.0), near(10.0, 0.0), 10.0) for number in range(24)]
    (row,) = skill_of("captures", good, [], [model, other], block)
    assert row["says"] == "better"
    assert row["interval"][0] > 0.0
    (row,) = skill_of("captures", good, bad, [model, other], block)
    assert row["says"] == "no difference shown"
    assert row["if_silence_is_peace"]["interval"][1] < 0.0
    (row,) = skill_of("captures", [_item("one", near(1.0, 0.0), near(1.0, 9.0), 1.0)], [], [model, other], block)
    assert (row["interval"], row["says"]) == (None, "no difference shown")


def test_where_the_branch_was_wrong_it_is_told(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path
) -> None:
    early = LATER.replace("{earliest: 2020-03-18, latest: 2020-03-20, precision: day}", "2020-03-12")
    known = later_record(tmp_path, early)
    answer = scored(plan, ensemble, known, retell=False)
    assert answer["wrong_at_branch"] == ["dell"]
    assert [row["place"] for row in answer["captures_by_place"]] == ["arlen"]


def test_of_many_stories_some_are_told_again_evenly_spread() -> None:
    stories = np.arange(400)
    some = sample_evenly(stories, MOST_RETOLD_FOR_STRENGTHS)
    assert (len(some), some[0], some[-1]) == (MOST_RETOLD_FOR_STRENGTHS, 0, 399)
    assert np.ptp(np.diff(some)) <= 1
    assert sample_evenly(stories[:7], MOST_RETOLD_FOR_STRENGTHS).tolist() == list(range(7))
    assert sample_evenly(stories[:0], MOST_RETOLD_FOR_STRENGTHS).tolist() == []
    assert sample_evenly(stories[5:6], 1).tolist() == [5]


def test_a_record_of_another_situation_is_taken_where_its_places_are_the_same(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path
) -> None:
    small = valley(tmp_path)
    small.plant("sources.yaml", "speakers:\n", f"{LATER_SOURCE}speakers:\n")
    small.add("record.yaml", LATER).plant("map.yaml", "situation: tarn-valley", "situation: other-valley")
    assert scored(plan, ensemble, small.load(), retell=False)["reported"] == ["arlen", "dell"]
    small.files["map.yaml"] = small.text("map.yaml").replace("lat: 1.", "lat: 4.")
    with pytest.raises(
        Fault, match="The record is of 'other-valley', the stories are of 'tarn-valley', and they share no"
    ):
        scored(plan, ensemble, small.load(), retell=False)


def test_a_record_that_says_nothing_of_what_came_after_leaves_nothing_to_score(
    ensemble: Ensemble, plan: tuple[Scenario, Record]
) -> None:
    silent = scored(plan, ensemble, plan[1])
    assert (silent["reported"], silent["skill"], silent["ranks"]) == ([], [], {})
    assert silent["silent"] == silent["contestable"]
    assert silent["control"]["model"] == {"brier": None}


def test_the_vintage_of_branch_and_record_is_told(answer: dict[str, Any], later: Record) -> None:
    vintage = answer["vintage"]
    assert vintage["branch_known_at"] == "2020-03-31T23:59+02:00"
    assert vintage["hindsight_days"] == 19.0
    assert vintage["later_claims"] == len(later.testimony.claims)
    assert vintage["later_claims_since"] == 0  # all were known by the last minute of what the branch knew
    assert (vintage["same_record"], vintage["later_record"]) == (False, later.digest)


def test_dead_of_no_known_side_may_be_anybodys(plan: tuple[Scenario, Record], tmp_path: Path) -> None:
    """Between 20 and 40 rebels; with five whose side is not stated up to 45, with an event that gives no number 20 or more."""
    nobody = """\
  - {id: T9-10, source: chronicle, says: Five died in a raid near Dell., happened: 2020-03-24,
     asserts: {event: Attacked, place: dell, by: [north], killed: {unit: people, best: 5}}}
"""
    untold = """\
  - {id: T9-11, source: chronicle, says: The North struck the rebels at the Dunes., happened: 2020-03-26,
     asserts: {event: Attacked, place: dunes, by: [north], against: rebels}}
"""
    scenario, record = plan
    known = record.state(scenario.at, scenario.known_at)
    start: dict[str, str | None] = {place: occupant(known.cells, place) for place in record.ground.places}
    highs, norths = [], []
    for number, claims in enumerate((LATER, LATER + nobody, LATER + untold)):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = observe(later_record(folder, claims), start, known, ScoredTime(scenario.at, scenario.at, scenario.end))
        highs += [dead.high for dead in found.dead if dead.actor == "rebels"]
        norths += [dead.says_nothing for dead in found.dead if dead.actor == "north"]
    assert highs == [40.0, 45.0, math.inf]
    assert norths == [True, True, True], "nobody counted the dead of the North, and that is not none"


def test_where_the_record_counts_no_dead_of_a_side_nobody_is_scored_on_them(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path
) -> None:
    """Six died on a side that is not stated, and a raid has no number: to say that nobody dies earns nothing."""
    claims = """\
  - {id: T9-20, source: chronicle, says: Six fighters died as the rebels struck at Dell., happened: 2020-03-18,
     asserts: {event: Attacked, place: dell, by: [rebels], against: north, killed: {unit: fighters, best: 6}}}
  - {id: T9-21, source: chronicle, says: The North raided the Dunes., happened: 2020-03-20,
     asserts: {event: Attacked, place: dunes, by: [north], against: rebels}}
"""
    silent = scored(plan, ensemble, later_record(tmp_path, claims), retell=False)
    assert not silent["killed_by_side"] and silent["killed"]["nothing changes"] == {"crps": None, "unit": "men"}
    told = [(row["actor"], row["month"]) for row in silent["left_out"]["dead_without_a_number"]]
    assert told == [("north", "2020-03"), ("rebels", "2020-03")]
    (tmp_path / "counted").mkdir()
    one = """\
  - {id: T9-22, source: chronicle, says: Thirty rebels died at Dell., happened: 2020-03-22,
     asserts: {event: Attacked, place: dell, by: [north], against: rebels, killed_of: {rebels: {unit: men, best: 30}}}}
"""
    (row,) = scored(plan, ensemble, later_record(tmp_path / "counted", claims + one), retell=False)["killed_by_side"]
    assert (row["actor"], row["low"], row["high"]) == ("rebels", 30.0, None)
    assert row["nothing changes"] == pytest.approx(30.0), "thirty at the least died, of whom it foretold none"


def test_the_dead_of_a_quarter_are_not_added_to_those_of_its_city(
    plan: tuple[Scenario, Record], tmp_path: Path
) -> None:
    city = """\
  - {id: T9-12, source: chronicle, says: A hundred rebels died in Corve., happened: DAY, episode: corve-battle,
     asserts: {event: Attacked, place: corve, by: [north], against: rebels, killed_of: {rebels: {unit: men, best: 100}}}}
"""
    quarter = """\
  - {id: T9-13, source: chronicle, says: Thirty of them died in the Mill quarter., happened: DAY, episode: corve-battle,
     asserts: {event: Attacked, place: corve-mill, by: [north], against: rebels, killed_of: {rebels: {unit: men, best: 30}}}}
"""
    scenario, record = plan
    known = record.state(scenario.at, scenario.known_at)
    start: dict[str, str | None] = {place: occupant(known.cells, place) for place in record.ground.places}
    later = later_record(tmp_path, (city + quarter).replace("DAY", "2020-03-24"))
    seen = observe(later, start, known, ScoredTime(scenario.at, scenario.at, scenario.end))
    assert [(dead.low, dead.high) for dead in seen.dead if dead.actor == "rebels"] == [(100.0, 130.0)]
    past = Past(later, later.minute("2020-03-30"), later.minute("2020-03-31"), "graded")
    assert past.killed(later.minute("2020-03-20"), past.at)["rebels"] == 100
