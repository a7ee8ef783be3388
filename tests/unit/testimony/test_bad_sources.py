"""Sources, retractions and the sources' texts with a planted fault."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from situation.errors import InputError, SituationError
from situation.record.loading import inspect, load
from tests.unit.small import SOURCES, Small

DIGEST = SOURCES[SOURCES.index("sha256: ") + 8 :][:64]
TAKEN_BACK = "  - {id: T9-01, source: courier, says: It was wrong., retracts: T7-77}\n"


def retraction(small: Small, target: str, name: str = "T9-01") -> Small:
    """A claim at the record's end that takes another back."""
    return small.add("record.yaml", TAKEN_BACK.replace("T7-77", target).replace("T9-01,", f"{name},"))


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("T7-77", "There is no claim 'T7-77' to retract. Name the id of another claim."),
        ("T9-01", "The claim retracts itself. Name the id of another claim."),
    ],
)
def test_a_retraction_of_nothing_is_told(tmp_path: Path, target: str, told: str) -> None:
    assert retraction(Small(tmp_path), target).problems() == [f"record.yaml:49:55: {told}"]


@pytest.mark.parametrize("named", ["T7-77", "T2-01", "T9-01"])
def test_what_stands_in_the_place_of_what_is_taken_back_is_another_claim(tmp_path: Path, named: str) -> None:
    small = retraction(Small(tmp_path), f"T2-01, replaced_by: {named}")
    (told,) = small.problems()
    assert f"There is no claim '{named}' in the place of 'T2-01'." in told


def test_only_a_retraction_is_replaced(tmp_path: Path) -> None:
    row = "  - {id: T9-02, source: courier, happened: 2020-03-10, replaced_by: T2-01, asserts: {event: Attacked, place: dell}}\n"
    (told,) = Small(tmp_path).add("record.yaml", row).problems()
    assert "Only a retraction has 'replaced_by'. Write 'corrects'" in told


def test_a_retraction_of_what_was_not_known_yet_is_told(tmp_path: Path) -> None:
    early = "  - {id: T9-01, source: gazette, paragraph: 1, says: It was wrong., retracts: T2-01}\n"
    assert Small(tmp_path).add("record.yaml", early).problems() == [
        "record.yaml:49:69: It is retracted on 11 Mar 2020, and known only from 13 Mar 2020. "
        "Correct one of the dates; what was said before it was printed has its day under 'said'."
    ]


def test_retractions_that_take_each_other_back_are_told(tmp_path: Path) -> None:
    small = retraction(retraction(Small(tmp_path), "T9-02", "T9-01"), "T9-01", "T9-02")
    assert small.problems() == [
        "record.yaml:49:55: The retraction 'T9-01' is taken back by what it takes back. Take one of them out.",
        "record.yaml:50:55: The retraction 'T9-02' is taken back by what it takes back. Take one of them out.",
    ]


CASES = {
    "a lean out of bounds": (
        "lean: {north: 0.5}",
        "lean: {north: 1.5}",
        "sources.yaml:10:12: A lean of 1.5 is out of bounds. Write -1 (against) to 1 (for).",
    ),
    "a lean for nobody known": (
        "lean: {north: 0.5}",
        "lean: {norht: 0.5}",
        "sources.yaml:10:12: There is no actor 'norht'. Did you mean 'north'?",
    ),
    "a lean that is a bare number": (
        "lean: {north: 0.5}",
        "lean: 0.5",
        "sources.yaml:10:5: 0.5 stands where a mapping belongs. Write 'key: value', a line each.",
    ),
    "a lean without a reason": (
        '    lean_reason: "printed in the North"\n',
        "",
        "sources.yaml:10:5: The lean has no reason. Write why under 'lean_reason'.",
    ),
    "a grade off the scale": (
        "grade: B",
        "grade: G",
        "sources.yaml:9:19: 'G' is not allowed here. Write one of: A, B, C, D, E, F.",
    ),
    "a reason that is missing": (
        ', reason: "mixed"',
        "",
        "sources.yaml:15:5: The key 'reason' is missing. A reliability needs it.",
    ),
    "a party that is unknown": (
        "name: the Marshal, party: north",
        "name: the Marshal, party: nort",
        "sources.yaml:17:38: There is no actor 'nort'. Did you mean 'north'?",
    ),
    "a file without a digest": (
        f"    sha256: {DIGEST}\n",
        "",
        "sources.yaml:2:5: The sha256 of gazette.txt is missing or cut. Give its 64 hexadecimal digits.",
    ),
    "a cut digest": (
        DIGEST,
        DIGEST[:20],
        "sources.yaml:4:5: The sha256 of gazette.txt is missing or cut. Give its 64 hexadecimal digits.",
    ),
    "a key that the program fills in": (
        "    outlet: The Courier\n",
        "    outlet: The Courier\n    part: record\n",
        "sources.yaml:14:5: A source has no key 'part'. Its keys are: id, outlet, published, reliability, title, file, "
        "sha256, paragraphs, where, lean, lean_reason, rows, newer_than, may_take_back, note, edition, language, translator, "
        "archive, tlp, embargo_until.",
    ),
    "a doubled speaker": (
        "{id: mayor,",
        "{id: marshal,",
        "sources.yaml:18:6: The id 'marshal' is taken, at FOLDER/sources.yaml:17:5. Give it another.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_source_is_told_at_its_place(tmp_path: Path, case: str) -> None:
    old, new, told = CASES[case]
    problems = Small(tmp_path).plant("sources.yaml", old, new).problems()
    assert told.replace("FOLDER", str(tmp_path)) in problems
    assert len(problems) == (2 if case == "a doubled speaker" else 1)


def texts(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "gazette.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_source_whose_text_has_changed_is_told(tmp_path: Path) -> None:
    assert Small(tmp_path).problems(texts(tmp_path, "one\n\ntwo\n")) == [
        "sources.yaml:2:5: The text of gazette.txt has changed: its sha256 is another. "
        "Read it again, then correct the claims and the sha256.",
        "sources.yaml:2:5: gazette.txt has 2 paragraphs, not 3. Count its non-empty lines again.",
    ]


def test_a_source_whose_text_is_as_it_was_is_verified_in_silence(tmp_path: Path) -> None:
    text = "one\n\ntwo\nthree\n"
    small = Small(tmp_path).plant("sources.yaml", DIGEST, hashlib.sha256(text.encode()).hexdigest()).write()
    record, problems, notes = inspect(small.folder, sources=texts(tmp_path, text))
    assert record is not None
    assert (problems, notes) == ([], [])


def test_a_source_whose_text_is_not_here_is_noted_and_no_problem(tmp_path: Path) -> None:
    record, problems, notes = inspect(Small(tmp_path).write().folder)
    assert record is not None
    assert problems == []
    assert notes == [f"{tmp_path}/sources.yaml:2:5: gazette.txt is not verified: its text is not here."]


def test_a_folder_of_texts_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert Small(tmp_path).problems(tmp_path / "nowhere") == [
        "nowhere: There is no such folder. Name the folder that holds the sources' texts."
    ]


def test_a_situation_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path / "nowhere")
    assert str(caught.value) == (
        f"{tmp_path}/nowhere: There is no such folder. Name a folder that holds map.yaml and record.yaml."
    )


def test_a_part_that_cannot_be_left_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(SituationError) as caught:
        load(Small(tmp_path).write().folder, without=["backgrund"])
    assert str(caught.value) == "There is no part 'backgrund' to leave out. Did you mean 'background'?"


def test_an_export_is_newer_than_another_table_of_events(tmp_path: Path) -> None:
    """A source that there is not, the source itself, and a piece whose claims may join."""
    small = Small(tmp_path)
    sheet = (
        "  - {id: sheet, outlet: A Sheet, published: 2020-03-14, rows: true, newer_than: [gazete, sheet, gazette], "
        "reliability: {grade: F, as_of: 2020-02-01, reason: nobody knows it}}\n"
    )
    small.files["sources.yaml"] = small.text("sources.yaml").replace("speakers:\n", f"{sheet}speakers:\n", 1)
    assert [problem.partition(": ")[2] for problem in small.problems()] == [
        "There is no other source 'gazete'. Did you mean 'gazette'?",
        "There is no other source 'sheet'. Name the sources that are earlier exports of this one.",
        "'gazette' is no table of which each row is an event. Write 'rows: true' at both, or leave 'newer_than' out.",
    ]
