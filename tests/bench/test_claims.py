"""Large records: what commands take at 100,000 claims, and a replay with its page at 20,000."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.bench.large_record import write_large_record
from tests.bench.measure import figure, quantiles
from tests.bench.record_scale import READ, measured
from tests.bench.test_stories_page import steps
from tests.browser.addresses import all_drawn

pytestmark = pytest.mark.bench
CLAIMS, SOURCES = 100_000, 500
REPLAYED, THEIR_SOURCES = 20_000, 100
MEGABYTE = 1_000_000
GOALS = {"state": "20 CPU s, 1,024 MB"}


def test_commands_at_100_000_claims(tmp_path: Path) -> None:
    write_large_record(tmp_path / "large", CLAIMS, SOURCES)
    for name, (word, *rest) in READ.items():
        named = [*rest[:1], str(tmp_path / "large"), *rest[1:]] if name == "why" else [str(tmp_path / "large"), *rest]
        seconds, memory = measured([word, *named])
        figure(
            f"situation {name} of a large record",
            f"{seconds:.0f} CPU s",
            spread=f"at most {memory:,.0f} MB",
            work=f"{CLAIMS:,} claims of {SOURCES} sources",
            reach=GOALS.get(name, "linear; 1,024 MB"),
        )


def test_a_replay_with_its_page_at_20_000_claims(tmp_path: Path, chromium: str) -> None:
    write_large_record(tmp_path / "large", REPLAYED, THEIR_SOURCES)
    seconds, memory = measured(["replay", str(tmp_path / "large"), "--out", str(tmp_path / "run")])
    work = f"{REPLAYED:,} claims of {THEIR_SOURCES} sources"
    page = tmp_path / "run" / "index.html"
    figure("situation replay of a large record, page included", f"{seconds:.0f} CPU s",
           spread=f"at most {memory:,.0f} MB", work=work, reach="60 s")  # fmt: skip
    figure("the page of a large record", f"{page.stat().st_size / MEGABYTE:.1f} MB", work=work, reach="under 6 MB")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        tab.goto(page.as_uri())
        all_drawn(tab)
        low, middle, high = quantiles(steps(tab))
        browser.close()
    figure("a step of the slider, the page of a large record", f"{middle:.1f} ms",
           spread=f"{low:.1f} to {high:.1f} ms", work=work, reach="50 ms")  # fmt: skip
