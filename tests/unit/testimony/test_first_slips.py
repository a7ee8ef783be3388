"""Slips that a first record has: each is told at its place with what is meant, and none with a false near miss."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from situation.errors import Fault
from situation.events import EVENTS
from situation.testimony.dating.edtf import read_date
from situation.testimony.everyday import EVERYDAY, said_as
from situation.testimony.numerals import amount_as_written
from situation.testimony.vocabulary import split_tag
from tests.unit.small import Small

SLIPS = {
    "event: Repelled, place: dell, by: [north], killed: {best: 3, unit: men}": (
        "Repelled has no key 'killed'. Give them in a claim of their own, as 'event: Attacked' of that time and place."
    ),
    "event: Withdrew, place: dell, by: [north], wounded_of: {north: {best: 3, unit: men}}": (
        "Withdrew has no key 'wounded_of'. Give them in a claim of their own, as 'event: Attacked' of that time and place."
    ),
    "event: CiviliansKilled, place: dell, killed: {best: 3, unit: men}": (
        "CiviliansKilled has no key 'killed'. Write it under 'number'."
    ),
    "event: Siege, place: dell, by: [north]": "There is no event type 'Siege'. Did you mean 'Besieged'?",
    "event: Attacked, place: dell, by: [north], killed: about three": (
        "The lexicon has no number 'about three'. Write {best: 3, unit: persons}."
    ),
    "event: Attacked, place: dell, by: [north], killed: {words: more than 20, unit: men}": (
        "The lexicon has no number 'more than 20'. Write {low: 20, unit: men}."
    ),
    "event: Attacked, place: dell, by: [north], wounded: up to 9": (
        "The lexicon has no number 'up to 9'. Write {high: 9, unit: persons}."
    ),
    "event: Attacked, place: dell, by: [north], wounded: plenty": (
        "The lexicon has no number 'plenty'. Give numbers, or add it to the lexicon of map.yaml."
    ),
    "event: Attacked, place: dell, by: [north], killed: 30 men": (
        "The lexicon has no number '30 men'. Write {best: 30, unit: men}."
    ),
    "event: Attacked, place: dell, by: [north], killed: ~30": (
        "The lexicon has no number '~30'. Write {best: 30, unit: persons}."
    ),
    "event: Attacked, place: dell, by: [north], killed_of: {north: 30+}": (
        "The lexicon has no number '30+'. Write {low: 30, unit: persons}."
    ),
    "event: Attacked, place: dell, by: [north], killed: dozens?": (
        "The lexicon has no number 'dozens?'. Write {words: dozens, unit: persons}. How sure it is stands under 'credibility'."
    ),
    "event: Attacked, place: dell, by: [north], wounded: several dozens": (
        "The lexicon has no number 'several dozens'. Did you mean 'several dozen'?"
    ),
    "event: Attacked, place: dell, by: [north], killed: {best: 1,500, unit: men}": (
        "'500' stands after a comma and has no value of its own. Write a number without commas: best: 1500."
    ),
    "event: PositionTaken, actor: north, position: vows, about: to come, and to stay": (
        "'and to stay' stands after a comma and has no value of its own. Text with a comma in it stands in quotes: "
        'about: "to come, and to stay".'
    ),
    "event: PositionTaken, actor: north, position: vows, about: to come, see, and go": (
        "'see' stands after a comma and has no value of its own. Text with a comma in it stands in quotes: "
        'about: "to come, see".'
    ),
    "event: Attacked, place: dell, by: [north], against: [rebels, south]": (
        "['rebels', 'south'] stands where text belongs. Name one, without brackets."
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is told of one record with all of them, a claim a line."""
    small = Small(tmp_path_factory.mktemp("slips"))
    for number, slip in enumerate(SLIPS):
        made = f"id: S-{number}, source: gazette, paragraph: 1, happened: 2020-03-10, asserts: {{{slip}}}"
        small.add("record.yaml", f"  - {{{made}}}\n")
    return small.problems()


def test_every_slip_is_told_at_its_line_with_what_is_meant(told: list[str]) -> None:
    assert [problem.split(": ", 1)[1] for problem in told] == list(SLIPS.values())
    lines = [int(problem.split(":")[1]) for problem in told]
    assert lines == list(range(lines[0], lines[0] + len(SLIPS)))


@pytest.mark.parametrize(("kind", "cls"), [(kind, cls) for kind, cls in EVENTS.items() if cls.reported])
def test_an_event_may_be_called_by_its_noun_and_the_type_is_offered(kind: str, cls: type) -> None:
    nouns = [other for other, its in EVENTS.items() if its.reported and its.noun == cls.noun]  # type: ignore[attr-defined]
    if cls.noun == kind or len(nouns) > 1:  # type: ignore[attr-defined]
        return
    with pytest.raises(ValueError, match=f"Did you mean '{kind}'"):
        split_tag({"event": cls.noun.upper()}, "event")  # type: ignore[attr-defined]


def test_several_under_the_key_of_one_are_sent_to_its_plural(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.plant("map.yaml", "dell: {holder: rebels, status: held", "dell: {holder: [rebels, north], status: held")
    assert small.problems() == [
        f"{small.at('map.yaml', 'holder: [rebels')}: 'holder' names one. Write several under 'holders': [rebels, north]."
    ]


@pytest.mark.parametrize("bare", ["ASSUMED", '"ASSUMED:"', '"ASSUMED. "'])
def test_what_is_assumed_of_links_and_places_says_why(tmp_path: Path, bare: str) -> None:
    small = Small(tmp_path)
    small.plant("map.yaml", "km: 12.5, source: invented", f"km: 12.5, source: {bare}")
    small.plant("map.yaml", "lon: 2.4, precision_km: 9, source: invented", f"lon: 2.4, precision_km: 9, source: {bare}")
    why = 'It is not said why this is assumed. Write the reason behind it: "ASSUMED: ...", in quotes.'
    assert small.problems() == [
        f"{small.at('map.yaml', f'source: {bare}')}: {why}",
        f"{small.at('map.yaml', f'source: {bare}', 'arlen--dell')}: {why}",
    ]


@pytest.mark.parametrize("kind", EVERYDAY)
def test_every_everyday_word_leads_to_a_kind_that_sources_report(kind: str) -> None:
    assert EVENTS[kind].reported
    for word in EVERYDAY[kind]:
        assert f"'{kind}'" in said_as(word.title(), "event")
        assert said_as(word, "statement") == ""


def test_an_everyday_word_stands_for_one_kind_alone() -> None:
    words = [word for words in EVERYDAY.values() for word in words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "event: Killed, place: dell",
            "There is no event type 'Killed'. Civilians who were killed are told as 'CiviliansKilled'; the dead of a fight "
            "stand under 'killed' of 'Attacked'.",
        ),
        (
            "event: Shelled, place: dell",
            "There is no event type 'Shelled'. It is told as 'Attacked'; the dead and wounded",
        ),
        ("event: Siege, place: dell", "There is no event type 'Siege'. Did you mean 'Besieged'?"),
        (
            "forecast: {event: Captured, place: dell, by: [north]}",
            "A mapping stands where the name of an event type or predicate belongs. Write the name, and the other keys beside "
            "it: {forecast: Captured, place: ..., by: ...}.",
        ),
        (
            "event: [Captured], place: dell",
            "A list stands where the name of an event type belongs. Write the name, and the",
        ),
        (
            "statement: {actor: north, area: dell}",
            "a predicate belongs. Write the name, and the other keys beside it: {",
        ),
    ],
)
def test_what_is_no_kind_of_event_is_told_with_what_to_write(written: str, told: str, tmp_path: Path) -> None:
    small = Small(tmp_path).plant("record.yaml", "forecast: Captured, place: corve, by: [south]", written)
    (problem,) = small.problems()
    assert told in problem
    assert len(problem) < 300


@pytest.mark.parametrize("named", ["names: [{name: the Great North, from: 2020-03-10}], aliases: [Northerners]", ""])
def test_a_fault_of_the_map_makes_none_of_the_names_that_claims_use(named: str, tmp_path: Path) -> None:
    small = Small(tmp_path).plant("map.yaml", "km: 12.5, source: invented", "km: 12.5, source: ASSUMED")
    if named:
        small.plant("map.yaml", "aliases: [Northerners]", named)
    else:
        told = "{event: ActorDescribed, actor: north, attribute: name, value: the Great North}"
        small.add("record.yaml", f"  - {{id: N-1, source: courier, happened: 2020-03-10, asserts: {told}}}\n")
    small.add(
        "record.yaml",
        "  - {id: N-2, source: courier, happened: 2020-03-11, asserts: {event: Entered, place: dell, by: [the Great North]}}\n",
    )
    (problem,) = small.problems()
    assert problem.startswith("map.yaml:")


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("3 November 2017", "Write 2017-11-03."),
        ("Friday, 3rd of Nov, 2017", "Write 2017-11-03."),
        ("November 2017", "Write 2017-11."),
        ("3 novembre 2017", "Write 2017-11-03."),
        ("3 de noviembre de 2017", "Write 2017-11-03."),
        ("3. März 2017", "Write 2017-03-03."),
        ("Kas\u0131m 2017", "Write 2017-11."),
        ("3 ноября 2017 года", "Write 2017-11-03."),
        ("5 листопада 2017", "Write 2017-11-05."),
        ("٣ نوفمبر ٢٠١٧", "Write 2017-11-03."),
        ("early November 2017", "Write 2017-11, or 'earliest' and 'latest' with a day each."),
        ("3-5 November 2017", "Write 2017-11-03/2017-11-05."),
        ("Nov 3rd", "Give its year, and write YYYY-11-03."),
        ("15 March 44 BC", "Write -0043-03-15."),
        ("11/3/2017", "It may be either of two days: write 2017-03-11 or 2017-11-03."),
        ("3.11.2017", "It may be either of two days: write 2017-11-03 or 2017-03-11."),
        ("13/11/2017", "Write 2017-11-13."),
        ("11/11/2017", "Write 2017-11-11."),
        ("11/3/17", "Give the year in four digits, and write YYYY-MM-DD."),
        ("2017-11-3", "Write 2017-11-03."),
        ("20171103", "Write 2017-11-03."),
        ("2017-11-03 2:30 pm", "Write 2017-11-03T14:30."),
        ("31 June 2017", "Write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM, with Z for UTC."),
    ],
)
def test_a_date_as_people_write_it_is_answered_with_what_to_write(written: str, advice: str) -> None:
    with pytest.raises(Fault) as fault:
        read_date(written)
    assert fault.value.advice == advice
    for day in re.findall(r"-?\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2})?)?", advice):
        assert read_date(day).plain


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("at least 30 dead", "Write {low: 30, unit: persons}."),
        ("c. 30", "Write {best: 30, unit: persons}."),
        ("30-40 soldiers", "Write {low: 30, high: 40, unit: soldiers}."),
        ("two dozen men", "Write {best: 24, unit: men}."),
        ("dozens of civilians", "Write {words: dozens, unit: civilians}."),
        ("no one", "Write {best: 0, unit: persons}."),
        ("30 killed and 40 wounded", ""),
        ("plenty of men", ""),
    ],
)
def test_a_number_among_words_is_answered_with_what_to_write(written: str, advice: str) -> None:
    assert amount_as_written(written, "persons", ["dozens"]) == advice
