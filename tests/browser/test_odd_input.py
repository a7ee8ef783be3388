"""What the page reads, odd: addresses, and what is typed into its fields. An error of a script fails every test (`open_page`)."""

from __future__ import annotations

import random
from urllib.parse import quote

import pytest

from tests.attack.odd_requests import MARK, VALUES, WORDS
from tests.browser.addresses import FRAMES
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

KEYS = (
    *(
        "t",
        "reading",
        "span",
        "view",
        "map",
        "rule",
        "rows",
        "unchanged",
        "tab",
        "panel",
        "symbols",
        "question",
        "about",
        "order",
        "side",
        "whose",
    ),
    *(
        "place",
        "event",
        "entry",
        "actor",
        "force",
        "claim",
        "dispute",
        "link",
        "__proto__",
        "constructor",
        "toString",
        "",
    ),
)
RIGHT = (
    *("2017-11-03T1200", "2017-11-03", "day", "best", "days", "all", "points", "origin", "shown", "shapes", "most"),
    *(
        "albu-kamal",
        "al-qaim",
        "syria",
        "isil",
        "0 0 1",
        "0,0,1",
        "0.5,0.5,2",
        "-1,-1,-1",
        "1e9,1e9,1e9",
        "NaN,NaN,NaN",
    ),
    *(
        "9999-99-99T9999",
        "0000-00-00",
        "-2017-11-03",
        "2017-11-03T9900",
        "2017-02-30",
        "999999-01-01",
        "hasOwnProperty",
    ),
)
TYPED = tuple(value for value in (*VALUES, *RIGHT) if "\ud800" not in value)
FOLLOWED = """async (addresses) => {
    const wrong = [];
    for (const one of addresses) {
        const before = location.hash;
        location.hash = one;
        if (location.hash !== before) await new Promise((done) => setTimeout(done));
        await (FRAMES)();
        const moment = document.getElementById('goto').value;
        if (!/^[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}$/.test(moment)) wrong.push([one, moment]);
        if (document.querySelector('x-evil')) wrong.push([one, 'markup']); }
    return wrong; }""".replace("FRAMES", FRAMES)
TYPING = """async ([id, values]) => {
    const field = document.getElementById(id), wrong = [];
    for (const one of values) {
        field.value = one;
        for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
        await (FRAMES)();
        if (document.querySelector('x-evil')) wrong.push(one); }
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return wrong; }""".replace("FRAMES", FRAMES)


def _address(rng: random.Random) -> str:
    """An address: some keys, right and odd ones, each with a right or an odd value, and sometimes a part that is neither."""
    pairs = []
    for key in rng.sample(KEYS, rng.randint(1, 5)):
        value = rng.choice(RIGHT) if rng.random() < 0.5 else rng.choice(TYPED)
        pairs.append(f"{key}={quote(value) if rng.random() < 0.7 else value}")
    return "#" + "&".join(pairs) + (rng.choice(("", "&", "=", "#", MARK, *WORDS)) if rng.random() < 0.3 else "")


def _followed(open_page: Open, seed: int, count: int) -> None:
    rng = random.Random(seed)
    page = open_page()
    assert page.evaluate(FOLLOWED, [_address(rng) for _ in range(count)]) == []


def test_an_odd_address_is_read_without_an_error_and_lets_no_markup_in(open_page: Open) -> None:
    _followed(open_page, 1, 12)


@pytest.mark.long
def test_many_odd_addresses_are_read_without_an_error(open_page: Open) -> None:
    _followed(open_page, 2, 300)


DAYS = ("0001-01-01", "9999-12-31", "", "2017-02-28", "1582-10-10", "2017-11-03", "275760-09-13")


@pytest.mark.parametrize("field", ["search", "goto"])
def test_what_is_typed_may_be_odd(open_page: Open, field: str) -> None:
    values = [*(DAYS if field == "goto" else ()), *random.Random(1).sample(TYPED, 12), MARK]
    assert open_page().evaluate(TYPING, [field, values]) == []
