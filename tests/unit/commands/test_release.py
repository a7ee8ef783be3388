"""`--release`: every command that takes it leaves out what is under embargo then, or refuses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.runs.ensembles import stored_ensemble
from situation.runs.finding import open_scenario, scenario_of
from situation.serving.shelf import Shelf
from tests.arch.commands import COMMAND
from tests.unit.valley_stories import GUNS, valley_home

BEFORE, AFTER = "2020-04-01", "2020-07-01"
EMBARGOED = """\
  - id: T9-01
    source: gazette
    paragraph: 3
    says: The North shelled Dell.
    said: 2020-03-11
    embargo_until: 2020-06-01
    happened: 2020-03-11
    asserts: {event: Attacked, place: dell, by: [north-guard], against: rebels}
  - id: T9-02
    source: courier
    says: The North took Dell.
    happened: 2020-03-13
    asserts: {event: Captured, place: dell, by: [north-guard], against: rebels}
"""
WINDOW = ("--until", "2020-03-16", "--numbers", "rest")
FEW = ("--runs", "4", "--seed", "3", "--workers", "1")
CASES: dict[str, tuple[tuple[str, ...], ...]] = {
    "beliefs": (("dell.holder", "tarn-valley"),),
    "brief": (("tarn-valley", "--format", "json"), ("RUN", "--format", "json")),
    "calibrate": (("push-on", *WINDOW, *FEW, "--points", "6", "--waves", "1"),),
    "changes": (("tarn-valley", "--known-from", "2020-03-05"),),
    "check": (("scenarios/tarn-valley",),),
    "claims": (("tarn-valley",),),
    "compare": (("push-on", "guns", *FEW), ("RUN", "guns", *FEW), ("RUN", "RUN")),
    "disputes": (("tarn-valley",),),
    "replay": (("tarn-valley",),),
    "run": (("push-on", *FEW), ("--from", "RUN", "--story", "1", "--at", "2020-03-20")),
    "score": (("RUN",), ("RUN", "--against", "tarn-valley")),
    "serve": (),
    "sources": (("push-on", "--source", "gazette", *FEW),),
    "state": (("tarn-valley",),),
    "sweep": (("push-on", "--list"),),
    "totals": (("tarn-valley",),),
    "why": (("dell.holder", "tarn-valley"), ("dell.holder", "RUN")),
}
"""Ways of calling each."""
MADE_BEFORE = ("brief", "compare", "run", "score", "why")
"""Commands that may refuse a release: they take what was made before, of which nothing can be left out any more."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder beside the valley with one run, that was made without a release."""
    home = valley_home(tmp_path_factory.mktemp("home"), guns=GUNS)
    record = home / "scenarios" / "tarn-valley" / "record.yaml"
    record.write_text(record.read_text() + EMBARGOED)
    folder = home / "scenarios" / "tarn-valley"
    stored_ensemble(*open_scenario(str(folder / "push-on.yaml"), (), folder), 3, 4, 1, folder=home / "made-before")
    return home / "made-before"


@pytest.fixture
def run(runs: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The run, where it can be named."""
    monkeypatch.chdir(runs.parent)
    return f"made-before/{next(runs.glob('push-on-*')).name}"


def test_every_command_with_a_release_is_tried() -> None:
    taking = {name for name, one in COMMAND.items() if any("--release" in option.opts for option in one.params)}
    assert set(CASES) == taking


def answered(name: str, words: tuple[str, ...], run: str, release: str) -> Result:
    named = (run if word == "RUN" else word for word in words)
    asked = () if name == "brief" else ("--json",)
    return CliRunner().invoke(main, [name, *named, "--release", release, *asked])


@pytest.mark.parametrize(("name", "words"), [(name, words) for name, ways in CASES.items() for words in ways])
def test_a_release_is_honoured_or_refused(name: str, words: tuple[str, ...], run: str) -> None:
    """What is under embargo is not in the answer, which bears the release; or is another than after the embargo."""
    before = answered(name, words, run, BEFORE)
    assert "T9-01" not in before.output and "shelled" not in before.output
    if before.exit_code == 2:
        assert "release" in before.stderr
        assert name in MADE_BEFORE and "RUN" in words
        return
    assert before.exit_code == 0, before.output
    answer = json.loads(before.stdout)
    handling = answer.get("handling") if isinstance(answer, dict) else None
    if handling is not None:
        assert handling["release"].startswith(BEFORE) and handling["embargo_until"] is None
    else:
        after = answered(name, words, run, AFTER)
        assert after.exit_code == 0, after.output
        assert after.stdout != before.stdout


@pytest.mark.parametrize("words", [("score", "RUN"), ("compare", "RUN", "RUN")])
def test_after_the_embargo_what_was_made_before_may_be_shown_and_bears_the_release(
    words: tuple[str, ...], run: str
) -> None:
    after = answered(words[0], words[1:], run, AFTER)
    assert after.exit_code == 0, after.output
    handling = json.loads(after.stdout)["handling"]
    assert handling["release"].startswith(AFTER) and handling["embargo_until"] is None


def test_what_a_scenario_says_of_claims_under_embargo_is_in_no_file_of_its_run(tmp_path: Path) -> None:
    stops = """\
tour:
  - {at: 2020-03-12, text: Dell was taken., claims: [T9-02]}
  - {at: 2020-03-13, text: It had been shelled first., claims: [T9-02, T9-01]}
"""
    toured = GUNS.replace("scenario: guns", "scenario: toured").replace("[T1-01]", "[T1-01, T9-01]") + stops
    folder = valley_home(tmp_path, toured=toured) / "scenarios" / "tarn-valley"
    (folder / "record.yaml").write_text((folder / "record.yaml").read_text() + EMBARGOED)
    for release, shown in ((BEFORE, False), (AFTER, True)):
        scenario, record = open_scenario(str(folder / "toured.yaml"), (), folder, release)
        stored = stored_ensemble(scenario, record, 3, 4, 1, folder=tmp_path / release)
        written = "".join(it.read_bytes().decode("utf-8", "replace") for it in stored.folder.rglob("*") if it.is_file())
        assert "Dell was taken." in written
        assert ("shelled first" in written) == ("T9-01" in written) == shown
        assert scenario_of(stored.folder, stored.manifest, folder)[0].text == scenario.text


def test_the_served_edition_gives_out_nothing_of_a_run_that_is_under_embargo_at_its_release(runs: Path) -> None:
    names = Shelf(runs).names()
    for release, shown in ((BEFORE, False), (AFTER, True)):
        shelf = Shelf(runs, release)
        listed = shelf.run(names[-1])
        assert listed is not None and listed.withheld != shown
        assert bool(listed.title) == bool(listed.files) == shown
        assert (shelf.path(names[-1], "questions.json") is not None) == shown
        assert (shelf.path(names[-1], "manifest.json") is not None) == shown
