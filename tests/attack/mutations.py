"""Mutations of files, each drawn from a generator: of bytes and lines, of words, of structure. None reads a clock."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from random import Random
from typing import Any, Final

import yaml

from tests.attack.strange import LINES, NUMBERS, SIGNS, WORDS

__all__ = ["MUTATIONS", "mutated"]

_Path = tuple[str | int, ...]
_Mutation = Callable[[dict[str, bytes], str, Random], None]
"""Takes the files, which it changes, the name of the one to mutate, and the generator."""


def _spot(content: bytes, rng: Random) -> int:
    return rng.randrange(len(content) + 1)


def _flip(files: dict[str, bytes], name: str, rng: Random) -> None:
    content = bytearray(files[name])
    for _ in range(rng.choice((1, 1, 1, 2, 8))):
        if content:
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    files[name] = bytes(content)


def _cut(files: dict[str, bytes], name: str, rng: Random) -> None:
    files[name] = files[name][: _spot(files[name], rng)]


def _take_out(files: dict[str, bytes], name: str, rng: Random) -> None:
    start = _spot(files[name], rng)
    files[name] = files[name][:start] + files[name][start + rng.choice((1, 2, 5, 40, 400)) :]


def _put_in(files: dict[str, bytes], name: str, rng: Random) -> None:
    at = _spot(files[name], rng)
    files[name] = files[name][:at] + rng.choice(SIGNS) + files[name][at:]


def _put_line(files: dict[str, bytes], name: str, rng: Random) -> None:
    lines = files[name].split(b"\n")
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(LINES))
    files[name] = b"\n".join(lines)


def _double_line(files: dict[str, bytes], name: str, rng: Random) -> None:
    lines = files[name].split(b"\n")
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    files[name] = b"\n".join(lines)


def _drop_line(files: dict[str, bytes], name: str, rng: Random) -> None:
    lines = files[name].split(b"\n")
    del lines[rng.randrange(len(lines))]
    files[name] = b"\n".join(lines)


def _swap_lines(files: dict[str, bytes], name: str, rng: Random) -> None:
    lines = files[name].split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    files[name] = b"\n".join(lines)


def _shift_line(files: dict[str, bytes], name: str, rng: Random) -> None:
    lines = files[name].split(b"\n")
    at = rng.randrange(len(lines))
    lines[at] = rng.choice((b" ", b"  ", b"\t", b"- ")) + lines[at] if rng.random() < 0.6 else lines[at][1:]
    files[name] = b"\n".join(lines)


def _other_line_ends(files: dict[str, bytes], name: str, rng: Random) -> None:
    files[name] = files[name].replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", "\u2028".encode(), b"\x0b")))


def _other_encoding(files: dict[str, bytes], name: str, rng: Random) -> None:
    text = files[name].decode("utf-8", "replace")
    files[name] = text.encode(
        rng.choice(("utf-16", "utf-16-le", "utf-8-sig", "latin-1", "cp1251", "utf-32")), "replace"
    )


def _drop_file(files: dict[str, bytes], name: str, rng: Random) -> None:
    del files[name]


def _empty_file(files: dict[str, bytes], name: str, rng: Random) -> None:
    files[name] = rng.choice((b"", b"\n", b"# nothing\n", b"{}\n", b"[]\n", b"null\n", b"0\n", b"text\n", b"---\n"))


def _double_file(files: dict[str, bytes], name: str, rng: Random) -> None:
    stem, _, ending = name.partition(".")
    other = rng.choice(("background.yaml", "record.jsonl", f"{stem}-2.{ending}", "imports/more.yaml", *sorted(files)))
    files[other] = files[name]


BYTES: Final[Mapping[str, _Mutation]] = {
    "bits flipped": _flip,
    "cut off": _cut,
    "bytes taken out": _take_out,
    "signs put in": _put_in,
    "a line put in": _put_line,
    "a line doubled": _double_line,
    "a line dropped": _drop_line,
    "two lines swapped": _swap_lines,
    "a line shifted": _shift_line,
    "other line ends": _other_line_ends,
    "another encoding": _other_encoding,
    "a file dropped": _drop_file,
    "a file emptied": _empty_file,
    "a file doubled": _double_file,
}


def _parsed(content: bytes) -> Any:
    """A file's plain values, dates and words as text; None where it is no YAML. They may be changed."""
    return pickle.loads(_pickled(content))


@lru_cache(256)
def _pickled(content: bytes) -> bytes:
    """The same for keeping: most files of a folder are those of the input before."""
    try:
        return pickle.dumps(yaml.load(content, Loader=_Plain))
    except (yaml.YAMLError, ValueError, RecursionError):
        return pickle.dumps(None)


class _Plain(yaml.CSafeLoader):
    """Numbers and truth as such, dates as text."""


_Plain.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in rows if not tag.endswith((":timestamp", ":merge"))]
    for sign, rows in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _dumped(value: Any, rng: Random) -> bytes:
    style = rng.choice((None, None, False))
    text: str = yaml.dump(
        value, Dumper=_Quiet, sort_keys=False, allow_unicode=True, width=10**6, default_flow_style=style
    )
    return text.encode("utf-8", "replace")


class _Quiet(yaml.CSafeDumper):
    """Writes each value out, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _places(value: Any, path: _Path = ()) -> Iterator[tuple[_Path, Any]]:
    """Every value under a value, with its path."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        yield (*path, key), inner
        yield from _places(inner, (*path, key))


def _at(value: Any, path: _Path) -> Any:
    for key in path:
        value = value[key]
    return value


def _words_of(files: Mapping[str, bytes]) -> list[Any]:
    values = [value for content in files.values() for _, value in _places(_parsed(content))]
    return [value for value in values if not isinstance(value, dict | list)]


def _kin(files: Mapping[str, bytes], path: _Path) -> list[Any]:
    """What stands under the same key elsewhere."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    found = []
    for content in files.values():
        found += [value for other, value in _places(_parsed(content)) if other and other[-1] == path[-1] == key]
        if isinstance(path[-1], int):
            found += [value for other, value in _places(_parsed(content)) if len(other) > 1 and other[-2] == key]
    return found


def _on_value(change: Callable[[dict[str, bytes], _Path, Any, Random], Any], leaf: bool) -> _Mutation:
    """A mutation that puts another value in place of one."""

    def mutation(files: dict[str, bytes], name: str, rng: Random) -> None:
        value = _parsed(files[name])
        places = [path for path, inner in _places(value) if not (leaf and isinstance(inner, dict | list))]
        if not places:
            return
        path = rng.choice(places)
        _at(value, path[:-1])[path[-1]] = change(files, path, _at(value, path), rng)
        files[name] = _dumped(value, rng)

    return mutation


def _misspelt(files: dict[str, bytes], path: _Path, value: Any, rng: Random) -> Any:
    text = str(value)
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(("", "x", "-", " ", text[at : at + 1] * 2)) + text[at + 1 :]


def _odd_number(files: dict[str, bytes], path: _Path, value: Any, rng: Random) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value * rng.choice((-1, 0, 10, 1000, 0.001, 10**17)) if number else rng.choice(NUMBERS)


def _another_day(files: dict[str, bytes], path: _Path, value: Any, rng: Random) -> Any:
    dates = [word for word in _words_of(files) if isinstance(word, str) and word[:4].isdigit() and "-" in word[4:6]]
    return rng.choice(dates) if dates else value


TOKENS: Final[Mapping[str, _Mutation]] = {
    "a word for one of its kind": _on_value(
        lambda files, path, value, rng: rng.choice(_kin(files, path) or [value]), leaf=True
    ),
    "a word for another": _on_value(lambda files, path, value, rng: rng.choice(_words_of(files) or [value]), leaf=True),
    "a word misspelt": _on_value(_misspelt, leaf=True),
    "a strange word": _on_value(lambda files, path, value, rng: rng.choice(WORDS), leaf=True),
    "an odd number": _on_value(_odd_number, leaf=True),
    "another day": _on_value(_another_day, leaf=True),
}


def _drop(files: dict[str, bytes], name: str, rng: Random) -> None:
    value = _parsed(files[name])
    places = [path for path, _ in _places(value)]
    if places:
        path = rng.choice(places)
        del _at(value, path[:-1])[path[-1]]
        files[name] = _dumped(value, rng)


def _rename_key(files: dict[str, bytes], name: str, rng: Random) -> None:
    value = _parsed(files[name])
    places = [path for path, _ in _places(value) if isinstance(path[-1], str)]
    if places:
        path = rng.choice(places)
        keys = sorted({str(other[-1]) for other in places})
        over = _at(value, path[:-1])
        over[rng.choice((*keys, f"{path[-1]}s", "", "?", "id"))] = over.pop(path[-1])
        files[name] = _dumped(value, rng)


def _move(files: dict[str, bytes], name: str, rng: Random) -> None:
    value = _parsed(files[name])
    places = [path for path, _ in _places(value)]
    homes = [(), *(path for path, inner in _places(value) if isinstance(inner, dict | list))]
    if not places:
        return
    path = rng.choice(places)
    moved = _at(value, path)
    home = _at(value, rng.choice(homes))
    if isinstance(home, list):
        home.insert(rng.randrange(len(home) + 1), yaml.safe_load(yaml.safe_dump(moved)))
    elif isinstance(home, dict):
        home[str(path[-1])] = yaml.safe_load(yaml.safe_dump(moved))
    files[name] = _dumped(value, rng)


def _double_row(files: dict[str, bytes], name: str, rng: Random) -> None:
    value = _parsed(files[name])
    lists = [inner for _, inner in [((), value), *_places(value)] if isinstance(inner, list) and inner]
    if lists:
        rows = rng.choice(lists)
        row = yaml.safe_load(yaml.safe_dump(rng.choice(rows)))
        if isinstance(row, dict) and "id" in row and rng.random() < 0.7:
            row["id"] = f"{row['id']}-b"
        rows.insert(rng.randrange(len(rows) + 1), row)
        files[name] = _dumped(value, rng)


def _shuffle(files: dict[str, bytes], name: str, rng: Random) -> None:
    value = _parsed(files[name])
    lists = [inner for _, inner in _places(value) if isinstance(inner, list) and len(inner) > 1]
    if lists:
        rng.shuffle(rng.choice(lists))
        files[name] = _dumped(value, rng)


def _cycle(files: dict[str, bytes], name: str, rng: Random) -> None:
    """Make a row refer to itself or to another that may refer to it: by all keys that hold a reference."""
    value = _parsed(files[name])
    rows = [inner for _, inner in _places(value) if isinstance(inner, dict) and isinstance(inner.get("id"), str)]
    if rows:
        one, other = rng.choice(rows), rng.choice(rows)
        for row, target in ((one, other), (other, one)):
            key = rng.choice(
                ("parent", "within", "retracts", "corrects", "holds_for", "origin", "may_take_back", "places")
            )
            row[key] = [target["id"]] if key in ("may_take_back", "places") else target["id"]
        files[name] = _dumped(value, rng)


STRUCTURE: Final[Mapping[str, _Mutation]] = {
    "a key or row dropped": _drop,
    "a key renamed": _rename_key,
    "a value moved": _move,
    "a row doubled": _double_row,
    "rows shuffled": _shuffle,
    "a circle of references": _cycle,
    "a list or mapping for a word": _on_value(
        lambda files, path, value, rng: rng.choice(([value], {"id": value}, [], {}, [[value]], [value, value])),
        leaf=True,
    ),
    "a word for a list or mapping": _on_value(lambda files, path, value, rng: rng.choice(WORDS), leaf=False),
    "a value of its kind": _on_value(
        lambda files, path, value, rng: rng.choice(_kin(files, path) or [value]), leaf=False
    ),
    "nothing for a value": _on_value(lambda files, path, value, rng: None, leaf=False),
}

MUTATIONS: Final[Mapping[str, _Mutation]] = {**BYTES, **TOKENS, **STRUCTURE}


def mutated(
    files: Mapping[str, bytes], endings: tuple[str, ...], rng: Random
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Files with one to four mutations, and the names of these.

    Args:
        files: the content of each.
        endings: of the names of those that may be mutated.
        rng: what draws.
    """
    changed, done = dict(files), []
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        names = [name for name in sorted(changed) if name.endswith(endings)]
        if names:
            kinds = (TOKENS, TOKENS, STRUCTURE, STRUCTURE, BYTES)
            kind = rng.choice(sorted(rng.choice(kinds)))
            MUTATIONS[kind](changed, rng.choice(names), rng)
            done.append(kind)
    return changed, tuple(done)
