"""The causes of a story name the rule that decided: it is one of `situation.rules`, and the code of stories calls it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from situation import rules
from situation.rules import bounds

SOURCE = Path(inspect.getfile(rules)).parents[1]
NUMBERED = re.compile(r"R\d+\b")
BOUNDS = set(bounds.__all__)
"""Checks of arguments, which say nothing of a rule."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def nodes(*folders: str) -> Iterator[ast.AST]:
    for folder in folders:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            yield from ast.walk(tree(path))


def named() -> set[str]:
    """Every text in the code of stories that begins with the number of a rule; docstrings hold several words."""
    texts = {node.value for node in nodes("story") if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if NUMBERED.match(text) and len(text.split()) == 2}


def used(*folders: str) -> set[str]:
    return {node.func.id for node in nodes(*folders) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


@cache
def pieces() -> dict[str, set[str]]:
    """Of each function of the rules, what it calls: kernels make no list, and ask piece by piece what is asked of one."""
    calls = {}
    for node in nodes("rules"):
        if isinstance(node, ast.FunctionDef):
            inner = (it.func for it in ast.walk(node) if isinstance(it, ast.Call))
            calls[node.name] = {it.id for it in inner if isinstance(it, ast.Name)}
    return calls


def is_called(name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether stories call a rule, or the pieces of which it is made."""
    if name in used("story"):
        return name not in BOUNDS
    return any(is_called(it, seen | {name}) for it in pieces().get(name, set()) - seen - BOUNDS)


def rule_functions() -> dict[str, str]:
    """Every rule that has a number, with it: its module's docstring begins with it, or its own."""
    found = {}
    for name in rules.__all__:
        rule = getattr(rules, name)
        if inspect.isfunction(rule):
            texts = (rule.__doc__ or "", inspect.getmodule(rule).__doc__ or "")
            number = next((match[0] for text in texts if (match := NUMBERED.match(text))), None)
            if number is not None:
                found[name] = number
    return found


def test_rules_are_named_in_causes() -> None:
    assert len(named()) > 15


@pytest.mark.parametrize("cause", sorted(named()))
def test_a_cause_names_a_rule_that_stories_call(cause: str) -> None:
    number, name = cause.split()
    assert rule_functions().get(name) == number, f"situation.rules has no {cause}"
    assert is_called(name), f"no story calls {name}"


@pytest.mark.parametrize("name", sorted(rule_functions()))
def test_every_rule_is_called_by_stories(name: str) -> None:
    assert is_called(name)
