"""Names that nothing bears, in a claim: each is told at its place, with the near miss."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.small import Small

# What is planted: the words of record.yaml, what stands there instead, and what is told.
NAMES = {
    "a place by another spelling": (
        "Captured, place: arlen, by: [north-guard]",
        "Captured, place: Al-Arlen, by: [north-guard]",
        "record.yaml:10:32: There is no place or region 'Al-Arlen'. Did you mean 'arlen'?",
    ),
    "a place in another script": (
        "Captured, place: arlen, by: [north-guard]",
        "Captured, place: أرلن, by: [north-guard]",
        "record.yaml:10:32: There is no place or region 'أرلن'. Did you mean 'arlen'?",
    ),
    "a place with a slip": (
        "Captured, place: arlen, by: [north-guard]",
        "Captured, place: arlin, by: [north-guard]",
        "record.yaml:10:32: There is no place or region 'arlin'. Did you mean 'arlen'?",
    ),
    "a place that nothing is near": (
        "Captured, place: arlen, by: [north-guard]",
        "Captured, place: zzz, by: [north-guard]",
        "record.yaml:10:32: There is no place or region 'zzz'. Use an id of map.yaml, or add the place or region there.",
    ),
    "a region where one place belongs": (
        "LastPlaceOf, actor: rebels, places: [arlen], area: valley, qualifier: the last}",
        "BesiegedBy, actor: rebels, place: valley}",
        "record.yaml:24:53: There is no place 'valley'. It is a region: name a place in it.",
    ),
    "an actor": (
        "by: [north-guard]",
        "by: [north-gard]",
        "record.yaml:10:51: There is no actor 'north-gard'. Did you mean 'north-guard'?",
    ),
    "an actor by an alias": (
        "against: rebels}\n    follows",
        "against: Insurgents}\n    follows",
        "record.yaml:10:65: There is no actor 'Insurgents'. Did you mean 'rebels'?",
    ),
    "a source": (
        "source: gazette\n    paragraph: 1",
        "source: gazete\n    paragraph: 1",
        "record.yaml:3:5: There is no source 'gazete'. Did you mean 'gazette'?",
    ),
    "a speaker": (
        "said_by: marshal",
        "said_by: marshall",
        "record.yaml:5:5: There is no speaker 'marshall'. Did you mean 'marshal'?",
    ),
    "a speaker that nothing is near": (
        "said_by: marshal",
        "said_by: xx",
        "record.yaml:5:5: There is no speaker 'xx'. Add it to sources.yaml, or to this file. "
        "Or write 'article' for the outlet's own voice.",
    ),
    "an origin": (
        "origin: wire",
        "origin: wier",
        "record.yaml:27:5: There is no origin 'wier'. Did you mean 'wire'?",
    ),
    "an event": (
        "{event: Entered",
        "{event: Enterd",
        "record.yaml:31:15: There is no event type 'Enterd'. Did you mean 'Entered'?",
    ),
    "a predicate": (
        "statement: LastPlaceOf",
        "statement: LastPlace",
        "record.yaml:24:15: There is no predicate 'LastPlace'. Did you mean 'LastPlaceOf'?",
    ),
    "a forecast's event": (
        "forecast: Captured",
        "forecast: Capture",
        "record.yaml:48:15: There is no event type or predicate 'Capture'. Did you mean 'Captured'?",
    ),
    "a field of an event": (
        "against: rebels}\n    follows",
        "agianst: rebels}\n    follows",
        "record.yaml:10:65: Captured has no key 'agianst'. Did you mean 'against'?",
    ),
    "a word of the lexicon": (
        "words: recently",
        "words: recntly",
        "record.yaml:29:16: The lexicon has no words 'recntly'. Did you mean 'recently'?",
    ),
    "the words of a gap": (
        "gap: hours after",
        "gap: weeks after",
        "record.yaml:11:54: The lexicon has no words 'weeks after'. Did you mean 'hours after'?",
    ),
    "a happening": (
        "happening: entered/arlen/arlen-falls",
        "happening: entered/arlen/arlen-fell",
        "record.yaml:11:16: There is no happening 'entered/arlen/arlen-fell'. "
        "Did you mean 'entered/arlen/arlen-falls'?",
    ),
    "a qualifier": (
        "qualifier: the last}",
        "qualifier: last}",
        "record.yaml:24:85: 'last' is not allowed here. Did you mean 'the last'?",
    ),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_name_that_nothing_bears_is_told_with_the_near_miss(tmp_path: Path, case: str) -> None:
    old, new, told = NAMES[case]
    assert Small(tmp_path).plant("record.yaml", old, new).problems() == [told]
