"""Seals: a run's digests written down, perhaps signed, so that it can be shown later what was forecast, and by when.

A seal lies beside the run's folder, is never written over, and holds the digests of record, scenario, code and answers.
Its time is the sealer's own word, unless its digest is published where others date it.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from attrs import frozen

from situation.errors import Fault, SituationError, how_to_install
from situation.runs.identity import digest_of
from situation.runs.manifest import json_bytes
from situation.testimony.disk.advice import advice_for
from situation.testimony.disk.places import put_file
from situation.testimony.disk.reading import read_file

__all__ = ["Seal", "read_seal", "seal_of", "seal_path", "write_seal"]

_OF_RUN = ("scenario", "situation", "record", "as_run", "code", "seed", "runs")
"""What a seal takes from the manifest, beside its digest."""
_ANSWERS = "questions.json"
_PAGE = "index.html"
_SIGNED = frozenset({"seal", "signature"})


@frozen
class Seal:
    """A seal that has been read and checked.

    Args:
        file: where it lies.
        content: what it says, without its digest and signature.
        digest: of the content; the one to publish.
        signed_by: the public key that signed it, base64; None: nobody has.
    """

    file: Path
    content: Mapping[str, Any]
    digest: str
    signed_by: str | None


def seal_path(run: Path) -> Path:
    """Where the seal of a run folder lies: beside it, under its name."""
    folder = run.resolve()
    return folder.with_name(f"{folder.name}.seal.json")


def seal_of(manifest: Mapping[str, Any], sealed_at: str) -> dict[str, Any]:
    """What a seal says of a run: digests of record, scenario, code, answers and of all its files but the page.

    Args:
        manifest: of the run, whose files have been held against it.
        sealed_at: when, in UTC.
    """
    rows = {name: row["sha256"] for name, row in manifest["files"].items() if name != _PAGE}
    return {
        "kind": "seal",
        "run": manifest["digest"],
        **{name: manifest[name] for name in _OF_RUN},
        "answers": rows[_ANSWERS],
        "files": digest_of(rows),
        "sealed_at": sealed_at,
    }


def write_seal(path: Path, content: Mapping[str, Any], key: Path | None) -> None:
    """Write a seal, signed where a key is given.

    Args:
        key: an Ed25519 private key, as `ssh-keygen -t ed25519` or `openssl genpkey -algorithm ed25519` writes it.

    Raises:
        SituationError: there is a seal already, or it cannot be written.
        Fault: the key is none.
    """
    if os.path.lexists(path):
        raise SituationError(
            f"{path}: The run is sealed already. A seal is not written over; move it away to seal anew."
        )
    digest = digest_of(content)
    signed = {} if key is None else {"signature": _signature(key, digest)}
    try:
        put_file(path, json_bytes({**content, "seal": digest, **signed}))
    except OSError as error:
        raise SituationError(f"{path}: The seal cannot be written: {error.strerror}. {advice_for(error)}") from error


def read_seal(path: Path, manifest: Mapping[str, Any]) -> Seal:
    """Read the seal of a run, and hold it against itself, its signature and the run.

    Raises:
        SituationError: it is no seal, was changed, is of another run, or its signature is not right.
    """
    try:
        written = orjson.loads(read_file(path, path.parent))
    except orjson.JSONDecodeError:
        raise SituationError(f"{path}: This is no seal. Name the file that 'situation seal' wrote.") from None
    if not isinstance(written, dict) or written.get("kind") != "seal":
        raise SituationError(f"{path}: This is no seal. Name the file that 'situation seal' wrote.")
    content = {name: value for name, value in written.items() if name not in _SIGNED}
    if written.get("seal") != digest_of(content):
        raise SituationError(f"{path}: The seal was changed. What it says is not what was sealed: do not trust it.")
    if content != seal_of(manifest, str(content.get("sealed_at"))):
        raise SituationError(f"{path}: The seal is of another run. Name the one that was written for this run.")
    signature = written.get("signature")
    signed_by = None if signature is None else _verified(path, signature, str(written["seal"]))
    return Seal(path, content, str(written["seal"]), signed_by)


def _signature(key: Path, digest: str) -> dict[str, str]:
    """The public key and the signature of a digest, by a private key in a file."""
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_ssh_private_key
    except ModuleNotFoundError:
        raise _missing() from None
    try:
        text = read_file(key)
    except Fault as fault:
        raise Fault(f"{key}: {fault.fact}", fault.advice) from None
    reader = load_ssh_private_key if b"OPENSSH" in text else load_pem_private_key
    try:
        private = reader(text, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Fault(f"{key}: This key cannot be read, or needs a passphrase.", _WHICH_KEY) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise Fault(f"{key}: This is no Ed25519 key.", _WHICH_KEY)
    public = private.public_key().public_bytes_raw()
    return {"public_key": _text(public), "ed25519": _text(private.sign(digest.encode()))}


_WHICH_KEY = "Give a private key without a passphrase, such as 'ssh-keygen -t ed25519 -N \"\" -f KEY' makes."


def _verified(path: Path, signature: Any, digest: str) -> str:
    """The public key of a signature that is right."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ModuleNotFoundError:
        raise _missing() from None
    try:
        public = str(signature["public_key"])
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(
            base64.b64decode(str(signature["ed25519"])), digest.encode()
        )
    except (InvalidSignature, KeyError, TypeError, ValueError):
        raise SituationError(f"{path}: The signature is not right. Somebody has changed it: do not trust it.") from None
    return public


def _missing() -> Fault:
    return Fault("Signing a seal needs a package that is not here.", how_to_install("sign"))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
