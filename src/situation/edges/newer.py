"""A newer export of a file: rows that are new become claims, changed ones corrections, vanished ones retractions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from situation.edges.earlier import EarlierImport

__all__ = ["Revision", "comparison_as_origin", "revision_of"]

_OWN: Final = frozenset({"id", "source", "paragraph", "said", "origin"})
"""What of a claim may differ between two exports of one row that say the same."""


@frozen
class Revision:
    """What a newer export changes: the claims to add, with the ids of those added, corrected and retracted, how many rows
    are as they were, and the claim by which each of its rows now stands."""

    claims: tuple[Mapping[str, Any], ...]
    added: tuple[str, ...]
    corrected: tuple[str, ...]
    retracted: tuple[str, ...]
    unchanged: int
    standing: Mapping[str, str]


def revision_of(
    claims: Iterable[Mapping[str, Any]],
    older: Collection[EarlierImport],
    rows: Collection[str],
    source: str,
) -> Revision:
    """Hold the claims of a newer export against those of the earlier ones that still stand.

    A correction and a retraction are known from the newer export on, whenever the row's own sources wrote.

    Args:
        claims: a claim for each row that is wanted.
        older: the earlier exports.
        rows: the ids that claims of all rows of the file would have, wanted or not.
        source: the id of the newer export as a source.
    """
    standing = {row: claim for earlier in older for row, claim in earlier.standing.items()}
    times: dict[str, int] = {}
    for earlier in older:
        times |= {row: max(number, times.get(row, 0)) for row, number in earlier.times.items()}
    made: list[Mapping[str, Any]] = []
    added, corrected, retracted, unchanged = [], [], [], 0
    names: dict[str, str] = {}
    for claim in claims:
        row = str(claim["id"])
        before = standing.get(row)
        if before is None:
            name = row if row not in times else f"{row}-changed-{times[row] + 1}"
            made.append(_known_now({**claim, "id": name}))
            added.append(name)
            names[row] = name
        elif _content(before) == _content(claim):
            unchanged += 1
            names[row] = str(before["id"])
        else:
            correction = f"{row}-changed-{times[row] + 1}"
            back = _retraction(f"{correction}-before", source, str(before["id"]), "changed")
            made.append({**back, "replaced_by": correction})
            made.append(_known_now({**claim, "id": correction}))
            corrected.append(correction)
            names[row] = correction
    for row in sorted(set(standing) - set(rows)):
        before_id = str(standing[row]["id"])
        made.append(_retraction(f"{before_id}-vanished", source, before_id, "vanished"))
        retracted.append(before_id)
    return Revision(tuple(made), tuple(added), tuple(corrected), tuple(retracted), unchanged, names)


def _content(claim: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says: of an event not the sentence, which is made of the rest."""
    ours = {"says"} if "event" in claim.get("asserts", {}) else set()
    return {key: value for key, value in claim.items() if key not in _OWN | ours}


def _known_now(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in claim.items() if key != "said"}


def _retraction(claim_id: str, source: str, retracts: str, how: str) -> dict[str, Any]:
    says = f"The row of the earlier export has {how} in this one."
    return {
        "id": claim_id,
        "source": source,
        "origin": _voice(source),
        "says": says,
        "retracts": retracts,
        "paragraph": 1,
    }


def comparison_as_origin(source: str, file: str, older: Iterable[EarlierImport]) -> dict[str, Any]:
    """The comparison of a newer export with the earlier ones, as a voice of its own that may take back what these said.

    It is apart from the newer export, so that nothing that the newer export says falls with what it takes back.
    """
    lent = sorted({str(it.source["id"]) for it in older})
    return {"id": _voice(source), "name": f"the comparison of {file} with the earlier export", "may_take_back": lent}


def _voice(source: str) -> str:
    return f"{source}-compared"
