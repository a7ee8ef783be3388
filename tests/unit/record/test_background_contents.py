"""What the background must hold: every row once, with its voice and grade, its disputes, and no hindsight."""

from __future__ import annotations

from pathlib import Path

import pytest

import situation as sit
from situation.testimony.claims import Claim

FOLDER = Path(__file__).parents[3] / "scenarios" / "al-qaim-2017"
BASE = tuple(f"B-{number:02d}" for number in range(1, 31))
RECORD = sit.load(FOLDER)
CLAIMS = {name: claim for name, claim in RECORD.testimony.claims.items() if claim.part == "background"}


def known(claim: Claim) -> str:
    """The day from which a claim is known."""
    return RECORD.ground.clock.day(RECORD.testimony.known_from(claim))


def test_every_row_is_there_once() -> None:
    lines = (FOLDER / "background.yaml").read_text(encoding="utf-8").splitlines()
    ids = [line.removeprefix("  - id: ") for line in lines if line.startswith("  - id: B-")]
    assert tuple(name for name in ids if name in BASE) == BASE
    assert len(set(ids)) == len(ids)
    assert set(ids) == set(CLAIMS)


@pytest.mark.parametrize("name", sorted(CLAIMS))
def test_each_claim_has_a_voice_of_its_own_part_and_a_reasoned_grade(name: str) -> None:
    claim = CLAIMS[name]
    source = RECORD.testimony.sources[claim.source]
    assert name[:4] in BASE
    assert source.part == "background"
    assert source.where
    assert source.published.how
    assert claim.says.endswith(".")
    assert claim.happened is not None
    assert claim.credibility
    assert all(judged.reason for judged in claim.credibility)


@pytest.mark.parametrize("name", sorted(CLAIMS))
def test_nothing_is_told_before_it_happened(name: str) -> None:
    claim = CLAIMS[name]
    assert claim.happened is not None
    published = RECORD.testimony.sources[claim.source].published.span
    assert claim.happened.span.earliest <= published.latest
    if claim.said is not None:
        assert claim.happened.span.earliest <= claim.said.span.latest <= published.latest


def test_every_source_is_used_and_judged_before_the_window() -> None:
    start = RECORD.ground.clock.interval("2017-07-01").latest
    sources = {name: source for name, source in RECORD.testimony.sources.items() if source.part == "background"}
    assert {claim.source for claim in CLAIMS.values()} == set(sources)
    assert all(source.reliability.as_of <= start for source in sources.values())
    assert all(source.reliability.reason for source in sources.values())


@pytest.mark.parametrize("name", sorted(name for name, claim in CLAIMS.items() if claim.origin == "wikipedia"))
def test_an_encyclopaedia_is_not_known_on_the_day(name: str) -> None:
    if CLAIMS[name].said is None:
        assert known(CLAIMS[name]) > "2018-01-01"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("B-03", "B-03-2"),
        ("B-06", "B-06-denial"),
        ("B-07", "B-07-sep15"),
        ("B-12", "B-12-last-week"),
        ("B-17", "B-17-oct20"),
        ("B-19", "B-19-manar"),
        ("B-19-handover", "B-19-fought"),
        ("B-22", "B-22-oct23"),
        ("B-27", "B-27-nov2"),
        ("B-28-nov1", "S4-37"),
        ("B-29", "S4-11"),
    ],
)
def test_the_disputes_of_the_rows_come_out(one: str, other: str) -> None:
    pairs = [
        {claim.id for answer in dispute.weighed.question.answers for claim in answer.claims}
        for dispute in RECORD.disputes().disputes
    ]
    assert any({one, other} <= names for names in pairs)


@pytest.mark.parametrize(
    ("at", "place", "holder", "status"),
    [
        ("2017-09-07", "deir-ez-zor", "syria", "contested"),
        ("2017-09-07", "deir-ez-zor-airport", "syria", "besieged"),
        ("2017-09-10", "deir-ez-zor-airport", "syria", "held"),
        ("2017-09-17", "akashat", "iraq", "held"),
        ("2017-10-18", "dez-hamidiya", "islamic-state", "besieged"),
        ("2017-10-18", "deir-ez-zor", "syria", "contested"),
        ("2017-10-21", "dhiban", "islamic-state", "held"),
        ("2017-10-21", "al-asharah", "syria", "held"),
        ("2017-10-23", "omar-oil-field", "sdf", "held"),
        ("2017-10-26", "al-asharah", "islamic-state", "held"),
        ("2017-10-30", "h2-airbase", "iraq", "held"),
        ("2017-11-01", "al-ubaydi", "iraq", "held"),
    ],
)
def test_the_rows_in_the_state(at: str, place: str, holder: str, status: str) -> None:
    state = RECORD.state(at=at)
    assert (state.get(place, "holder"), state.get(place, "status")) == (holder, status)


@pytest.mark.parametrize(("one", "other"), [("iraq", "krg"), ("krg", "iraq")])
@pytest.mark.parametrize(
    ("at", "stance"), [("2017-10-20", "hostile"), ("2017-10-26", "hostile"), ("2017-11-04", "tolerated")]
)
def test_the_ceasefire_of_late_october_ends_a_war(at: str, stance: str, one: str, other: str) -> None:
    """Enemies since the advance on the disputed territories, Baghdad and the Kurds let each other be from 27 October on."""
    assert RECORD.state(at=at).get(f"{one}:{other}", "stance") == stance


def test_the_ceasefire_is_the_backgrounds_to_tell() -> None:
    """Known from 2 November on; the five pieces alone leave the two at war."""
    bare = sit.load(FOLDER, without=("background",))
    assert bare.state(at="2017-11-04").get("iraq:krg", "stance") == "hostile"
    assert [
        RECORD.state(at="2017-11-04", known_at=day).get("iraq:krg", "stance") == "tolerated"
        for day in ("2017-11-01", "2017-11-02")
    ] == [False, True]
    assert {known(CLAIMS[name]) for name in ("B-24-truce", "B-24-truce-krg")} == {"2017-11-02"}


def test_a_copy_is_no_second_voice() -> None:
    voice = RECORD.testimony.voice
    assert voice(CLAIMS["B-16"]) == voice(CLAIMS["B-16-2"])
    assert voice(CLAIMS["B-20"]) == voice(CLAIMS["B-20-2"])
    assert voice(CLAIMS["B-30"]) == voice(CLAIMS["B-30-2"])


def test_it_can_be_left_out() -> None:
    bare = sit.load(FOLDER, without=("background",))
    assert not any(name.startswith("B-") for name in bare.testimony.claims)
    assert bare.state(at="2017-10-30").get("mayadin", "holder") == "islamic-state"
