"""Which words name an event or a statement, and what may stand under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from situation.errors import Fault, near_miss
from situation.events import EVENTS, CiviliansKilled, Event
from situation.events.predicates import PREDICATES
from situation.testimony.everyday import said_as
from situation.testimony.strictness import as_shown

__all__ = ["split_tag", "where_the_dead_go"]

_OF_THE_DEAD: Final = ("killed", "wounded", "killed_of", "wounded_of")


def split_tag(value: Any, key: str) -> tuple[type, dict[str, Any]]:
    """The class that a mapping names under `event`, `statement` or `forecast`, and its other keys.

    Raises:
        Fault: the name is not in the vocabulary; with the near miss.
    """
    name = value[key]
    if not isinstance(name, str):
        raise Fault(f"{_kind(name)} stands where the name of {_KINDS[key]} belongs.", _how(name, key), (key,))
    named = _named(name, key)
    if named is None:
        words = {name for name, cls in EVENTS.items() if cls.reported} | set(PREDICATES)
        known = {word: cls for word in sorted(words) if (cls := _named(word, key)) is not None}
        hint = _by_noun(name, known) or said_as(name, key) or near_miss(name, known)
        raise Fault(
            f"There is no {_KINDS[key].partition(' ')[2]} '{name}'.",
            hint or f"Use one of: {', '.join(sorted(known))}.",
            (key,),
        )
    return named, {other: given for other, given in value.items() if other != key}


_KINDS: Final = {"event": "an event type", "statement": "a predicate", "forecast": "an event type or predicate"}


def _kind(value: Any) -> str:
    """What stands where a name belongs, without all that is in it."""
    return "A mapping" if isinstance(value, dict) else "A list" if isinstance(value, list) else as_shown(value)


def _how(value: Any, key: str) -> str:
    """How the claim is written whose name holds more than the name: `{forecast: Captured, place: ...}`."""
    example, others = ("Holds", ["area"]) if key == "statement" else ("Captured", ["place"])
    if isinstance(value, dict):
        names = [inner for tag, inner in value.items() if tag in _KINDS and isinstance(inner, str)]
        example = names[0] if names else example
        others = [str(name) for name in value if name not in _KINDS] or others
    rest = ", ".join(f"{name}: ..." for name in others)
    return f"Write the name, and the other keys beside it: {{{key}: {example}, {rest}}}."


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
