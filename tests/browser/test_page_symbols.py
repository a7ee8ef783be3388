"""APP-6 symbols on the map, where they were asked for; and nothing of them where they were not."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import expect

from situation.commands.cli import main
from situation.errors import Fault
from situation.page import build_page
from situation.page.build import payload_of
from situation.page.symbols import app6_symbols, with_symbols
from tests.browser.addresses import address
from tests.browser.conftest import Open
from tests.browser.sample import sample
from tests.browser.test_page_access import faults
from tests.browser.valley_page import ensemble
from tests.unit.valley_stories import valley


@pytest.mark.browser
def test_one_frame_stands_around_every_side_and_says_so(open_page: Open) -> None:
    page = open_page({**sample(), "symbols": app6_symbols()}, address="#t=2017-11-03T2359")
    expect(page.locator("#symbols [aria-pressed=true]")).to_have_text("APP-6")
    expect(page.locator("#rule-words")).to_contain_text("none is called friend or foe")
    frames = page.evaluate(
        "[...document.querySelectorAll('svg.main .app6 path.halo')].map((path) => path.getAttribute('d'))"
    )
    assert len(frames) > 5
    assert set(frames) == {app6_symbols()["frame"]}
    colours = page.evaluate(
        "[...document.querySelectorAll('svg.main .app6 path[fill^=\"#\"]')].map((path) => path.getAttribute('fill'))"
    )
    assert len(set(colours)) > 2
    assert faults(page) == []
    page.locator("#symbols button", has_text="Shapes").click()
    expect(page.locator("svg.main .app6")).to_have_count(0)
    assert address(page).endswith("&symbols=shapes")


@pytest.mark.long
@pytest.mark.browser
def test_a_place_whose_holder_differs_between_stories_has_the_symbol_in_its_ring(open_page: Open) -> None:
    page = open_page({**ensemble(), "symbols": app6_symbols()}, address="#t=2020-05-11T2359&reading=scenario")
    marks = page.locator("svg.main .place.shares:has(.ring-ground)")
    assert marks.count() > 0
    expect(page.locator("svg.main .place.shares:has(.ring-ground) .app6")).to_have_count(marks.count())


@pytest.mark.browser
def test_what_is_assumed_has_a_hole_that_is_seen_on_the_symbol(open_page: Open) -> None:
    page = open_page({**sample(), "symbols": app6_symbols()})
    page.locator(".signs summary").click()
    hole = page.locator(".signs li", has_text="hole: assumed").locator(".hole")
    expect(hole).to_be_visible()
    expect(hole).not_to_have_css("stroke", "none")
    page.locator("#symbols button", has_text="Shapes").click()
    expect(page.locator(".signs li .hole")).to_have_css("stroke", "none")


@pytest.mark.browser
def test_without_them_there_is_no_switch(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("#symbols")).to_be_hidden()
    expect(page.locator(".app6")).to_have_count(0)


@pytest.mark.browser
def test_an_outline_that_is_none_is_not_drawn(open_page: Open) -> None:
    symbols = {**app6_symbols(), "frame": 'M0,0"/><script>window.ran=1</script>', "icon": ["url(https://example.org)"]}
    page = open_page({**sample(), "symbols": symbols})
    assert page.locator("svg.main .app6 path.halo").count() == 0
    assert page.evaluate("window.ran === undefined")


def test_a_page_gets_them_and_is_otherwise_the_same() -> None:
    plain = build_page(sample())
    told = payload_of(with_symbols(plain))
    assert told.pop("symbols") == app6_symbols()
    assert told == payload_of(plain) == sample()
    assert with_symbols(plain) == with_symbols(plain)


def _replay(folder: Path, *more: str) -> Result:
    situation = folder.parent / "valley"
    if not situation.exists():
        situation.mkdir()
        valley(situation).write()
    return CliRunner().invoke(main, ["replay", str(situation), "--out", str(folder), *more])


def test_replay_gives_them_when_asked_and_the_digest_is_the_same(tmp_path: Path) -> None:
    assert _replay(tmp_path / "plain").exit_code == 0
    assert _replay(tmp_path / "symbols", "--symbols", "app6").exit_code == 0
    pages = [(tmp_path / name / "index.html").read_text("utf-8") for name in ("plain", "symbols")]
    assert "symbols" not in payload_of(pages[0])
    assert pages[1] == with_symbols(pages[0])
    digests = [json.loads((tmp_path / name / "manifest.json").read_text())["digest"] for name in ("plain", "symbols")]
    assert digests[0] == digests[1]


def test_without_the_package_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr("situation.page.symbols.find_spec", lambda name: None if name == "milsymbol" else found(name))
    with pytest.raises(Fault, match="need the package 'milsymbol'"):
        app6_symbols()
    result = _replay(tmp_path / "run", "--symbols", "app6")
    assert result.exit_code == 2
    assert ".venv/bin/pip install -c constraints.txt -e '.[symbols]'" in result.output
    assert not (tmp_path / "run").exists()
    assert _replay(tmp_path / "run").exit_code == 0
