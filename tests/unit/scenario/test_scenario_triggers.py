"""A trigger that can never fire, or that always does, is refused at its line with what may be asked instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.dates import DAY, Minute
from situation.log.fold import fold
from situation.scenario import Condition
from situation.scenario.branch import branch_log
from situation.scenario.conditions import holds
from tests.unit.small import Small
from tests.unit.valley_stories import problems, scenario_of, valley

WHEN = "when: [{after: 10 d}], chance: luck}"
GUNS = "event: {event: AirSupportGiven, actor: south, toward: north, level: some}"
HELP = "event: {event: ForceRaised, force: help, actor: north, place: arlen, number: 10}"


def asked(folder: Path, condition: str, *more: str) -> Small:
    """The valley with one condition for its guns, and more that is given."""
    lines = "".join(f"  {line}\n" for line in more)
    return valley(folder).plant("plan.yaml", f"{WHEN}\n", f"when: [{{{condition}}}], chance: luck}}\n{lines}")


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("cell: dell.number, above: 1",
         "The trigger can never fire: a story gives 'dell' no 'number'. Ask for its holder, status or besieger; of men, "
         "'<actor>@dell.number'."),
        ("cell: dell.number, below: 1", "The condition says nothing: a story gives 'dell' no 'number'."),
        ("cell: dell.stance, is: hostile", "a story gives 'dell' no 'stance'."),
        ("cell: rebels.number, above: 1",
         "a story gives 'rebels' no 'number'. Ask for its posture, air, killed, surrendered or left; of men, "
         "'rebels@<place>.number'."),
        ("cell: rebels.wounded, above: 1", "a story gives 'rebels' no 'wounded'."),
        ("cell: rebels.hidden, above: 1", "a story gives 'rebels' no 'hidden'."),
        ("cell: rebels.holder, is: north", "a story gives 'rebels' no 'holder'."),
        ("cell: north-guard.killed, above: 1", "no 'killed'. It is a unit: ask of 'north', which it stands under."),
        ("cell: north-guard@arlen.number, above: 1", "Men are counted with their root: ask of 'north@arlen'."),
        ("cell: rebel-towns.number, above: 1",
         "Its men are counted where they are: ask of 'rebels@dell', 'rebels@arlen-bridge'."),
        ("cell: column.holder, is: north", "no 'holder'. Of a field force, ask for its number, wounded or resting."),
        ("cell: column.hidden, above: 1", "a story gives 'column' no 'hidden'."),
        ("cell: push.number, above: 1", "no 'number'. Of a plan, ask for paused_until."),
        ("cell: spring-push.number, above: 1", "no 'number'. Ask of the places that the operation is for."),
        ("cell: 'north:north.stance', is: hostile", "They are one side: name two actors that are none."),
        ("cell: 'north-guard:south.stance', is: hostile", "by their roots: ask of 'north:south'."),
        ("cell: 'rebels@del.number', above: 1", "there is no 'rebels@del'. Did you mean 'dell'?"),
        ("cell: 'given:gun.fired', is: true", "there is no 'given:gun'. Did you mean 'guns'?"),
        ("cell: north.air, is: heavy", "north.air is never 'heavy'. Use one of: none, some, dedicated."),
        ("cell: north.posture, is_not: heavy", "The condition says nothing: north.posture is never 'heavy'."),
        ("cell: north.conduct, is: hold", "a story gives 'north' no 'conduct'. It is called 'posture' now."),
        ("cell: rebels.killed, is_not: many", "The condition says nothing: rebels.killed is never 'many'."),
        ("cell: rebels.killed, above: -1", "The condition says nothing: rebels.killed is always above -1."),
        ("cell: 'north:south.rung', below: 5", "The condition says nothing: north:south.rung is always below 5."),
        ("cell: rebels.killed, is: 5, above: 9", "rebels.killed cannot be 5 within these bounds."),
        ("cell: column.resting, is: soon", "column.resting is never 'soon'. It is a time, in minutes."),
        ("after: 3 d, at: 2020-04-01", "The condition names two times. Give 'after' or 'at'"),
        ("after: 3 d, is: north", "A time is nothing to compare."),
    ],
)  # fmt: skip
def test_a_cell_that_no_story_keeps_so_is_told(tmp_path: Path, condition: str, told: str) -> None:
    small = asked(tmp_path, condition)
    found = problems(small)
    line = small.at("plan.yaml", condition).split(":")[1]
    assert [problem.startswith(f"plan.yaml:{line}:") and told in problem for problem in found] == [True], found


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("is: 'true'", "given:help.fired is never 'true'. Write true, without quotes."),
        ("is: false", "given:help.fired is never 'false'. Only what has a 'chance' can come to nothing"),
        ("is_not: false", "The condition says nothing: given:help.fired is never 'false'."),
    ],
)
def test_what_is_certain_never_comes_to_nothing(tmp_path: Path, condition: str, told: str) -> None:
    found = problems(asked(tmp_path, f"cell: 'given:help.fired', {condition}", f"help: {{{HELP}, at: 2020-03-20}}"))
    assert [told in problem for problem in found] == [True], found


@pytest.mark.parametrize(
    "condition",
    [
        "cell: rebels@dell.number, below: 100",
        "cell: rebels@dell.hidden, above: 10",
        "cell: north@dell.number, above: 10",
        "cell: column.number, below: 100",
        "cell: help.number, above: 1",
        "cell: push.paused_until, above: 0",
        "cell: rebels.posture, is: insurgency",
        "cell: north.air, is: none",
        "cell: 'south:north.rung', above: 1",
        "cell: 'south:north.stance', is: hostile",
        "cell: corve.besieger, is: rebels",
        "cell: 'given:help.fired', is: false",
    ],
)
def test_what_can_come_about_may_be_asked(tmp_path: Path, condition: str) -> None:
    assert problems(asked(tmp_path, condition, f"help: {{{HELP}, at: 2020-03-20, chance: luck}}")) == []


def test_whoever_has_no_men_is_told_of_with_who_has(tmp_path: Path) -> None:
    small = asked(tmp_path, "cell: envoys@dell.number, above: 1")
    small.plant("map.yaml", "  - {id: rebels,", "  - {id: envoys, name: the envoys, kind: group}\n  - {id: rebels,")
    small.plant(
        "map.yaml", "    rebels: {posture", "    envoys: {posture: holds, assumed: so be it}\n    rebels: {posture"
    )
    told = "'envoys' has no men in these stories. These have: north, rebels, south."
    assert [told in problem for problem in problems(small)] == [True]


def test_who_has_men_may_clash_without_being_told_how_to_fight(tmp_path: Path) -> None:
    small = asked(tmp_path, "cell: 'north:south.rung', above: 1")
    assert problems(small.plant("plan.yaml", "  south: {position: prepared}\n", "")) == []


def test_a_pair_has_one_rung_whichever_is_named_first(tmp_path: Path) -> None:
    small = asked(tmp_path, "cell: 'south:north.rung', above: 1")
    scenario, _ = scenario_of(small)
    assert scenario.given["guns"].when[0].cell == "north:south.rung"
    assert Condition(cell="south:north.stance").cell == "south:north.stance"


@pytest.mark.parametrize(
    ("condition", "so"),
    [
        (Condition(cell="rebels.killed", equals=0), True),
        (Condition(cell="rebels.killed", differs=0), False),
        (Condition(cell="north.air", equals="none"), True),
        (Condition(cell="south:rebels.stance", equals="neutral"), True),
        (Condition(cell="given:guns.fired", equals=False), False),
    ],
)
def test_a_cell_that_nothing_has_set_is_as_the_rules_read_it(tmp_path: Path, condition: Condition, so: bool) -> None:
    scenario, record = scenario_of(valley(tmp_path))
    state = fold(branch_log(scenario, record), record.ground)
    assert condition.cell not in state.cells
    assert holds(condition, state, Minute(scenario.at + DAY), scenario.at, record.ground) is so


def test_given_events_that_wait_for_each_other_are_told_each(tmp_path: Path) -> None:
    def waits(name: str, other: str) -> str:
        return f"{name}: {{{GUNS}, when: [{{cell: 'given:{other}.fired', is: true}}]}}"

    small = asked(tmp_path, "after: 10 d", waits("a", "b"), waits("b", "c"), waits("c", "a"), waits("d", "a"))
    found = problems(small)
    assert [it.partition(": ")[2].partition(".")[0] for it in found] == [
        f"The trigger can never fire: it waits for itself, by way of {way}"
        for way in ("'b', then 'c'", "'c', then 'a'", "'a', then 'b'")
    ]
    assert [it.split(":")[1] for it in found] == [
        small.at("plan.yaml", f"  {name}: {{").split(":")[1] for name in "abc"
    ]


def test_given_events_may_follow_one_another(tmp_path: Path) -> None:
    after = f"b: {{{GUNS}, when: [{{cell: 'given:guns.fired', is: false}}]}}"
    assert problems(asked(tmp_path, "cell: 'given:b.fired', is_not: true", after)) == []
