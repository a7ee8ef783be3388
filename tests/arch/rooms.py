"""What rooms take of each other and of the world outside: no two import each other, and no permission lies idle."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tests.arch.walker import Module, imports

__all__ = ["cycle_faults", "idle_faults"]


def cycle_faults(modules: list[Module]) -> list[str]:
    """Rooms that import each other, straight or by way of others. The package itself is no room: it offers all of them."""
    rooms = {module.room for module in modules}
    taken: dict[str, dict[str, str]] = {room: {} for room in rooms}
    for module in modules:
        for line, target in imports(module):
            package, _, rest = target.partition(".")
            room = rest.partition(".")[0]
            if package == module.parts[0] and room in rooms and room != module.room:
                taken[module.room].setdefault(room, f"{module.shown}:{line}")
    return [
        f"{where}: {room} imports {other}, which imports {room}. Move what both need into a room below."
        for room in sorted(taken)
        for other, where in sorted(taken[room].items())
        if room in _reached(other, taken)
    ]


def _reached(start: str, taken: Mapping[str, Collection[str]]) -> set[str]:
    """The rooms that one imports, and that these import, and so on."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for room in taken[waiting.pop()]:
            if room not in reached:
                reached.add(room)
                waiting.append(room)
    return reached


def idle_faults(modules: list[Module], homes: Mapping[str, Collection[str]]) -> list[str]:
    """Homes of packages that import nothing of them, among them rooms that do not exist."""
    used: dict[str, set[str]] = {}
    for module in modules:
        for _, target in imports(module):
            used.setdefault(target.partition(".")[0], set()).add(module.room)
    faults = []
    for package, rooms in sorted(homes.items()):
        if package not in used:
            faults.append(f"{package} is used nowhere. Take it out of the table of homes.")
        for room in sorted(set(rooms) - {"*"} - used.get(package, set())):
            faults.append(f"{room} has no use of {package}. Take it out of the table of homes.")
    return faults
