"""`situation verify`: every check holds, each can fail, and the page in docs/ tells of the same ones."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.ensemble.verify import report
from situation.ensemble.verify.chains import CHAINS
from situation.ensemble.verify.check import Check, between, mean_of, near
from situation.ensemble.verify.exact_chain import RATES
from situation.ensemble.verify.report import CHECK_GROUPS, CheckGroup, report_answer, report_page, verify
from tests.arch.verification import PAGE


@pytest.fixture(scope="module")
def checks() -> Mapping[str, tuple[Check, ...]]:
    return verify(quick=True)


@pytest.mark.parametrize("group", CHECK_GROUPS)
def test_every_check_of_a_group_holds(checks: Mapping[str, tuple[Check, ...]], group: str) -> None:
    assert checks[group]
    assert [check for check in checks[group] if not check.passed] == []


def test_each_check_is_named_once_and_each_law_has_a_chain(checks: Mapping[str, tuple[Check, ...]]) -> None:
    names = [check.what for group in checks.values() for check in group]
    assert len(names) == len({*names})
    assert {chain[0] for chain in CHAINS} == {*RATES}


def test_the_page_tells_of_every_check_and_of_no_other(checks: Mapping[str, tuple[Check, ...]]) -> None:
    def rows(text: str) -> list[tuple[str, str]]:
        return re.findall(
            r"^\| (.+?) \| (\S+(?: to \S+)?) \| \S+ \| \S+ \| (?:holds|FAILS) \|$", text, flags=re.MULTILINE
        )

    text = PAGE.read_text("utf-8")
    rows_written = rows(text)
    assert [what for what, _ in rows_written] == [check.what for group in checks.values() for check in group], (
        "Run: make verify"
    )
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        f"## {name.capitalize()}" for name in CHECK_GROUPS
    ]
    assert rows_written == rows(report_page(checks)), "Run: make verify"


def test_a_check_fails_beyond_its_tolerance_and_where_there_is_no_number() -> None:
    assert near("it", 2.0, 2.5, 0.5, "so").passed
    assert not near("it", 2.0, 2.6, 0.5, "so").passed
    assert not near("it", 2.0, math.nan, 0.5, "so").passed
    assert not near("it", 2.0, math.inf, 0.5, "so").passed
    assert between("it", 1.0, 2.0, 2.25, 0.5, "so").passed
    assert not between("it", 1.0, 2.0, 0.25, 0.5, "so").passed
    assert mean_of("it", 0.5, 0.25, [0.0, 1.0], "throws").passed
    assert not mean_of("it", 0.5, 0.25, [1.0] * 100, "throws").passed


def test_the_command_ends_with_1_where_something_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    for got, code in ((1.0, 0), (1.5, 1), (math.inf, 1)):
        one = {"exact chains": CheckGroup("One number.", lambda quick, got=got: [near("it", 1.0, got, 0.1, "so")])}  # type: ignore[misc]
        monkeypatch.setattr(report, "CHECK_GROUPS", one)
        shown = CliRunner().invoke(main, ["verify"])
        assert shown.exit_code == code
        assert ("FAILS" in shown.stdout) == bool(code)
        as_json = CliRunner().invoke(main, ["verify", "--quick", "--json"])
        answer = json.loads(as_json.stdout)
        assert as_json.exit_code == code
        assert (answer["quick"], answer["checks"], answer["failed"]) == (True, 1, code)
        assert answer["groups"][0]["checks"][0]["passed"] is (code == 0)


def test_the_answer_has_every_check(checks: Mapping[str, tuple[Check, ...]]) -> None:
    answer = report_answer(checks, quick=True)
    assert answer["checks"] == sum(len(group["checks"]) for group in answer["groups"])
    assert [group["group"] for group in answer["groups"]] == list(CHECK_GROUPS)
