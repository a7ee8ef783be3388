"""The map: moved by finger and by keys, close-ups in which every place can be chosen, and places found by loose spellings."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import address, drawn, follow, open_tab
from tests.browser.conftest import Open
from tests.browser.record_page import record_payload
from tests.browser.sample import sample

pytestmark = pytest.mark.browser

WITHIN_CLOSEUPS = """() => [...document.querySelectorAll('.closeup svg .place')].flatMap((node) => {
    node.scrollIntoView({ block: 'center' });
    const box = node.querySelector('.hit').getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    const frame = node.closest('svg').getBoundingClientRect();
    if (x < frame.x || x > frame.right || y < frame.y || y > frame.bottom) return [];
    return [document.elementFromPoint(x, y)?.closest('.place') === node]; })"""

COVERED = """() => { const map = document.getElementById('map');
    const markers = [...map.querySelectorAll('.marks .place .hit')].map((node) => node.getBoundingClientRect())
        .map((box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2, r: box.width / 2 - 4 })).filter(({ r }) => r > 5.1);
    return [...map.querySelectorAll('.names text')].filter((name) => {
        const { x, right, y, bottom } = name.getBoundingClientRect(), middle = (y + bottom) / 2;
        return markers.some((it) => it.x + it.r > x + 1 && it.x - it.r < right - 1 && Math.abs(it.y - middle) < it.r + 4);
    }).map((name) => name.textContent); }"""
"""The names on the main map that lie over a marker; the small dots of what is told in a close-up do not count."""


def _camera(page: Page) -> list[float]:
    """Longitude, latitude and scale of the part of the map that the address names."""
    part = next(one for one in address(page).split("&") if one.startswith("map="))
    return [float(number) for number in part.removeprefix("map=").replace("%2C", ",").split(",")]


def _crowded() -> dict[str, Any]:
    """The sample, its crossing as near to the town as in the record."""
    payload = copy.deepcopy(sample())
    for place in payload["places"]:
        if place["id"] == "husaybah-crossing":
            place["lat"], place["lon"] = 34.394, 40.990
    return payload


def test_in_a_close_up_every_place_can_be_chosen(open_page: Open) -> None:
    page = open_page(_crowded())
    found = page.evaluate(WITHIN_CLOSEUPS)
    assert len(found) > 5
    assert all(found)


def test_a_step_of_the_date_leaves_the_names_where_they_stand(open_page: Open) -> None:
    page = open_page(address="#t=2017-09-18T1200&reading=best")
    names = page.locator("svg.main .names text")
    names.evaluate_all("(all) => all.forEach((one) => { one.stood = true; })")
    before = names.all_inner_texts()
    follow(page, "#t=2017-11-03T2359&reading=best")
    assert names.all_inner_texts() == before
    signs = page.locator("svg.main .sign").count()
    moved = names.evaluate_all("(all) => all.filter((one) => !one.stood).length")
    assert moved <= signs < len(before)


def test_the_arrows_move_the_focused_map_and_no_date(open_page: Open) -> None:
    page = open_page()
    page.locator("#zoom-in").click()
    lon, lat, scale = _camera(page)
    date = page.locator("#now").inner_text()
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("+")
    east, north, larger = _camera(page)
    assert east > lon
    assert north > lat
    assert larger > scale
    assert page.locator("#now").inner_text() == date


def _dragged(page: Page) -> None:
    """Draw a finger over the middle of the map, to the left."""
    page.evaluate(
        """() => { const svg = document.querySelector('svg.main'), box = svg.getBoundingClientRect();
        const finger = { bubbles: true, isPrimary: true, pointerType: 'touch', button: 0, clientY: box.y + 120 };
        const at = (x) => ({ ...finger, clientX: box.x + x });
        svg.dispatchEvent(new PointerEvent('pointerdown', at(200)));
        for (const x of [180, 140, 100]) svg.dispatchEvent(new PointerEvent('pointermove', at(x)));
        svg.dispatchEvent(new PointerEvent('pointerup', at(100))); }"""
    )
    drawn(page)


@pytest.mark.long
def test_a_finger_moves_the_map_once_it_is_zoomed_in_and_scrolls_the_page_before(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    _dragged(page)
    assert "map=" not in address(page)
    assert page.evaluate("getComputedStyle(document.querySelector('svg.main')).touchAction") == "auto"
    page.locator("#zoom-in").tap()
    drawn(page)
    assert page.evaluate("getComputedStyle(document.querySelector('svg.main')).touchAction") == "none"
    before = _camera(page)
    _dragged(page)
    assert _camera(page)[0] > before[0]
    assert _camera(page)[1:] == before[1:]


def test_a_place_that_is_looked_up_comes_into_the_middle_of_a_part_of_the_map(open_page: Open) -> None:
    page = open_page(address="#map=44.0,35.4,900")
    page.locator("#search").fill("rawa")
    page.keyboard.press("Enter")
    expect(page.locator("#detail h3")).to_have_text("Rawa")
    assert _camera(page) == [41.919, 34.482, 900]


@pytest.mark.parametrize(
    ("spelling", "place"),
    [
        ("albukamal", "Albu Kamal"),
        ("alqaim", "al-Qaim"),
        ("Kaim", "al-Qaim"),
        ("Al-Ubaidi", "al-Ubaydi"),
        ("ubeidi", "al-Ubaydi"),
        ("Dayr az-Zawr", "Deir ez-Zor"),
        ("deirezzor", "Deir ez-Zor"),
        ("Mayadeen", "Mayadin"),
        ("rawah", "Rawa"),
        ("قائم", "al-Qaim"),
    ],
)
def test_a_place_is_found_by_a_spelling_that_nobody_listed(open_page: Open, spelling: str, place: str) -> None:
    payload = copy.deepcopy(sample())
    payload["places"][3] |= {"name": "al-Ubaydi"}
    for one in payload["places"]:
        one["aliases"] = [alias for alias in one["aliases"] if not alias.isascii()]
    page = open_page(payload)
    page.locator("#search").fill(spelling)
    page.keyboard.press("Enter")
    expect(page.locator("#detail h3")).to_have_text(place)


def test_tracks_through_the_desert_are_fainter_than_roads_and_borders_are_whole_lines(open_page: Open) -> None:
    page = open_page()
    look = """(node) => { const { opacity, strokeWidth, strokeDasharray } = getComputedStyle(node);
        return [+opacity, parseFloat(strokeWidth), strokeDasharray]; }"""
    track, road = (page.locator(f"svg.main .roads .{kind}").first.evaluate(look) for kind in ("track", "road"))
    assert track[:2] < road[:2]
    assert {page.locator("svg.main .border").nth(n).evaluate(look)[2] for n in (0, 1)} == {"none"}


def test_roads_that_lie_off_the_sheet_are_not_drawn(open_page: Open) -> None:
    page = open_page()
    off = """() => [...document.querySelectorAll('#map svg')].flatMap((svg) => {
        const { width, height } = svg.viewBox.baseVal;
        return [...svg.querySelectorAll('.roads line')].filter((line) => {
            const [x1, x2, y1, y2] = ['x1', 'x2', 'y1', 'y2'].map((key) => line[key].baseVal.value);
            const beyond = (a, b, size) => Math.max(a, b) < -9 || Math.min(a, b) > size + 9;
            return beyond(x1, x2, width) || beyond(y1, y2, height);
        }).map((line) => line.outerHTML); })"""
    assert page.locator("svg.main .roads line").count()
    assert page.evaluate(off) == []


def test_the_name_of_a_country_stands_at_the_edge_where_its_middle_is_out_of_sight(open_page: Open) -> None:
    page = open_page(address="#map=41.0,34.4,900")
    names = page.locator("svg.main .country")
    expect(names.filter(has_text="IRAQ")).to_have_count(1)
    follow(page, "#map=39.2,35.4,1500")
    expect(names.filter(has_text="IRAQ")).to_have_count(0)


def test_the_sign_for_unequal_comes_from_a_font_that_has_it(open_page: Open) -> None:
    page = open_page()
    assert page.evaluate("[...document.fonts].map((one) => [one.family, one.unicodeRange])") == [["Unequal", "U+2260"]]
    families: list[str] = page.evaluate(
        "[...document.querySelectorAll('.sign, .signs li, .rivals .against')].map((one) => getComputedStyle(one).fontFamily)"
    )
    assert len(families) > 3
    assert all(one.startswith("Unequal") for one in families)


COLOURS = """() => { const probe = document.createElement('span');
    probe.style.cssText = 'forced-color-adjust: none; background: Highlight; color: HighlightText';
    document.body.append(probe);
    const look = (node) => { const { backgroundColor, color } = getComputedStyle(node); return `${backgroundColor} ${color}`; };
    const looks = (selector) => [...document.querySelectorAll(selector)].map(look);
    const found = [look(probe), looks('[aria-pressed=true], [role=tab][aria-selected=true]'), looks('[aria-pressed=false]')];
    probe.remove();
    return found; }"""


def test_what_is_chosen_can_be_told_where_colours_are_forced(open_page: Open) -> None:
    """What is pressed has the colours of a selection, whatever the reader's system makes them; nothing else has."""
    page = open_page()
    open_tab(page, "sources")
    page.emulate_media(forced_colors="active")
    selected, pressed, others = page.evaluate(COLOURS)
    assert len(pressed) >= 5
    assert set(pressed) == {selected}
    assert len(others) > 4
    assert selected not in others


def _turned(payload: dict[str, Any], east: float) -> dict[str, Any]:
    """The same ground, further east round the globe, its longitudes written from -180 to 180."""

    def turn(lon: float) -> float:
        return round((lon + east + 180) % 360 - 180, 6)

    geo = payload["geo"]
    for one in [*payload["places"], *geo["countries"]]:
        one["lon"] = turn(one["lon"])
    lines = [*geo["borders"], *geo.get("coast", ()), *(line for one in geo["rivers"] for line in one["lines"])]
    for line in [*lines, *(ring for one in geo["lakes"] for ring in one["rings"])]:
        line[:] = [[turn(lon), lat] for lon, lat in line]
    return payload


DRAWN = """() => ({
    marks: [...document.querySelectorAll('svg.main .place')].map((node) => node.getAttribute('transform')),
    ground: [...document.querySelectorAll('svg.main .land path')].map((node) => node.getAttribute('d')),
    scale: document.querySelector('svg.main .scale').textContent })"""


@pytest.mark.long
@pytest.mark.parametrize("view", ["valley", "all"])
def test_places_on_both_sides_of_the_180th_meridian_lie_together(open_page: Open, view: str) -> None:
    payload = copy.deepcopy(sample())
    payload["geo"]["coast"] = copy.deepcopy(payload["geo"]["borders"])
    turned = _turned(copy.deepcopy(payload), 139)
    assert {place["lon"] > 0 for place in turned["places"]} == {True, False}
    found = open_page(turned, address=f"#view={view}").evaluate(DRAWN)
    expected = open_page(payload, address=f"#view={view}").evaluate(DRAWN)
    assert len(found["marks"]) > 10
    assert found == expected


def test_beyond_the_180th_meridian_an_address_and_a_place_have_their_usual_longitude(open_page: Open) -> None:
    page = open_page(_turned(copy.deepcopy(sample()), 139), address="#map=-179.081,34.482,900")
    expect(page.locator("svg.main .names")).to_contain_text("Rawa")
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    assert -179.081 < _camera(page)[0] < -177
    follow(page, "#place=rawa")
    expect(page.locator("#detail")).to_contain_text("34.482\u00b0 N, 179.081\u00b0 W")


def test_a_place_that_changes_hands_is_in_the_main_area_where_there_is_room(open_page: Open) -> None:
    payload = copy.deepcopy(sample())
    for reading in payload["readings"]:
        for entry in reading["entries"]:
            entry["claims"] = entry["claims"] * (30 if entry["place"] == "al-qaim" else 1)
    payload["places"] = [one for one in payload["places"] if one["id"] not in ("kirkuk", "baghdad")]
    page = open_page(payload)
    for name in ("Anah", "Mayadin", "Deir ez-Zor"):
        expect(page.locator("svg.main .names")).to_contain_text(name)


@pytest.mark.parametrize(
    ("far", "words"),
    [
        (("kirkuk", "baghdad"), "3 places outside, one of which changes hands: whole map."),
        (("kirkuk", "baghdad", "anah"), "4 places outside, 2 of which change hands: whole map."),
    ],
)
def test_what_lies_outside_the_main_area_is_counted_under_the_map(
    open_page: Open, far: tuple[str, ...], words: str
) -> None:
    payload = copy.deepcopy(sample())
    for place in payload["places"]:
        if place["id"] in far:
            place["lon"] += 20
    page = open_page(payload)
    hint = page.locator("#outside")
    expect(hint).to_have_text(words)
    hint.get_by_role("button", name="whole map").click()
    expect(hint).to_be_hidden()
    assert "view=all" in address(page)


def _without_holders(payload: dict[str, Any]) -> dict[str, Any]:
    """The sample, but nobody stands in the desert, and nothing is known of Rawa."""
    for reading in payload["readings"]:
        reading["history"] = [
            row for row in reading["history"] if row[0] not in ("anbar-desert.holder", "rawa.holder", "rawa.status")
        ]
    return payload


FILLS = "(row) => [...row.querySelectorAll('rect:not(.under)')].map((one) => one.getAttribute('fill'))"


def test_where_nobody_stands_looks_like_no_fight_and_no_ignorance(open_page: Open) -> None:
    page = open_page(_without_holders(copy.deepcopy(sample())), address="#unchanged=shown")
    fills = {place: page.locator(f"#strips [data-place={place}]").evaluate(FILLS) for place in ("anbar-desert", "rawa")}
    assert fills == {"anbar-desert": ["var(--sunk)", "var(--muted)"], "rawa": ["var(--sunk)", "url(#crosses)"]}
    expect(page.locator("#legend .holders")).to_contain_text("Nobody1")
    expect(page.locator("#legend .holders")).to_contain_text("Not known1")


PATTERNS = """() => { const of = (selector) => [...new Set([...document.querySelectorAll(selector)]
        .flatMap((one) => [one.getAttribute('fill'), getComputedStyle(one).fill])
        .map((fill) => /url\\("?(#\\w+)/.exec(fill ?? '')?.[1]).filter(Boolean))].sort();
    return [of('#strips .row rect'), of('#strips .key rect')]; }"""


def test_the_key_of_the_strips_has_every_pattern_that_is_drawn_and_no_other(open_page: Open) -> None:
    page = open_page(_without_holders(copy.deepcopy(sample())), address="#unchanged=shown")
    drawn_, told = page.evaluate(PATTERNS)
    assert drawn_ == told
    assert {"#crosses", "#dots", "#stripes"} <= set(told)
    key = page.locator("#strips .key")
    for words in ("fought over", "nobody stands there", "not known who holds it", "besieged", "split between two"):
        expect(key).to_contain_text(words)
    follow(page, "#t=2017-07-02&span=days")
    drawn_, told = page.evaluate(PATTERNS)
    assert drawn_ == told
    expect(key).not_to_contain_text("day or hour not known")


@pytest.mark.long
@pytest.mark.parametrize("width", [1600, 390])
def test_no_name_lies_over_a_marker_though_that_has_no_name_itself(open_page: Open, width: int) -> None:
    page = open_page(record_payload(), viewport={"width": width, "height": 1000})
    assert page.locator("#map .names text").count() > 10
    assert page.evaluate(COVERED) == []


@pytest.mark.parametrize(("width", "km"), [(1600, 50), (1024, 100), (768, 100), (390, 100)])
def test_what_is_told_of_far_off_places_has_an_inset_and_leaves_the_main_area_its_scale(
    open_page: Open, width: int, km: int
) -> None:
    payload = copy.deepcopy(sample())
    payload["places"] = [one for one in payload["places"] if not one["id"].startswith("dez-")]
    for place in payload["places"]:
        if place["id"] in ("anah", "kirkuk"):
            place["lon"] += 28
    for reading in payload["readings"]:
        for entry in reading["entries"]:
            if entry["place"] in ("anah", "kirkuk"):
                entry["claims"] = entry["claims"] * 2
    page = open_page(payload, viewport={"width": width, "height": 1000})
    scale, unit = (page.locator("svg.main .scale text").text_content() or "").split()
    assert (unit, int(scale) <= km) == ("km", True)
    inset = page.locator(".closeup", has_text="km east")
    expect(inset.locator("figcaption")).to_have_text(re.compile(r"^(Anah|Kirkuk), 2,[0-9]{3} km east$"))
    drawn_at = inset.locator("svg").evaluate("(svg) => svg.getScreenCTM().a")
    assert drawn_at == pytest.approx(1, abs=0.08)
    assert {"Anah", "Kirkuk"} & set(inset.locator(".names text").all_text_contents())
