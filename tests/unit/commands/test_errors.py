"""Errors name options at the command line alone: what lies below speaks of arguments, and the command makes options of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import situation
from situation.commands.options import report_errors
from situation.errors import Fault, SituationError
from tests.arch.commands import COMMAND

PACKAGE = Path(situation.__file__).parent
FLAG = re.compile(r"(^|[\s(])--[a-z]")


def _raising(path: Path) -> Iterator[ast.AST]:
    """The functions of a file that raise or yield an error."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = list(ast.walk(node))
            if any(isinstance(it, ast.Raise) or (isinstance(it, ast.Name) and it.id == "RuleError") for it in inner):
                yield node


def test_no_error_below_the_command_line_names_an_option() -> None:
    flags = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] == "commands":
            continue
        for function in _raising(path):
            texts = (
                it.value for it in ast.walk(function) if isinstance(it, ast.Constant) and isinstance(it.value, str)
            )
            flags += [f"{path}: {text}" for text in texts if FLAG.search(text)]
    assert flags == []


def test_every_argument_that_an_error_names_is_an_option_of_a_command() -> None:
    names = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                given = {it.arg: it.value for it in node.keywords}.get("argument")
                if isinstance(given, ast.Constant) and given.value:
                    names.add(str(given.value))
    assert {"runs", "workers", "seed", "out", "port", "token", "browser", "story"} <= names
    options = {option for command in COMMAND.values() for it in command.params for option in it.opts}
    assert {f"--{name}" for name in names} <= options


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (Fault("0 is no number.", "Give 1.", argument="runs"), 2, "--runs: 0 is no number. Give 1.\n"),
        (Fault("0 is no number.", "Give 1.", argument="stories"), 2, "--max-runs: 0 is no number. Give 1.\n"),
        (Fault("0 is no number.", "Give 1.", argument="other"), 2, "0 is no number. Give 1.\n"),
        (SituationError("It cannot be written.", argument="as_run"), 1, "--as-run: It cannot be written.\n"),
    ],
)
def test_an_argument_is_told_as_the_option_of_the_command_that_has_it(
    error: SituationError, code: int, text: str
) -> None:
    @click.command()
    @click.option("--runs")
    @click.option("--max-runs")
    @click.option("--as-run")
    @report_errors
    def command(**options: str) -> None:
        raise error

    result = CliRunner().invoke(command, [])
    assert (result.exit_code, result.output) == (code, text)
