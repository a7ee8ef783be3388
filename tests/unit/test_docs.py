"""The documentation is run: commands exit with 0, and Python answers as it is written."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.cli import main

PAGES = sorted(page.resolve() for page in (*Path("docs").glob("*.md"), Path("README.md")))


def _commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL):
            lines = [line.split("  #")[0].strip() for line in block.splitlines()]
            found += [(page.name, line) for line in lines if line.startswith("situation ")]
    return found


@pytest.mark.parametrize(("page", "command"), _commands())
def test_the_commands_of_the_pages_work(
    page: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(command)[1:]
    if "--runs" in words:  # as written, but with few stories: it is the words that are tested here
        words[words.index("--runs") + 1] = "16"
    (tmp_path / "scenarios").symlink_to(Path("scenarios").resolve())
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, f"{page}: {result.output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_the_pages_answers_as_written(page: Path) -> None:
    results = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert results.failed == 0


def test_the_tour_is_not_empty() -> None:
    assert len([page for page, _ in _commands() if page == "tour.md"]) > 8
