"""Names, days, chances and what a question asks, as a newspaper writes them in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from situation.dates import Interval, Minute
from situation.ensemble.answer_words import percent, percent_range
from situation.ensemble.statistics.shares import odds_steps
from situation.log.name_words import named
from situation.log.story_words import RUNGS
from situation.log.value_words import count_in_words, list_in_words
from situation.scenario.question import FORMS, UNITS
from situation.testimony.dating.clock import Clock
from situation.testimony.ground import Ground

__all__ = [
    "chance_that",
    "days_in_words",
    "long_day",
    "long_span",
    "named",
    "names",
    "number_or_none",
    "share_words",
    "stamp",
    "statement_of",
    "whose",
]

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_COUNTS: Final = {1: "once", 2: "twice"}
_FATES: Final = {"killed": "killed", "wounded": "wounded", "surrendered": "taken prisoner", "left": "gone from the war"}


def names(things: Iterable[str], ground: Ground) -> str:
    """Several as a list in a sentence."""
    return list_in_words(named(thing, ground) for thing in things)


def whose(actor: str, ground: Ground) -> str:
    """An actor's name before what is its own."""
    name = named(actor, ground)
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def stamp(minute: Minute, clock: Clock) -> str:
    """A minute as the page's address has it, in local time: 2017-11-03T2359."""
    return f"{clock.day(minute)}T{clock.hour(minute).replace(':', '')}"


def long_day(minute: Minute, clock: Clock) -> str:
    """A local day: `3 November 2017`, `15 March 44 BCE`."""
    year, month, day = clock.date(minute)
    era = f"{1 - year} BCE" if year < 1 else f"{year} CE" if year < 1000 else str(year)
    return f"{day} {_MONTHS[month - 1]} {era}"


def long_span(span: Interval, clock: Clock) -> str:
    """With its preposition the day or the days in which something happened."""
    first, last = long_day(span.earliest, clock), long_day(span.latest, clock)
    return f"on {first}" if first == last else f"between {first} and {last}"


def share_words(share: float) -> str:
    """A share of stories: `none`, `91 %`, `all`."""
    return "none" if share == 0.0 else "all" if share == 1.0 else percent(share)


def chance_that(low: float, high: float, statement: str, best: float | None = None) -> str:
    """How likely something is, by the outer band in numbers and in the words of ICD 203; of a wide one also the best estimate."""
    numbers = percent_range(low, high)
    words = odds_steps(low, high)
    if len(words) > 1:
        wide = len(words) > 2
        numbers = f"best {percent(best)}, {numbers}" if wide and best is not None else numbers
        ranges = "could be anywhere" if wide else "ranges"
        return f"the likelihood that {statement} {ranges} from {words[0]} to {words[-1]} ({numbers})"
    if words[0].endswith("chance"):
        article = "" if words[0].startswith("almost") else "a "
        return f"there is {article}{words[0]} ({numbers}) that {statement}"
    return f"it is {words[0]} ({numbers}) that {statement}"


def _times_words(times: int) -> str:
    """`once`, `twice`, `3 times`."""
    return _COUNTS.get(times, f"{times} times")


def days_in_words(figure: str) -> str:
    """A time of so many days: `less than a day`, `1 day`, `12 days`, `3 to 12 days`."""
    return "less than a day" if figure == "0" else f"{figure} {'day' if figure == '1' else 'days'}"


def number_or_none(figure: str) -> str:
    """A number that stands for things named before it: `none`, `12`."""
    return "none" if figure == "0" else figure


def statement_of(terms: Mapping[str, Any], ground: Ground, figure: str = "") -> str:
    """What the answer to a question says, in names: a statement about what is to come.

    Args:
        terms: the keys of the question, as a scenario gives them.
        ground: for the names.
        figure: of a time or a number the answer: `12`, `3 to 12`; of a time it may be left out.
    """
    form = FORMS[terms["ask"]]
    if form.instead is not None and all(terms.get(key) for key in form.instead.needs):
        form = form.instead
    unit = form.unit
    day = long_day(ground.clock.moment(str(terms["at"])), ground.clock) if terms.get("at") else ""
    actor = terms.get("by") or terms.get("actor")
    area = terms.get("area")
    slots = {
        "by": named(str(actor), ground) if actor else "",
        "whose": whose(str(actor), ground) if actor else "",
        "place": named(str(terms["place"]), ground) if terms.get("place") else "",
        "area": named(str(area), ground) if area else "",
        "in_area": f" in {named(str(area), ground)}" if area else "",
        "between": names(terms.get("between") or (), ground),
        "rung": RUNGS[terms.get("rung") or len(RUNGS) - 1],
        "days": count_in_words(int(terms.get("days") or 0), "day"),
        "times": _times_words(int(terms.get("times") or 2)),
        "how": " or ".join(_FATES[fate] for fate in _fates(terms.get("how"))),
        "after": f" after {days_in_words(figure)}" if figure else "",
        "number": number_or_none(figure),
        "count": f"{'no' if figure == '0' else figure} {UNITS[unit] if unit and figure == '1' else unit}",
        "until": f" by {day}" if day else "",
        "on": f" on {day}" if day else "",
    }
    return form.says.format_map(slots)


def _fates(how: object) -> list[str]:
    return [how] if isinstance(how, str) else [str(fate) for fate in how] if isinstance(how, Iterable) else []
