"""Rows: the digest of what happens is the same where the same happens, and on every machine."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin, get_type_hints

import attrs
import pytest

from situation.dates import Minute
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.rows import RowDigest
from situation.events import EVENTS, Due, Event, NumbersDrawn, StoryBegan
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


def test_the_fields_of_every_kind_of_event_can_stand_in_a_row() -> None:
    known = (str, int, float, tuple, frozenset, Mapping, type(None))
    for name, kind in EVENTS.items():
        for atom in atoms(kind):
            assert issubclass(atom, known) or atom in (Any, type(Ellipsis)), (name, atom)
    with pytest.raises(TypeError, match="type bytes"):
        digest((0, NumbersDrawn({"a": b"1"})))  # type: ignore[dict-item]
