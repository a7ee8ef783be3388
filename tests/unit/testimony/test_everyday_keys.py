"""Keys that people write where a file has another: each is answered with what to write, and that with keys that there are."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from situation.events import PeaceSigned
from situation.testimony.actors import Actor
from situation.testimony.claimrow import ClaimRow
from situation.testimony.claims import Origin, Source, Speaker
from situation.testimony.everyday_keys import EVERYDAY_KEYS
from situation.testimony.ground import Place
from tests.unit.small import Small

ENTRIES: dict[str, type] = {cls.__name__: cls for cls in (Source, Speaker, Origin, ClaimRow, PeaceSigned, Actor, Place)}


def _keys(cls: type) -> set[str]:
    return {it.name for it in attrs.fields(cls)}


@pytest.mark.parametrize("of", EVERYDAY_KEYS)
def test_the_keys_that_an_advice_names_are_keys_and_those_that_it_answers_are_not(of: str) -> None:
    everywhere = {"asserts", "event", "opening", "places", "regions", "relations", "speakers"}
    everywhere |= {key for cls in ENTRIES.values() for key in _keys(cls)}
    for key, advice in EVERYDAY_KEYS[of].items():
        assert key not in _keys(ENTRIES[of])
        named = {re.split(r":", word)[0] for word in re.findall(r"'([^']+)'", advice)}
        assert named <= everywhere


@pytest.mark.parametrize(
    ("file", "old", "new", "advice"),
    [
        ("sources.yaml", "outlet: The Courier", "outlet: The Courier\n    party: north", "An outlet has none: write whom it"),
        ("sources.yaml", "id: north-office, ", "id: north-office, side: north, ", "Write it under 'party'."),
        ("map.yaml", "id: south-foot, ", "id: south-foot, side: south, ", "Write it under 'parent'."),
        ("map.yaml", "id: dunes, ", "id: dunes, lat: 1.0, ", "Write 'at: {lat: 1.5, lon: 2.5"),
        ("record.yaml", "says: The Guard took Arlen.", "says: The Guard took Arlen.\n    when: today", "Write when it"),
        ("record.yaml", "says: The Guard took Arlen.", "says: The Guard took Arlen.\n    contradicts: [A-1]", "No claim says"),
        ("record.yaml", "says: The Guard took Arlen.", "says: The Guard took Arlen.\n    expected: soon", "is a forecast: write"),
    ],
)  # fmt: skip
def test_such_a_key_is_named_at_its_place_with_what_to_write(
    file: str, old: str, new: str, advice: str, tmp_path: Path
) -> None:
    problems = Small(tmp_path).plant(file, old, new).problems()
    assert [it for it in problems if "has no key" in it and advice in it], problems
