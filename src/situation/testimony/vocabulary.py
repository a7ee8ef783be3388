"""Which words name an event or a statement, and what may stand under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from situation.errors import Fault, near_miss
from situation.events import EVENTS, CiviliansKilled, Event
from situation.events.predicates import PREDICATES
from situation.testimony.strictness import as_shown

__all__ = ["split_tag", "where_the_dead_go"]

_OF_THE_DEAD: Final = ("killed", "wounded", "killed_of", "wounded_of")


def split_tag(value: Any, key: str) -> tuple[type, dict[str, Any]]:
    """The class that a mapping names under `event`, `statement` or `forecast`, and its other keys.

    Raises:
        Fault: the name is not in the vocabulary; with the near miss.
    """
    name = value[key]
    named = _named(name, key) if isinstance(name, str) else None
    if named is None:
        words = {name for name, cls in EVENTS.items() if cls.reported} | set(PREDICATES)
        known = {word: cls for word in sorted(words) if (cls := _named(word, key)) is not None}
        kind = {"event": "event type", "statement": "predicate", "forecast": "event type or predicate"}[key]
        hint = _by_noun(name, known) or near_miss(str(name), known) or f"Use one of: {', '.join(sorted(known))}."
        shown = f"'{name}'" if isinstance(name, str) else as_shown(name)
        raise Fault(f"There is no {kind} {shown}.", hint, (key,))
    return named, {other: given for other, given in value.items() if other != key}


def _named(name: str, key: str) -> type | None:
    """The class of a name that may stand under `event`, `statement` or `forecast`; None where there is none."""
    event = EVENTS.get(name) if key != "statement" else None
    predicate = PREDICATES.get(name) if key != "event" else None
    return predicate if event is None or not event.reported else event


def _by_noun(name: Any, known: Mapping[str, Any]) -> str:
    """The type of event that is called by its noun: a `Siege` is told as `Besieged`."""
    nouns = {cls.noun.casefold(): kind for kind, cls in EVENTS.items() if cls.noun and kind in known}
    kind = nouns.get(name.casefold()) if isinstance(name, str) else None
    return f"Did you mean '{kind}'?" if kind else ""


def where_the_dead_go(key: str, cls: Any) -> str:
    """What to do with dead and wounded that stand under an event that has no such key."""
    if key not in _OF_THE_DEAD or not issubclass(cls, Event) or key in {it.name for it in attrs.fields(cls)}:
        return ""
    if cls is CiviliansKilled and key == "killed":
        return "Write it under 'number'."
    return "Give them in a claim of their own, as 'event: Attacked' of that time and place."
