"""Why things happen, as numbers: the rules by which they come about, and the questions that are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

__all__ = ["GIVES", "GIVES_FOR_WANT_OF_SUPPLY", "Hindrance", "Purpose", "Rule", "Term"]


class _Texts(IntEnum):
    """Numbers with a text each."""

    text: str

    def __new__(cls, number: int, text: str) -> _Texts:
        """A member: its number, and its text."""
        member = int.__new__(cls, number)
        member._value_, member.text = number, text
        return member


class Rule(_Texts):
    """The rules of a story, as its log names them. Those that hold a name of a scenario are numbered after these."""

    NOTHING = 0, ""
    ATTACK_HAS_HOPE = 1, "R3 attack_has_hope"
    ATTRITION = 2, "R2 attrition"
    WOUNDED_RETURN = 3, "R2 wounded_return"
    BREAK_POINT = 4, "R3 break_point"
    HAS_BROKEN = 5, "R3 has_broken"
    LEAVES_BEFORE_CONTACT = 6, "R3 leaves_before_contact"
    LEAVING_RATE = 7, "R3 leaving_rate"
    ADVANCE_TIME = 8, "R4 advance_time"
    CLEARED = 9, "R4 cleared"
    MUST_PAUSE = 10, "R4 must_pause"
    PASSAGE_TIME = 11, "R4 passage_time"
    SIDE_BY_SIDE = 12, "R4 side by side"
    LOST_ON_THE_WAY = 13, "R5 lost_on_the_way"
    RETREAT_SPLIT = 14, "R5 retreat_split"
    YIELDS_AS_A_WHOLE = 15, "R5 yields_as_a_whole"
    COUNTERATTACK_CHANCE = 16, "R6 counterattack_chance"
    RAID_LOSSES = 17, "R6 raid_losses"
    SUPPLY_EFFECT = 18, "R7 supply_effect"
    CLASH_INTENSITY = 19, "R8 clash_intensity"
    CONCEDES = 20, "R8 concedes"
    FIRE_LOSSES = 21, "R8 fire_losses"
    LADDER_STEP = 22, "R8 ladder_step"
    POSTURE_POLICY = 23, "R9 posture_policy"
    SECOND_COLUMN = 24, "R10 second_column"
    TEMPO = 25, "R10 tempo"
    GARRISON = 26, "R12 garrison"
    EVACUATION_DEAL = 27, "R13 evacuation_deal"
    DAY_OF_FIGHTING = 28, "a day's fighting"
    AIR_AS_SAID = 29, "air support as said"
    ATTACKERS_PAUSE = 30, "attacker's pause"
    CALLED_OFF = 31, "battle called off"
    BRANCH = 32, "branch"
    CALENDAR = 33, "calendar"
    CEASEFIRE = 34, "ceasefire"
    CHANCE = 35, "chance"
    CHECKED_AGAIN = 36, "checked again"
    COLUMNS_MEET = 37, "columns meet"
    FALL_OF_PLACE = 38, "fall of the place"
    FLIGHTS_END = 39, "flight's end"
    FIRST_DAY_AGREED = 40, "first day agreed on"
    GIVEN = 41, "given"
    IN_OTHER_HANDS = 42, "goal in other hands"
    HALT = 43, "halt"
    FOR_A_FRIEND = 44, "holds for a friend"
    HUNTED = 45, "hunted"
    LAST_DAY_AGREED = 46, "last day agreed on"
    MARCHS_END = 47, "march's end"
    NOBODY_LEFT = 48, "nobody left"
    NOBODY_TO_CLOSE = 49, "nobody to close it"
    ALLIES_BATTLE = 50, "one battle for allies"
    ORDER = 51, "order"
    PLANS_START = 52, "plan's start"
    POSTURE_AS_SAID = 53, "posture as said"
    PRIORS = 54, "priors"
    FIELD_FORCES_RETREAT = 55, "retreat of a field force"
    SEARCH_GIVEN_UP = 56, "search given up"
    SENT_TO_RAID = 57, "share sent to a raid"
    SIGHTED = 58, "sighted"
    TRIGGER = 59, "trigger"
    WAYS_OUT = 60, "ways out"
    WOUNDED_RETURNING = 61, "wounded_returning"
    OPPOSED_TIME = 62, "R4 opposed_time"
    BEFORE_THE_ENEMY = 63, "arrival before the enemy"
    FACE_TO_FACE = 64, "face to face"
    TAKEN_UP = 65, "taken up"


_TODAY, _A_DAY, _DAYS = "a chance of {share}", "a chance of {share} a day", "{days}"
_POINT = "it breaks when {share} of its men are lost"
_ATTACK = "odds of {number} to 1 for the attackers"
GIVES: Final[Mapping[Rule, str | None]] = MappingProxyType(
    {
        Rule.ATTACK_HAS_HOPE: _ATTACK,
        Rule.ATTRITION: _ATTACK,
        Rule.WOUNDED_RETURN: _DAYS,
        Rule.BREAK_POINT: _POINT,
        Rule.HAS_BROKEN: _POINT,
        Rule.LEAVES_BEFORE_CONTACT: _TODAY,
        Rule.LEAVING_RATE: _A_DAY,
        Rule.ADVANCE_TIME: _DAYS,
        Rule.OPPOSED_TIME: _DAYS,
        Rule.CLEARED: "{number} km\u00b2 cleared",
        Rule.MUST_PAUSE: "{share} of its men left",
        Rule.PASSAGE_TIME: "{number} km\u00b2 to go through",
        Rule.LOST_ON_THE_WAY: "a chance of {share} for each man to be lost on the way",
        Rule.RETREAT_SPLIT: "a weight of {number} among what they may do",
        Rule.YIELDS_AS_A_WHOLE: _TODAY,
        Rule.COUNTERATTACK_CHANCE: _TODAY,
        Rule.RAID_LOSSES: "a chance of {share} a week for each man in hiding to hit one of theirs",
        Rule.CLASH_INTENSITY: _TODAY,
        Rule.CONCEDES: _TODAY,
        Rule.FIRE_LOSSES: "rung {number} of the ladder",
        Rule.LADDER_STEP: _TODAY,
        Rule.POSTURE_POLICY: "{share} of its places or of its men lost",
        Rule.SECOND_COLUMN: "odds of {number} to 1 for the column, as its force judges them",
        Rule.TEMPO: _DAYS,
        Rule.EVACUATION_DEAL: _A_DAY,
        Rule.ATTACKERS_PAUSE: _DAYS,
        Rule.CEASEFIRE: _A_DAY,
        Rule.CHANCE: _TODAY,
        Rule.GIVEN: _TODAY,
        Rule.HALT: _A_DAY,
        Rule.HUNTED: "a chance of {share} a week for each man in hiding to be found",
        Rule.PLANS_START: _DAYS,
        Rule.FIELD_FORCES_RETREAT: _DAYS,
        Rule.SENT_TO_RAID: "{share} of the men near by",
        Rule.SIGHTED: "odds of {number} to 1 for those who come, as the garrison judges them",
        Rule.WOUNDED_RETURNING: "{share} of the wounded",
        **dict.fromkeys((Rule.NOTHING, Rule.SIDE_BY_SIDE, Rule.SUPPLY_EFFECT, Rule.GARRISON, Rule.DAY_OF_FIGHTING)),
        **dict.fromkeys((Rule.AIR_AS_SAID, Rule.CALLED_OFF, Rule.BRANCH, Rule.CALENDAR, Rule.CHECKED_AGAIN)),
        Rule.FALL_OF_PLACE: "a chance of {share} for each man left to be taken alive",
        **dict.fromkeys((Rule.COLUMNS_MEET, Rule.FLIGHTS_END, Rule.FIRST_DAY_AGREED)),
        **dict.fromkeys((Rule.IN_OTHER_HANDS, Rule.FOR_A_FRIEND, Rule.LAST_DAY_AGREED, Rule.MARCHS_END)),
        **dict.fromkeys((Rule.NOBODY_LEFT, Rule.NOBODY_TO_CLOSE, Rule.ALLIES_BATTLE, Rule.ORDER, Rule.POSTURE_AS_SAID)),
        **dict.fromkeys((Rule.PRIORS, Rule.SEARCH_GIVEN_UP, Rule.TRIGGER, Rule.WAYS_OUT, Rule.BEFORE_THE_ENEMY)),
        **dict.fromkeys((Rule.FACE_TO_FACE, Rule.TAKEN_UP)),
    }
)
"""What the number is that a cause has of each rule, with its unit; None of a rule that gives none.

Of `{share}` stands the number in per cent, of `{days}` so many days, of `{number}` the number itself.
"""
GIVES_FOR_WANT_OF_SUPPLY: Final = "{number} km from its hub"
"""The same of a plan that pauses for want of supply: R4 `must_pause` looks at both, and names what decided."""


class Purpose(_Texts):
    """What is drawn by chance, as addresses name it."""

    NOTHING = 0, ""
    ATTACK_PAUSE = 1, "attack.pause"
    BATTLE_BEGINS = 2, "battle.begins"
    BATTLE_DAY = 3, "battle.day"
    BATTLE_KILLED = 4, "battle.killed"
    BATTLE_LEAVES = 5, "battle.leaves"
    BATTLE_PASSAGE = 6, "battle.passage"
    BATTLE_RAIDERS_LEAVE = 7, "battle.raiders_leave"
    BATTLE_WOUNDED = 8, "battle.wounded"
    CONTACT = 9, "contact"
    CONTACT_CEASEFIRE = 10, "contact.ceasefire"
    CONTACT_CONCEDES = 11, "contact.concedes"
    CONTACT_FIRE = 12, "contact.fire"
    COUNTERATTACK = 13, "counterattack"
    ESTIMATE = 14, "estimate"
    ESTIMATE_OF_A_COLUMN = 15, "estimate of a column"
    FIRE_KILLED = 16, "fire.killed"
    FIRE_WOUNDED = 17, "fire.wounded"
    FLIGHT_LOST = 18, "flight.lost"
    FLIGHT_SPEED = 19, "flight.speed"
    FORCE_BREAKS = 20, "force.breaks"
    FORCE_QUALITY = 21, "force.quality"
    GARRISON_LEAVES = 22, "garrison.leaves"
    GARRISON_YIELDS = 23, "garrison.yields"
    GIVEN_HAPPENS = 24, "given.happens"
    HOLDER_MET = 25, "holder met"
    HUNTED = 26, "hunted"
    MARCH_APPROACH = 27, "march.approach"
    MARCH_BRIDGEHEAD = 28, "march.bridgehead"
    MARCH_FREE = 29, "march.free"
    MARCH_SPEED = 30, "march.speed"
    PLAN_HALTS = 31, "plan.halts"
    PLAN_HAPPENS = 32, "plan.happens"
    PLAN_REGROUPS = 33, "plan.regroups"
    PLAN_RESTS = 34, "plan.rests"
    PLAN_STARTS = 35, "plan.starts"
    RAIDS = 36, "raids"
    RAIDS_KILLED = 37, "raids.killed"
    RAIDS_WOUNDED = 38, "raids.wounded"
    RANK = 39, "rank"
    RANK_ARRIVAL = 40, "rank.arrival"
    RANK_BATTLE = 41, "rank.battle"
    RANK_ORDER = 42, "rank.order"
    RANK_RETURN = 43, "rank.return"
    RANK_SEARCH = 44, "rank.search"
    RETREAT_PAUSE = 45, "retreat.pause"
    RETREAT_SPEED = 46, "retreat.speed"
    RETREAT_SPLIT = 47, "retreat.split"
    TAKEN_ALIVE = 48, "taken.alive"


class Term(_Texts):
    """Words by which what is drawn is told apart, beside names and numbers. They come first in the table of names."""

    NOTHING = 0, ""
    ATTACKER = 1, "attacker"
    BATTLE_WOUNDED = 2, "battle.wounded"
    CLOSED = 3, "closed"
    DEFENDER = 4, "defender"
    EVACUATE = 5, "evacuate"
    FIRE_WOUNDED = 6, "fire.wounded"
    FLEE = 7, "flee"
    MELT = 8, "melt"
    OPEN = 9, "open"
    RAIDS_WOUNDED = 10, "raids.wounded"
    SEARCH = 11, "search"
    STAND = 12, "stand"
    SURRENDER = 13, "surrender"
    COLUMN = 14, "column"
    AGREED = 15, "agreed"
    HIDE = 16, "hide"
    MARCH = 17, "march"
    ORDER = 18, "order"
    POSTURE = 19, "posture"
    SEAL = 20, "seal"
    WITHDRAW = 21, "withdraw"
    DELAY = 22, "delay"
    HOLD = 23, "hold"
    INSURGENCY = 24, "insurgency"
    PASSING = 25, "(passing)"
    """A name that is made for one draw takes its row; nothing else can be called so."""


class Hindrance(_Texts):
    """Why an order could no longer be carried out."""

    NOTHING = 0, ""
    GONE = 1, "the force is gone, or on its way"
    BATTLE = 2, "a battle is on"
    NO_NEIGHBOUR = 3, "the goal is no neighbour"
    WAY_CLOSED = 4, "the way is closed"
    OTHER_HANDS = 5, "the goal is in other hands"
    HOLDS_NO_END = 6, "its side holds no end of the link"
