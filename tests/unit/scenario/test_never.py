"""What can never come about in a story is refused: triggers at odds, wars that there are, wars that there are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.small import Small
from tests.unit.valley_stories import problems, valley

WHEN = "when: [{after: 10 d}]"
MEN = "actor: south, place: corve, number: 10"


def given(folder: Path, *events: str) -> Small:
    """The valley with more that is given, each line `name: {event, when}` as written."""
    return valley(folder).plant("plan.yaml", "given:\n", "given:\n" + "".join(f"  {event}\n" for event in events))


@pytest.mark.parametrize(
    "when",
    [
        "{cell: dell.holder, is: north}, {cell: dell.holder, is: rebels}",
        "{cell: dell.holder, is: north}, {cell: dell.holder, is_not: north}",
        "{cell: rebels.killed, above: 100}, {cell: rebels.killed, below: 50}",
        "{cell: rebels.killed, above: 100}, {cell: rebels.killed, below: 101}",
        "{cell: 'north:south.rung', is: 2}, {cell: 'north:south.rung', above: 2}",
    ],
)
def test_two_conditions_that_leave_a_cell_no_value_are_told_at_the_second(tmp_path: Path, when: str) -> None:
    small = valley(tmp_path).plant("plan.yaml", WHEN, f"when: [{when}]")
    cell = when.partition("cell: ")[2].partition(",")[0].strip("'")
    second = small.at("plan.yaml", when[when.index("}, {") + 3 :])
    assert problems(small) == [
        f"{second}: The trigger can never fire: {cell} cannot be as both conditions say. "
        "Keep one of the two, or make two triggers."
    ]


@pytest.mark.parametrize(
    "when",
    [
        "{cell: dell.holder, is: north}, {cell: corve.holder, is: rebels}",
        "{cell: rebels.killed, above: 100}, {cell: rebels.killed, below: 102}",
        "{cell: dell.holder, is_not: south}, {cell: dell.holder, is_not: north}",
    ],
)
def test_two_conditions_that_leave_a_cell_a_value_are_right(tmp_path: Path, when: str) -> None:
    assert problems(valley(tmp_path).plant("plan.yaml", WHEN, f"when: [{when}]")) == []


@pytest.mark.parametrize(
    "event",
    [
        "StanceChanged, actor: north, toward: north-guard, stance: hostile",
        "CeasefireAgreed, actor: north, toward: north",
    ],
)
def test_a_side_cannot_change_how_it_stands_to_itself(tmp_path: Path, event: str) -> None:
    small = given(tmp_path, f"odd: {{event: {{event: {event}}}, {WHEN}}}")
    assert ["are one side. Name two that are none." in problem for problem in problems(small)] == [True]


@pytest.mark.parametrize("ask", ["clash", "days until"])
def test_enemies_are_not_asked_when_they_become_it(tmp_path: Path, ask: str) -> None:
    question = f"  war: {{ask: {ask}, between: [north, rebels]}}\n"
    small = valley(tmp_path).plant("plan.yaml", "questions:\n", f"questions:\n{question}")
    assert problems(small) == [
        f"{small.at('plan.yaml', 'between:')}: north and rebels are enemies at the branch: no incident can make them so. "
        "Ask what they take or lose, or give a 'CeasefireAgreed' first."
    ]
    (tmp_path / "b").mkdir()
    truce = given(tmp_path / "b", f"truce: {{event: {{event: CeasefireAgreed, actor: north, toward: rebels}}, {WHEN}}}")
    assert problems(truce.plant("plan.yaml", "questions:\n", f"questions:\n{question}")) == []


def test_a_plan_without_an_enemy_is_told_with_where_relations_stand(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.plant("map.yaml", '    - {from: north, to: rebels, stance: hostile, assumed: "as the story goes"}\n', "")
    small.plant("record.yaml", "place: arlen, by: [north-guard], against: rebels}", "place: arlen, by: [north-guard]}")
    small.plant(
        "record.yaml", "place: arlen, by: [north-scouts], against: rebels}", "place: arlen, by: [north-scouts]}"
    )
    told = [
        f"{small.at('plan.yaml', 'objectives:')}: north is not at war with rebels (in dell), so that this plan never "
        "moves. Say under 'relations' of map.yaml who is hostile to whom, or give a 'StanceChanged'."
    ]
    assert problems(small) == told
    war = (
        "  war: {event: {event: StanceChanged, actor: north, toward: rebels, stance: hostile}, when: [{after: 1 d}]}\n"
    )
    assert problems(small.plant("plan.yaml", "given:\n", f"given:\n{war}")) == []


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (["one: {event: {event: ForceRaised, force: column, actor: north, place: arlen, number: 10}, at: 2020-03-20}"],
         "'column' is a force already, under 'forces'."),
        ([f"one: {{event: {{event: ForceRaised, force: help, {MEN}}}, at: 2020-03-20}}",
          f"two: {{event: {{event: ForceRaised, force: help, {MEN}}}, at: 2020-03-25}}"],
         "'help' is a force already, raised by 'one': these men would join it where it then is."),
        ([f"one: {{event: {{event: ForceRaised, force: help, {MEN}, kind: garrison}}, at: 2020-03-20}}",
          "two: {event: {event: ForceRaised, force: help, actor: north, place: arlen, number: 9, kind: garrison},"
          " at: 2020-03-25}"],
         "'help' is a force already, raised by 'one': these men would join it where it then is."),
        ([f"one: {{event: {{event: ForceRaised, force: south@corve, {MEN}}}, at: 2020-03-20}}"],
         "'south@corve' cannot be a force's name."),
    ],
)  # fmt: skip
def test_men_are_raised_under_a_name_of_their_own(tmp_path: Path, events: list[str], said: str) -> None:
    small = given(tmp_path, *events)
    line = small.at("plan.yaml", "force: ", events[-1][:4]).split(":")[1]
    told = problems(small)
    assert [problem.startswith(f"plan.yaml:{line}:") and said in problem for problem in told] == [True], told


@pytest.mark.parametrize(("name", "what"), [("north", "an actor"), ("dell", "a place")])
def test_a_force_has_no_name_that_is_taken_by_something_else(tmp_path: Path, name: str, what: str) -> None:
    small = valley(tmp_path).plant("plan.yaml", "  north-posts:\n", f"  {name}:\n")
    fact = f"'{name}' is {what}, and cannot be a force's name too."
    assert [problem.split(": ", 1)[1].split(" Give")[0] for problem in problems(small) if "too." in problem] == [fact]


def test_a_garrison_may_grow_where_it_stands(tmp_path: Path) -> None:
    more = [
        f"one: {{event: {{event: ForceRaised, force: south@corve, {MEN}, kind: garrison}}, at: 2020-03-20}}",
        f"two: {{event: {{event: ForceRaised, force: help, {MEN}, kind: garrison}}, at: 2020-03-20}}",
        f"three: {{event: {{event: ForceRaised, force: help, {MEN}, kind: garrison}}, at: 2020-03-25}}",
    ]
    assert problems(given(tmp_path, *more)) == []


def test_a_field_force_on_ground_that_it_may_not_fight_for_is_told(tmp_path: Path) -> None:
    small = valley(tmp_path).plant(
        "plan.yaml", "{actor: north, at: arlen, kind: field,", "{actor: north, at: corve, kind: field,"
    )
    assert problems(small) == [
        f"{small.at('plan.yaml', 'at: corve')}: 'column' stands in corve, which south holds, and north may not fight for "
        "it. Place it elsewhere, or say under 'relations' of map.yaml how the two stand."
    ]


def test_a_force_raised_on_such_ground_is_told_unless_it_waits_for_its_holder(tmp_path: Path) -> None:
    event = "event: {event: ForceRaised, force: help, actor: north, place: corve, number: 10}"
    told = problems(given(tmp_path, f"one: {{{event}, at: 2020-03-20}}"))
    assert ["'help' stands in corve, which south holds" in problem for problem in told] == [True]
    (tmp_path / "b").mkdir()
    waits = f"one: {{{event}, when: [{{cell: corve.holder, is: north}}]}}"
    assert problems(given(tmp_path / "b", waits)) == []
