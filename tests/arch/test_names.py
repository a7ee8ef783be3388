"""One public name means one thing in the whole package, and names say what they hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.arch.names import double_faults, idiom_faults, unused_faults
from tests.arch.walker import Module, read_package
from tests.arch.war_names import war_faults, war_names

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    """Every module of the package."""
    return read_package(ROOT / "src" / "situation")


def _module(name: str, text: str) -> Module:
    return Module(Path(f"{name}.py"), f"{name}.py", ("situation", name), ast.parse(text), 1)


def test_no_public_name_means_two_things(modules: list[Module]) -> None:
    faults = double_faults(modules)
    assert not faults, "\n" + "\n".join(faults)


def test_names_say_what_they_hold(modules: list[Module]) -> None:
    faults = idiom_faults(modules)
    assert not faults, "\n" + "\n".join(faults)


def test_what_a_file_offers_is_used_or_documented(modules: list[Module]) -> None:
    texts = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.py"))
    words = {word for text in texts for word in re.findall(r"\w+", text.read_text("utf-8"))}
    faults = unused_faults(modules, words)
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("class Force: ...", False),
        ("class Force: ...\ndef of(): return Force()", False),
        ("class Force: ...\ndef of() -> Force: ...", True),
        ("class Force: ...\ndef of() -> 'list[Force]': ...", True),
        ("class Force: ...\nclass Column(Force): ...", True),
        ("class Force: ...\nKINDS = {'force': Force}", True),
        ("class Force: ...\n_KINDS = {'force': Force}", False),
    ],
)
def test_a_name_that_nothing_uses_is_reported(text: str, used: bool) -> None:
    one = _module("one", f"__all__ = ['Force']\n{text}")
    fact = "Force is offered, and nothing uses or documents it. Begin its name with _, or remove it."
    assert unused_faults([one], ()) == ([] if used else [f"one.py:1: {fact}"])
    assert unused_faults([one], {"Force"}) == []
    for other in ("from situation.one import Force", "import situation.one\nhere = situation.one.Force"):
        assert unused_faults([one, _module("two", other)], ()) == []


@pytest.mark.parametrize("text", ["class Force: ...", "def Force(): ...", "Force = int", "Force: type = int"])
def test_a_name_that_two_files_define_is_reported_at_the_second(text: str) -> None:
    faults = double_faults([_module("one", "class Force: ..."), _module("two", f"x = 1\n{text}")])
    assert faults == ["two.py:2: Force is defined in one.py too. Name each by what it is, or make them one."]


@pytest.mark.parametrize("text", ["class _Force: ...", "from situation.one import Force", "def f():\n    Force = 1"])
def test_what_is_private_imported_or_local_is_no_second_meaning(text: str) -> None:
    assert double_faults([_module("one", "class Force: ...\nclass _Force: ..."), _module("two", text)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "told = 1",
        "def told(): ...",
        "def f(told): ...",
        "[0 for told in rows]",
        "_told = 1",
        "class A:\n told: int",
        "self.told = 1",
        "self._told += 1",
        "import json as told",
        "from rows import row as told",
        "try: ...\nexcept OSError as told: ...",
        "match row:\n case told: ...",
        "match row:\n case int() as told: ...",
        "match row:\n case [*told]: ...",
        "match row:\n case {**told}: ...",
    ],
)
def test_a_word_of_the_idiom_is_reported(text: str) -> None:
    assert len(idiom_faults([_module("one", text)])) == 1


def test_a_file_named_by_the_idiom_is_reported() -> None:
    assert idiom_faults([_module("asked", "")]) == ["asked.py:1: asked says nothing of what is in it. Name it by that."]


def test_nothing_in_the_program_knows_a_war() -> None:
    """Examples of a command's help and `>>>` lines may name one. Elsewhere write of the North, the South and the Ford."""
    names = war_names()
    assert {"al-qaim", "islamic-state", "stanley", "Goose Green", "argentina"} <= set(names)
    faults = war_faults(names)
    assert not faults, "\n" + "\n".join(faults)
