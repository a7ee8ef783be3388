"""Keys that people write where a file has another, or has the thing elsewhere: each with what to write."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["EVERYDAY_KEYS", "key_to_write"]

_PARTY_OF_OUTLET = (
    "An outlet has none: write whom it favours, 'lean: {north: 0.5}', with 'lean_reason'. Where it prints the own word of a "
    "side, the claim names the office that gave it under 'origin' or who said it under 'said_by', and these have a 'party'."
)
_LEAN = "Write 'lean: {north: 0.5}', from -1 (against) to 1 (for), with 'lean_reason'."
_RELIABILITY = "Write 'reliability: {grade: B, as_of: 2020-01-01, reason: ...}'."
_IN_EVENT = "It stands under 'asserts', beside 'event'."
_KIND = "Write it under 'kind'."
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "Source": {
        "party, side, owner, affiliation, actor, allegiance": _PARTY_OF_OUTLET,
        "bias, slant, leaning": _LEAN,
        "date, day, when, dated, publication_date": "Write it under 'published'.",
        "name, publisher, newspaper, paper": "Write it under 'outlet'.",
        "url, link, address, web": "Write it under 'where'.",
        "author, speaker, by": "Who speaks stands under 'speakers', and in a claim under 'said_by'.",
        "grade, quality, trust, credibility": _RELIABILITY,
    },
    "Speaker": {
        "side, actor, parent, affiliation, allegiance": "Write it under 'party'.",
        "bias, slant, leaning": _LEAN,
        "role, title, rank, position": "Write it in the 'name', or as a 'note'.",
        "grade, quality, trust, credibility": _RELIABILITY,
    },
    "Origin": {
        "side, actor, parent, affiliation, allegiance": "Write it under 'party'.",
        "reliability, grade, lean, lean_reason, bias": "An origin has none: its words are judged by outlet and speaker.",
    },
    "ClaimRow": {
        "date, day, when, time": "Write when it happened under 'happened', and when it was said under 'said'.",
        "event, where, place, by, against, killed, wounded, number": _IN_EVENT,
        "text, sentence, paraphrase, summary": "Write it under 'says'.",
        "quote": "A record paraphrases: write what is claimed under 'says', in your own words.",
        "speaker, author": "Write who said it under 'said_by'.",
        "party, lean": "It stands at the speaker, under 'speakers'.",
        "agency, wire, via": "Write whose words are relayed under 'origin'.",
        "reliability": "That is of source and speaker; of the item write 'credibility: [{grade: 2, as_of: ..., reason: ...}]'.",
        "grade, confidence": "Write 'credibility: [{grade: 2, as_of: 2020-01-01, reason: ...}]'.",
        "url, link": "It stands at the source, under 'where'.",
        "contradicts, contradict, disputes, opposes, conflicts_with": "No claim says which other it contradicts: write "
        "under 'asserts' what it says was so, or under 'denies' what it says was not so, and the dispute is found.",
        "expected, expects, planned, forecast, future": "What is still to come is a forecast: write "
        "'asserts: {forecast: Captured, place: ..., by: [...]}', and its time under 'happened'.",
    },
    "PeaceSigned": {
        "places, place, scope, holder, gives": "Who gets a place by it stands in a claim of its own, 'event: HandedOver'.",
    },
    "Actor": {
        "party, side, belongs_to, under": "Write it under 'parent'.",
        "type": _KIND,
        "stance, allies, enemies": "How two stand to each other stands under 'relations' of the opening.",
    },
    "Place": {
        "lat, lon, coordinates, location, position": "Write 'at: {lat: 1.5, lon: 2.5, precision_km: 1, source: ...}'.",
        "type": _KIND,
        "holder, owner, status, besieger": "How it stood at first stands under 'places' of the opening.",
        "parent, city, in": "Write it under 'within'.",
        "region": "A region lists its places, under 'regions'.",
        "population": "Write 'size: major' of a great one.",
    },
}
EVERYDAY_KEYS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        of: MappingProxyType({word: advice for words, advice in rows.items() for word in words.split(", ")})
        for of, rows in _WORDS.items()
    }
)
"""By the class of an entry of a file, from a key that it does not have to what to write."""


def key_to_write(key: str, cls: type) -> str:
    """What to write in place of a key that an entry of a file does not have; empty where no more is known than its keys."""
    return EVERYDAY_KEYS.get(cls.__name__, {}).get(key.strip().casefold(), "")
