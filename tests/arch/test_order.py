"""No result hangs on the order of a set: the rule, and small packages with one fault planted in each."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.arch.order import order_faults
from tests.arch.walker import Module
from tests.arch.walker import read_package as read

PACKAGE = Path(__file__).parents[2] / "src" / "situation"


def _faults(text: str) -> list[str]:
    return order_faults([Module(Path("fold.py"), "fold.py", ("situation", "fold"), ast.parse(text), 1)])


def test_nothing_goes_through_a_set_in_its_own_order() -> None:
    faults = order_faults(read(PACKAGE))
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(
    "text",
    [
        "for it in {*rows, last}: add(it)",
        "for it in set(rows): add(it)",
        "for it in frozenset(rows) - {last}: add(it)",
        "for it in first.keys() | second.keys(): add(it)",
        "told = [word for word in {*rows}]",
        "told = {word: 1 for word in {*rows}}",
        "told = sum(share[word] for word in {*rows})",
        "told = sum({1.0, 0.1})",
        "told = ', '.join(set(rows))",
        "told = tuple({word.id for word in rows})",
        "told = (*set(rows), last)",
        "told = max({*rows}, key=size)",
        "told = list({*rows}.union(others))",
        "def f(rows: frozenset[str]):\n    return [word for word in rows]",
        "def f(rows):\n    seen: set[str] = set()\n    return list(seen)",
        "def f(rows):\n    seen = {word for word in rows}\n    for word in seen: add(word)",
        "def f(rows):\n    seen = set(rows) if rows else set()\n    return ' '.join(seen)",
    ],
)
def test_a_set_gone_through_in_its_own_order_is_reported_with_its_line(text: str) -> None:
    found = _faults(text)
    line = 1 if text.startswith(("for", "told")) else len(text.splitlines())
    assert found == [f"fold.py:{line}: a set is gone through in its own order. Sort it, or keep the things in a dict."]


@pytest.mark.parametrize(
    "text",
    [
        "for it in sorted({*rows}): add(it)",
        "for it in dict.fromkeys(rows): add(it)",
        "told = len({word for word in {*rows}})",
        "told = any(word in share for word in {*rows})",
        "told = sorted((word for word in set(rows)), key=size)",
        "told = {word for word in set(rows)}",
        "told = max({*rows})",
        "told = first - second",
        "def f(rows: frozenset[str]):\n    rows = sorted(rows)\n    return list(rows)",
        "def f(rows):\n    seen = set(rows)\n    def g(seen):\n        return list(seen)\n    return g",
    ],
)
def test_what_does_not_depend_on_a_sets_order_is_left_alone(text: str) -> None:
    assert _faults(text) == []
