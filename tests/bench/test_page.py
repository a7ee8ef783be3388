"""The page of the record: its size, and how long a step of the slider takes in headless Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from situation.cli import main
from tests.bench.measure import quantiles

pytestmark = pytest.mark.bench
STEPS = 120
MEGABYTE = 1_000_000


def test_size_and_step(tmp_path: Path, chromium: str) -> None:
    result = CliRunner().invoke(main, ["replay", "scenarios/al-qaim-2017", "--out", str(tmp_path / "run")])
    assert result.exit_code == 0, result.output
    page = tmp_path / "run" / "index.html"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1600, "height": 1000})
        tab.goto(page.as_uri())
        tab.wait_for_function("document.querySelectorAll('.js-plotly-plot').length > 0")
        tab.evaluate("performance.clearMeasures()")
        for _ in range(STEPS):
            tab.keyboard.press("ArrowLeft")
            tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        steps = tab.evaluate("performance.getEntriesByName('step').map(entry => entry.duration)")
        browser.close()
    low, middle, high = quantiles([float(step) for step in steps])
    print(f"\nthe record's page: {page.stat().st_size / MEGABYTE:.2f} MB (reach: under 3)")
    print(
        f"a step of the slider: median {middle:.1f} ms (10 % {low:.1f}, 90 % {high:.1f}; {len(steps)} steps; reach: 50)"
    )
    assert len(steps) > STEPS // 2
