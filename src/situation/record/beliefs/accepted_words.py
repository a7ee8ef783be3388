"""Why an answer is accepted that is not heavier than all others, in words."""

from __future__ import annotations

from situation.log.value_words import claim_answer_in_words
from situation.record.beliefs.belief import WeighedQuestion
from situation.testimony.ground import Ground

__all__ = ["accepted_because"]


def accepted_because(weighed: WeighedQuestion, then: Ground) -> str:
    """Why the accepted answer is accepted where it is not the heaviest; empty where it is.

    Args:
        weighed: the question as it was decided.
        then: for the names.
    """
    if (chosen := weighed.refines) is not None:
        whole = claim_answer_in_words(chosen.value, chosen.claims[0], then)
        return f"the rule takes {whole}, and of its units named this has the most weight"
    return weighed.tie or ""
