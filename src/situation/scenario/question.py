"""What a scenario is run to answer: the forms of a question, the keys that each takes, and the unit of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import attrs
from attrs import frozen

from situation.errors import Fault
from situation.events import ActorId, AreaId, PlaceId

__all__ = ["FATES", "RUNGS", "Fate", "Fates", "Form", "Question", "form_of", "unit_of"]

Fate = Literal["killed", "wounded", "surrendered", "left"]
Fates = tuple[Fate, ...]
FATES: tuple[str, ...] = get_args(Fate)
"""How a man can be lost to his side: dead; wounded, for a time or for good; in captivity; gone from the war."""

RUNGS = ("incident", "reprisal", "sustained exchange", "confrontation")
"""The rungs of the ladder between two who are not enemies, from 1 up."""


@frozen
class Form:
    """A form of question: the keys it needs, the keys it may have, and the unit of its answer; none for yes or no."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    unit: str | None = None


FORMS: Mapping[str, Form] = {
    "captured": Form(("place", "by"), ("at",)),
    "held on": Form(("place", "by", "at")),
    "held for": Form(("place", "by", "days")),
    "days until": Form(("place", "by"), (), "days"),
    "changed hands": Form(("place",), ("times", "at")),
    "places held": Form(("area", "by"), ("at",), "places"),
    "fighters": Form(("actor", "area"), ("at",), "men"),
    "lost": Form(("actor", "how"), ("area", "at"), "men"),
    "clash": Form(("between",), ("rung", "at")),
}
UNTIL_CLASH = Form(("between",), ("rung",), "days")
"""`days until` may wait for a clash, in place of a capture."""


def unit_of(ask: str) -> str | None:
    """The unit of the answers to a form of question; None where they are yes or no."""
    return FORMS[ask].unit


def form_of(question: Question) -> Form:
    """The form of a question: which keys it takes."""
    return UNTIL_CLASH if question.ask == "days until" and question.between else FORMS[question.ask]


@frozen
class Question:
    """What a scenario is run to answer. A day that is not said is the last.

    `captured`: does `by` take `place` up to the day `at`; `held on`: does it hold it `at` a day; `held for`: does it
    hold it without a break for `days` days; `days until`: how long until it takes it, or until the two `between` reach
    `rung`; `changed hands`: does `place` pass from one holder to another `times` times or more (2 where not said);
    `places held`: how many places of `area` does `by` hold `at` a day; `fighters`: how many men of `actor` are in
    `area` `at` a day; `lost`: how many men of `actor` are, from the branch up to the day `at`, killed, wounded,
    surrendered or gone (`how`: one of these, or a list), in `area` or, where none is said, anywhere; `clash`: do the
    two `between` reach `rung` (1 incident, 2 reprisal, 3 sustained exchange, 4 confrontation, which is meant where
    none is said) up to the day `at`.
    """

    ask: Literal[
        "captured",
        "held on",
        "held for",
        "days until",
        "changed hands",
        "places held",
        "fighters",
        "lost",
        "clash",
    ]
    text: str = ""
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
        form = form_of(self)
        needed = ", ".join(form.needs) + ("; or between" if self.ask == "days until" else "")
        for name in form.needs:
            if getattr(self, name) in (None, ()):
                raise Fault(f"The question '{self.ask}' has no '{name}'.", f"It needs {needed}.")
        taken = ("ask", "text", *form.needs, *form.may)
        for attribute in attrs.fields(type(self)):
            if attribute.name not in taken and getattr(self, attribute.name) not in (None, ()):
                fact = f"The question '{self.ask}' takes no '{attribute.name}'."
                raise Fault(fact, f"Its keys are: {', '.join(taken[1:])}.", (attribute.name,))
        self._checked()

    def _checked(self) -> None:
        if self.between and (len(self.between) != 2 or self.between[0] == self.between[1]):
            raise Fault("A clash is between two.", "Name both: [one, other].", ("between",))
        if self.rung is not None and not 1 <= self.rung <= len(RUNGS):
            rungs = ", ".join(f"{number} {name}" for number, name in enumerate(RUNGS, start=1))
            raise Fault(f"The ladder has no rung {self.rung}.", f"Give one of: {rungs}.", ("rung",))
        if self.times is not None and self.times < 1:
            raise Fault(f"Nothing changes hands {self.times} times.", "Give 1 or more.", ("times",))
        if len(set(self.how)) < len(self.how):
            raise Fault("The same fate is asked for twice.", "Name each once.", ("how",))
