"""What a claim says, as a sentence: that something was so, was not so, or will be: `the North will take the Ford`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import fields

from situation.events import Event
from situation.events.predicates import Predicate
from situation.log.name_words import named
from situation.log.record_words import sentence
from situation.log.side_words import UNNAMED_ATTACKERS, UNNAMED_FORCES
from situation.log.story_words import event_in_words, within_sentence
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["claim_in_words"]

_INFINITIVES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "took": "take",
        "broke": "break",
        "threw": "throw",
        "withdrew": "withdraw",
        "fled": "flee",
        "fought": "fight",
        "became": "become",
        "began": "begin",
        "had": "have",
        "held": "hold",
        "kept": "keep",
        "set": "set",
        "let": "let",
        "made": "make",
        "went": "go",
        "stood": "stand",
        "gave": "give",
        "got": "get",
        "put": "put",
        "was": "be",
        "were": "be",
        "is": "be",
        "are": "be",
        "has": "have",
        "have": "have",
        "came": "come",
        "holds": "hold",
        "hold": "hold",
        "said": "say",
        "claimed": "claim",
        "entered": "enter",
        "handed": "hand",
        "surrounded": "surround",
        "declared": "declare",
        "moved": "move",
        "launched": "launch",
        "hit": "hit",
        "killed": "kill",
        "proclaimed": "proclaim",
        "ended": "end",
        "agreed": "agree",
        "attacked": "attack",
        "searched": "search",
        "counter-attacked": "counter-attack",
        "fired": "fire",
        "exchanged": "exchange",
        "lapsed": "lapse",
        "surrendered": "surrender",
        "blockaded": "blockade",
        "welcomed": "welcome",
        "retook": "retake",
        "praised": "praise",
        "threatened": "threaten",
        "accused": "accuse",
        "wanted": "want",
        "vowed": "vow",
        "opposed": "oppose",
        "warned": "warn",
        "did": "do",
        "coordinated": "coordinate",
        "tolerated": "tolerate",
        "closed": "close",
        "opened": "open",
        "stopped": "stop",
        "turned": "turn",
        "act": "act",
        "stand": "stand",
    }
)
"""From the verb of a sentence to its infinitive."""
_VERB: Final = re.compile(rf"(?<![\w-])({'|'.join(sorted(_INFINITIVES, key=len, reverse=True))})(?![\w-])")


def claim_in_words(claim: Claim, ground: Ground) -> str:
    """What a claim says in plain words, by what it asserts, denies, foretells or takes back.

    Raises:
        LookupError: a type of event or statement has no sentence.
    """
    content = claim.content
    if content is None:
        return f"Takes back {claim.retracts}."
    denied = claim.mode == "denies"
    if claim.kind == "forecast":
        words = _foretold(content, ground, denied)
    else:
        words = _plainly(content, ground)
        words = f"it is not so that {within_sentence(words)}" if denied else words
    return f"{words[0].upper()}{words[1:]}."


def _plainly(content: Event | Predicate, ground: Ground) -> str:
    return event_in_words(content, ground) if isinstance(content, Event) else sentence(content, ground)


def _foretold(content: Event | Predicate, ground: Ground, denied: bool) -> str:
    """An event or a statement as what will or will not be so; in words that do not tell of it as done where no verb of it is
    known."""
    text = _plainly(content, ground)
    names = {words(name, ground) for name in _named_in(content) for words in (named, _name)}
    names |= {UNNAMED_ATTACKERS, UNNAMED_FORCES}
    hidden = {f"\0{number}\0": name for number, name in enumerate(sorted(names, key=lambda name: (-len(name), name)))}
    for mark, name in hidden.items():
        text = text.replace(name, mark)
    verb = _VERB.search(text)
    if verb is None:
        text = f"{'not to come' if denied else 'still to come'}: {text}"
    else:
        text = f"{text[: verb.start()]}will {'not ' if denied else ''}{_INFINITIVES[verb[1]]}{text[verb.end() :]}"
        text = text.replace(" came home", " to come home")
    for mark, name in hidden.items():
        text = text.replace(mark, name)
    return text


def _name(thing: str, ground: Ground) -> str:
    return ground.name(thing)


def _named_in(content: Event | Predicate) -> set[str]:
    """The words in which an event or a statement names anything: ids, by field and in lists."""
    kind: Any = type(content)
    values = [getattr(content, it.name) for it in fields(kind)]
    several = [it for value in values if isinstance(value, tuple | frozenset | Mapping) for it in value]
    return {it for it in (*values, *several) if isinstance(it, str) and it}
