"""The walker is tried on small packages with one fault planted in each: a test that cannot fail proves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.arch import rooms, walker

ORDER = ("clock", "rules", "fold", "cli", "__init__")
HOMES = {"attrs": {"*"}, "click": {"cli"}}
CLEAN = {
    "__init__.py": '"""P."""\nfrom situation.fold import fold\n__all__ = ["fold"]\n',
    "clock.py": "__all__ = ['Minute']\nfrom attrs import frozen\n\n@frozen\nclass Minute:\n    value: int\n",
    "fold.py": "from . import clock\nfrom .rules.march import pace\n__all__ = ['fold']\ndef fold(): ...\n",
    "rules/__init__.py": "__all__: list[str] = []\n",
    "rules/deeper.py": "from situation.rules import march\n__all__: list[str] = []\n",
    "rules/march.py": "from ..clock import Minute\n__all__ = ['pace']\ndef pace(): ...\ndef _half(): ...\n",
    "cli.py": "import click\n__all__ = ['main']\ndef main():\n    try: ...\n    except ValueError: pass\n",
}


def _faults(root: Path) -> list[str]:
    """All faults of the package at `root`, by every rule."""
    modules = walker.read_package(root)
    return [
        *walker.layer_faults(modules, ORDER),
        *walker.private_faults(modules),
        *walker.home_faults(modules, HOMES),
        *rooms.cycle_faults(modules),
        *walker.clock_faults(modules, clock_homes={"cli"}, chance_homes=()),
        *walker.length_faults(root, 40),
        *walker.export_faults(modules),
        *walker.name_faults(modules),
        *walker.swallow_faults(modules),
    ]


def _build(folder: Path, files: dict[str, str]) -> Path:
    root = folder / "situation"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_package_that_keeps_the_rules_has_no_faults(tmp_path: Path) -> None:
    assert _faults(_build(tmp_path, CLEAN)) == []


UPWARD = "clock imports fold, which stands above it"
TO_DOORS = "clock imports __init__, which stands above it"


@pytest.mark.parametrize(
    ("name", "planted", "expected"),
    [
        ("clock.py", "import situation.fold", f"clock.py:2: {UPWARD}"),
        ("clock.py", "from situation.fold import fold", f"clock.py:2: {UPWARD}"),
        ("clock.py", "from situation import fold", f"clock.py:2: {UPWARD}"),
        ("clock.py", "from . import fold", f"clock.py:2: {UPWARD}"),
        ("clock.py", "from .fold import fold", f"clock.py:2: {UPWARD}"),
        ("clock.py", "import situation", f"clock.py:2: {TO_DOORS}"),
        ("clock.py", "from situation import load", f"clock.py:2: {TO_DOORS}"),
        ("clock.py", "if TYPE_CHECKING:\n    from situation.fold import fold", f"clock.py:3: {UPWARD}"),
        ("clock.py", "def _late():\n    from situation.fold import fold", f"clock.py:3: {UPWARD}"),
        ("clock.py", "import_module('situation.fold')", f"clock.py:2: {UPWARD}"),
        ("rules/deep.py", "from ..fold import fold", "rules/deep.py:2: rules imports fold, which stands above it"),
        ("clock.py", "from situation.rules import march", "clock.py:2: clock imports rules, which stands above it"),
        ("clock.py", "from situation.rules.march import pace", "rules/march.py:1: situation.rules.march imports situation.clock"),
        ("rules/march.py", "from .deeper import pace", "rules/deeper.py:1: situation.rules.deeper imports"),
        ("fold.py", "from situation.rules.march import _half", "fold.py:2: situation.rules.march._half is private"),
        ("attic.py", "", "attic.py:1: attic has no place in the order"),
        ("clock.py", "import click", "clock.py:2: click is used outside cli"),
        ("fold.py", "import shapely.geometry", "fold.py:2: shapely has no home"),
        ("fold.py", "import random", "fold.py:2: random draws chance that has no address"),
        ("fold.py", "from numpy import random", "fold.py:2: numpy.random draws chance"),
        ("fold.py", "import numpy as np\n_x = np.random.default_rng()", "fold.py:3: numpy.random.default_rng draws"),
        ("fold.py", "import os\n_x = os.urandom(4)", "fold.py:3: os.urandom draws chance"),
        ("fold.py", "import time", "fold.py:2: time reads the wall clock"),
        ("fold.py", "from time import monotonic", "fold.py:2: time.monotonic reads the wall clock"),
        ("fold.py", "import datetime as d\n_x = d.datetime.now(d.UTC)", "fold.py:3: datetime.datetime.now reads"),
        ("fold.py", "from datetime import date\n_x = date.today()", "fold.py:3: datetime.date.today reads"),
        ("fold.py", "_x = 1\n" * 39, "fold.py:41: 41 lines, and 40 are the most"),
        ("page.css", "p {}\n" * 39, "page.css:41: 41 lines, and 40 are the most"),
        ("clock.py", "def pace(): ...", "clock.py:2: pace is public and not in __all__"),
        ("utils.py", "", "utils.py:1: the name utils says nothing"),
        ("rules/march_helpers.py", "", "march_helpers.py:1: the name march_helpers says nothing"),
        ("clock.py", "class _EventManager: ...", "clock.py:2: the name _EventManager says nothing"),
        ("clock.py", "try:\n    ...\nexcept:\n    raise", "clock.py:4: a bare except"),
        ("clock.py", "try:\n    ...\nexcept Exception:\n    pass", "clock.py:4: every error is caught and dropped"),
        ("clock.py", "with suppress(Exception):\n    ...", "clock.py:2: every error is suppressed"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_reported_with_its_line(tmp_path: Path, name: str, planted: str, expected: str) -> None:
    root = _build(tmp_path, {**CLEAN, name: f"__all__: list[str] = []\n{planted}\n"})
    found = _faults(root)
    assert any(expected in fault for fault in found), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def fold(): ...\n", "fold.py:1: no __all__"),
        ("__all__ = ['fold', 'unfold']\ndef fold(): ...\n", "fold.py:1: __all__ names unfold, which does not exist"),
        ("__all__ = ['fold', 'fold']\ndef fold(): ...\n", "fold.py:1: __all__ names fold more than once"),
    ],
)
def test_a_list_of_offers_that_lies_is_reported(tmp_path: Path, text: str, expected: str) -> None:
    found = _faults(_build(tmp_path, {**CLEAN, "fold.py": text}))
    assert any(expected in fault for fault in found), found


def test_names_that_are_made_when_asked_for_are_left_to_the_import(tmp_path: Path) -> None:
    lazy = "__all__ = ['fold', 'later']\ndef fold(): ...\ndef __getattr__(name): ...\n"
    assert _faults(_build(tmp_path, {**CLEAN, "fold.py": lazy})) == []


def test_the_doors_may_tell_the_time(tmp_path: Path) -> None:
    door = "import time\n__all__ = ['main']\ndef main():\n    time.monotonic()\n"
    assert _faults(_build(tmp_path, {**CLEAN, "cli.py": door})) == []


def test_a_home_without_a_use_is_reported(tmp_path: Path) -> None:
    modules = walker.read_package(_build(tmp_path, CLEAN))
    assert rooms.idle_faults(modules, HOMES) == []
    assert rooms.idle_faults(modules, {**HOMES, "click": {"cli", "fold", "attic"}, "numba": {"fold"}}) == [
        "attic has no use of click. Take it out of the table of homes.",
        "fold has no use of click. Take it out of the table of homes.",
        "numba is used nowhere. Take it out of the table of homes.",
        "fold has no use of numba. Take it out of the table of homes.",
    ]
