"""Two that are to be compared, as a form names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from situation.ensemble.run import check_seed
from situation.errors import Fault
from situation.record.loading import PARTS
from situation.runs.comparisons import from_its_branch, stand_in
from situation.serving.forms.form import SEED
from situation.serving.library import Library
from situation.serving.shelf import Shelf, Shown

__all__ = ["Pair", "pair_of"]


@frozen
class Pair:
    """Two scenarios' files or run folders, by their names; and what is told where neither is a run, and of what.

    `without`: the parts of the record that a run among them was told without, so that the other is told without them too.
    """

    names: tuple[str, str]
    paths: tuple[Path, Path]
    both_runs: bool
    stories: int
    seed: int
    without: tuple[str, ...]
    instead: str
    """That another stands in for the first, and why; empty where none does."""


def pair_of(values: Mapping[str, str], library: Library, shelf: Shelf) -> Pair:
    """The two that a form names.

    Raises:
        Fault: one of them is not here, both are one, or a number is none.
    """
    first, second = (_side(values.get(name, ""), library, shelf) for name in ("first", "second"))
    runs = [run for _, _, run in (first, second) if run is not None]
    most = library.setting.limits.stories
    stories = runs[0].stories if runs else _whole(values, "stories", library.setting.limits.usual)
    seed = (runs[0].seed or 0) if runs else _whole(values, "seed", SEED)
    if len(runs) < 2 and not 1 <= stories <= most:
        raise Fault(f"{stories:,} is no number of stories here.", f"Give 1 to {most:,}.")
    check_seed(seed)
    without = tuple(part for part in PARTS[1:] if runs and part not in runs[0].parts)
    if first[1] == second[1] or (first[0] == second[0] and len(runs) < 2):
        raise Fault(f"{first[0]} is set against itself, so nothing can differ.", "Choose another for one of the two.")
    instead = _instead(first[0], second[0], library) if first[2] is None else ""
    return Pair((first[0], second[0]), (first[1], second[1]), len(runs) == 2, stories, seed, without, instead)


def _instead(first: str, second: str, library: Library) -> str:
    """That another scenario stands in for the first, where the scenario of the second is here to tell."""
    base, plan = (library.scenarios().get(name) for name in (first, second))
    if base is None or base.scenario is None or plan is None or plan.scenario is None:
        return ""
    return stand_in(first, from_its_branch(base.scenario, plan.scenario, library.record()).id, second)


def _side(written: str, library: Library, shelf: Shelf) -> tuple[str, Path, Shown | None]:
    """A side's name and path; and the run, where it is one."""
    kind, _, name = written.partition(":")
    if kind == "scenario":
        found = library.scenarios().get(name)
        if found is None or found.scenario is None:
            raise Fault(f"There is no scenario '{name}' here.", "Choose one of the list.")
        return found.name, found.file, None
    shown, path = shelf.run(name), shelf.path(name)
    if kind != "run" or shown is None or path is None or shown.kind != "ensemble":
        raise Fault(f"There is no run '{name}' of stories here.", "Choose one of the list.")
    here = library.record().ground.situation
    if shown.situation != here:
        raise Fault(f"'{name}' is a run of {shown.situation}, and {here} is served here.", "Choose one of the list.")
    return shown.scenario, path, shown


def _whole(values: Mapping[str, str], name: str, otherwise: str) -> int:
    text = values.get(name, otherwise).strip()
    if not re.fullmatch(r"-?[0-9]{1,25}", text):
        raise Fault(f"'{text}' is no whole number.", f"Write one such as {otherwise}.")
    return int(text)
