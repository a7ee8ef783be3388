"""What someone who knows such campaigns expects of the stories, on ensembles of twins that share luck.

Each statement says in which direction a cause moves an outcome: by more than two standard errors of the twins' difference, on
so many stories that it is 3.3 of them or more (`more`, `less` in twins.py). Where a cause moves nothing, or nothing in one
direction, no difference lies beyond four. The seed is fixed. Times are restricted: a place that is not taken counts with
the whole horizon.
"""

from __future__ import annotations

from functools import cache
from statistics import mean

import pytest
from attrs import evolve
from scipy.stats import beta

from situation.events import AreaId, RouteSealed
from situation.scenario import Given
from tests.behaviour.tales import Tale
from tests.behaviour.twins import IS, WITHIN, between, fixed, more_of, the_record, the_scenario, told, told_of

MANY = 384
"""Stories where what is rare is bounded, or what is little is found: for the long tests."""
EAST_BANK = the_record().ground.regions[AreaId("east-deir-ez-zor")].places
CAPTURES = (
    ("rawa", "iraq"),
    ("rumana", "iraq"),
    ("albu-kamal", "syria"),
    ("west-bank-villages", "syria"),
    ("dhiban", "sdf"),
    ("busayrah", "sdf"),
    ("hajin-susah", "sdf"),
    ("baghuz", "sdf"),
)
"""The captures that the baseline is about, each with the one who is after it."""


def baseline(runs: int = MANY) -> tuple[Tale, ...]:
    return told("baseline", runs)


def come_east(tale: Tale) -> int:
    """Islamic State's men who came to the east bank in flight."""
    return sum(tale.escaped[place, IS] for place in EAST_BANK)


def left_east(tale: Tale) -> int:
    """Islamic State's men on the east bank at the end."""
    return sum(tale.present.get((place, IS), 0) for place in EAST_BANK)


def left_anywhere(tale: Tale) -> int:
    """Islamic State's men at the end: in the ranks, wounded, hidden or under way."""
    tally = tale.men[IS]
    return tally.present + tally.wounded + tally.hidden + tally.in_transit


# -- ways out


@pytest.mark.long
def test_a_golden_bridge_shortens_the_fight_for_a_town_and_lowers_casualties_on_both_sides() -> None:
    """Albu Kamal with its ways over the river open, against the same with them sealed. In days of battle: a garrison without
    a way out may also yield as a whole, so that it need not be longer until the town falls."""
    bridge, ring = baseline(192), told("refuge-denied", 192)
    assert between(bridge, ring, lambda tale: tale.fought["albu-kamal", "syria"]).more
    assert between(bridge, ring, lambda tale: tale.casualties["albu-kamal", "syria"]).more
    assert between(bridge, ring, lambda tale: tale.casualties["albu-kamal", IS]).more


@pytest.mark.long
def test_a_ring_round_al_qaim_lengthens_the_fight_and_costs_both_sides_more_men() -> None:
    """From 26 October, with every way out of the town sealed but the open desert, which nobody can seal."""
    opening = the_scenario("baseline-26-october")
    links = [link.id for link in the_record().ground.links.values() if "al-qaim" in link.ends]
    seals = {f"ring/{link}": Given(RouteSealed(link, IS), at="2017-10-26") for link in links}
    bridge = told("baseline-26-october", 48, 60)
    ring = told_of(evolve(opening, given={**opening.given, **seals}), 48, 60)
    assert between(bridge, ring, lambda tale: tale.until("al-qaim", "iraq")).more
    assert between(bridge, ring, lambda tale: tale.fought["al-qaim", "iraq"]).more
    assert between(bridge, ring, lambda tale: tale.casualties["al-qaim", "iraq"]).more
    assert between(bridge, ring, lambda tale: tale.casualties["al-qaim", IS]).more
    assert between(bridge, ring, lambda tale: tale.surrendered["al-qaim", IS]).more
    assert between(bridge, ring, lambda tale: tale.fled["al-qaim", IS]).less


@pytest.mark.long
def test_sealing_the_river_raises_surrender_and_last_stands_and_lowers_what_reaches_the_east_bank() -> None:
    bridge, ring = baseline(192), told("refuge-denied", 192)
    assert between(bridge, ring, lambda tale: tale.of(tale.surrendered, IS)).more
    assert between(bridge, ring, lambda tale: tale.of(tale.stood, IS)).more
    assert between(bridge, ring, come_east).less
    assert between(bridge, ring, left_east).less


@pytest.mark.long
def test_holding_the_crossing_lets_more_escape() -> None:
    """Husaybah in Islamic State's hands as a door to Albu Kamal, against the same with that door shut."""
    held = the_scenario("crossing-held")
    shut = Given(RouteSealed("husaybah-crossing--albu-kamal", IS), at="2017-11-02")
    closed = told_of(evolve(held, given={**held.given, "shut": shut}), 192, 60)
    door = told("crossing-held", 192, 60)
    assert between(closed, door, lambda tale: tale.escaped["albu-kamal", IS]).more
    assert between(closed, door, lambda tale: tale.men[IS].killed + tale.men[IS].surrendered).less


@pytest.mark.long
def test_the_crossing_left_alone_is_a_door_through_which_more_men_come_to_albu_kamal() -> None:
    """The scenario against its baseline, in which the crossing mostly falls, on 17 November."""
    crossing, town = "husaybah-crossing", "albu-kamal"
    taken, left = told("baseline-2-november", 480, 15), told("crossing-held", 480, 15)
    assert mean((crossing, "iraq") in tale.taken for tale in taken) > 0.5
    assert mean((crossing, "iraq") in tale.taken for tale in left) < 0.05
    assert between(taken, left, lambda tale: tale.by_way["al-qaim", crossing, IS]).more
    assert between(taken, left, lambda tale: tale.by_way[crossing, town, IS]).more


# -- forces diverted


@pytest.mark.long
def test_diverting_iraqi_forces_delays_the_northern_bank_and_leaves_the_front_of_the_sdf_as_it_was() -> None:
    """Each of its captures is the same to the minute in most stories.

    Rumana and Rawa stand for the northern bank: what lies beyond them is left before a column is there, so that nobody takes it.
    """
    here, diverted = baseline(192), told("kurdish-front-reopens", 192)
    for place in ("rumana", "rawa"):
        assert between(here, diverted, lambda tale, place=place: tale.until(place, "iraq")).more, place  # type: ignore[misc]
    for place, actor in CAPTURES:
        if actor == "sdf":
            apart = between(here, diverted, lambda tale, place=place: tale.until(place, "sdf"))  # type: ignore[misc]
            assert abs(apart.z) < WITHIN, place
            assert apart.equal > 0.5, place


@pytest.mark.long
def test_diverting_iraqi_forces_delays_rawa_through_tempo() -> None:
    """With marches at one steady pace, so that only the day on which they begin differs."""
    steady, diverted = (
        told_of(fixed(the_scenario(name), "speed.opposed", 3.0), 24, 60)
        for name in ("baseline", "kurdish-front-reopens")
    )
    later = between(steady, diverted, lambda tale: tale.until("rawa", "iraq"))
    assert later.z > 4
    assert 3 < later.mean < 14


# -- air support


@pytest.mark.long
@pytest.mark.parametrize(("place", "actor"), CAPTURES)
def test_without_air_support_a_capture_costs_more_and_is_never_sooner(place: str, actor: str) -> None:
    """It costs more on the mean, where the place is fought for in a tenth of the stories; elsewhere nothing is to pay.

    Most places are left before contact or within days, so that one place's time moves less than luck does: no time
    falls beyond two standard errors here, and their sum rises in the next test.
    """
    flown, grounded = baseline(), told("no-air-support", MANY)
    costs = between(flown, grounded, lambda tale: tale.casualties[place, actor])
    if mean(tale.fought[place, actor] > 0 for tale in grounded) >= 0.1:
        assert costs.mean > 0
    assert costs.z > -WITHIN
    assert between(flown, grounded, lambda tale: tale.until(place, actor)).z > -WITHIN


@pytest.mark.long
def test_without_air_support_every_army_pays_more_for_its_captures_and_all_together_take_longer() -> None:
    flown, grounded = baseline(), told("no-air-support", MANY)
    for actor in ("iraq", "syria", "sdf"):
        costs = between(
            flown,
            grounded,
            lambda tale, actor=actor: (  # type: ignore[misc]
                tale.of(tale.casualties, actor) / max(1, sum(taker == actor for _, taker in tale.taken))
            ),
        )
        assert costs.more, actor
        times = between(
            flown,
            grounded,
            lambda tale, actor=actor: sum(tale.until(*one) for one in CAPTURES if one[1] == actor),  # type: ignore[misc]
        )
        assert times.mean > 0, actor
    assert between(flown, grounded, lambda tale: sum(tale.until(*one) for one in CAPTURES)).more
    assert between(flown, grounded, lambda tale: sum(tale.fought.values())).more


# -- confrontation


@pytest.mark.long
def test_a_confrontation_delays_the_last_captures_of_the_east_bank_and_leaves_more_fighters() -> None:
    """After 75 days, when the last captures are under way; by the horizon nearly all of them have come either way."""
    calm, clash = (told(name, MANY, 75) for name in ("baseline", "sdf-government-confrontation"))
    assert between(calm, clash, lambda tale: tale.rung == 4).mean > 0.5
    last = ("hajin-susah", "baghuz")
    assert between(calm, clash, lambda tale: sum(tale.until(place, "sdf") for place in last)).more
    assert between(calm, clash, left_anywhere).more


@pytest.mark.long
def test_in_the_baseline_a_confrontation_within_the_horizon_stays_below_one_in_twenty() -> None:
    """By the upper end of the exact one-sided 95 % interval; on any front, that of Baghdad and the Kurds among them."""
    runs = baseline()
    came = sum(tale.rung == 4 for tale in runs)
    assert beta.ppf(0.95, came + 1, len(runs) - came) < 0.05


# -- after the capture


@pytest.mark.long
def test_garrisons_make_recapture_rarer() -> None:
    """Fifty men left in each captured town, against a thousand."""
    few, many = (told_of(fixed(the_scenario("baseline"), "holding_force", men), 32) for men in (50.0, 1000.0))
    assert between(few, many, lambda tale: tale.retaken).less
    assert between(few, many, lambda tale: tale.counterattacks).less


@pytest.mark.long
def test_counter_attacks_come_to_a_few_and_not_to_a_score() -> None:
    """Who comes out of hiding has no hope against most garrisons (R3), and stays hidden. A score is for one story in a
    hundred: where counter-attacks fade slowest and hiding works best."""
    counts = sorted(tale.counterattacks for tale in baseline())
    assert 1 <= mean(counts) <= 6
    assert mean(1 <= count <= 8 for count in counts) > 0.5
    assert mean(count < 12 for count in counts) > 0.95
    assert mean(count < 20 for count in counts) > 0.99
    assert counts[-1] <= 25


# -- numbers


@cache
def stronger(runs: int = MANY) -> tuple[Tale, ...]:
    """The baseline with half as many Islamic State fighters again."""
    return told_of(more_of(the_scenario("baseline"), IS, 1.5), runs)


@pytest.mark.long
@pytest.mark.parametrize(("place", "actor"), CAPTURES)
def test_more_fighters_never_help_those_who_attack_them(place: str, actor: str) -> None:
    """Place by place nothing moves in the attacker's favour beyond what luck does."""
    assert between(baseline(), stronger(), lambda tale: tale.until(place, actor)).z > -WITHIN
    assert between(baseline(), stronger(), lambda tale: (place, actor) in tale.taken).z < WITHIN
    assert between(baseline(), stronger(), lambda tale: tale.casualties[place, actor]).z > -WITHIN


@pytest.mark.long
def test_more_fighters_cost_all_their_attackers_together_time_and_blood() -> None:
    """Time: days of fighting. Most places fall when they fall, for most of those who hold them are told to go."""
    armies = ("iraq", "syria", "sdf")
    assert between(baseline(), stronger(), lambda tale: sum(tale.fought.values())).more
    assert between(baseline(), stronger(), lambda tale: sum(tale.of(tale.casualties, one) for one in armies)).more
    assert between(baseline(), stronger(), left_anywhere).more
