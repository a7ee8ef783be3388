"""Which source is meant by what somebody wrote: its id, or its outlet or title in any spelling."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from situation.errors import Fault, near_miss
from situation.testimony.spelling import spelling_key
from situation.testimony.testimony import Testimony

__all__ = ["find_source"]

_LISTED: Final = 12
"""Sources of which all are named, at most, where none is like what was written."""


def find_source(written: str, testimony: Testimony, among: Collection[str] | None = None) -> str:
    """The id of the source that is meant.

    Args:
        written: `gazette`, `The Gazette`, or the title of the piece.
        testimony: whose sources may be meant.
        among: the ids of those that may be; all where left out.

    Raises:
        Fault: there is none, with the near miss; or an outlet has several pieces.
    """
    known = [it for it in testimony.sources.values() if among is None or it.id in among]
    if any(it.id == written for it in known):
        return written
    key = spelling_key(written)
    for spellings in ({it.id: (it.id, it.title) for it in known}, {it.id: (it.outlet,) for it in known}):
        named = [name for name, words in spellings.items() if key and key in map(spelling_key, words)]
        if len(named) == 1:
            return named[0]
        if named:
            fact = f"'{written}' may be any of {len(named)} sources."
            raise Fault(fact, f"Name one: {', '.join(named)}.", argument="source")
    ids = [it.id for it in known]
    fact = f"There is no source '{written}'." if among is None else f"There is no source '{written}' with a claim."
    hint = near_miss(written, [*ids, *(it.outlet for it in known)])
    if not hint and len(ids) > _LISTED:
        hint = f"Name one of the {len(ids)} sources by its id, outlet or title, as 'situation claims' lists them."
    raise Fault(fact, hint or f"There are: {', '.join(ids)}.", argument="source")
