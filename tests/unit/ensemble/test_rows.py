"""Rows: the digest of what happens is the same where the same happens, and on every machine."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

import attrs
import pytest

from situation.dates import Minute
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.rows import RowDigest
from situation.events import EVENTS, Due, Event, NumbersDrawn, StoryBegan
from situation.log.entry import Ruled
from situation.record.record import Record
from situation.scenario import Scenario
from tests.unit.valley_stories import scenario_of, valley

SEED = 5


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path_factory.mktemp("valley")))


def digest(*rows: tuple[int, Event]) -> int:
    made = RowDigest()
    for minute, event in rows:
        made.add(Minute(minute), event)
    return made.value()


def test_rows_have_one_digest_where_they_are_the_same_and_only_there(plan: tuple[Scenario, Record]) -> None:
    rows = [
        (entry.time, entry.event) for run in (0, 5) for entry in RecordDraws(*plan, SEED).tell(index_of(run)).entries
    ]
    kinds = {type(event) for _, event in rows}
    assert len(kinds) > 15
    distinct: dict[str, tuple[int, Event]] = {repr(row): row for row in rows}
    assert len({digest(row) for row in distinct.values()}) == len(distinct)
    assert digest(*rows) == digest(*((minute, copy.deepcopy(event)) for minute, event in rows))
    assert digest(*rows) != digest(*rows[1:], rows[0])


def test_a_digest_goes_on_after_it_has_been_taken() -> None:
    rows = [(minute, StoryBegan(Due(Minute(minute), 0, 0.5, "day"))) for minute in range(1, 4)]
    made = RowDigest()
    for minute, event in rows:
        made.add(Minute(minute), event)
        made.value()
    assert made.value() == digest(*rows)


def test_a_digest_is_the_same_on_every_machine_and_under_every_hash_seed() -> None:
    assert f"{digest((1440, StoryBegan(Due(Minute(1800), 0, 0.25, 'day')))):016x}" == "20cbc10be155c934"


def test_nothing_hangs_on_the_order_of_a_mapping() -> None:
    one, other = ({"a": 1.0, "b": 2.0}, {"b": 2.0, "a": 1.0})
    assert digest((0, NumbersDrawn(one))) == digest((0, NumbersDrawn(other)))
    assert digest((0, NumbersDrawn(one))) != digest((0, NumbersDrawn({"a": 2.0, "b": 1.0})))


def atoms(kind: Any) -> Iterator[type]:
    """The types of which the values of a field are made, through all that holds others."""
    inner = get_args(kind)
    if get_origin(kind) is not None and inner:
        for part in inner:
            yield from atoms(part) if not isinstance(part, str) else (str,)
    elif hasattr(kind, "__supertype__"):
        yield from atoms(kind.__supertype__)
    elif isinstance(kind, type) and attrs.has(kind):
        for part in get_type_hints(kind).values():
            yield from atoms(part)
    elif isinstance(kind, type):
        yield kind


def misfits(value: Any, kind: Any, where: str) -> Iterator[str]:
    """Where a value is of another type than its field: a whole number is no fraction, nor the other way round."""
    kind = getattr(kind, "__supertype__", kind)
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if all([*misfits(value, part, where)] for part in parts):
            yield where
    elif origin is Literal:
        if value not in parts:
            yield where
    elif origin is not None and not isinstance(value, origin):
        yield where
    elif origin is tuple:
        inner = (parts[0],) * len(value) if parts[-1] is Ellipsis else parts
        for number, (one, part) in enumerate(zip(value, inner, strict=True)):
            yield from misfits(one, part, f"{where}/{number}")
    elif origin is not None and issubclass(origin, Mapping):
        for key, one in value.items():
            yield from misfits(one, parts[1], f"{where}/{key}")
    elif origin is frozenset:
        for one in value:
            yield from misfits(one, parts[0], where)
    elif attrs.has(kind):
        if not isinstance(value, kind):
            yield where
            return
        for name, hint in get_type_hints(type(value)).items():
            if get_origin(hint) is not ClassVar:
                yield from misfits(getattr(value, name), hint, f"{where}.{name}")
    elif kind is not Any and (type(value) is not kind if kind in (int, float, bool) else not isinstance(value, kind)):
        yield where


def test_whole_numbers_stay_whole_and_fractions_fractions(plan: tuple[Scenario, Record]) -> None:
    counted: Counter[type] = Counter()
    for run in (0, 3, 5):
        for entry in RecordDraws(*plan, SEED).tell(index_of(run)).entries:
            assert not [*misfits(entry.event, type(entry.event), type(entry.event).__name__)]
            assert type(entry.time) is int
            assert isinstance(entry.cause, Ruled)
            assert {type(entry.cause.odds), type(entry.cause.draw)} <= {float, type(None)}
            counted[type(entry.event)] += 1
    assert len(counted) > 15
    for name, prior in plan[0].numbers.items():
        assert {type(prior.low), type(prior.best), type(prior.high)} == {float}, name
        assert type(prior.draw(0.5)) is float, name
    assert [*misfits(NumbersDrawn({"a": 1}), NumbersDrawn, "it")] == ["it.values/a"]


def test_the_fields_of_every_kind_of_event_can_stand_in_a_row() -> None:
    known = (str, int, float, tuple, frozenset, Mapping, type(None))
    for name, kind in EVENTS.items():
        for atom in atoms(kind):
            assert issubclass(atom, known) or atom in (Any, type(Ellipsis)), (name, atom)
    with pytest.raises(TypeError, match="type bytes"):
        digest((0, NumbersDrawn({"a": b"1"})))  # type: ignore[dict-item]
