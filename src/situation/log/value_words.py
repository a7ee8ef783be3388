"""Lists, counts, amounts, cells and their values in plain words, for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from situation import events as ev
from situation.dates import Interval
from situation.events import EVENTS
from situation.events import predicates as pr
from situation.log.cell_times import timed_value
from situation.log.cells import DAYS, MINUTES
from situation.log.name_words import at_place, in_place
from situation.log.state import split_cell
from situation.log.story_subjects import subject_in_words
from situation.log.time_words import time_in_words
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.opening import Part

__all__ = [
    "amount",
    "cell_in_words",
    "cell_value_in_words",
    "claim_answer_in_words",
    "count_in_words",
    "day_in_words",
    "in_places",
    "list_in_words",
    "number_in_figures",
    "range_in_words",
    "terms_in_words",
    "value_in_words",
]


def list_in_words(words: Iterable[str]) -> str:
    """Words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "nobody"


def count_in_words(number: int, thing: str) -> str:
    """So many of a thing: `1 story`, `1,000 stories`, `2 pairs of stories`, `3 contested places`."""
    word, of, rest = thing.partition(" of ")
    if number != 1:
        hissing = re.search("(s|x|z|ch|sh)$", word)
        word = f"{word[:-1]}ies" if re.search("[^aeiou]y$", word) else f"{word}{'es' if hissing else 's'}"
    return f"{number:,} {word}{of}{rest}"


def range_in_words(low: str, high: str, unit: str = "") -> str:
    """Two ends for a person, the unit said once: `1 to 14 %`, `never`; one figure where both read alike."""
    return high if low == high else f"{low.removesuffix(unit)} to {high}"


def number_in_figures(value: float, digits: int) -> str:
    """A number with so many significant digits and all its whole ones: 0.0123, 2.5, 1,234; from 1e15 on with an exponent."""
    if value == 0.0 or abs(value) >= 1e15:
        return f"{value:.{digits}g}"
    after = digits - 1 - int(f"{value:.{digits - 1}e}".partition("e")[2])
    if after > 8:
        return f"{value:.{digits}g}"
    text = f"{value:,.{max(0, after)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")


_ONE = {"men": "man", "women": "woman", "children": "child", "people": "person", "troops": "soldier"}


def _unit(words: str, unit: str) -> str:
    """A unit after a number: `1 man`, `at least 1 civilian`, `2 men`."""
    if words.rsplit(maxsplit=1)[-1] != "1" or " to " in words:
        return unit
    return _ONE.get(unit) or (f"{unit[:-3]}y" if unit.endswith("ies") else re.sub("(?<=[^s])s$", "", unit))


def amount(number: ev.Quantity, *, unit: bool = True) -> str:
    """A quantity as it is known: `1,500 to 2,500 fighters`, `at least 741 civilians`, `12 (0 to 40) men`.

    `unit`: whether its unit is named.
    """
    low, best, high = number.low, number.best, number.high
    if low is not None and high is not None and best is not None and low != high:
        reach = {low: f"up to {_number(high)}", high: f"as few as {_number(low)}"}  # the best estimate is a bound
        words = f"{_number(best)} ({reach.get(best) or f'{_number(low)} to {_number(high)}'})"
    elif low is not None and high is not None:
        words = f"{_number(low)} to {_number(high)}" if low != high else _number(low)
    elif best is not None:
        words = _number(best)
    elif low is not None:
        words = f"at least {_number(low)}"
    else:
        words = f"at most {_number(high or 0)}"
    words = f"{words} {_unit(words, number.unit)}" if unit else words
    if number.words:
        return f"{number.words} ({words}, ASSUMED)"
    return f"{words} (in part ASSUMED)" if number.assumed else words


def cell_in_words(cell: str, ground: Ground) -> str:
    """A cell's name as a person writes it: `the Ford, holder`; `the Mill, when it changed hands`."""
    subject, attribute = split_cell(cell)
    of_story = subject_in_words(subject, attribute, ground)
    if attribute == "fired" and of_story:
        return of_story
    if of_story:
        return f"{of_story}, {_attribute_in_words(attribute, ground)}"
    if attribute == "occurred":
        kind, _, rest = subject.partition("/")
        about = rest.partition("/")[0]
        noun = _nouns().get(kind)
        if not noun:
            raise LookupError(f"A happening '{kind}' has no noun. Give its event type one.")
        if ":" in about:  # a pair, or several
            return f"{noun}, {list_in_words(_name(part, ground) for part in about.split(':'))}, whether it happened"
        return f"{noun} {_where(about.rpartition('@')[2].partition('.')[0], ground)}, whether it happened"
    for sign in ("@", ":"):
        if sign in subject:
            one, _, other = subject.partition(sign)
            between = "and" if attribute.partition(".")[0] in _MUTUAL else "toward"
            then = _where(other, ground) if sign == "@" else f"{between} {_name(other, ground)}"
            subject = f"{list_in_words(_name(part, ground) for part in one.split('+'))} {then}"
    return f"{ground.name(subject)}, {_attribute_in_words(attribute, ground)}"


def _name(thing: str, ground: Ground) -> str:
    """A name, or the words for a place or a side that no source names."""
    return {ev.SOMEWHERE: "a place that is not named", ev.UNKNOWN: "sides not named"}.get(thing) or ground.name(thing)


def _where(place: str, ground: Ground) -> str:
    known = place in ground.places or place in ground.regions
    return at_place(place, ground) if known else f"at {_name(place, ground)}"


def _side(side: str, ground: Ground) -> str:
    return "civilians" if side == ev.CIVILIANS else _name(side, ground)


def _of_side_in_words(value: Any, side: str, ground: Ground) -> str:
    if side == ev.CIVILIANS and isinstance(value, ev.Quantity) and ev.counts_people(value.unit):
        return amount(evolve(value, unit=ev.CIVILIANS))
    return f"{value_in_words(value, ground)} of {_side(side, ground)}"


def _nouns() -> dict[str, str]:
    """A happening as a noun, by the lower-case name of its event type, which begins its id."""
    return {name.lower(): cls.noun for name, cls in EVENTS.items()}


_WHEN = {
    "holder": "when it changed hands",
    "phase": "when it began",
    "status": "when its status changed",
    **dict.fromkeys(("attacked_by", "parties"), "when it was attacked"),
    **dict.fromkeys(("civilians_killed", "civilians_killed_by"), "when civilians were killed"),
    "declared_by": "when victory was declared",
    "searched_by": "when it was searched",
    "condition": "when it was struck",
    "blockaded": "when it was blockaded, or no longer",
    "fled_toward": "when they fled",
    "route": "when it was used",
    "strength": "when it was estimated",
    **dict.fromkeys(("prisoners", "prisoners_of"), "when prisoners were taken"),
    "exchanged": "when prisoners were exchanged",
    "stance": "when one changed its stance",
    "proclaimed": "when it was proclaimed",
    "vote": "when it voted",
    "successors": "when it broke up or merged",
    "welcomes": "when it welcomed",
    "praises": "when it praised",
    "accuses": "when it accused",
    "threatens": "when it threatened",
    "claims": "when it claimed",
    "wants": "when it wanted it",
    "vows": "when it vowed",
    "opposes": "when it opposed",
    "undeclared": "when it had not declared itself",
    "conditions": "when it set a condition",
    "warns": "when it warned",
}
_MUTUAL = frozenset({"agreement", "agreements_beside", "violated", "violated_by", "ended", "exchanged", "released"})
"""Attributes of two sides that are of both alike."""
_SAID_OTHERWISE = {
    "released": "prisoners who came home to",
    "agreements_beside": "other agreements",
    "declared_by": "victory declared by",
    "direction": "who attacked whom",
    "sealed": "closed",
    "left": "men who left the war",
    "started": "men when the story began",
    "arrived": "men who came from outside",
    "turned": "turned to",
}
"""Attributes that need other words than their names."""


def _attribute_in_words(attribute: str, ground: Ground) -> str:
    what, dot, when = attribute.rpartition(".")
    if when == "when" and dot:
        return _WHEN.get(what.partition(".")[0], f"when ({_attribute_in_words(what, ground)})")
    name, *rest = attribute.split(".")
    if name == "km":
        return f"kilometres: {', '.join(_name(part, ground).replace('_', ' ') for part in rest)}"
    measure = f"in {rest.pop().replace('-', ' ')}" if rest and rest[-1] in ev.APART else ""
    words = [
        _SAID_OTHERWISE.get(name, name.replace("_", " ")),
        *(_name(part, ground).replace("_", " ") for part in rest),
        measure,
    ]
    return " ".join(word for word in words if word)


def value_in_words(value: Any, ground: Ground) -> str:
    """A cell's value as a person writes it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, ev.Quantity):
        return amount(value)
    if isinstance(value, Interval):
        return ground.clock.spoken(value)
    if isinstance(value, ev.Agreement):
        parties = list_in_words(sorted(ground.name(party) for party in value.parties))
        return f"{value.kind} of {parties}{terms_in_words(value.scope, value.since, value.until, ground)}"
    if isinstance(value, ev.StandingAgreement):
        by = list_in_words(sorted(ground.name(it) for it in value.violated_by))
        return value_in_words(value.agreed, ground) + (
            (f", broken by {by}" if by else ", broken") if value.violated else ""
        )
    if isinstance(value, Part):
        return f"{ground.name(value.actor)} ({value.part})"
    if isinstance(value, ev.Support):
        return f"{value.means} from {ground.name(value.by)}"
    if isinstance(value, Mapping):  # numbers by side
        words = (_of_side_in_words(it, side, ground) for side, it in sorted(value.items()))
        return list_in_words(words) if value else "none"
    if isinstance(value, frozenset):  # sides, units, areas or agreements
        return list_in_words(sorted(value_in_words(item, ground) for item in value)) if value else "none"
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], tuple) and value[1] in ground.actors:
        return f"{value_in_words(value[0], ground)} against {ground.name(value[1])}"  # who attacked whom
    if isinstance(value, tuple):
        return list_in_words(value_in_words(item, ground) for item in value) if value else "none"
    return ground.name(value) if isinstance(value, str) else str(value)


def cell_value_in_words(cell: str, value: Any, ground: Ground) -> str:
    """The value of a cell as a person writes it: of a launch its day, of what a story notes by the minute the local time."""
    if isinstance(value, ev.Due):
        return f"{value.kind}, {time_in_words(ground.clock.text(value.minute))}"
    if split_cell(cell)[1] not in MINUTES | DAYS or value is None:
        return value_in_words(value, ground)
    timed = timed_value(cell, value, ground)
    return list_in_words(map(time_in_words, timed)) if isinstance(timed, list) else time_in_words(str(timed))


def in_places(areas: Iterable[str], ground: Ground) -> str:
    """Where something holds that is of several places, by their names: `in Arlen and Dell and at the bridge`."""
    by_preposition: dict[str, list[str]] = {}
    for area in sorted(areas, key=ground.name):
        preposition, _, name = in_place(area, ground).partition(" ")
        by_preposition.setdefault(preposition, []).append(name)
    return " and ".join(f"{preposition} {list_in_words(names)}" for preposition, names in by_preposition.items())


def terms_in_words(scope: Iterable[str], since: str | None, until: str | None, ground: Ground) -> str:
    """Where and when an agreement holds: `, in Arlen, from 5 Apr 1993, until 30 Jun 1993`; nothing where it is not said."""
    days = (f"{word} {day_in_words(day, ground)}" for word, day in (("from", since), ("until", until)) if day)
    return "".join(f", {term}" for term in (in_places(scope, ground), *days) if term)


def day_in_words(day: str | None, ground: Ground) -> str:
    """A day as it stands in a record, as a person writes it: `1 Oct 2017`; nothing for none."""
    return ground.clock.spoken(ground.clock.interval(day)) if day else ""


def claim_answer_in_words(value: Any, claim: Claim, ground: Ground) -> str:
    """An answer with what qualifies it: the scope of a number, the qualifier of a "last", a time not yet come."""
    if claim.kind == "forecast" and isinstance(value, Interval):
        return f"not yet on {ground.clock.spoken_day(value.earliest)}"
    words = value_in_words(value, ground)
    if isinstance(claim.content, pr.LastPlaceOf):
        return f"{claim.content.qualifier}: {list_in_words([ground.name(place) for place in claim.content.places])}"
    if isinstance(claim.content, ev.StrengthAssessed) and claim.content.scope == "vicinity":
        return f"{words} in the vicinity"
    return words
