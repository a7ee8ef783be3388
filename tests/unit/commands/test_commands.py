"""The command line as a user meets it: keys, exit codes, and what is said when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from tests.arch.commands import COMMAND

SITUATION = "scenarios/al-qaim-2017"
KEYS = {
    "state": [
        "at",
        "known_at",
        "belief",
        "view",
        "places",
        "areas",
        "forces",
        "relations",
        "agreements",
        "blockades",
        "ships",
        "operations",
    ],
    "disputes": ["view", "disputes", "mismatches", "untestable", "possibly_one"],
    "beliefs": ["known_at", "beliefs", "questions", "flips", "by_date"],
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("command", sorted(COMMAND))
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"situation {command}" in result.output


@pytest.mark.parametrize("command", sorted(KEYS))
def test_the_keys_of_an_answer_stand(command: str) -> None:
    assert list(json.loads(run(command, SITUATION, "--json").output)) == KEYS[command]


def test_the_keys_of_a_place_a_claim_and_a_reason_stand() -> None:
    state = json.loads(run("state", SITUATION, "--at", "2017-11-04", "--json").output)
    place = ["holder", "holders", "status", "parts", "besieger", "besiegers", "declared_by", "announced_by"]
    place += ["taken_by", "uncertain", "disputed", "because"]
    assert list(state["places"]["al-qaim"]) == place
    assert list(state["relations"][0]) == ["from", "to", "stance", "because"]
    claims = json.loads(run("claims", SITUATION, "--json").output)
    assert list(claims[0]) == [
        "id",
        "source",
        "paragraph",
        "said_by",
        "origin",
        "reliability",
        "credibility",
        "stance",
        "kind",
        "event",
        "place",
        "fields",
        "cell",
        "answer",
        "earliest",
        "latest",
        "said",
        "published",
        "says",
        "file",
        "line",
        "happening",
        "joined",
        "revised",
        "retracted_by",
        "doubtful",
        "edition",
        "language",
        "translator",
        "archive",
        "tlp",
        "embargo_until",
    ]
    why = json.loads(run("why", "al-qaim.holder", SITUATION, "--at", "2017-11-04", "--json").output)
    assert list(why) == [
        *(
            "cell",
            "at",
            "value",
            "entry",
            "at_once",
            "uncertain",
            "since",
            "only_opening",
            "question",
            "belief",
            "view",
            "rule",
            "weights",
            "times",
            "parts_kept",
        ),
        *("for", "other_times", "against", "retracted"),
    ]


def test_a_cell_alone_is_asked_under_every_belief_and_a_single_argument_may_be_the_situation() -> None:
    answer = json.loads(run("beliefs", "Qaim.taken_by", SITUATION, "--json").output)
    assert [one["cell"] for one in answer["questions"]] == ["al-qaim.taken_by"]
    assert {flip["cell"] for flip in answer["flips"]} == {"al-qaim.taken_by"}
    shown = run("beliefs", SITUATION).output
    assert "questions hang on the belief." in shown
    assert "informative: the most that is reported" in shown
    wrong = run("beliefs", "al-qiam.holder", SITUATION)
    assert (wrong.exit_code, "Did you mean" in wrong.output) == (2, True)


def test_the_state_as_one_side_says_says_so() -> None:
    shown = run("state", SITUATION, "--view", "claimant:syria", "--at", "2017-11-03").output
    assert "belief graded, as Syria says." in shown
    answer = json.loads(run("claims", SITUATION, "--view", "claimant:syria", "--json").output)
    assert {row["id"] for row in answer} >= {"S4-11"}
    assert not {row["id"] for row in answer} & {"S2-07", "S0-01"}


def test_inside_the_interval_of_a_change_the_state_says_that_it_is_uncertain() -> None:
    state = json.loads(run("state", SITUATION, "--at", "2017-11-03T09:00", "--json").output)
    told = state["places"]["al-qaim"]["uncertain"]
    assert told == {
        "earliest": "2017-11-03T00:00+03:00",
        "latest": "2017-11-03T23:59+03:00",
        "answers": ["islamic-state", "iraq"],
    }
    earlier = json.loads(run("state", SITUATION, "--at", "2017-11-01", "--json").output)
    assert earlier["places"]["al-qaim"]["uncertain"] is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["state", "al-qaim-2018"], "al-qaim-2018: There is no such situation."),
        (["state", SITUATION, "--at", "2017-11-31"], "--at: '2017-11-31' is no date: Nov 2017 has 30 days."),
        (["state", SITUATION, "--belief", "grade"], "There is no belief 'grade'. Did you mean 'graded'?"),
        (["state", SITUATION, "--without", "backgrund"], "There is no part 'backgrund' to leave out."),
        (["why", "al-qiam.holder", SITUATION], "There is no cell 'al-qiam.holder' at that time. Did you mean"),
        (["why", "al-qaim.owner", SITUATION], "'al-qaim' has no cell 'owner'. "),
        (["beliefs", "al-qaim.hodler", SITUATION], "'al-qaim' has no cell 'hodler'. Did you mean 'holder'? It has: "),
        (
            ["beliefs", "al-qiam-2017"],
            "'al-qiam-2017' is no situation, and none stands after it. Did you",
        ),
        (["why", "al-qaim.holder (al-qaim-fals)", SITUATION], "Did you mean 'al-qaim.holder (al-qaim-falls)'?"),
        (
            ["run", "baseline", "--view", "claimant:syria"],
            "Stories go on from the whole record, not from the claims of",
        ),
        (["compare", "baseline", "baseline", "--view", "lean:none"], "'situation replay --view lean:none'"),
        (["claims", SITUATION, "--source", "arab-new"], "There is no source 'arab-new'. Did you mean 'arab-news'?"),
        (["run", "baseline", "--runs", "2", "--seed", "-1"], "-1 is no seed. Give a whole number from 0 to 2**64 - 1."),
        (["state", SITUATION, "--at", "2020-01-01"], "'2020-01-01' lies outside what the record covers. It runs from"),
    ],
)
def test_a_wrong_word_on_the_command_line_is_told_with_what_to_do_and_exit_code_2(
    arguments: list[str], told: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output


def test_wrong_input_has_exit_code_1() -> None:
    result = run("check", "pyproject.toml")
    assert result.exit_code == 1
    assert "pyproject.toml: This is a file, not a situation's folder." in result.output


def test_a_wrong_command_line_has_exit_code_2() -> None:
    assert run("state", "--when", "2017").exit_code == 2
    assert run("stat").exit_code == 2


def test_the_record_is_clean_and_says_what_could_not_be_verified() -> None:
    result = run("check", SITUATION)
    assert result.exit_code == 0, result.output
    assert "000_64c8639deaa16d73.txt is not verified" in result.output
    assert "No problems." in result.output


def test_a_situation_before_the_cell_is_told_the_order() -> None:
    for command in ("why", "beliefs"):
        assert (
            f"Write: situation {command} al-qaim.holder {SITUATION}" in run(command, SITUATION, "al-qaim.holder").stderr
        )


def test_the_texts_of_the_sources_are_as_they_were_read(shared: Path) -> None:
    result = run("check", SITUATION, "--sources", str(shared / "sources"))
    assert result.exit_code == 0, result.output
    assert "not verified" not in result.output


def test_the_timeline_names_who_says_so_with_grade_and_marks_disputes(tmp_path: Path) -> None:
    output = run("replay", SITUATION, "--out", str(tmp_path / "run")).output
    line = next(row for row in output.splitlines() if "Iraq took Hawija" in row)
    assert line.startswith("5 Oct 2017 ")
    assert line.rstrip().endswith("Prime Minister Haider al-Abadi D2")
    assert "≠" in output
    assert f"Page: {tmp_path / 'run' / 'index.html'}" in output.replace("\n", "")
