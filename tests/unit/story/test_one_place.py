"""A field force that stands where an enemy does gives battle: a war of one place, men raised behind, strangers turned foes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.dates import DAY
from situation.events import BattleBegan, BattleEnded, BattleJoined, Captured, Entered, FellBack, ForceRaised
from situation.record.record import Record
from situation.scenario import Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, resume, tell
from situation.story.tally import tallies
from tests.unit.small import Small
from tests.unit.valley_stories import scenario_of, valley

MAP = """\
situation: ford
title: "One ford"
about: "The North is at a ford that the South holds."
window: {from: 2020-01-01, to: 2020-03-01}
utc_offset: "+01:00"
actors:
  - {id: north, name: the North}
  - {id: south, name: the South}
places:
  - {id: ford, name: the Ford, kind: town, country: XX, at: {lat: 10.0, lon: 10.0, precision_km: 1, source: invented}}
opening:
  at: 2020-01-01
  places:
    ford: {holder: south, status: held, assumed: "as the story goes"}
  actors:
    north: {posture: attacks, assumed: "as the story goes"}
    south: {posture: holds, assumed: "as the story goes"}
  relations:
    - {from: north, to: south, stance: hostile, assumed: "as the story goes"}
"""
SOURCES = """\
sources:
  - {id: gazette, outlet: The Gazette, published: 2020-01-20, reliability: {grade: B, as_of: 2020-01-01, reason: "a daily"}}
"""
RECORD = """\
claims:
  - {id: G-1, source: gazette, says: Theirs., happened: 2020-01-15, asserts: {statement: Holds, actor: south, area: ford}}
"""
SO = "unit: troops, source: ASSUMED, reason: so be it"
PLAN = f"""\
scenario: assault
title: The North is at the ford
about: "One battle."
situation: ford
branch: {{at: 2020-02-01}}
horizon: 120 d
forces:
  battalion: {{actor: south, at: ford, value: 500, {SO}}}
  brigade: {{actor: north, at: ford, kind: field, value: 1500, {SO}}}
questions:
  taken: {{ask: captured, place: ford, by: north}}
"""


def ford(folder: Path, *changes: tuple[str, str]) -> tuple[Scenario, Record]:
    small = Small(folder, {"map.yaml": MAP, "sources.yaml": SOURCES, "record.yaml": RECORD, "plan.yaml": PLAN})
    for old, new in changes:
        small.plant("plan.yaml", old, new)
    return scenario_of(small)


def of(story: Story, kind: type) -> list[tuple[int, Any]]:
    """The happenings of a kind, each with its day from the branch on."""
    start = story.stage.scenario.at
    return [((entry.time - start) // DAY, entry.event) for entry in story.entries if isinstance(entry.event, kind)]


def test_a_war_of_one_place_is_fought_from_the_first_day_and_ends(tmp_path: Path) -> None:
    plan = ford(tmp_path)
    taken = 0
    for index in range(12):
        story = tell(stage_of(*plan), 3, index, index, index)
        assert [day for day, _ in of(story, Entered)][:1] == [0]
        assert [day for day, _ in of(story, BattleBegan)][:1] == [0]
        taken += bool(of(story, Captured))
        assert all(tally.conserved for tally in tallies(story.state(), plan[1].ground).values())
    assert taken >= 8


def test_one_claim_is_told_as_one(tmp_path: Path) -> None:
    ford(tmp_path)
    answer = " ".join(CliRunner().invoke(main, ["check", str(tmp_path)]).stdout.split())
    assert "1 claim of record, 1 scenario. No problems" in answer


def test_who_was_thrown_back_with_nowhere_to_go_renews_the_assault_when_it_is_rested(tmp_path: Path) -> None:
    plan = ford(tmp_path, ("value: 1500", "value: 400"))
    renewed = 0
    for index in range(8):
        story = tell(stage_of(*plan), 3, index, index, index)
        thrown = [event.until for _, event in of(story, FellBack)]
        began = [entry.time for entry in story.entries if isinstance(entry.event, BattleBegan)]
        ended = len(of(story, BattleEnded))
        assert ended in (len(began), len(began) - 1)
        assert all(again >= rested for rested, again in zip(thrown, began[1:], strict=False))
        renewed += len(began) > 1
    assert renewed


def test_such_a_story_is_taken_up_again_from_any_step(tmp_path: Path) -> None:
    plan = ford(tmp_path, ("value: 1500", "value: 400"))
    whole = tell(stage_of(*plan), 3)
    for step in (0, 1, 2, len(whole.steps) // 2):
        assert resume(whole.prefix(step), stage_of(*plan), 3).entries == whole.entries


def raised(folder: Path, event: str) -> Story:
    given = f"given:\n  come: {{event: {{event: ForceRaised, force: help, {event}}}, at: 2020-02-03}}\n"
    return tell(stage_of(*ford(folder, ("questions:\n", f"{given}questions:\n"), ("value: 1500", "value: 500"))), 3)


@pytest.mark.parametrize(("actor", "side"), [("north", "attackers"), ("south", "defenders")])
def test_men_who_are_raised_where_a_battle_is_on_join_it(tmp_path: Path, actor: str, side: str) -> None:
    story = raised(tmp_path, f"actor: {actor}, place: ford, number: 700, arrival: true")
    joined = of(story, BattleJoined)[0]
    assert (joined[0], getattr(joined[1], side)) == (1, 700)


def test_a_garrison_that_is_raised_in_an_enemys_place_is_in_hiding(tmp_path: Path) -> None:
    story = raised(tmp_path, "actor: north, place: ford, number: 70, kind: garrison")
    assert [(event.number, event.hidden) for _, event in of(story, ForceRaised)][-1] == (0, 70)


def test_men_who_are_raised_in_an_enemys_place_fight_for_it(tmp_path: Path) -> None:
    small = valley(tmp_path).plant(
        "plan.yaml", "given:\n",
        "given:\n  drop:\n    at: 2020-03-20\n"
        "    event: {event: ForceRaised, force: drop, actor: north, place: corve-mill, number: 900}\n",
    )  # fmt: skip
    story = tell(stage_of(*scenario_of(small)), 3)
    assert [(day, event.place) for day, event in of(story, BattleBegan) if event.place == "corve-mill"] == [
        (7, "corve-mill")
    ]


def test_neighbours_in_one_place_fight_once_they_are_enemies(tmp_path: Path) -> None:
    """A guest of the South stands in Arlen, which the North holds; after a week the two are at war."""
    small = valley(tmp_path).plant(
        "plan.yaml", "given:\n",
        "given:\n  ally: {event: {event: StanceChanged, actor: north, toward: south, stance: allied}, when: [{after: 1 d}]}\n"
        "  come: {event: {event: ForceRaised, force: guest, actor: south, place: arlen, number: 900}, when: [{after: 2 d}]}\n"
        "  war: {event: {event: StanceChanged, actor: north, toward: south, stance: hostile}, when: [{after: 7 d}]}\n",
    )  # fmt: skip
    story = tell(stage_of(*scenario_of(small)), 3)
    began = [(day, event.fight.attacker) for day, event in of(story, BattleBegan) if event.place == "arlen"]
    assert began[0] == (7, "south")
