"""What the rules of a story gave, in words: every number has its unit, or says what it is."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import situation.story
from situation.dates import Interval
from situation.ensemble.rule_words import rule_gave, rule_in_words, rule_number, rule_table
from situation.ensemble.trace import trace, trace_answer
from situation.events import Event, OperationPaused, Triggered
from situation.log.entry import Entry, Ruled
from situation.record.record import Record
from situation.scenario import Scenario
from situation.story.stage import stage_of
from situation.story.story import tell
from situation.story.world.reasons import GIVES, Rule
from tests.unit.valley_stories import scenario_of, valley

IT: Final = Triggered("storm", True)


def words(rule: str, odds: float | None, event: Event = IT) -> str | None:
    return rule_gave(Entry("it", 0, Interval(0, 0), event, Ruled(rule, odds)))


@pytest.fixture
def plan(tmp_path: Path) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path))


def with_numbers() -> Iterator[str]:
    """Every rule to which the code of stories gives a number."""
    for path in sorted(Path(inspect.getfile(situation.story)).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "by"):
                continue
            rule, odds = node.args[1:3]
            if not (isinstance(odds, ast.Name) and odds.id == "NO_ODDS") and isinstance(rule, ast.Attribute):
                yield rule.attr


def test_every_rule_says_what_it_gives() -> None:
    assert set(GIVES) == set(Rule)
    named = set(with_numbers())
    assert len(named) > 25
    assert {name for name in named if GIVES[Rule[name]] is None} == set()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words("R4 opposed_time", 36.291), "36 days"),
        (words("R10 tempo", 1.0), "1 day"),
        (words("R4 passage_time", 12.0), "12 km² to go through"),
        (words("sighted", 8.7041), "odds of 8.7 to 1 for those who come, as the garrison judges them"),
        (words("hunted", 0.0083512), "a chance of 0.84 % a week for each man in hiding to be found"),
        (words("hunted", 0.0000012), "a chance of 0.00012 % a week for each man in hiding to be found"),
        (words("R2 attrition", 12345.6), "odds of 12,346 to 1 for the attackers"),
        (words("R2 attrition", 0.06014), "odds of 0.06 to 1 for the attackers"),
        (words("R9 posture_policy", 0.1401), "14 % of its places or of its men lost"),
        (words("given", 0.9997), "a chance of over 99 %"),
        (words("R4 must_pause", 0.41, OperationPaused("push", 0, "spent")), "41 % of its men left"),
        (words("R4 must_pause", 90.0, OperationPaused("push", 0, "supply")), "90 km from its hub"),
        (words("given", 1.0, IT), "a chance of 100 %"),
        (words("calendar", None), None),
        (words("prior of column", 2000.0), None),
    ],
)  # fmt: skip
def test_a_number_of_a_rule_has_its_unit(said: str | None, expected: str | None) -> None:
    assert said == expected


def test_a_number_of_a_rule_without_words_is_a_fault() -> None:
    with pytest.raises(LookupError, match="What 'calendar' gives has no words"):
        words("calendar", 3.0)


def test_every_number_in_stories_has_words(plan: tuple[Scenario, Record]) -> None:
    """Of a plan's every entry; and a trace has the same words."""
    seen, stories = set(), [tell(stage_of(*plan), 3, run, run, run) for run in range(4)]
    for story in stories:
        for entry in story.entries:
            if entry.odds is not None and isinstance(entry.cause, Ruled) and entry.cause.prior is None:
                assert rule_gave(entry)
                seen.add(entry.cause.rule)
    assert {"R4 advance_time", "R2 attrition", "sighted"} <= seen
    answer = trace_answer(trace(stories[0], "dell.holder", plan[0].end), plan[1], plan[0])["entry"]
    by_id = {entry.id: entry for entry in stories[0].log}
    assert answer["gave"] == rule_gave(by_id[answer["id"]])


def test_every_rule_is_told_in_words_and_not_by_its_key() -> None:
    for rule in Rule:
        if rule:
            told = rule_in_words(rule.text)
            assert told != rule.text or "_" not in told
            assert not re.search(r"_|\bR\d", told), rule
            assert rule_table()[rule.text] == told
    assert rule_in_words("R8 clash_intensity") == "how often uneasy partners clash"
    assert (rule_number("R8 clash_intensity"), rule_number("calendar"), rule_number("R12")) == ("R8", "", "")
    assert rule_in_words("prior of north-posts") == rule_table()["prior of"] == "its strength at the start"
    assert rule_in_words("doctrine delay_and_withdraw") == "doctrine delay and withdraw"
    assert rule_in_words("R99 of_another_version") == "of another version"
