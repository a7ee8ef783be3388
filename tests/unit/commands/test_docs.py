"""The documentation is run: commands exit with 0, and Python answers as it is written."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.events import EVENTS, Quantity
from situation.events.predicates import PREDICATES
from situation.scenario import NUMBERS
from situation.testimony.actors import Actor, Colour, Under
from situation.testimony.claimrow import ClaimRow
from situation.testimony.claims import Credibility, Follows, Origin, Reliability, Source, Speaker
from situation.testimony.ground import Coordinates, Link, Operation, Place, Region
from situation.testimony.kinds import LinkKind, PlaceKind, Terrain
from situation.testimony.lexicon import CountWord, TimeWord
from situation.testimony.mapkeys import MapFile
from situation.testimony.names import Alias
from situation.testimony.opening import ActorOpening, AgreementOpening, Opening, Part, PlaceOpening, Relation, Window
from situation.testimony.tour import TourStop
from tests.arch.commands import COMMAND

PAGES = sorted(page.resolve() for page in (*Path("docs").glob("*.md"), Path("README.md")))


def _commands() -> list[tuple[str, str]]:
    """The commands of each page but those that tests/arch runs: those of tutorial and examples, and the README's from the wheel.

    A server, which goes on until it is stopped, is started by tests of its own. With few stories in place of many, a command
    that stands on several pages is the same, and is run for one of them.
    """
    found: dict[str, tuple[str, str]] = {}
    for page in (page for page in PAGES if page.name not in ("tutorial.md", "examples.md", "README.md")):
        for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL):
            lines = [line.split("  #")[0].strip() for line in block.splitlines()]
            ends = [line for line in lines if line.startswith("situation ") and line.split()[1] != "serve"]
            for line in ends:
                found.setdefault(_with_few_stories(line), (page.name, line))
    return list(found.values())


def _with_few_stories(line: str) -> str:
    fewer = re.sub(r"--runs \d+", "--runs 8", line)
    return f"{fewer} --points 14 --waves 1" if line.startswith("situation calibrate") else fewer


def _files(page: str) -> list[tuple[str, str]]:
    """The files that a page tells its reader to write: blocks of YAML or CSV below a line with their name."""
    text = next(one for one in PAGES if one.name == page).read_text("utf-8")
    blocks = re.findall(r"```(?:yaml|csv)\n# ([\w/-]+\.(?:yaml|csv))\n(.*?)```", text, flags=re.DOTALL)
    return [(name, content) for name, content in blocks]


def _long(page: str, command: str) -> bool:
    """Whether a command is left to the long tests: one that tells stories."""
    return command.startswith(("situation compare", "situation run", "situation calibrate"))


@pytest.mark.parametrize(
    ("page", "command"),
    [pytest.param(*row, marks=pytest.mark.long) if _long(*row) else row for row in _commands()],
)
def test_the_commands_of_the_pages_work(
    page: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(_with_few_stories(command))[1:]  # it is the words that are tested here
    (tmp_path / "scenarios").symlink_to(Path("scenarios").resolve())
    for name, text in _files(page):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, f"{page}: {result.output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_the_pages_answers_as_written(page: Path) -> None:
    results = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert results.failed == 0


def test_every_command_that_answers_as_json_has_its_keys_documented() -> None:
    text = Path("docs/json.md").read_text("utf-8")
    answering = {name for name, command in COMMAND.items() if any("--json" in option.opts for option in command.params)}
    assert {"replay", "run", "plugins"} <= answering
    lists = {"claims", "totals"}
    assert [name for name in sorted(answering - lists) if f"**`situation {name}`**: `" not in text] == []
    assert [name for name in sorted(lists) if f"**`situation {name}`**: a list of " not in text] == []


def test_the_tour_is_not_empty() -> None:
    assert len([page for page, _ in _commands() if page == "tour.md"]) > 7


ENTRIES: dict[str, type] = {
    "the file": MapFile, "window": Window, "actor": Actor, "colour": Colour, "place": Place, "at": Coordinates,
    "ground": Terrain, "region": Region, "link": Link, "tour stop": TourStop,
    "place kind": PlaceKind, "link kind": LinkKind, "operation": Operation, "lexicon": TimeWord, "lexicon, number": CountWord,
    "dated name": Alias, "dated parent": Under, "opening": Opening,
    "opening, place": PlaceOpening, "part": Part, "opening, actor": ActorOpening, "opening, relation": Relation,
    "opening, agreement": AgreementOpening,
    "source": Source, "reliability": Reliability, "speaker": Speaker, "origin": Origin, "claim": ClaimRow,
    "credibility": Credibility, "follows": Follows, "number": Quantity, **EVENTS, **PREDICATES,
}  # fmt: skip
WRITTEN = {
    (Window, "earliest"): "from",
    (Window, "latest"): "to",
    (Relation, "actor"): "from",
    (Relation, "toward"): "to",
    (Alias, "since"): "from",
    (Under, "since"): "from",
}
"""Keys that a file writes otherwise than the class."""


def test_every_key_of_a_situations_files_is_documented() -> None:
    text = Path("docs/first-situation.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\w, ]+) \|(.*)\|(.*)\|$", text, flags=re.MULTILINE)
    told = {entry: rest for entry, *rest in rows if entry not in ("entry", "statement", "event")}
    assert set(told) >= {
        *PREDICATES,
        *(name for name, cls in EVENTS.items() if cls.reported),
        *(set(ENTRIES) - set(EVENTS) - set(PREDICATES)),
    }
    for entry, columns in told.items():
        cls = ENTRIES[entry]
        keys: tuple[list[str], list[str]] = ([], [])
        for field in attrs.fields(cls):
            if (cls, field.name) in ((Alias, "span"), (Under, "span"), (Quantity, "assumed")):
                continue  # worked out from what is written
            if (cls in (Source, Speaker, Origin) and field.name in ("at", "part")) or not field.init:
                continue  # the place in the file is no key of it
            keys[field.default is not attrs.NOTHING].append(WRITTEN.get((cls, field.name), field.name))
        assert [sorted(re.findall(r"`(\w+)`", column)) for column in columns] == [sorted(part) for part in keys], entry


def test_the_numbers_of_the_rules_page_are_those_of_the_tables() -> None:
    """Written as `name` = best (low to high), or `name` = value where it has no range."""
    text = Path("docs/rules.md").read_text("utf-8")
    told = re.findall(r"`([\w.]+)` = ([\d.]+)(?: \(([\d.]+) to ([\d.]+)\))?", text)
    assert {name for name, *_ in told} >= {"contact", "raid_rate", "hunted", "struck", "last_stand.determined"}
    for name, best, low, high in told:
        prior = NUMBERS[name]
        points = [float(point) for point in (low or best, best, high or best)]
        assert points == [prior.low, prior.best, prior.high], name
        assert prior.assumed
