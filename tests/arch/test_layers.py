"""The layers of the house, the homes of its dependencies, and the habits of its rooms."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

from tests.arch import rooms, walker

PACKAGE = Path(__file__).parents[2] / "src" / "situation"

# From low to high, and so from a source's claim to what a reader sees. A folder imports from itself and from those before it.
ORDER = (
    *(
        "errors",
        "dates",
        "kernel",
        "chance",
        "events",
        "rules",
        "testimony",
        "log",
        "record",
        "scenario",
        "story",
        "ensemble",
    ),
    *("edges", "page", "runs", "serving", "commands", "__main__", "__init__"),
)
FOLDERS, FILES = 14, 5  # the most at the top of the house
# Where each third-party package may be imported. One that is not named here is not used at all, and each has a use. Of
# Python's own only the package of worker processes stands here: how they are started and ended is known in one place.
HOMES: dict[str, frozenset[str]] = {
    "SALib": frozenset({"ensemble.sweep"}),
    "attrs": frozenset({"*"}),
    "cattrs": frozenset({"testimony.codec", "testimony.forms"}),
    "click": frozenset({"commands"}),
    "cryptography": frozenset({"runs.seals"}),
    "distributed": frozenset({"commands.cluster"}),
    "h11": frozenset({"serving.lines"}),
    "milsymbol": frozenset({"page.symbols"}),
    "multiprocessing": frozenset({"ensemble.pool"}),
    "numba": frozenset({"kernel"}),
    "llvmlite": frozenset({"kernel"}),
    "numpy": frozenset(
        {
            *(
                "chance.blake",
                "chance.philox",
                "chance.vectors",
                "chance.words",
                "edges.coast",
                "ensemble",
                "page.courses",
                "page.packing",
                "page.shares",
            ),
            *("rules.engagement.days", "rules.engagement.losses"),
            *("story.world.copies", "story.world.table_columns", "story.world.tables"),
            *(
                "runs.drawn_tables",
                "runs.ensemble_files",
                "runs.parquet",
                "runs.run_tables",
                "runs.stored_draws",
                "runs.stored_tables",
                "runs.sweep_files",
            ),
        }
    ),
    "orjson": frozenset({"commands", "ensemble.chunks", "page", "runs", "serving"}),
    "pandas": frozenset({"ensemble.notebook", "log.notebook_table", "log.tables", "record.notebook", "record.record"}),
    "plotly": frozenset({"ensemble.notebook", "record.notebook"}),
    "playwright": frozenset({"page.pictures"}),
    "pyarrow": frozenset({"runs"}),
    "rich": frozenset({"commands", "record.answers.timeline"}),
    "scipy": frozenset({"ensemble.score", "ensemble.sweep", "ensemble.verify"}),
    "scoringrules": frozenset({"ensemble.score.proper"}),
    "shapely": frozenset({"edges.coast"}),
    "simpy": frozenset({"story.drivers.clock"}),
    "starlette": frozenset({"serving"}),
    "uvicorn": frozenset({"serving.lines", "serving.server"}),
    "yaml": frozenset({"testimony.documents"}),
}
# Commands may tell how long a person has waited. Nothing that a result rests on may draw chance of its own: situation.chance
# is arithmetic. A token must be one that nobody can draw again.
CLOCK_HOMES = frozenset({"commands"})
CHANCE_HOMES = frozenset({"serving.tokens"})

LONGEST = 300  # lines in one file


@pytest.fixture(scope="module")
def modules() -> list[walker.Module]:
    """Every module of the package, read once, and not while the tests are collected."""
    return walker.read_package(PACKAGE)


def _none(faults: list[str]) -> None:
    assert not faults, "\n" + "\n".join(faults)


def test_each_room_has_one_place_in_the_order(modules: list[walker.Module]) -> None:
    assert sorted(ORDER) == sorted({module.room for module in modules})


def test_the_top_of_the_house_fits_on_a_page() -> None:
    folders = [path for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert len(folders) <= FOLDERS, folders
    files = list(PACKAGE.glob("*.py"))
    assert len(files) <= FILES, files


def test_every_folder_says_in_a_sentence_what_it_is(modules: list[walker.Module]) -> None:
    faces = [module for module in modules if module.path.name == "__init__.py" and len(module.parts) > 1]
    assert len(faces) == len({path.parent for path in PACKAGE.rglob("*.py")}) - 1
    for face in faces:
        first = (ast.get_docstring(face.tree) or "").partition("\n")[0]
        assert first.endswith("."), f"{face.shown}: the first line is a sentence"


def test_how_the_house_is_built_names_its_folders_in_their_order() -> None:
    text = (PACKAGE.parents[1] / "CONTRIBUTING.md").read_text("utf-8")
    assert " < ".join(f"`{room}`" for room in ORDER if not room.startswith("__")) in " ".join(text.split())


def test_a_home_is_a_room_of_the_house_that_needs_it(modules: list[walker.Module]) -> None:
    assert all(any(module.stands_in(home) for module in modules) for home in {*CLOCK_HOMES, *CHANCE_HOMES})
    _none(rooms.idle_faults(modules, HOMES))


def test_imports_go_to_the_same_folder_or_a_lower_one(modules: list[walker.Module]) -> None:
    _none(walker.layer_faults(modules, ORDER))


def test_no_two_files_import_each_other(modules: list[walker.Module]) -> None:
    _none(rooms.cycle_faults(modules))


def test_what_is_private_to_a_file_stays_there(modules: list[walker.Module]) -> None:
    _none(walker.private_faults(modules))


def test_each_dependency_has_one_home(modules: list[walker.Module]) -> None:
    _none(walker.home_faults(modules, HOMES))


def test_no_room_reads_the_wall_clock_or_draws_chance_of_its_own(modules: list[walker.Module]) -> None:
    _none(walker.clock_faults(modules, CLOCK_HOMES, CHANCE_HOMES))


def test_no_file_is_longer_than_one_purpose_needs() -> None:
    _none(walker.length_faults(PACKAGE, LONGEST))


def test_every_module_lists_what_it_offers(modules: list[walker.Module]) -> None:
    _none(walker.export_faults(modules))


def test_names_say_what_a_thing_is(modules: list[walker.Module]) -> None:
    _none(walker.name_faults(modules))


def test_no_error_is_swallowed(modules: list[walker.Module]) -> None:
    _none(walker.swallow_faults(modules))


@pytest.mark.parametrize(
    "name", [".".join(parts) for path, parts in walker.module_names(PACKAGE) if path.name != "__main__.py"], ids=str
)
def test_what_a_module_lists_can_be_imported_from_it(name: str) -> None:
    module = importlib.import_module(name)
    missing = [offered for offered in getattr(module, "__all__", []) if not hasattr(module, offered)]
    assert not missing


def test_no_module_rests_on_an_assertion_as_it_is_imported(modules: list[walker.Module]) -> None:
    """`python -O` drops assertions; what must hold of tables is an error with a sentence, or a test."""
    _none(
        [f"{it.shown}:{node.lineno}: assert" for it in modules for node in it.tree.body if isinstance(node, ast.Assert)]
    )
