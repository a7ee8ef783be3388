"""Adding a thing is a recipe that works: each of docs/adding.md is followed to the letter in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import frozen

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "adding.md").read_text("utf-8")
STEP = re.compile(
    r"^(?:In `(?P<file>[^`]+)`, (?:(?P<where>after|before|instead of) `(?P<anchor>.+?)`|at the end)|New: `(?P<new>[^`]+)`):"
    r"\n\n(?P<fence>```+)\w+\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@frozen
class Recipe:
    """A heading with its number of files, the steps under it, and what then holds."""

    name: str
    files: int
    text: str

    @property
    def check(self) -> str:
        """The program that must run when all steps are done; empty where a browser looks at the page."""
        match = re.search(r"^Then this holds:\n\n```python\n(.*?)^```$", self.text, re.MULTILINE | re.DOTALL)
        return match[1] if match else ""

    def follow(self, copy: Path) -> set[str]:
        """Do every step in a copy of the project; the files that were touched."""
        touched = set()
        for step in STEP.finditer(self.text):
            name = step["new"] or step["file"]
            touched.add(name)
            file = copy / name
            if step["new"]:
                assert not file.exists(), name
                file.write_text(step["text"], "utf-8")
                continue
            text, anchor = file.read_text("utf-8"), step["anchor"]
            if anchor is None:
                file.write_text(f"{text}\n\n{step['text']}", "utf-8")
                continue
            assert text.count(anchor) == 1, f"{name} has {text.count(anchor)} of: {anchor}"
            at = text.index(anchor)
            end = at + len(anchor)
            if step["where"] == "instead of":
                text = f"{text[:at]}{step['text'].rstrip()}{text[end:]}"
            elif step["where"] == "before":
                text = f"{text[:at]}{step['text']}\n\n{text[at:]}"
            else:
                end = text.index("\n", end) + 1
                text = f"{text[:end]}{step['text']}{text[end:]}"
            file.write_text(text, "utf-8")
        return touched


RECIPES = [
    Recipe(name, int(files), text)
    for name, files, text in re.findall(r"^## (.+?) \((\d+) files\)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("src", "docs", "tests/strait_war", "tests/unit/rules"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "pictures/*.png")
        )
    return tmp_path


def _run(copy: Path, program: str) -> None:
    env = {**os.environ, "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-B", "-c", program]
    done = subprocess.run(command, env=env, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_there_is_a_recipe_for_each_thing() -> None:
    assert [recipe.name for recipe in RECIPES] == [
        *("An event", "A mechanism", "A doctrine", "A form of question", "A panel"),
    ]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_works_and_touches_no_more_files_than_it_says(recipe: Recipe, copy: Path) -> None:
    assert len(recipe.follow(copy)) == recipe.files
    if recipe.check:
        _run(copy, recipe.check)


def test_with_all_recipes_followed_every_module_can_be_imported_and_the_code_is_as_the_project_has_it(
    copy: Path,
) -> None:
    for recipe in RECIPES:
        recipe.follow(copy)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for command in (("check",), ("format", "--check")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "src"],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
    _run(
        copy,
        "import importlib, pkgutil, situation\n"
        "for module in pkgutil.walk_packages(situation.__path__, 'situation.'):\n"
        "    if not module.name.endswith('__main__'):\n"
        "        importlib.import_module(module.name)\n",
    )


@pytest.mark.long
def test_the_tests_that_name_what_is_missing_miss_nothing_of_a_recipe(copy: Path) -> None:
    """Every kind of event and cell, the codebook, and the rules with wrong numbers, as docs/adding.md says."""
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for recipe in RECIPES:
        recipe.follow(copy)
    files = ("log/test_complete_tables.py", "record/test_codebook.py", "rules/test_rules.py")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", *(f"tests/unit/{file}" for file in files)]
    env = {**os.environ, "PYTHONPATH": str(copy / "src")}
    done = subprocess.run(command, env=env, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_before_its_recipe_nothing_of_it_is_there(copy: Path) -> None:
    for recipe in RECIPES:
        if recipe.check:
            with pytest.raises(AssertionError, match=r"(cannot import name|KeyError|AssertionError)"):
                _run(copy, recipe.check)


@pytest.mark.long
@pytest.mark.browser
def test_the_page_shows_a_panel_made_by_its_recipe(copy: Path, chromium: str, tmp_path: Path) -> None:
    next(recipe for recipe in RECIPES if recipe.name == "A panel").follow(copy)
    page = tmp_path / "page.html"
    record = ROOT / "scenarios" / "al-qaim-2017"
    _run(copy, f"import situation as sit; sit.dashboard(sit.load({str(record)!r}), to={str(page)!r})")
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [chromium, *switches, profile, f"{page.as_uri()}#tab=sources"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert re.search(r'<div id="tally"><p>\d+ places in all</p></div>', done.stdout)
