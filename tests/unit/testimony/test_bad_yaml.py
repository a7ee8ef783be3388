"""YAML that is no YAML, or that readers of YAML do not agree on: refused with its place, quickly, and never guessed at."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest
import yaml

from situation.record.loading import survey
from situation.testimony.documents import read
from situation.testimony.form_words import yaml_slip
from tests.unit.small import RECORD, Small

SAYS = "says: Dell was not taken."
QUOTE = '("{0}"), or write it as a plain number, true, false or null.'

FORMS = {
    "a colon too many": (
        "says: Dell: was not: taken.",
        "record.yaml:41:15: This is not YAML: a colon stands where no key ends. "
        "Check the indentation, colons and quotes here.",
    ),
    "an open bracket": (
        "says: [Dell",
        "record.yaml:42:13: This is not YAML: a list that '[' begins lacks a comma or its ']'. "
        "Check the indentation, colons and quotes here.",
    ),
    "a tab": (
        "says: \n\tDell",
        "record.yaml:42:1: This is not YAML: no value can begin with this character. "
        "Check the indentation, colons and quotes here.",
    ),
    "a key twice": (
        "says: one\n    says: two",
        "record.yaml:42:5: The key 'says' stands here a second time, first in line 41. Keep one.",
    ),
    "a tag of a language": (
        "says: !!python/object:os.system dir",
        "record.yaml:41:11: '!!python/object:os.system' is a YAML tag. Leave the tag out; values are plain.",
    ),
    "a plain tag": (
        "says: !!str maybe",
        "record.yaml:41:11: '!!str' is a YAML tag. Leave the tag out; values are plain.",
    ),
    "a tag without a name": (
        "says: ! yes it was",
        "record.yaml:41:11: '!' is a YAML tag. Leave the tag out; values are plain.",
    ),
    "an anchor": (
        "says: &a Dell",
        "record.yaml:41:11: '&a' is a YAML anchor. Write each value out; anchors are not read.",
    ),
    "an alias": ("says: *a", "record.yaml:41:11: '*a' is a YAML alias. Write the value out; aliases are not read."),
    "a merge": ("<<: *a", "record.yaml:41:9: '*a' is a YAML alias. Write the value out; aliases are not read."),
    "a key that is a list": (
        "? [a, b]\n    : Dell",
        "record.yaml:41:7: A key is a list or a mapping. Use text as the key.",
    ),
    "a control character": (
        "says: De\x07ll",
        "record.yaml:41:13: The character U+0007 may not stand in YAML. Take it out.",
    ),
    "a NUL": ("says: De\0ll", "record.yaml:41:13: The character U+0000 may not stand in YAML. Take it out."),
}

BROKEN = (
    *(
        "a: b: c",
        "a: [1",
        "a: {b",
        "a: [1 2: 3, ]x",
        "a: @b",
        "a:\n\t- b",
        'a: "b',
        'a: "b\n---\n',
        'a: "\\q"',
        'a: "\\xZZ"',
    ),
    *(
        "a: 1\nb\nc: 2",
        "- a\n b: c",
        "a: b\n  c: d\n e: f",
        "a: - b",
        "a: 1\n...\nb: [\n",
        "a: &\n",
        "a: !x!y z",
        "a: |0\n b",
    ),
    *("a: | b\n c", "%YAML\n---\na", "%YAML 1.1\n%YAML 1.1\n---\na", "a: *", "a: >99\n b"),
)
"""YAML that no reader takes, of the kinds of slips that its two parsers tell."""


@pytest.mark.parametrize("case", FORMS)
def test_a_fault_of_form_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    new, told = FORMS[case]
    problems = Small(tmp_path).plant("record.yaml", SAYS, new).problems()
    assert [problem for problem in problems if "stands where text belongs" not in problem] == [told]


@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])
@pytest.mark.parametrize("text", BROKEN)
def test_each_slip_of_form_has_words_of_our_own(text: str, loader: type[yaml.SafeLoader]) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as broken:
        list(yaml.parse(text, Loader=loader))
    assert yaml_slip(broken.value.problem or broken.value.context) != yaml_slip("")


@pytest.mark.parametrize(
    "word",
    [
        *("no", "Yes", "on", "y", "~", "NULL", "True"),
        *("010", "0x1F", "0o17", "1_000", "+5", ".5", "5.", "12:30", "1:02:03"),
        *("1e3", "1.5E-3", ".nan", "-.inf"),
    ],
)
def test_a_word_that_readers_of_yaml_do_not_agree_on_is_told(tmp_path: Path, word: str) -> None:
    assert Small(tmp_path).plant("record.yaml", SAYS, f"says: {word}").problems() == [
        f"record.yaml:41:11: YAML readers do not agree on what '{word}' means. "
        f"Put it in quotes if text is meant {QUOTE.format(word)}"
    ]


@pytest.mark.parametrize("word", ["no", "010", "12:30", "1e3", ".nan", "2020-03-01"])
def test_such_a_word_in_quotes_is_plain_text(tmp_path: Path, word: str) -> None:
    record = Small(tmp_path).plant("record.yaml", SAYS, f'says: "{word}"').load()
    assert record.testimony.claims["T2-03"].says == word


@pytest.mark.parametrize("key", ["no", "12", "null", "1e3"])
def test_a_key_that_is_not_text_is_told(tmp_path: Path, key: str) -> None:
    problems = Small(tmp_path).plant("record.yaml", f"    {SAYS}", f"    {key}: Dell was not taken.").problems()
    assert f"record.yaml:41:5: The key '{key}' is not text. Put it in quotes: \"{key}\"." in problems


def test_a_key_with_a_nul_is_told_and_not_dropped(tmp_path: Path) -> None:
    problems = Small(tmp_path).plant("record.yaml", SAYS, f'{SAYS}\n    "a\\0b": x').problems()
    assert problems[1:] == ["record.yaml:42:5: The key holds the character NUL. Take it out."]


def test_a_number_too_long_to_be_meant_is_told_short(tmp_path: Path) -> None:
    problems = Small(tmp_path).plant("record.yaml", "low: 100", f"low: {'9' * 400}.5").problems()
    shown = f"{'9' * 27}..."
    assert problems[0] == (
        f"record.yaml:18:99: The number {shown} has more than 18 digits. "
        f'Count them again, or put it in quotes if text is meant ("{shown}").'
    )


def test_a_second_document_in_a_file_is_told(tmp_path: Path) -> None:
    assert Small(tmp_path).add("record.yaml", "---\nclaims: []\n").problems() == [
        "record.yaml:49:1: A second YAML document begins here. Keep one document in a file."
    ]


LAUGHS = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{f'b{n - 1}' if n else 'a'}, *a]\n" for n in range(40))
BOMBS = {
    "ten million aliases": (
        "claims: [&a x" + ", *a" * 10_000_000 + "]\n",
        "record.yaml:1:10: '&a' is a YAML anchor. Write each value out; anchors are not read.",
    ),
    "aliases of aliases": (
        LAUGHS,
        "record.yaml:1:4: '&a' is a YAML anchor. Write each value out; anchors are not read.",
    ),
    "sixty lists": (
        "claims: " + "[" * 60 + "]" * 60,
        "record.yaml:1:58: The nesting is more than 50 deep. Flatten the file.",
    ),
    "sixty mappings": (
        "".join(f"{'  ' * depth}a:\n" for depth in range(60)),
        "record.yaml:51:101: The nesting is more than 50 deep. Flatten the file.",
    ),
    "a hundred thousand lists": (
        "claims: " + "[" * 100_000 + "]" * 100_000,
        "record.yaml:1:58: The nesting is more than 50 deep. Flatten the file.",
    ),
    "a hundred thousand dashes": (
        "- " * 100_000,
        "record.yaml:1:101: The nesting is more than 50 deep. Flatten the file.",
    ),
    "a hundred thousand question marks": (
        "? " * 100_000,
        "record.yaml:1:3: A key is a list or a mapping. Use text as the key.",
    ),
}


@pytest.mark.parametrize("case", BOMBS)
def test_a_file_made_to_choke_its_reader_is_refused_at_once(tmp_path: Path, case: str) -> None:
    text, told = BOMBS[case]
    small = Small(tmp_path)
    small.files["record.yaml"] = text
    small.write()
    begun = time.process_time()
    document, problems = read(tmp_path / "record.yaml", "record.yaml")
    assert time.process_time() - begun < 2
    assert document is None
    assert [str(problem) for problem in problems] == [told]
    assert small.problems() == [told]


FILES: dict[str, tuple[str | bytes, str]] = {
    "not UTF-8": (
        RECORD.encode().replace(b"Dell was", b"D\xe9ll was"),
        "record.yaml:41:12: Byte 0xe9 is not UTF-8. Save the file as UTF-8.",
    ),
    "not UTF-8 after letters of two bytes": (
        "é: a\nأرلن: ".encode() + b"\xe9\n",
        "record.yaml:2:7: Byte 0xe9 is not UTF-8. Save the file as UTF-8.",
    ),
    "not UTF-8 after a byte order mark": (
        b"\xef\xbb\xbf" + RECORD.encode().replace(b"Dell was", b"D\xe9ll was"),
        "record.yaml:41:12: Byte 0xe9 is not UTF-8. Save the file as UTF-8.",
    ),
    "UTF-16": (
        RECORD.encode("utf-16-le"),
        "record.yaml:1:2: Zero bytes stand between the letters, as in UTF-16. Save the file as UTF-8.",
    ),
    "a control character behind letters of two bytes": (
        "é: ééé\nsays: \x07\n",
        "record.yaml:2:7: The character U+0007 may not stand in YAML. Take it out.",
    ),
    "a NUL at the end, behind letters of two bytes": (
        RECORD + "# ééé\n\0",
        f"record.yaml:{RECORD.count(chr(10)) + 2}:1: The character U+0000 may not stand in YAML. Take it out.",
    ),
    "UTF-16 with a mark": (
        RECORD.encode("utf-16"),
        "record.yaml:1:1: Byte 0xff is not UTF-8. Save the file as UTF-8.",
    ),
    "empty": ("", "record.yaml: The file is empty. Write its claims; where there are none yet, 'claims: []'."),
    "blank": ("\n \n", "record.yaml: The file is empty. Write its claims; where there are none yet, 'claims: []'."),
    "a comment alone": ("# later\n", "record.yaml: The file holds no value. Write its content."),
    "a word": (
        "hello\n",
        "record.yaml:1:1: 'hello' stands where the keys of the file belong. "
        "Begin with a line 'claims:', and list the claims under it, each behind a dash.",
    ),
    "no list under claims": (
        "claims: {a: 1}\n",
        "record.yaml:1:1: 'claims' is not a list. Begin each entry with a dash.",
    ),
    "a key that is none": ("claim: []\n", "record.yaml:1:1: The file has no key 'claim'. Did you mean 'claims'?"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_record_is_told(tmp_path: Path, case: str) -> None:
    content, told = FILES[case]
    small = Small(tmp_path)
    small.files["record.yaml"] = content
    assert small.problems() == [told]


def test_every_character_that_may_not_stand_is_told_at_once(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.files["record.yaml"] = "claims: []\n# é\x07\n# \x0c\n"
    taken = "may not stand in YAML. Take it out."
    assert small.problems() == [
        f"record.yaml:2:4: The character U+0007 {taken}",
        f"record.yaml:3:3: The character U+000C {taken}",
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.files["record.yaml"] = b"\xef\xbb\xbf" + RECORD.replace("\n", "\r\n").encode()
    assert small.problems() == []


def test_a_folder_where_a_file_belongs_is_told(tmp_path: Path) -> None:
    small = Small(tmp_path)
    del small.files["record.yaml"]
    (tmp_path / "record.yaml").mkdir()
    assert small.problems() == ["record.yaml: This is a folder, not a file. Name the file in it."]


def test_a_folder_of_something_else_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Dell")
    assert [str(problem) for problem in survey(tmp_path).problems] == [
        f"{tmp_path}: This folder holds no situation. Name a folder that holds map.yaml and record.yaml."
    ]


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    small = Small(tmp_path)
    del small.files["record.yaml"]
    assert small.problems() == ["record.yaml: There is no such file. Check the name, or make the file."]


@pytest.mark.parametrize("name", ["record.yaml", "background.yaml"])
def test_a_file_that_cannot_be_read_is_told_and_not_passed_over(tmp_path: Path, name: str) -> None:
    # A link to itself cannot be read by anyone, not even by the superuser.
    small = Small(tmp_path)
    small.files.pop(name, None)
    os.symlink(tmp_path / name, tmp_path / name)
    why = os.strerror(errno.ELOOP)
    advice = "A link leads back to itself: remove it, or name another place."
    assert small.problems() == [f"{name}: The file cannot be read: {why}. {advice}"]
    assert read(tmp_path / name, name)[0] is None
