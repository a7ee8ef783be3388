"""Names: one meaning each in the whole package, and none of an idiom that says nothing of what it holds."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from tests.arch.walker import Module, offered

__all__ = ["IDIOM", "double_faults", "idiom_faults", "unused_faults"]

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


def unused_faults(modules: list[Module], words: Collection[str]) -> list[str]:
    """Names that a file offers and nobody takes.

    Taken is what another file of the package imports or names after a dot; what stands in the package's own `__init__`, which
    loads by name; what a type, a base or a table of its own file names, for whoever has these has it too; and one of `words`,
    those of the documents and the tests.
    """
    taken: dict[str, set[str]] = {}
    for module in modules:
        for name in _taken(module):
            taken.setdefault(name, set()).add(module.shown)
    faults = []
    for module in modules:
        if module.path.name != "__init__.py":
            inside = _shown_inside(module.tree)
            for name in offered(module.tree) or []:
                if not (taken.get(name, set()) - {module.shown} or name in inside or name in words):
                    fact = f"{name} is offered, and nothing uses or documents it. Begin its name with _, or remove it."
                    faults.append(f"{module.shown}:1: {fact}")
    return faults


def _taken(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif module.parts == ("situation",) and isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _shown_inside(tree: ast.Module) -> set[str]:
    """The names that stand in annotations, in bases, and in what the public constants of a file hold."""
    shown: list[ast.AST] = []
    for node in ast.walk(tree):
        shown += filter(None, (getattr(node, "annotation", None), getattr(node, "returns", None)))
        shown += node.bases if isinstance(node, ast.ClassDef) else []
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(it, ast.Name) and not it.id.startswith("_") for it in targets):
                shown.append(node.value)
    names = {inner.id for node in shown for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    texts = [inner.value for node in shown for inner in ast.walk(node) if isinstance(inner, ast.Constant)]
    return names | {word for text in texts if isinstance(text, str) for word in re.findall(r"\w+", text)}


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
