"""What the mechanisms of a story do, each shown in the Tarn valley."""

from __future__ import annotations

from itertools import islice, pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from attrs import evolve

from situation.dates import DAY
from situation.errors import Fault
from situation.events import (
    ActorId,
    AirSupportWithdrawn,
    Arrived,
    BattleBegan,
    BattleDay,
    Captured,
    CeasefireAgreed,
    ClashStepped,
    ColumnDetached,
    ColumnFled,
    DefenderBroke,
    DoctrineSwitched,
    Emerged,
    FellBack,
    GarrisonPosted,
    MarchBegan,
    Melted,
    OperationPaused,
    OrderGiven,
    PlaceId,
    PostureChanged,
    Recovery,
    StanceChanged,
    Surrendered,
    Triggered,
    Withdrew,
    WoundedReturned,
)
from situation.log.entry import Log, Ruled
from situation.record.record import Record
from situation.rules import Family, Prior
from situation.scenario import Given, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, resume, tell
from situation.story.tally import tallies
from tests.unit.constructed import before, dell_as
from tests.unit.valley_stories import scenario_of, valley


@pytest.fixture
def plan(tmp_path: Path) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path))


def planted(tmp_path: Path, *changes: tuple[str, str]) -> tuple[Scenario, Record]:
    small = valley(tmp_path)
    for old, new in changes:
        small.plant("plan.yaml", old, new)
    return scenario_of(small)


def stories(plan: tuple[Scenario, Record], runs: int = 20) -> list[Story]:
    return [tell(stage_of(*plan), 3, index, index, index) for index in range(runs)]


def events(story: Story, *kinds: type) -> list[Any]:
    return [entry.event for entry in story.entries if isinstance(entry.event, kinds)]


def timed(story: Story, kind: type) -> list[tuple[int, Any]]:
    return [(entry.time, entry.event) for entry in story.entries if isinstance(entry.event, kind)]


def number(scenario: Scenario, name: str, value: float) -> Scenario:
    """The scenario with one number fixed."""
    known = scenario.numbers[name]
    fixed = Prior(
        name=name, family=Family.FIXED, low=value, best=value, high=value, unit=known.unit, source="a test", reason=""
    )
    return evolve(scenario, numbers={**scenario.numbers, name: fixed})


COURSE = (OrderGiven, MarchBegan, Arrived, BattleBegan, BattleDay, Captured, GarrisonPosted)
"""How a place is taken."""


def _step_of_the_column(event: object) -> str | None:
    """Where a step of the northern column is about, if the event is one."""
    match event:
        case OrderGiven(force="column", verb="march", object=place) | MarchBegan(force="column", to=place):
            return str(place)
        case Arrived(force="column", place=place) | GarrisonPosted(force="column", place=place):
            return str(place)
        case BattleBegan(place=place) | BattleDay(place=place):
            return str(place)
        case Captured(place=place, by=("north", *_)):
            return str(place)
        case _:
            return None


def test_a_force_takes_its_objectives_in_their_order_and_leaves_garrisons(plan: tuple[Scenario, Record]) -> None:
    """Place by place: sent there, on the way, come, fought, taken, a garrison left; and only then sent to the next."""
    both = 0
    for story in stories((number(plan[0], "second_column", 1e9), plan[1])):
        if events(story, ColumnDetached):  # both had been left, and each takes a garrison at once
            continue
        steps = [
            (type(entry.event).__name__, place)
            for entry in story.entries
            if (place := _step_of_the_column(entry.event)) in ("arlen-bridge", "dell")
        ]
        once = list(dict.fromkeys(steps))
        course = [(kind.__name__, place) for place in ("arlen-bridge", "dell") for kind in COURSE]
        assert once == sorted(once, key=course.index)
        both += once == course  # 0.8 of the stories, give or take 0.09
        state = story.state()
        for place in ("arlen-bridge", "dell"):
            if ("GarrisonPosted", place) in once:
                assert state.get(place, "holder") == "north"
                assert state.get(f"north@{place}", "number") > 0
    assert both > 10


def test_a_plan_waits_for_its_start_and_regroups_after_a_town_alone(plan: tuple[Scenario, Record]) -> None:
    """Dell is taken as a town and as a village; the bridge after it stops nobody."""
    push = evolve(plan[0].doctrines["push"], objectives=(PlaceId("dell"), PlaceId("arlen-bridge")), switch=())
    scenario = evolve(plan[0], doctrines={**plan[0].doctrines, "push": push})
    for kind, regroups in (("town", True), ("village", False)):
        seen = 0
        for story in stories((scenario, dell_as(kind, plan[1]))):
            pauses = [entry.event for entry in story.entries if isinstance(entry.event, OperationPaused)]
            marches = [entry.time for entry in story.entries if isinstance(entry.event, MarchBegan)]
            assert pauses[0].why == "start"
            assert marches[0] >= pauses[0].until
            rested = [pause for pause in pauses if pause.why == "regroup"]
            assert not rested or regroups
            assert {pause.hub for pause in rested} <= {"dell"}
            seen += len(rested)
        assert bool(seen) == regroups


def test_a_plan_switches_its_doctrine_on_a_trigger(plan: tuple[Scenario, Record]) -> None:
    story = next(story for story in stories(plan) if events(story, DoctrineSwitched))
    switched = next(entry for entry in story.entries if isinstance(entry.event, DoctrineSwitched))
    assert story.state(switched.time).get("dell", "holder") == "north"
    assert not [entry for entry in story.entries if isinstance(entry.event, OrderGiven) and entry.time > switched.time]


def test_what_is_given_comes_at_its_time_with_its_chance(plan: tuple[Scenario, Record]) -> None:
    scenario, _ = plan
    fired = [events(story, Triggered)[0].happens for story in stories(plan)]
    assert 2 < sum(fired) < 18
    for story in stories(plan):
        (trigger,) = (entry for entry in story.entries if isinstance(entry.event, Triggered))
        assert isinstance(trigger.event, Triggered) and isinstance(trigger.cause, Ruled)
        assert trigger.cause.odds is not None
        assert trigger.odds == (trigger.cause.odds if trigger.event.happens else 1.0 - trigger.cause.odds)
    story = tell(stage_of(*plan), 3)
    at = next(entry.time for entry in story.entries if isinstance(entry.event, Triggered))
    assert 10 * DAY <= at - scenario.at < 11 * DAY


def test_a_ring_without_a_way_out_raises_surrender_and_nobody_gets_away(tmp_path: Path) -> None:
    open_plan = planted(tmp_path)
    seal = [
        Given(event, at="2020-03-13")
        for event in (
            _sealed("dell--corve"),
            _sealed("arlen--dell"),
        )
    ]
    scenario = evolve(open_plan[0], given={"one": seal[0], "two": seal[1]})
    no_desert = evolve(open_plan[1].ground.places[PlaceId("dunes")], kind="town")
    ground = evolve(open_plan[1].ground, places={**open_plan[1].ground.places, PlaceId("dunes"): no_desert})
    dunes = Given(_sealed("dell--dunes"), at="2020-03-13")
    scenario = evolve(scenario, given={**scenario.given, "three": dunes})
    record = evolve(open_plan[1], ground=ground, digest="without a desert")
    no_deals = [number(number(one, "evacuation_rate", 0.0), "closed.evacuate", 0.0) for one in (open_plan[0], scenario)]
    free, closed = stories((no_deals[0], open_plan[1])), stories((no_deals[1], record))
    assert sum(event.number for story in closed for event in events(story, ColumnFled) if event.place == "dell") == 0
    gave_up = [
        sum(event.number for story in told for event in events(story, Surrendered) if event.place == "dell")
        for told in (free, closed)
    ]
    assert gave_up[1] > 2 * gave_up[0]


def _sealed(link: str) -> Any:
    from situation.events import RouteSealed

    return RouteSealed(link, ActorId("rebels"))


def test_without_air_support_a_capture_takes_longer(tmp_path: Path) -> None:
    plan = planted(tmp_path, ("north: {position: hasty}", "north: {position: hasty, air_by: south, air: dedicated}"))
    without = {"no-air": Given(AirSupportWithdrawn(ActorId("north")), at="2020-03-13")}
    grounded = (evolve(plan[0], given=without), plan[1])
    flown = (evolve(plan[0], given={}), plan[1])

    def days(story: Story) -> float:
        taken = [
            entry.time for entry in story.entries if isinstance(entry.event, Captured) and entry.event.place == "dell"
        ]
        return (min(taken, default=plan[0].end) - plan[0].at) / DAY

    assert mean(map(days, stories(grounded))) > mean(map(days, stories(flown)))


def test_an_attacker_that_breaks_goes_back_and_pauses(plan: tuple[Scenario, Record]) -> None:
    weak = number(number(plan[0], "break_median", 0.01), "break_sigma", 0.01)
    story = next(story for story in stories((weak, plan[1])) if events(story, FellBack))
    back = next(entry for entry in story.entries if isinstance(entry.event, FellBack) and entry.event.force == "column")
    assert isinstance(back.event, FellBack)
    assert back.event.due is not None
    assert back.time < back.event.due.minute < back.event.until
    state = story.state(back.time)
    assert (state.get("column", "place"), state.get("column", "to")) == (None, "arlen")
    assert story.state(back.event.due.minute).get("column", "place") == "arlen"
    assert state.get(back.event.place, "status") == "held"


def eager(scenario: Scenario) -> Scenario:
    """The scenario with men in hiding who strike often, and for long."""
    for name, value in (("recapture_rate", 1.0), ("recapture_least", 5.0), ("recapture_decay", 60.0)):
        scenario = number(scenario, name, value)
    return scenario


def test_the_wounded_of_a_place_that_is_lost_do_not_come_back(plan: tuple[Scenario, Record]) -> None:
    """Of those among friends a share is fit again; of raiders who were beaten off, nobody."""
    lost: list[Recovery] = []
    kept: list[Recovery] = []
    for story in stories((number(eager(plan[0]), "wounded_returning", 0.5), plan[1]), 16):
        for entry in story.entries:
            if isinstance(entry.event, WoundedReturned):
                state = before(story, entry)
                for part in entry.event.parts:
                    place = state.get(part.force, "place")
                    fighting = state.get(f"battle:{place}", "fight") is not None
                    beaten = {state.get(place, "holder"), state.get(part.force, "actor")} == {"north", "rebels"}
                    (lost if beaten and not fighting else kept).append(part)
    assert sum(part.left for part in lost) > 20
    assert [part.back for part in lost] == [0] * len(lost)
    assert sum(part.left for part in kept) > 100
    assert [part.back for part in kept] == [round(0.5 * (part.back + part.left)) for part in kept]


def test_men_in_hiding_strike_where_their_enemy_has_won(plan: tuple[Scenario, Record]) -> None:
    story = next(story for story in stories((eager(plan[0]), plan[1])) if events(story, Emerged))
    raid = events(story, Emerged)[0]
    assert raid.actor == "rebels"
    assert any(event.place == raid.place and event.fight.attacker == "rebels" for event in events(story, BattleBegan))


def test_an_actor_that_has_lost_most_goes_over_to_insurgency(plan: tuple[Scenario, Record]) -> None:
    told = [
        event
        for story in stories((number(plan[0], "insurgency_threshold", 0.2), plan[1]))
        for event in events(story, PostureChanged)
    ]
    assert any(event.actor == "rebels" and event.posture == "insurgency" for event in told)


def test_raid_and_hide_leaves_small_garrisons_empty(tmp_path: Path) -> None:
    plan = planted(tmp_path, ("{actor: rebels, doctrine: hold}", "{actor: rebels, doctrine: raid and hide}"))
    small = number(plan[0], "garrison_small", 1000.0)
    story = tell(stage_of(small, plan[1]), 3)
    assert events(story, Melted)
    assert events(story, Withdrew)
    assert all(tally.conserved for tally in tallies(story.state(), plan[1].ground).values())


def test_a_clash_climbs_to_a_confrontation_and_ends_in_a_ceasefire(plan: tuple[Scenario, Record]) -> None:
    hot = plan[0]
    for name, value in (("clash_rate", 5.0), ("ladder_up", 0.9), ("ladder_down", 0.05), ("concession", 0.0),
                        ("contact.full", 1.0), ("ceasefire_rate", 0.5)):  # fmt: skip
        hot = number(hot, name, value)
    ended = 0
    for story in stories((hot, plan[1]), 10):
        steps = timed(story, ClashStepped)
        top = next((when for when, step in steps if step.rung == 4), None)
        if top is None:
            continue
        pair = next((step.actor, step.toward) for when, step in steps if when == top and step.rung == 4)
        rungs = [0, *(step.rung for when, step in steps if when <= top and (step.actor, step.toward) == pair)]
        assert {abs(after - rung) for rung, after in pairwise(rungs)} == {1}
        assert (top, StanceChanged(*pair, "hostile")) in timed(story, StanceChanged)
        agreed = ((when, peace) for when, peace in timed(story, CeasefireAgreed) if (peace.actor, peace.toward) == pair)
        for when, _ in islice(agreed, 1):
            assert when > top
            assert story.state(when).get(f"{pair[0]}:{pair[1]}", "stance") == "deconflicted"
            ended += 1
    assert ended > 5


def test_defenders_who_delay_may_leave_before_contact(tmp_path: Path) -> None:
    doctrine = ("{actor: rebels, doctrine: hold}", "{actor: rebels, doctrine: open route, links: [arlen--dell]}")
    plan = planted(tmp_path, ("posture: hold", "posture: delay"), doctrine)
    always = number(plan[0], "leave_before_contact", 1.0)
    how = {
        event.how
        for story in stories((always, plan[1]), 5)
        for event in events(story, DefenderBroke)
        if event.place == "dell"
    }
    assert "before contact" in how


def test_a_story_cannot_end_before_it_begins(plan: tuple[Scenario, Record]) -> None:
    with pytest.raises(Fault, match="would end before it begins"):
        tell(stage_of(*plan), 3, until=plan[0].at - 1)
    story = tell(stage_of(*plan), 3)
    with pytest.raises(Fault, match="goes on beyond"):
        resume(story.log, stage_of(*plan), 3, until=plan[0].at + 1)


def test_a_log_without_a_story_is_where_one_begins(plan: tuple[Scenario, Record]) -> None:
    story = tell(stage_of(*plan), 3)
    assert resume(Log(story.stage.log.entries), stage_of(*plan), 3).entries == story.entries


def test_a_doctrine_from_outside_is_followed(plan: tuple[Scenario, Record]) -> None:
    push = evolve(plan[0].doctrines["push"], doctrine="idle")
    idle = tell(stage_of(evolve(plan[0], doctrines={"push": push}), plan[1]), 3, doctrines={"idle": lambda view: ()})
    assert not events(idle, OrderGiven)


@pytest.mark.long
def test_a_ladder_reaches_a_confrontation_as_often_as_its_chances_say(plan: tuple[Scenario, Record]) -> None:
    """Up and down equally likely, and half concede at the third rung: from the first rung, 1 in 10 comes to the top.

    With p1, p2, p3 the chances from each rung: p1 = p2 / 2, p2 = p1 / 2 + p3 / 4, p3 = 1 / 2 + p2 / 2.
    """
    tense = evolve(plan[0], doctrines={})
    for name, value in (("clash_rate", 5.0), ("contact.full", 1.0), ("ladder_up", 0.4), ("ladder_down", 0.4),
                        ("concession", 0.5)):  # fmt: skip
        tense = number(tense, name, value)
    runs, top = 300, 0
    for index in range(runs):
        story = tell(stage_of(tense, plan[1]), 5, chance_index=index, until=tense.at + 30 * DAY)
        rungs = [event.rung for event in events(story, ClashStepped)]
        ended = next((rung for rung in rungs if rung in (0, 4)), None)
        assert rungs[:1] == [1]
        top += ended == 4
    assert abs(top / runs - 0.1) < 4.0 * (0.1 * 0.9 / runs) ** 0.5


def test_supply_that_is_cut_weighs_less_with_every_day(plan: tuple[Scenario, Record]) -> None:
    from situation.chance.portable import exp
    from tests.oracles.fold.march.supply import supply_of
    from tests.oracles.fold.world import World

    story = tell(stage_of(number(number(plan[0], "stock", 10.0), "supply_decay", 20.0), plan[1]), 3)
    state = story.state()
    for days in (0, 10, 11, 30, 60):
        world = World(story.stage, state, _luck(), plan[0].at + days * DAY)
        floor = world.number("supply_floor")
        expected = floor + (1.0 - floor) * exp(-max(0, days - 10) / 20.0)
        assert supply_of(world, "rebels@dell") == pytest.approx(expected, rel=1e-12)


def _luck() -> Any:
    from situation.chance.luck import Luck

    return Luck(3, 0)
