"""Who can take a claim back, and what becomes of a retraction by anyone else."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

from situation.commands.cli import main
from situation.events import ActorId, Attacked, Captured, PlaceId, Quantity
from situation.events.predicates import Holds
from situation.record.answers.claims import claims_answer
from situation.record.answers.state import Lens
from situation.record.joining.standing import known_claims
from situation.testimony.claims import Claim, Dated
from tests.unit.small import Small
from tests.unit.spoken import SOURCES, claim, heard, record, retraction, span

ARLEN, NORTH = PlaceId("arlen"), ActorId("north")
TAKEN = Captured(ARLEN, (NORTH,), ActorId("rebels"))


def standing(*told: Claim) -> set[str]:
    return {name for name, one in record(*told).reading().claims.items() if one.mode == "asserts"}


def relayed(name: str, source: str = "courier", said_by: str = "marshal", origin: str = "") -> Claim:
    return claim(name, TAKEN, source=source, said_by=said_by, origin=origin)


@pytest.mark.parametrize(
    ("back", "gone"),
    [
        (retraction("r", "a", source="courier"), {"a"}),
        (retraction("r", "a", source="herald", said_by="marshal"), {"a", "b"}),
        (retraction("r", "a", source="herald", said_by="colonel"), set()),
        (retraction("r", "a", source="herald", origin="wire"), set()),
        (retraction("r", "a", source="courier", said_by="mayor"), set()),
        (retraction("r", "a"), set()),
    ],
)
def test_an_outlet_takes_back_its_relay_and_a_speaker_every_relay(back: Claim, gone: set[str]) -> None:
    back = evolve(back, said=retraction("x", "x", said="2020-03-14").said)
    told = [relayed("a"), relayed("b", "partisan"), claim("c", TAKEN, source="gazette")]
    assert {"a", "b", "c"} - standing(*told, back) == gone


def test_an_origin_takes_back_every_relay_of_its_words_and_not_who_agrees_with_it() -> None:
    told = [relayed("a", said_by="article", origin="wire"), relayed("b", "herald", "article", "wire")]
    agrees = claim("c", TAKEN, source="gazette")
    back = retraction("r", "a", source="partisan", origin="wire", said="2020-03-14")
    assert standing(*told, agrees, back) == {"c"}


def test_a_relay_printed_late_falls_and_what_is_said_anew_stands() -> None:
    back = retraction("r", "a", source="gazette", said_by="marshal", said="2020-03-11")
    told = [relayed("a", "gazette"), relayed("b", "herald")]
    assert standing(*told, back) == set()
    assert standing(told[0], evolve(told[1], said=retraction("x", "x", said="2020-03-12").said), back) == {"b"}


def test_a_retraction_by_a_stranger_is_a_denial_and_whether_it_happened_a_question() -> None:
    told = record(claim("a", TAKEN, episode=""), retraction("r", "a", source="courier", said="2020-03-12"))
    (dispute,) = told.disputes().disputes
    assert (dispute.question, dispute.relation) == ("captured/arlen/near a.occurred (near a)", "contradicts")
    answers = [(answer.value, [it.id for it in answer.claims]) for answer in dispute.weighed.question.answers]
    assert answers == [(True, ["a"]), (False, ["r"])]
    assert told.reading(known_at="2020-03-11").claims.keys() == {"a"}


def test_a_statement_that_a_stranger_takes_back_is_denied() -> None:
    told = record(claim("a", Holds(NORTH, ARLEN), episode=""), retraction("r", "a", source="herald", said="2020-03-13"))
    assert {name: one.mode for name, one in told.reading().claims.items()} == {"a": "asserts", "r": "denies"}


def test_a_parent_takes_back_only_where_the_sources_say_so() -> None:
    told = [claim("a", TAKEN, source="courier"), retraction("r", "a", source="herald", said="2020-03-14")]
    assert standing(*told) == {"a"}
    whole = record(*told)
    sources = {**heard().sources, "herald": evolve(heard().sources["herald"], may_take_back=("courier",))}
    lent = evolve(whole, testimony=evolve(whole.testimony, sources=sources))
    assert set(lent.reading().claims) == set()


def test_a_correction_takes_back_what_it_corrects_and_says_something_in_its_place() -> None:
    raid = Attacked(ARLEN, (NORTH,), killed=Quantity("killed", best=50))
    told = [
        claim("a", raid, "2020-03-09", episode=""),
        evolve(claim("a2", evolve(raid, killed=Quantity("killed", best=15)), "2020-03-08", episode=""), corrects="a"),
    ]
    assert standing(*told) == {"a2"}
    stranger = evolve(told[1], source="courier", origin="courier")
    rivals = record(told[0], stranger)
    assert set(rivals.reading().claims) == {"a", "a2"}
    assert {dispute.cell for dispute in rivals.disputes().disputes} == {"arlen.killed", "arlen.attacked_by.when"}


LINES = """\
  - {id: T3-01, source: courier, says: not so, retracts: T1-01}
  - {id: T3-02, source: gazette, paragraph: 2, says: not so, retracts: T1-02}
"""


def test_check_warns_of_a_stranger_at_its_line_and_is_content_otherwise(tmp_path: Path) -> None:
    small = Small(tmp_path).add("record.yaml", LINES).write()
    done = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert done.exit_code == 0
    warnings = [line for line in done.output.splitlines() if "warning" in line]
    at = small.at("record.yaml", "{id: T3-01")
    assert warnings == [
        f"{tmp_path}/{at}: warning: The Courier cannot take back 'T1-01', which the Marshal said. It counts as a denial, "
        "and both claims stay. Who may do so for another is said under 'may_take_back' of sources.yaml.",
        f"{tmp_path}: 9 claims of record, 0 scenarios. No problems, 1 warning.",
        "1 warning.",
    ]
    rows = {row["id"]: row for row in claims_answer(small.load(), Lens())}
    assert (rows["T1-01"]["retracted_by"], rows["T1-02"]["retracted_by"]) == (None, "T3-02")


def test_voices_that_may_be_taken_back_are_checked(tmp_path: Path) -> None:
    small = Small(tmp_path).plant(
        "sources.yaml", "    outlet: The Courier\n", "    outlet: The Courier\n    may_take_back: [gazete]\n"
    )
    (problem,) = small.problems()
    assert problem.endswith("There is no voice 'gazete'. Did you mean 'gazette'?")


def test_a_correction_that_repeats_part_of_what_it_takes_back_stands() -> None:
    first = claim("a", TAKEN, source="courier", said_by="marshal")
    back = evolve(claim("b", TAKEN, source="courier", said_by="marshal"), corrects="a")
    assert standing(first, back) == {"b"}


@pytest.mark.long
def test_thousands_of_corrections_in_a_row_leave_the_last() -> None:
    row = [evolve(claim(f"c{n}", TAKEN, said_by="marshal"), corrects=f"c{n - 1}" if n else "") for n in range(1500)]
    assert "c1499" in standing(*row)


def test_an_outlet_takes_back_in_a_later_piece_what_it_carried_in_an_earlier_one_with_its_relays() -> None:
    later = evolve(SOURCES["gazette"], id="gazette-later")
    told = (claim("a", TAKEN, source="gazette"), claim("b", TAKEN, source="courier", origin="gazette"))
    back = retraction("r", "a", source="gazette-later", said="2020-03-14")
    stranger = claim("c", TAKEN, source="herald")
    testimony = evolve(heard(*told, back, stranger), sources={**SOURCES, later.id: later})
    assert set(known_claims(testimony, 10**9)) == {"c"}


def test_a_correction_that_is_corrected_once_more_does_not_bring_back_the_first() -> None:
    first = claim("a", TAKEN, episode="")
    second = evolve(claim("b", Captured(PlaceId("dell"), (NORTH,)), episode=""), corrects="a")
    third = evolve(claim("c", Captured(PlaceId("corve"), (NORTH,)), episode=""), corrects="b")
    assert standing(first, second, third) == {"c"}
    assert standing(first, second, retraction("d", "b")) == {"a"}


@pytest.mark.parametrize("published", ["2020-03-12", "2020-03-20"])
def test_what_another_piece_of_an_outlet_says_itself_is_taken_back_by_name_alone(published: str) -> None:
    other = evolve(SOURCES["gazette"], id="gazette-other", published=Dated(span(published)))
    testimony = heard(
        claim("a", TAKEN, source="gazette", episode=""),
        claim("b", TAKEN, source="gazette-other", episode=""),
        claim("c", TAKEN, source="courier", origin="gazette", episode=""),
        retraction("r", "a", source="gazette", said="2020-03-14"),
    )
    assert set(known_claims(evolve(testimony, sources={**SOURCES, other.id: other}), 10**9)) == {"b"}


def test_what_an_outlet_says_itself_stands_where_it_takes_back_its_relay_of_another() -> None:
    own, relay = claim("a", TAKEN, source="courier"), relayed("b")
    assert standing(own, relay, retraction("r", "b", source="courier", said="2020-03-14")) == {"a"}
