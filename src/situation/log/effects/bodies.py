"""How bodies of men are counted in the state: the few moves of which every effect on numbers is made.

Whoever is taken from one count is put into another in the same step, so that nobody is created or lost. The counts of a
force are `.number` (in the ranks), `.wounded` and `.hidden`; of a root actor `.started`, `.arrived`, `.killed`,
`.surrendered` and `.left`; a count that nothing has set is 0. `<place>.bodies` lists who stands at a place, `story.forces` every
body there has been, `story.fields` the field forces among them, each in the order of coming.
"""

from __future__ import annotations

from situation.log.effects.registry import Changes
from situation.log.state import StateView

__all__ = ["Moves"]


class Moves:
    """The changes of one entry to counts, gathered: each count is read through the changes made so far."""

    def __init__(self, state: StateView) -> None:
        self._state = state
        self.made: Changes = {}

    def count(self, subject: str, name: str) -> int:
        """A count as the changes so far leave it; 0 where there is none."""
        cell = f"{subject}.{name}"
        value = self.made[cell] if cell in self.made else self._state.cells.get(cell)
        return int(value or 0)

    def add(self, subject: str, name: str, number: int) -> None:
        """Raise a count, or lower it.

        Raises:
            ValueError: the count would fall below 0: an event took men who are not there.
        """
        if number:
            after = self.count(subject, name) + number
            if after < 0:
                raise ValueError(f"{subject}.{name} would be {after}: an event took men who are not there.")
            self.made[f"{subject}.{name}"] = after

    def muster(self, force: str, number: int) -> None:
        """More men in a force's ranks, against whom its losses count too; a body that had none left begins anew."""
        if number <= 0:
            return
        if self.count(force, "number") == 0:
            for gone, value in (("at_start", 0), ("lost", 0.0), ("at_rest", 0)) if self.count(force, "musters") else ():
                self.set(force, gone, value)
            self.add(force, "musters", 1)
        for name in ("number", "at_start"):
            self.add(force, name, number)

    def part(self, force: str, number: int) -> None:
        """Men leave a force's ranks unhurt: what it lost, and against whom that counts, is shared by those who go and stay."""
        before = self.count(force, "number")
        self.add(force, "number", -number)
        if number and before:
            stay = (before - number) / before
            for name in ("at_start", "at_rest"):
                if value := self.count(force, name):
                    self.set(force, name, round(value * stay))
            lost = self._state.cells.get(f"{force}.lost")
            if lost:
                self.set(force, "lost", float(lost) * stay)

    def set(self, subject: str, name: str, value: object) -> None:
        """Give a cell a value."""
        self.made[f"{subject}.{name}"] = value

    def _names(self, subject: str, name: str) -> tuple[str, ...]:
        cell = f"{subject}.{name}"
        value = self.made[cell] if cell in self.made else self._state.cells.get(cell)
        return tuple(value or ())

    def known(self, force: str, actor: str, place: str | None, kind: str) -> None:
        """Make sure that a body is in the list of all, and stands where it stands."""
        if self._state.cells.get(f"{force}.actor") is None and f"{force}.actor" not in self.made:
            self.set(force, "actor", actor)
            self.set(force, "kind", kind)
            self.set("story", "forces", (*self._names("story", "forces"), force))
            if kind == "field":
                self.set("story", "fields", (*self._names("story", "fields"), force))
            self.stand(force, place)

    def stand(self, force: str, place: str | None) -> None:
        """Put a body at a place, or on the way (None)."""
        before = self._state.cells.get(f"{force}.place")
        if before is not None and before != place:
            self.set(before, "bodies", tuple(name for name in self._names(before, "bodies") if name != force))
        if place is not None and force not in self._names(place, "bodies"):
            self.set(place, "bodies", (*self._names(place, "bodies"), force))
        self.set(force, "place", place)
