"""Names: one meaning each in the whole package, and none of an idiom that says nothing of what it holds."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.arch.walker import Module

__all__ = ["IDIOM", "double_faults", "idiom_faults"]

IDIOM = frozenset(
    {"asked", "drawing", "drawn", "folded", "found", "keeping", "lanes", "looking", "telling", "told", "working"}
)
"""Words that were once used for whatever a piece of code had in hand."""
_IN_OTHERS = IDIOM - {"drawing", "drawn", "lanes"}
"""Those that say no more in a name of several words; a number may well be drawn, and a chart have lanes."""
_OF_DATA = frozenset({"looking_for"})
"""What stands under a key of the record."""


def double_faults(modules: list[Module]) -> list[str]:
    """Public names that two files define at their top: classes, functions, constants and names of types alike."""
    first: dict[str, str] = {}
    faults = []
    for module in modules:
        for name, line in sorted(_defined(module.tree).items()):
            if not name.startswith("_") and first.setdefault(name, module.shown) != module.shown:
                fact = f"{name} is defined in {first[name]} too. Name each by what it is, or make them one."
                faults.append(f"{module.shown}:{line}: {fact}")
    return faults


def idiom_faults(modules: list[Module]) -> list[str]:
    """Files, functions, classes, arguments and variables that are named by a word of the idiom."""
    faults = []
    for module in modules:
        if module.parts[-1] in IDIOM:
            faults.append(f"{module.shown}:1: {module.parts[-1]} says nothing of what is in it. Name it by that.")
        for name, line in sorted(set(_bound(module.tree))):
            words = name.strip("_")
            if words in IDIOM or (_IN_OTHERS & {*words.lower().split("_")} and words not in _OF_DATA):
                faults.append(f"{module.shown}:{line}: {name} says nothing of what it holds. Name it by that.")
    return faults


def _defined(tree: ast.Module) -> dict[str, int]:
    """The names that a module itself defines at its top, each with its first line."""
    names: dict[str, int] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.setdefault(node.name, node.lineno)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for inner in ast.walk(target):
                    if isinstance(inner, ast.Name):
                        names.setdefault(inner.id, node.lineno)
    return names


def _bound(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that is given to something, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname, node.lineno) for alias in node.names if alias.asname)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name, node.lineno
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest, node.lineno
