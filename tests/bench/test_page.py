"""The page of the record: its size, a step of its slider in headless Chromium, and making it against plotly objects."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import CDPSession, Page, sync_playwright

import situation as sit
from situation.commands.cli import main
from situation.page import build_page
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from situation.runs.identity import replay_identity
from tests.bench.measure import against, figure
from tests.bench.plotly_rival import page_of_plotly_objects
from tests.bench.table import Made
from tests.browser.addresses import all_drawn

pytestmark = pytest.mark.bench
STEPS = 120
PLAYED = 30
"""Frames at least, in five seconds of playing."""
MEGABYTE = 1_000_000


def test_size_and_step(tmp_path: Path, chromium: str) -> None:
    result = CliRunner().invoke(main, ["replay", "scenarios/al-qaim-2017", "--out", str(tmp_path / "run")])
    assert result.exit_code == 0, result.output
    page = tmp_path / "run" / "index.html"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        clock = tab.context.new_cdp_session(tab)
        clock.send("Performance.enable", {"timeDomain": "threadTicks"})
        tab.goto(page.as_uri())
        tab.wait_for_selector("html[data-charts=drawn][data-drawn=all]")
        opened, worked = tab.evaluate("performance.now()"), _worked(clock)
        all_drawn(tab)
        charted = _worked(clock)
        steps = {reading: _steps(tab, reading) for reading in ("best", "day")}
        shown = _played(tab)
        browser.close()
    figure("the record's page", f"{page.stat().st_size / MEGABYTE:.2f} MB", reach="under 2.5 MB")
    for reading, taken in steps.items():
        middle = statistics.median(taken)
        rare = statistics.quantiles(taken, n=20, method="inclusive")[-1]
        figure(
            f"a step of the slider, the record's page, reading '{reading}'",
            f"{middle:.1f} ms",
            spread=f"95 % within {rare:.1f} ms",
            work=f"{len(taken)} steps",
            reach="16 ms, 95 % within 50",
        )
        assert len(taken) > STEPS // 2
    frames = [later - earlier for earlier, later in itertools.pairwise(shown)]
    rare = statistics.quantiles(frames, n=20, method="inclusive")[-1]
    figure(
        "playing the record's page, between two frames",
        f"{statistics.median(frames):.1f} ms",
        spread=f"95 % within {rare:.1f} ms, the longest {max(frames):.0f}",
        work=f"{len(frames)} frames in {(shown[-1] - shown[0]) / 1000:.1f} s",
    )
    assert len(frames) > PLAYED
    figure(
        "from opening the record's page to all that is in sight at 1280 by 800",
        f"{worked:.2f} CPU s of the page",
        spread=f"{opened / 1000:.1f} s on the wall; with the charts, once they are scrolled to, {charted:.2f} CPU s",
        reach="1 CPU s",
    )
    assert page.stat().st_size < 2.5 * MEGABYTE


def _worked(clock: CDPSession) -> float:
    """CPU seconds that the page's own thread has worked."""
    metrics = clock.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def _steps(tab: Page, reading: str) -> list[float]:
    """How long each of many steps took to draw, in milliseconds."""
    tab.evaluate("(reading) => { location.hash = `t=2017-11-05&reading=${reading}`; }", reading)
    tab.wait_for_timeout(500)
    tab.evaluate("performance.clearMeasures()")
    for _ in range(STEPS):
        tab.keyboard.press("ArrowLeft")
        tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    taken = tab.evaluate("performance.getEntriesByName('step').map(entry => entry.duration)")
    return [float(step) for step in taken]


def _played(tab: Page) -> list[float]:
    """When each frame was shown while the page was played for five seconds from the start of its window, in milliseconds."""
    tab.evaluate("() => { location.hash = 't=2017-09-01&reading=best'; scrollTo(0, 0); }")
    tab.wait_for_timeout(500)
    tab.evaluate("() => document.activeElement?.blur()")
    tab.keyboard.press("Space")
    shown: list[float] = tab.evaluate(
        """() => new Promise((done) => { const times = [], began = performance.now(), before = location.hash;
        const next = (at) => { times.push(at); at - began < 5000 ? requestAnimationFrame(next) : done(times); };
        requestAnimationFrame(next); })"""
    )
    assert not tab.locator("#now").inner_text().startswith("1 Sep 2017")
    tab.keyboard.press("Space")
    return shown


def test_making_the_page_against_plotly_objects() -> None:
    record, lens = sit.load("scenarios/al-qaim-2017"), Lens()
    end = record.minute(None)
    payload = replay_payload(record, end, lens, replay_identity(record, end, lens))
    against("the page from its payload, against plotly objects with a frame a day", lambda: build_page(payload),
            lambda: page_of_plotly_objects(payload), rounds=5, made=_shown(payload))  # fmt: skip


def test_reading_the_record_for_the_page() -> None:
    record, lens = sit.load("scenarios/al-qaim-2017"), Lens()
    end = record.minute(None)
    identity = replay_identity(record, end, lens)
    payload = replay_payload(record, end, lens, identity)
    against("a page from a loaded record, against the same with its figures as plotly objects",
            lambda: build_page(replay_payload(record, end, lens, identity)),
            lambda: (replay_payload(record, end, lens, identity), page_of_plotly_objects(payload)), rounds=5,
            made=_shown(payload))  # fmt: skip


def _shown(payload: Mapping[str, Any]) -> tuple[Made, Made]:
    """The entries on either page: ours has the cause of each, plotly's has none."""
    entries = sum(len(reading["entries"]) for reading in payload["readings"])
    events = sum(entry["mark"] == "event" for reading in payload["readings"] for entry in reading["entries"])
    return Made(entries, causes=True), Made(events)
