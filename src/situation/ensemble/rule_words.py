"""A rule of a story in words, and the number that it gave: with its unit, or with what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from situation.ensemble.answer_words import percent
from situation.events import OperationPaused
from situation.log.entry import PRIOR_OF, Entry, Ruled
from situation.log.value_words import number_in_figures
from situation.story.world.reasons import GIVES, GIVES_FOR_WANT_OF_SUPPLY, Rule

__all__ = ["rule_gave", "rule_in_words", "rule_number", "rule_table"]

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {rule.text: words for rule, words in GIVES.items() if words is not None}
)

_NAMES: Final[Mapping[Rule, str]] = MappingProxyType(
    {
        Rule.ATTACK_HAS_HOPE: "whether an attack has a chance",
        Rule.ATTRITION: "the losses of a day's battle",
        Rule.WOUNDED_RETURN: "the return of the wounded",
        Rule.BREAK_POINT: "the losses at which a force breaks",
        Rule.HAS_BROKEN: "whether a force breaks",
        Rule.LEAVES_BEFORE_CONTACT: "whether a garrison leaves before contact",
        Rule.LEAVING_RATE: "whether a garrison leaves under attack",
        Rule.ADVANCE_TIME: "the pace of a march",
        Rule.OPPOSED_TIME: "the pace of a march against resistance",
        Rule.CLEARED: "the pace of clearing",
        Rule.MUST_PAUSE: "when an operation must pause",
        Rule.PASSAGE_TIME: "the time it takes to go through a place",
        Rule.SIDE_BY_SIDE: "forces of two sides in one place",
        Rule.LOST_ON_THE_WAY: "who is lost in flight",
        Rule.RETREAT_SPLIT: "what becomes of a beaten force",
        Rule.YIELDS_AS_A_WHOLE: "whether a garrison surrenders as a whole",
        Rule.COUNTERATTACK_CHANCE: "the chance of a counter-attack",
        Rule.RAID_LOSSES: "the losses to raids",
        Rule.SUPPLY_EFFECT: "the effect of supply",
        Rule.CLASH_INTENSITY: "how often uneasy partners clash",
        Rule.CONCEDES: "whether a side gives way",
        Rule.FIRE_LOSSES: "the losses to fire across a line",
        Rule.LADDER_STEP: "whether a clash climbs or calms",
        Rule.POSTURE_POLICY: "when a side stops holding ground",
        Rule.SECOND_COLUMN: "whether a force divides",
        Rule.TEMPO: "the time to regroup",
        Rule.GARRISON: "the men left to hold a place",
        Rule.EVACUATION_DEAL: "the chance of an agreed departure",
        Rule.DAY_OF_FIGHTING: "a day's fighting",
        Rule.AIR_AS_SAID: "air support as the scenario has it",
        Rule.ATTACKERS_PAUSE: "the pause of a beaten attacker",
        Rule.CALLED_OFF: "a battle called off",
        Rule.BRANCH: "the start of the story",
        Rule.CALENDAR: "the calendar",
        Rule.CEASEFIRE: "the chance of a ceasefire",
        Rule.CHANCE: "its own chance",
        Rule.CHECKED_AGAIN: "a check before it is carried out",
        Rule.COLUMNS_MEET: "columns that meet",
        Rule.FALL_OF_PLACE: "the fall of the place",
        Rule.FLIGHTS_END: "the end of a flight",
        Rule.FIRST_DAY_AGREED: "the first day agreed on",
        Rule.GIVEN: "the scenario itself",
        Rule.IN_OTHER_HANDS: "a goal in other hands",
        Rule.HALT: "a halt for reasons outside the war",
        Rule.FOR_A_FRIEND: "a place held for a friend",
        Rule.HUNTED: "the search for men in hiding",
        Rule.LAST_DAY_AGREED: "the last day agreed on",
        Rule.MARCHS_END: "the end of a march",
        Rule.NOBODY_LEFT: "nobody left there",
        Rule.NOBODY_TO_CLOSE: "nobody left to close it",
        Rule.ALLIES_BATTLE: "one battle for all allies",
        Rule.ORDER: "an order",
        Rule.PLANS_START: "the start of a plan",
        Rule.POSTURE_AS_SAID: "posture as the scenario has it",
        Rule.PRIORS: "the numbers drawn for the story",
        Rule.FIELD_FORCES_RETREAT: "the retreat of a field force",
        Rule.SEARCH_GIVEN_UP: "a search given up",
        Rule.SENT_TO_RAID: "the share sent to a raid",
        Rule.SIGHTED: "a column in sight",
        Rule.TRIGGER: "a condition of the scenario",
        Rule.WAYS_OUT: "the ways out of a place",
        Rule.WOUNDED_RETURNING: "the return of the wounded",
        Rule.BEFORE_THE_ENEMY: "arrival before the enemy",
        Rule.FACE_TO_FACE: "enemies face to face",
        Rule.TAKEN_UP: "a plan taken up in mid-course",
    }
)
_BY_TEXT: Final[Mapping[str, str]] = MappingProxyType({rule.text: words for rule, words in _NAMES.items()})
_STRENGTH: Final = "its strength at the start"


def rule_in_words(rule: str) -> str:
    """What a rule decides: `how often uneasy partners clash` for `R8 clash_intensity`; as it is called where it has no words."""
    if rule.startswith(PRIOR_OF):
        return _STRENGTH
    number = rule_number(rule)
    return _BY_TEXT.get(rule) or rule.removeprefix(f"{number} ").replace("_", " ")


def rule_number(rule: str) -> str:
    """Under which number docs/rules.md has a rule: `R8`; empty where it has none."""
    number, _, name = rule.partition(" ")
    return number if name and re.fullmatch(r"R\d+", number) else ""


def rule_table() -> dict[str, str]:
    """From the name of each rule to its words; `prior of` stands for all whose names begin so."""
    return {**_BY_TEXT, PRIOR_OF.strip(): _STRENGTH}


def rule_gave(entry: Entry) -> str | None:
    """What the rule of an entry gave: `36 days`; None where it gave nothing, or a force that the entry itself tells of.

    Raises:
        LookupError: the rule's number has no words.
    """
    cause = entry.cause
    if not isinstance(cause, Ruled) or cause.prior is not None or entry.odds is None:
        return None
    words = _WORDS.get(cause.rule)
    if words is None:
        raise LookupError(f"What '{cause.rule}' gives has no words. Give it some in 'GIVES'.")
    supply = isinstance(entry.event, OperationPaused) and entry.event.why == "supply"
    if supply and cause.rule == Rule.MUST_PAUSE.text:
        words = GIVES_FOR_WANT_OF_SUPPLY
    number = _number(entry.odds)
    days = f"{number} {'day' if number == '1' else 'days'}"
    return words.format(number=number, days=days, share=_share(entry.odds))


def _number(value: float) -> str:
    """Two figures of a number, all of its whole ones, and no exponent: more would be finer than any rule is."""
    return number_in_figures(value, 2)


def _share(share: float) -> str:
    """A share as everywhere; of a small one two figures, for a chance a day adds up."""
    return f"{_number(100.0 * share)} %" if 0.0 < share < 0.1 else percent(share)
