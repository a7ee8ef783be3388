"""The ground of the first situation: banks, countries, references, the opening, and colours that can be told apart."""

from __future__ import annotations

import itertools
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from shapely.geometry import LineString, Point, Polygon, box
from shapely.ops import polygonize, unary_union

FOLDER = Path(__file__).parents[3] / "scenarios" / "al-qaim-2017"
FRAME = box(36.0, 32.5, 45.5, 37.5)
COUNTRY_NAMES = {"IQ": "IRAQ", "SY": "SYRIA"}
STATUSES = {"held", "contested", "besieged", "mixed", "ungarrisoned", "unknown"}
STANCES = {"allied", "coordinated", "deconflicted", "tolerated", "hostile", "neutral"}
POSTURES = {"attacks", "holds", "delays", "hides", "supports", "none"}
SHAPES = {"circle", "square", "diamond", "triangle-up", "triangle-down", "pentagon", "cross", "x", "star", "hexagon"}

# Riverside places beside those of the map: longitude, latitude, bank. Source: GeoNames, UCDP GED, IOM DTM.
RIVERSIDE = {
    "Saadah": (41.09281, 34.369956, "right"),
    "Haqlaniyah": (42.36174, 34.08599, "right"),
    "Hit": (42.82768, 33.63664, "right"),
    "Ramadi": (43.30778, 33.42056, "right"),
    "Falluja": (43.78599, 33.34913, "left"),
    "Hamdan air base": (40.8975, 34.481944, "right"),
    "al-Sukkariyah": (40.893843, 34.481285, "right"),
    "al-Salihiyah": (40.64171, 34.768347, "right"),
    "Subaykhan": (40.59987, 34.85305, "right"),
    "Conoco plant": (40.319002, 35.337258, "left"),
    "Tanak oil field": (40.833889, 34.906389, "left"),
    "Markada": (40.75304, 35.74607, "left"),
    "Abu Hamam": (40.673989, 34.824883, "left"),
    "Gharanij": (40.721539, 34.780624, "left"),
    "al-Bahrah": (40.770556, 34.744167, "left"),
    "al-Shaafah": (40.93441, 34.57888, "left"),
    "Susah": (40.95819, 34.53366, "left"),
    "Baghuz Tahtani": (40.99226, 34.43221, "left"),
    "al-Hiri": (40.97, 34.437222, "right"),
}

# Full dichromacy, on linear RGB. Source: Machado, Oliveira and Fernandes 2009, table for severity 1.0.
VISIONS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "achromat": ((0.2126, 0.7152, 0.0722), (0.2126, 0.7152, 0.0722), (0.2126, 0.7152, 0.0722)),
}
TELLS_APART = 15.0
"""CIE 1976 difference that two marks need. ASSUMED: some six times the 2.3 that is just noticeable, for small marks."""


@pytest.fixture(scope="module")
def ground_map() -> dict[str, Any]:
    """The map as plain mappings and lists."""
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "map.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def ground() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "ground.json").read_text(encoding="utf-8"))
    return loaded


def bank_of(ground: dict[str, Any], lon: float, lat: float) -> str:
    """The Euphrates bank of a point: the line, drawn downstream, is closed far to the north-east into the left bank."""
    line = next(river["lines"] for river in ground["rivers"] if river["name"] == "Euphrates")[0]
    left_bank = Polygon([*line, (50.0, 32.0), (50.0, 40.0), (38.0, 40.0)])
    return "left" if left_bank.contains(Point(lon, lat)) else "right"


def country_of(ground: dict[str, Any], lon: float, lat: float) -> str | None:
    """The name of the country in whose borders a point lies, None where no labelled country does."""
    lines = [LineString(border) for border in ground["borders"]]
    cells = polygonize(unary_union([*lines, FRAME.exterior]))
    cell = next((c for c in cells if c.contains(Point(lon, lat))), None)
    if cell is None:
        return None
    return next((str(c["name"]) for c in ground["countries"] if cell.contains(Point(c["lon"], c["lat"]))), None)


def on_wrong_bank(ground: dict[str, Any], places: list[dict[str, Any]]) -> list[str]:
    """Ids of the places with a stated bank that do not lie on it."""
    return [
        p["id"]
        for p in places
        if p["bank"] in ("left", "right") and bank_of(ground, p["at"]["lon"], p["at"]["lat"]) != p["bank"]
    ]


def colour_in_lab(code: str, vision: str) -> tuple[float, float, float]:
    """A #RRGGBB colour as CIE L*a*b* (D65), seen with a kind of colour vision."""
    shares = [int(code[i : i + 2], 16) / 255.0 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in VISIONS[vision])
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def kilometres(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Great-circle distance between two places, in km."""
    y1, x1, y2, x2 = (math.radians(v) for v in (a["at"]["lat"], a["at"]["lon"], b["at"]["lat"], b["at"]["lon"]))
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def roots_of(ground_map: dict[str, Any]) -> list[dict[str, Any]]:
    return [a for a in ground_map["actors"] if "parent" not in a]


def test_each_place_lies_on_its_stated_bank(ground: dict[str, Any], ground_map: dict[str, Any]) -> None:
    assert on_wrong_bank(ground, ground_map["places"]) == []


@pytest.mark.parametrize("name", sorted(RIVERSIDE))
def test_each_other_riverside_town_lies_on_its_bank(ground: dict[str, Any], name: str) -> None:
    lon, lat, bank = RIVERSIDE[name]
    assert bank_of(ground, lon, lat) == bank


def test_a_place_put_on_the_wrong_bank_is_found(ground: dict[str, Any], ground_map: dict[str, Any]) -> None:
    moved = [{**p, "at": {"lat": 34.5, "lon": 41.0}} for p in ground_map["places"] if p["id"] == "al-qaim"]
    assert on_wrong_bank(ground, moved) == ["al-qaim"]


def test_each_place_lies_in_its_country(ground: dict[str, Any], ground_map: dict[str, Any]) -> None:
    astray = {
        p["id"]: found
        for p in ground_map["places"]
        if (found := country_of(ground, p["at"]["lon"], p["at"]["lat"])) != COUNTRY_NAMES[p["country"]]
    }
    assert astray == {}


def test_a_place_put_over_the_border_is_found(ground: dict[str, Any]) -> None:
    assert country_of(ground, 41.5, 34.8) == "IRAQ"
    assert country_of(ground, 40.8, 34.8) == "SYRIA"


def test_coordinates_are_rounded_and_keys_sorted(ground: dict[str, Any]) -> None:
    text = (FOLDER / "ground.json").read_text(encoding="utf-8")
    assert not re.search(r"\d\.\d{5}", text)
    assert text == json.dumps(ground, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    assert len(text) < 40_000


@pytest.mark.parametrize("keys", [("actors", "places", "operations"), ("places", "regions"), ("links",)])
def test_ids_are_unique_among_subjects_of_cells_among_areas_and_among_links(
    ground_map: dict[str, Any], keys: tuple[str, ...]
) -> None:
    ids = [entry["id"] for key in keys for entry in ground_map[key]]
    assert sorted(ids) == sorted(set(ids))


def test_a_spelling_means_one_thing(ground_map: dict[str, Any]) -> None:
    owners: dict[str, set[str]] = {}
    for key in ("actors", "places", "regions", "operations"):
        for entry in ground_map[key]:
            for spelling in (entry["id"], entry["name"], *entry.get("aliases", ())):
                owners.setdefault(spelling.casefold(), set()).add(entry["id"])
    assert {s: o for s, o in owners.items() if len(o) > 1} == {}


def test_every_reference_exists(ground_map: dict[str, Any]) -> None:
    places = {p["id"] for p in ground_map["places"]}
    actors = {a["id"] for a in ground_map["actors"]}
    assert {p["within"] for p in ground_map["places"] if "within" in p} <= places
    assert {a["parent"] for a in ground_map["actors"] if "parent" in a} <= actors
    assert {p for r in ground_map["regions"] for p in r["places"]} <= places
    assert {p for link in ground_map["links"] for p in link["ends"]} <= places
    for place in ground_map["opening"]["places"].values():
        named = {place.get("holder"), place.get("besieger"), *(part["actor"] for part in place.get("parts", ()))}
        assert named - {None} <= actors


def test_a_link_is_no_shorter_than_the_straight_line(ground_map: dict[str, Any]) -> None:
    places = {p["id"]: p for p in ground_map["places"]}
    for link in ground_map["links"]:
        start, end = link["ends"]
        assert link["id"] == f"{start}--{end}"
        assert link["km"] >= 0.99 * kilometres(places[start], places[end]), link["id"]


def test_every_place_can_be_reached_from_every_other(ground_map: dict[str, Any]) -> None:
    beside: dict[str, set[str]] = {p["id"]: set() for p in ground_map["places"]}
    for start, end in (link["ends"] for link in ground_map["links"]):
        beside[start].add(end)
        beside[end].add(start)
    reached, waiting = set[str](), ["al-qaim"]
    while waiting:
        place = waiting.pop()
        if place not in reached:
            reached.add(place)
            waiting.extend(beside[place])
    assert reached == set(beside)


def test_the_opening_covers_every_place_and_actor(ground_map: dict[str, Any]) -> None:
    opening = ground_map["opening"]
    assert opening["at"] == ground_map["window"]["from"]
    assert list(opening["places"]) == [p["id"] for p in ground_map["places"]]
    assert sorted(opening["actors"]) == sorted(a["id"] for a in ground_map["actors"])
    assert {p["status"] for p in opening["places"].values()} <= STATUSES
    assert {a["posture"] for a in opening["actors"].values()} <= POSTURES


def test_every_value_of_the_opening_has_a_claim_or_a_reason(ground_map: dict[str, Any]) -> None:
    opening = ground_map["opening"]
    for value in (*opening["places"].values(), *opening["actors"].values(), *opening["relations"]):
        assert value.get("because") or value.get("assumed"), value
        assert all(re.fullmatch(r"S[0-4]-\d\d|B-\d\d", claim) for claim in value.get("because", ())), value


def test_relations_are_between_root_actors_and_stated_once(ground_map: dict[str, Any]) -> None:
    roots = {a["id"] for a in roots_of(ground_map)}
    relations = ground_map["opening"]["relations"]
    pairs = [(r["from"], r["to"]) for r in relations]
    assert len(pairs) == len(set(pairs))
    assert {actor for pair in pairs for actor in pair} <= roots
    assert {r["stance"] for r in relations} <= STANCES


def test_every_root_actor_has_its_own_shape(ground_map: dict[str, Any]) -> None:
    shapes = [a["shape"] for a in roots_of(ground_map)]
    assert len(shapes) == len(set(shapes))
    assert set(shapes) <= SHAPES


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("vision", [v for v in VISIONS if v != "achromat"])
def test_colours_can_be_told_apart(ground_map: dict[str, Any], theme: str, vision: str) -> None:
    labs = {a["id"]: colour_in_lab(a["colour"][theme], vision) for a in roots_of(ground_map)}
    close = {(a, b): d for a, b in itertools.combinations(labs, 2) if (d := math.dist(labs[a], labs[b])) < TELLS_APART}
    assert close == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_any_colour_the_shapes_still_tell_actors_apart(ground_map: dict[str, Any], theme: str) -> None:
    roots = roots_of(ground_map)
    labs = {a["id"]: colour_in_lab(a["colour"][theme], "achromat") for a in roots}
    shapes = {a["id"]: a["shape"] for a in roots}
    for a, b in itertools.combinations(labs, 2):
        assert math.dist(labs[a], labs[b]) >= TELLS_APART or shapes[a] != shapes[b]


def test_a_red_and_an_olive_of_one_lightness_do_not_pass_for_a_deutan_eye() -> None:
    assert math.dist(colour_in_lab("#D6150E", "deutan"), colour_in_lab("#8A6A00", "deutan")) < TELLS_APART
