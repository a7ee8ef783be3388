"""A claim as it is written: its keys, and the id of one that is written without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from attrs import frozen

from situation.events import Event
from situation.events.predicates import Predicate
from situation.testimony.claims import Credibility, Dated, Follows
from situation.testimony.documents import Document, Path_
from situation.testimony.handling import Embargo, Label

__all__ = ["ClaimRow", "Content", "claim_rows", "unnamed_id"]


@frozen
class Content:
    """What a claim is of, and which of the three kinds it is."""

    kind: Literal["event", "statement", "forecast"]
    of: Event | Predicate


@frozen
class ClaimRow:
    """The keys of a claim as written. Left out, `id` is made by `unnamed_id`, and `says` is the event in plain words."""

    source: str
    id: str = ""
    says: str = ""
    said_by: str = "article"
    origin: str = ""
    paragraph: int | None = None
    said: Dated | None = None
    happened: Dated | None = None
    episode: str = ""
    asserts: Content | None = None
    denies: Content | None = None
    retracts: str | None = None
    replaced_by: str = ""
    corrects: str = ""
    follows: tuple[Follows, ...] = ()
    credibility: tuple[Credibility, ...] = ()
    damaged: str = ""
    note: str = ""
    tlp: Label | None = None
    embargo_until: Embargo | None = None


def claim_rows(document: Document) -> Iterable[tuple[Document, Path_, Any]]:
    """The rows of claims in a document, each with its path."""
    value: Any = document.value
    prefix: Path_ = ()
    if isinstance(value, dict):
        value, prefix = value.get("claims"), ("claims",)
    for number, row in enumerate(value if isinstance(value, list) else ()):
        yield document, (*prefix, number), row


def unnamed_id(row: Mapping[str, Any]) -> str:
    """The id of a claim that is written without one: its source, event, subject and date, whatever stands around it."""
    mode = next((key for key in ("asserts", "denies", "retracts") if key in row), "")
    content = row.get(mode)
    words = [row.get("source"), "not" if mode == "denies" else "takes back" if mode == "retracts" else None]
    if isinstance(content, dict):
        words += [content.get(key) for key in ("event", "statement", "forecast")]
        subjects = ("place", "area", "operation", "force", "actor", "places", "about")
        words.append(next((content[key] for key in subjects if content.get(key)), None))
    else:
        words.append(content)
    happened = row.get("happened")
    words += list(happened.values()) if isinstance(happened, dict) else [happened]
    parts = (part for word in words for part in (word if isinstance(word, list) else [word]))
    return re.sub(r"[^\w-]+", "-", "-".join(str(word) for word in parts if word is not None).casefold()).strip("-")
