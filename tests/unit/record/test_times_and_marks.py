"""What a record can say of times, names, words of number and handling, on a river crossing that nobody fought over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.errors import Fault
from situation.log.story_words import event_in_words
from situation.log.value_words import amount
from situation.record.answers.state import Lens, state_answer
from situation.record.beliefs.weights import CREDIBILITY, DOUBT, weigh
from situation.record.loading import inspect, load
from situation.record.record import Record
from situation.record.warnings.doubts import doubts_of
from situation.testimony.dating.clock import Clock
from tests.arch.commands import COMMAND

MAP = """\
situation: crossing
title: Crossing
about: Invented.
window: {from: 2020-01-01, to: 2020-05-01}
ZONE
LEXICON
actors:
  - {id: north, name: the North, names: [{name: the Great North, from: 2020-01-10}], aliases: [{name: the League, until: 2020-01-31}]}
  - {id: south, name: the South}
  - {id: guard, name: the Guard, parents: [{parent: south, until: 2020-01-31}, {parent: north, from: 2020-02-01}]}
  - {id: coast, name: the Coast}
  - {id: hills, name: the Hills}
places:
  - {id: ford, name: the Ford, kind: town, country: XX, at: {lat: 10.0, lon: 10.0, precision_km: 1, source: invented}}
  - {id: mill, name: the Mill, kind: village, country: XX, at: {lat: 10.2, lon: 10.2, precision_km: 1, source: invented}}
opening:
  at: 2020-01-01
  places:
    ford: {holder: south, status: held, assumed: it was theirs}
    mill: {holder: south, status: held, assumed: it was theirs}
  actors: {north: {posture: none, assumed: so}, south: {posture: none, assumed: so}, coast: {posture: none, assumed: so}, hills: {posture: none, assumed: so}}
  relations: [{from: north, to: south, stance: hostile, assumed: they are at war}]
"""  # noqa: E501
SOURCES = """\
sources:
  - {id: gazette, outlet: The Gazette, published: 2020-05-01, edition: evening, language: fr, translator: A. Clerk, archive: box 4, reliability: {grade: B, as_of: 2020-01-01, reason: has been right}}
  - {id: cable, outlet: The Cable, published: 2020-05-01, tlp: green, reliability: {grade: B, as_of: 2020-01-01, reason: has been right}}
"""  # noqa: E501
TAKEN = "asserts: {event: Captured, place: ford, by: [north], against: south}"


def situation(folder: Path, *claims: str, zone: str = 'utc_offset: "+01:00"', lexicon: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "map.yaml").write_text(MAP.replace("ZONE", zone).replace("LEXICON\n", lexicon and f"{lexicon}\n"))
    (folder / "sources.yaml").write_text(SOURCES)
    rows = (row if "source:" in row else f"source: gazette, {row}" for row in claims)
    (folder / "record.yaml").write_text("claims:\n" + "".join(f"  - {{{row}}}\n" for row in rows))
    return folder


def told(folder: Path) -> list[str]:
    return [str(problem).removeprefix(f"{folder}/") for problem in inspect(folder)[1]]


def record_minute(text: str) -> int:
    return Clock().moment(text)


def spoken(record: Record, name: str) -> str:
    happened = record.testimony.claims[name].happened
    assert happened is not None
    return record.ground.clock.spoken(happened.span)


def test_a_date_is_widened_by_about_and_clipped_where_it_is_open(tmp_path: Path) -> None:
    dates = {"A": "2020-03-10~", "B": "2020-03/..", "C": "2020-03-XX"}
    rows = [f"id: {name}, happened: {date}, {TAKEN}" for name, date in dates.items()]
    record = load(situation(tmp_path, *rows))
    assert [spoken(record, name) for name in "ABC"] == ["7 to 13 Mar 2020", "1 Mar to 1 May 2020", "Mar 2020"]


@pytest.mark.parametrize(
    ("latitudes", "spans", "how"),
    [
        ((10.0, 10.2), ["Mar to May", "Jun to Aug", "Sep to Nov", "Dec to Feb"], "the season of the north"),
        ((-10.0, -10.2), ["Sep to Nov", "Dec to Feb", "Mar to May", "Jun to Aug"], "the season of the south"),
        ((10.0, -10.2), ["Mar to Nov", "Jun to Feb", "Mar to Nov", "Jun to Feb"], "in the north or in the south"),
    ],
)
def test_a_season_is_that_of_the_places_of_the_map(
    latitudes: tuple[float, float], spans: list[str], how: str, tmp_path: Path
) -> None:
    rows = [f"id: S{code}, happened: 2019-{code}, {TAKEN}" for code in (21, 22, 23, 24)]
    folder = situation(tmp_path, *rows)
    text = (
        (folder / "map.yaml")
        .read_text("utf-8")
        .replace("window: {from: 2020", "window: {from: 2018")
        .replace("  at: 2020", "  at: 2018")
    )
    text = text.replace("lat: 10.0", f"lat: {latitudes[0]}").replace("lat: 10.2", f"lat: {latitudes[1]}")
    (folder / "map.yaml").write_text(text)
    record = load(folder)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    for name, span in zip(("S21", "S22", "S23", "S24"), spans, strict=True):
        happened = record.testimony.claims[name].happened
        assert happened is not None and how in happened.how
        ends = [record.ground.clock.date(minute) for minute in (happened.span.earliest, happened.span.latest)]
        assert " to ".join(months[month - 1] for _, month, _ in ends) == span


def test_a_war_before_1970_is_read_as_one_after_it(tmp_path: Path) -> None:
    rows = [
        f"id: A, happened: 2020-05, {TAKEN}",
        "id: B, happened: 2020-02/.., asserts: {event: Entered, place: mill, by: [coast]}",
        "id: C, happened: 2020-04, said: 2020-04-12, asserts: {event: Attacked, place: mill, by: [coast]}",
    ]
    spans = []
    for year in ("2020", "1964"):
        folder = situation(tmp_path / year, *rows)
        for path in folder.iterdir():
            path.write_text(path.read_text("utf-8").replace("2020", year))
        record = load(folder)
        spans.append([(entry.id, record.ground.clock.spoken(entry.span).replace(year, "")) for entry in record.log()])
    assert spans[0] == spans[1]
    assert ("captured/ford/near A", "1 May ") in spans[0]


def test_one_of_a_set_of_dates_is_from_the_first_to_the_last_of_them(tmp_path: Path) -> None:
    dates = {
        "A": "[2020-02-03,2020-01-20,2020-02-10..2020-02-12]",
        "B": "[..2020-02-03]",
        "C": "[2020-02-03, 2020-04..]",
    }
    record = load(situation(tmp_path, *(f'id: {name}, happened: "{date}", {TAKEN}' for name, date in dates.items())))
    assert [spoken(record, name) for name in "ABC"] == [
        "20 Jan to 12 Feb 2020",
        "1 Jan to 3 Feb 2020",
        "3 Feb to 1 May 2020",
    ]
    happened = record.testimony.claims["A"].happened
    assert happened is not None
    assert happened.words == "one of 2020-02-03, 2020-01-20, 2020-02-10 to 2020-02-12"


@pytest.mark.parametrize(
    ("date", "fact"),
    [
        (
            '"{2020-01-02,2020-01-05}"',
            'names several dates. Write one claim for each: "2020-01-02", "2020-01-05".',
        ),
        ('"[2020-01-02,2020-01-05"', "'[' is not closed. End it with ']'."),
        ('"[2020-01-02,2020-13]"', "'2020-13' is no date: there is no month 13. Months run from 01 to 12."),
        ("[2020-01-02, 2020-01-05]", 'Put one of several dates in quotes: "[2020-01-02,2020-01-05]".'),
        ('"Y2020"', "A year of four digits stands without Y: write 2020."),
    ],
)
def test_a_set_that_is_not_read_says_what_to_write(date: str, fact: str, tmp_path: Path) -> None:
    (problem,) = told(situation(tmp_path, f"id: A, happened: {date}, {TAKEN}"))
    assert fact in problem


def test_the_lexicon_of_a_map_says_how_far_about_reaches(tmp_path: Path) -> None:
    lexicon = "lexicon: [{words: ~ day, least: 0 d, most: 1 d, assumed: they count days}]"
    record = load(situation(tmp_path, f"id: A, happened: 2020-03-10~, {TAKEN}", lexicon=lexicon))
    assert spoken(record, "A") == "9 to 11 Mar 2020"


def test_a_date_of_another_calendar_is_read_in_it(tmp_path: Path) -> None:
    record = load(situation(tmp_path, f"id: A, happened: {{date: 2020-02-29, calendar: julian}}, {TAKEN}"))
    assert spoken(record, "A") == "13 Mar 2020"


def test_a_date_in_doubt_takes_a_step_off_the_credibility(tmp_path: Path) -> None:
    record = load(
        situation(tmp_path, f"id: A, happened: 2020-03-10, {TAKEN}", f'id: B, happened: "2020-03-10?", {TAKEN}')
    )
    known = record.known(None)
    sure, doubtful = (
        weigh(claim, record.testimony, record.ground, known) for claim in record.testimony.claims.values()
    )
    assert (sure.doubtful, doubtful.doubtful) == (False, True)
    assert doubtful.value == pytest.approx(sure.value * (CREDIBILITY[6] - DOUBT) / CREDIBILITY[6])


def test_an_hour_that_the_clocks_skipped_is_told_at_its_line(tmp_path: Path) -> None:
    folder = situation(tmp_path, f"id: A, happened: 2020-03-29T03:30, {TAKEN}", zone="time_zone: Europe/Kyiv")
    assert [problem.split(": ")[0] for problem in told(folder)] == ["record.yaml:2:30"]


def test_an_hour_that_clocks_showed_twice_is_warned_of_and_an_offset_settles_it(tmp_path: Path) -> None:
    rows = [f"id: A, happened: 2020-03-29T02:30, {TAKEN}", f'id: B, happened: "2019-10-27T03:30+03:00", {TAKEN}']
    folder = situation(tmp_path, *rows, f"id: C, happened: 2019-10-27T03:30, {TAKEN}", zone="time_zone: Europe/Kyiv")
    [warning] = [str(doubt) for doubt in doubts_of(load(folder)) if "twice" in doubt.fact]
    assert "record.yaml:4:5: Local clocks showed the time under 'happened' twice in Europe/Kyiv" in warning


@pytest.mark.parametrize(
    ("zone", "problem"),
    [
        ("time_zone: Europe/Kyv", "map.yaml:5:1: There is no time zone 'Europe/Kyv'. Did you mean 'Europe/Kyiv'?"),
        ("", "map.yaml:1:1: The map has neither 'utc_offset' nor 'time_zone'."),
        ('time_zone: UTC\nutc_offset: "+01:00"', "map.yaml:5:1: The map has both 'utc_offset' and 'time_zone'."),
        (
            'utc_offset: "+01:00"\ncalendar: julien',
            "map.yaml:6:1: 'julien' is not allowed here. Did you mean 'julian'?",
        ),
    ],
)
def test_a_zone_or_calendar_that_is_none_is_told(tmp_path: Path, zone: str, problem: str) -> None:
    assert any(one.startswith(problem) for one in told(situation(tmp_path, zone=zone)))


def test_a_word_of_number_has_the_lexicons_bounds_and_no_best(tmp_path: Path) -> None:
    attack = "happened: 2020-03-10, asserts: {event: Attacked, place: ford, by: [north], against: south, killed: "
    lexicon = "lexicon: [{words: a heap, low: 5, high: 50, assumed: we asked him}]"
    rows = [
        f"id: A, {attack}dozens}}",
        f"id: B, {attack}{{words: Several  Hundred, unit: horses}}}}",
        f"id: C, {attack}{{low: 24, unit: persons}}}}",
        f"id: D, {attack}a heap}}",
    ]
    record = load(situation(tmp_path, *rows, lexicon=lexicon))
    killed = [getattr(claim.content, "killed") for claim in record.testimony.claims.values()]  # noqa: B009
    assert [amount(number) for number in killed] == [
        "dozens (24 to 99 persons, ASSUMED)",
        "several hundred (300 to 900 horses, ASSUMED)",
        "at least 24 persons",
        "a heap (5 to 50 persons, ASSUMED)",
    ]
    assert [number.best for number in killed] == [None] * 4


@pytest.mark.parametrize(
    ("killed", "problem"),
    [
        ("dozen", "The lexicon has no number 'dozen'. Write {best: 12, unit: persons}."),
        ("zillions", "The lexicon has no number 'zillions'."),
        ("{words: dozens, low: 3, unit: persons}", "'words' and 'low' do not go together."),
    ],
)
def test_a_word_of_number_that_nobody_knows_is_told(tmp_path: Path, killed: str, problem: str) -> None:
    row = f"happened: 2020-03-10, asserts: {{event: Attacked, place: ford, by: [north], against: south, killed: {killed}}}"
    [line] = told(situation(tmp_path, row))
    assert problem in line


def test_a_dated_name_stands_for_who_bore_it_then(tmp_path: Path) -> None:
    late = "happened: 2020-03-10, asserts: {event: Captured, place: ford, by: [the Great North], against: south}"
    early = "happened: 2020-01-05, asserts: {event: Captured, place: mill, by: [the North], against: south}"
    alias = "happened: 2020-01-20, asserts: {event: Attacked, place: mill, by: [The League], against: south}"
    record = load(situation(tmp_path, late, early, alias))
    assert {claim.event.actors for claim in record.testimony.claims.values() if claim.event} == {("north",)}
    texts = [entry.span.earliest for entry in record.log() if entry.id.startswith("captured")]
    assert len(texts) == 2


def test_a_name_that_nobody_bore_then_is_told(tmp_path: Path) -> None:
    row = "happened: 2020-01-05, asserts: {event: Captured, place: ford, by: [the Great North], against: south}"
    [line] = told(situation(tmp_path, row))
    assert line.endswith(
        "No actor bore the name 'the Great North' at that time. Correct the date, or write the id: 'north'."
    )


def test_a_claim_of_a_name_makes_it_one_from_its_date_on(tmp_path: Path) -> None:
    named = (
        "happened: 2020-02-01, asserts: {event: ActorDescribed, actor: south, attribute: name, value: the Old South}"
    )
    rows = [
        "happened: 2020-02-10, asserts: {event: Captured, place: mill, by: [the Old South], against: north}",
        "happened: 2020-01-10, asserts: {event: Captured, place: mill, by: [the South], against: north}",
    ]
    assert told(situation(tmp_path, named, *rows)) == []
    assert len(told(situation(tmp_path, named, rows[0].replace("02-10", "01-20")))) == 1


def test_sentences_call_an_actor_by_the_name_that_a_claim_says_it_bore_by_then(tmp_path: Path) -> None:
    named = (
        "happened: 2020-02-01, asserts: {event: ActorDescribed, actor: south, attribute: name, value: the Old South}"
    )
    rows = [
        "happened: 2020-01-10, asserts: {event: Captured, place: mill, by: [south], against: north}",
        "happened: 2020-02-10, asserts: {event: Captured, place: ford, by: [north], against: south}",
    ]
    record = load(situation(tmp_path, named, *rows))
    assert [claim.says for claim in record.testimony.claims.values()] == [
        "The name the Old South came into use.",
        "The South took the Mill from the Great North.",
        "The Great North took the Ford from the Old South.",
    ]
    texts = [event_in_words(entry.event, record.ground.at(entry.time)) for entry in record.log()]
    assert "The Great North took the Ford from the Old South" in texts
    assert "The South took the Mill from the Great North" in texts
    assert record.ground.at(record.minute("2020-01-31")).name("south") == "the South"


@pytest.mark.parametrize(
    "named",
    [
        "asserts: {event: ActorDescribed, actor: south, attribute: name, value: the Old South}",
        "happened: 2020-02-01, denies: {event: ActorDescribed, actor: south, attribute: name, value: the Old South}",
        "happened: 2020-02-01, asserts: {event: ActorDescribed, actor: south, attribute: composition, value: the Old South}",
    ],
)
def test_a_name_without_a_time_or_that_is_denied_renames_nobody(tmp_path: Path, named: str) -> None:
    ground = load(situation(tmp_path, named)).ground
    assert ground.at(ground.window.latest).name("south") == "the South"


@pytest.mark.parametrize(("day", "holder"), [("2020-01-20", "south"), ("2020-02-20", "north")])
def test_a_unit_takes_places_for_those_it_stands_under_at_the_time(tmp_path: Path, day: str, holder: str) -> None:
    record = load(situation(tmp_path, f"happened: {day}, asserts: {{event: Captured, place: ford, by: [guard]}}"))
    assert record.state().places["ford"].holder == holder


def test_after_a_split_the_successor_is_not_stated_until_it_is_claimed(tmp_path: Path) -> None:
    split = "happened: 2020-02-01, asserts: {event: ActorSplit, actor: south, into: [hills, coast]}"
    claimed = "happened: 2020-03-01, asserts: {event: Captured, place: mill, by: [hills]}"
    record = load(situation(tmp_path, split, claimed))
    places = [state_answer(record, at, Lens())["places"] for at in ("2020-01-31", "2020-02-02", "2020-03-02")]
    assert [row["mill"]["holder"] for row in places] == ["south", None, "hills"]
    assert [row["mill"].get("successors") for row in places] == [None, ["coast", "hills"], None]
    assert places[2]["ford"]["successors"] == ["coast", "hills"]


def test_after_a_merger_the_holdings_are_the_others(tmp_path: Path) -> None:
    record = load(situation(tmp_path, "happened: 2020-02-01, asserts: {event: ActorsMerged, by: [south], into: coast}"))
    assert [record.state(at=at).places["ford"].holder for at in ("2020-01-31", "2020-02-02")] == ["south", "coast"]


EMBARGOED = f"id: A, said: 2020-01-16, embargo_until: 2020-02-15, happened: 2020-01-15, {TAKEN}"
RELEASED = "id: B, happened: 2020-01-20, asserts: {event: Attacked, place: mill, by: [north], against: south}"


def answer(*words: str) -> Any:
    result = CliRunner().invoke(main, [*words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize(("release", "holder"), [("2020-02-14", "south"), ("2020-02-15", "north")])
def test_before_its_release_a_claim_is_left_out_of_everything(tmp_path: Path, release: str, holder: str) -> None:
    folder = str(situation(tmp_path / "crossing", EMBARGOED, "id: R, said: 2020-03-01, retracts: A", RELEASED))
    asked = ("--known-at", "2020-02-28", "--release", release)
    assert answer("state", folder, *asked)["places"]["ford"]["holder"] == holder
    shown = {row["id"] for row in answer("claims", folder, "--release", release)}
    assert shown == ({"B"} if holder == "south" else {"A", "R", "B"})


def test_no_file_of_a_replay_holds_what_is_not_released(tmp_path: Path) -> None:
    folder = situation(tmp_path / "crossing", EMBARGOED, RELEASED)
    digests = set()
    for release in ("2020-02-01", "2020-04-01"):
        run = tmp_path / release
        digests.add(answer("replay", str(folder), "--release", release, "--out", str(run))["digest"])
        held = any(b"captured/ford" in path.read_bytes() for path in run.iterdir() if path.suffix != ".parquet")
        assert held == (release == "2020-04-01")
        assert json.loads((run / "manifest.json").read_text())["release"].startswith(release)
    assert len(digests) == 2


def test_what_is_made_bears_the_strictest_mark_of_what_went_into_it(tmp_path: Path) -> None:
    rows = [
        f"source: cable, id: A, happened: 2020-01-15, {TAKEN}",
        f"id: B, tlp: Amber+Strict, said: 2020-03-01, {RELEASED[7:]}",
    ]
    folder = str(situation(tmp_path / "crossing", *rows))
    assert [row["tlp"] for row in answer("claims", folder)] == ["TLP:GREEN", "TLP:AMBER+STRICT"]
    assert answer("disputes", folder)["handling"]["tlp"] == "TLP:AMBER+STRICT"
    run = tmp_path / "run"
    assert answer("replay", folder, "--out", str(run))["handling"]["mark"] == "TLP:AMBER+STRICT"
    assert "<title>TLP:AMBER+STRICT: Crossing" in (run / "index.html").read_text()
    assert json.loads((run / "manifest.json").read_text())["handling"]["tlp"] == "TLP:AMBER+STRICT"
    assert CliRunner().invoke(main, ["state", folder]).output.startswith("TLP:AMBER+STRICT\n")


@pytest.mark.parametrize(
    ("mark", "problem"),
    [
        ("tlp: ambre", "'ambre' is no label of TLP 2.0. Did you mean 'amber'?"),
        ("tlp: white", "What was white is now 'clear'."),
        ("embargo_until: soon", "'soon' is no date."),
    ],
)
def test_a_mark_that_is_none_is_told(tmp_path: Path, mark: str, problem: str) -> None:
    [line] = told(situation(tmp_path, f"id: A, {mark}, happened: 2020-01-15, {TAKEN}"))
    assert problem in line


def test_every_command_that_reads_a_record_takes_a_release() -> None:
    reading = {name for name, one in COMMAND.items() if any("--without" in option.opts for option in one.params)}
    released = {name for name, one in COMMAND.items() if any("--release" in option.opts for option in one.params)}
    assert reading - released == set()
    assert {"state", "claims", "why", "disputes", "replay", "run", "compare", "check", "score", "serve"} <= released


def test_edition_language_translator_and_archive_stand_beside_each_claim(tmp_path: Path) -> None:
    [row] = answer("claims", str(situation(tmp_path / "crossing", f"id: A, happened: 2020-01-15, {TAKEN}")))
    assert [row[key] for key in ("edition", "language", "translator", "archive")] == [
        "evening",
        "fr",
        "A. Clerk",
        "box 4",
    ]


NASTY = '"=HYPERLINK(1) [bold red]x <script>a</script> \\u202eabc \\u001b[2J\\u009b31m \\u0007"'
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _nasty(folder: Path) -> Path:
    made = situation(folder, f"id: A, says: {NASTY}, happened: 2020-01-15, {TAKEN}")
    text = (made / "map.yaml").read_text()
    (made / "map.yaml").write_text(
        text.replace("name: the Ford", f"name: {NASTY}").replace("title: Crossing", f"title: {NASTY}")
    )
    return made


def _printed(folder: str, out: str) -> Iterator[str]:
    asked = (("check",), ("state",), ("claims",), ("disputes", "--all"), ("why", "ford.holder"))
    for words in ((*words, folder) for words in asked):
        for form in ((), ("--json",)):
            yield CliRunner().invoke(main, [*words, *form]).output
    yield CliRunner().invoke(main, ["replay", folder, "--out", out]).output
    yield CliRunner().invoke(main, ["why", "ford\u202e.holder\x1b[2J", folder]).output


def test_no_control_character_or_turn_of_direction_is_raw_in_any_output(tmp_path: Path) -> None:
    folder, out = _nasty(tmp_path / "crossing"), tmp_path / "run"
    for printed in _printed(str(folder), str(out)):
        assert printed and not RAW.search(printed)
    for path in out.iterdir():
        if path.suffix in (".json", ".jsonl", ".csv"):
            assert not RAW.search(path.read_text("utf-8")), path.name
    title = re.search("<title>(.*?)</title>", (out / "index.html").read_text("utf-8"), re.S)
    assert title is not None and not RAW.search(title[1]) and "<script>" not in title[1]


def test_a_unit_that_changed_sides_is_compared_as_one_of_the_side_that_it_stood_under_then(tmp_path: Path) -> None:
    def disputed(when: str, side: str) -> set[str]:
        rows = [
            f"id: {name}, source: {source}, episode: f, happened: {when}, asserts: {{event: Entered, place: mill, by: [{by}]}}"
            for name, source, by in (("A", "gazette", "guard"), ("B", "cable", side))
        ]
        record = load(situation(tmp_path / f"{side}{when}", *rows))
        return {dispute.relation for dispute in record.disputes().disputes if dispute.cell == "mill.entered_by"}

    (tmp_path / "x").mkdir()
    assert disputed("2020-01-15", "south") == set()
    assert disputed("2020-02-15", "north") == set()
    assert disputed("2020-02-15", "south") == {"contradicts"}


def test_a_statement_on_a_unit_is_held_against_the_place_of_the_side_that_it_stood_under_then(tmp_path: Path) -> None:
    rows = [
        "id: A, happened: 2020-01-05, asserts: {event: Captured, place: ford, by: [north], against: south}",
        "id: B, source: cable, happened: 2020-03-01, asserts: {statement: Holds, actor: guard, area: ford}",
    ]
    why = load(situation(tmp_path, *rows)).why("ford.holder", "2020-03-01")
    assert {voice.claim.id for voice in why.supporting} == {"A", "B"}


def test_what_was_corrected_is_warned_of_no_more(tmp_path: Path) -> None:
    sides = "killed_of: {south: {best: 8, unit: men}, north: {best: 9, unit: men}}"
    fight = f"place: ford, by: [north], against: south, killed: {{best: NUMBER, unit: men}}, {sides}"
    attack = f"happened: 2020-02-20, episode: first, asserts: {{event: Attacked, {fight}}}"
    fall = f"episode: second, follows: [{{happening: attacked/ford/first}}], {TAKEN}"
    taken = "event: PrisonersTaken, place: mill, by: [north]"
    siege = "asserts: {event: Besieged, place: mill, by: [north], against: south}"
    faulty = [
        f"id: A, {attack.replace('NUMBER', '10')}",
        f"id: B, happened: 2020-02-10, {fall}",
        f"id: C, happened: 2020-02-10/2020-02-28, {siege}",
        f"id: D, happened: 2020-02-11, asserts: {{{taken}, number: {{best: 99999999, unit: men}}}}",
    ]
    mended = [
        f"id: A2, corrects: A, {attack.replace('NUMBER', '17')}",
        f"id: B2, corrects: B, happened: 2020-02-21, {fall}",
        f"id: C2, corrects: C, happened: 2020-02-10, {siege}",
        f"id: D2, corrects: D, happened: 2020-02-11, asserts: {{{taken}}}",
    ]
    assert len(doubts_of(load(situation(tmp_path / "faulty", *faulty)))) == 4
    assert doubts_of(load(situation(tmp_path / "mended", *faulty, *mended))) == []


def test_an_operation_rests_on_nothing_that_is_told_of_a_region_of_its_name(tmp_path: Path) -> None:
    launched = "id: L, happened: 2020-02-01, asserts: {event: OperationLaunched, operation: vale, by: [north]}"
    closed = "id: B, happened: 2020-02-02, asserts: {event: Blockaded, place: vale, by: [north]}"
    folder = situation(tmp_path, launched, closed)
    named = "regions: [{id: vale, name: the Vale, places: [ford]}]\noperations: [{id: vale, name: Vale}]\nopening:"
    (folder / "map.yaml").write_text((folder / "map.yaml").read_text("utf-8").replace("opening:", named))
    assert [it["because"] for it in state_answer(load(folder), None, Lens())["operations"]] == [["L"]]


def test_a_cell_that_is_not_there_is_answered_of_a_map_without_places(tmp_path: Path) -> None:
    folder = situation(
        tmp_path, "id: C, happened: 2020-02-01, asserts: {event: PostureChanged, actor: north, posture: delay}"
    )
    text = (folder / "map.yaml").read_text("utf-8")
    places = text[text.index("places:") : text.index("opening:")]
    held = text[text.index("  places:\n") : text.index("  actors: {north")]
    (folder / "map.yaml").write_text(text.replace(places, "places: []\n").replace(held, "  places: {}\n"))
    with pytest.raises(Fault, match=r"There is no cell 'nothing.holder' at that time"):
        load(folder).why("nothing.holder")


def test_rows_of_a_table_stay_apart_over_an_export_that_has_no_claim_of_its_own(tmp_path: Path) -> None:
    attack = "happened: 2020-02-01, asserts: {event: Attacked, place: ford, by: [north], against: south}"
    folder = situation(tmp_path, f"id: A, source: first, {attack}", f"id: B, source: third, {attack}")
    rows = "outlet: Table, rows: true, published: 2020-05-01, reliability: {grade: B, as_of: 2020-01-01, reason: right before}"
    newer = {"first": "[]", "second": "[first]", "third": "[second]"}
    lines = [f"  - {{id: {name}, newer_than: {older}, {rows}}}\n" for name, older in newer.items()]
    (folder / "sources.yaml").write_text(f"sources:\n{''.join(lines)}")
    assert [entry.cause.claims for entry in load(folder).log() if entry.event.reported] == [("A",), ("B",)]
