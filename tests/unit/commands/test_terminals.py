"""Output on terminals, pipes and files of any encoding: nothing that a record holds ends in a traceback, or reaches one raw."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from situation.commands.cli import main
from situation.errors import harmless
from tests.unit.small import Small

HOSTILE = "\\u0627\\u0644\\u0642 \\u0142 \\U0001f600 \\x1b[31m \\u202e \\x07 \\u2028"
"""As YAML escapes it: Arabic, a Polish letter, a picture, and signs that paint, turn, ring and break a line."""


def _written(encoding: str, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it wrote to streams of an encoding."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit) as end:
        main(words)
    raw = [bytes(stream.buffer.getvalue()) for stream in (out, err)]
    utf8 = encoding == "ascii"  # which a command line takes for a machine without settings
    told, said = (text.decode("utf-8" if utf8 else encoding) for text in raw)
    return int(end.value.code or 0), told, said


def test_what_goes_into_a_pipe_is_as_wide_as_columns_says_and_else_is_not_wrapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Small(tmp_path)
    small.plant("record.yaml", "says: The Guard took Arlen.", f"says: {'The Guard took Arlen, at last. ' * 9}")
    asked = ("claims", str(small.write().folder))
    assert ("The Guard took Arlen, at last. " * 9).strip() in _written("utf-8", monkeypatch, *asked)[1]
    monkeypatch.setenv("COLUMNS", "70")
    narrow = _written("utf-8", monkeypatch, *asked)[1].splitlines()
    assert max(map(len, narrow)) <= 70
    assert [line for line in narrow if line != line.rstrip()] == []


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    small = Small(tmp_path)
    small.plant("map.yaml", "name: Arlen,", f'name: "Arlen {HOSTILE}",')
    small.plant("map.yaml", 'title: "The Tarn valley"', f'title: "The valley {HOSTILE}"')
    small.plant("record.yaml", "says: The Guard took Arlen.", f'says: "{HOSTILE}"')
    return small.write().folder


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("command", ["state", "claims", "disputes", "check"])
def test_what_an_encoding_lacks_is_escaped_and_nothing_harmful_is_raw(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, command: str, encoding: str
) -> None:
    code, out, err = _written(encoding, monkeypatch, command, str(hostile))
    assert code == 0, err
    assert out
    assert harmless(out) == out
    assert harmless(err) == err


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_json_is_the_same_value_in_every_encoding(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    told = [json.loads(_written(one, monkeypatch, "claims", str(hostile), "--json")[1]) for one in (encoding, "utf-8")]
    assert told[0] == told[1]
    assert "\U0001f600" in json.dumps(told[0], ensure_ascii=False)


def test_a_problem_names_what_is_wrong_in_one_harmless_line(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = hostile / "record.yaml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("said_by: mayor", f'said_by: "{"x" * 900} {HOSTILE}\\n"'), "utf-8")
    code, _, err = _written("latin-1", monkeypatch, "check", str(hostile))
    [problem] = [line for line in err.splitlines() if "record.yaml" in line]
    assert code == 1
    assert harmless(problem) == problem
    assert len(problem) < 400 + len(str(hostile))
    assert problem.endswith("Or write 'article' for the outlet's own voice.")


def test_a_folder_whose_name_is_no_text_is_answered(
    tmp_path: Path, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = hostile.rename(hostile.parent / f"{hostile.name}-\udcff")
    for words in (("check",), ("check", "--json"), ("state", "--json")):
        code, out, err = _written("utf-8", monkeypatch, words[0], str(odd), *words[1:])
        assert code == 0, err
        assert harmless(out) == out
    odd.rename(hostile)
