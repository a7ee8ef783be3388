"""One fault in an entry of a scenario hides none of its others: every problem is told at once, and each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.small import Small
from tests.unit.valley_stories import problems, valley

WHEN = "when: [{after: 10 d}]"


def facts(small: Small) -> list[str]:
    """What is told of the plan, in the order of the file, without places and advice."""
    return [problem.partition(": ")[2] for problem in problems(small)]


def added(folder: Path, table: str, entry: str) -> list[str]:
    """What is told of the plan with one more entry, the first of a table."""
    return facts(valley(folder).plant("plan.yaml", f"{table}:\n", f"{table}:\n  {entry}\n"))


def agree(found: list[str], *said: str) -> None:
    """As many problems as are said, each beginning so."""
    assert len(found) == len(said), found
    assert all(fact.startswith(start) for fact, start in zip(found, said, strict=True)), found


@pytest.mark.parametrize(
    ("table", "entry", "said"),
    [
        ("doctrines",
         "u: {actor: south, doctrine: advnace, forces: [column, nope], objectives: [nowhere], start: zzz}",
         ("There is no doctrine 'advnace'. Did you mean 'advance'?", "'column' is not one of south's.",
          "There is no force 'nope'.", "There is no place 'nowhere'.", "There is no number 'zzz'.")),
        ("doctrines",
         "u: {actor: nobody, doctrine: advance, forcs: [column], objectives: [dell], start: zzz, holds_for: north-guard}",
         ("There is no actor 'nobody'.", "A plan has no key 'forcs'. Did you mean 'forces'?",
          "There is no number 'zzz'.", "'north-guard' is a unit.")),
        ("forces",
         "f: {actor: nroth, at: {nowhere: 0.2}, low: 9, best: 3, high: 1, unit: troops, source: ASSUMED}",
         ("The number 'f' is ASSUMED without a reason.", "The number 'f' is out of order: low 9, best 3, high 1.",
          "There is no actor 'nroth'. Did you mean 'north'?", "The shares come to 0.2.", "There is no place 'nowhere'.")),
    ],
)  # fmt: skip
def test_a_plan_and_a_force(tmp_path: Path, table: str, entry: str, said: tuple[str, ...]) -> None:
    agree(added(tmp_path, table, entry), *said)


def test_a_switch_that_goes_nowhere(tmp_path: Path) -> None:
    switch = "[{when: [{after: 99 d}]}, {when: [{cell: dell.number, above: 1}], to: hld}]"
    small = valley(tmp_path).plant("plan.yaml", "[{when: [{cell: dell.holder, is: north}], to: hold}]", switch)
    agree(
        facts(small.plant("plan.yaml", "start: rest,", "start: zzz,")),
        "There is no number 'zzz'.",
        "The key 'to' is missing. A switch needs it.",
        "The trigger can never fire: the story ends before.",
        "The trigger can never fire: a story gives 'dell' no 'number'.",
        "There is no doctrine 'hld'.",
        "Nothing asks for the number 'rest'.",
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("{low: 3, best: 2, high: 1}",
         ("Nothing asks for the number 'idle'.", "The key 'source'", "The key 'unit'", "The number 'idle' is out of order")),
        ("{low: 3, bset: 2, high: 1, unit: days, source: gazette}",
         ("Nothing asks for the number 'idle'.", "A number has no key 'bset'.")),
        ("{low: 3, best: two, high: 1, unit: days, source: ASSUMED}",
         ("Nothing asks for the number 'idle'.", "'two' stands where a number belongs.")),
    ],
)  # fmt: skip
def test_a_number(tmp_path: Path, number: str, said: tuple[str, ...]) -> None:
    agree(added(tmp_path, "parameters", f"idle: {number}"), *said)


def test_what_is_given(tmp_path: Path) -> None:
    event = "{event: ForceRaised, force: 'a@b', actor: north, place: nowhere, number: 3000000000}"
    lines = f"  men: {{event: {event}, when: [{{after: 99 d}}, {{cel: dell.holder}}], chance: zzz}}\n"
    lines += "  air: {event: {event: AirSupportGiven, actor: nobody, toward: north, level: heavy}, at: 2029-01-01}\n"
    agree(
        facts(valley(tmp_path).plant("plan.yaml", "given:\n", f"given:\n{lines}")),
        "There is no place 'nowhere'.",
        "3000000000 are too many men",
        "The trigger can never fire: the story ends before.",
        "A condition has no key 'cel'. Did you mean 'cell'?",
        "There is no number 'zzz'.",
        "There is no actor 'nobody'.",
        "'heavy' is not allowed here.",
        "'2029-01-01' can never come in this story",
    )


def test_conduct_and_questions(tmp_path: Path) -> None:
    small = valley(tmp_path).plant(
        "plan.yaml", "{position: hasty}", "{posture: hld, quality: zzz, air_by: nobody, air: some}"
    )
    small.plant(
        "plan.yaml",
        "{ask: captured, place: dell, by: north}",
        "{ask: captured, place: nowhere, by: north-guard, at: x}",
    )
    agree(
        facts(small),
        "'hld' is not allowed here.",
        "There is no number 'zzz'.",
        "There is no actor 'nobody'.",
        "There is no place 'nowhere'.",
        "'north-guard' is a unit.",
        "'x' is no date",
    )
