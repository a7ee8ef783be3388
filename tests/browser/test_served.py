"""The served edition as a person meets it: a form, its progress, the result, and every page of it, by eye, key and ear."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.test_page_access import faults
from tests.unit.serving.served import Server, home_of, serving

pytestmark = pytest.mark.browser

SLOW = 60_000
"""Milliseconds that a job's process may need to begin, or to say something, on a machine that has much to do."""
Visit = Callable[..., Page]
HOSTILE = '<img src=x onerror="window.ran=1">\u202e</script><script>window.ran=1</script>'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(home_of(tmp_path_factory.mktemp("home"))) as running:
        yield running


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One window for all visits: a new one costs more than the page that it shows."""
    with browser.new_context() as opened:
        yield opened


@pytest.fixture
def visit(browser: Browser, window: BrowserContext, server: Server) -> Iterator[Visit]:
    """Open an address of the server in a tab; fail on any console error, exception, or request that leaves it."""
    complaints: list[str] = []
    with ExitStack() as opened:

        def visit_one(path: str, *, width: int = 1280, theme: Any = "light", scripts: bool = True) -> Page:
            page = (window if scripts else browser.new_context(java_script_enabled=False)).new_page()
            opened.callback(page.close if scripts else page.context.close)
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)

            def heard(told: ConsoleMessage) -> None:
                # A browser notes every answer of 400 and above; the form answers so when something in it is wrong.
                if told.type in ("error", "warning") and "422" not in told.text:
                    complaints.append(told.text)

            def asked(request: Request) -> None:
                if not request.url.startswith((server.address, "data:", "blob:")):
                    complaints.append(f"asked for {request.url}")

            page.on("console", heard)
            page.on("request", asked)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(server.address + path)
            return page

        yield visit_one
    assert not complaints, complaints


def test_a_form_becomes_progress_and_then_a_result(visit: Visit) -> None:
    page = visit("/")
    page.get_by_role("link", name="Start a scenario").first.click()
    page.get_by_role("link", name="The North pushes on").click()
    expect(page.locator("#count")).to_have_text("No number is changed.")
    page.get_by_label("Stories").fill("96")
    rest = page.get_by_role("group", name="rest days")
    rest.get_by_label("best").fill("3")
    expect(page.locator("#count")).to_have_text("1 number is changed.")
    page.get_by_role("group", name="luck chance").get_by_label("it happens").select_option("1")
    expect(page.locator("#count")).to_have_text("2 numbers are changed.")
    page.get_by_label("Why these changes").fill(HOSTILE)
    page.get_by_role("button", name="Start").click()
    expect(page.locator("h1")).to_have_text("The North pushes on (changed)")
    expect(page.locator("progress")).to_have_attribute("max", "96", timeout=SLOW)
    expect(page.locator(".words")).to_contain_text("of 96 stories done", timeout=SLOW)
    opened = page.get_by_role("link", name="Open the page")
    expect(opened).to_be_visible(timeout=SLOW)
    expect(page.locator("#spoken")).to_contain_text("Done in")
    expect(page.locator(".chip.state")).to_have_text("done")
    page.get_by_role("link", name="Answers, tables and scenario").click()
    expect(page.locator("table").first).to_contain_text("dell")
    page.get_by_role("link", name="Open the page").click()
    page.wait_for_selector("html[data-charts]", timeout=SLOW)
    expect(page.locator("#questions")).to_contain_text("of 96 stories")
    assert page.evaluate("self.origin") == "null"
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"/page#.*t="))
    assert page.evaluate("window.ran === undefined")


@pytest.mark.long
def test_a_job_is_stopped_and_goes_on(visit: Visit) -> None:
    page = visit("/new/guns?stories=1600&seed=2")
    page.get_by_label("Seed").press("Enter")
    expect(page.locator(".words")).to_contain_text("a second, about", timeout=SLOW)
    page.get_by_role("button", name="Stop it").click()
    expect(page.locator(".words")).to_contain_text("It was stopped. ", timeout=SLOW)
    page.get_by_role("button", name="Go on where it stopped").click()
    expect(page.locator(".words")).to_contain_text("of 1,600 stories done", timeout=SLOW)
    assert int(page.locator("progress").get_attribute("value") or 0) > 0
    listed = page.context.new_page()
    listed.goto(page.url.rpartition("/jobs")[0])
    expect(listed.locator(".jobs .words").first).to_contain_text("of 1,600 stories done", timeout=SLOW)
    page.get_by_role("button", name="Stop it").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".words")).to_contain_text("It was stopped. ", timeout=SLOW)
    expect(listed.locator(".jobs .words").first).to_contain_text("It was stopped. ", timeout=SLOW)
    listed.close()


@pytest.mark.long
def test_what_is_wrong_is_named_led_to_and_kept(visit: Visit) -> None:
    page = visit("/new/push-on")
    page.get_by_label("Title of the changed scenario").fill(HOSTILE)
    page.locator("summary", has_text="Numbers of the model").click()
    page.get_by_label("Find a number").last.fill("regroup")
    regroup = page.get_by_role("group", name="regroup days")
    expect(page.get_by_role("group", name="boats persons per day")).to_be_hidden()
    regroup.get_by_label("best").fill("a week")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#wrong")).to_be_focused()
    expect(page.locator("#wrong")).to_contain_text("1 thing is wrong, and nothing was started.")
    expect(page.get_by_label("Title of the changed scenario")).to_have_value(HOSTILE.replace("\u202e", "\ufffd"))
    page.locator("#wrong").get_by_role("link", name="regroup").click()
    field = page.get_by_role("group", name="regroup days").get_by_label("best")
    expect(field).to_be_focused()
    expect(field).to_have_value("a week")
    expect(field).to_have_attribute("aria-invalid", "true")
    described = field.get_attribute("aria-describedby") or ""
    told = " ".join(page.locator(f"[id='{one}']").inner_text() for one in described.split())
    assert "'a week' stands where a number belongs." in told
    assert page.evaluate("window.ran === undefined")
    assert page.locator("main img").count() == 0
    assert faults(page) == []


@pytest.mark.long
def test_two_are_compared(visit: Visit, server: Server) -> None:
    run = server.end(server.job(server.start("guns", seed="9")))["result"]
    page = visit(f"/runs/{run}")
    page.get_by_role("link", name="Compare with push-on").click()
    expect(page.get_by_label("To", exact=True)).to_have_value(f"run:{run}")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("link", name="Open the page").click(timeout=SLOW)
    page.wait_for_selector("html[data-charts]", timeout=SLOW)
    expect(page.locator("#readings")).to_contain_text("Difference")


@pytest.mark.long
def test_a_server_that_is_gone_is_told_and_then_that_the_next_does_not_know_the_job(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = home_of(tmp_path_factory.mktemp("gone"))
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with serving(home) as first:
        job = first.job(first.start(stories="2000"))
        page.goto(f"{first.address}/jobs/{job}")
        expect(page.locator("progress")).to_be_visible(timeout=SLOW)
        first.process.kill()
        first.process.wait(timeout=20)
        expect(page.locator("#lost")).to_have_text(
            "The server does not answer. This page asks again until it does.", timeout=SLOW
        )
        expect(page.locator(".chip.state")).to_have_text("not known")
        expect(page.locator("progress")).to_have_count(0)
        expect(page.get_by_role("button", name="Stop it")).to_have_count(0)
        assert faults(page) == []
    with serving(home, "--port", str(first.port)) as second:
        expect(page.locator("main")).to_contain_text("The server does not know this job", timeout=SLOW)
        expect(page.locator("#lost")).to_have_count(0)
        page.goto(f"{second.address}/jobs/{second.job(second.start(stories='2000'))}")
        expect(page.locator(".words")).to_contain_text("a second, about", timeout=SLOW)
        second.process.send_signal(signal.SIGTERM)
        expect(page.locator(".words")).to_contain_text("The server was stopped.", timeout=SLOW)
        expect(page.locator("#lost")).to_be_visible(timeout=SLOW)
        expect(page.locator(".chip.state")).to_have_text("stopped")
        expect(page.locator("progress")).to_have_count(0)
        expect(page.get_by_role("button", name="Stop it")).to_have_count(0)
    assert errors == []
    page.close()


def test_what_cannot_be_compared_is_said_first_and_led_to(visit: Visit) -> None:
    page = visit("/compare")
    assert page.get_by_label("From", exact=True).input_value() != page.get_by_label("To", exact=True).input_value()
    page.get_by_label("Stories").fill("many")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#wrong")).to_be_focused()
    expect(page.locator("#wrong")).to_have_text("'many' is no whole number. Write one such as 200.")


def test_what_is_for_certain_shows_no_other_numbers_and_all_fields_are_of_one_height(visit: Visit) -> None:
    page = visit("/new/push-on")
    luck = page.get_by_role("group", name="luck chance")
    happens = luck.get_by_label("it happens")
    boxes = [happens.bounding_box(), luck.get_by_label("best").bounding_box()]
    assert len({(box["y"], box["height"]) for box in boxes if box}) == 1
    happens.select_option("1")
    expect(luck.get_by_label("best")).to_be_hidden()
    happens.select_option("")
    expect(luck.get_by_label("best")).to_have_value("0.5")


def test_a_number_that_is_wrong_as_a_whole_is_led_to_as_well(visit: Visit) -> None:
    page = visit("/new/push-on")
    page.get_by_role("group", name="rest days").get_by_label("low").fill("")
    page.get_by_role("button", name="Start").click()
    page.locator("#wrong").get_by_role("link", name="rest").click()
    expect(page.get_by_role("group", name="rest days").get_by_label("low")).to_be_focused()


def test_all_of_it_works_without_scripts(visit: Visit) -> None:
    page = visit("/new/push-on?stories=16&seed=8", scripts=False)
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".words")).not_to_be_empty(timeout=SLOW)
    expect(page.get_by_role("link", name="Open the page")).to_be_visible(timeout=SLOW)


@pytest.mark.long
@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_is_too_wide(visit: Visit, server: Server, width: int, theme: str) -> None:
    asked = server.start(seed=f"4{width}{len(theme)}", title=HOSTILE)
    job = server.end(server.job(asked))["job"]
    runs = [
        line for line in server.client.get("/").text.split('"') if line.startswith("/runs/") and line.count("/") == 2
    ]
    page = visit("/", width=width, theme=theme)
    for path in ("/", "/new", "/new/guns", "/compare", f"/jobs/{job}", runs[0]):
        page.goto(server.address + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("window.ran === undefined")
        assert "\u202e" not in page.evaluate("document.body.innerText")


@pytest.mark.long
def test_the_way_in_is_clean_too(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    token = "a token for the browser"
    with serving(home_of(tmp_path_factory.mktemp("guarded")), token=token) as guarded:
        page = browser.new_page()
        page.goto(f"{guarded.address}/new")
        assert faults(page) == []
        expect(page.get_by_label("Token")).to_be_focused()
        page.get_by_label("Token").fill("wrong")
        page.keyboard.press("Enter")
        expect(page.locator(".note.bad")).to_contain_text("This is not the token.")
        page.get_by_label("Token").fill(token)
        page.get_by_role("button", name="Come in").click()
        expect(page.locator("h1")).to_have_text("Start a scenario")
        assert page.evaluate("document.cookie") == ""
        page.close()


@pytest.mark.long
def test_the_address_that_is_printed_lets_in_and_keeps_no_token(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving(home_of(tmp_path_factory.mktemp("made")), made=True) as guarded:
        page = browser.new_page()
        page.goto(guarded.opened)
        assert page.url == f"{guarded.address}/"
        expect(page.locator("h1")).to_be_visible()
        page.goto(guarded.opened)
        assert page.url == f"{guarded.address}/", "Nor does it where the browser is let in already."
        page.get_by_role("link", name="Start a scenario").first.click()
        expect(page.locator("h1")).to_have_text("Start a scenario")
        page.close()
