"""The questions of a scenario: each form answered as by hand, and each wrong one refused at its line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

import situation as sit
from situation.dates import DAY, Interval
from situation.ensemble.answers import FROM_STATE, FROM_STORY, check_forms
from situation.ensemble.design import index_of
from situation.ensemble.observations import Observations
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.results import results
from situation.ensemble.summary import summary_of
from situation.errors import SituationError
from situation.events import (
    ActorId,
    AreaId,
    Attacked,
    BattleDay,
    ColumnFled,
    KilledOff,
    LeftTheatre,
    PlaceId,
    Raided,
    Surrendered,
    WoundedReturned,
)
from situation.log.entry import Entry, Ruled
from situation.record.record import Record
from situation.scenario import Question, Scenario, load_scenario
from situation.scenario.question import FORMS
from situation.story.story import Story
from situation.story.tally import tallies
from tests.unit.valley_stories import problems, scenario_of, valley

SEED = 5
RUNS = 8
REBELS, NORTH, SOUTH = ActorId("rebels"), ActorId("north"), ActorId("south")
DELL = PlaceId("dell")
FATES: Any = ("killed", "wounded", "surrendered", "left")
LAST = "camp: {ask: fighters, actor: rebels, area: lowlands, at: 2020-04-01}"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path_factory.mktemp("valley")))


def asking(plan: tuple[Scenario, Record], **questions: Question) -> Scenario:
    return attrs.evolve(plan[0], questions=questions)


def lost_by_hand(story: Story, actor: str, how: str) -> dict[str, list[tuple[int, int]]]:
    """From a place to (minute, men): each entry that takes men of an actor, read off the log alone."""
    owner = {force: story.stage.ground.root(who) for force, who in _owners(story).items()}
    found: dict[str, list[tuple[int, int]]] = {}
    for entry in story.entries:
        event, place, men = entry.event, str(getattr(entry.event, "place", "")), 0
        if isinstance(event, BattleDay | Raided) and how in ("killed", "wounded"):
            losses = (*event.attackers, *event.defenders) if isinstance(event, BattleDay) else event.losses
            men = sum(getattr(loss, how) for loss in losses if owner[loss.force] == actor)
        elif isinstance(event, ColumnFled) and how == "killed" and owner[event.force] == actor:
            men = event.lost
        elif (isinstance(event, KilledOff) and how == "killed") or (
            isinstance(event, Surrendered) and how == "surrendered"
        ):
            men = event.number if owner[event.force] == actor else 0
        elif isinstance(event, LeftTheatre) and how == "left" and owner[event.force] == actor:
            men = event.number
        elif isinstance(event, WoundedReturned) and how == "left":
            place = event.batch.split(":")[1]
            men = sum(part.left for part in event.parts if owner[part.force] == actor)
        if men:
            found.setdefault(place, []).append((entry.time, men))
    return found


def _owners(story: Story) -> Mapping[str, Any]:
    cells = story.state().cells
    return {cell.removesuffix(".actor"): value for cell, value in cells.items() if cell.endswith(".actor")}


def test_the_lost_are_counted_by_fate_place_and_day_as_the_log_has_them(plan: tuple[Scenario, Record]) -> None:
    ground = plan[1].ground
    day = "2020-04-01"
    asked = {
        f"{actor}|{how}|{area}|{at}": Question(
            "lost",
            actor=ActorId(actor),
            how=(how,),
            area=AreaId(area) if area else None,
            at=at or None,
        )
        for actor in ("rebels", "north")
        for how in FATES
        for area in ("", "dell", "arlen", "lowlands")
        for at in ("", day)
    }
    scenario = asking(plan, **asked, all=Question("lost", actor=REBELS, how=FATES))
    record_draws = RecordDraws(scenario, plan[1], SEED)
    seen = dict.fromkeys(FATES, 0.0)
    for run in range(RUNS):
        story = record_draws.tell(index_of(run))
        told = summary_of(story, index_of(run)).answers
        for name, question in asked.items():
            actor, how, area, at = name.split("|")
            by = ground.clock.moment(at) if at else scenario.end
            rows = lost_by_hand(story, actor, how)
            where = set(ground.members(AreaId(area))) if area else set(rows)
            wanted = sum(men for place in where for minute, men in rows.get(place, []) if minute <= by)
            assert told[name] == wanted, (run, question)
            seen[how] += wanted
        tally = tallies(story.state(), ground)["rebels"]
        for fate in ("killed", "surrendered", "left"):
            assert told[f"rebels|{fate}||"] == getattr(tally, fate)
        assert told["all"] == sum(told[f"rebels|{how}||"] or 0 for how in FATES)
        assert all((told[name] or 0) <= (told[f"{name.rpartition('|')[0]}|"] or 0) for name in asked)
    assert min(seen["killed"], seen["wounded"], seen["left"]) > 0


def test_men_and_places_are_counted_at_the_very_minute(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    story = RecordDraws(scenario, record, SEED).tell(index_of(0))
    moved = [
        entry.time
        for entry in story.entries
        if entry.time > scenario.at and entry.event.__class__.__name__ == "MarchBegan"
    ]
    at = record.ground.clock.text(moved[0])
    before = record.ground.clock.text(moved[0] - 1)
    area = AreaId("valley")
    told = summary_of(
        RecordDraws(
            asking(
                plan,
                then=Question("fighters", actor=NORTH, area=area, at=at),
                before=Question("fighters", actor=NORTH, area=area, at=before),
                held=Question("places held", by=NORTH, area=area, at=before),
                end=Question("places held", by=NORTH, area=area),
            ),
            record,
            SEED,
        ).tell(index_of(0)),
        index_of(0),
    ).answers
    for name, minute in (("then", moved[0]), ("before", moved[0] - 1)):
        cells = story.state(minute).cells
        standing = [
            force
            for force in cells["story.forces"]
            if cells.get(f"{force}.place") is not None and record.ground.root(cells[f"{force}.actor"]) == "north"
        ]
        assert told[name] == sum(cells.get(f"{it}.number", 0) + cells.get(f"{it}.hidden", 0) for it in standing)
    assert told["then"] != told["before"]
    for name, minute in (("held", moved[0] - 1), ("end", scenario.end)):
        state = story.state(minute)
        assert told[name] == sum(state.get(place, "holder") == "north" for place in record.ground.members(area))


def answered(plan: tuple[Scenario, Record], question: Question, holders: Any = (), clashes: Any = ()) -> float | None:
    at = plan[0].at
    scenario = asking(plan, it=question)
    timed = [("dell", at, "rebels"), *(("dell", at + int(day * DAY), who) for day, who in holders)]
    minutes = [(pair, rung, at + int(day * DAY)) for pair, rung, day in clashes]
    return Observations(scenario, plan[1].ground).answers(timed, minutes)["it"]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_question_has_one_function(form: str) -> None:
    assert (form in FROM_STATE) + (form in FROM_STORY) == 1


def test_a_form_without_a_function_and_a_function_without_a_form_are_refused_by_name() -> None:
    with pytest.raises(SituationError, match=r"The question form 'rumoured' has no function\. Give it one\."):
        check_forms((*FORMS, "rumoured"), "Give it one.", FROM_STATE, FROM_STORY)
    with pytest.raises(SituationError, match=r"The question form 'lost' has two functions\."):
        check_forms(FORMS, "Give it one.", {**FROM_STATE, "lost": len}, FROM_STORY)
    with pytest.raises(SituationError, match=r"A function answers 'lost', which is no form of question\."):
        check_forms([form for form in FORMS if form != "lost"], "Give it one.", FROM_STATE, FROM_STORY)


def test_a_capture_counts_from_the_branch_to_its_day(plan: tuple[Scenario, Record]) -> None:
    """The branch is the end of 12 March; the place changes hands on the 15th, and back on the 20th."""
    history = [(3, "north"), (8, "rebels")]
    late, soon = "2020-03-15", "2020-03-14"
    assert answered(plan, Question("captured", place=DELL, by=NORTH), history) == 1.0
    assert answered(plan, Question("captured", place=DELL, by=NORTH, at=late), history) == 1.0
    assert answered(plan, Question("captured", place=DELL, by=NORTH, at=soon), history) == 0.0
    assert answered(plan, Question("captured", place=DELL, by=SOUTH), history) == 0.0
    assert answered(plan, Question("captured", place=DELL, by=REBELS), []) == 0.0
    assert answered(plan, Question("captured", place=DELL, by=REBELS), history) == 1.0


def test_holding_is_asked_of_a_day_or_of_a_stretch(plan: tuple[Scenario, Record]) -> None:
    history = [(3, "north"), (8, "rebels")]
    days = {"2020-03-14": 0.0, "2020-03-15": 1.0, "2020-03-19": 1.0, "2020-03-20": 0.0, "2020-05-11": 0.0}
    for day, wanted in days.items():
        assert answered(plan, Question("held on", place=DELL, by=NORTH, at=day), history) == wanted, day
    assert answered(plan, Question("held on", place=DELL, by=REBELS, at="2020-05-11"), history) == 1.0
    assert answered(plan, Question("held for", place=DELL, by=NORTH, days=5), history) == 1.0
    assert answered(plan, Question("held for", place=DELL, by=NORTH, days=6), history) == 0.0
    assert answered(plan, Question("held for", place=DELL, by=REBELS, days=52), history) == 1.0
    assert answered(plan, Question("held for", place=DELL, by=REBELS, days=53), history) == 0.0


def test_a_place_passes_from_holder_to_holder_and_nobody_is_none(plan: tuple[Scenario, Record]) -> None:
    twice = [(3, "north"), (8, None), (9, "rebels")]
    assert answered(plan, Question("changed hands", place=DELL), twice) == 1.0
    assert answered(plan, Question("changed hands", place=DELL, times=3), twice) == 0.0
    assert answered(plan, Question("changed hands", place=DELL, at="2020-03-20"), twice) == 0.0
    assert answered(plan, Question("changed hands", place=DELL, times=1, at="2020-03-20"), twice) == 1.0
    assert answered(plan, Question("changed hands", place=DELL, times=1), [(3, None), (5, "rebels")]) == 0.0
    just, late = [(3, "north"), (8, "rebels")], [(3, "north"), (8 + 1 / DAY, "rebels")]
    by_the_20th = Question("changed hands", place=DELL, at="2020-03-20")
    assert answered(plan, by_the_20th, just) == 1.0, "a change at the last minute counts"
    assert answered(plan, by_the_20th, late) == 0.0


def test_times_count_from_the_branch_and_never_is_none(plan: tuple[Scenario, Record]) -> None:
    rungs = [("north:south", 1, 2), ("north:south", 2, 2.5), ("rebels:south", 4, 1)]
    assert answered(plan, Question("days until", place=DELL, by=NORTH), [(2.5, "north")]) == 2.5
    assert answered(plan, Question("days until", place=DELL, by=NORTH), []) is None
    for rung, wanted in ((1, 2.0), (2, 2.5), (3, None), (None, None)):
        assert answered(plan, Question("days until", between=(SOUTH, NORTH), rung=rung), clashes=rungs) == wanted
    assert answered(plan, Question("clash", between=(NORTH, SOUTH), rung=2), clashes=rungs) == 1.0
    assert answered(plan, Question("clash", between=(NORTH, SOUTH), rung=2, at="2020-03-14"), clashes=rungs) == 0.0
    assert answered(plan, Question("clash", between=(NORTH, SOUTH)), clashes=rungs) == 0.0


def test_every_number_says_its_unit_and_what_never_comes_counts_as_the_horizon(plan: tuple[Scenario, Record]) -> None:
    scenario = asking(
        plan,
        lost=Question("lost", actor=REBELS, how=("killed", "surrendered")),
        held=Question("places held", by=NORTH, area=AreaId("valley")),
        wait=Question("days until", between=(NORTH, SOUTH), rung=1),
        twice=Question("changed hands", place=DELL),
    )
    found = sit.run(scenario, runs=16, seed=SEED, record=plan[1])
    told = {row["question"]: row for row in results(found)["questions"]}
    assert {name: row.get("unit") for name, row in told.items()} == {
        "lost": "men",
        "held": "places",
        "wait": "days",
        "twice": None,
    }
    assert "share" in told["twice"]
    assert told["lost"]["mean"] == pytest.approx(found.answers["lost"].mean())
    raw = found.answers["wait"]
    assert told["wait"]["mean"] == pytest.approx(np.minimum(raw, 60.0).mean())
    assert told["wait"]["comes"] == pytest.approx(np.isfinite(raw).mean())


def test_one_fate_or_several_are_read_as_they_are_written(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.plant(
        "plan.yaml",
        LAST,
        "camp: {ask: lost, actor: rebels, how: killed}\n  all: {ask: lost, actor: rebels, how: [killed, left]}",
    )
    questions = load_scenario(small.write().folder / "plan.yaml").questions
    assert (questions["camp"].how, questions["all"].how) == (("killed",), ("killed", "left"))


@pytest.mark.parametrize(
    ("written", "at", "said"),
    [
        ("ask: loses, actor: rebels, how: killed", "ask:", "'loses' is not allowed here. Did you mean 'lost'?"),
        ("ask: lost, actor: rebels", "camp:",
         "The question 'lost' has no 'how'. It needs actor, how."),
        ("ask: lost, actor: rebels, how: []", "camp:",
         "The question 'lost' has no 'how'. It needs actor, how."),
        ("ask: lost, how: killed", "camp:", "The question 'lost' has no 'actor'. It needs actor, how."),
        ("ask: lost, actor: rebels, how: kiled", "how:", "'kiled' is not allowed here. Did you mean 'killed'?"),
        ("ask: lost, actor: rebels, how: [left, dead]", "dead]",
         "'dead' is not allowed here. Write one of: killed, wounded, surrendered, left."),
        ("ask: lost, actor: rebels, how: [left, left]", "how:",
         "The same fate is asked for twice. Name each once."),
        ("ask: lost, actor: rebels, how: left, place: dell", "place:",
         "The question 'lost' takes no 'place'. Its keys are: text, actor, how, area, at."),
        ("ask: lost, actor: rebels, how: left, area: nowhere", "area:",
         "There is no place or region 'nowhere'. Use an id of map.yaml, or add the place or region there."),
        ("ask: lost, actor: rebles, how: left", "actor:", "There is no actor 'rebles'. Did you mean 'rebels'?"),
        ("ask: lost, actor: north-guard, how: left", "actor:",
         "'north-guard' is a unit. Name 'north', which it stands under."),
        ("ask: lost, actor: rebels, how: left, at: 2020-03-01", "at:",
         "'2020-03-01' can never come in this story, 2020-03-12 to 2020-05-11. Give a time within it."),
        ("ask: captured, place: dell, by: north, days: 3", "days:",
         "The question 'captured' takes no 'days'. Its keys are: text, place, by, at."),
        ("ask: held on, place: dell, by: north", "camp:",
         "The question 'held on' has no 'at'. It needs place, by, at."),
        ("ask: held for, place: dell, by: north, days: 90", "days:",
         "90 days do not fit the horizon. Ask for fewer, and at least 1."),
        ("ask: clash, between: [north, north]", "north]", "'north' stands twice in this list. Keep one."),
        ("ask: clash, between: [north]", "between:", "A clash is between two. Name both: [one, other]."),
        ("ask: clash, between: [north, south], rung: 5", "rung:",
         "The ladder has no rung 5. Give one of: 1 incident, 2 reprisal, 3 sustained exchange, 4 confrontation."),
        ("ask: changed hands, place: dell, times: 0", "times:", "Nothing changes hands 0 times. Give 1 or more."),
        ("ask: days until", "camp:", "The question 'days until' has no 'place'. It needs place, by; or between."),
        ("ask: days until, between: [north, south], by: north", "by:",
         "The question 'days until' takes no 'by'. Its keys are: text, between, rung."),
        ("ask: places held, area: valley", "camp:",
         "The question 'places held' has no 'by'. It needs area, by."),
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused_at_its_line(tmp_path: Path, written: str, at: str, said: str) -> None:
    small = valley(tmp_path).plant("plan.yaml", LAST, f"camp: {{{written}}}")
    assert problems(small) == [f"{small.at('plan.yaml', at, 'camp: {')}: {said}"]


def test_nobody_asks_of_an_actor_without_men(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.plant("map.yaml", "  - {id: rebels,", "  - {id: envoys, name: the envoys, kind: group}\n  - {id: rebels,")
    small.plant(
        "map.yaml", "    rebels: {posture", "    envoys: {posture: holds, assumed: so be it}\n    rebels: {posture"
    )
    small.plant("plan.yaml", LAST, "camp: {ask: lost, actor: envoys, how: killed}")
    assert problems(small) == [
        f"{small.at('plan.yaml', 'actor: envoys')}: 'envoys' has no men in these stories. Give it a force, or ask of another. "
        "These have: north, rebels, south."
    ]


def test_the_wounded_that_the_record_counted_at_a_place_are_no_men_of_a_story(plan: tuple[Scenario, Record]) -> None:
    """A counter-attack in a story clears what was counted in the last attack there."""
    scenario = asking(plan, it=Question(ask="lost", actor=NORTH, how=("wounded",)))
    observations = Observations(scenario, plan[1].ground)
    attack = Attacked(DELL, (REBELS,), NORTH, "counter-attack")
    entry = Entry("attacked/dell/1", 1, Interval(1, 1), attack, Ruled("R6 counterattack_chance", 0.1, "", 0.05, ()))
    observations.take(entry, {"dell.wounded": None, "dell.killed": None, "dell.attacked_by": frozenset({REBELS})}, {})
    assert observations.answers((), ())["it"] == 0.0
