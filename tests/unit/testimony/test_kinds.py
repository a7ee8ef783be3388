"""Kinds of places and links: some that every map may use, and others that a map states with what the model needs to know."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.scenario.story_numbers import number_in_words, numbers_of
from situation.story.stage import stage_of
from situation.testimony.kinds import LINK_KINDS, PLACE_KINDS
from tests.unit.small import Small, small_ground
from tests.unit.valley_stories import scenario_of, valley

SEA = "{id: dunes, name: the Dunes, kind: desert"


def test_what_a_kind_does_is_what_the_map_says_of_it(tmp_path: Path) -> None:
    ground = small_ground()
    assert ground.kind_of("dunes").open and not ground.kind_of("dell").open
    assert ground.is_town("arlen") and not ground.is_town("dell")
    other = Small(tmp_path).plant("map.yaml", "{id: desert, open: true, area: true}", "{id: desert, people: true}")
    assert other.load().ground.is_town("dunes") and not other.load().ground.kind_of("dunes").open


def test_a_kind_of_link_brings_its_capacity_among_the_numbers_of_stories(tmp_path: Path) -> None:
    ground = small_ground()
    track = numbers_of(ground)["capacity.desert-track"]
    assert (track.best, track.unit, track.source, track.reason) == (0.5, "ratio", "ASSUMED", "half a road")
    assert number_in_words("capacity.desert-track", {}, ground) == "how many times a desert track counts as a way out"
    assert {f"capacity.{kind}" for kind in LINK_KINDS} <= set(numbers_of(ground))
    scenario, record = scenario_of(valley(tmp_path))
    assert scenario.numbers["capacity.desert-track"] == track
    assert stage_of(scenario, record).is_open("dunes")


def test_no_kind_that_every_map_may_use_is_of_one_war() -> None:
    assert not {"desert", "desert-track", "oil-field", "strip", "river-bank"} & {*PLACE_KINDS, *LINK_KINDS}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("kind: village", "kind: vilage", "There is no kind of place 'vilage'. Did you mean 'village'?"),
        ("kind: village", "kind: dessert", "There is no kind of place 'dessert'. Did you mean 'desert'?"),
        ("kind: village", "kind: zzz", "or state it under 'place_kinds'."),
        ("kind: road", "kind: raod", "There is no kind of link 'raod'. Did you mean 'road'?"),
        ("{id: desert, open", "{id: town, open", "The kind 'town' is there already."),
        ("open: true, area", "opne: true, area", "A place kind has no key 'opne'. Did you mean 'open'?"),
        ("capacity: 0.5", "capacity: 0", "A capacity of 0 carries nobody."),
        (", reason: half a road", "", "The capacity is assumed without a reason."),
        ("open: true, area", "sea: true, area", ""),
    ],
)
def test_a_kind_that_is_wrong_is_told_at_its_line(old: str, new: str, what: str, tmp_path: Path) -> None:
    problems = Small(tmp_path).plant("map.yaml", old, new).problems()
    assert any(what in problem for problem in problems) if what else problems == []


def test_nobody_holds_a_stretch_of_sea(tmp_path: Path) -> None:
    small = Small(tmp_path).plant("map.yaml", SEA, "{id: dunes, name: the Dunes, kind: sea")
    assert small.problems() == []
    small.plant("map.yaml", "dunes: {status: ungarrisoned", "dunes: {status: held, holder: rebels")
    assert any("Nobody holds 'dunes': it is sea. Write 'status: ungarrisoned'." in it for it in small.problems())


@pytest.mark.parametrize("event", ["Captured, place: dunes, by: [north]", "Entered, place: dunes, by: [north]"])
def test_nobody_takes_a_stretch_of_sea_but_ships_are_sunk_and_it_is_closed_there(event: str, tmp_path: Path) -> None:
    small = Small(tmp_path).plant("map.yaml", SEA, "{id: dunes, name: the Dunes, kind: sea")
    row = "  - {{id: T-9, source: courier, says: told, happened: 2020-03-12, asserts: {{event: {}}}}}\n"
    small.add("record.yaml", row.format("Blockaded, place: dunes, by: [north], against: south"))
    small.add("record.yaml", row.replace("T-9", "T-8").format("ShipSunk, ship: south-foot, place: dunes"))
    assert small.problems() == []
    small.add("record.yaml", row.replace("T-9", "T-7").format(event))
    (problem,) = small.problems()
    assert (
        "Nobody holds 'dunes': it is sea. Say who attacked there (Attacked), or who closed it (Blockaded)." in problem
    )
    assert problem.startswith(small.at("record.yaml", "place: dunes, by", "T-7"))
