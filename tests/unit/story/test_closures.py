"""Closed links: they carry nothing for an enemy, and only for as long as who closed them stands at an end (R7)."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from situation.dates import DAY, Duration
from situation.events import (
    ActorId,
    BattleBegan,
    Event,
    MarchBegan,
    OrderLapsed,
    PlaceId,
    RouteOpened,
    RouteSealed,
    StanceChanged,
    SupplyCut,
    SupplyRestored,
    Withdrew,
)
from situation.log.entry import Ruled
from situation.log.story_words import event_in_words
from situation.record.loading import load
from situation.scenario import Plan, Scenario, load_scenario
from situation.scenario.orders import Order
from situation.scenario.parts import Condition, Given, Inflow
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from tests.oracles.fold.ground import on_the_fold
from tests.unit.constructed import SEED, Valley, alone, fixed, men, the

NORTH, SOUTH, REBELS = (ActorId(name) for name in ("north", "south", "rebels"))
AL_QAIM = Path(__file__).parents[3] / "scenarios" / "al-qaim-2017"


def fed(scenario: Scenario, actor: ActorId, *places: str, mutual: bool = False, over: tuple[str, ...] = ()) -> Scenario:
    """The scenario in which an actor's supply comes from some places."""
    inflow = Inflow(tuple(PlaceId(place) for place in places), "a test", mutual=mutual, over=over)
    return evolve(scenario, actors={**scenario.actors, actor: evolve(scenario.actors[actor], supply_from=(inflow,))})


def when(scenario: Scenario, **events: tuple[int, Event]) -> Scenario:
    """The scenario in which events are given after so many days."""
    given = {name: Given(event, (Condition(after=Duration(days * DAY)),)) for name, (days, event) in events.items()}
    return evolve(scenario, given=given)


def told(scenario: Scenario, plan: Valley, days: int = 20) -> Story:
    return tell(stage_of(fixed(scenario, clash_rate=0.0), plan[1]), SEED, until=scenario.at + days * DAY)


def test_places_that_feed_each_other_are_cut_off_by_who_holds_what_lies_between(plan: Valley) -> None:
    """Dell and the Bridge are the rebels'; Arlen, between them, is the North's from the start."""
    forces = {"town": men("rebels", "dell", 50), "bridge": men("rebels", "arlen-bridge", 50)}
    story = told(fed(alone(plan[0], forces), REBELS, "dell", "arlen-bridge", mutual=True), plan, 2)
    (cut,) = the(story, SupplyCut, force="rebels@dell")
    assert isinstance(cut.event, SupplyCut)
    assert (cut.event.link, cut.event.closed_by) == ("arlen--arlen-bridge", "north")
    assert "from Arlen to " in event_in_words(cut.event, plan[1].ground)
    assert event_in_words(cut.event, plan[1].ground).endswith("is closed by the North")
    assert isinstance(cut.cause, Ruled)
    holder = story.stage.state.because["arlen.holder"].id
    assert holder in cut.cause.parents


def test_a_place_that_feeds_others_feeds_itself_unless_they_live_on_each_other(plan: Valley) -> None:
    forces = {"town": men("rebels", "dell", 50)}
    alone_there = alone(plan[0], forces)
    assert not the(told(fed(alone_there, REBELS, "dell"), plan, 2), SupplyCut)
    assert the(told(fed(alone_there, REBELS, "dell", "arlen-bridge", mutual=True), plan, 2), SupplyCut)


def test_goods_go_over_the_kinds_of_links_that_a_scenario_names(plan: Valley) -> None:
    forces = {"scouts": men("rebels", "dunes", 50, "field"), "town": men("rebels", "dell", 50)}
    by_track = fed(alone(plan[0], forces), REBELS, "dell")
    by_road = fed(alone(plan[0], forces), REBELS, "dell", over=("road",))
    assert not the(told(by_track, plan, 2), SupplyCut, force="scouts")
    assert the(told(by_road, plan, 2), SupplyCut, force="scouts")


def test_a_closed_link_carries_no_goods_until_it_is_open_again(plan: Valley) -> None:
    forces = {"scouts": men("rebels", "dunes", 50, "field"), "town": men("rebels", "dell", 50)}
    scenario = fed(alone(plan[0], forces), REBELS, "dell")
    shut = when(
        scenario, shut=(2, RouteSealed("dell--dunes", REBELS)), free=(6, RouteOpened("dell--dunes", REBELS))
    )  # fmt: skip
    story = told(shut, plan)
    (cut,), (again,) = the(story, SupplyCut, force="scouts"), the(story, SupplyRestored, force="scouts")
    assert cut.time < again.time
    assert isinstance(cut.event, SupplyCut)
    assert (cut.event.link, cut.event.closed_by) == ("dell--dunes", None)


@pytest.mark.parametrize(("by", "lapses"), [(None, False), (NORTH, False), (SOUTH, True)])
def test_a_link_is_closed_while_who_closed_it_holds_an_end(plan: Valley, by: ActorId | None, lapses: bool) -> None:
    """The North holds Arlen, at one end; the South holds neither. What nobody by name has closed stays closed."""
    at_war = StanceChanged(SOUTH, REBELS, "hostile")
    forces = {"town": men("rebels", "dell", 50)}
    shut = when(
        alone(plan[0], forces), war=(0, at_war), shut=(1, RouteSealed("arlen--dell", REBELS, (by,) if by else ()))
    )
    assert bool(the(told(shut, plan, 5), RouteOpened, link="arlen--dell")) == lapses


def test_an_order_to_close_a_link_lapses_where_ones_side_holds_no_end(plan: Valley) -> None:
    """`seal route` asks for an end itself; a doctrine of one's own may order it anywhere, and it lapses."""
    scenario = alone(
        plan[0], {"town": men("rebels", "dell", 50)}, {"far": Plan(NORTH, "far", links=("corve--corve-mill",))}
    )
    story = tell(
        stage_of(scenario, plan[1]), SEED, until=scenario.at + 2 * DAY,
        doctrines={"far": lambda view: (Order("north/corve--corve-mill", "seal", "corve--corve-mill"),)},
    )  # fmt: skip
    assert the(story, OrderLapsed, why="its side holds no end of the link")
    assert not the(story, RouteSealed)


@pytest.mark.parametrize(("garrison", "goes"), [(0, False), (40, True)])
def test_a_closed_link_carries_no_column_but_an_attack_on_who_holds_its_end(
    plan: Valley, garrison: int, goes: bool
) -> None:
    push = Plan(NORTH, "advance", ("column",), (PlaceId("dell"),))
    forces = {"column": men("north", "arlen", 2000, "field"), "town": men("rebels", "dell", garrison)}
    events: dict[str, tuple[int, Event]] = {"shut": (0, RouteSealed("arlen--dell", NORTH))}
    if not garrison:
        events["left"] = (0, Withdrew(PlaceId("dell"), (REBELS,), ()))
    scenario = when(alone(plan[0], forces, {"push": push}), **events)
    story = told(scenario, plan)
    assert bool(the(story, MarchBegan, force="column")) == goes
    assert bool(the(story, BattleBegan, place="dell")) == goes


def test_the_loss_of_the_crossing_cuts_what_al_qaim_and_albu_kamal_send_each_other() -> None:
    record = load(AL_QAIM)
    stage = stage_of(load_scenario(AL_QAIM / "baseline-2-november.yaml", record), record)
    none: frozenset[str] = frozenset()
    others = frozenset(
        place for place in stage.places if stage.state.cells.get(f"{place}.holder") not in ("islamic-state", None)
    )
    open_way = on_the_fold(stage).reached("islamic-state", others, none, none)
    cut = on_the_fold(stage).reached("islamic-state", others | {"husaybah-crossing"}, none, none)
    shut = on_the_fold(stage).reached("islamic-state", others, frozenset({"husaybah-crossing--albu-kamal"}), none)
    assert {"al-qaim", "albu-kamal", "west-bank-villages", "karabilah"} <= open_way
    for without in (cut, shut):
        assert not {"al-qaim", "albu-kamal"} & without
        assert {"west-bank-villages", "karabilah"} <= without  # each still lives on the town next to it
