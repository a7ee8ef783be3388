"""Values written as YAML are read back as they were, by this reader and by any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from situation.testimony.documents import read
from situation.testimony.yamltext import flow, listed, yaml_lines

WORDS = (
    "no",
    "Off",
    "y",
    "~",
    "null",
    "True",
    "010",
    "1e3",
    "12:30",
    "1_000",
    "0x1f",
    ".5",
    "+3",
    "a b ",
    "a: b",
    "",
    "x #y",
)
TEXT = st.sampled_from(WORDS) | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
KEYS = TEXT.filter(lambda key: "\0" not in key)
NUMBERS = st.integers(1 - 10**18, 10**18 - 1) | st.floats(-1e17, 1e17)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("yaml") / "value.yaml"


def read_back(file: Path, text: str) -> Any:
    file.write_text(text, encoding="utf-8")
    document, problems = read(file)
    assert problems == []
    assert document is not None
    return document.value


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), st.integers(1, 4))
def test_what_is_written_as_yaml_is_read_as_it_was(file: Path, value: dict[str, Any], deep: int) -> None:
    text = "".join(f"{line}\n" for _, line in yaml_lines(value, deep))
    assert read_back(file, text) == value
    assert yaml.safe_load(text) == value


@given(st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=3), max_size=3), KEYS)
@example([{"at": [0.00005, 1e17], "name": "no"}], "on")
def test_a_list_a_line_an_entry_is_read_as_it_was(file: Path, rows: list[dict[str, Any]], key: str) -> None:
    text = listed(key, rows)
    assert read_back(file, text) == {key: rows}
    assert len(text.split("\n")) == 2 + len(rows)


def test_what_every_reader_takes_as_text_stands_without_quotes() -> None:
    value = {"id": "ford", "name": "the Ford", "day": "2020-03-01", "held": "no", "at": (0.00005, 10.0)}
    assert flow(value) == '{id: ford, name: the Ford, day: "2020-03-01", held: "no", at: [0.00005, 10]}'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e18, -(10**18)])
def test_a_number_that_could_not_be_read_back_is_not_written(number: float) -> None:
    with pytest.raises(ValueError, match="cannot be written as a plain number"):
        flow({"at": [number]})
