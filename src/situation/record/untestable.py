"""Why the state cannot answer a statement, in words."""

from __future__ import annotations

from situation.events.predicates import LastPlaceOf, Predicate, Said, ShareHeld, ShareRegained

__all__ = ["untestable_because"]


def untestable_because(predicate: Predicate | None) -> str:
    """Why a statement that nothing tests is left untested, as the rest of a sentence that begins with "since"."""
    if isinstance(predicate, ShareHeld | ShareRegained):
        return "it gives a share of ground, and the state knows places and not their size"
    if predicate is None or isinstance(predicate, Said):
        return "it does not say who holds what"
    if isinstance(predicate, LastPlaceOf) and predicate.area is None:
        return "its source names no bounds within which this was the last place"
    return "it is not known who held it then, or who of several that held it had the greater part"
