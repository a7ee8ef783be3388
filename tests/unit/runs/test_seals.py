"""Seals of runs: what they say, that they cannot be changed unseen, and what `score` makes of them."""

from __future__ import annotations

import base64
import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from situation.commands.cli import main
from situation.runs import seals
from situation.runs.manifest import read_manifest
from situation.runs.seals import read_seal, seal_path
from tests.unit.valley_stories import valley_home


def command(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a run of eight stories."""
    home = valley_home(tmp_path_factory.mktemp("valley"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        assert command("run", "push-on", "--runs", "8", "--workers", "1", "--out", "runs/one").exit_code == 0
    return home


@pytest.fixture
def run(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(told, tmp_path / "home")
    monkeypatch.chdir(tmp_path / "home")
    return Path("runs/one")


def a_key(path: Path, form: PrivateFormat) -> str:
    path.write_bytes(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, form, NoEncryption()))
    return str(path)


def test_a_seal_holds_the_digests_of_record_scenario_code_and_answers(run: Path) -> None:
    answer = json.loads(command("seal", str(run), "--json").stdout)
    manifest = read_manifest(run)
    for name in ("record", "as_run", "code", "seed", "runs", "scenario"):
        assert answer[name] == manifest[name]
    assert answer["run"] == manifest["digest"]
    assert answer["answers"] == manifest["files"]["questions.json"]["sha256"]
    assert answer["signed_by"] is None
    assert read_seal(seal_path(run), manifest).digest == answer["seal"]
    assert "The run is sealed already." in command("seal", str(run)).output


@pytest.mark.parametrize("form", [PrivateFormat.OpenSSH, PrivateFormat.PKCS8])
def test_a_seal_is_signed_by_a_key_of_either_form(run: Path, form: PrivateFormat) -> None:
    answer = json.loads(command("seal", str(run), "--key", a_key(Path("key"), form), "--json").stdout)
    assert len(answer["signed_by"]) == 44
    assert json.loads(command("score", str(run), "--json").stdout)["sealed"]["signed_by"] == answer["signed_by"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"runs": 8', '"runs": 9', "The seal was changed."),
        ('"sealed_at": "2', '"sealed_at": "1', "The seal was changed."),
        ('"ed25519": "', '"ed25519": "AA', "The signature is not right."),
        ('"kind": "seal"', '"kind": "sale"', "This is no seal."),
        ("{", "", "This is no seal."),
    ],
)
def test_a_seal_that_was_changed_is_refused(run: Path, old: str, new: str, fault: str) -> None:
    assert command("seal", str(run), "--key", a_key(Path("key"), PrivateFormat.OpenSSH)).exit_code == 0
    path = seal_path(run)
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    result = command("score", str(run))
    assert (result.exit_code, fault in result.output) == (1, True), result.output


def test_a_seal_of_another_run_is_refused(run: Path) -> None:
    assert command("seal", str(run)).exit_code == 0
    assert command("run", "push-on", "--runs", "8", "--seed", "9", "--workers", "1", "--out", "runs/two").exit_code == 0
    shutil.copy(seal_path(run), seal_path(Path("runs/two")))
    assert "The seal is of another run." in command("score", "runs/two").output


def test_what_is_no_key_is_told(run: Path) -> None:
    Path("key").write_text("no key")
    assert "key: This key cannot be read" in command("seal", str(run), "--key", "key").output
    assert "gone: There is no such file." in command("seal", str(run), "--key", "gone").output
    assert not seal_path(run).exists()


@pytest.mark.parametrize(("old", "new"), [(b"ssh-ed25519", b"ssh-ed25518"), (b"none", b"cha0")])
def test_a_key_of_a_kind_that_is_not_known_is_no_traceback(run: Path, old: bytes, new: bytes) -> None:
    a_key(Path("key"), PrivateFormat.OpenSSH)
    first, *lines, last = Path("key").read_bytes().splitlines()
    body = base64.b64encode(base64.b64decode(b"".join(lines)).replace(old, new))
    Path("key").write_bytes(b"\n".join((first, body, last, b"")))
    result = command("seal", str(run), "--key", "key")
    assert (result.exit_code, "key: This key cannot be read" in result.output) == (2, True), result.output
    assert not seal_path(run).exists()


def test_a_seal_takes_the_place_of_nothing_and_is_named_where_it_cannot_be_written(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "runs/.situation-0")

    with monkeypatch.context() as patch:
        patch.setattr(seals, "put_file", full)
        told = command("seal", str(run))
    assert (told.exit_code, told.output.count("\n")) == (1, 1)
    assert "one.seal.json: The seal cannot be written: No space left on device. Make room" in told.output
    seal_path(run).symlink_to("elsewhere")
    assert "The run is sealed already." in command("seal", str(run)).output
    assert seal_path(run).is_symlink()


def test_score_tells_whether_the_run_was_sealed_before_what_it_is_held_against(run: Path) -> None:
    assert "The run is not sealed" in command("score", str(run)).output
    assert command("seal", str(run)).exit_code == 0
    record = Path("scenarios/tarn-valley/record.yaml")
    later = """\
  - {id: T9-01, source: chronicle, says: The North took Dell., happened: 2020-03-20, episode: dell-falls,
     asserts: {event: Captured, place: dell, by: [north], against: rebels}}
"""
    record.write_text(record.read_text("utf-8") + later, "utf-8")
    sources = record.with_name("sources.yaml")
    for published, before in (("2020-03-31", 1), ("2090-03-31", 0)):
        source = f"  - {{id: chronicle, outlet: The Chronicle, published: {published}, reliability: "
        source += '{grade: A, as_of: 2020-02-01, reason: "written with care"}}\n'
        text = sources.read_text("utf-8").partition("  - {id: chronicle")[0].partition("speakers:\n")[0]
        kept = "speakers:\n" + sources.read_text("utf-8").partition("speakers:\n")[2]
        sources.write_text(text + source + kept, "utf-8")
        answer = json.loads(command("score", str(run), "--json").stdout)
        sealed = answer["sealed"]
        assert answer["foresight"] is not bool(before)
        assert (sealed["claims"], sealed["claims_before"], sealed["before_the_record"]) == (1, before, not before)
