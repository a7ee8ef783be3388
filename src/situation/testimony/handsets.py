"""Claims joined or parted by hand: `same` and `separate` of a file of claims, each a list of lists of ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from typing import Any, Final

from attrs import frozen

from situation.errors import Problem, near_miss
from situation.testimony.claims import Claim
from situation.testimony.documents import Document, Path_
from situation.testimony.testimony import Testimony

__all__ = ["HAND_KEYS", "HandSet", "check_hand_sets", "hand_sets", "lone_hand_key"]

HAND_KEYS: Final = ("same", "separate")
"""`same`: these claims tell of one happening. `separate`: no two of them do."""


@frozen
class HandSet:
    """A set of claims, by id, as it stands in a file."""

    claims: tuple[str, ...]
    document: Document
    path: Path_

    def problem(self, fact: str, advice: str, number: int | None = None) -> Problem:
        """A problem with the set, or with one of its ids."""
        return Problem(self.document.where(self.path if number is None else (*self.path, number)), fact, advice)


def lone_hand_key(row: Any) -> str:
    """The key of a line of JSON that joins or parts claims, and is no claim itself; empty where it is none."""
    lone = next(iter(row)) if isinstance(row, dict) and len(row) == 1 else ""
    return lone if lone in HAND_KEYS else ""


def hand_sets(document: Document, key: str, rows: Any, at: Path_ | None = None) -> tuple[list[HandSet], list[Problem]]:
    """The sets under a key, and what is wrong with their form.

    Args:
        document: the file.
        key: `same` or `separate`.
        rows: the value under the key: a list of lists of ids.
        at: where the one row stands, if it stands alone in a line.
    """
    sets_read: list[HandSet] = []
    problems: list[Problem] = []
    if not isinstance(rows, list):
        fact = f"'{key}' is not a list of lists."
        return sets_read, [Problem(document.where((key,)), fact, f"Write {key}: [[id, id], [id, id, id]].")]
    for number, row in enumerate(rows):
        path = (key, number) if at is None else at
        if not isinstance(row, list) or not all(isinstance(name, str) for name in row) or len(set(row)) < 2:
            fact = f"An entry of '{key}' is not a list of two ids or more."
            problems.append(Problem(document.where(path), fact, f"Write {key}: [[id, id], [id, id, id]]."))
        else:
            sets_read.append(HandSet(tuple(row), document, path))
    return sets_read, problems


def check_hand_sets(
    testimony: Testimony, known: Collection[str], sets: Mapping[str, Iterable[HandSet]]
) -> Iterable[Problem]:
    """What contradicts itself: unknown ids, claims that cannot be one, and claims both joined and parted.

    Args:
        testimony: what could be read.
        known: every id of a claim that stands in the files, also of claims that could not be read.
        sets: what was joined and parted, by key.
    """
    joined = {name: number for number, names in enumerate(testimony.same_sets()) for name in sorted(names)}
    for key in HAND_KEYS:
        for one in sets[key]:
            for number, name in enumerate(one.claims):
                if name not in known:
                    hint = near_miss(name, known, 0.8) or "Name claims of the record."
                    yield one.problem(f"There is no claim '{name}'.", hint, number)
            claims = [testimony.claims[name] for name in one.claims if name in testimony.claims]
            for first, second in combinations(claims, 2):
                fact = _cannot_be_one(first, second) if key == "same" else _cannot_be_two(first, second, joined)
                if fact:
                    yield one.problem(*fact, one.claims.index(second.id))
    for one, first, second in _joined_over_others(testimony, sets["same"]):
        fact = _cannot_be_one(first, second)
        if fact:
            yield one.problem(*fact)


def _joined_over_others(testimony: Testimony, sets: Iterable[HandSet]) -> Iterable[tuple[HandSet, Claim, Claim]]:
    """Two claims that stand in no one set, and are one by those between them; with the set that makes them so."""
    groups: list[tuple[str, ...]] = []
    for one in sets:
        touching = [group for group in groups if set(group) & set(one.claims)]
        groups = [group for group in groups if group not in touching]
        parts = [*touching, one.claims]
        whole = tuple(dict.fromkeys(name for part in parts for name in part))
        for first, second in combinations([name for name in whole if name in testimony.claims], 2):
            if not any({first, second} <= set(part) for part in parts):
                yield one, testimony.claims[first], testimony.claims[second]
        groups.append(whole)


def _cannot_be_one(first: Claim, second: Claim) -> tuple[str, str] | None:
    kinds = [type(claim.content).__name__ if claim.kind == "event" else claim.kind for claim in (first, second)]
    if kinds[0] != kinds[1]:
        fact = f"'{first.id}' is of {kinds[0]}, '{second.id}' of {kinds[1]}: they cannot be one happening."
        return fact, "Join claims of one kind."
    for key in ("place", "ship"):
        here, there = (getattr(claim.event, key, None) for claim in (first, second))
        if here is not None and there is not None and here != there:
            fact = f"'{first.id}' names {here} under '{key}', '{second.id}' {there}: they cannot be one happening."
            return fact, f"Join claims of one {key}."
    if first.episode and second.episode and first.episode != second.episode:
        fact = f"'{first.id}' is of the episode '{first.episode}', '{second.id}' of '{second.episode}'."
        return fact, "Give both one episode, or take one of them out of 'same'."
    return None


def _cannot_be_two(first: Claim, second: Claim, joined: Mapping[str, int]) -> tuple[str, str] | None:
    if first.id in joined and joined[first.id] == joined.get(second.id):
        return f"'{first.id}' and '{second.id}' are both joined and parted.", "Keep them in 'same' or in 'separate'."
    if first.episode and first.episode == second.episode:
        fact = f"'{first.id}' and '{second.id}' are both of the episode '{first.episode}'."
        return fact, "Give one of them another episode."
    return None
