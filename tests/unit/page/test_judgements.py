"""Key judgements: plain sentences with the right numbers and words, and none of what is not known."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.dates import DAY, Interval
from situation.ensemble.statistics.shares import odds_words
from situation.events import ActorId, Attacked, Captured, CiviliansKilled, PlaceId, Quantity
from situation.page.contract import PayloadShape
from situation.page.judgements import (
    Judgement,
    comparison_judgements,
    judgement,
    record_judgements,
    story_judgements,
    words_in,
)
from situation.page.judgements.phrases import chance_that, long_day, long_span, statement_of
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from situation.scenario.question import FORMS
from situation.testimony.claims import Claim, Dated
from situation.testimony.dating.clock import Clock
from tests.unit.small import small_ground, small_record
from tests.unit.spoken import claim, retraction, span
from tests.unit.spoken import record as record_of

GROUND = small_ground()
KEYS = {
    "place": "corve-mill",
    "by": "rebels",
    "actor": "south",
    "area": "valley",
    "at": "2020-03-31",
    "days": 1,
    "times": 2,
    "how": ["killed", "left"],
    "between": ["north", "south"],
    "rung": 1,
}
IDENTITY = {"digest": "0", "versions": {"situation": "0"}}


def texts(judgements: list[Judgement]) -> list[str]:
    return [one["text"] for one in judgements]


@pytest.mark.parametrize("ask", FORMS)
def test_what_a_question_asks_is_said_in_names(ask: str) -> None:
    form = FORMS[ask]
    for one in (form, form.instead):
        if one is not None:
            said = statement_of({"ask": ask, **{key: KEYS[key] for key in (*one.needs, *one.may)}}, GROUND)
            assert "{" not in said
            assert "corve-mill" not in said
            assert statement_of({"ask": ask, **{key: KEYS[key] for key in one.needs}}, GROUND)


def test_a_statement_has_articles_days_and_plurals_as_english_has_them() -> None:
    assert statement_of({"ask": "held for", "place": "dell", "by": "north", "days": 1}, GROUND) == (
        "the North will hold Dell for 1 day on end"
    )
    assert statement_of({"ask": "clash", "between": ["north", "south"], "at": "2020-03-31"}, GROUND) == (
        "the North and the South will come to an open confrontation by 31 March 2020"
    )


LOST = {"ask": "lost", "actor": "rebels", "how": ["killed", "surrendered"], "area": "valley"}
HELD = {"ask": "places held", "area": "valley", "by": "south", "at": "2020-03-31"}
MEN = {"ask": "fighters", "area": "valley", "actor": "south"}
WAIT = {"ask": "days until", "place": "dell", "by": "north"}
PAIR = {"ask": "days until", "between": ["north", "south"], "rung": 1}


@pytest.mark.parametrize(
    ("terms", "figure", "said"),
    [
        (LOST, "112", "112 of the rebels' men will be killed or taken prisoner in the valley"),
        (LOST, "1", "1 of the rebels' men will be killed or taken prisoner in the valley"),
        (LOST, "0", "none of the rebels' men will be killed or taken prisoner in the valley"),
        (HELD, "3", "the South will hold 3 places in the valley on 31 March 2020"),
        (HELD, "1", "the South will hold 1 place in the valley on 31 March 2020"),
        (HELD, "0", "the South will hold no places in the valley on 31 March 2020"),
        (MEN, "1", "the South will have 1 man in the valley"),
        (MEN, "0 to 1", "the South will have 0 to 1 men in the valley"),
        (WAIT, "12", "the North will take Dell after 12 days"),
        (WAIT, "1", "the North will take Dell after 1 day"),
        (WAIT, "0", "the North will take Dell after less than a day"),
        (WAIT, "", "the North will take Dell"),
        (PAIR, "3 to 9", "the North and the South will come to an incident after 3 to 9 days"),
    ],
)
def test_a_time_or_a_number_is_said_in_a_sentence(terms: dict[str, Any], figure: str, said: str) -> None:
    assert statement_of(terms, GROUND, figure) == said


@pytest.mark.parametrize(
    ("band", "said"),
    [
        ((0.01, 0.04), "there is almost no chance (1 to 4 %) that it rains"),
        ((0.46, 0.54), "there is a roughly even chance (46 to 54 %) that it rains"),
        ((0.6, 0.7), "it is likely (60 to 70 %) that it rains"),
        ((0.01, 0.14), "the likelihood that it rains ranges from almost no chance to very unlikely (1 to 14 %)"),
        ((0.0, 0.71), "the likelihood that it rains could be anywhere from almost no chance to likely (0 to 71 %)"),
    ],
)
def test_a_chance_is_a_band_with_the_words_of_the_band(band: tuple[float, float], said: str) -> None:
    assert chance_that(*band, "it rains") == said
    assert all(word in said for word in odds_words(*band).split(" to "))


def test_days_are_written_out_in_any_century() -> None:
    clock = Clock()
    assert long_day(-1, clock) == "31 December 1969"
    assert long_day(clock.moment("-0043-03-15"), clock) == "15 March 44 BCE"
    assert long_span(Interval(-2 * DAY, -1), clock) == "between 30 December 1969 and 31 December 1969"


def test_the_longer_wording_gives_way_where_it_is_too_long() -> None:
    long = " ".join(["word"] * 26)
    assert judgement("change", long, "it rains")["text"] == "It rains."
    assert words_in("98 % of the stories") == 4


def answer(name: str, low: float, high: float, **more: Any) -> dict[str, Any]:
    sure = {"confidence": "low", "confidence_because": "the outer band is wide"}
    return {"question": name, "ask": "captured", "share": low, "outer": [low, high], "weights": [], **sure, **more}


ASKED = {
    "first": {"ask": "captured", "place": "arlen", "by": "north"},
    "same": {"ask": "held on", "place": "arlen", "by": "north", "at": "2020-03-31"},
    "other": {"ask": "captured", "place": "dell", "by": "north"},
    "third": {"ask": "captured", "place": "corve", "by": "rebels"},
    "when": {"ask": "days until", "place": "dell", "by": "north"},
}


def test_a_run_tells_its_first_question_then_the_surest_of_the_others_and_what_it_hangs_on() -> None:
    weights = [{"number": "rebel-camp", "low": 0.1, "high": 0.6, "error": 0.01}]
    rows = [answer("first", 0.1, 0.9, weights=weights), answer("same", 0.9, 1.0), answer("third", 0.2, 0.9)]
    rows.append(answer("other", 0.96, 1.0))
    forces = {"rebel-camp": {"actor": "rebels", "at": "dunes", "kind": "hidden"}}
    assert texts(story_judgements({"questions": rows}, ASKED, GROUND, forces)) == [
        "In this model, the likelihood that the North will take Arlen could be anywhere from very unlikely to very likely "
        "(best 10 %, 10 to 90 %).",
        "Confidence in this is low: the outer band is wide.",
        "It is almost certain (96 to 100 %) that the North will take Dell.",
        "The first hangs most on the rebels' men in hiding at the Dunes: 10 % where it is low, 60 % where it is high.",
    ]


def test_a_run_says_nothing_where_no_story_came_to_its_end_and_nothing_of_luck() -> None:
    assert story_judgements({"questions": []}, ASKED, GROUND, {}) == []
    none = {"question": "first", "ask": "captured", "runs": 0, "share": None, "mean": None}
    assert story_judgements({"questions": [none]}, ASKED, GROUND, {}) == []
    luck = [{"number": "melt", "low": 0.1, "high": 0.2, "error": 0.5}]
    assert len(story_judgements({"questions": [answer("first", 0.1, 0.9, weights=luck)]}, ASKED, GROUND, {})) == 2


def change(name: str, first: float, second: float, interval: tuple[float, float] | None, **more: Any) -> dict[str, Any]:
    row = {"question": name, "ask": ASKED[name]["ask"], "first": first, "second": second, "weights": []}
    return row | {"difference": second - first, "interval": interval, "equal": 0.5, **more}


def test_a_comparison_tells_the_largest_difference_first_and_what_shows_none_in_one_line() -> None:
    rows = [
        change("first", 0.5, 0.5, (0.0, 0.0)),
        change("third", 0.1, 0.2, (0.05, 0.15)),
        change("other", 0.08, 0.98, (0.83, 0.97)),
        change("when", 40.0, 12.2, (-30.0, -25.0)),
        change("same", 0.1, 0.2, (-0.05, 0.15)),
    ]
    parted = {"questions": rows, "pairs": 64, "parted": {"first_day": 1}}
    assert texts(comparison_judgements(parted, ASKED, GROUND, {})) == [
        "The North will take Dell in 98 % of the stories, against 8 % in the baseline (+83 to +97 points).",
        "The rebels will take Corve in 20 % of the stories, against 10 % in the baseline (+5 to +15 points).",
        "The North will take Dell after 12 days in the median story, against 40 days in the baseline (−30 to −25 days).",
        "In 2 of 5 questions no difference can be told from luck.",
    ]
    sure = comparison_judgements(
        parted,
        ASKED,
        GROUND,
        {},
        answers=[
            answer("other", 0.9, 1.0, share=0.98, confidence="high", confidence_because="the outer band is narrow")
        ],
    )
    assert texts(sure)[1] == "Confidence in the 98 % is high: the outer band is narrow (90 to 100 %)."
    assert len(sure) == 5


def test_a_long_name_leaves_a_difference_its_interval() -> None:
    dell = PlaceId("dell")
    named = evolve(GROUND.places[dell], name="the Dell beyond the two rivers and the old mill")
    ground = evolve(GROUND, places={**GROUND.places, dell: named})
    rows = [change("other", 0.08, 0.98, (0.83, 0.97))]
    (judged,) = texts(
        comparison_judgements({"questions": rows, "pairs": 64, "parted": {"first_day": 1}}, ASKED, ground, {})
    )
    assert judged.endswith("and the old mill in 98 % of stories (baseline 8 %; +83 to +97 points).")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (None, 51.4, "after 51 days in the median story of the scenario; in most of the baseline it never happens."),
        (51.4, None, "after 51 days in the median story of the baseline; in most of the scenario it never happens."),
        (40.0, 0.2, "after less than a day in the median story, against 40 days in the baseline (−90 to −60 days)."),
        (40.0, 1.0, "after 1 day in the median story, against 40 days in the baseline (−90 to −60 days)."),
        (12.4, 12.2, "after 12.2 days in the median story, against 12.4 days in the baseline (−90 to −60 days)."),
    ],
)
def test_medians_of_a_time_are_told_apart_and_never_is_said_in_words(
    first: float | None, second: float | None, said: str
) -> None:
    rows = [change("when", 40.0, 51.4, (-90.0, -60.0)) | {"first": first, "second": second}]
    judged = comparison_judgements({"questions": rows, "pairs": 64, "parted": {"first_day": 1}}, ASKED, GROUND, {})
    assert texts(judged) == [f"The North will take Dell {said}"]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            40.0,
            112.0,
            "112 of the rebels' men will be killed in the median story, against 40 in the baseline (+1 to +90 men).",
        ),
        (
            0.0,
            1.0,
            "1 of the rebels' men will be killed in the median story, against none in the baseline (+1 to +90 men).",
        ),
        (
            12.0,
            0.0,
            "None of the rebels' men will be killed in the median story, against 12 in the baseline (+1 to +90 men).",
        ),
    ],
)
def test_medians_of_a_number_are_said_as_a_newspaper_prints_them(first: float, second: float, said: str) -> None:
    asked = {"dead": {"ask": "lost", "actor": "rebels", "how": "killed"}}
    row = change("when", first, second, (1.0, 90.0)) | {"question": "dead", "ask": "lost"}
    judged = comparison_judgements({"questions": [row], "pairs": 64, "parted": {"first_day": 1}}, asked, GROUND, {})
    assert texts(judged) == [said]


@pytest.mark.parametrize(
    ("interval", "said"), [((0.9, 0.9), "+90 points"), ((0.01, 0.01), "+1 point"), ((0.01, 0.03), "+1 to +3 points")]
)
def test_an_interval_of_equal_ends_is_one_figure(interval: tuple[float, float], said: str) -> None:
    rows = [change("other", 0.08, 0.98, interval)]
    judged = comparison_judgements({"questions": rows, "pairs": 64, "parted": {"first_day": 1}}, ASKED, GROUND, {})
    assert texts(judged)[0].endswith(f"({said}).")


@pytest.mark.parametrize(
    ("ends", "comes", "said"),
    [
        ((3.0, 12.0, 40.0), 1.0, ["The North will take Dell after 3 to 40 days in nine of ten stories."]),
        ((3.0, 3.0, 3.0), 1.0, ["The North will take Dell after 3 days in nine of ten stories."]),
        ((1.0, 1.0, 1.0), 1.0, ["The North will take Dell after 1 day in nine of ten stories."]),
        ((3.0, 12.0, None), 0.9, ["The North will take Dell after 3 days or more, if ever, in nine of ten stories."]),
        ((0.0, 12.0, None), 0.9, []),
        ((3.0, None, None), 0.3, ["The North will take Dell in 30 % of the stories."]),
        ((None, None, None), 0.0, ["The North will take Dell in none of the stories."]),
    ],
)
def test_where_only_a_time_is_asked_its_range_is_said(
    ends: tuple[float | None, float | None, float | None], comes: float, said: list[str]
) -> None:
    row = {
        "question": "when",
        "ask": "days until",
        "comes": comes,
        **dict(zip(("p05", "p50", "p95"), ends, strict=True)),
    }
    assert texts(story_judgements({"questions": [row]}, ASKED, GROUND, {})) == said


def test_a_comparison_without_any_difference_says_so_once() -> None:
    alike = {"questions": [change("first", 0.5, 0.5, None)], "pairs": 8}
    assert texts(comparison_judgements({**alike, "parted": {"first_day": None}}, ASKED, GROUND, {})) == [
        "The scenario changes nothing: every story runs as it does in the baseline."
    ]
    assert texts(comparison_judgements({**alike, "parted": {"first_day": 3}}, ASKED, GROUND, {})) == [
        "No difference can be told from luck in the one question."
    ]
    assert comparison_judgements({**alike, "questions": []}, ASKED, GROUND, {}) == []


def test_a_replay_tells_the_last_change_the_disputes_and_what_was_not_known_yet() -> None:
    record = small_record()
    payload = replay_payload(record, record.minute(None), Lens(), IDENTITY)
    said = texts(payload["judgements"])
    assert said[0].startswith("Control last changed on ")
    assert all(words_in(text) <= 25 and text[0].isupper() and text.endswith(".") for text in said)
    assert any(text.startswith("The sources disagree on ") for text in said) == bool(payload["readings"][0]["disputes"])
    assert "judgements" in PayloadShape.__annotations__


@pytest.mark.parametrize(("places", "said"), [(("corve-mill",), "part"), (("corve-mill", "corve-dock"), "the rest")])
def test_quarters_are_part_of_their_city_or_the_rest_of_it(places: tuple[str, ...], said: str) -> None:
    """The South has the middle of Corve, the rebels its two quarters; of a city that two share, none is the rest."""
    taken = [Captured(PlaceId(it), (ActorId("south"),), ActorId("rebels")) for it in (*places, "corve")]
    told = [claim(str(n), event, "2020-03-10", source="gazette", episode="") for n, event in enumerate(taken)]
    whole = record_of(*told)
    first, *_ = texts(replay_payload(whole, whole.minute(None), Lens(), IDENTITY)["judgements"])
    assert first.endswith(f": {said} of Corve passed from the rebels to the South.")


def test_what_a_judgement_of_a_replay_speaks_of_is_shown_in_the_reading_that_it_is_made_of() -> None:
    """The number of a dispute and the day of a change are those of one reading, whichever the page shows by then."""
    record = small_record()
    payload = replay_payload(record, record.minute(None), Lens(), IDENTITY)
    shown = {one["kind"]: one["shows"] for one in payload["judgements"] if "shows" in one}
    assert {"change", "dispute"} <= shown.keys()
    assert [it for it in shown.values() if not it.startswith("reading=")] == []


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_what_was_told_in_time_was_told_whatever_later_reports_of_it_are_called(names: tuple[str, str]) -> None:
    """The Gazette had the first fall by the evening of the second, and the Herald told of both two days later."""
    fell = [Captured(PlaceId(place), (ActorId("north"),), ActorId("rebels")) for place in ("arlen", "dell")]
    whole = record_of(
        claim(names[0], fell[0], "2020-03-10", source="gazette", episode=""),
        claim(names[1], fell[0], "2020-03-10", source="herald", episode=""),
        claim("c", fell[1], "2020-03-11", source="herald", episode=""),
    )
    payload = replay_payload(whole, whole.minute(None), Lens(), IDENTITY)
    assert [it for it in texts(payload["judgements"]) if "no source of this record had" in it] == [
        "By the evening of 11 March 2020, one change of control had happened that no source of this record had yet reported."
    ]


FALL = Captured(PlaceId("dell"), (ActorId("north"),), ActorId("rebels"))
OUTWEIGHED = claim("a", FALL, "2020-03-10", source="herald", episode="", said="2020-03-11")
"""The courier denies it on the same day; the gazette bears it out on the twentieth."""


@pytest.mark.parametrize(
    ("first", "changes"),
    [
        ((OUTWEIGHED,), "one change"),
        ((evolve(OUTWEIGHED, happened=Dated(span("2020-03-09"))),), "one change"),
        ((OUTWEIGHED, retraction("b", "a", source="herald", said="2020-03-21")), "one change"),
        ((OUTWEIGHED, retraction("b", "a", source="herald", said="2020-03-12")), "2 changes"),
        ((evolve(OUTWEIGHED, content=evolve(FALL, by=(ActorId("south"),))),), "2 changes"),
        ((evolve(OUTWEIGHED, kind="forecast", happened=Dated(span("2020-03-14"))),), "2 changes"),
        ((), "2 changes"),
    ],
    ids=["outweighed", "of another day", "taken back later", "taken back", "of another side", "foretold", "none"],
)
def test_what_was_claimed_in_time_was_reported_though_it_was_not_believed(
    first: tuple[Claim, ...], changes: str
) -> None:
    """Of the mill, which fell on the twelfth, nobody told in time."""
    whole = record_of(
        *first,
        claim(
            "c", FALL, span("2020-03-09", "2020-03-10"), source="courier", episode="", denied=True, said="2020-03-11"
        ),
        claim("d", FALL, "2020-03-10", source="gazette", episode="", said="2020-03-20"),
        claim("e", Captured(PlaceId("corve-mill"), (ActorId("north"),)), "2020-03-12", source="herald", episode=""),
    )
    payload = replay_payload(whole, whole.minute(None), Lens(), IDENTITY)
    assert [it for it in texts(payload["judgements"]) if "no source of this record had" in it] == [
        f"By the evening of 12 March 2020, {changes} of control had happened that no source of this record had yet reported."
    ]


def test_where_no_place_changes_hands_the_dead_lead_and_what_nobody_counted() -> None:
    north, south = ActorId("north"), ActorId("south")
    fights = [
        claim("a", Attacked(PlaceId("dell"), between=(north, south), killed=Quantity("persons", 3, 5, 9)), episode="a"),
        claim("b", Attacked(PlaceId("corve"), between=(north, south)), episode="b"),
        claim("c", CiviliansKilled(PlaceId("dell"), (south,), Quantity("civilians", best=2)), episode="c"),
        claim("d", Attacked(None, between=(north, south)), episode="d"),
        claim("e", Attacked(PlaceId("arlen"), between=(north, south)), episode="e"),
        claim("f", Attacked(PlaceId("corve"), between=(north, south)), "2020-03-03", episode="f"),
    ]
    whole = record_of(*fights)
    payload = replay_payload(whole, whole.minute(None), Lens(), IDENTITY)
    assert texts(payload["judgements"]) == [
        "7 were killed in 2 events (at least 5, at most 11), by the count of one source: gazette.",
        "The most, 5, died in one event between the North and the South, at Dell.",
        "Of 4 events nobody says how many were killed: at Corve, one other place and where no source says.",
        "No source says who holds 1 of 7 places.",
    ]


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        ((Quantity("persons", low=6000),), "At least 6,000 were killed in one event, "),
        ((Quantity("persons", low=20), Quantity("persons", 3, 5, 9)), "23 to 29 or more were killed in 2 events, "),
        ((Quantity("persons", low=3, high=9), Quantity("persons", best=2)), "5 to 11 were killed in 2 events, "),
    ],
)
def test_a_sum_without_an_upper_bound_has_a_least_and_no_most(counted: tuple[Quantity, ...], words: str) -> None:
    sides = ActorId("north"), ActorId("south")
    fights = (Attacked(PlaceId("dell"), between=sides, killed=number) for number in counted)
    whole = record_of(*(claim(f"c{at}", event, episode=f"e{at}") for at, event in enumerate(fights)))
    payload = replay_payload(whole, whole.minute(None), Lens(), IDENTITY)
    assert texts(payload["judgements"])[0].startswith(words)


def test_a_record_that_tells_of_no_change_and_no_dispute_has_no_judgement() -> None:
    record = small_record()
    payload = replay_payload(record, record.ground.window.earliest, Lens(), IDENTITY)
    assert [one for one in payload["judgements"] if one["kind"] != "dispute"] == []
    assert record_judgements([], [], payload["window"], record.ground) == []
