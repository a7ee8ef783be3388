"""What is given to the calls of the package: of another kind it is refused in a sentence that says what to give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import situation as sit
from tests.unit.valley_stories import valley_home

ODD: tuple[Any, ...] = (None, 3, 2.5, True, b"x", ["a"], {"a": 1}, object(), sit.Fault("x"), "nowhere", Path("nowhere"))
Call = Callable[[Any], object]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    valley_home(folder)
    return folder / "scenarios" / "tarn-valley"


@pytest.fixture(scope="module")
def record(home: Path) -> sit.Record:
    return sit.load(home)


@pytest.fixture(scope="module")
def calls(home: Path, record: sit.Record) -> dict[str, Call]:
    plan = home / "push-on.yaml"
    scenario: Any = sit.load_scenario(plan)
    stories = sit.run(scenario, runs=2)
    page = home / "page.html"
    return {
        "load": sit.load,
        "load without": lambda odd: sit.load(home, without=odd),
        "load sources": lambda odd: sit.load(home, sources=odd),
        "load release": lambda odd: sit.load(home, release=odd),
        "load_scenario": sit.load_scenario,
        "load_scenario record": lambda odd: sit.load_scenario(plan, odd),
        "run": sit.run,
        **{
            f"run {key}": lambda odd, key=key: sit.run(scenario, **{"runs": 2, key: odd})
            for key in ("runs", "seed", "workers")
        },
        **{
            f"run {key}": lambda odd, key=key: sit.run(scenario, 2, **{key: odd})
            for key in ("record", "finished", "executor")
        },
        "compare first": lambda odd: sit.compare(odd, stories),
        "compare second": lambda odd: sit.compare(stories, odd),
        "dashboard": lambda odd: sit.dashboard(odd, to=page),
        "dashboard against": lambda odd: sit.dashboard(stories, against=odd, to=page),
        "dashboard to": lambda odd: sit.dashboard(
            record, to=home / "page.html" if isinstance(odd, str | Path) else odd
        ),
        "figure": stories.figure,
        "why": record.why,
        "why at": lambda odd: record.why("dell.holder", odd),
        **{
            f"{name} {key}": lambda odd, name=name, key=key: getattr(record, name)(**{key: odd})
            for name in ("state", "log", "history", "disputes", "reading", "uncertain")
            for key in (
                ("at", "known_at", "belief", "carried") if name in ("state", "uncertain") else ("known_at", "belief")
            )
        },
        **{name: getattr(record, name) for name in ("minute", "inside", "known", "handling", "marked")},
    }


def test_whatever_is_given_there_is_an_answer_or_a_sentence(calls: dict[str, Call]) -> None:
    refused = 0
    for name, call in calls.items():
        for odd in ODD:
            try:
                call(odd)
            except sit.SituationError as error:
                refused += 1
                assert str(error).endswith((".", "?")), (name, odd, error)
            except Exception as error:
                raise AssertionError(f"{name}({odd!r}): {type(error).__name__}: {error}") from error
    assert refused > 200


@pytest.mark.parametrize(
    ("name", "odd", "said"),
    [
        ("run", "push-on", "'scenario' is of type str. Give what load_scenario reads: run(load_scenario(PATH))."),
        (
            "dashboard",
            Path("runs/push-on-0123456789ab"),
            "'what' is of type PosixPath. Give a record from load, or an ensemble from run; "
            "the command 'situation dashboard' takes a run folder.",
        ),
        ("run runs", 2.5, "'runs' is of type float. Give a whole number."),
        ("load without", "foreground", "There is no part 'foreground' to leave out. Did you mean 'background'?"),
        (
            "state at",
            2.5,
            "A time is of type float. Give a date such as '2017-11-03', a date or datetime of Python, or a minute.",
        ),
    ],
)
def test_it_says_what_to_give(calls: dict[str, Call], name: str, odd: object, said: str) -> None:
    with pytest.raises(sit.Fault) as told:
        calls[name](odd)
    assert str(told.value) == said


def test_a_time_may_be_one_of_python(record: sit.Record) -> None:
    assert record.minute(date(2020, 3, 12)) == record.minute("2020-03-12")
    assert record.minute(datetime(2020, 3, 12, 14, 5)) == record.minute("2020-03-12T14:05")  # noqa: DTZ001  # local time
    assert record.minute(datetime(2020, 3, 12, 14, 5, tzinfo=UTC)) == record.minute("2020-03-12T14:05Z")
    away = datetime(2020, 3, 12, 19, 35, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert record.minute(away) == record.minute("2020-03-12T14:05Z")
    numpy_minute: Any = np.int64(26_000_000)
    assert record.minute(numpy_minute) == 26_000_000
    assert sit.load(record.folder, without="background").parts == ("record",)
