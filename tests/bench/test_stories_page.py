"""The pages of ensembles and comparisons: their size by number of stories, making them, and a step of the slider."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from time import perf_counter

import pytest
from playwright.sync_api import Page, sync_playwright

import situation as sit
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.results import results
from situation.ensemble.run import run
from situation.ensemble.twins import compare_twins, twin_of
from situation.ensemble.workers import compiled_stories
from situation.kernel import stories_are_kept
from situation.page.comparison_payload import ComparedRun, comparison_page
from situation.page.ensemble_payload import ensemble_page
from situation.runs.identity import ensemble_identity, scenario_as_run
from situation.scenario import load_scenario
from tests.bench.measure import figure, quantiles
from tests.browser.addresses import all_drawn

pytestmark = pytest.mark.bench
HOME = Path("scenarios/al-qaim-2017")
SIZES = (200, 1000)
STEPS = 80
MEGABYTE = 1_000_000


def test_size_building_and_step(tmp_path: Path, chromium: str) -> None:
    record = sit.load(HOME)
    other = load_scenario(HOME / "no-air-support.yaml", record)
    scenario = twin_of(load_scenario(HOME / "baseline.yaml", record), other)
    record_draws, of_other = RecordDraws(scenario, record, 7), RecordDraws(other, record, 7)
    sizes: list[int] = []
    pages: list[Path] = []
    for runs in SIZES:
        with compiled_stories() if stories_are_kept() else nullcontext():
            found, twins = (run(it, runs, 7, 1, record) for it in (scenario, other))
        told = perf_counter()
        side = side_of(found)
        text = ensemble_page(*side[:3], record, side[3], record_draws)
        building = perf_counter() - told
        sizes.append(len(text.encode()))
        pages.append(tmp_path / f"{runs}.html")
        pages[-1].write_text(text, "utf-8")
        size = f"{sizes[-1] / MEGABYTE:.2f} MB"
        figure(f"the page of {runs} stories", size, spread=f"made in {building:.1f} s", reach="under 6 MB")
        began = perf_counter()
        change = compare_twins(found, twins, (record_draws, of_other), record.ground)
        text = comparison_page(side, side_of(twins), change, record, "c0" * 32, (record_draws, of_other))
        making = perf_counter() - began
        assert change["parted"]["share"] > 0.0
        size = f"{len(text.encode()) / MEGABYTE:.2f} MB"
        figure(f"the page of a comparison of {runs} pairs", size, spread=f"made in {making:.1f} s", reach="under 6 MB")
        pages.append(tmp_path / f"comparison-{runs}.html")
        pages[-1].write_text(text, "utf-8")
    assert max(sizes) < 6 * MEGABYTE
    assert sizes[1] < 1.15 * sizes[0]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for page in pages:
            tab = browser.new_page(viewport={"width": 1600, "height": 1000})
            tab.goto(page.as_uri())
            all_drawn(tab)
            low, middle, high = quantiles(steps(tab))
            figure(
                f"a step of the slider, page of {page.stem.replace('-', ' of ')} stories",
                f"{middle:.1f} ms",
                spread=f"{low:.1f} to {high:.1f} ms",
                reach="16 ms, 95 % within 50",
            )
            tab.close()
        browser.close()


def side_of(found: Ensemble) -> ComparedRun:
    """An ensemble with all that its page needs."""
    assert found.origin is not None
    scenario, record = found.origin
    return (
        found,
        results(found),
        scenario_as_run(scenario),
        ensemble_identity(scenario, record, found.about.seed, found.about.runs),
    )


def steps(tab: Page) -> list[float]:
    """How long each of many steps took to draw, in milliseconds."""
    tab.keyboard.press("End")
    tab.wait_for_timeout(500)
    tab.evaluate("performance.clearMeasures()")
    for _ in range(STEPS):
        tab.keyboard.press("ArrowLeft")
        tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    taken = tab.evaluate("performance.getEntriesByName('step').map(entry => entry.duration)")
    return [float(step) for step in taken]
