"""What the page is given of what sources disagree on, what the state contradicts, and what is not held to have come."""

from typing import Any, NotRequired, TypedDict

__all__ = ["DisputeShape", "MismatchShape", "UnbelievedShape"]


class DisputeShape(TypedDict):
    """A question to which sources give answers that do not fit; shown from the minute ``from`` on.

    ``stands``: where it is over who holds a place, from which minute up to, without, which it is marked there; null: to the end.
    """

    question: str
    relation: str
    cell: str
    place: str | None
    answers: list[dict[str, Any]]
    stands: list[list[int | None]]


class MismatchShape(TypedDict):
    """A statement that the state contradicts, in words; shown from the minute ``from`` on. ``about``: the places it names.

    ``because``: the claims behind the state, or the entry where no claim is.
    """

    claim: str
    says: str
    state: str
    because: list[str]
    place: str | None
    about: NotRequired[list[str]]


class UnbelievedShape(TypedDict):
    """What is told or foretold and is not held to have come; shown from the minute ``since`` on. ``note``: why not."""

    text: str
    note: str
    earliest: int
    latest: int
    claims: list[str]
    since: int
