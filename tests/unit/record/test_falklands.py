"""The second war as a reader meets it: who held what on which evening, what was known then, and on what the sources differ."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shapely.geometry import Point, Polygon

from situation.record.loading import load
from situation.record.record import Record

FOLDER = Path(__file__).parents[3] / "scenarios" / "falklands-1982"


@pytest.fixture(scope="module")
def record() -> Record:
    return load(FOLDER)


@pytest.mark.parametrize(
    ("place", "at", "holder"),
    [
        ("stanley", "1982-04-01", "united-kingdom"),
        ("stanley", "1982-04-02", "argentina"),
        ("grytviken", "1982-04-03", "argentina"),
        ("grytviken", "1982-04-25", "united-kingdom"),
        ("goose-green", "1982-05-20", "argentina"),
        ("san-carlos", "1982-05-21", "united-kingdom"),
        ("goose-green", "1982-05-29", "united-kingdom"),
        ("mount-kent", "1982-05-31", "united-kingdom"),
        ("mount-longdon", "1982-06-11T12:00", "argentina"),
        ("mount-longdon", "1982-06-12", "united-kingdom"),
        ("mount-tumbledown", "1982-06-13T12:00", "argentina"),
        ("stanley", "1982-06-14T12:00", "argentina"),
        ("stanley", "1982-06-15", "united-kingdom"),
        ("port-howard", "1982-06-14", "argentina"),
        ("port-howard", "1982-06-15", "united-kingdom"),
        ("southern-thule", "1982-06-20", "united-kingdom"),
    ],
)
def test_the_holder_of_a_place_on_an_evening(record: Record, place: str, at: str, holder: str) -> None:
    assert record.state(at=at).places[place].holder == holder


def test_the_surrender_is_known_from_the_day_on_which_it_was_told(record: Record) -> None:
    assert record.state(at="1982-06-15", known_at="1982-06-14").places["stanley"].holder == "argentina"
    assert record.state(at="1982-06-15", known_at="1982-06-15").places["stanley"].holder == "united-kingdom"


def test_the_sources_differ_on_what_has_been_argued_over_since(record: Record) -> None:
    disputed = [set(dispute.claims) for dispute in record.disputes().disputes]
    for pair in (
        {"WG-1", "RN-1"},  # who fired first at Grytviken
        {"OH-14", "JM-1"},  # what bombed the airfield before dawn on 1 May
        {"FM-1", "FM-2", "CL-3"},  # how many had landed at San Carlos
        {"OH-22", "N26-1"},  # the dead of HMS Coventry
        {"MP-1", "OH-29"},  # whether HMS Invincible was hit
        {"T24-1", "IC-1"},  # how many prisoners there were
        {"GL-1", "GL-2", "GL-4", "OH-30"},  # the dead of Fitzroy
    ):
        assert any(pair <= claims for claims in disputed), pair


def test_the_prime_ministers_first_count_of_prisoners_gives_way_to_her_second(record: Record) -> None:
    claims = {claim for dispute in record.disputes().disputes for claim in dispute.claims}
    assert "T24-1" in claims
    assert "T15-5" not in claims


def test_a_later_copy_of_an_article_gives_way_to_no_older_one(record: Record) -> None:
    assert {"WO-1", "WN-1"} & {claim for dispute in record.disputes().disputes for claim in dispute.claims} == set()
    assert {cell: by for (claim, cell), by in record.reading().revised.items() if claim == "WO-1"} == dict.fromkeys(
        (f"goose-green.{cell}" for cell in ("killed_of.argentina", "killed_of.united-kingdom", "wounded_of.argentina")),
        "WN-1",
    )


def test_a_claim_of_a_siege_that_the_state_does_not_bear_out_is_a_mismatch(record: Record) -> None:
    assert {wrong.claim for wrong in record.disputes().mismatches} == {"FM-3"}


def test_both_sides_and_neither_are_heard(record: Record) -> None:
    leans = [{str(actor): lean for actor, lean in it.lean.items()} for it in record.testimony.sources.values()]
    for side in ("united-kingdom", "argentina"):
        assert sum(lean.get(side, 0.0) > 0.0 for lean in leans) >= 6, side
    assert sum(not lean for lean in leans) >= 4


def test_every_place_on_land_lies_on_the_coasts_drawn_or_within_its_precision_of_them(record: Record) -> None:
    ground = json.loads((FOLDER / "ground.json").read_text("utf-8"))
    islands = [Polygon(line) for line in ground["borders"] if len(line) > 3]
    for place in record.ground.places.values():
        if place.id.endswith(("-waters", "-sound")):
            continue
        point = Point(place.at.lon, place.at.lat)
        away_km = min(island.distance(point) for island in islands) * 111.2
        assert away_km <= place.at.precision_km, place.id
