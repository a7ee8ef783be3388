"""What the page of stories is given is what the run's own tables and answers say."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.dates import DAY
from situation.ensemble.statistics.medians import median
from situation.ensemble.statistics.shares import paired_difference
from situation.page.build import payload_of
from situation.page.payload import replay_payload, those_together
from situation.record.answers.state import Lens
from situation.record.loading import load
from tests.browser.valley_page import comparison, ensemble, side, with_story
from tests.unit.small import Small, small_ground
from tests.unit.valley_stories import GUNS, valley_home

SIZE = ("--runs", "112", "--seed", "3", "--workers", "1")
DAYS = (0, 1, 9, 20, 33, 47, 60)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return valley_home(tmp_path_factory.mktemp("home"), guns=GUNS)


@pytest.fixture
def told(home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.chdir(home)
    result = CliRunner().invoke(main, ["run", "push-on", *SIZE, "--json"])
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def row_on(rows: list[list[float]], day: int) -> list[float]:
    return [row for row in rows if row[0] <= day][-1]


def test_the_shares_and_men_of_the_page_are_those_of_the_tables(told: dict[str, Any]) -> None:
    folder = Path(told["run"])
    page = payload_of((folder / "index.html").read_text("utf-8"))["ensembles"]["scenario"]
    control = pq.read_table(folder / "control_by_day.parquet").to_pylist()
    places = sorted({row["place"] for row in control})
    assert places == sorted(page["shares"])
    for place in places:
        shares = page["shares"][place]
        for day in DAYS:
            mine = dict(zip(shares["holders"], row_on(shares["rows"], day)[1:], strict=True))
            table = {row["holder"]: row["share"] for row in control if (row["place"], row["day"]) == (place, day)}
            for holder, share in mine.items():
                assert share == pytest.approx(table.get(holder, 0.0), abs=6e-4), (place, day, holder)
    men = pq.read_table(folder / "strengths_by_day.parquet").to_pylist()
    for actor, bands in page["bands"].items():
        for day in DAYS:
            (table,) = (row for row in men if (row["actor"], row["day"]) == (actor, day))
            assert {level: bands[level][day] for level in bands} == pytest.approx(
                {level: table[level] for level in bands}, abs=1
            )


def test_the_answers_of_the_page_are_those_that_are_printed(told: dict[str, Any]) -> None:
    page = payload_of((Path(told["run"]) / "index.html").read_text("utf-8"))["ensembles"]["scenario"]
    for answer, shown in zip(told["questions"], page["questions"], strict=True):
        assert {key: shown[key] for key in answer if key != "disputes"} == {
            key: value for key, value in answer.items() if key != "disputes"
        }


@pytest.mark.long
def test_the_differences_of_the_page_are_those_that_are_printed(told: dict[str, Any]) -> None:
    result = CliRunner().invoke(main, ["compare", "push-on", "guns", *SIZE, "--json"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    page = payload_of(Path(answer["page"]).read_text("utf-8"))
    assert list(page["comparison"]["questions"]) == [row["question"] for row in answer["questions"]]
    for row in answer["questions"]:
        shown = page["comparison"]["questions"][row["question"]]
        texts = [dispute.pop("text") for dispute in shown["disputes"]]
        assert shown == row
        assert all(texts)
    assert page["comparison"]["parted"] == answer["parted"]
    assert answer["parted"]["events"]
    again = CliRunner().invoke(
        main, ["dashboard", answer["runs"][1], "--against", answer["runs"][0], "--out", "pair.html"]
    )
    assert again.exit_code == 0, again.output
    same = Path("pair.html").read_bytes() == Path(answer["page"]).read_bytes()
    assert same  # two pages are too large for their lines to be compared


def test_the_differences_of_the_page_are_those_of_the_tables(told: dict[str, Any]) -> None:
    result = CliRunner().invoke(main, ["compare", "push-on", "guns", *SIZE, "--json"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["runs"][0] == told["run"]
    tables = [pq.read_table(Path(run) / "runs.parquet") for run in answer["runs"]]
    page = payload_of(Path(answer["page"]).read_text("utf-8"))
    differing = 0
    for name, shown in page["comparison"]["questions"].items():
        first, second = (table.column(f"answer:{name}").to_numpy() for table in tables)
        middle = np.mean if shown["unit"] is None else median
        for key, values in (("first", first), ("second", second)):
            shown_or_never = math.inf if shown[key] is None else shown[key]
            assert shown_or_never == pytest.approx(float(middle(values)), abs=1e-6), (name, key)
        if shown["unit"] == "days":  # men and places have no horizon
            first, second = (np.minimum(values, 60.0) for values in (first, second))
        assert shown["difference"] == pytest.approx(float(middle(second) - middle(first)), abs=1e-6), name
        for key, values in {"less": second < first, "equal": second == first, "more": second > first}.items():
            assert shown[key] == pytest.approx(float(values.mean()), abs=1e-6), (name, key)
        differing += shown["equal"] < 1.0
    assert differing >= 2


def test_every_number_that_a_difference_hangs_on_is_described_by_the_scenario_that_draws_it(
    told: dict[str, Any],
) -> None:
    result = CliRunner().invoke(main, ["compare", "push-on", "guns", *SIZE, "--json"])
    page = payload_of(Path(json.loads(result.stdout)["page"]).read_text("utf-8"))
    numbers = page["ensembles"]["scenario"]["numbers"]
    named = {weight["number"] for row in page["comparison"]["questions"].values() for weight in row["weights"]}
    assert named <= set(numbers)
    assert [name for name, row in numbers.items() if None in (row["unit"], row["source"], row["low"])] == []
    assert False in {row["force"] for row in numbers.values()}


def test_a_baseline_run_with_the_questions_of_another_is_known_again(told: dict[str, Any], home: Path) -> None:
    more = home / "scenarios" / "tarn-valley" / "asks-more.yaml"
    plan = GUNS.replace("scenario: guns", "scenario: asks-more")
    more.write_text(f"{plan}  bridge: {{ask: captured, place: arlen-bridge, by: north}}\n", "utf-8")
    size = ("--runs", "16", "--seed", "3", "--workers", "1", "--json")
    first = CliRunner().invoke(main, ["compare", "push-on", "asks-more", *size])
    assert first.exit_code == 0, first.output
    runs = json.loads(first.stdout)["runs"]
    again = CliRunner().invoke(main, ["compare", *runs, "--json"])
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout) == json.loads(first.stdout)


def test_a_scenario_that_has_changed_since_leaves_the_page_of_its_run_as_it_was(
    told: dict[str, Any], home: Path
) -> None:
    plan = home / "scenarios" / "tarn-valley" / "push-on.yaml"
    kept = plan.read_text("utf-8")
    try:
        plan.write_text(kept.replace("horizon: 60 d", "horizon: 50 d"), "utf-8")
        result = CliRunner().invoke(main, ["dashboard", told["run"], "--out", "again.html"])
    finally:
        plan.write_text(kept, "utf-8")
    assert result.exit_code == 0, result.output
    again, before = (payload_of(Path(page).read_text("utf-8")) for page in ("again.html", told["page"]))
    assert again == before
    assert len(again["readings"]) > 1


def test_the_counting_error_of_a_share_is_that_of_a_question_about_it() -> None:
    (found, answers, _, _), _ = side()
    kept = next(row for row in answers["questions"] if row["question"] == "dell-kept")
    shares = ensemble()["ensembles"]["scenario"]["shares"]["dell"]
    day = 39
    assert (found.about.days[day] - found.about.at) // DAY == 39  # the evening of 20 April, for which the question asks
    row = [one for one in shares["rows"] if one[0] <= day][-1]
    error = shares["errors"][shares["rows"].index(row)]
    at = shares["holders"].index("north")
    assert row[1 + at] == pytest.approx(kept["share"], abs=6e-4)
    assert error[2 * at : 2 * at + 2] == pytest.approx(kept["interval"], abs=6e-4)


def test_takings_and_what_is_given_add_up_to_what_happened() -> None:
    (found, _, _, _), _ = side()
    told = ensemble()["ensembles"]["scenario"]
    changes = [(run, place, minute, holder) for run, place, minute, holder in found.holders if minute > found.about.at]
    for actor, by_day in told["takings"].items():
        assert len(by_day) == len(found.about.days) - 1
        taken = sum(holder == actor for *_, holder in changes)
        assert sum(by_day) * found.about.runs == pytest.approx(taken, abs=0.0001 * len(by_day) * found.about.runs)
    (guns,) = (one for one in told["given"] if one["given"] == "guns")
    fired = {run for run, given, _ in found.fired if given == "guns"}
    assert guns["rows"][-1][1] == pytest.approx(len(fired) / found.about.runs, abs=1e-4)
    assert guns["rows"][0] == [0, 0.0]
    assert "flies for" in guns["text"]


def test_what_becomes_of_the_men_adds_up_on_every_day() -> None:
    (found, _, _, _), _ = side()
    fates = ensemble()["ensembles"]["scenario"]["fates"]
    assert fates["days"][0] == found.about.at
    assert fates["days"][-1] == found.about.end
    for actor, by_fate in fates["sides"].items():
        sums = [sum(rows[day] for rows in by_fate.values()) for day in range(len(fates["days"]))]
        assert sums == pytest.approx([sums[0]] * len(sums), abs=1.0), actor
        there = sum(by_fate[name][-1] for name in ("present", "wounded", "hidden", "in_transit"))
        assert there == pytest.approx(float(np.asarray(found.strengths[actor])[:, -1].mean()), abs=1.0)
    assert sum(rows[-1] for rows in (fates["sides"]["rebels"][name] for name in ("killed", "surrendered", "left"))) > 0


@pytest.mark.long
def test_the_files_hold_the_numbers_of_the_page() -> None:
    payload = comparison()
    files = {one["name"]: one["text"] for one in payload["downloads"]}
    assert {"comparison.json", "comparison.csv", "scenario_questions.csv", "baseline_control_by_day.csv"} <= set(files)
    assert len(files) == len(payload["downloads"])
    rows = {row["question"]: row for row in csv.DictReader(io.StringIO(files["comparison.csv"]))}
    for name, row in payload["comparison"]["questions"].items():
        assert float(rows[name]["difference"]) == row["difference"]
    control = list(csv.DictReader(io.StringIO(files["scenario_control_by_day.csv"])))
    shares = payload["ensembles"]["scenario"]["shares"]["dell"]
    mine = [row for row in control if row["place"] == "dell" and row["day"] == str(shares["rows"][-1][0])]
    assert [float(row["share"]) for row in mine] == shares["rows"][-1][1:]
    assert json.loads(files["scenario_questions.json"])["questions"]


def test_an_example_tells_where_its_entries_come_from() -> None:
    for payload in (with_story(), comparison()):
        stories = [reading for reading in payload["readings"] if "story" in reading]
        assert stories
        for reading in stories:
            ids = {entry["id"] for entry in reading["entries"]}
            ruled = [entry for entry in reading["entries"] if "rule" in entry]
            assert ruled
            assert all(set(entry["parents"]) <= ids for entry in ruled)
            assert all(entry["text"] != entry["event"] for entry in ruled)
            assert all(row[4] < len(reading["entries"]) for row in reading["history"])


def test_twins_come_in_pairs_and_name_where_they_part() -> None:
    stories = [reading["story"] for reading in comparison()["readings"] if "story" in reading]
    assert [one["side"] for one in stories] == ["scenario", "baseline"] * (len(stories) // 2)
    for one, other in zip(stories[::2], stories[1::2], strict=True):
        assert one["run"] == other["run"]
        assert one["parts"]["text"] == other["parts"]["other"]
        assert one["parts"]["time"] == other["parts"]["time"]
    assert [reading for reading in comparison(inert=True)["readings"] if "story" in reading] == []


def test_those_who_hold_a_place_together_in_a_story_alone_have_a_name_on_its_page() -> None:
    ground = small_ground()
    colours = {actor: {"id": actor, "colour": {"light": "#000000", "dark": "#ffffff"}} for actor in ("north", "south")}
    shares = {"arlen": {"holders": ["rebels", "north+south", None]}}
    rows = list(those_together([{"history": []}], [{"shares": shares}], colours.values(), ground))
    assert [(row["id"], row["name"]) for row in rows] == [("north+south", "the North and the South together")]


def test_only_a_record_with_a_background_says_whether_it_counts(tmp_path: Path) -> None:
    small = Small(tmp_path)
    bare = small.load()
    small.add("background.yaml", "claims: []\n").write()
    identity = {"digest": "0" * 64, "versions": {"situation": "0"}}
    records = (bare, load(tmp_path), load(tmp_path, without=("background",)))
    shown = [replay_payload(it, 0, Lens(), identity, readings=[])["identity"]["background"] for it in records]
    assert shown == [None, True, False]


def test_a_place_differs_beyond_luck_where_the_interval_of_its_pairs_leaves_zero_out() -> None:
    (baseline, *_), _ = side()
    (scenario, *_), _ = side(harder=True)
    both = baseline.ok & scenario.ok
    shared = baseline.shared_draws(both)
    payload = comparison()
    seen = set()
    for place in payload["ensembles"]["scenario"]["shares"]:
        rows = [[-1], *payload["comparison"]["beyond"].get(place, [])]
        for day in DAYS:
            minute = payload["ensembles"]["scenario"]["days"][day]
            one, other = (np.array(it.held(place, minute), dtype=object)[both] for it in (baseline, scenario))
            for holder in {*one, *other}:
                pair = paired_difference((one == holder).astype(float), (other == holder).astype(float), shared)
                beyond = pair.low > 0 or pair.high < 0
                assert (holder in row_on(rows, day)[1:]) == beyond, (place, day, holder)
                seen.add((beyond, bool(pair.mean)))
    assert seen == {(True, True), (False, True), (False, False)}
    assert comparison(inert=True)["comparison"]["beyond"] == {}
