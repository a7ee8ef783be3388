"""Run folders altered by hand and sealed again: any value of any file is another, a column is gone or of another type.

Nobody can tell such a folder from one that was made so, and its numbers may be believed; but no command ends in a traceback.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from situation.runs.identity import digest_of
from situation.runs.manifest import MANIFEST, file_rows, manifest_of, read_manifest
from situation.serving.pages.run import details_page
from situation.serving.shelf import Shelf
from tests.attack.readers import command

__all__ = ["VALUES", "forge", "forged_run", "sealed_again"]

VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 3.5, 1e308, -1e308, float("nan"), float("inf"), 1 << 40, -(1 << 62), 1 << 70),
    *("", "x", "../../x", "\u202ex\x1b[31m", "'", [], [1], ["x", None], {}, {"a": 1}, [[]], [{}]),
)
Door = tuple[str, ...]


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from _paths(one, (*path, key))


def _other(value: Any, rng: random.Random) -> Any:
    """A value in place of one: of another kind, or of its own."""
    ways: list[Any] = [rng.choice(VALUES), [value], str(value), {"x": value}]
    if isinstance(value, list):
        ways += [value[:-1], [*value, *value], [*value, rng.choice(VALUES)], dict.fromkeys(map(str, value))]
    if isinstance(value, dict):
        ways += [list(value), [*value.values()], {f"{key}x": one for key, one in value.items()}]
    if type(value) in (int, float):
        ways += [-value, value * 1000, value + 0.5]
    return rng.choice(ways)


def altered(value: Any, rng: random.Random) -> Any:
    """A value of JSON in which one value is another, or is gone."""
    path = rng.choice([*_paths(value)])
    if not path:
        return _other(value, rng)
    home = value
    for key in path[:-1]:
        home = home[key]
    if rng.random() < 0.25:
        del home[path[-1]]
    else:
        home[path[-1]] = _other(home[path[-1]], rng)
    return value


def _json(content: bytes, rng: random.Random) -> bytes:
    return json.dumps(altered(json.loads(content), rng)).encode()


def _stories(content: bytes, rng: random.Random) -> bytes:
    return zlib.compress(json.dumps(altered(json.loads(zlib.decompress(content)), rng)).encode())


def _text(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    place = rng.randrange(len(lines))
    return b"".join(rng.choice(([*lines[:place], *lines[place + 1 :]], [*lines, b"x: [\n"], lines[:place], [b"\xff"])))


def _parquet(content: bytes, rng: random.Random) -> bytes:
    table = pq.read_table(io.BytesIO(content))
    place = rng.randrange(table.num_columns)
    name = table.column_names[place]
    column = table.column(place)
    ways: list[Callable[[], Any]] = [
        lambda: table.remove_column(place),
        lambda: table.rename_columns([f"{it}x" if it == name else it for it in table.column_names]),
        lambda: table.set_column(place, name, pa.array([str(it) for it in column.to_pylist()], pa.string())),
        lambda: table.set_column(place, name, pa.array([[1]] * len(table), pa.list_(pa.int64()))),
        lambda: table.set_column(place, name, pa.nulls(len(table), column.type)),
        lambda: table.append_column(name, column),
        lambda: table.slice(0, rng.randrange(len(table) + 1)),
        lambda: pa.concat_tables([table, table]),
        lambda: table.take(pa.array(rng.sample(range(len(table)), len(table)), pa.int64())),
        *[lambda: table.set_column(place, name, _one_other(column, rng))] * 4,
    ]
    written = io.BytesIO()
    pq.write_table(rng.choice(ways)(), written)
    return written.getvalue()


def _one_other(column: Any, rng: random.Random) -> Any:
    """A column of which one value is another of its type."""
    values = column.to_pylist()
    if not values:
        return column
    kind = column.type
    others: list[Any] = [None]
    if pa.types.is_integer(kind):
        others += [0, 1, 7, 1 << 30] if pa.types.is_unsigned_integer(kind) else [-1, 0, 5, 99, 1 << 40, -(1 << 62)]
    elif pa.types.is_floating(kind):
        others += [float("nan"), float("inf"), -1e308, 0.5, -1.0]
    elif pa.types.is_string(kind):
        others += ["", "x", "north:", "\u202e", rng.choice(values)]
    elif pa.types.is_list(kind):
        others += [[], [1], [*(values[0] or []), 1], [None] * len(values[0] or [])]
    values[rng.randrange(len(values))] = rng.choice(others)
    return pa.array(values, kind)


_BY_ENDING: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    ".json": _json,
    ".parquet": _parquet,
    ".stories": _stories,
}


def sealed_again(folder: Path, identity: Mapping[str, Any], rows: Any = None) -> None:
    """Write a manifest of what a folder holds, as if it had been made so."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    content = {**identity, "digest": digest_of(identity)}
    (folder / MANIFEST).write_bytes(manifest_of(content, file_rows(files) if rows is None else rows))


def forge(folder: Path, rng: random.Random) -> str:
    """Alter one file of a run, perhaps what its manifest says of the run, and seal it again; what was altered."""
    manifest = read_manifest(folder)
    identity = {key: value for key, value in manifest.items() if key not in ("digest", "files", "seal")}
    name: str = rng.choice([*sorted(manifest["files"]), MANIFEST])
    rows: Any = None
    if name == MANIFEST and rng.random() < 0.3:
        rows = rng.choice(
            [None, 0, "x", [], {"a": rng.choice((0, "x", {}))}, {"../a": {"bytes": 1, "sha256": "0" * 64}}]
        )
    elif name == MANIFEST:
        changed = altered(dict(identity), rng)
        identity = changed if isinstance(changed, dict) and _is_plain(changed) else {**identity, "seed": "x"}
    else:
        path = folder / name
        content = path.read_bytes()
        path.write_bytes(_BY_ENDING.get(path.suffix, _text)(content, rng))
    sealed_again(folder, identity, rows)
    return name


def _is_plain(value: Any) -> bool:
    """Whether a digest can be made of a value: no number is beyond those of JSON."""
    try:
        digest_of({"": value})
    except TypeError:
        return False
    return True


def doors_of(folder: Path, kind: str, other: Path) -> list[Door]:
    """The commands that read a run folder of a kind; `other`: an ensemble, or the other part, to read it beside."""
    run, out = str(folder), str(folder.parent / "out")
    if kind == "part":
        return [("join", run, str(other), "--out", out)]
    both: list[Door] = [("dashboard", run, "--out", f"{out}.html"), ("brief", run, "--out", f"{out}.md")]
    if kind != "ensemble":
        return both
    return [
        *both,
        ("dashboard", run, "--story", "1", "--out", f"{out}.html"),
        ("dashboard", run, "--against", str(other), "--out", f"{out}.html"),
        ("dashboard", str(other), "--against", run, "--out", f"{out}.html"),
        ("score", run),
        ("score", run, "--json"),
        ("why", "dell.holder", run, "--story", "1"),
        ("compare", str(other), run, "--out", out),
        ("compare", run, str(other), "--out", out),
        ("seal", run),
    ]


def served(folder: Path) -> None:
    """Show a run folder as the served edition does, in its list and by itself."""
    shelf = Shelf(folder.parent)
    for run in shelf.page_of_runs():
        if run.name == folder.name:
            details_page(run, folder, None, "", None, "the valley")


def forged_run(home: Path, beside: tuple[Path, ...], rng: random.Random, count: int) -> str:
    """Forge one of some runs in a copy of them all, and open some doors to it.

    Args:
        home: the folder of situations and runs.
        beside: the runs: two ensembles, two parts, a comparison and a replay.
        rng: draws what is altered, and the doors.
        count: how many doors are opened.

    Returns:
        The name of the file that was altered.

    Raises:
        BrokenLaw: a command ended in a traceback, or without a word.
    """
    kinds = {one: str(read_manifest(one)["kind"]) for one in beside}
    kind = rng.choice(("ensemble", "ensemble", "ensemble", "part", "comparison", "replay"))
    source = rng.choice([one for one in beside if kinds[one] == kind])
    other = next(one for one in beside if one != source and kinds[one] == (kind if kind == "part" else "ensemble"))
    with TemporaryDirectory(dir=home) as room, chdir(home):
        for one in beside:
            shutil.copytree(one, Path(room) / one.name)
        folder = Path(room) / source.name
        name = forge(folder, rng)
        doors = doors_of(folder, kind, Path(room) / other.name)
        for door in rng.sample(doors, min(count, len(doors))):
            command(*door)
        served(folder)
    return name
