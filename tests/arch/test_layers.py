"""The layers of the house, the homes of its dependencies, and the habits of its rooms."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.arch import rooms, walker

PACKAGE = Path(__file__).parents[2] / "src" / "situation"

# From low to high. A module imports from its own layer and from those above it in this table; a new one is added here.
LAYERS: dict[str, tuple[str, ...]] = {
    "words": ("errors", "clock", "portable", "quantiles", "philox", "lanes", "chance", "jsonlines", "documents"),
    "vocabulary": ("events", "predicates", "rules"),
    "testimony": ("claims", "opening", "ground", "log", "state"),
    "meaning": (
        "codec",
        "testimony",
        "effects",
        "fold",
        "tables",
        "relations",
        "questions",
        "weights",
        "belief",
        "reading",
        "statements",
        "disputes",
        "wording",
        "story_words",
        "number_words",
        "voices",
        "why",
    ),
    "record": ("mapfile", "recordfile", "record", "loading", "orders", "scenario"),
    "behaviour": ("doctrines", "outcomes"),
    "engines": ("story",),
    "many": ("odds", "spread", "signposts", "ensemble", "tracing", "comparison", "score", "battle"),
    "edges": (
        *("answers", "result_words", "timeline", "runs", "archive", "schema", "pages", "pictures", "plugins"),
        "keeping",
    ),
    "doors": ("cli", "commands", "serving", "__main__", "__init__"),
}

# Which rooms may import which third-party package. One that is not named here is not used at all, and each has a use.
HOMES: dict[str, frozenset[str]] = {
    "attrs": frozenset({"*"}),
    "cattrs": frozenset({"codec"}),
    "click": frozenset({"cli", "commands"}),
    "milsymbol": frozenset({"pages"}),
    "numpy": frozenset(
        {
            *("archive", "comparison", "ensemble", "lanes", "odds", "outcomes"),
            *("pages", "score", "signposts", "spread", "tracing"),
        }
    ),
    "orjson": frozenset({"archive", "commands", "ensemble", "keeping", "pages", "runs", "serving"}),
    "pandas": frozenset({"comparison", "record", "tables"}),
    "playwright": frozenset({"pictures"}),
    "pyarrow": frozenset({"archive"}),
    "rich": frozenset({"commands", "timeline"}),
    "simpy": frozenset({"story"}),
    "starlette": frozenset({"serving"}),
    "uvicorn": frozenset({"serving"}),
    "yaml": frozenset({"documents"}),
}

# The doors may tell how long a person has waited. Nothing may draw chance of its own: situation.chance is arithmetic.
CLOCK_HOMES = frozenset({"cli", "commands"})
CHANCE_HOMES: frozenset[str] = frozenset()

LONGEST = 300  # lines in one file

MODULES = walker.read_package(PACKAGE)


def _none(faults: list[str]) -> None:
    assert not faults, "\n" + "\n".join(faults)


def test_each_room_stands_in_one_layer() -> None:
    named = [room for layer in LAYERS.values() for room in layer]
    assert sorted(named) == sorted({module.room for module in MODULES})


def test_a_home_is_a_room_of_the_house_that_needs_it() -> None:
    assert {*CLOCK_HOMES, *CHANCE_HOMES} <= {module.room for module in MODULES}
    _none(rooms.idle_faults(MODULES, HOMES))


def test_imports_go_to_the_same_layer_or_a_lower_one() -> None:
    _none(walker.layer_faults(MODULES, LAYERS))


def test_no_two_rooms_import_each_other() -> None:
    _none(rooms.cycle_faults(MODULES))


def test_each_dependency_has_one_home() -> None:
    _none(walker.home_faults(MODULES, HOMES))


def test_no_room_reads_the_wall_clock_or_draws_chance_of_its_own() -> None:
    _none(walker.clock_faults(MODULES, CLOCK_HOMES, CHANCE_HOMES))


def test_no_file_is_longer_than_one_purpose_needs() -> None:
    _none(walker.length_faults(PACKAGE, LONGEST))


def test_every_module_lists_what_it_offers() -> None:
    _none(walker.export_faults(MODULES))


def test_names_say_what_a_thing_is() -> None:
    _none(walker.name_faults(MODULES))


def test_no_error_is_swallowed() -> None:
    _none(walker.swallow_faults(MODULES))


@pytest.mark.parametrize(
    "name", [".".join(module.parts) for module in MODULES if module.path.name != "__main__.py"], ids=str
)
def test_what_a_module_lists_can_be_imported_from_it(name: str) -> None:
    module = importlib.import_module(name)
    missing = [offered for offered in getattr(module, "__all__", []) if not hasattr(module, offered)]
    assert not missing
