"""Finds what goes through a set in its own order: for words that changes with every process, and so may what is made of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.arch.walker import Module

__all__ = ["order_faults"]

WITHOUT_ORDER = ("all", "any", "frozenset", "len", "max", "min", "set", "sorted")
"""What gives the same for any order of what it takes in; with a key, of several that are equal by it the first counts."""
IN_ORDER = (
    "dict",
    "enumerate",
    "extend",
    "filter",
    "fromkeys",
    "fsum",
    "iter",
    "join",
    "list",
    "map",
    "sum",
    "tuple",
    "zip",
)
KINDS = ("set", "frozenset", "AbstractSet")
JOINS = (ast.BitOr, ast.BitAnd, ast.BitXor, ast.Sub)
METHODS = ("difference", "intersection", "symmetric_difference", "union")


def order_faults(modules: list[Module]) -> list[str]:
    """Loops, lists, joins and sums over what is plainly a set, or a name that stands for one in its function."""
    faults = []
    for module in modules:
        free = set(_free(module.tree))
        for scope in _scopes(module.tree):
            sets = _named_sets(scope)
            for node in _own(scope):
                if any(_is_set(taken, sets) for taken in _taken(node, free)):
                    line = getattr(node, "lineno", 1)
                    fact = "a set is gone through in its own order. Sort it, or keep the things in a dict."
                    faults.append(f"{module.shown}:{line}: {fact}")
    return faults


def _scopes(tree: ast.Module) -> Iterator[ast.AST]:
    yield tree
    yield from (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    )


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """What a function runs itself: nothing of the functions that are made in it."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _own(node)


def _taken(node: ast.AST, free: set[ast.expr]) -> list[ast.expr]:
    """The expressions that a piece of code goes through one by one, where their order can be seen."""
    if isinstance(node, ast.For | ast.AsyncFor):
        return [node.iter]
    if isinstance(node, ast.ListComp | ast.DictComp | ast.GeneratorExp) and node not in free:
        return [generator.iter for generator in node.generators]
    if isinstance(node, ast.List | ast.Tuple):
        return [part.value for part in node.elts if isinstance(part, ast.Starred)]
    if isinstance(node, ast.Call) and node not in free:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in IN_ORDER or (name in ("max", "min") and node.keywords):
            return list(node.args)
    return []


def _free(tree: ast.Module) -> Iterator[ast.expr]:
    """The expressions that are handed to what gives the same for any order of them."""
    for node in ast.walk(tree):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if isinstance(node, ast.Call) and name in WITHOUT_ORDER and (name == "sorted" or not node.keywords):
            yield from node.args


def _named_sets(scope: ast.AST) -> set[str]:
    """The names that a function binds to sets alone, by what is assigned to them or said of them."""
    bound: dict[str, list[bool]] = {}
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
        every = (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)
        bound = {it.arg: [it.annotation is not None and _says_set(it.annotation)] for it in every}
    for node in _own(scope):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            bound.setdefault(node.target.id, []).append(_says_set(node.annotation))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                        bound.setdefault(name.id, []).append(name is target and _is_set(node.value, set()))
        elif isinstance(node, ast.For | ast.comprehension):
            for name in ast.walk(node.target):
                if isinstance(name, ast.Name):
                    bound.setdefault(name.id, []).append(False)
    return {name for name, kinds in bound.items() if all(kinds)}


def _says_set(annotation: ast.expr) -> bool:
    named = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return isinstance(named, ast.Name) and named.id in KINDS


def _is_set(node: ast.expr, names: set[str]) -> bool:
    """Whether an expression is a set: written as one, made by `set`, joined of such, or a name for one."""
    if isinstance(node, ast.Set | ast.SetComp):
        return True
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.IfExp):
        return _is_set(node.body, names) or _is_set(node.orelse, names)
    if isinstance(node, ast.BinOp) and isinstance(node.op, JOINS):
        return any(_is_set(side, names) or _keys(side) for side in (node.left, node.right))
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in METHODS and _is_set(node.func.value, names)
    return isinstance(node.func, ast.Name) and node.func.id in KINDS


def _keys(node: ast.expr) -> bool:
    """Whether an expression is a dict's keys, which joined with others make a set."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "keys"
