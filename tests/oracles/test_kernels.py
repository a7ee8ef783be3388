"""Kernels compiled by numba, held to the bit against the same functions as Python."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from situation.kernel import VARIABLE
from situation.rules.engagement.fight import fight
from situation.rules.engagement.terms import Endings, Engagement
from tests.oracles.kernel_values import CALLS, lines

ROOT = Path(__file__).parents[2]
FIGHTS = """\
from situation.rules.engagement.days import fight_compiled
import tests.oracles.test_kernels as kernels
for engagement in kernels.ENGAGEMENTS:
    print(fight_compiled(engagement, 2**64 - 1, 3, 40))
"""
ENGAGEMENTS = (
    Engagement(attackers=3000, defenders=1000, air=2.5, position=1.5, terrain=1.4),
    Engagement(attackers=40, defenders=900, attacker_breaks=1.0, unit=10),
    Engagement(attackers=1, defenders=1, defender_breaks=0.05),
)


def compiled(cache: Path, *arguments: str) -> str:
    """What Python prints in a process whose kernels are compiled."""
    env = {**os.environ, VARIABLE: "each", "XDG_CACHE_HOME": str(cache), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, check=True).stdout


def test_compiled_draws_and_logarithms_have_the_bits_of_the_interpreted_ones(tmp_path: Path) -> None:
    rooms = ("chance.philox", "chance.words")
    expected = list(lines(200, rooms))
    assert len(expected) == 6
    assert compiled(tmp_path, "-m", "tests.oracles.kernel_values", "200", *rooms).splitlines() == expected


WIDE = """\
from typing import NamedTuple
import numpy as np
from situation.kernel import entry_kernel, world_kernel

class Tables(NamedTuple):
    rows: np.recarray
    others: np.recarray

@world_kernel
def doubled(tables, at):
    tables.rows[at].field_3 = 2 * at
    return tables.rows[at].field_3

@entry_kernel
def total(tables, count):
    done = 0
    for at in range(count):
        done += doubled(tables, at)
    return done

fields = np.dtype([(f"field_{number}", "i8") for number in range(200)])
tables = Tables(np.zeros(5, fields).view(np.recarray), np.zeros(5, fields).view(np.recarray))
"""


def test_what_is_kept_of_a_kernel_is_small_however_wide_its_tables_and_is_loaded_again(tmp_path: Path) -> None:
    (tmp_path / "wide.py").write_text(WIDE)
    env = {**os.environ, VARIABLE: "compiled", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    env["PYTHONPATH"] = os.pathsep.join((str(tmp_path), *sys.path))
    script = "from wide import *; print(total(tables, 5), sum(total.stats.cache_hits.values()))"
    command = [sys.executable, "-W", "error", "-c", script]
    printed = [subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert printed == ["20 0\n", "20 1\n"]
    (code,) = (tmp_path / "cache").rglob("wide.total-*.nbc")
    content = code.read_bytes()
    assert b"doubled" in content
    assert b"total" in content
    assert len(content) < 60_000


def test_every_public_kernel_has_arguments_to_be_called_with() -> None:
    names = {line.partition(" ")[0] for line in lines(4)}  # a kernel without arguments is a KeyError
    assert names == CALLS.keys()


@pytest.mark.long
def test_every_compiled_kernel_has_the_bits_of_the_interpreted_one(tmp_path: Path) -> None:
    expected = list(lines(2000))
    assert compiled(tmp_path, "-m", "tests.oracles.kernel_values", "2000").splitlines() == expected


@pytest.mark.long
def test_compiled_battles_are_the_interpreted_ones_also_where_nothing_can_be_kept(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    fought = [Endings.of(fight(terms, 2**64 - 1, 40, first=3)) for terms in ENGAGEMENTS]
    assert compiled(in_the_way, "-c", FIGHTS).splitlines() == list(map(str, fought))


def test_no_kernel_makes_text_or_calls_what_cannot_be_compiled_with_it() -> None:
    """Text in a kernel takes seconds to compile, and a call of a plain function fails only once it is compiled."""
    faults = []
    for path in sorted((ROOT / "src/situation").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(
                ast.unparse(it) in ("kernel", "world_kernel") for it in node.decorator_list
            ):
                faults += [
                    f"{path.name}:{it.lineno}" for it in ast.walk(node) if isinstance(it, ast.JoinedStr | ast.Lambda)
                ]
    assert not faults
