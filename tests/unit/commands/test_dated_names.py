"""Who bears another name from a day on is called by it in whatever is told of a later time, and by the first before."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from tests.unit.small import Small

LATER = "names: [{name: the Great North, from: 2020-03-10}], aliases: [Northerners]"
ARLEN = ("--at", "2020-03-11")


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The valley, where the North calls itself otherwise from the day of Arlen's fall on; two say who took Dell."""
    small = Small(tmp_path_factory.mktemp("valley")).plant("map.yaml", "aliases: [Northerners]", LATER)
    for number, (source, by) in enumerate((("gazette, paragraph: 1", "north"), ("courier", "south"))):
        fell = f"happened: 2020-03-11, episode: fall, asserts: {{event: Captured, place: dell, by: [{by}]}}"
        small.add("record.yaml", f"  - {{id: D-{number}, source: {source}, {fell}}}\n")
    return str(small.write().folder)


def told(valley: str, *words: str) -> str:
    command, *arguments = words
    result = CliRunner().invoke(
        main, [command, *arguments[:1], valley, *arguments[1:]] if command == "why" else [command, valley, *arguments]
    )
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("state", *ARLEN), "the Great North: is hostile to the rebels; tolerates the South"),
        (("state", "--at", "2020-03-09"), "the North: is hostile to the rebels; tolerates the South"),
        (("why", "arlen.holder", *ARLEN), "Arlen, holder: the Great North at"),
        (("why", "north:rebels.stance", *ARLEN), "the Great North toward the rebels, stance: hostile"),
        (("why", "north:rebels.stance", "--at", "2020-03-09"), "the North toward the rebels, stance: hostile"),
        (("why", "arlen.holder", *ARLEN), "Weights: the Great North "),
        (("why", "arlen.holder", *ARLEN), "answers: the Great North; "),
        (("changes", "--known-from", "2020-03-08"), "Arlen, holder from 10 Mar 2020: the rebels → the Great North"),
        (("disputes",), "✓ the Great North weight"),
        (("beliefs", "--all"), "the Great North graded"),
    ],
)
def test_it_is_told_by_the_name_of_that_time(words: tuple[str, ...], sentence: str, valley: str) -> None:
    assert sentence in told(valley, *words)
