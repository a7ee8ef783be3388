"""A run's tables as CSV: piece by piece, within bounds, and never half of one for the whole."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import evolve
from starlette.exceptions import HTTPException

from situation.errors import Fault
from situation.runs.parquet import csv_of
from situation.serving.settings import Limits
from situation.serving.tables import Tables
from tests.unit.serving.test_served_bounds import in_a_loop

ROWS = 20_000


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "table.parquet"
    columns = {"number": range(ROWS), "name": ["=1"] * ROWS, "list": [[1, 2], None] * (ROWS // 2)}
    pq.write_table(pa.table({name: list(values) for name, values in columns.items()}), file, row_group_size=ROWS // 2)
    return file


def test_a_table_is_written_in_pieces_that_make_the_whole(table: Path) -> None:
    pieces = list(csv_of(table))
    assert len(pieces) > 3
    assert max(map(len, pieces)) < 100_000
    lines = b"".join(pieces).decode().splitlines()
    assert lines[:3] == ["number,name,list", '0,\'=1,"[1,2]"', "1,'=1,"]
    assert len(lines) == ROWS + 1


def test_a_table_without_rows_has_its_names(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), tmp_path / "t.parquet")
    assert b"".join(csv_of(tmp_path / "t.parquet")) == b"a\n"


def test_a_table_of_more_values_than_are_written_says_so_and_how_to_have_it(table: Path) -> None:
    values = ROWS * 2 + ROWS + ROWS // 2  # a list that is not there counts as one
    assert list(csv_of(table, values))
    with pytest.raises(Fault, match=r"at most 69,999 are written as CSV\. Take the Parquet file\."):
        next(csv_of(table, values - 1))


def answered(tables: Tables, file: Path, spoil: Callable[[], object] = lambda: None) -> list[dict[str, Any]]:
    """What is sent in answer to somebody who asks for a table; `spoil` is called when the answer has begun."""
    sent: list[dict[str, Any]] = []

    async def whole() -> None:
        answer = await tables.answer(file, {})

        async def send(message: Any) -> None:
            sent.append(message)
            if len(sent) == 1:
                spoil()

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(3600)
            return {}

        await answer({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)

    in_a_loop(whole())
    return sent


def test_an_answer_that_has_been_sent_makes_room_for_the_next(table: Path) -> None:
    tables = Tables(Limits(tables=1))
    for _ in range(3):
        sent = answered(tables, table)
        assert sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
        assert b"".join(message.get("body", b"") for message in sent) == b"".join(csv_of(table))
    with pytest.raises(HTTPException, match="Too many tables"):
        answered(evolve(tables, written=1), table)


def test_a_file_that_breaks_on_the_way_is_not_sent_as_if_it_were_whole(
    table: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        raise pa.ArrowInvalid("no")

    def spoil() -> None:
        monkeypatch.setattr("situation.runs.parquet._cell", broken)

    tables, log = Tables(Limits()), logging.getLogger("uvicorn.error")
    caplog.set_level(logging.ERROR, "uvicorn.error")  # which another test may have made quieter
    log.addHandler(caplog.handler)
    try:
        sent = answered(tables, table, spoil)
    finally:
        log.removeHandler(caplog.handler)
    assert sent[0]["status"] == 200
    assert sent[-1]["more_body"], "The end was not sent."
    assert "table.parquet: The file is gone or damaged." in caplog.text
    assert tables.written == 0


@pytest.mark.parametrize("content", [b"", b"PAR1", b"x" * 5000, b"PAR1" + b"\xff" * 400 + b"PAR1"])
def test_a_file_that_is_no_table_is_told_before_anything_is_sent(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "t.parquet"
    file.write_bytes(content)
    tables = Tables(Limits())
    with pytest.raises(HTTPException) as told:
        answered(tables, file)
    assert told.value.status_code == 422
    assert "The file is gone or damaged" in told.value.detail
    assert tables.written == 0


def test_a_table_that_is_too_long_is_told_before_anything_is_sent(table: Path) -> None:
    with pytest.raises(HTTPException) as told:
        answered(Tables(Limits(values=10)), table)
    assert told.value.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE
