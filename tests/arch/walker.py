"""Reads a package without running it and reports where it breaks the rules of the house.

Every rule is a function from modules to faults; a fault is one line, `file:line: fact. What to do.`
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

__all__ = [
    "Module",
    "clock_faults",
    "export_faults",
    "home_faults",
    "imports",
    "layer_faults",
    "length_faults",
    "module_names",
    "name_faults",
    "offered",
    "private_faults",
    "read_package",
    "swallow_faults",
]

# What reads the wall clock, and what draws numbers that no address can repeat.
CLOCK = (
    "time",
    "datetime.date.today",
    *(f"{kind}.{word}" for kind in ("datetime.datetime", "pandas.Timestamp") for word in ("now", "utcnow", "today")),
)
CHANCE = ("random", "secrets", "numpy.random", "os.urandom", "uuid.uuid1", "uuid.uuid4")

_JUNK = {"common", "handler", "helper", "manager", "misc", "processor", "util"}
JUNK = _JUNK | {f"{word}s" for word in _JUNK}
JUNK_ALONE = JUNK | {"base", "context", "data", "info"}
JUNK_ENDINGS = ("Manager", "Handler", "Processor", "Helper", "Helpers", "Utils")


@frozen
class Module:
    """One Python file of the package: where it is, what it is called, and its tree."""

    path: Path
    shown: str  # the path as faults print it
    parts: tuple[str, ...]  # ("situation", "rules", "combat"); a package's own file ends in its folder
    tree: ast.Module
    lines: int

    @property
    def room(self) -> str:
        """The name by which the order of the house knows it: the file or folder directly under the package."""
        if len(self.parts) > 1:
            return self.parts[1]
        return "__init__"

    def stands_in(self, home: str) -> bool:
        """Whether it is a file or folder of the package, such as `testimony.codec`, or lies in it."""
        return f"{'.'.join(self.parts[1:])}.".startswith(f"{home}.")

    @property
    def folder(self) -> tuple[str, ...]:
        """The package that a relative import starts from."""
        return self.parts if self.path.name == "__init__.py" else self.parts[:-1]


def module_names(root: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The file of each module under `root`, sorted by path, with the parts of its name; no file is read."""
    for path in sorted(root.rglob("*.py")):
        parts = (root.name, *path.relative_to(root).with_suffix("").parts)
        yield path, parts[:-1] if parts[-1] == "__init__" else parts


def read_package(root: Path) -> list[Module]:
    """All modules under `root`, sorted by path; `root`'s own name is the package's."""
    modules = []
    for path, parts in module_names(root):
        text = path.read_text(encoding="utf-8")
        shown = path.relative_to(root.parent).as_posix()
        modules.append(Module(path, shown, parts, ast.parse(text, shown), len(text.splitlines())))
    return modules


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Each import wherever it stands (in functions, under TYPE_CHECKING, by name), as line and dotted target."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = module.folder[: len(module.folder) - node.level + 1] if node.level else ()
            origin = ".".join((*start, *([node.module] if node.module else [])))
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and _called(node) in ("import_module", "__import__"):
            target = node.args[0]
            if isinstance(target, ast.Constant) and isinstance(target.value, str):
                yield node.lineno, target.value


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def layer_faults(modules: list[Module], order: Sequence[str]) -> list[str]:
    """Imports that go up, and rooms that stand nowhere in the order. `order` names the rooms from low to high."""
    height = {room: level for level, room in enumerate(order)}
    rooms = {module.room for module in modules}
    faults = []
    for module in modules:
        if module.room not in height:
            faults.append(f"{module.shown}:1: {module.room} has no place in the order. Add it there.")
            continue
        for line, target in imports(module):
            package, _, rest = target.partition(".")
            if package != module.parts[0]:
                continue
            room = rest.partition(".")[0]
            room = room if room in rooms else "__init__"
            if room in height and height[room] > height[module.room]:
                fact = f"{module.room} imports {room}, which stands above it."
                advice = "Move what is needed down, or hand it in as an argument."
                faults.append(f"{module.shown}:{line}: {fact} {advice}")
    return faults


def private_faults(modules: list[Module]) -> list[str]:
    """Names that begin with _ and are imported from another file of the package."""
    faults = []
    for module in modules:
        for line, target in imports(module):
            name = target.rpartition(".")[2]
            if target.startswith(f"{module.parts[0]}.") and name.startswith("_") and not name.startswith("__"):
                faults.append(f"{module.shown}:{line}: {target} is private. Ask for what its file lists in __all__.")
    return faults


def home_faults(modules: list[Module], homes: Mapping[str, Collection[str]]) -> list[str]:
    """Packages imported outside the rooms and files that may; "*" in `homes` lets every one.

    A home is a folder or a file below the package, as in `ensemble` or `testimony.codec`.
    """
    faults = []
    for module in modules:
        for line, target in imports(module):
            package = target.partition(".")[0]
            if package == module.parts[0] or (package in sys.stdlib_module_names and package not in homes):
                continue
            if package not in homes:
                faults.append(f"{module.shown}:{line}: {package} has no home. Name one in the table of homes.")
            elif "*" not in homes[package] and not any(map(module.stands_in, homes[package])):
                where = ", ".join(sorted(homes[package]))
                faults.append(f"{module.shown}:{line}: {package} is used outside {where}. Ask that room instead.")
    return faults


def clock_faults(modules: list[Module], clock_homes: Collection[str], chance_homes: Collection[str]) -> list[str]:
    """Uses of the wall clock and of chance without an address, outside the rooms that may."""
    faults = []
    for module in modules:
        for line, name in sorted(set(_mentions(module))):
            for words, homes, fact in (
                (CLOCK, clock_homes, "reads the wall clock. Pass the time in"),
                (CHANCE, chance_homes, "draws chance that has no address. Use situation.chance"),
            ):
                if not any(map(module.stands_in, homes)) and any(
                    name == word or name.startswith(f"{word}.") for word in words
                ):
                    faults.append(f"{module.shown}:{line}: {name} {fact}.")
    return faults


def _mentions(module: Module) -> Iterator[tuple[int, str]]:
    """Every imported thing that is imported or used, by its full dotted name, whatever it is called locally."""
    known: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                known[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield node.lineno, f"{node.module}.{alias.name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            chain, inner = [node.attr], node.value
            while isinstance(inner, ast.Attribute):
                chain.append(inner.attr)
                inner = inner.value
            if isinstance(inner, ast.Name) and inner.id in known:
                yield node.lineno, ".".join((known[inner.id], *reversed(chain)))


def length_faults(root: Path, limit: int, endings: Collection[str] = (".py", ".js", ".css", ".html")) -> list[str]:
    """Files of text that are longer than `limit` lines."""
    faults = []
    for path in sorted(path for path in root.rglob("*") if path.suffix in endings):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > limit:
            shown = path.relative_to(root.parent).as_posix()
            faults.append(f"{shown}:{limit + 1}: {lines} lines, and {limit} are the most. Split it by purpose.")
    return faults


def export_faults(modules: list[Module]) -> list[str]:
    """Modules without `__all__`, names in it that do not exist, and public functions and classes missing from it."""
    faults = []
    for module in modules:
        if module.path.name == "__main__.py":
            continue
        named = offered(module.tree)
        if named is None:
            faults.append(f"{module.shown}:1: no __all__. List what the module offers.")
            continue
        bound = _bound(module.tree.body)
        lazy = "__getattr__" in bound
        for name in sorted(set(named)):
            if named.count(name) > 1:
                faults.append(f"{module.shown}:1: __all__ names {name} more than once. Name it once.")
            if name not in bound and not lazy:
                faults.append(f"{module.shown}:1: __all__ names {name}, which does not exist. Define or remove it.")
        for node in module.tree.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if not node.name.startswith("_") and node.name not in named:
                fact = f"{node.name} is public and not in __all__. Add it, or begin its name with _."
                faults.append(f"{module.shown}:{node.lineno}: {fact}")
    return faults


def offered(tree: ast.Module) -> list[str] | None:
    """The strings of `__all__` as assigned or added to at the top of the module."""
    named: list[str] | None = None
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            value = getattr(node, "value", None)
            strings = [item.value for item in ast.walk(value) if isinstance(item, ast.Constant)] if value else []
            named = (named or []) + [item for item in strings if isinstance(item, str)]
    return named


def _bound(body: list[ast.stmt]) -> set[str]:
    """The names that running `body` at the top of a module can bind."""
    names: set[str] = set()
    for top in body:
        if isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(top.name)
            continue
        for node in ast.walk(top):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def name_faults(modules: list[Module]) -> list[str]:
    """Files, folders and classes whose names say nothing of their subject."""
    faults = []
    for module in modules:
        for part in module.parts[1:]:
            if part in JUNK_ALONE or JUNK & set(part.split("_")):
                faults.append(f"{module.shown}:1: the name {part} says nothing. Name it after its subject.")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and node.name.endswith(JUNK_ENDINGS):
                fact = f"the name {node.name} says nothing. Name it after its subject."
                faults.append(f"{module.shown}:{node.lineno}: {fact}")
    return faults


def swallow_faults(modules: list[Module]) -> list[str]:
    """Errors of every kind caught and dropped."""
    faults = []
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler):
                if node.type is None:
                    faults.append(f"{module.shown}:{node.lineno}: a bare except. Name the errors that are meant.")
                elif _blind(node.type) and all(_idle(step) for step in node.body):
                    fact = "every error is caught and dropped. Catch the one that is meant, or let it pass."
                    faults.append(f"{module.shown}:{node.lineno}: {fact}")
            elif isinstance(node, ast.Call) and _called(node) == "suppress" and any(map(_blind, node.args)):
                faults.append(f"{module.shown}:{node.lineno}: every error is suppressed. Name the one that is meant.")
    return faults


def _blind(kind: ast.expr) -> bool:
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(isinstance(name, ast.Name) and name.id in ("Exception", "BaseException") for name in names)


def _idle(step: ast.stmt) -> bool:
    return isinstance(step, ast.Pass | ast.Continue) or (
        isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant)
    )
