"""Minutes of an answer as people read them: one form for every year before the common era."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.log.time_words import date_in_words, time_in_words

WAR = {
    "map.yaml": """\
situation: inlet
title: The inlet
about: An invented war.
window: {from: -0430-01-01, to: -0420-12-31}
utc_offset: "+00:00"
actors:
  - {id: reeds, name: the Reeds, kind: state}
  - {id: hills, name: the Hills, kind: state}
places:
  - {id: cove, name: the Cove, kind: town, country: XX, at: {lat: 1.0, lon: 2.0, precision_km: 1, source: invented}}
opening:
  at: -0430-01-01
  places: {cove: {holder: hills, status: held, assumed: so}}
  actors: {reeds: {posture: holds, assumed: so}, hills: {posture: holds, assumed: so}}
  relations: [{from: reeds, to: hills, stance: hostile, assumed: so}]
""",
    "sources.yaml": """\
sources:
  - {id: one, outlet: One, published: -0421-01-01, reliability: {grade: B, as_of: -0430-01-01, reason: so}}
  - {id: two, outlet: Two, published: -0420-01-01, reliability: {grade: B, as_of: -0430-01-01, reason: so}}
""",
    "record.yaml": """\
claims:
  - {id: a, source: one, says: A fell., happened: {earliest: -0424-05-01, latest: -0424-06-10},
     asserts: {event: Captured, place: cove, by: [reeds], against: hills, killed: dozens}}
  - {id: b, source: two, says: A fell., happened: -0424-05,
     asserts: {event: Captured, place: cove, by: [reeds], against: hills, killed: {best: 60, unit: men}}}
  - {id: c, source: one, says: They agreed., happened: -0422-04-14,
     asserts: {event: CeasefireAgreed, between: [reeds, hills], until: -0421-03-31}}
  - {id: d, source: two, says: No., happened: -0422-04-14, retracts: e}
  - {id: e, source: two, says: Many., happened: -0424-07, asserts: {event: StrengthAssessed, actor: hills, place: cove,
     number: {best: 90, unit: men}}}
""",
}
ASKED = [
    ["state", "--at=-0424-05-20"],
    ["state", "--known-at=-0420-06-01"],
    ["why", "cove.holder"],
    ["why", "hills@cove.strength"],
    ["claims", "--event", "captured/cove"],
    ["beliefs"],
    ["totals", "--by", "month"],
    ["changes", "--known-from=-0421-06-01"],
    ["replay", "--out", "out"],
]


@pytest.mark.parametrize(
    ("text", "letters", "words"),
    [
        ("-0421-03-31T14:00+00:00", None, "31 Mar 422 BCE 14:00"),
        ("-0421-03-31T14:00+00:00", 10, "31 Mar 422 BCE"),
        ("-0421-03-31", None, "31 Mar 422 BCE"),
        ("-0421-03", None, "Mar 422 BCE"),
        ("0000-12-01T00:00+00:00", 16, "1 Dec 1 BCE 00:00"),
        ("-12000-12-01T00:00+00:00", 16, "1 Dec 12001 BCE 00:00"),
        ("0001-12-01T00:00+00:00", 16, "0001-12-01 00:00"),
        ("2017-11-03T14:00+03:00", None, "2017-11-03T14:00+03:00"),
        ("nothing", 10, "nothing"),
    ],
)
def test_a_time_before_the_common_era_has_its_year_in_words(text: str, letters: int | None, words: str) -> None:
    assert time_in_words(text, letters) == words


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_no_answer_in_words_counts_years_before_the_common_era_below_zero(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inlet"
    folder.mkdir()
    for name, text in WAR.items():
        (folder / name).write_text(text)
    place = 2 if words[0] == "why" else 1
    told = CliRunner().invoke(main, [*words[:place], "inlet", *words[place:]])
    assert told.exit_code == 0, told.output
    assert "-04" not in told.output
    assert "BCE" in told.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017-11-03", "3 Nov 2017"),
        ("2017-11-03T14:00+03:00", "3 Nov 2017 14:00"),
        ("2026-11-30 15:34", "30 Nov 2026 15:34"),
        ("-0421-03-31", "31 Mar 422 BCE"),
        ("0000-03-31", "31 Mar 1 BCE"),
        ("2017-13-03", "2017-13-03"),
        ("", ""),
        ("some day", "some day"),
    ],
)
def test_a_date_is_written_as_a_person_writes_it_and_what_is_none_as_it_is(text: str, words: str) -> None:
    assert date_in_words(text) == words
