"""Records as JSON lines: they load as the same record, and each broken line is told by its number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.small import RECORD, Small


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_numbers(inner) for inner in value]
    return int(value) if value.isdigit() else value


ROWS = [_numbers(row) for row in yaml.load(RECORD, Loader=yaml.BaseLoader)["claims"]]
LINES = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in ROWS)


def small_lines(tmp_path: Path, lines: str) -> Small:
    """The valley with its record as JSON lines."""
    small = Small(tmp_path)
    del small.files["record.yaml"]
    small.files["record.jsonl"] = lines
    return small


def test_json_lines_load_as_the_same_claims(tmp_path: Path) -> None:
    here, there = tmp_path / "lines", tmp_path / "yaml"
    here.mkdir()
    there.mkdir()
    lines = small_lines(here, f"# a note\n\n{LINES}").load()
    rows = Small(there).load()
    assert [claim.content for claim in lines.testimony.claims.values()] == [
        claim.content for claim in rows.testimony.claims.values()
    ]
    assert [entry.id for entry in lines.log()] == [entry.id for entry in rows.log()]


def test_a_claim_knows_the_line_it_stands_in(tmp_path: Path) -> None:
    record = small_lines(tmp_path, f"# a note\n\n{LINES}").load()
    assert record.testimony.claims["T1-02"].at.line == 4


@pytest.mark.parametrize(("kept", "col"), [(-2, 187), (-10, 178), (-60, 129), (-100, 89)])
def test_a_cut_last_line_is_told(tmp_path: Path, kept: int, col: int) -> None:
    assert small_lines(tmp_path, LINES[:kept]).problems() == [
        f"record.jsonl:7:{col}: The line of JSON is cut off. Correct or remove the line."
    ]


@pytest.mark.parametrize("rest", ['{"id": tr', '{"id": "x', '{"id": ', '{"id"', "{", "[1, 2"])
def test_a_line_that_stops_midway_is_cut_off(tmp_path: Path, rest: str) -> None:
    (problem,) = small_lines(tmp_path, LINES + rest).problems()
    assert problem.startswith("record.jsonl:8:")
    assert problem.endswith(": The line of JSON is cut off. Correct or remove the line.")


CASES = {
    "NaN": ('"low": 100', '"low": NaN', "2:1: 'NaN' is no number of JSON. Write a plain number."),
    "infinity": ('"low": 100', '"low": -Infinity', "2:1: '-Infinity' is no number of JSON. Write a plain number."),
    "a number out of reach": (
        '"low": 100',
        '"low": 1e999',
        "2:1: The number '1e999' is out of reach. Write a plain number.",
    ),
    "a number of many digits": (
        '"low": 100',
        f'"low": 1{"0" * 5000}',
        "2:1: The number '100000000000...' has more than 18 digits. Write a plain number.",
    ),
    "a doubled key": ('"low": 100', '"low": 100, "low": 3', "2:1: The key 'low' stands twice in this line. Keep one."),
    "a lone half of a character": (
        "Dell was not taken.",
        "\\ud800",
        "6:1: The line holds half a character, such as \\ud800. Write whole characters.",
    ),
    "a slip on the way": (
        '"says": "Dell',
        '"says" "Dell',
        "6:45: The line is not JSON: a colon is missing. Correct or remove the line.",
    ),
    "a place that is none": (
        '"place": "dell"',
        '"place": "del"',
        "6:1: There is no place or region 'del'. Did you mean 'dell'?",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_line_is_told_by_its_number(tmp_path: Path, case: str) -> None:
    old, new, told = CASES[case]
    assert LINES.count(old) == 1
    problems = small_lines(tmp_path, LINES.replace(old, new)).problems()
    assert problems[-1] == f"record.jsonl:{told}"


@pytest.mark.parametrize("depth", [60, 900, 100_000])
def test_a_line_nested_too_deep_is_told(tmp_path: Path, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    assert small_lines(tmp_path, f'{LINES}{deep}\n{{"id": "T9-01", "says": {deep}}}\n').problems() == [
        "record.jsonl:8:1: The nesting is more than 50 deep. Flatten the line.",
        "record.jsonl:9:1: The nesting is more than 50 deep. Flatten the line.",
    ]


def test_the_other_lines_are_read_past_a_broken_one(tmp_path: Path) -> None:
    lines = LINES.replace('"place": "dell"', '"place": "del"')
    assert small_lines(tmp_path, f"{{\n{lines}[1]\n").problems() == [
        "record.jsonl:1:2: The line of JSON is cut off. Correct or remove the line.",
        "record.jsonl:7:1: There is no place or region 'del'. Did you mean 'dell'?",
        "record.jsonl:9:1: [1] stands where a claim belongs. Write a mapping; its keys are: source, id, says, said_by, "
        "origin, paragraph, said, happened, episode, asserts, denies, retracts, replaced_by, corrects, follows, "
        "credibility, damaged, note, tlp, embargo_until.",
    ]


@pytest.mark.parametrize("text", ["# only a note\n", "\n# only a note\n\n"])
def test_a_file_without_a_line_holds_no_value(tmp_path: Path, text: str) -> None:
    assert small_lines(tmp_path, text).problems() == ["record.jsonl: The file holds no value. Write its content."]


def test_a_record_in_both_forms_is_told(tmp_path: Path) -> None:
    assert Small(tmp_path).add("record.jsonl", LINES).problems() == [
        "record.jsonl: Both record.yaml and record.jsonl are here. Keep one of them."
    ]


@pytest.mark.parametrize("number", range(LINES.count("\n")))
def test_a_line_that_cannot_be_read_makes_no_other_problem(tmp_path: Path, number: int) -> None:
    lines = LINES.splitlines()
    lines[number] = lines[number][:-9]
    (told,) = small_lines(tmp_path, "\n".join([*lines, ""])).problems()
    assert told.startswith(f"record.jsonl:{number + 1}:")
    assert told.endswith(": The line of JSON is cut off. Correct or remove the line.")
