"""docs/page.md walks through the page: its steps can be gone, and what it quotes is what the page and the record say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import situation as sit
from docs.pictures.walk import QUESTION, REPLAY_STOPS, STORY_STOPS, go, kept_words
from situation.log.entry import Assumed
from situation.page.pictures import PANELS
from situation.record.record import Record
from tests.browser.addresses import all_drawn, drawn

SITUATION = Path("scenarios/al-qaim-2017")
TEXT = Path("docs/page.md").read_text("utf-8")
KEPT = kept_words(TEXT)
STORIES = 16


@pytest.fixture(scope="module")
def record() -> Record:
    return sit.load(SITUATION)


@pytest.fixture(scope="module")
def replayed(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sit.dashboard(record, to=tmp_path_factory.mktemp("replay") / "page.html")


@pytest.fixture(scope="module")
def compared(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    base, clash = (
        sit.run(sit.load_scenario(SITUATION / f"{name}.yaml"), runs=STORIES)
        for name in ("baseline", "sdf-government-confrontation")
    )
    return sit.dashboard(clash, against=base, to=tmp_path_factory.mktemp("comparison") / "page.html")


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(offline=True, viewport={"width": 1440, "height": 900}, locale="en-GB") as opened:
        yield opened


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    with window.new_page() as page:
        yield page
        page.evaluate("localStorage.clear()")


def opened(page: Page, file: Path) -> Page:
    page.goto(file.as_uri())
    all_drawn(page)
    return page


@pytest.mark.long
@pytest.mark.browser
def test_the_page_of_the_record_says_what_the_walk_quotes(page: Page, replayed: Path) -> None:
    """Where this fails because page or record have changed for good: make pictures."""
    said = go(opened(page, replayed), REPLAY_STOPS)
    assert {name: KEPT[name] for name in REPLAY_STOPS} == said


@pytest.mark.browser
@pytest.mark.long
def test_the_walk_through_a_comparison_can_be_gone(page: Page, compared: Path) -> None:
    said = go(opened(page, compared), STORY_STOPS)
    facts = re.findall(r"^> - ([A-Z][a-z ]+):", said["year-end"], flags=re.MULTILINE)
    assert {"Share", "Outer band", "Against the baseline"} <= set(facts)
    assert "> - Hangs on: " in KEPT["year-end"]  # so few stories may all agree, and hang on nothing
    assert set(facts) <= set(re.findall(r"^> - ([A-Z][a-z ]+):", KEPT["year-end"], flags=re.MULTILINE))
    assert f" of {STORIES} stories" in said["year-end"]
    assert said["hangs-on"]


@pytest.mark.browser
@pytest.mark.long
def test_every_control_that_the_walk_names_is_on_its_page(page: Page, replayed: Path, compared: Path) -> None:
    """Each word in bold in a step is a button, a heading, a field or a line of the page, here or where the walk stops."""
    first, _, second = TEXT.partition("## How likely")
    for file, text in ((replayed, first), (compared, second.partition("## Pictures")[0])):
        there = opened(page, file)
        if file == replayed:
            go(there, REPLAY_STOPS)
        seen = ""
        for tab in there.locator("#tabs [role=tab]:visible").all():
            tab.click()
            drawn(there)
            seen += there.evaluate(
                """() => document.body.innerText
                    + [...document.querySelectorAll("[placeholder]")].map((one) => one.placeholder)"""
            )
        steps = re.sub(r"^>.*$", "", text, flags=re.MULTILINE)
        named = {" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", steps, flags=re.DOTALL)}
        said_elsewhere = {"What the difference hangs on", "not known yet", "Close", "Hangs on"}
        assert named
        assert [words for words in sorted(named - said_elsewhere) if words not in seen] == []


def test_who_held_albu_kamal_is_what_the_record_says(record: Record) -> None:
    assert record.state(at="2017-11-03").places["albu-kamal"].holder == "islamic-state"
    why = record.why("albu-kamal.holder", at="2017-11-03")
    claims = re.findall(r"`([SB][\w-]+)`", KEPT["albu-kamal"])
    assert "**Islamic State.**" in KEPT["albu-kamal"]
    assert why.entry is not None
    assert isinstance(why.entry.cause, Assumed)
    assert set(why.entry.cause.claims) <= set(claims)
    assert claims == [voice.claim.id for voice in why.supporting]


def test_what_was_known_that_evening_is_what_the_record_says(record: Record) -> None:
    known = record.reading(known_at="2017-11-03").claims
    assert f"{len(known)} of {len(record.reading().claims)} claims had been said by then" in KEPT["that-evening"]
    then, now = record.state(at="2017-11-03", known_at="2017-11-03").places, record.state(at="2017-11-03").places
    assert (then["al-qaim"].holder, now["al-qaim"].holder) == ("iraq", "iraq")
    assert "Iraq took al-Qaim from Islamic State, 3 Nov 2017 · 1 claim" in KEPT["that-evening"]
    for place, words in (("husaybah-crossing", "the Husaybah border crossing"), ("karabilah", "Karabilah")):
        assert (then[place].holder, now[place].holder) == ("islamic-state", "iraq")
        assert f"took {words} from Islamic State, 3 Nov 2017; first said 4 Nov 2017" in KEPT["that-evening"]


def test_on_what_the_sources_disagree_about_al_qaim_is_what_the_record_says(record: Record) -> None:
    disputes = [
        one for one in record.disputes().disputes if one.cell.startswith(("al-qaim.", "islamic-state@al-qaim."))
    ]
    assert {one.cell for one in disputes} == {"al-qaim.taken_by", "islamic-state@al-qaim.strength"}
    assert "al-Qaim, taken by, 26 Oct to 3 Nov 2017: " in KEPT["al-qaim"]
    assert "Islamic State at al-Qaim, strength, 26 Oct to 4 Nov 2017: " in KEPT["al-qaim"]
    (takers,) = (one for one in disputes if one.cell == "al-qaim.taken_by")
    assert (
        KEPT["al-qaim"].split("taken by, 26 Oct to 3 Nov 2017: ")[1].splitlines()[0].count("≠")
        == len(takers.weighed.question.answers) - 1
    )


def test_the_question_of_the_walk_is_asked_by_the_scenario() -> None:
    for name in ("baseline", "sdf-government-confrontation"):
        asked = sit.load_scenario(SITUATION / f"{name}.yaml").questions
        assert QUESTION in [question.text for question in asked.values()]
    assert QUESTION in " ".join(TEXT.split())


def test_the_table_of_panels_is_that_of_the_pictures() -> None:
    told = dict(re.findall(r"^\| `([\w-]+)` \| (.+?) \|$", TEXT, flags=re.MULTILINE))
    assert told == {panel.name: f"{panel.about}{' (stories)' if panel.stories else ''}" for panel in PANELS.values()}


def test_every_picture_of_the_walk_is_there_and_together_they_are_small() -> None:
    folder = Path("docs/pictures")
    named = set(re.findall(r"\]\(pictures/([\w.-]+)\)", TEXT))
    assert named == {picture.name for picture in folder.glob("walk-*.png")}
    assert sum(picture.stat().st_size for picture in folder.glob("*.png")) < 2_500_000
