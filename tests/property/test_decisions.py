"""What mechanisms as kernels draw, read of the clock and write down is what those of the fold do."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from attrs import evolve

from situation.chance.luck import Luck, Stream
from situation.dates import DAY
from situation.log.entry import Ruled
from situation.scenario.story_numbers import NUMBERS
from situation.story.decide.calendar import at_hour, day_of, evening
from situation.story.decide.draws import ONCE, NextDue, draw, falls_due, four, no_draw, number_part
from situation.story.decide.ground import make_ground, order_ground
from situation.story.decide.rows import NO_ODDS, also, by, due_in, lay_part, next_row
from situation.story.rows.kinds import RowKind
from situation.story.rows.replay import Replay
from situation.story.world.beginning import begin_world
from situation.story.world.reasons import Purpose, Rule, Term
from situation.story.world.staging import set_luck
from situation.story.world.tables import field_of_number
from situation.testimony.dating.clock import named_zone
from tests.oracles.decisions import hold_decisions
from tests.oracles.fold.ground import on_the_fold
from tests.oracles.fold.world import World
from tests.oracles.world_cells import SOME
from tests.property.test_world_cells import valley_story

ROOT = Path(__file__).parents[2]


def test_kernels_draw_at_the_addresses_of_the_fold() -> None:
    stage, luck, r = valley_story().stage, Luck(2**63 + 5, 3), random.Random(5)
    w, numbering = begin_world(stage)
    set_luck(w, numbering, luck)
    order_ground(make_ground(stage, numbering), w)
    for _ in range(200):
        minute = stage.scenario.at + r.randrange(200 * DAY)
        w.story[0].now = minute - numbering.origin
        world = World(stage, stage.state, luck, minute)
        names = r.choices(numbering.names.names[1:], k=r.randint(1, 4))
        parts, question = [numbering.names.of(name) for name in names], r.choice([*Purpose][1:])
        musters = r.randrange(5)
        drawn = draw(w, question, day_of(w, w.story[0].now), *parts, number_part(musters))  # type: ignore[call-arg]
        assert drawn.value == world.draw(question.text, (*names, musters)).value
        assert draw(w, question, ONCE, parts[0]).value == world.draw(question.text, names[0], 0).value
        some = four(w, question, day_of(w, w.story[0].now), *parts[:3])
        assert some.values == world.four(question.text, tuple(names[:3]))[1]
        due = world.due("battle", world.evening(), names[0])
        expected = (due.minute - numbering.origin, due.rank)
        assert tuple(falls_due(w, Purpose.RANK_BATTLE, evening(w), parts[0])) == expected
        rank = r.choice(stage.places)
        assert w.names[w.places[numbering.places.of(rank)].name].rank == world.ranks.of(rank)


def test_the_clock_of_kernels_is_that_of_the_stage_also_where_local_time_changes() -> None:
    stage = valley_story().stage
    clock = evolve(stage.ground.clock, zone=named_zone("Europe/Kyiv"))
    shifted = evolve(stage, ground=evolve(stage.ground, clock=clock))
    w, numbering = begin_world(shifted)
    for day in range(1, 900):
        for hour in (0, 3, 6, 18):
            minute = on_the_fold(shifted).at_hour(numbering.first_day + day, hour)
            assert at_hour(w, day, hour) + numbering.origin == minute
            assert day_of(w, minute - numbering.origin) == day
            assert day_of(w, minute - 1 - numbering.origin) + numbering.first_day == shifted.day_of(minute - 1)


def test_a_row_that_kernels_write_takes_the_parts_laid_out_before_it_and_says_why() -> None:
    story = valley_story()
    replay = Replay.of(story.stage)
    w, numbering = replay.writer.tables, replay.writer.numbering
    set_luck(w, numbering, Luck(3, 1))
    for entry in story.entries[:9]:
        replay.take(entry)
    first, now = w.story[0].part_count, story.stage.scenario.at + 3 * DAY
    w.story[0].now = now - numbering.origin
    place = numbering.places.of("dell")
    chance = draw(w, Purpose.RETREAT_SPLIT, day_of(w, w.story[0].now), w.places[place].name, Term.OPEN, number_part(4))
    holds = w.places[place].holder_by
    cause = also(w, by(w, Rule.RETREAT_SPLIT, 0.25, chance, 5, holds), 5)
    lay_part(w, 1, 30, 2, 0.5)
    row = w.rows[next_row(w, RowKind.BATTLE_DAY, cause)]
    due_in(row, NextDue(7, 0.25))
    assert (row.happening, row.minute, row.first, row.last) == (42, now - numbering.origin, first, first + 1)
    assert (row.due, row.due_rank, w.parts[first].one) == (7, 0.25, 30)
    known = story.stage.state.because["dell.holder"].id
    address = f"chance/3/1/retreat.split/dell+open+4/{story.stage.day_of(now)}"
    assert replay.cause(10) == Ruled("R5 retreat_split", 0.25, address, chance.value, (story.entries[4].id, known))
    next_row(w, RowKind.BATTLE_ENDED, by(w, Rule.CALLED_OFF, NO_ODDS, no_draw()))
    assert replay.cause(11) == Ruled("battle called off") and w.rows[11].first == w.rows[11].last


def test_battle_days_and_searches_are_decided_row_by_row_as_on_the_fold() -> None:
    rows = hold_decisions("tarn-valley/guns", 40)
    assert rows["battle GOES_ON"] >= 10 and rows["battle PLACE_FALLS"] > 5 and rows["battle DEFENDERS_LEAVE"] > 5
    assert rows["search"]


@pytest.mark.long
@pytest.mark.parametrize("name", SOME)
def test_battle_days_and_searches_of_some_scenarios_are_decided_as_on_the_fold(name: str) -> None:
    assert sum(sum(hold_decisions(name, None, index).values()) for index in range(3)) > 20


def test_kernels_name_only_numbers_that_every_story_has() -> None:
    names = {*map(field_of_number, NUMBERS)}
    assert len(names) == len(NUMBERS)
    read = {
        it
        for path in (ROOT / "src/situation/story").rglob("*.py")
        for it in re.findall(r"\bw\.n\.(\w+)", path.read_text())
    }
    assert read <= names


def test_what_is_drawn_and_why_has_one_number_each() -> None:
    for texts in (Rule, Purpose, Term):
        assert [it.value for it in texts] == [*range(len(texts))]
        assert len({it.text for it in texts}) == len(texts)
    assert Luck(1, 2).stream is Stream.CHANCE
