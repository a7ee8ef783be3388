"""The codebook: every kind of event and every cell, each with what counts, what does not, and an example of an invented war."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
import yaml

from situation.events import EVENTS
from situation.log.cells import ATTRIBUTES
from situation.log.fold import breaches
from situation.log.state import split_cell
from situation.record.answers.state import Lens, state_answer
from situation.record.loading import load
from situation.record.record import Record

HERE = Path(__file__).parents[2]
WAR = HERE / "strait_war"
PAGE = (HERE.parent / "docs" / "codebook.md").read_text("utf-8")
REPORTED = sorted(name for name, cls in EVENTS.items() if cls.reported and cls.__module__.startswith("situation."))


@cache
def war() -> Record:
    return load(WAR)


def section(name: str) -> str:
    found = re.search(rf"^### {name}\n(.*?)(?=^##)", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/codebook.md says nothing of {name}."
    return found[1]


@pytest.mark.parametrize("name", REPORTED)
def test_every_kind_of_event_has_what_counts_what_does_not_and_an_example_of_the_war(name: str) -> None:
    text = section(name)
    assert "**Counts**: " in text and "**Does not count**: " in text
    (example,) = re.findall(r"```yaml\n(asserts: .*)\n```", text)
    assert example in (WAR / "record.yaml").read_text("utf-8")
    assert any(type(claim.content).__name__ == name for claim in war().testimony.claims.values())
    named = set(re.findall(r"`([A-Z]\w+)`", text))
    assert named <= set(EVENTS), f"{name} names what is no kind of event."


def test_the_codebook_has_no_kind_and_no_cell_that_there_is_not() -> None:
    assert sorted(re.findall(r"^### (\w+)$", PAGE, flags=re.MULTILINE)) == REPORTED
    cells = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)
    assert sorted(cells) == sorted(ATTRIBUTES)


def test_every_cell_that_the_war_sets_is_one_that_the_record_has_an_example_of() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \|.*\| `([^`]+)` \|$", PAGE, flags=re.MULTILINE))
    set_by_the_war = {split_cell(change.cell)[1].partition(".")[0] for change in war().history()}
    assert sorted(set_by_the_war - set(told)) == []
    for name, cell in told.items():
        assert split_cell(cell)[1].partition(".")[0] == name, cell


def test_every_kind_of_event_of_the_war_enters_its_log_and_nothing_is_in_dispute() -> None:
    record = war()
    assert {type(entry.event).__name__ for entry in record.log()} >= set(REPORTED)
    disputes = record.disputes()
    assert (disputes.disputes, disputes.mismatches, disputes.untestable) == ((), (), ())


def test_the_war_stands_as_its_record_says() -> None:
    record = war()
    first = state_answer(record, "1974-03-10", Lens())
    assert (first["places"]["holm"]["holder"], first["places"]["holm"]["holders"]) == (None, ["ard", "bel"])
    assert [row["place"] for row in first["blockades"]] == ["sound"]
    then = state_answer(record, "1974-04-27", Lens())
    holders = {place: row["holder"] for place, row in then["places"].items()}
    assert holders == {
        "aven": "ard",
        "aven-mill": "shore",
        "keld": "bel",  # Cal has credit and no share
        "tarn-port": "ard",
        "holm": "ard",
        "moor": None,
        "sound": None,
    }
    assert then["places"]["keld"]["taken_by"] == ["bel-army", "cal"]
    (truce,) = then["agreements"]
    assert (truce["standing"], truce["violated_by"], truce["violated_because"]) == ("in force", ["ard-guard"], ["W-30"])
    assert list(breaches(record.log(), record.ground).values()) == [("ard:bel",)]
    (peace,) = state_answer(record, None, Lens())["agreements"]
    assert (peace["kind"], peace["violated"]) == ("peace", False)


def test_a_claim_of_every_kind_says_in_plain_words_what_it_is_of_where_nobody_wrote_it(tmp_path: Path) -> None:
    shutil.copytree(WAR, tmp_path / "war")
    written = yaml.safe_load((WAR / "record.yaml").read_text("utf-8"))
    for row in written["claims"]:
        row.pop("says", None)
    (tmp_path / "war" / "record.yaml").write_text(yaml.safe_dump(written, sort_keys=False, allow_unicode=True), "utf-8")
    claims = load(tmp_path / "war").testimony.claims.values()
    assert {type(claim.content).__name__ for claim in claims} >= set(REPORTED)
    assert all(re.fullmatch(r"\S.{6,}\.", claim.says) for claim in claims), [claim.says for claim in claims]
