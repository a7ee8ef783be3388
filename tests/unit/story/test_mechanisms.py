"""Single mechanisms of a story against closed forms, through the engine's own rooms, on one or two places of the valley.

Means of many draws lie within four standard errors of what the closed form says; the standard error is the closed
form's own. Seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from attrs import evolve

from situation.chance.luck import Luck, Stream
from situation.dates import DAY, Interval
from situation.events import (
    ActorId,
    Arrived,
    Attacked,
    BattleDay,
    Besieged,
    Captured,
    ClashStepped,
    ColumnFled,
    DefenderBroke,
    FellBack,
    Fight,
    GarrisonPosted,
    MarchBegan,
    Melted,
    PlaceId,
    RouteSealed,
    Surrendered,
)
from situation.log.entry import Entry, Ruled
from situation.log.fold import Folding
from situation.scenario import Plan
from situation.scenario.orders import Order
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.testimony.ground import Link
from tests.oracles.fold.battle.counterattack import counterattacks
from tests.oracles.fold.battle.day import _defender
from tests.oracles.fold.battle.retreat import defenders_leave, has_refuge
from tests.oracles.fold.ground import on_the_fold
from tests.oracles.fold.march.way_back import falls_back
from tests.oracles.fold.view import View
from tests.oracles.fold.world import World
from tests.unit.constructed import SEED, WITHIN, Valley, alone, fixed, lognormal, men, near, the


def normal(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def to_dell(view: View) -> tuple[Order, ...]:
    return tuple(Order(force, "march", "dell") for force, _ in view.free_forces())


def test_of_two_columns_the_one_with_the_shorter_lognormal_leg_is_first_as_often_as_it_should_be(plan: Valley) -> None:
    """12.5 km by road at 3 km a day against 30 km of track at 10: ln T is normal, so the first arrival has a closed form.

    All of the road lies within the last km before the enemy, whose length is fixed at 15.
    """
    forces = {"left": men("north", "arlen", 500, "field"), "right": men("north", "dunes", 500, "field")}
    forces["town"] = men("rebels", "dell", 1)
    race = alone(plan[0], forces, {"race": Plan(ActorId("north"), "to dell", ("left", "right"))})
    race = lognormal(lognormal(fixed(race, contact=15.0), "speed.opposed", 3.0, 1.0), "speed.light", 10.0, 0.5)
    a, b, s, t = math.log(12.5 / 3.0), math.log(30.0 / 10.0), 1.0, 0.5
    both = math.hypot(s, t)
    runs, left_first, first = 300, 0, []
    for index in range(runs):
        story = tell(
            stage_of(race, plan[1]), SEED, 0, 0, index, until=race.at + 2 * DAY, doctrines={"to dell": to_dell}
        )
        begun = {entry.event.force: entry for entry in story.entries if isinstance(entry.event, MarchBegan)}
        days = {
            force: (entry.event.due.minute - entry.time) / DAY
            for force, entry in begun.items()
            if isinstance(entry.event, MarchBegan)
        }
        left_first += days["left"] < days["right"]
        first.append(min(days.values()))
        came = [entry.event.force for entry in story.entries if isinstance(entry.event, Arrived)]
        assert came == sorted(came, key=days.__getitem__)
    chance = normal((b - a) / both)
    assert abs(left_first / runs - chance) < WITHIN * math.sqrt(chance * (1.0 - chance) / runs)

    def moment(power: int) -> float:
        one = math.exp(power * a + (power * s) ** 2 / 2.0) * normal((b - a - power * s * s) / both)
        return one + math.exp(power * b + (power * t) ** 2 / 2.0) * normal((a - b - power * t * t) / both)

    error = math.sqrt((moment(2) - moment(1) ** 2) / runs)
    assert abs(sum(first) / runs - moment(1)) < WITHIN * error + 1.0 / DAY


@pytest.mark.parametrize(
    ("contact", "days"),
    [(5.0, 7.5 / 10.0 + 5.0 / 2.0), (0.0, 12.5 / 10.0), (12.5, 12.5 / 2.0), (40.0, 12.5 / 2.0)],
)
def test_a_march_on_a_defended_town_is_slow_for_the_last_km_alone(plan: Valley, contact: float, days: float) -> None:
    """12.5 km of road to Dell, at 10 km a day up to the last km before it, and at 2 there."""
    push = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))
    forces = {"column": men("north", "arlen", 500, "field"), "town": men("rebels", "dell", 500)}
    steady = fixed(
        alone(plan[0], forces, {"push": push}), speed__opposed=2.0, speed__light=10.0, speed__unopposed=40.0,
        contact=contact,
    )  # fmt: skip
    story = tell(stage_of(steady, plan[1]), SEED, until=steady.at + 2 * DAY)
    (march,) = the(story, MarchBegan, force="column")
    assert isinstance(march.event, MarchBegan)
    assert march.event.due.minute - march.time == round(days * DAY)
    assert isinstance(march.cause, Ruled)
    assert march.cause.rule == "R4 opposed_time"
    assert march.cause.odds == pytest.approx(days)


@pytest.mark.parametrize(("left", "days"), [(8.0, 3.0 / 10.0 + 5.0 / 2.0), (4.0, 4.0 / 2.0), (99.0, 3.25)])
def test_of_a_leg_begun_before_the_branch_the_last_km_are_as_slow(plan: Valley, left: float, days: float) -> None:
    """What is left of the leg counts from the town: never more than its 12.5 km."""
    numbers = {**plan[0].numbers, "head": evolve(plan[0].numbers["contact"], name="head")}
    push = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),), first_leg="head")
    forces = {"column": men("north", "arlen", 500, "field"), "town": men("rebels", "dell", 500)}
    begun = alone(evolve(plan[0], numbers=numbers), forces, {"push": push})
    begun = fixed(begun, speed__opposed=2.0, speed__light=10.0, contact=5.0, head=left)
    (march,) = the(tell(stage_of(begun, plan[1]), SEED, until=begun.at + 2 * DAY), MarchBegan, force="column")
    assert isinstance(march.event, MarchBegan)
    assert march.event.due.minute - march.time == round(days * DAY)


@pytest.mark.parametrize(
    ("actor", "start", "goal", "days"),
    [("north", "dunes", "dell", 30.0 / 10.0), ("rebels", "dell", "dunes", 30.0 / 25.0)],
)
def test_on_a_desert_track_and_where_nobody_opposes_a_column_keeps_one_pace(
    plan: Valley, actor: str, start: str, goal: str, days: float
) -> None:
    """30 km of track: to the rebels' town at 10 km a day, into the empty desert at 25; no last km is told apart."""
    walk = Plan(ActorId(actor), "walk", ("walkers",))
    forces = {"walkers": men(actor, start, 500, "field"), "town": men("rebels", "dell", 500)}
    steady = fixed(
        alone(plan[0], forces, {"walk": walk}),
        speed__opposed=2.0, speed__light=10.0, speed__unopposed=25.0, contact=15.0,
    )  # fmt: skip

    def onward(view: View) -> tuple[Order, ...]:
        return tuple(Order(force, "march", goal) for force, place in view.free_forces() if place == start)

    story = tell(stage_of(steady, plan[1]), SEED, until=steady.at + 2 * DAY, doctrines={"walk": onward})
    march = the(story, MarchBegan, force="walkers")[0]
    assert isinstance(march.event, MarchBegan)
    assert isinstance(march.cause, Ruled)
    assert march.event.due.minute - march.time == round(days * DAY)
    assert march.cause.rule == "R4 advance_time"


@pytest.mark.long
def test_a_place_is_attacked_again_as_often_as_the_fading_hazard_says(plan: Valley) -> None:
    """Nobody moves: 300 hide in Arlen under 200. P = 1 - exp(-nu tau (exp(-a / tau) - exp(-b / tau)) H / (H + G))."""
    forces = {"hidden": men("rebels", "arlen", 300, "hidden"), "posts": men("north", "arlen", 200)}
    nu, tau, days = 0.2, 6.0, 10
    quiet = fixed(
        alone(plan[0], forces),
        recapture_rate=nu, recapture_decay=tau, recapture_least=50.0, hunted=0.0, raid_rate=0.0, clash_rate=0.0,
    )  # fmt: skip
    runs, struck, mornings = 400, 0, (0.0, 0.0)
    for index in range(runs):
        story = tell(stage_of(quiet, plan[1]), SEED, 0, 0, index, until=quiet.at + days * DAY)
        taken = story.stage.state.because["arlen.holder"].time
        dawns = [on_the_fold(story.stage).at_hour(story.stage.day_of(quiet.at) + day, 6) for day in range(days + 2)]
        ages = [(dawn - taken) / DAY for dawn in dawns if quiet.at < dawn <= story.until]
        mornings = ages[0] - 1.0, ages[-1]
        struck += any(isinstance(entry.event, Attacked) and entry.event.place == "arlen" for entry in story.entries)
    a, b = mornings
    chance = 1.0 - math.exp(-nu * tau * (math.exp(-max(0.0, a) / tau) - math.exp(-b / tau)) * 300 / 500)
    assert abs(struck / runs - chance) < WITHIN * math.sqrt(chance * (1.0 - chance) / runs)


def test_recapture_against_loss_at_constant_rates_comes_to_its_steady_share(plan: Valley) -> None:
    """Arlen lost with chance p a day and retaken with q: held on day n with q / (p + q) + p / (p + q) (1 - p - q)^n."""
    forces = {
        "hidden": men("rebels", "arlen", 300, "hidden"),
        "posts": men("north", "arlen", 100),
        "others": men("north", "arlen", 200, "hidden"),
    }
    nu = 0.25
    steady = fixed(alone(plan[0], forces), recapture_rate=nu, recapture_decay=1e9, recapture_least=50.0)
    start = tell(stage_of(steady, plan[1]), SEED, until=steady.at)
    lose, win = (1.0 - math.exp(-nu * share) for share in (300 / 400, 1.0))  # the rebels post no garrison
    runs, days = 300, 6
    held = [0] * (days + 1)
    for index in range(runs):
        folding = Folding(start.stage.ground, start.state())
        dawn = on_the_fold(start.stage).at_hour(start.stage.day_of(steady.at) + 1, 6)
        owner, loser = "north", "rebels"
        held[0] += 1
        _take(folding, owner, loser, dawn)
        for day in range(1, days + 1):
            world = World(start.stage, folding.live, Luck(SEED, index, Stream.CHANCE), dawn + day * DAY)
            strikes = (one.event for one in counterattacks(world) if _is_attack(one.event))
            if next(strikes, None) is not None:
                owner, loser = loser, owner
                _take(folding, owner, loser, dawn + day * DAY)
            held[day] += owner == "north"
    for day in range(days + 1):
        chance = win / (lose + win) + lose / (lose + win) * (1.0 - lose - win) ** day
        assert abs(held[day] / runs - chance) <= WITHIN * math.sqrt(chance * (1.0 - chance) / runs), day


@pytest.mark.parametrize(("rebels", "strike"), [(50, True), (49, False)])
def test_as_many_as_it_takes_nearby_strike_back_and_one_fewer_does_not(plan: Valley, rebels: int, strike: bool) -> None:
    forces = {"near": men("rebels", "dell", rebels), "posts": men("north", "arlen", 10)}
    eager = fixed(
        alone(plan[0], forces),
        recapture_rate=1e6, recapture_decay=1e9, recapture_least=50.0, recapture_near=1e3, raid_share=1.0,
    )  # fmt: skip
    start = tell(stage_of(eager, plan[1]), SEED, until=eager.at)
    folding = Folding(start.stage.ground, start.state())
    dawn = on_the_fold(start.stage).at_hour(start.stage.day_of(eager.at) + 1, 6)
    _take(folding, "north", "rebels", dawn)
    world = World(start.stage, folding.live, Luck(SEED, 0, Stream.CHANCE), dawn + DAY)
    assert any(_is_attack(one.event) for one in counterattacks(world)) is strike


def test_who_falls_back_to_where_no_way_leads_rests_there_from_the_hour_on(plan: Valley) -> None:
    still = alone(plan[0], {"posts": men("north", "arlen", 10)})
    start = tell(stage_of(still, plan[1]), SEED, until=still.at)
    world = World(start.stage, Folding(start.stage.ground, start.state()).live, Luck(SEED, 0, Stream.CHANCE), still.at)
    here, cause = PlaceId("arlen"), Ruled("a test", None, "", None, ())
    (back,) = (one.event for one in falls_back(world, "north@arlen", here, here, 3.0, cause))
    assert isinstance(back, FellBack) and (back.until, back.due) == (still.at + 3 * DAY, None)


def _is_attack(event: object) -> bool:
    return isinstance(event, Attacked) and event.place == "arlen"


def _take(folding: Folding, owner: str, loser: str, when: int) -> None:
    event = Captured(PlaceId("arlen"), (ActorId(owner),), ActorId(loser))
    folding.apply(Entry(f"taken/{when}", when, Interval(when, when), event, Ruled("a test", None, "", None, ())))


@pytest.mark.long
def test_a_ladder_is_left_at_the_top_and_after_as_many_days_as_its_chances_say(plan: Valley) -> None:
    """From the first rung: up 0.3, down 0.2 a day, and 0.4 concede on reaching the third; first-step equations."""
    up, down, gives_way = 0.3, 0.2, 0.4
    tense = fixed(
        alone(plan[0], {"posts": men("north", "arlen", 200)}),
        clash_rate=50.0, contact__full=1.0, ladder_up=up, ladder_down=down, concession=gives_way, ceasefire_rate=0.0,
    )  # fmt: skip
    step = np.array([[1 - up - down, up, 0.0], [down, 1 - up - down, up * (1 - gives_way)], [0.0, down, 1 - up - down]])
    rest = np.eye(3) - step
    mean = np.linalg.solve(rest, np.ones(3))
    square = np.linalg.solve(rest, np.ones(3) + 2.0 * step @ mean)
    top = np.linalg.solve(rest, np.array([0.0, 0.0, up]))[0]
    runs, tops, lengths = 250, 0, []
    for index in range(runs):
        story = tell(stage_of(tense, plan[1]), SEED, 0, 0, index, until=tense.at + 60 * DAY)
        rungs = [
            (story.stage.day_of(entry.time), entry.event.rung)
            for entry in story.entries
            if isinstance(entry.event, ClashStepped) and {entry.event.actor, entry.event.toward} == {"rebels", "south"}
        ]
        if not rungs:
            pytest.fail("the rebels and the South touch nowhere")
        ended = next((day, rung) for day, rung in rungs if rung in (0, 4))
        tops += ended[1] == 4
        lengths.append(ended[0] - rungs[0][0])
    assert abs(tops / runs - top) < WITHIN * math.sqrt(top * (1.0 - top) / runs)
    error = math.sqrt((square[0] - mean[0] ** 2) / runs)
    assert abs(sum(lengths) / runs - mean[0]) < WITHIN * error


def test_the_odds_of_a_battle_sink_with_supply_exactly_as_its_decay_says(plan: Valley) -> None:
    """Nobody is hurt and nobody leaves, so that only the attacker's supply moves the odds: its stock lasts 4 days."""
    forces = {"column": men("north", "arlen", 1000, "field"), "town": men("rebels", "dell", 500)}
    scenario = alone(plan[0], forces, {"push": Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))})
    conduct = evolve(scenario.actors[ActorId("rebels")], stock="stock.dug_in")
    scenario = evolve(scenario, actors={**scenario.actors, ActorId("rebels"): conduct})
    still = fixed(
        scenario,
        stock=4.0, stock__dug_in=1000.0, supply_floor=0.4, supply_decay=15.0, attrition_rate=1e-12,
        leaving_rate__hold=0.0, leaving_rate__delay=0.0, evacuation_rate=0.0, leave_before_contact=0.0,
        clear__contested=0.0, clear__abandoned=0.0, speed__opposed=100.0, clash_rate=0.0, recapture_rate=0.0,
        hopeless_below=0.0,
    )  # fmt: skip
    story = tell(stage_of(still, plan[1]), SEED, until=still.at + 40 * DAY)
    began = story.stage.day_of(still.at)
    days = [
        (story.stage.day_of(entry.time) - began, entry.event.ratio)
        for entry in story.entries
        if isinstance(entry.event, BattleDay)
    ]
    assert len(days) >= 35
    first_day, first = days[0]
    assert first is not None
    assert first_day <= 4
    for day, ratio in days:
        left = 0.4 + 0.6 * math.exp(-max(0, day - 4) / 15.0)
        assert ratio == pytest.approx(first * left, rel=1e-9)


SHARES = {
    "flee": 0.5,
    "melt": 0.3,
    "surrender__trusted": 0.1,
    "closed__surrender": 0.3,
    "closed__stand": 0.5,
    "closed__melt": 0.2,
    "closed__evacuate": 0.25,
    "lost_on_the_way": 0.1,
}


def _beaten(
    plan: Valley,
    sealed: tuple[str, ...],
    number: int,
    taken: tuple[str, ...] = (),
    ringed: bool = False,
    **shares: float,
) -> tuple[Story, Folding]:
    """A garrison of the rebels in Dell, some ways sealed to it, and some of their other places taken by the North.

    `ringed`: what they hold elsewhere has no way out either.
    """
    scenario = fixed(alone(plan[0], {"town": men("rebels", "dell", number)}), **{**SHARES, **shares})
    ground = plan[1].ground
    town = evolve(ground.places[PlaceId("dunes")], kind="town")
    links = dict(ground.links)
    if not ringed:  # Arlen Bridge has a way out of its own
        links["bridge--dunes"] = Link(
            "bridge--dunes", (PlaceId("arlen-bridge"), PlaceId("dunes")), "road", 40.0, "a test"
        )
    ground = evolve(ground, places={**ground.places, PlaceId("dunes"): town}, links=links)
    record = evolve(plan[1], ground=ground, digest=f"the dunes as a town, ringed: {ringed}")
    start = tell(stage_of(scenario, record), SEED, until=scenario.at)
    folding = Folding(ground, start.state())
    for link in sealed:
        shut = RouteSealed(link, ActorId("rebels"))
        cause = Ruled("a test", None, "", None, ())
        folding.apply(Entry(link, start.until, Interval(start.until, start.until), shut, cause))
    for place in taken:
        event = Captured(PlaceId(place), (ActorId("north"),), ActorId("rebels"))
        cause = Ruled("a test", None, "", None, ())
        folding.apply(Entry(place, start.until, Interval(start.until, start.until), event, cause))
    return start, folding


def _gone(start: Story, folding: Folding, index: int, stand: bool = True) -> list[ColumnFled | Melted | Surrendered]:
    """What comes about in one run when the garrison of Dell has broken, or leaves."""
    world = World(start.stage, folding.live, Luck(SEED, index, Stream.CHANCE), start.until)
    going = defenders_leave(world, PlaceId("dell"), ActorId("north"), ("rebels@dell",), stand=stand)
    found = []
    for one in going:
        assert isinstance(one.event, ColumnFled | Melted | Surrendered)
        found.append(one.event)
    return found


def _fates(
    plan: Valley,
    sealed: tuple[str, ...],
    runs: int,
    number: int,
    taken: tuple[str, ...] = (),
    stand: bool = True,
    **shares: float,
) -> dict[str, int]:
    """What becomes of many garrisons of Dell that have broken, added up; each is accounted for to the last man."""
    start, folding = _beaten(plan, sealed, number, taken, False, **shares)
    found = {"melted": 0, "surrendered": 0, "stood": 0, "lost": 0}
    for index in range(runs):
        gone = 0
        for event in _gone(start, folding, index, stand):
            gone += event.number
            if isinstance(event, ColumnFled):
                found[event.to] = found.get(event.to, 0) + event.number
                found["lost"] += event.lost
            else:
                found["melted" if isinstance(event, Melted) else "surrendered"] += event.number
        assert 0 <= gone <= number
        found["stood"] += number - gone
    return found


def test_by_agreement_men_go_to_what_is_their_own_and_surrender_where_nothing_is(plan: Valley) -> None:
    """All ways of Dell are sealed."""
    ways = ("arlen--dell", "dell--corve", "dell--dunes")
    for taken, kinds in (((), {ColumnFled}), (ELSEWHERE, {Surrendered})):
        start, folding = _beaten(plan, ways, 300, taken)
        world = World(start.stage, folding.live, Luck(SEED, 1, Stream.CHANCE), start.until)
        assert has_refuge(world, PlaceId("dell"), ActorId("rebels")) == (not taken)
        place, captor = PlaceId("dell"), ActorId("north")
        going = list(defenders_leave(world, place, captor, ("rebels@dell",), stand=False, agreed=True))
        assert {type(one.event) for one in going} <= kinds
        assert going


@pytest.mark.parametrize(("besiegers", "taken", "deal"), [(0, True, False), (1, True, True), (0, False, True)])
def test_who_has_nowhere_to_go_gives_himself_up_to_no_fewer_than_he_is(
    plan: Valley, besiegers: int, taken: bool, deal: bool
) -> None:
    """300 in Dell, all of whose ways are sealed, against as many (they stand for their like) or nobody."""
    ways = ("arlen--dell", "dell--corve", "dell--dunes")
    start, folding = _beaten(plan, ways, 300, ELSEWHERE if taken else (), evacuation_rate=1000.0)
    world = World(start.stage, folding.live, Luck(SEED, 1, Stream.CHANCE), start.until)
    fight = Fight(ActorId("north"), ActorId("rebels"), start.stage.day_of(start.until), 300, 300, 0.0, 1.0)
    garrison = ("rebels@dell",)
    told = [one.event for one in _defender(world, PlaceId("dell"), fight, garrison * besiegers, garrison, 0.5)]
    assert bool(told) == deal
    assert all(
        isinstance(event, DefenderBroke | Surrendered if taken else DefenderBroke | ColumnFled) for event in told
    )


ELSEWHERE = ("arlen-bridge", "corve-mill", "corve-dock")
"""What the rebels hold beside Dell."""


def test_the_beaten_go_over_open_ways_by_what_these_carry_and_the_others_hide_surrender_or_stand(plan: Valley) -> None:
    """From Dell a track of 30 km (0.5) leads to the Dunes; Arlen and Corve are in other hands."""
    runs, number = 200, 300
    total = runs * number
    found = _fates(plan, (), runs, number)
    assert set(found) == {"melted", "surrendered", "stood", "lost", "dunes"}
    near(found["dunes"], total, 0.5)
    near(found["melted"], total, 0.3)
    near(found["surrendered"], total, 0.1)
    near(found["stood"], total, 0.1)
    near(found["lost"], found["dunes"], 0.1)


def test_without_a_way_out_nobody_flees_and_more_surrender_and_stand(plan: Valley) -> None:
    """Nor is anyone evacuated, where nothing is left to go to: the other shares are taken in proportion."""
    runs, number = 200, 300
    total = runs * number
    found = _fates(plan, ("dell--dunes",), runs, number, ELSEWHERE)
    assert set(found) == {"melted", "surrendered", "stood", "lost"}
    assert found["lost"] == 0
    near(found["surrendered"], total, 0.3)
    near(found["stood"], total, 0.5)
    near(found["melted"], total, 0.2)


def test_without_a_way_out_some_leave_by_agreement_for_the_nearest_place_of_their_own(plan: Valley) -> None:
    """Unharmed, through the enemy's ground: of 0.3 + 0.5 + 0.2 + 0.25, a fifth."""
    runs, number = 200, 300
    total = runs * number
    found = _fates(plan, ("dell--dunes",), runs, number)
    assert set(found) == {"melted", "surrendered", "stood", "lost", "arlen-bridge"}
    assert found["lost"] == 0
    near(found["arlen-bridge"], total, 0.2)
    near(found["surrendered"], total, 0.24)
    near(found["stood"], total, 0.4)
    near(found["melted"], total, 0.16)
    start, folding = _beaten(plan, ("dell--dunes",), number)
    (column,) = [event for event in _gone(start, folding, 0) if isinstance(event, ColumnFled)]
    assert (column.to, column.lost, column.number > 0) == ("arlen-bridge", 0, True)
    assert column.due.minute > start.until


def test_a_ringed_place_is_no_refuge(plan: Valley) -> None:
    """Nobody is evacuated to Arlen Bridge where all ways out of it are in other hands; nor flees to a place under siege."""
    start, folding = _beaten(plan, ("dell--dunes",), 300, ringed=True)
    assert not [event for event in _gone(start, folding, 0) if isinstance(event, ColumnFled)]
    world = World(start.stage, folding.live, Luck(SEED, 1, Stream.CHANCE), start.until)
    assert not has_refuge(world, PlaceId("dell"), ActorId("rebels"))
    start, folding = _beaten(plan, (), 300)
    assert {event.to for event in _gone(start, folding, 0) if isinstance(event, ColumnFled)} == {"dunes"}
    siege = Besieged(PlaceId("dunes"), (ActorId("north"),), ActorId("rebels"))
    now = Interval(start.until, start.until)
    folding.apply(Entry("siege", start.until, now, siege, Ruled("a test", None, "", None, ())))
    assert not [event for event in _gone(start, folding, 0) if isinstance(event, ColumnFled) and event.to == "dunes"]


def test_of_those_who_leave_of_their_own_will_nobody_stays_to_the_last(plan: Valley) -> None:
    found = _fates(plan, ("dell--dunes",), 100, 300, stand=False)
    assert found["stood"] == 0
    near(found["surrendered"], 100 * 300, 0.3 / 0.75)
    near(found["arlen-bridge"], 100 * 300, 0.25 / 0.75)


def test_those_who_can_do_nothing_else_stand(plan: Valley) -> None:
    found = _fates(
        plan, ("dell--dunes",), 5, 300, ELSEWHERE, closed__surrender=0.0, closed__melt=0.0, closed__stand=0.0
    )
    assert found == {"melted": 0, "surrendered": 0, "stood": 5 * 300, "lost": 0}


def test_a_road_that_hardly_anyone_takes_changes_nothing_for_the_others(plan: Valley) -> None:
    """Twins on the same luck: in one the road to Corve is open too, and carries next to nothing."""
    split = []
    for taken in ((), ("corve",)):
        start, folding = _beaten(plan, (), 300, capacity__road=1e-12)
        for place in taken:
            event = Captured(PlaceId(place), (ActorId("rebels"),), ActorId("south"))
            cause = Ruled("a test", None, "", None, ())
            folding.apply(Entry(place, start.until, Interval(start.until, start.until), event, cause))
        found = []
        for index in range(40):
            gone = {type(event).__name__: event.number for event in _gone(start, folding, index)}
            found.append(gone)
        world = World(start.stage, folding.live, Luck(SEED, 0, Stream.CHANCE), start.until)
        assert {end for _, end in world.ways_out("dell", "rebels")} == {"dunes", *taken}
        split.append(found)
    assert split[0] == split[1]


def test_a_garrison_takes_its_holding_force_and_never_more_than_half(plan: Valley) -> None:
    """Dell is a village: it takes three tenths of what a town does."""
    for holding, number in ((500.0, 2000.0), (3000.0, 1000.0)):
        forces = {"column": men("north", "arlen", number, "field"), "town": men("rebels", "dell", 40)}
        scenario = alone(plan[0], forces, {"push": Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))})
        scenario = fixed(scenario, holding_force=holding, holding_post=0.3, recapture_rate=0.0, clash_rate=0.0)
        seen = 0
        for index in range(8):
            story = tell(stage_of(scenario, plan[1]), SEED, 0, 0, index)
            posted = [entry for entry in story.entries if isinstance(entry.event, GarrisonPosted)]
            for entry in posted:
                event = entry.event
                assert isinstance(event, GarrisonPosted)
                folding = Folding(story.stage.ground, story.stage.state)
                for earlier in story.entries[: story.entries.index(entry)]:
                    folding.apply(earlier)
                there = int(folding.live.cells[f"{event.force}.number"])
                assert event.number - event.searching == math.floor(min(0.3 * holding, there / 2.0))
                assert event.number == math.floor(min(0.3 * holding + 1000.0, there / 2.0))
                folding.apply(entry)
                assert folding.live.cells["column.number"] == there - event.number
                assert folding.live.cells["north@dell.number"] == event.number
                seen += 1
        assert seen >= 4
