"""The tutorial and the worked examples hold: files are written, commands run in order, and outputs are those on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.arch.tutorial import EXAMPLES, PAGE, run_page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that was empty when the tutorial began."""
    return tmp_path_factory.mktemp("tutorial")


def test_every_output_on_the_page_is_what_its_command_prints(folder: Path) -> None:
    text = PAGE.read_text("utf-8")
    assert run_page(text, folder) == text, "Write it anew: python -m tests.arch.tutorial"


def test_it_ends_with_one_file_that_holds_a_whole_page(folder: Path) -> None:
    page = (folder / "lake-war.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "https://" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


def test_every_output_of_the_worked_examples_is_what_its_command_prints(tmp_path: Path) -> None:
    text = EXAMPLES.read_text("utf-8")
    assert run_page(text, tmp_path) == text, "Write it anew: python -m tests.arch.tutorial"


def test_a_changed_output_is_noticed(tmp_path: Path) -> None:
    page = "```sh\nsituation new a-war\n```\n```text\nsomething else\n```\n"
    assert run_page(page, tmp_path) != page
    first = "scenarios/b-war: baseline.yaml, map.yaml, record.yaml, sources.yaml\n"
    dotted = f"```sh\nsituation new b-war\n```\n```text\n{first}...\n```\n"
    assert run_page(dotted, tmp_path) == dotted
