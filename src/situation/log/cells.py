"""The attributes of the state: every name that can follow the first dot of a cell, and what a cell of that name holds.

`State.get` refuses any other, so that a misspelt cell is an error and not a value that nobody has set. A third party's
events enter their own here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, get_args

from situation.errors import near_miss
from situation.events.kinds import Position

__all__ = [
    "ATTRIBUTES",
    "DAYS",
    "MINUTES",
    "RENAMED",
    "UNSET_WORDS",
    "battle_id",
    "check_attribute",
    "named_in_id",
    "order_id",
    "return_id",
    "search_id",
]

ATTRIBUTES: Final[dict[str, str]] = {
    # a place: `ford.holder`
    "holder": "the root actor that holds it",
    "status": "held, contested, besieged, mixed, ungarrisoned or unknown",
    "parts": "who holds which lasting part",
    "besieger": "the root actor that rings it, or several",
    "declared_by": "the root actor that declared victory there, or several",
    "successors": "into whom its holder, or this actor, broke up or merged, by id; None where a claim has settled it",
    "taken_by": "the units that took it",
    "entered_by": "the units that entered it",
    "attacked_by": "the units of the last attack",
    "searched": "of a place that was taken, the share that has been searched since: 0 to 1",
    "searched_by": "the units that searched it",
    "blockaded": "whether it is blockaded",
    "blockaded_by": "the units that last blockaded it",
    "parties": "the root actors of the last attack, on whichever side",
    "direction": "who attacked whom in it: root actors, where a source says so",
    "killed_of": "the dead of one side in it, a quantity: `<place>.killed_of.<actor>`, also of `civilians` and `unknown`",
    "wounded_of": "its wounded of one side, likewise",
    "civilians_killed": "a quantity",
    "civilians_killed_by": "the units that killed them",
    "bodies": "the forces that stand there",
    # a place or an actor as a source describes it
    **dict.fromkeys(("location", "bank", "length", "rank", "role", "claimed_by"), "a source's words on a place"),
    "km": "kilometres that a source gives of it, a quantity: `<place>.km.location.<the other>`",
    **dict.fromkeys(("name", "composition", "holdings"), "a source's words on an actor"),
    # an actor: `north.posture`
    "posture": "what it means to do: attack, hold, delay, hide, support or none at the opening; then hold, delay or insurgency",
    "air": "none, some or dedicated: how much is flown for it",
    "air_by": "who flies for it",
    "proclaimed": "the name under which it proclaimed rule",
    "vote": "what it voted on",
    "started": "men it had when the story began",
    "arrived": "men who came from outside",
    "killed": "of an actor in a story, men killed; of a place, the dead of the last attack there, a quantity",
    "surrendered": "men taken captive",
    "left": "men who left the war",
    # an actor at a place as sources report it: `south@ford.strength`
    "strength": "a quantity",
    "prisoners": "how many of its men were last taken prisoner there, a quantity",
    "prisoners_of": "the units that took them",
    "fled_toward": "areas",
    "fled": "how many of its men fled from there, a quantity",
    "route": "what it moved there",
    # two actors: `north:south.stance`
    "stance": "how one stands to the other",
    "stance_before": "how one stood to the other before their agreement, and will again when its term is over",
    "rung": "how far their clash has gone, 0 to 4",
    "incidents": "the days of their incidents",
    "conceded": "whether the first gave way to the second",
    "agreement": "the ceasefire or peace between them, by the pair in the order of ids",
    "agreements_beside": "the earlier ones that stand beside it: they hold elsewhere, or until it begins",
    "violated": "whether it was broken since it was made",
    "violated_by": "the units that broke it",
    "ended": "whether a party ended it",
    "exchanged": "whether they exchanged prisoners",
    "released": "how many of one side came home then: `<pair>.released.<actor>`",
    # a ship, or one that no source names, where it was struck
    "condition": "sunk, damaged or captured",
    "struck_by": "the units that struck it",
    "crew_killed": "the dead of its crew, a quantity",
    "crew_taken": "those of its crew who were taken prisoner with it, a quantity",
    **dict.fromkeys(get_args(Position), "what the position is about"),
    # an operation
    "by": "the root actor that leads it, or several",
    "against": "the root actor it is against",
    "launched": "the minute",
    "phase": "running, first stage, last stage, paused, ended or planned",
    "targets": "areas",
    "participants": "units",
    "aims": "words",
    "commander": "a name",
    "support": "means, by who gives them: `<operation>.support.<actor>`",
    # a force of a story: `north@ford.number`
    "actor": "whose it is",
    "kind": "field, garrison, raid or column",
    "place": "where it stands; None on the way",
    "from": "where it set out",
    "to": "where it is bound",
    "number": "men in the ranks",
    "wounded": "of a force, men wounded; of a place, the wounded of the last attack there, a quantity",
    "hidden": "men in hiding",
    "at_start": "men against whom its losses count",
    "lost": "of a force, the loss in men that counts against its break point",
    "fought": "the minute of its last losses",
    "musters": "how often it was raised with nobody in its ranks",
    "operations": "how often it has rested and begun anew",
    "at_rest": "men it had when it last rested because it was spent",
    "resting": "the minute until which it rests",
    "parent": "of a column, the force that it was detached from",
    "goal": "of a column, the objective that it was detached for",
    "columns": "of a plan, the columns that were detached from its forces",
    "put_off": "the place that it does not attack for want of hope",
    "sighted": "the garrisons that have seen it coming",
    "cut_since": "the day on which its supply was cut",
    # an order, a battle, a batch of wounded, a plan, a link, an entry of `given`
    "verb": "what is ordered",
    "object": "on what",
    "plan": "by which plan",
    "fight": "the battle as it stands",
    "batch": "the wounded who are to return",
    "force": "of a search, the force whose men are bound by it",
    "bound": "of a search, how many of its men",
    "doctrine": "the doctrine that a plan follows",
    "turned": "whether a plan has turned to a doctrine: `<plan>.turned.<doctrine>`",
    "paused_until": "the minute until which a plan rests",
    "hub": "where a plan's supply comes from",
    "sealed": "whether a link is closed to an actor: `<actor>|<link>.sealed`",
    "closed_by": "who closed a link to an actor, alone or with others: `<actor>|<link>.closed_by`",
    "fired": "whether it happened",
    # the story itself: `story.day`, `numbers.drawn`
    "due": "what falls due",
    "branch": "the minute at which the story leaves the record",
    "day": "the day",
    "forces": "every force there has been",
    "fields": "the field forces among them",
    "cut": "the forces without supply",
    "drawn": "the story's numbers by name",
}

MINUTES: Final = frozenset({"launched", "fought", "resting", "paused_until", "due", "branch"})
"""Those of them whose values are minutes."""
DAYS: Final = frozenset({"day", "cut_since", "incidents"})
"""Those of them whose values are days, counted from 1970 in local time, or lists of such."""
UNSET_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"stance": "neutral", "air": "none", "posture": "hold", "status": "unknown"}
)
"""How a cell is read that nothing has set, by attribute: as one of the words that it may hold."""


RENAMED: Final[Mapping[str, str]] = MappingProxyType({"conduct": "posture", "agreement_before": "agreements_beside"})
"""From what an attribute was called once to what it is called."""


def battle_id(place: str) -> str:
    """The subject of the cells of the battle for a place."""
    return f"battle:{place}"


def search_id(place: str) -> str:
    """The subject of the cells of the search of a place."""
    return f"search:{place}"


def order_id(force: str) -> str:
    """The subject of the cells of a force's order."""
    return f"order:{force}"


def return_id(place: str, minute: int, by: str | None = None) -> str:
    """The subject of the cells of those wounded in a battle, or in a raid `by` a side, who are to return to the ranks."""
    return f"return:{place}:{minute}" if by is None else f"return:{place}:{by}:{minute}"


def named_in_id(subject: str) -> str:
    """The place that the id of a battle, a search or a return names; of an order the force."""
    return subject.split(":")[1]


def check_attribute(attribute: str) -> None:
    """Check that cells of this attribute can exist: `holder`, `support.north`.

    Raises:
        LookupError: they cannot; with the near miss.
    """
    name = attribute.partition(".")[0]
    if name not in ATTRIBUTES:
        raise LookupError(f"No event writes a cell '{attribute}'. {near_miss(name, ATTRIBUTES)}".rstrip())
