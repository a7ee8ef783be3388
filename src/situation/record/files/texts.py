"""The texts of the sources, where somebody has them: held against the digests and paragraphs that the record gives."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from situation.errors import Fault, Problem, Where
from situation.testimony.disk.reading import read_file, why_none
from situation.testimony.documents import read_text
from situation.testimony.testimony import Testimony

__all__ = ["verify_texts"]


def verify_texts(testimony: Testimony, folder: Path | None) -> tuple[list[str], list[Problem]]:
    """The sources' texts against their digests and numbers of paragraphs; what is absent is not verified."""
    notes: list[str] = []
    problems: list[Problem] = []
    if folder is not None and not folder.is_dir():
        fact = why_none(folder, "a folder") or "There is no such folder."
        problems.append(Problem(Where(str(folder)), fact, "Name the folder that holds the sources' texts."))
    for source in testimony.sources.values():
        if not source.file:
            continue
        path = folder / source.file if folder is not None else None
        if path is None or not os.path.lexists(path):
            notes.append(f"{source.at}: {source.file} is not verified: its text is not here.")
            continue
        try:
            content = read_file(path, folder)
        except Fault as fault:
            problems.append(Problem(source.at, f"{source.file}: {fault.fact}", fault.advice))
            continue
        text, faults = read_text(path, str(path), folder)
        problems += faults
        if text is None:
            continue
        if hashlib.sha256(content).hexdigest() != source.sha256:
            fact = f"The text of {source.file} has changed: its sha256 is another."
            problems.append(Problem(source.at, fact, "Read it again, then correct the claims and the sha256."))
        paragraphs = sum(1 for line in text.splitlines() if line.strip())
        if source.paragraphs is not None and paragraphs != source.paragraphs:
            fact = f"{source.file} has {paragraphs} paragraphs, not {source.paragraphs}."
            problems.append(Problem(source.at, fact, "Count its non-empty lines again."))
    return notes, problems
