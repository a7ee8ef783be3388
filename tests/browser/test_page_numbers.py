"""What the page says at sampled times is what `situation state --json` says, in every reading of the record."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from situation.commands.cli import main
from situation.record.answers.state import Lens, state_answer
from tests.browser.addresses import follow
from tests.browser.conftest import Open
from tests.browser.record_page import RECORD, record_payload, the_record

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
STATUSES = {"contested": "fought over", "ungarrisoned": "nobody stands there", "unknown": "not known"}
TIMES = (
    *("2017-07-01T00:00", "2017-09-05T12:00", "2017-10-16T08:30", "2017-10-22T23:59", "2017-10-26T12:00"),
    *("2017-10-31T23:59", "2017-11-02T21:00", "2017-11-03T10:00", "2017-11-03T23:59", "2017-11-05T18:00"),
)
READINGS = {"best": "graded", "day": "graded", "two-origins": "two-origins", "first-report": "first-report"}


def _state(at: str, reading: str) -> dict[str, Any]:
    """What the command line answers, from the record that this process has read already."""
    local = f"{at}+03:00"
    return state_answer(the_record(), local, Lens(local if reading == "day" else None, READINGS[reading]))


@pytest.mark.parametrize("reading", READINGS)
def test_the_state_is_what_the_command_line_prints(reading: str) -> None:
    local = f"{TIMES[4]}+03:00"
    known = ["--known-at", local] if reading == "day" else []
    words = ["state", str(RECORD), "--at", local, "--belief", READINGS[reading], *known, "--json"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == _state(TIMES[4], reading)


def _named() -> dict[str, str]:
    return {actor["id"]: actor["name"] for actor in record_payload()["actors"]}


def _status(cell: dict[str, Any]) -> str:
    """The status of a place in the words of the page's table."""
    names = _named()
    match cell["status"]:
        case "held" if cell["declared_by"]:
            return f"held, victory declared by {names[cell['declared_by']]}"
        case "mixed" if cell["parts"]:
            return "split: " + ", ".join(f"{names[part['actor']]} {part['part']}" for part in cell["parts"])
        case "mixed":
            return f"{names[cell['holder']]}, split"
        case "besieged":
            return f"{names[cell['holder']]}, besieged" + (f" by {names[cell['besieger']]}" if cell["besieger"] else "")
        case status:
            return STATUSES.get(str(status), str(status))


def _range(low: int | None, best: int | None, high: int | None) -> str:
    """A number of men in the words of the page."""
    if low and high:
        return f"{low:,} to {high:,}" if low != high else f"{low:,}"
    return f"{low:,} or more" if low else f"up to {high:,}" if high else f"about {best:,}"


def _shown(page: Page, at: str, reading: str) -> dict[str, list[str]]:
    """The page's table at a time, by place."""
    wanted = at.replace(":", "")
    follow(page, f"#t={wanted}&reading={reading}")
    clock = at.split("T")[1]
    page.wait_for_function(
        "([clock, label]) => document.querySelector('#now .hour').innerText === clock"
        " && document.querySelector('#table caption')?.innerText.includes(`, ${clock} `)"
        " && document.querySelector('#table caption').innerText.endsWith(`Reading: ${label}.`)",
        arg=[clock, next(one["label"] for one in record_payload()["readings"] if one["id"] == reading)],
    )
    rows: dict[str, list[str]] = (
        page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('#table tbody tr')]
        .map((row) => [row.querySelector('th > bdi').innerText,
                       [...row.querySelectorAll('td')].map((cell) => cell.innerText)]))""")
    )
    return rows


@pytest.mark.parametrize(
    "reading",
    ["best", *(pytest.param(name, marks=pytest.mark.long) for name in READINGS if name != "best")],
)
def test_holders_statuses_and_grounds_are_those_of_the_command_line(open_page: Open, reading: str) -> None:
    page = open_page(record_payload(), address=f"#t=2017-11-05T2359&reading={reading}")
    page.evaluate("document.getElementById('table-box').open = true")
    names = {place["id"]: place["name"] for place in record_payload()["places"]}
    actors, compared = _named(), 0
    for at in TIMES:
        told, shown = _state(at, reading), _shown(page, at, reading)
        for place, cell in told["places"].items():
            holder, status, _, unsure, _, because = shown[names[place]]
            nobody = "nobody" if cell["status"] == "ungarrisoned" else "not known"
            assert holder == (actors[cell["holder"]] if cell["holder"] else nobody), (at, place)
            assert status == _status(cell), (at, place)
            claims = {name for name in cell["because"] if ":" not in name}
            assert set(re.findall(r"[SB]-?\d[\w-]*", because)) == claims, (at, place)
            assert bool(cell["uncertain"]) == bool(unsure), (at, place)
            compared += 1
    assert compared == len(TIMES) * len(names)


def test_strengths_are_those_of_the_command_line(open_page: Open) -> None:
    page = open_page(record_payload(), address="#t=2017-11-03T2359&reading=best")
    names, compared = _named(), 0
    places = {place["id"]: place["name"] for place in [*record_payload()["places"], *record_payload()["regions"]]}
    for at in TIMES[4:]:
        follow(page, f"#t={at.replace(':', '')}&reading=best")
        words = page.locator("#strengths").get_attribute("aria-label") or ""
        for force in _state(at, "best")["forces"]:
            number = _range(force["low"], force["best"], force["high"])
            assert f"{names[force['actor']]}, {places[force['place']]}: {number}" in words, (at, force, words)
            assert f"{places[force['place']]}: {number} (" not in words, (at, "not of this date", words)
            compared += 1
    assert compared > 3
