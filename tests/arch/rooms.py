"""What files take of each other and of the world outside: no two import each other, and no permission lies idle."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tests.arch.walker import Module, imports

__all__ = ["cycle_faults", "idle_faults"]


def cycle_faults(modules: list[Module]) -> list[str]:
    """Files that import each other, straight or by way of others. The package itself counts for none: it offers all."""
    files = {".".join(module.parts): module for module in modules if len(module.parts) > 1}
    taken: dict[str, dict[str, str]] = {file: {} for file in files}
    for file, module in files.items():
        for line, target in imports(module):
            other = _file_of(target, files)
            if other not in ("", file):
                taken[file].setdefault(other, f"{module.shown}:{line}")
    return [
        f"{where}: {file} imports {other}, which imports {file}. Move what both need into a file below."
        for file in sorted(taken)
        for other, where in sorted(taken[file].items())
        if file in _reached(other, taken)
    ]


def _file_of(target: str, files: Collection[str]) -> str:
    """The file that an imported name stands in; empty where it is none of the package's."""
    while target and target not in files:
        target = target.rpartition(".")[0]
    return target


def _reached(start: str, taken: Mapping[str, Collection[str]]) -> set[str]:
    """The files that one imports, and that these import, and so on."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for file in taken[waiting.pop()]:
            if file not in reached:
                reached.add(file)
                waiting.append(file)
    return reached


def idle_faults(modules: list[Module], homes: Mapping[str, Collection[str]]) -> list[str]:
    """Homes of packages that import nothing of them, among them homes that do not exist."""
    users: dict[str, list[Module]] = {}
    for module in modules:
        for _, target in imports(module):
            users.setdefault(target.partition(".")[0], []).append(module)
    faults = []
    for package, places in sorted(homes.items()):
        if package not in users:
            faults.append(f"{package} is used nowhere. Take it out of the table of homes.")
        for home in sorted(set(places) - {"*"}):
            if not any(module.stands_in(home) for module in users.get(package, [])):
                faults.append(f"{home} has no use of {package}. Take it out of the table of homes.")
    return faults
