"""What the record of the first situation holds: every fact, each with its voice, and in words of our own."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from situation.testimony.documents import read

ROOT = Path(__file__).resolve().parents[3]
SITUATION = ROOT / "scenarios" / "al-qaim-2017"

FACTS = {
    "geopolitics-alert": ("S0", 28),
    "all-about-topnews": ("S1", 21),
    "arab-news": ("S2", 23),
    "tabnak": ("S3", 25),
    "unnamed-outlet": ("S4", 38),
}
RELAYED = {"hezbollah-media-unit", "reuters", "washington-post", "bbc", "new-york-times", "press-tv", "ria"}
RUN = 8
"""Words in a row that may not be the same as in a text; titles and names of people are shorter, or are left out."""


def document(name: str) -> Mapping[str, Any]:
    read_in, problems = read(SITUATION / name, name)
    assert not problems and read_in is not None, "\n".join(map(str, problems))
    value: Mapping[str, Any] = read_in.value
    return value


CLAIMS: list[dict[str, Any]] = document("record.yaml")["claims"]
SOURCES: list[dict[str, Any]] = document("sources.yaml")["sources"]
SPEAKERS: list[dict[str, Any]] = document("sources.yaml")["speakers"]
ORIGINS: list[dict[str, Any]] = document("sources.yaml")["origins"]


def base(claim: Mapping[str, Any]) -> str:
    """The id of the fact that a claim belongs to."""
    return str(claim["id"])[:5]


def strings(value: Any) -> Iterable[str]:
    """Every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower().replace("’", "").replace("'", ""))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of `RUN` words in a text."""
    told = words(text)
    return {tuple(told[start : start + RUN]) for start in range(len(told) - RUN + 1)}


def texts(shared: Path) -> Mapping[str, str]:
    """The five texts, by source."""
    return {source["id"]: (shared / "sources" / source["file"]).read_text("utf-8") for source in SOURCES}


def test_every_fact_stands_once_under_its_own_id() -> None:
    ids = Counter(claim["id"] for claim in CLAIMS)
    expected = [f"{prefix}-{number:02d}" for prefix, count in FACTS.values() for number in range(1, count + 1)]
    assert len(expected) == 135
    assert {name: ids[name] for name in expected} == dict.fromkeys(expected, 1)
    assert max(ids.values()) == 1


def test_what_a_fact_holds_beside_its_main_claim_follows_it_directly() -> None:
    order = [base(claim) for claim in CLAIMS]
    assert order == sorted(order)
    for before, claim in pairwise(CLAIMS):
        if claim["id"] != base(claim):
            assert base(before) == base(claim)
            assert re.fullmatch(r"S\d-\d\d-[a-z-]+", claim["id"])


def test_each_claim_stands_in_its_own_source_and_a_paragraph_that_this_has() -> None:
    paragraphs = {source["id"]: source["paragraphs"] for source in SOURCES}
    for claim in CLAIMS:
        assert claim["id"].startswith(FACTS[claim["source"]][0])
        assert 1 <= claim["paragraph"] <= paragraphs[claim["source"]]


def test_each_claim_says_something_in_one_way_and_is_judged_with_a_reason() -> None:
    for claim in CLAIMS:
        assert claim["says"].endswith(".")
        assert claim["said_by"]
        assert sum(mode in claim for mode in ("asserts", "denies", "retracts")) == 1
        assert claim["credibility"]
        assert all(item["reason"] and 1 <= item["grade"] <= 6 for item in claim["credibility"])


def test_bodies_that_are_relayed_are_named_as_origins() -> None:
    assert {origin["id"] for origin in ORIGINS} == RELAYED
    assert {claim["origin"] for claim in CLAIMS if "origin" in claim} == RELAYED


def test_the_media_unit_is_one_origin_in_both_pieces_that_relay_it() -> None:
    relayed = {
        claim["source"]: {one.get("origin") for one in CLAIMS if one["said_by"] == claim["said_by"]}
        for claim in CLAIMS
        if claim["said_by"] == "hezbollah-media-unit"
    }
    assert relayed == {
        "all-about-topnews": {"hezbollah-media-unit"},
        "unnamed-outlet": {"hezbollah-media-unit"},
    }


def test_outlets_and_speakers_have_a_grade_and_a_lean_with_written_reasons() -> None:
    for voice in [*SOURCES, *SPEAKERS]:
        assert voice["reliability"]["grade"] in "ABCDEF"
        assert len(voice["reliability"]["reason"].split()) >= 5
        assert voice["lean"] and len(voice["lean_reason"].split()) >= 5


def test_pieces_without_a_date_say_how_theirs_was_inferred() -> None:
    inferred = {source["id"] for source in SOURCES if source["published"]["how"].startswith("Undated.")}
    assert inferred == {"geopolitics-alert", "tabnak", "unnamed-outlet"}
    assert all(source["published"]["how"] for source in SOURCES)


def test_a_slip_of_name_leads_to_the_force_that_is_meant() -> None:
    slip = next(claim for claim in CLAIMS if claim["id"] == "S1-10")
    assert slip["asserts"]["actor"] == "sdf"
    assert slip["note"]


def test_the_ministry_and_he_stay_without_a_name_and_damage_is_marked() -> None:
    voices = {speaker["id"]: speaker for speaker in SPEAKERS}
    for name in ("unnamed-ministry", "unnamed-estimator"):
        assert "party" not in voices[name]
        assert voices[name]["reliability"]["grade"] == "F"
        assert voices[name]["note"]
    damaged = {claim["id"] for claim in CLAIMS if claim.get("damaged")}
    assert {"S1-02", "S1-13", "S1-17", "S1-18", "S1-21", "S4-11"} <= damaged


def test_lower_bounds_have_no_invented_best() -> None:
    by_id = {claim["id"]: claim for claim in CLAIMS}
    for name, key, low in (("S2-06", "share", 90), ("S2-19", "share", 60), ("S1-19", "number", 741)):
        bound = by_id[name]["asserts"][key]
        assert {part: value for part, value in bound.items() if part != "unit"} == {"low": low}


def test_the_texts_are_those_that_were_read(shared: Path) -> None:
    for source, text in texts(shared).items():
        row = next(one for one in SOURCES if one["id"] == source)
        assert hashlib.sha256((shared / "sources" / row["file"]).read_bytes()).hexdigest() == row["sha256"]
        assert sum(1 for line in text.splitlines() if line.strip()) == row["paragraphs"]


def test_no_claim_copies_a_sentence_of_a_text(shared: Path) -> None:
    taken: set[tuple[str, ...]] = set()
    for text in texts(shared).values():
        taken |= runs(text)
    titles = {source["id"]: source["title"] for source in SOURCES}
    for row in [*CLAIMS, *SOURCES, *SPEAKERS, *ORIGINS]:
        for text in strings(row):
            if text != titles.get(row["id"]):
                copied = [" ".join(run) for run in runs(text) & taken]
                assert not copied, f"{row['id']} copies: {copied}"
