"""Claims, sources and speakers with a planted fault: each is told at its place, with what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.small import RECORD, Small

KEYS = (
    "source, id, says, said_by, origin, paragraph, said, happened, episode, asserts, denies, retracts, replaced_by, corrects, "
    "follows, credibility, damaged, note, tlp, embargo_until"
)
TIME_KEYS = "earliest, latest, precision, words, before, after, date, calendar, how"

# What is planted: the words of record.yaml, what stands there instead, and what is told.
TIMES = {
    "an interval that ends before it begins": (
        "{earliest: 2020-03-01, latest: 2020-03-09,",
        "{earliest: 2020-03-09, latest: 2020-03-01,",
        "record.yaml:17:5: The interval ends before it begins. Swap its earliest and latest.",
    ),
    "a day that is none": (
        "happened: 2020-03-12",
        "happened: 2019-11-31",
        "record.yaml:42:5: '2019-11-31' is no date: Nov 2019 has 30 days. Write a day that it has.",
    ),
    "an hour that is none": (
        "happened: 2020-03-12",
        "happened: 2020-03-12T24:00",
        "record.yaml:42:5: '2020-03-12T24:00' is no date: there is no hour 24. Hours run from 00 to 23.",
    ),
    "a word for a date": (
        "happened: 2020-03-12",
        "happened: tuesday",
        "record.yaml:42:5: 'tuesday' is no date. Write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM, with Z for UTC.",
    ),
    "a bare number for a year": (
        "happened: 2020-03-12",
        "happened: 2019",
        'record.yaml:42:5: 2019 stands where a time belongs. Put a year in quotes: "2019".',
    ),
    "a year off the calendar": (
        "happened: 2020-03-12",
        "happened: Y12345",
        "record.yaml:42:5: 'Y12345' is no date. Years run from -9999 to 9999: of one beyond, leave that end of the interval "
        "open, as in '../1900'.",
    ),
    "a list for a time": (
        "{words: recently, before: 2020-03-11}",
        "[2020-03-11]",
        "record.yaml:29:5: ['2020-03-11'] stands where a time belongs. Put one of several dates in quotes: "
        '"[2020-03-11]".',
    ),
    "words without an anchor": (
        "{words: recently, before: 2020-03-11}",
        "{words: recently}",
        "record.yaml:29:5: The time has no bound. Give earliest, latest, or words with before, after or day.",
    ),
    "two anchors": (
        "before: 2020-03-11",
        "before: 2020-03-11, after: 2020-03-01",
        "record.yaml:29:53: 'before' and 'after' do not go together. "
        "Give earliest and latest, or words with before, after or day.",
    ),
    "what happened after it was published": (
        "happened: 2020-03-12",
        "happened: 2020-03-20",
        "record.yaml:42:5: It happened after the piece was published, on 12 to 13 Mar 2020. "
        "Correct one of the dates, or make it a forecast.",
    ),
    "what happened after it was said": (
        "said: 2020-03-10",
        "said: 2020-03-09",
        "record.yaml:8:5: It happened after it was said. Correct one of the dates.",
    ),
    "what was said after it was published": (
        "said: 2020-03-10\n    happened: 2020-03-10\n    episode: arlen-falls\n    asserts: {event: Captured, "
        "place: arlen, by: [north-guard], against: rebels}\n    follows: [{happening: entered/arlen/arlen-falls, "
        "gap: hours after}]\n    credibility: [{grade: 2, as_of: 2020-03-11",
        "said: 2020-03-20\n    happened: 2020-03-10\n    episode: arlen-falls\n    asserts: {event: Captured, "
        "place: arlen, by: [north-guard], against: rebels}\n    follows: [{happening: entered/arlen/arlen-falls, "
        "gap: hours after}]\n    credibility: [{grade: 2, as_of: 2020-03-21",
        "record.yaml:7:5: It was said after the piece was published, on 11 Mar 2020. Correct one of the dates.",
    ),
    "an item judged before it was known": (
        "as_of: 2020-03-11",
        "as_of: 2020-03-09",
        "record.yaml:12:30: The item is judged before it was known. It is known from 2020-03-10T23:59+02:00 on.",
    ),
}

VALUES = {
    "a paragraph that the source lacks": (
        "paragraph: 3",
        "paragraph: 4",
        "record.yaml:21:5: The source 'gazette' has no paragraph 4. It has 3, counted from 1.",
    ),
    "paragraph zero": (
        "paragraph: 3",
        "paragraph: 0",
        "record.yaml:21:5: The source 'gazette' has no paragraph 0. It has 3, counted from 1.",
    ),
    "no paragraph": (
        "    paragraph: 3\n",
        "",
        "record.yaml:19:5: The claim names no paragraph. Count the non-empty lines of gazette.txt from 1.",
    ),
    "a number below zero": (
        "low: 100",
        "low: -100",
        "record.yaml:18:69: The quantity is negative. Amounts start at 0.",
    ),
    "bounds the wrong way round": (
        "low: 100",
        "low: 300",
        "record.yaml:18:69: The quantity is out of order. Write low <= best <= high.",
    ),
    "a best guess outside its bounds": (
        "low: 100, high: 200",
        "low: 100, best: 250, high: 200",
        "record.yaml:18:69: The quantity is out of order. Write low <= best <= high.",
    ),
    "a quantity without a unit": (
        "unit: fighters, ",
        "",
        "record.yaml:18:69: The key 'unit' is missing. A quantity needs it.",
    ),
    "a quantity with an empty unit": (
        "unit: fighters",
        'unit: ""',
        "record.yaml:18:69: The quantity has no unit. Name it, such as fighters, km or percent.",
    ),
    "a quantity without a number": (
        "unit: fighters, low: 100, high: 200",
        "unit: fighters",
        "record.yaml:18:69: The quantity has no number. Give low, best or high.",
    ),
    "a bare number for a quantity": (
        "{unit: fighters, low: 100, high: 200}",
        "150",
        "record.yaml:18:69: 150 stands where a quantity belongs. Write {best: 150, unit: ...}, with what is counted.",
    ),
    "text where a number belongs": (
        "low: 100",
        "low: many",
        "record.yaml:18:94: 'many' stands where a number belongs. Write a number, without quotes.",
    ),
    "true where text belongs": (
        "says: Dell was not taken.",
        "says: true",
        "record.yaml:41:5: true stands where text belongs. Put it in quotes if text is meant.",
    ),
    "a number where text belongs": (
        "id: T2-03",
        "id: 203",
        "record.yaml:39:5: 203 stands where text belongs. Put it in quotes if text is meant.",
    ),
    "nothing where text belongs": (
        "says: Dell was not taken.",
        "says:",
        "record.yaml:41:5: nothing stands where text belongs. Write it, or leave the key out.",
    ),
    "text where a whole number belongs": (
        "paragraph: 3",
        'paragraph: "3"',
        "record.yaml:21:5: '3' stands where a whole number belongs. Write a whole number, without quotes.",
    ),
    "a decimal where a whole number belongs": (
        "paragraph: 3",
        "paragraph: 3.0",
        "record.yaml:21:5: 3.0 stands where a whole number belongs. Write a whole number.",
    ),
    "true where a whole number belongs": (
        "paragraph: 3",
        "paragraph: true",
        "record.yaml:21:5: true stands where a whole number belongs. Write a whole number.",
    ),
    "text where a list belongs": (
        "by: [north-guard]",
        "by: north-guard",
        "record.yaml:10:46: 'north-guard' stands where a list belongs. Put it in brackets: [north-guard].",
    ),
    "an empty list": (
        "Captured, place: arlen, by: [north-guard],",
        "HandedOver, place: arlen, by: [], to: south,",
        "record.yaml:10:48: The list 'by' is empty. Name at least one.",
    ),
    "a grade off the scale": (
        "grade: 2",
        "grade: 7",
        "record.yaml:12:20: 7 is not allowed here. Write one of: 1, 2, 3, 4, 5, 6.",
    ),
    "text where the content belongs": (
        "{forecast: Captured, place: corve, by: [south]}",
        "Captured",
        "record.yaml:48:5: The claim has no content. Write one of the keys event, statement or forecast.",
    ),
    "a claim that says nothing": (
        "    denies: {event: Captured, place: dell, by: [north]}\n",
        "",
        "record.yaml:39:5: The claim says nothing. Write one of the keys asserts, denies and retracts.",
    ),
    "a claim that does two things": (
        "    denies: {event: Captured, place: dell, by: [north]}\n",
        "    denies: {event: Captured, place: dell, by: [north]}\n    retracts: T2-01\n",
        "record.yaml:39:5: The claim denies and retracts at once. Write one of the keys asserts, denies and retracts.",
    ),
    "an episode with a slash": (
        "    denies: {event: Captured, place: dell, by: [north]}\n",
        "    denies: {event: Captured, place: dell, by: [north]}\n    episode: dell/falls\n",
        "record.yaml:44:5: The episode 'dell/falls' holds a slash. Use hyphens.",
    ),
    "an id with a space": (
        "id: T2-03",
        "id: T2 03",
        "record.yaml:39:5: 'T2 03' cannot be an id. Use letters, digits, hyphens and underscores.",
    ),
    "a doubled id": (
        "id: T2-02",
        "id: T2-01",
        "record.yaml:32:5: The id 'T2-01' is taken, at FOLDER/record.yaml:25:5. Give it another.",
    ),
}


@pytest.mark.parametrize("case", [*TIMES, *VALUES])
def test_a_fault_of_a_claim_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    old, new, told = (TIMES | VALUES)[case]
    assert Small(tmp_path).plant("record.yaml", old, new).problems() == [told.replace("FOLDER", str(tmp_path))]


def test_the_files_without_a_fault_have_no_problem(tmp_path: Path) -> None:
    assert Small(tmp_path).problems() == []


def test_an_unknown_key_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    assert Small(tmp_path).plant("record.yaml", "    says: The Guard", "    sais: The Guard").problems() == [
        "record.yaml:6:5: A claim has no key 'sais'. Did you mean 'says'?",
    ]


def test_a_claim_that_is_plain_text_is_told_its_keys(tmp_path: Path) -> None:
    assert Small(tmp_path).add("record.yaml", "  - hello\n").problems() == [
        f"record.yaml:49:5: 'hello' stands where a claim belongs. Write a mapping; its keys are: {KEYS}."
    ]


def test_an_id_taken_in_another_file_is_told(tmp_path: Path) -> None:
    background = RECORD.replace("T1-0", "B1-0").replace("T2-0", "B2-0").replace("id: B1-03", "id: T1-03")
    assert Small(tmp_path).add("background.yaml", background).problems() == [
        f"background.yaml:19:5: The id 'T1-03' is taken, at {tmp_path}/record.yaml:19:5. Give it another."
    ]


def test_a_sequence_that_bites_its_tail_is_told_at_each_step(tmp_path: Path) -> None:
    looped = "by: [north-scouts], against: rebels}\n    follows: [{happening: captured/arlen/arlen-falls}]"
    assert Small(tmp_path).plant("record.yaml", "by: [north-scouts], against: rebels}", looped).problems() == [
        "record.yaml:11:16: The happening 'captured/arlen/arlen-falls' comes after itself, "
        f"over 'entered/arlen/arlen-falls' ({tmp_path}/record.yaml:25:5). Take one step out of the sequence.",
        "record.yaml:32:16: The happening 'entered/arlen/arlen-falls' comes after itself, "
        f"over 'captured/arlen/arlen-falls' ({tmp_path}/record.yaml:2:5). Take one step out of the sequence.",
    ]


def test_what_follows_itself_is_told(tmp_path: Path) -> None:
    step = "follows: [{happening: entered/arlen/arlen-falls"
    assert Small(tmp_path).plant("record.yaml", step, step.replace("entered", "captured")).problems() == [
        "record.yaml:11:16: The happening 'captured/arlen/arlen-falls' comes after itself. "
        "Take one step out of the sequence."
    ]


def test_a_step_that_its_own_voice_has_taken_back_closes_no_circle(tmp_path: Path) -> None:
    looped = "by: [north-scouts], against: rebels}\n    follows: [{happening: captured/arlen/arlen-falls}]"
    again = "  - {id: T1-09, source: gazette, paragraph: 1, said_by: marshal, corrects: T1-01, happened: 2020-03-10,\n"
    again += (
        "     episode: arlen-falls, asserts: {event: Captured, place: arlen, by: [north-guard], against: rebels}}\n"
    )
    assert (
        not Small(tmp_path)
        .plant("record.yaml", "by: [north-scouts], against: rebels}", looped)
        .add("record.yaml", again)
        .problems()
    )


def test_a_step_to_what_names_no_episode_says_which_claim_needs_one(tmp_path: Path) -> None:
    small = Small(tmp_path).plant(
        "record.yaml", "follows: [{happening: entered/", "follows: [{happening: strengthassessed/rebels@"
    )
    assert small.problems() == [
        "record.yaml:11:16: There is no happening 'strengthassessed/rebels@arlen/arlen-falls'. "
        "'T1-02' names no episode: give it one, and write strengthassessed/rebels@arlen/<episode>."
    ]


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.plant("map.yaml", "km: 12.5", "km: far").plant("sources.yaml", "grade: B", "grade: G")
    small.plant("record.yaml", "by: [north-guard]", "by: [north-gard]").plant("record.yaml", "low: 100", "low: 300")
    assert small.problems() == [
        "map.yaml:29:56: 'far' stands where a number belongs. Write a number, without quotes.",
        "record.yaml:10:51: There is no actor 'north-gard'. Did you mean 'north-guard'?",
        "record.yaml:18:69: The quantity is out of order. Write low <= best <= high.",
        "sources.yaml:9:19: 'G' is not allowed here. Write one of: A, B, C, D, E, F.",
    ]


def test_claims_in_a_file_that_nothing_reads_are_told(tmp_path: Path) -> None:
    small = Small(tmp_path).add("record-2.yaml", "claims: []\n").add("record/may.yaml", "claims: []\n")
    small.add("imports/ours.yaml", "claims: []\n")
    (tmp_path / "record").mkdir()
    (tmp_path / "imports").mkdir()
    told = "It holds claims, and is no part of the record. Put its claims into record.yaml, or the file into imports/."
    assert small.problems() == [f"record-2.yaml: {told}", f"record/may.yaml: {told}"]


@pytest.mark.parametrize(
    ("name", "text", "advice"),
    [
        (
            "more.jsonl",
            '{"id": "m", "source": "courier"}',
            "Put its claims into record.yaml, or the file into imports/.",
        ),
        ("record-2.yml", "claims: []", "Give it the ending .yaml."),
        ("background.yml", "claims: []", "Give it the ending .yaml."),
    ],
)
def test_claims_are_told_whatever_ending_their_file_has(tmp_path: Path, name: str, text: str, advice: str) -> None:
    small = Small(tmp_path).add(name, text)
    assert small.problems() == [f"{name}: It holds claims, and is no part of the record. {advice}"]
