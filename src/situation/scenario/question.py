"""What a scenario is run to answer: the forms of a question, the keys that each takes, and the unit of its answer.

`FORMS` is the one list of forms: the codec, the schema, the checks and the documentation read it. The function that
answers a form stands under the same name in `ensemble.answers`, which refuses to start where one is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

import attrs
from attrs import field, frozen

from situation.errors import Fault
from situation.events import ActorId, AreaId, PlaceId
from situation.testimony.strictness import as_shown

__all__ = ["FATES", "FORMS", "UNITS", "Fate", "Fates", "Form", "Question", "Unit", "unit_of"]

Fate = Literal["killed", "wounded", "surrendered", "left"]
Fates = tuple[Fate, ...]
FATES: tuple[str, ...] = get_args(Fate)
"""How a man can be lost to his side: dead; wounded, for a time or for good; in captivity; gone from the war."""

_RUNGS = ("incident", "reprisal", "sustained exchange", "confrontation")
"""The rungs of the ladder between two who are not enemies, from 1 up."""
DEFAULT_RUNG: Final = len(_RUNGS)
"""The rung of which a question asks that names none: the last."""
DEFAULT_TIMES: Final = 2
"""How often a place must pass from one holder to another where a question does not say it: once there, and once on or back."""

Unit = Literal["days", "men", "places"]
UNITS: Final[Mapping[Unit, str]] = MappingProxyType({"days": "day", "men": "man", "places": "place"})
"""The units of answers, each with its singular."""


@frozen
class Form:
    """A form of question.

    Args:
        asks: what it asks, in terms of its keys.
        needs: the keys that it must have.
        may: the keys that it may have.
        unit: the unit of its answer; None for yes or no.
        waits: whether the answer is the time until something happens, in days, which may be never.
        instead: keys that a question may have in place of these.
        says: a statement about what is to come, whose answer is yes or no, a time or a number. Its slots are the keys in
            words; `whose` (the actor's); `in_area`, `until`, `on` (area and day after a preposition, or nothing); and the
            answer: `after` (` after 12 days`, or nothing), `number` (`none`, `3`) or `count` (`no men`, `3 men`).
    """

    asks: str
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    unit: Unit | None = None
    waits: bool = False
    instead: Form | None = None
    says: str = field(kw_only=True)


_UNTIL_CLASH = Form(
    "how many days until the two reach that rung",
    ("between",),
    ("rung",),
    "days",
    waits=True,
    says="{between} will come to {rung}{after}",
)
FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        "captured": Form(
            "whether the actor takes the place, by its own force or handed over by a friend, up to that day",
            ("place", "by"),
            ("at",),
            says="{by} will take {place}{until}",
        ),
        "held on": Form(
            "whether the actor holds the place at the end of that day",
            ("place", "by", "at"),
            says="{by} will hold {place}{on}",
        ),
        "held for": Form(
            "whether the actor holds the place that long without a break",
            ("place", "by", "days"),
            says="{by} will hold {place} for {days} on end",
        ),
        "days until": Form(
            "how many days until the actor takes the place, or until the two reach that rung; it may never happen, and a "
            "mean counts that as the horizon",
            ("place", "by"),
            (),
            "days",
            waits=True,
            instead=_UNTIL_CLASH,
            says="{by} will take {place}{after}",
        ),
        "changed hands": Form(
            f"whether the place passes from one holder to another that often ({DEFAULT_TIMES} where not said) up to that day",
            ("place",),
            ("times", "at"),
            says="{place} will change hands {times}{until}",
        ),
        "places held": Form(
            "how many places of the area the actor holds on that day",
            ("area", "by"),
            ("at",),
            "places",
            says="{by} will hold {count} in {area}{on}",
        ),
        "fighters": Form(
            "how many men of the actor are in the area on that day, in the ranks and in hiding",
            ("actor", "area"),
            ("at",),
            "men",
            says="{by} will have {count} in {area}{on}",
        ),
        "lost": Form(
            "how many men of the actor are killed, wounded, surrendered or gone (`left`), by one fate or several, up to "
            "that day, in the area or anywhere",
            ("actor", "how"),
            ("area", "at"),
            "men",
            says="{number} of {whose} men will be {how}{in_area}{until}",
        ),
        "clash": Form(
            "whether the two come to an incident (1), reprisal (2), sustained exchange of fire (3) or confrontation "
            f"({DEFAULT_RUNG}, where not said) up to that day",
            ("between",),
            ("rung", "at"),
            says="{between} will come to {rung}{until}",
        ),
    }
)
"""Every form of question, by the word that a scenario writes after `ask`."""

if TYPE_CHECKING:
    Ask = str
else:
    Ask = Literal[tuple(FORMS)]


def unit_of(ask: str) -> Unit | None:
    """The unit of the answers to a form of question; None where they are yes or no."""
    return FORMS[ask].unit


def _form_of(question: Question) -> Form:
    """The form of a question, with the keys that this question is asked by."""
    form = FORMS[question.ask]
    if form.instead is not None and all(_is_given(question, key) for key in form.instead.needs):
        return form.instead
    return form


def _is_given(question: Question, key: str) -> bool:
    return getattr(question, key) not in (None, ())


def _trimmed(text: str) -> str:
    return text.strip()


@frozen
class Question:
    """What a scenario is run to answer, in one of several forms. The day `at`, where it is not given, is the last."""

    ask: Ask
    text: str = field(default="", converter=_trimmed)
    place: PlaceId | None = None
    by: ActorId | None = None
    actor: ActorId | None = None
    area: AreaId | None = None
    at: str | None = None
    days: int | None = None
    times: int | None = None
    how: Fates = ()
    between: tuple[ActorId, ...] = ()
    rung: int | None = None

    def __attrs_post_init__(self) -> None:
        form = _form_of(self)
        other = form.instead.needs if form.instead is not None else ()
        for key in form.needs:
            if not _is_given(self, key):
                needed = ", ".join(form.needs) + (f"; or {', '.join(other)}" if other else "")
                raise Fault(f"The question '{self.ask}' has no '{key}'.", f"It needs {needed}.")
        keys = ("text", *form.needs, *form.may)
        for attribute in attrs.fields(type(self)):
            if attribute.name not in ("ask", *keys) and _is_given(self, attribute.name):
                fact = f"The question '{self.ask}' takes no '{attribute.name}'."
                raise Fault(fact, f"Its keys are: {', '.join(keys)}.", (attribute.name,))
        self._check_values()

    def _check_values(self) -> None:
        if len(self.text.splitlines()) > 1:
            raise Fault(f"{as_shown(self.text)} is of several lines.", "Write it in one line.", ("text",))
        if self.between and (len(self.between) != 2 or self.between[0] == self.between[1]):
            raise Fault("A clash is between two.", "Name both: [one, other].", ("between",))
        if self.rung is not None and not 1 <= self.rung <= len(_RUNGS):
            rungs = ", ".join(f"{number} {name}" for number, name in enumerate(_RUNGS, start=1))
            raise Fault(f"The ladder has no rung {self.rung}.", f"Give one of: {rungs}.", ("rung",))
        if self.times is not None and self.times < 1:
            raise Fault(f"Nothing changes hands {self.times} times.", "Give 1 or more.", ("times",))
        if len(set(self.how)) < len(self.how):
            raise Fault("The same fate is asked for twice.", "Name each once.", ("how",))
